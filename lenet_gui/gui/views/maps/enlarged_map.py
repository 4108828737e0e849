"""A window of one map, as large as it will go, that follows the drawing."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lenet_gui.explore.reading import Reading
from lenet_gui.gui.core import theme
from lenet_gui.gui.views.maps.text import HINT_EMPTY, layer_texts, table_i_text, unit_text
from lenet_gui.gui.widgets.colour_legend import ScaleLegend
from lenet_gui.gui.widgets.enlarged_picture import EnlargedPicture
from lenet_gui.gui.widgets.layer_pictures import picture_limit
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import ACTIVATION_LAYERS, GEOMETRY, unit_at
from lenet_gui.pictures.colours import Scale, limits
from lenet_gui.text.units import picture_name


class EnlargedMap(QDialog):
    """Not modal: drawing goes on, and the map with it.

    `export_requested(layer, map)` from the button. Left and Right go to the previous and next
    map, Up and Down to another layer, with Shift they move over the units; Escape closes.
    """

    export_requested = Signal(str, int)
    map_changed = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("enlarged_map")
        self.setModal(False)
        self._layer, self._picture = "C1", 0
        self._variant = Variant.ORIGINAL
        self._scale = Scale.PER_LAYER
        self._reading: Reading | None = None

        self._title = QLabel()
        self._title.setObjectName("enlarged_title")
        self._title.setFont(theme.title_font())
        self._about = QLabel()
        self._about.setFont(theme.small_font())
        self._back = self._step_button("enlarged_back", Qt.ArrowType.LeftArrow, "Previous map (←)")
        self._next = self._step_button("enlarged_next", Qt.ArrowType.RightArrow, "Next map (→)")
        self._back.clicked.connect(self.previous_map)
        self._next.clicked.connect(self.next_map)
        self._export = QPushButton("Export…")
        self._export.setObjectName("enlarged_export")
        self._export.setToolTip("Save this map as a picture")
        self._export.setAutoDefault(False)
        self._export.clicked.connect(self._ask_export)

        self.picture = EnlargedPicture()
        self.picture.cell_pointed.connect(self._tell_unit)
        self._legend = ScaleLegend()
        self._unit = QLabel()
        self._unit.setObjectName("enlarged_unit")
        self._unit.setFont(theme.text_font())
        self._unit.setTextFormat(Qt.TextFormat.PlainText)
        self._unit.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

        self._arrange()
        for keys, slot in (
            ("Left", self.previous_map),
            ("Right", self.next_map),
            ("Up", self.layer_before),
            ("Down", self.layer_after),
            ("Shift+Left", self._unit_left),
            ("Shift+Right", self._unit_right),
            ("Shift+Up", self._unit_up),
            ("Shift+Down", self._unit_down),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        self.picture.setFocus()
        self._renew()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.UNIT)
        head.addWidget(self._title)
        head.addWidget(self._about, 1)
        head.addWidget(self._back)
        head.addWidget(self._next)
        head.addWidget(self._export)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(2 * theme.UNIT,) * 4)
        column.setSpacing(theme.UNIT)
        column.addLayout(head)
        column.addWidget(self.picture, 1)
        column.addWidget(self._legend)
        column.addWidget(self._unit)

    def _step_button(self, name: str, arrow: Qt.ArrowType, words: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setArrowType(arrow)
        button.setAutoRaise(True)
        button.setToolTip(words)
        button.setAccessibleName(words)
        return button

    @property
    def shown(self) -> tuple[str, int]:
        """The layer and number of the map."""
        return self._layer, self._picture

    def show_map(self, layer: str, picture: int) -> None:
        """Goes to a map; Input, C5 and F6 have one picture, number 0.

        Raises:
            ValueError: when the layer has no such map.
        """
        if layer not in ACTIVATION_LAYERS or not 0 <= picture < GEOMETRY[layer].pictures:
            raise ValueError(f"there is no map {picture} of layer {layer}")
        self._layer, self._picture = layer, picture
        self._renew()
        self.map_changed.emit(layer, picture)

    def show_reading(self, reading: Reading | None) -> None:
        """Shows the same map of another reading; None when nothing is drawn."""
        self._reading = reading
        if reading is not None and reading.variant is not self._variant:
            self._variant = reading.variant
            self._renew()
        else:
            self._show_values()

    def set_variant(self, variant: Variant) -> None:
        """Speaks of `variant`, also before anything is drawn."""
        self._variant = variant
        self._renew()

    def set_scale(self, scale: Scale) -> None:
        """Chooses what shares one scale of colours."""
        self._scale = scale
        self._show_values()

    def _renew(self) -> None:
        name = picture_name(self._layer, self._picture)
        shape = GEOMETRY[self._layer]
        self._title.setText(name)
        fed = table_i_text(self._variant, self._layer, self._picture)
        size = f"{shape.rows}×{shape.columns}"
        self._about.setText(f"{size}, {fed}" if fed else size)
        self._title.setToolTip(layer_texts(self._variant)[self._layer].tooltip)
        self.setWindowTitle(f"{name} ({self._variant.capitalize()})")
        self.picture.setAccessibleName(name)
        self._back.setEnabled(self._picture > 0)
        self._next.setEnabled(self._picture < shape.pictures - 1)
        self._show_values()

    def _show_values(self) -> None:
        shape = GEOMETRY[self._layer]
        values: npt.NDArray[np.float32] | None = None
        limit = 0.0
        if self._reading is not None:
            values = self._reading.pictures(self._layer)[self._picture]
            found = limits(self._reading, self._scale)
            limit = picture_limit(found, self._layer, self._picture)
        self._limit = limit
        self._export.setEnabled(self._reading is not None)
        self._legend.show_limit(None if values is None else limit)
        self.picture.show_values((shape.rows, shape.columns), values, limit)
        self._tell_unit(*(self.picture.pointed or (-1, -1)))

    @Slot(int, int)
    def _tell_unit(self, row: int, column: int) -> None:
        if row < 0:
            idle = "Point at a unit for its value, or press Shift and an arrow key."
            self._unit.setText(HINT_EMPTY if self._reading is None else idle)
            return
        unit = unit_at(self._layer, self._picture, row, column)
        words = unit_text(self._reading, self._variant, unit, self._limit)
        told = f"{words.where}: {words.value}" if words.value else words.where
        self._unit.setText(told)
        self.picture.setAccessibleDescription(told)

    @Slot()
    def _ask_export(self) -> None:
        self.export_requested.emit(self._layer, self._picture)

    @Slot()
    def previous_map(self) -> None:
        """The map before this one in its layer."""
        self._step_map(-1)

    @Slot()
    def next_map(self) -> None:
        """The map after this one in its layer."""
        self._step_map(1)

    def _step_map(self, step: int) -> None:
        if 0 <= self._picture + step < GEOMETRY[self._layer].pictures:
            self.show_map(self._layer, self._picture + step)

    @Slot()
    def layer_before(self) -> None:
        """The same map, or the last one, of the layer before."""
        self._step_layer(-1)

    @Slot()
    def layer_after(self) -> None:
        """The same map, or the last one, of the next layer."""
        self._step_layer(1)

    def _step_layer(self, step: int) -> None:
        place = ACTIVATION_LAYERS.index(self._layer) + step
        if 0 <= place < len(ACTIVATION_LAYERS):
            layer = ACTIVATION_LAYERS[place]
            self.show_map(layer, min(self._picture, GEOMETRY[layer].pictures - 1))

    @Slot()
    def _unit_left(self) -> None:
        self.picture.move_pointed(-1, 0)

    @Slot()
    def _unit_right(self) -> None:
        self.picture.move_pointed(1, 0)

    @Slot()
    def _unit_up(self) -> None:
        self.picture.move_pointed(0, -1)

    @Slot()
    def _unit_down(self) -> None:
        self.picture.move_pointed(0, 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.update()
