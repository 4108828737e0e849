"""What to export: the current view, all layers, one layer or one map; as picture or numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QSpinBox,
    QWidget,
)

from lenet_gui.explore.reading import Floats, Reading
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.guide_link import offer_guide
from lenet_gui.gui.core.plain import plain_label
from lenet_gui.guide.places import EXPORTS
from lenet_gui.net.layers import ACTIVATION_LAYERS, GEOMETRY, MAP_LAYERS
from lenet_gui.pictures.colours import Scale, Theme
from lenet_gui.pictures.export import Part, exported_reading
from lenet_gui.pictures.exported import Exported
from lenet_gui.pictures.painted import Style
from lenet_gui.pictures.png import DEFAULT_SCALE, largest_scale
from lenet_gui.pictures.sheet import Sheet
from lenet_gui.text.figures import upper_first

_SCALES = {
    Scale.PER_MAP: "one per map",
    Scale.PER_LAYER: "one per layer",
    Scale.GLOBAL: "one for all layers",
}
_THEMES = {Theme.LIGHT: "light", Theme.DARK: "dark"}
_FORMATS = {
    ".png": "PNG, pixels",
    ".svg": "SVG, vector text",
    ".csv": "CSV, numbers",
    ".npz": "NPZ, arrays",
}
_VIEW, _ALL = "view", "all layers"


@dataclass(frozen=True)
class Layers:
    """A reading whose layers can be exported, as the window shows it.

    `image` is the drawing as the network gets it, [28, 28]; `weights` the facts of the network,
    `facts` which network and which drawing it is.
    """

    reading: Reading
    image: Floats = field(repr=False)
    style: Style
    weights: Mapping[str, str] = field(repr=False)
    facts: Mapping[str, str] = field(default_factory=dict, repr=False)

    def exported(self, part: Part, scale: Scale) -> Exported:
        """A part of it, in colours of a scale."""
        style = replace(self.style, scale=scale)
        found = exported_reading(self.reading, self.image, self.weights, part, style)
        name = "-".join(
            str(each) for each in (found.name, part.layer, part.map) if each is not None
        )
        # The arrays are those of all layers: for a part they would not be what is chosen.
        arrays = found.arrays if part.layer is None else None
        return replace(found, name=name, arrays=arrays, facts=self.facts)


@dataclass(frozen=True)
class View:
    """The current view: its name, and what it exports."""

    title: str
    exported: Exported

    @property
    def words(self) -> str:
        """What it is called within a sentence: "the view Causes"."""
        return f"the view {self.title}"


@dataclass(frozen=True)
class Choice:
    """The last choices in the dialog."""

    exported: Exported
    theme: Theme
    suffix: str
    scale: int


class ExportDialog(QDialog):
    """The choices for one moment: that at which it was opened."""

    def __init__(
        self, view: View | None, layers: Layers | None, part: Part, ground: Theme, parent: QWidget
    ) -> None:
        """Offers a view, a reading's layers or both; at least one of them is given.

        `part` is the part of the layers that is chosen at first if no view is given.
        """
        super().__init__(parent)
        self.setWindowTitle("Export")
        offer_guide(self, EXPORTS)
        self._view, self._layers = view, layers
        self.layer = QComboBox()
        if view is not None:
            self.layer.addItem(upper_first(view.words), _VIEW)
        if layers is not None:
            self.layer.addItem("All layers", _ALL)
            for name in ACTIVATION_LAYERS:
                self.layer.addItem(name, name)
        self.map, self.format, self.scale = QComboBox(), QComboBox(), QSpinBox()
        self.scale.setSuffix(" ×")
        self.colours = QComboBox()
        for scale, words in _SCALES.items():
            self.colours.addItem(words, scale)
        if layers is not None:
            self.colours.setCurrentIndex(self.colours.findData(layers.style.scale))
        self.ground = QComboBox()
        for each, words in _THEMES.items():
            self.ground.addItem(words, each)
        self.ground.setCurrentIndex(self.ground.findData(ground))
        self._size = plain_label()
        self._size.setObjectName("export-size")
        self._lay_out()
        if view is None:
            self.layer.setCurrentIndex(max(0, self.layer.findData(part.layer)))
        self._fill()
        if part.map is not None:
            self.map.setCurrentIndex(max(0, self.map.findData(part.map)))
        self._fit()
        self.scale.setValue(DEFAULT_SCALE)
        self.layer.currentIndexChanged.connect(self._what_chosen)
        for box in (self.map, self.format, self.colours, self.ground):
            box.currentIndexChanged.connect(self._fit)
        self.scale.valueChanged.connect(self._tell_size)
        self._tell_size()

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(*[2 * theme.UNIT] * 4)
        form.setSpacing(theme.UNIT)
        for label, box in (
            ("&What", self.layer),
            ("&Map", self.map),
            ("&Format", self.format),
            ("&Scale", self.scale),
            ("&Colour scale", self.colours),
            ("&Background", self.ground),
            ("Size", self._size),
        ):
            form.addRow(label, box)
        buttons = QDialogButtonBox()
        save = buttons.addButton("Save…", QDialogButtonBox.ButtonRole.AcceptRole)
        save.setDefault(True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    def choice(self) -> Choice:
        """What was chosen."""
        ground = Theme(self.ground.currentData())
        return Choice(self._exported(), ground, self.format.currentData(), self.scale.value())

    @property
    def _is_view(self) -> bool:
        return bool(self.layer.currentData() == _VIEW)

    def _exported(self) -> Exported:
        if self._is_view and self._view is not None:
            return self._view.exported
        assert self._layers is not None  # noqa: S101 - else it could not be chosen
        layer = self.layer.currentData()
        part = Part() if layer == _ALL else Part(layer, self.map.currentData())
        return self._layers.exported(part, Scale(self.colours.currentData()))

    def _sheet(self) -> Sheet:
        return self._exported().sheet(Theme(self.ground.currentData()))

    @Slot()
    def _what_chosen(self) -> None:
        self._fill()
        self._fit()

    def _fill(self) -> None:
        """Offers the maps and the formats of what is chosen."""
        layer = self.layer.currentData()
        self.map.clear()
        self.map.addItem("All", None)
        maps = GEOMETRY[layer].maps if layer in MAP_LAYERS else 0
        for index in range(maps):
            self.map.addItem(f"Map {index}", index)
        self.map.setEnabled(maps > 0)
        before = self.format.currentData()
        self.format.clear()
        for suffix in self._exported().suffixes:
            self.format.addItem(_FORMATS[suffix], suffix)
        self.format.setCurrentIndex(max(0, self.format.findData(before)))

    @Slot()
    def _fit(self) -> None:
        """What is not of the chosen format cannot be chosen."""
        suffix = self.format.currentData()
        if suffix is None:
            return  # while the formats are filled in
        if suffix == ".png":
            self.scale.setRange(1, largest_scale(self._sheet()))
        self.scale.setEnabled(suffix == ".png")
        is_picture = suffix in (".png", ".svg")
        self.ground.setEnabled(is_picture)
        self.colours.setEnabled(is_picture and not self._is_view)
        self._tell_size()

    @Slot()
    def _tell_size(self) -> None:
        suffix, exported = self.format.currentData(), self._exported()
        if suffix == ".csv" and exported.table is not None:
            self._size.setText(f"{len(exported.table.rows):,} rows")
        elif suffix == ".npz" and exported.arrays is not None:
            values = sum(np.size(array) for array in exported.arrays.values())
            self._size.setText(f"{len(exported.arrays)} arrays, {values:,} values")
        elif suffix == ".svg":
            sheet = self._sheet()
            self._size.setText(f"{sheet.width} × {sheet.height} units, sharp at every size")
        elif suffix == ".png":
            sheet, factor = self._sheet(), self.scale.value()
            self._size.setText(f"{sheet.width * factor:,} × {sheet.height * factor:,} pixels")
