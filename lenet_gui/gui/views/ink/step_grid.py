"""One step's picture as a grid: its pixels, and what the step looks for marked in it. No Qt."""

from dataclasses import dataclass

from lenet_gui.data.ink import DIGIT_SIDE, FRAME_SIDE
from lenet_gui.data.pictures.steps import DROPPED_WORDS
from lenet_gui.explore.preprocessing import Preprocessing, Step
from lenet_gui.gui.views.ink.text import TITLES, pixel_value
from lenet_gui.net.layers import Unit
from lenet_gui.pictures.grid.content import (
    KINDS_IN_A_LINE,
    GridContent,
    KindLegend,
    Label,
    Legend,
    Mark,
    Stroke,
    legend_figures,
)
from lenet_gui.pictures.grid.layout import GridLayout, Maker, PlacedPanel, Rect, Room, Type
from lenet_gui.pictures.grid.panel import Cell, Colours, Panel, Values
from lenet_gui.text.units import place_name

PICTURE = "picture"
"""The name of the panel."""

LEGEND = "scale"
"""The name of the label that holds the scale of the values."""

# In logical pixels.
_LEAST, _FRAME, _SCALE = 84, 2, 24

_ARM = 2
"""The arms of a cross, in pixels of the picture."""


_COLOURS = {
    Step.PICTURE: Colours.GREY,
    Step.DROPPED: Colours.KINDS,
    Step.RANGE: Colours.DIVERGING,
}
"""Of the other steps they are those of ink."""


@dataclass(frozen=True)
class StepWords:
    """What the pixels of a step's picture are called."""

    step: Step

    def picture(self, picture: int) -> str:  # noqa: ARG002
        """The name of the step."""
        return TITLES[self.step]

    def cell(self, cell: Cell) -> str:
        """A pixel."""
        return place_name(cell.row, cell.column)

    def value(self, cell: Cell, value: float) -> str:  # noqa: ARG002
        """Its ink, or what the network is given for it."""
        return pixel_value(self.step, value)

    def unit(self, cell: Cell) -> Unit | None:  # noqa: ARG002
        """A pixel is not a unit."""
        return None


@dataclass(frozen=True)
class StepShape:
    """Everything about a step's picture that its layout depends on.

    `side` is that of the square that the picture is seen in: a box is seen in all 20, or 28.
    """

    step: Step
    rows: int
    columns: int
    side: int
    kinds: int = 0
    """What has a colour of its own."""
    limit: float = 0.0
    """The end of the scale, where the legend is one."""

    @classmethod
    def of(cls, preprocessing: Preprocessing, step: Step) -> "StepShape":
        """The shape of a step's picture."""
        rows, columns = preprocessing.picture(step).shape
        side = max(rows, columns)
        if step in (Step.BOX, Step.MASS):
            side = max(side, DIGIT_SIDE if Step.FRAME not in preprocessing.off else FRAME_SIDE)
        kinds = 0
        if step is Step.DROPPED and preprocessing.found is not None:
            kinds = len(preprocessing.found.kinds)
        limit = _limit(preprocessing) if step is Step.RANGE else 0.0
        return cls(step, rows, columns, side, kinds, limit)

    @property
    def panel(self) -> Panel:
        """The picture as a panel."""
        colours = _COLOURS.get(self.step, Colours.INK)
        return Panel(PICTURE, 1, self.rows, self.columns, StepWords(self.step), colours)


def step_maker(shape: StepShape | None, *, is_whole: bool = False) -> Maker:
    """Lays a step's picture out in the middle, with a legend under it where it has a scale.

    Small pictures are enlarged by whole factors; the painted sheet fills its place.

    Args:
        shape: of the picture; nothing is laid out without one.
        is_whole: whether the factor is a whole one for each picture.
    """

    def lay_out(room: Room) -> GridLayout:
        lines = 0 if shape is None else _lines_of_legend(shape)
        scale = room.pixels(lines * room.lines[Type.SMALL] + 4) if lines else 0
        width = max(room.pixels(room.width), room.pixels(_LEAST), _least_of_scale(shape, room))
        height = max(room.pixels(room.height), room.pixels(_LEAST) + scale)
        if shape is None:
            return GridLayout(width, height, room.ratio, ())
        frame = room.pixels(_FRAME)
        factor = max(min(width, height - scale) - 2 * frame, 1) / shape.side
        if factor >= 2 or is_whole:
            factor = max(1, int(factor))
        wide, high = round(shape.columns * factor), round(shape.rows * factor)
        width, height = max(width, wide + 2 * frame), max(height, high + scale + 2 * frame)
        place = Rect((width - wide) // 2, (height - scale - high) // 2, wide, high)
        cell = max(1, int(factor))
        placed = PlacedPanel(shape.panel, (cell, cell), (place,))
        labels = {LEGEND: Rect(0, height - scale, width, scale)} if lines else {}
        return GridLayout(width, height, room.ratio, (placed,), labels)

    return lay_out


def _lines_of_legend(shape: StepShape) -> int:
    return 1 if shape.step is Step.RANGE else -(-shape.kinds // KINDS_IN_A_LINE)


def _least_of_scale(shape: StepShape | None, room: Room) -> int:
    """The width in which the figures at both ends of a scale have some of it between them."""
    if shape is None or not shape.limit:
        return 0
    ends = (room.measure(written, Type.SMALL) for written in legend_figures(shape.limit))
    return room.pixels(sum(ends) + _SCALE)


def step_content(preprocessing: Preprocessing, step: Step) -> GridContent:
    """A step's picture with its marks.

    They are the rectangle in which the digit is looked for, the box that is taken of the sheet,
    the middle of the box and its centre of mass, the digit in its frame, and the margin.
    """
    panel = StepShape.of(preprocessing, step).panel
    limit = _limit(preprocessing) if step is Step.RANGE else 1.0
    values = Values.of(panel, preprocessing.picture(step), limit)
    labels: dict[str, Label] = {LEGEND: Legend(values.limit(0))} if step is Step.RANGE else {}
    if step is Step.DROPPED and preprocessing.found is not None:
        kinds = ((int(kind), DROPPED_WORDS[kind]) for kind in preprocessing.found.kinds)
        labels[LEGEND] = KindLegend(tuple(kinds))
    return GridContent({PICTURE: values}, labels, strokes=_strokes(preprocessing, step))


def _limit(preprocessing: Preprocessing) -> float:
    return max(abs(end) for end in preprocessing.range)


def _strokes(preprocessing: Preprocessing, step: Step) -> tuple[Stroke, ...]:
    rows, columns = preprocessing.picture(step).shape
    if step is Step.PICTURE and preprocessing.found is not None:
        part = preprocessing.found.part
        if part is None:
            return ()
        return (_rectangle((part.left, part.top), (part.right, part.bottom), 2),)
    if step is Step.DROPPED and preprocessing.found is not None:
        digits = preprocessing.found.digits
        boxes = digits if len(digits) > 1 else ()
        return tuple(_rectangle((b.left, b.top), (b.right, b.bottom), 1) for b in boxes)
    if step is Step.PAINTED:
        box = preprocessing.box
        return (_rectangle((box.left, box.top), (box.right, box.bottom), 2),)
    if step is Step.MASS:
        middle = _cross((columns / 2, rows / 2), Mark.CHOSEN, is_dotted=True)
        mass = () if Step.MASS in preprocessing.off else _cross(preprocessing.mass, Mark.FIELD)
        return (*middle, *mass)
    if step is Step.FRAME:
        left, top = preprocessing.corner
        high, wide = preprocessing.boxed.shape
        return (_rectangle((left, top), (left + wide, top + high), 2),)
    if step is Step.MARGIN and Step.MARGIN not in preprocessing.off:
        return (_rectangle((2, 2), (columns - 2, rows - 2), 1),)
    return ()


def _rectangle(corner: tuple[float, float], end: tuple[float, float], width: int) -> Stroke:
    (left, top), (right, bottom) = corner, end
    points = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
    return Stroke(PICTURE, 0, points, Mark.FIELD, width)


def _cross(
    at: tuple[float, float], mark: Mark, *, is_dotted: bool = False
) -> tuple[Stroke, Stroke]:
    x, y = at
    across, down = ((x - _ARM, y), (x + _ARM, y)), ((x, y - _ARM), (x, y + _ARM))
    return (
        Stroke(PICTURE, 0, across, mark, 2, is_dotted),
        Stroke(PICTURE, 0, down, mark, 2, is_dotted),
    )
