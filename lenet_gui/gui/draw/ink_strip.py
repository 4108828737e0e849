"""The preprocessing of the drawing, step by step."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from lenet_gui.data.ink import DIGIT_SIDE, FRAME_SIDE, INPUT_SIDE, InkSteps
from lenet_gui.data.paint import RASTER_SIDE
from lenet_gui.explore.reading import Floats
from lenet_gui.gui.core import theme
from lenet_gui.gui.draw.step_strip import GAP, StepStrip
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.pictures.grid.content import Align, Caption, GridContent, Mark, Stroke
from lenet_gui.pictures.grid.ink_words import InkWords
from lenet_gui.pictures.grid.layout import GridLayout, PlacedPanel, Rect, Room, Type
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


STEPS = (
    _Step("painted", PAINTED_SIDE, "Painted: the strokes as a fine raster, and their bounding box"),
    _Step("20×20", DIGIT_SIDE, "20×20: the box scaled until its longer side is 20 pixels"),
    _Step("28×28", FRAME_SIDE, "28×28: the ink's centre of mass put in the middle, as in MNIST"),
    _Step("32×32", INPUT_SIDE, "32×32: two pixels of background on each side, the network's input"),
)


def _panel(step: _Step) -> Panel:
    side = RASTER_SIDE // _FINER if step.side == PAINTED_SIDE else step.side
    return Panel(step.caption, 1, side, side, InkWords((step.caption,)), Colours.INK)


_PANELS = tuple(_panel(step) for step in STEPS)
_LABELS = {step.caption: Caption.small(step.caption, Align.MIDDLE) for step in STEPS}


def lay_out(room: Room) -> GridLayout:
    """The thumbnails side by side, or in two lines, with pixels of equal size but in the first."""
    lines = (STEPS,) if room.width >= _IN_A_LINE else (STEPS[:2], STEPS[2:])
    pixel = min(_pixel(room, line) for line in lines)
    width = max(room.pixels(room.width), *(_least(room, line, pixel) for line in lines))
    top, placed, labels = 0, list[PlacedPanel](), dict[str, Rect]()
    for line in lines:
        top += room.pixels(theme.UNIT) if top else 0
        top = _lay_line(room, line, pixel, (top, width), placed, labels)
    return GridLayout(width, top, room.ratio, tuple(placed), labels)


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
    gap, tallest = (width - 2 * _EDGE - sum(sides)) / (len(steps) - 1), max(sides)
    bottom = top + tallest + 2 * _EDGE + room.pixels(theme.UNIT // 2) + line
    left = float(_EDGE)
    for step, side in zip(steps, sides, strict=True):
        panel = _PANELS[STEPS.index(step)]
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
    """Four thumbnails from the painted canvas to the input.

    Nothing is done for steps that are already shown.
    """

    tips = tuple(step.tip for step in STEPS)

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        self._steps: InkSteps | None = None
        super().__init__(commands, lay_out, parent)
        self.setObjectName("ink-strip")
        self.setAccessibleName("Preprocessing")
        self._show()

    @Slot(object)
    def show_steps(self, steps: InkSteps | None) -> None:
        """Shows these steps, or empty paper for None."""
        if steps is not self._steps:
            self._steps = steps
            self._show()

    def _show(self) -> None:
        steps = self._steps
        if steps is None:
            self.show_content(GridContent(labels=_LABELS))
            return
        pictures = (_thinned(steps.painted), _centred(steps.boxed), steps.centred, steps.padded)
        values = {
            panel.name: Values.of(panel, picture)
            for panel, picture in zip(_PANELS, pictures, strict=True)
        }
        box = steps.box
        left, top = box.left / _FINER, box.top / _FINER
        right, bottom = left + box.width / _FINER, top + box.height / _FINER
        corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
        frame = Stroke(_PANELS[0].name, 0, corners, Mark.CHOSEN)
        self.show_content(GridContent(values, _LABELS, strokes=(frame,)))


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
