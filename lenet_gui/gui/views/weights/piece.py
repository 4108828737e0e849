"""One kernel, or the weights of one unit, enlarged, with a figure in every cell."""

from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from lenet_gui.explore.weights import Part, WeightPictures
from lenet_gui.gui.views.weights.panels import unit_of
from lenet_gui.gui.views.weights.text import piece_name, weight_name, weight_value
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.grid.grid import CellGrid
from lenet_gui.net.layers import Unit
from lenet_gui.pictures.grid.content import GridContent
from lenet_gui.pictures.grid.layout import GridLayout, Room, one_picture
from lenet_gui.pictures.grid.panel import Cell, Panel, Values

_LEAST = 160
_NAME = "piece"


@dataclass(frozen=True)
class PieceWords:
    """What the weights of a piece of a part are called."""

    part: Part = field(repr=False)
    piece: int

    def picture(self, picture: int) -> str:  # noqa: ARG002
        """The piece."""
        return piece_name(self.part, self.part.first_of(self.piece))

    def cell(self, cell: Cell) -> str:
        """A weight, as in the sheet of all of them."""
        return weight_name(self.part, self.index_of(cell))

    def value(self, cell: Cell, value: float) -> str:  # noqa: ARG002
        """With its sign."""
        return weight_value(self.part, value)

    def unit(self, cell: Cell) -> Unit | None:
        """The unit that has the weight."""
        return unit_of(self.part, self.index_of(cell))

    def index_of(self, cell: Cell) -> int:
        """The weight of the part that a cell of the piece shows."""
        return self.part.first_of(self.piece) + cell.row * self.part.piece[1] + cell.column


class PieceGrid(CellGrid):
    """Shows the piece that a weight lies in, and holds the weight."""

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        self._words: PieceWords | None = None
        super().__init__(commands, _no_piece, parent=parent)
        self.setObjectName("weights_piece")
        self.setAccessibleName("Enlarged weights")
        self.shows_figures = True
        self.can_be_enlarged = False

    @property
    def index(self) -> int | None:
        """The weight that is spoken of, as its number in the part."""
        if self._words is None or self.spoken is None:
            return None
        return self._words.index_of(self.spoken)

    @property
    def text(self) -> str:
        """The weight that is spoken of, and its value."""
        return "" if self.spoken is None else self.text_of(self.spoken)

    def show_weight(self, pictures: WeightPictures, part: Part, index: int) -> None:
        """Shows a weight in its kernel, or among the others of its unit or its kind."""
        piece, row, column = part.in_piece(index)
        words = PieceWords(part, piece)
        panel = Panel(_NAME, 1, *part.piece, words)
        if words != self._words:
            self._words = words
            self.arrange(one_picture(panel, _LEAST))
        values = Values.of(panel, part.pieces[piece], pictures.limit(part))
        self.show_content(GridContent({_NAME: values}))
        self.hold(Cell(_NAME, 0, row, column))


def _no_piece(room: Room) -> GridLayout:
    return GridLayout(room.pixels(_LEAST), room.pixels(_LEAST), room.ratio, ())
