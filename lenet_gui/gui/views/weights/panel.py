"""One kernel, or the weights of one unit, enlarged, and which weight is spoken of."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from lenet_gui.explore.weights import Part, WeightPictures
from lenet_gui.gui.core import theme
from lenet_gui.gui.views.weights.sheet import paintable
from lenet_gui.gui.views.weights.text import HINT, piece_name, weight_told
from lenet_gui.gui.widgets.colour_legend import ScaleLegend
from lenet_gui.gui.widgets.enlarged_picture import EnlargedPicture

_LOW, _HIGH = 168, 320
"""The height of the panel when it lies under the sheet, and of the picture at the most."""


class PiecePanel(QWidget):
    """`pointed(int)`: the weight under the pointer in the enlarged picture, or -1."""

    pointed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part: Part | None = None
        self._index = 0
        self.picture = EnlargedPicture()
        self.picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.picture.setAccessibleName("Enlarged weights")
        self.picture.cell_pointed.connect(self._point)
        self._legend = ScaleLegend()
        self._piece = theme.group_title("")
        self.told, self._cell = QLabel(HINT), QLabel()
        self.told.setObjectName("weights_told")
        self.told.setFont(theme.text_font())
        self._cell.setFont(theme.small_font())
        words = QVBoxLayout()
        words.setSpacing(theme.UNIT // 2)
        for label in (self._piece, self.told, self._cell):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            words.addWidget(label)
        words.addWidget(self._legend)
        words.addStretch(1)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(2 * theme.UNIT)
        self._line.addWidget(self.picture, 3)
        self._line.addLayout(words, 4)

    def stand(self, *, upright: bool) -> None:
        """The picture over the words, or beside them."""
        way = QBoxLayout.Direction
        self._line.setDirection(way.TopToBottom if upright else way.LeftToRight)
        self.setMaximumHeight(16_777_215 if upright else _LOW)
        self.picture.setMaximumHeight(_HIGH)

    def show_weight(self, pictures: WeightPictures, part: Part, index: int) -> None:
        """Shows a weight in its kernel, or among the others of its unit or its kind."""
        self._part, self._index = part, index
        piece, row, column = part.in_piece(index)
        limit = pictures.limits[part.layer]
        self._piece.setText(piece_name(part, index))
        self.told.setText(weight_told(part, index))
        self._cell.setText(part.cell)
        self._legend.show_limit(limit)
        with QSignalBlocker(self.picture):
            self.picture.show_values(part.piece, paintable(part.pieces[piece]), limit)
            self.picture.point((row, column))

    @Slot(int, int)
    def _point(self, row: int, column: int) -> None:
        if self._part is None or row < 0:
            self.pointed.emit(-1)
            return
        first = self._part.first_of(self._part.in_piece(self._index)[0])
        self.pointed.emit(first + row * self._part.piece[1] + column)
