"""The enlarged piece, and which of its weights is spoken of."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from lenet_gui.explore.weights import Part, WeightPictures
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label
from lenet_gui.gui.core.text_size import scaled, wear
from lenet_gui.gui.views.weights.piece import PieceGrid
from lenet_gui.gui.views.weights.text import HINT, piece_name
from lenet_gui.gui.widgets.colour_legend import ScaleLegend
from lenet_gui.gui.widgets.grid.commands import CellCommands

_LOW, _HIGH = 168, 320
"""In usual pixels the height of the panel under the sheet, and of the picture, at the most."""


class PiecePanel(QWidget):
    """Shows a weight in its piece.

    `pointed(int)` the weight that the pointer is over in the piece, or -1; `chosen(int)` the one
    that a click or the keys have taken hold of there.
    """

    pointed = Signal(int)
    chosen = Signal(int)

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.piece = PieceGrid(commands)
        self.piece.pointed.connect(self._point)
        self.piece.held_changed.connect(self._choose)
        self._legend = ScaleLegend()
        self._name = theme.group_title("")
        self.details, self._cell = plain_label(HINT), plain_label()
        self.details.setObjectName("weights_details")
        wear(self.details, theme.text_font)
        wear(self._cell, theme.small_font)
        words = QVBoxLayout()
        words.setSpacing(theme.UNIT // 2)
        for label in (self._name, self.details, self._cell):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            words.addWidget(label)
        words.addWidget(self._legend)
        words.addStretch(1)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(2 * theme.UNIT)
        self._line.addWidget(self.piece, 3)
        self._line.addLayout(words, 4)

    @property
    def words(self) -> tuple[str, ...]:
        """What is said beside the piece, line by line."""
        return self._name.text(), self.details.text(), self._cell.text()

    def stand(self, *, upright: bool) -> None:
        """The piece over the words, or beside them."""
        way = QBoxLayout.Direction
        self._line.setDirection(way.TopToBottom if upright else way.LeftToRight)
        low, high = scaled(_LOW, self), scaled(_HIGH, self)
        self.setMaximumHeight(16_777_215 if upright else low)
        self.piece.setMaximumHeight(high)

    def show_weight(self, pictures: WeightPictures, part: Part, index: int) -> None:
        """Shows a weight in its kernel, or among the others of its unit or its kind."""
        self.piece.show_weight(pictures, part, index)
        self._name.setText(piece_name(part, index))
        self.details.setText(self.piece.text)
        self._cell.setText(part.cell)
        self._legend.show_limit(pictures.limit(part))

    @Slot()
    def _point(self) -> None:
        self.details.setText(self.piece.text)
        index = self.piece.index
        is_pointed = self.piece.hovered is not None and index is not None
        self.pointed.emit(index if is_pointed else -1)

    @Slot()
    def _choose(self) -> None:
        index = self.piece.index
        if index is not None:
            self.chosen.emit(index)
