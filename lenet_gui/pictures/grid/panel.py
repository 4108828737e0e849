"""A panel: pictures of one kind, such as the maps of a layer, and the names of their cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

import numpy as np
import numpy.typing as npt

from lenet_gui.net.layers import Unit

Floats = npt.NDArray[np.float32]


class Colours(StrEnum):
    """How values become colours.

    Around zero up to a limit, as ink 0..1 on paper, or counts by their share of the row: those on
    the diagonal are right. Grey is 0 (black) .. 1 (white) in every theme. Of kinds, 0..1 is ink,
    and 2, 3, 4 and 5 have a colour each. Bare cells have none: the owner of the grid paints them.
    """

    DIVERGING = "diverging"
    INK = "ink"
    COUNTS = "counts"
    GREY = "grey"
    KINDS = "kinds"
    BARE = "bare"


@dataclass(frozen=True)
class Cell:
    """One cell of one picture; everything counts from 0."""

    panel: str
    picture: int
    row: int
    column: int


class Words(Protocol):
    """What the pictures and cells of a panel are called."""

    def picture(self, picture: int) -> str:
        """A picture, such as "C3 map 12"."""

    def cell(self, cell: Cell) -> str:
        """A cell, such as "C3 map 12, row 4, column 7"."""

    def value(self, cell: Cell, value: float) -> str:
        """The value of a cell, as it is shown."""

    def unit(self, cell: Cell) -> Unit | None:
        """The unit of the network that a cell shows; None if it shows none."""


@dataclass(frozen=True)
class Headings:
    """What the rows and columns of a picture are called where it is copied as a table."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    corner: str

    def over(self, lines: Sequence[Sequence[str]]) -> list[Sequence[str]]:
        """The lines of the table, with the headings above and before them."""
        named = zip(self.rows, lines, strict=True)
        return [(self.corner, *self.columns), *((name, *line) for name, line in named)]


@dataclass(frozen=True)
class Panel:
    """`pictures` pictures of `rows` x `columns` cells, all of one kind.

    `headings`, where rows and columns have a meaning, are copied with the figures.
    """

    name: str
    pictures: int
    rows: int
    columns: int
    words: Words
    colours: Colours = Colours.DIVERGING
    headings: Headings | None = None

    @property
    def count(self) -> int:
        """Cells of all pictures."""
        return self.pictures * self.rows * self.columns

    @property
    def middle(self) -> Cell:
        """The cell in the middle of the first picture."""
        return Cell(self.name, 0, self.rows // 2, self.columns // 2)

    def cells(self) -> Iterator[Cell]:
        """All cells, picture by picture, row by row."""
        for index in range(self.count):
            yield self.cell_at(index)

    def cell_at(self, index: int) -> Cell:
        """The cell of a number, counted as in `cells`."""
        picture, inside = divmod(index, self.rows * self.columns)
        return Cell(self.name, picture, *divmod(inside, self.columns))

    def index_of(self, cell: Cell) -> int:
        """The number of a cell, counted as in `cells`."""
        return (cell.picture * self.rows + cell.row) * self.columns + cell.column

    def has(self, cell: Cell) -> bool:
        """Whether there is such a cell."""
        return (
            cell.panel == self.name
            and 0 <= cell.picture < self.pictures
            and 0 <= cell.row < self.rows
            and 0 <= cell.column < self.columns
        )


def numbered(panel: Panel, name: str) -> Headings:
    """The numbers of the rows and columns of a picture, from 0.

    Where the cells are the units of a layer without maps, in lines, each row is called by its first
    unit, and the columns by how many units further they are.
    """
    first, second = (panel.words.unit(Cell(panel.name, 0, 0, column)) for column in (0, 1))
    if first is None or second is None or first.map == second.map:
        rows, columns = map(str, range(panel.rows)), map(str, range(panel.columns))
        return Headings(tuple(rows), tuple(columns), f"{name}, row / column")
    starts = tuple(str(row * panel.columns) for row in range(panel.rows))
    steps = tuple(f"+{column}" for column in range(panel.columns))
    return Headings(starts, steps, f"{name}, unit")


@dataclass(frozen=True, eq=False)
class Values:
    """The values of a panel, float32 [pictures, rows, columns], and the limit of full colour.

    `limits`: one limit >= 0 for all pictures, or as many as pictures; of ink and counts they are 1.
    `from_zero`: none of them is ever negative, so that the scale of colours begins at 0.
    """

    array: Floats = field(repr=False)
    limits: Floats
    from_zero: bool = False

    @classmethod
    def of(
        cls,
        panel: Panel,
        values: npt.ArrayLike,
        limits: npt.ArrayLike = 1.0,
        *,
        from_zero: bool = False,
    ) -> "Values":
        """Values of any shape that has as many, and one limit or as many as pictures.

        Raises:
            ValueError: there are not as many values as cells, or limits of another number.
        """
        array = np.asarray(values, np.float32).reshape(panel.pictures, panel.rows, panel.columns)
        found = np.atleast_1d(np.asarray(limits, np.float32))
        if found.shape not in {(1,), (panel.pictures,)}:
            raise ValueError(f"{panel.name} has {panel.pictures} pictures, not {len(found)} limits")
        return cls(array, found, from_zero)

    def at(self, cell: Cell) -> float:
        """The value of a cell."""
        return float(self.array[cell.picture, cell.row, cell.column])

    def limit(self, picture: int) -> float:
        """The value of the full colour of a picture."""
        return float(self.limits[picture] if len(self.limits) > 1 else self.limits[0])
