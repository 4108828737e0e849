"""What a grid shows at one moment: values, words, legends and marks."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from lenet_gui.guide.places import Place
from lenet_gui.pictures.grid.layout import PlacedPanel, Rect, Type
from lenet_gui.pictures.grid.panel import Cell, Colours, Values
from lenet_gui.text.figures import figure, limit_figure


class Align(StrEnum):
    """The alignment of a caption."""

    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"


@dataclass(frozen=True)
class Run:
    """Some words in one type; explanations are faint."""

    text: str
    type: Type = Type.SMALL
    is_faint: bool = True


@dataclass(frozen=True)
class Caption:
    """Lines of words; runs of a line follow each other. `tip` is shown when the pointer rests.

    One that is lit has a background in the colour of `Mark.FIELD`. One that the guide explains at
    a place has a small question mark after its first line; on exported pages it has none.
    """

    lines: tuple[tuple[Run, ...], ...]
    align: Align = Align.LEFT
    tip: str = ""
    is_lit: bool = False
    guide: Place | None = None

    @property
    def title(self) -> str:
        """The first words: of a layer its name."""
        return self.lines[0][0].text.strip() if self.lines and self.lines[0] else ""

    @classmethod
    def small(cls, text: str, align: Align = Align.LEFT, tip: str = "") -> "Caption":
        """One or more lines of small faint words."""
        return cls(tuple((Run(line),) for line in text.split("\n")), align, tip)


@dataclass(frozen=True)
class Legend:
    """The colours from -limit to +limit; without a limit from minus to plus.

    `from_zero`: of values that are never negative, the colours from 0 to +limit.
    """

    limit: float | None
    tip: str = ""
    from_zero: bool = False

    @property
    def figures(self) -> tuple[str, str]:
        """What is written at the two ends; a minus and a plus without a limit."""
        low, high = legend_figures(self.limit)
        return ("0", high) if self.from_zero else (low, high)


@dataclass(frozen=True)
class KindLegend:
    """What the colours of `Colours.KINDS` mean: for each kind its number and its name."""

    kinds: tuple[tuple[int, str], ...]
    tip: str = ""


KINDS_IN_A_LINE = 2
"""Names of kinds that stand in a line of their legend."""

Label = Caption | Legend | KindLegend


@dataclass(frozen=True)
class About:
    """The words about a picture that is shown alone: a title, a few words, and all in a tooltip."""

    title: str
    words: str = ""
    tip: str = ""


def legend_figures(limit: float | None) -> tuple[str, str]:
    """The figures at the two ends of a legend; a minus and a plus without a limit."""
    if limit is None:
        return "−", "+"
    written = limit_figure(limit)
    return (f"−{written}", f"+{written}") if limit else (written, written)


def figure_in(colours: Colours, value: float) -> str:
    """The text in a cell: a count, if there is one, else a figure with two decimals."""
    if colours is Colours.COUNTS:
        return f"{value:.0f}" if value else ""
    return figure(value)


class Mark(StrEnum):
    """The reason for a mark, which decides its look: the same in every grid."""

    FIELD = "field"  # the current cell, or what feeds it
    TIED = "tied"  # connected by Table I
    ANSWER = "answer"  # the output that wins
    CHOSEN = "chosen"  # the held cell
    PINNED = "pinned"  # kept for comparison
    WRONG = "wrong"  # misread


@dataclass(frozen=True)
class Marked:
    """A part of a picture that begins at `cell`; without rows and columns the whole picture.

    `whole_panel`: all pictures of the cell's panel together.
    """

    cell: Cell
    mark: Mark
    rows: int | None = 1
    columns: int | None = 1
    whole_panel: bool = False

    @classmethod
    def picture(cls, panel: str, picture: int, mark: Mark) -> "Marked":
        """A whole picture."""
        return cls(Cell(panel, picture, 0, 0), mark, None, None)

    @classmethod
    def panel(cls, panel: str, mark: Mark) -> "Marked":
        """All pictures of a panel, in one frame."""
        return cls(Cell(panel, 0, 0, 0), mark, None, None, whole_panel=True)

    def place(self, placed: PlacedPanel) -> Rect:
        """The pixels of the marked part, given where its panel is."""
        if self.whole_panel:
            return placed.bounds
        rows, columns = self.rows or placed.panel.rows, self.columns or placed.panel.columns
        return placed.box(self.cell, rows, columns)


@dataclass(frozen=True)
class Stroke:
    """A line over a picture through `points` (x, y), in cells from its corner.

    It has the colour of a mark, or of the text; `width` is in logical pixels.
    """

    panel: str
    picture: int
    points: tuple[tuple[float, float], ...]
    mark: Mark | None = None
    width: int = 1
    is_dotted: bool = False


@dataclass(frozen=True, eq=False)
class GridContent:
    """Everything that is shown; panels without values have the colour of zero.

    `labels` by the names of their places in the layout. `faint` are pictures, as (panel, number),
    that are shown fainter than the others.
    """

    values: Mapping[str, Values] = field(default_factory=dict)
    labels: Mapping[str, Label] = field(default_factory=dict)
    marks: tuple[Marked, ...] = ()
    faint: frozenset[tuple[str, int]] = frozenset()
    strokes: tuple[Stroke, ...] = ()

    @property
    def unguided(self) -> "GridContent":
        """The same without question marks."""
        labels = {
            name: replace(label, guide=None) if isinstance(label, Caption) else label
            for name, label in self.labels.items()
        }
        return replace(self, labels=labels)

    def value(self, cell: Cell) -> float | None:
        """The value of a cell; None if its panel has none."""
        values = self.values.get(cell.panel)
        return None if values is None else values.at(cell)
