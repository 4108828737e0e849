"""The network view: a title, the choice of the colours' scale, and all layers below."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from lenet_gui.explore.reading import Reading
from lenet_gui.gui.core import theme
from lenet_gui.gui.views.maps.canvas import NetworkCanvas
from lenet_gui.gui.views.maps.text import SCALE_EXPLAINED, SCALE_NAMES
from lenet_gui.net.architecture import Variant
from lenet_gui.pictures.colours import Scale


class NetworkView(QWidget):
    """All layers of a network on one drawing.

    `map_chosen(layer, map)` on a click or Enter; Input, C5 and F6 have one picture, number 0.
    `scale_changed(scale)` when the user chooses another. `unit_pointed(Unit or None)` follows the
    pointer.
    """

    map_chosen = Signal(str, int)
    scale_changed = Signal(object)
    unit_pointed = Signal(object)

    def __init__(
        self,
        variant: Variant = Variant.ORIGINAL,
        parent: QWidget | None = None,
        *,
        titled: bool = True,
    ) -> None:
        """Shows `variant`; without a title, the owner has to find a place for `tools`."""
        super().__init__(parent)
        self.setObjectName("network_view")
        self.setAccessibleName("Network")
        self.canvas = NetworkCanvas(variant)
        self.canvas.map_chosen.connect(self.map_chosen)
        self.canvas.unit_pointed.connect(self.unit_pointed)
        self.canvas.selection_moved.connect(self._bring_into_view)

        self._scales = QComboBox()
        self._scales.setObjectName("scale_chooser")
        self._scales.setAccessibleName("Scale of colours")
        self._scales.setToolTip("What shares one scale of colours")
        for scale, name in SCALE_NAMES.items():
            self._scales.addItem(name, scale)
            self._scales.setItemData(
                self._scales.count() - 1, SCALE_EXPLAINED[scale], Qt.ItemDataRole.ToolTipRole
            )
        self._scales.currentIndexChanged.connect(self._scale_chosen)
        caption = QLabel("Scale")
        caption.setBuddy(self._scales)

        self.tools = QWidget()
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.UNIT // 2)
        row.addWidget(caption)
        row.addWidget(self._scales)

        self._scroller = QScrollArea()
        self._scroller.setFrameShape(QFrame.Shape.NoFrame)
        self._scroller.setWidgetResizable(True)
        self._scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroller.setWidget(self.canvas)

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if titled:
            header = QHBoxLayout()
            header.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, 0)
            header.addWidget(theme.group_title("Network"), 1)
            header.addWidget(self.tools)
            column.addLayout(header)
        column.addWidget(self._scroller, 1)
        self.setFocusProxy(self.canvas)

    @property
    def scale(self) -> Scale:
        """What shares one scale of colours."""
        return self.canvas.scale

    def show_reading(self, reading: Reading | None) -> None:
        """Shows a reading; None when nothing is drawn."""
        self.canvas.show_reading(reading)

    def set_variant(self, variant: Variant) -> None:
        """Speaks of `variant`, also before anything is drawn."""
        self.canvas.set_variant(variant)

    def set_scale(self, scale: Scale) -> None:
        """Chooses what shares one scale of colours."""
        self._scales.setCurrentIndex(self._scales.findData(scale))

    def _scale_chosen(self, index: int) -> None:
        scale = Scale(self._scales.itemData(index))
        self.canvas.set_scale(scale)
        self.scale_changed.emit(scale)

    def _bring_into_view(self, place: QRect) -> None:
        centre = place.center()
        self._scroller.ensureVisible(
            centre.x(), centre.y(), place.width() // 2 + 4, place.height() // 2 + 4
        )
