"""The preprocessing of the drawing, step by step."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtWidgets import QWidget

from lenet_gui.data.ink import DIGIT_SIDE, FRAME_SIDE, INPUT_SIDE, Box, InkSteps
from lenet_gui.data.paint import RASTER_SIDE
from lenet_gui.explore.reading import Floats
from lenet_gui.gui.core import theme
from lenet_gui.gui.draw.step_strip import GAP, StepStrip
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.pictures.grid.content import Align, Caption, GridContent, Mark, Stroke
from lenet_gui.pictures.grid.ink_words import InkWords
from lenet_gui.pictures.grid.layout import GridLayout, Maker, PlacedPanel, Rect, Room, Type
from lenet_gui.pictures.grid.panel import Colours, Panel, Values

PAINTED_SIDE = 24
"""The side of the painted canvas's thumbnail, in pixels of the others; its own are far smaller."""
_FINER = 4
"""How many points of the painted canvas, across and down, are one cell of its thumbnail."""

_EDGE = 1
"""Room for the line around a thumbnail, in pixels of the screen."""

MOST_ENLARGED = 4

_IN_A_LINE = 200
"""In less room, in usual pixels, two thumbnails are below the other two."""


@dataclass(frozen=True)
class _Step:
    caption: str
    side: int
    tip: str


STEPS: tuple[_Step, ...] = (
    _Step("painted", PAINTED_SIDE, "Painted: the strokes as a fine raster, and their bounding box"),
    _Step("20×20", DIGIT_SIDE, "20×20: the box scaled until its longer side is 20 pixels"),
    _Step("28×28", FRAME_SIDE, "28×28: the ink's centre of mass put in the middle, as in MNIST"),
    _Step("32×32", INPUT_SIDE, "32×32: two pixels of background on each side, the network's input"),
)
FRAMED_STEPS: tuple[_Step, ...] = (
    _Step("painted", PAINTED_SIDE, "Painted: the picture, and the strokes over it"),
    _Step("28×28", FRAME_SIDE, "28×28: the whole canvas, neither cropped nor centred"),
    STEPS[-1],
)
"""Those of a picture of a data set that is read as it is; see `Drawing.is_framed`."""


def _panel(step: _Step) -> Panel:
    side = RASTER_SIDE // _FINER if step.side == PAINTED_SIDE else step.side
    return Panel(step.caption, 1, side, side, InkWords((step.caption,)), Colours.INK)


_PANELS = {step.caption: _panel(step) for step in STEPS}
_LABELS = {step.caption: Caption.small(step.caption, Align.MIDDLE) for step in STEPS}


def _maker(steps: tuple[_Step, ...]) -> Maker:
    """The thumbnails side by side, or in two lines, with pixels of equal size but in the first."""

    def lay_out(room: Room) -> GridLayout:
        lines = _lines(room, steps)
        pixel = min(_pixel(room, line) for line in _lines(room, STEPS))  # the same for both
        width = max(room.pixels(room.width), *(_least(room, line, pixel) for line in lines))
        top, placed, labels = 0, list[PlacedPanel](), dict[str, Rect]()
        for line in lines:
            top += room.pixels(theme.UNIT) if top else 0
            top = _lay_line(room, line, pixel, (top, width), placed, labels)
        return GridLayout(width, top, room.ratio, tuple(placed), labels)

    return lay_out


def _lines(room: Room, steps: tuple[_Step, ...]) -> tuple[tuple[_Step, ...], ...]:
    return (steps,) if room.width >= _IN_A_LINE else (steps[:-2], steps[-2:])


def _lay_line(
    room: Room,
    steps: tuple[_Step, ...],
    pixel: int,
    corner: tuple[int, int],
    placed: list[PlacedPanel],
    labels: dict[str, Rect],
) -> int:
    """A line of thumbnails from `corner`, its top and the width for it; where it ends below."""
    top, width = corner
    line, sides = room.pixels(room.lines[Type.SMALL]), [step.side * pixel for step in steps]
    gap, tallest = (width - 2 * _EDGE - sum(sides)) / max(len(steps) - 1, 1), max(sides)
    bottom = top + tallest + 2 * _EDGE + room.pixels(theme.UNIT // 2) + line
    left = float(_EDGE)
    for step, side in zip(steps, sides, strict=True):
        panel = _PANELS[step.caption]
        place = Rect(round(left), top + _EDGE + (tallest - side) // 2, side, side)
        cell = max(1, side // panel.columns)
        placed.append(PlacedPanel(panel, (cell, cell), (place,)))
        wide = room.pixels(room.measure(step.caption, Type.SMALL)) + 2
        at = min(max(place.x + (side - wide) // 2, 0), max(width - wide, 0))
        labels[step.caption] = Rect(at, bottom - line, wide, line)
        left += side + gap
    return bottom


def _least(room: Room, steps: tuple[_Step, ...], pixel: int) -> int:
    """The width that these need with pixels of a size."""
    return sum(step.side for step in steps) * pixel + _between(room, steps)


def _between(room: Room, steps: tuple[_Step, ...]) -> int:
    return room.pixels(GAP) * (len(steps) - 1) + 2 * _EDGE


def _pixel(room: Room, steps: tuple[_Step, ...]) -> int:
    """The side of a thumbnail's pixel, in whole pixels of the screen."""
    free = room.pixels(room.width) - _between(room, steps)
    most = int(MOST_ENLARGED * room.ratio)
    return int(np.clip(free // sum(step.side for step in steps), 1, most))


class InkStrip(StepStrip):
    """Four thumbnails from the painted canvas to the input, or three of a framed drawing.

    Nothing is done for steps that are already shown.
    """

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        self._steps: InkSteps | None = None
        self._shown = STEPS
        self.tips = _tips(STEPS)
        super().__init__(commands, _maker(STEPS), parent)
        self.setObjectName("ink-strip")
        self.setAccessibleName("Preprocessing")
        self._show()

    def show_steps(self, steps: InkSteps | None, *, is_framed: bool = False) -> None:
        """Shows these steps; for None empty paper, of a framed drawing if it `is_framed`."""
        framed = is_framed if steps is None else steps.is_framed
        shown = FRAMED_STEPS if framed else STEPS
        if steps is not self._steps or shown is not self._shown:
            self._steps = steps
            self._choose(shown)
            self._show()

    def _choose(self, shown: tuple[_Step, ...]) -> None:
        if shown is not self._shown:
            self._shown, self.tips = shown, _tips(shown)
            self.arrange(_maker(shown))

    def _show(self) -> None:
        steps, labels = self._steps, {step.caption: _LABELS[step.caption] for step in self._shown}
        if steps is None:
            self.show_content(GridContent(labels=labels))
            return
        pictures = {
            "painted": _thinned(steps.painted),
            "28×28": steps.centred,
            "32×32": steps.padded,
        }
        if not steps.is_framed:
            pictures["20×20"] = _centred(steps.boxed)
        values = {name: Values.of(_PANELS[name], picture) for name, picture in pictures.items()}
        strokes = () if steps.is_framed else (_frame(steps.box),)
        self.show_content(GridContent(values, labels, strokes=strokes))


def _tips(steps: tuple[_Step, ...]) -> tuple[str, ...]:
    return tuple(step.tip for step in steps)


def _frame(box: Box) -> Stroke:
    """The box around the ink, on the painted canvas."""
    left, top = box.left / _FINER, box.top / _FINER
    right, bottom = left + box.width / _FINER, top + box.height / _FINER
    corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
    return Stroke("painted", 0, corners, Mark.CHOSEN)


def _centred(boxed: Floats) -> Floats:
    """The scaled box in the middle of its 20x20 pixels."""
    rows, columns = boxed.shape
    whole = np.zeros((DIGIT_SIDE, DIGIT_SIDE), np.float32)
    top, left = (DIGIT_SIDE - rows) // 2, (DIGIT_SIDE - columns) // 2
    whole[top : top + rows, left : left + columns] = boxed
    return whole


def _thinned(painted: Floats) -> Floats:
    """The painted canvas in fewer points, each the mean of those that it replaces."""
    side = RASTER_SIDE // _FINER
    # First whole rows, which are contiguous: a fifth of the time of a mean over both axes.
    rows = painted.reshape(side, _FINER, RASTER_SIDE).sum(axis=1, dtype=np.float32)
    found: Floats = rows.reshape(side, side, _FINER).sum(axis=2, dtype=np.float32)
    found /= _FINER**2
    return found
