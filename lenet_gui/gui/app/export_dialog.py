"""What to take away: all layers, one layer or one map; as PNG at a scale or as SVG."""

from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QWidget,
)

from lenet_gui.explore.reading import Reading
from lenet_gui.gui.core import theme
from lenet_gui.net.layers import ACTIVATION_LAYERS, GEOMETRY, MAP_LAYERS
from lenet_gui.pictures.colours import Scale, Theme
from lenet_gui.pictures.export import Part, sheet_of
from lenet_gui.pictures.painted import Style
from lenet_gui.pictures.png import DEFAULT_SCALE, largest_scale
from lenet_gui.pictures.sheet import Sheet

_SCALES = {
    Scale.PER_MAP: "each map its own",
    Scale.PER_LAYER: "each layer its own",
    Scale.GLOBAL: "one for all layers",
}
_THEMES = {Theme.LIGHT: "light", Theme.DARK: "dark"}


@dataclass(frozen=True)
class Choice:
    """What the dialog was left with."""

    sheet: Sheet
    suffix: str  # ".png" or ".svg"
    scale: int
    name: str  # proposed for the file, without suffix


class ExportDialog(QDialog):
    """The choices for a picture of one reading, which stays the one it was opened with."""

    def __init__(self, reading: Reading, style: Style, part: Part, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export picture")
        self._reading = reading
        self._style = style

        self.layer = QComboBox()
        self.layer.addItem("All layers", None)
        for name in ACTIVATION_LAYERS:
            self.layer.addItem(name, name)
        self.map = QComboBox()
        self.format = QComboBox()
        self.format.addItem("PNG, pixels", ".png")
        self.format.addItem("SVG, vector text", ".svg")
        self.scale = QSpinBox()
        self.scale.setSuffix(" ×")
        self.colours = QComboBox()
        for scale, words in _SCALES.items():
            self.colours.addItem(words, scale)
        self.colours.setCurrentIndex(self.colours.findData(style.scale))
        self.ground = QComboBox()
        for ground, words in _THEMES.items():
            self.ground.addItem(words, ground)
        self.ground.setCurrentIndex(self.ground.findData(style.theme))
        self._size = QLabel()
        self._size.setObjectName("export-size")

        form = QFormLayout(self)
        form.setContentsMargins(*[2 * theme.UNIT] * 4)
        form.setSpacing(theme.UNIT)
        form.addRow("&What", self.layer)
        form.addRow("&Map", self.map)
        form.addRow("&Format", self.format)
        form.addRow("&Scale", self.scale)
        form.addRow("&Colour scale", self.colours)
        form.addRow("&Ground", self.ground)
        form.addRow("Size", self._size)
        buttons = QDialogButtonBox()
        save = buttons.addButton("Save…", QDialogButtonBox.ButtonRole.AcceptRole)
        save.setDefault(True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

        self.layer.setCurrentIndex(max(0, self.layer.findData(part.layer)))
        self._fill_maps()
        if part.map is not None:
            self.map.setCurrentIndex(max(0, self.map.findData(part.map)))
        self._fit_scale()
        self.scale.setValue(DEFAULT_SCALE)
        self.layer.currentIndexChanged.connect(self._layer_chosen)
        for box in (self.map, self.format, self.colours, self.ground):
            box.currentIndexChanged.connect(self._fit_scale)
        self.scale.valueChanged.connect(self._tell_size)
        self._tell_size()

    def choice(self) -> Choice:
        """The picture as chosen."""
        part = self._part()
        name = f"lenet5-{self._reading.variant}-{self._reading.answer}"
        if part.layer is not None:
            name += f"-{part.layer}"
        if part.map is not None:
            name += f"-{part.map}"
        return Choice(self._sheet(), self.format.currentData(), self.scale.value(), name)

    def _part(self) -> Part:
        return Part(self.layer.currentData(), self.map.currentData())

    def _sheet(self) -> Sheet:
        style = Style(
            Theme(self.ground.currentData()),
            Scale(self.colours.currentData()),
            self._style.weights_name,
        )
        return sheet_of(self._reading, self._part(), style)

    @Slot()
    def _layer_chosen(self) -> None:
        self._fill_maps()
        self._fit_scale()

    def _fill_maps(self) -> None:
        layer = self.layer.currentData()
        self.map.clear()
        self.map.addItem("All", None)
        maps = GEOMETRY[layer].maps if layer in MAP_LAYERS else 0
        for index in range(maps):
            self.map.addItem(f"Map {index}", index)
        self.map.setEnabled(maps > 0)

    @Slot()
    def _fit_scale(self) -> None:
        self.scale.setRange(1, largest_scale(self._sheet()))
        self.scale.setEnabled(self.format.currentData() == ".png")
        self._tell_size()

    @Slot()
    def _tell_size(self) -> None:
        sheet = self._sheet()
        if self.format.currentData() == ".svg":
            self._size.setText(f"{sheet.width} × {sheet.height} units, sharp at every size")
        else:
            factor = self.scale.value()
            self._size.setText(f"{sheet.width * factor:,} × {sheet.height * factor:,} pixels")
