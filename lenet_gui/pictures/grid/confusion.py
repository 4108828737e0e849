"""A confusion matrix as one picture of counts: a row per true digit, a column per prediction."""

from dataclasses import dataclass, replace

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.data.digits import CLASSES
from lenet_gui.net.layers import Unit
from lenet_gui.pictures.grid.content import Align, Caption, GridContent, Mark, Marked
from lenet_gui.pictures.grid.layout import GridLayout, Maker, PlacedPanel, Rect, Room, Type
from lenet_gui.pictures.grid.panel import Cell, Colours, Headings, Panel, Values
from lenet_gui.text.classes import short_classes
from lenet_gui.training.events import Confusion

_NAME = "confusion"
_LEAST_CELL = 4
_TIGHT = 0.8
"""Of a line of text, what digits need that stand one below the other."""


@dataclass(frozen=True)
class ConfusionWords:
    """What the cells are called: "7 read as 1", "12 of 1,028"."""

    confusion: Confusion
    names: tuple[str, ...] = DIGIT_NAMES

    def picture(self, picture: int) -> str:  # noqa: ARG002
        """There is only one."""
        return "confusion matrix"

    def cell(self, cell: Cell) -> str:
        """Such as "7 read as 1"."""
        if cell.row == cell.column:
            return f"{self.names[cell.row]} read correctly"
        return f"{self.names[cell.row]} read as {self.names[cell.column]}"

    def value(self, cell: Cell, value: float) -> str:
        """Such as "12 of 1,028"."""
        return f"{value:,.0f} of {sum(self.confusion[cell.row]):,}"

    def unit(self, cell: Cell) -> Unit | None:  # noqa: ARG002
        """A count is not a unit."""
        return None


class ConfusionLayout(GridLayout):
    """The keys continue at the other end."""

    def step(self, cell: Cell, right: int, down: int) -> Cell:
        """The next cell of the row or column."""
        row, column = (cell.row + down) % CLASSES, (cell.column + right) % CLASSES
        return replace(cell, row=row, column=column)


def confusion_cell(true: int, predicted: int) -> Cell:
    """The cell that counts how often a digit is read as another one, or correctly."""
    return Cell(_NAME, 0, true, predicted)


def confusion_panel(confusion: Confusion, names: tuple[str, ...] = DIGIT_NAMES) -> Panel:
    """The panel of the counts; `names` are those of the classes."""
    words = ConfusionWords(confusion, names)
    corner = "true digit / read as" if names == DIGIT_NAMES else "true class / read as"
    headings = Headings(names, names, corner)
    return Panel(_NAME, 1, CLASSES, CLASSES, words, Colours.COUNTS, headings)


def confusion_content(
    panel: Panel, confusion: Confusion, chosen: tuple[int, int] | None = None
) -> GridContent:
    """The counts of a panel, the digits at two sides; `chosen` (true, predicted) is framed."""
    labels = {}
    rows = _row_names(panel)
    for digit in range(CLASSES):
        align = Align.MIDDLE if rows[digit] == str(digit) else Align.RIGHT
        labels[f"row {digit}"] = Caption.small(rows[digit], align)
        labels[f"column {digit}"] = Caption.small(str(digit), Align.MIDDLE)
    marks = () if chosen is None else (Marked(confusion_cell(*chosen), Mark.FIELD),)
    values = {panel.name: Values.of(panel, confusion)}
    return GridContent(values, labels, marks)


def _row_names(panel: Panel) -> tuple[str, ...]:
    """What stands at the rows; at the columns there is room for a number alone."""
    return DIGIT_NAMES if panel.headings is None else short_classes(panel.headings.rows)


def confusion_maker(panel: Panel | None, least: tuple[int, int]) -> Maker:
    """Lays the matrix out, its cells up to twice as wide as high, or wide enough for their counts.

    They are never higher than wide. Where the rows are lower than a line of text, only every second
    or third of them is labelled.

    Args:
        panel: of the counts; None while there are none.
        least: the least width and height, in logical pixels.
    """

    def lay_out(room: Room) -> GridLayout:
        width = room.pixels(room.width) or room.pixels(least[0])
        height = room.pixels(room.height) or room.pixels(least[1])
        if panel is None:
            return GridLayout(width, height, room.ratio, ())
        line = room.pixels(room.lines[Type.SMALL])
        margin = line + room.pixels(2)
        names = _row_names(panel)
        beside = margin
        if names != DIGIT_NAMES:
            beside = margin + max(room.pixels(room.measure(name, Type.SMALL)) for name in names)
        widest = max(_LEAST_CELL, (width - beside - 1) // CLASSES)
        high = min(max(_LEAST_CELL, (height - margin - 1) // CLASSES), widest)
        counts = room.pixels(room.measure("0000", Type.SMALL))
        wide = min(widest, max(2 * high, counts))
        labelled = -(-room.pixels(room.lines[Type.SMALL] * _TIGHT) // high)
        left = beside + max(0, (width - beside - wide * CLASSES) // 2)
        place = Rect(left, margin, wide * CLASSES, high * CLASSES)
        labels = {}
        for digit in range(CLASSES):
            labels[f"column {digit}"] = Rect(left + digit * wide, 0, wide, line)
            if digit % labelled == 0:
                top = margin + digit * high + (high - line) // 2
                labels[f"row {digit}"] = Rect(left - beside, top, beside - 2, line)
        placed = PlacedPanel(panel, (wide, high), (place,))
        return ConfusionLayout(width, height, room.ratio, (placed,), labels)

    return lay_out
