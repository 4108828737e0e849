"""How the ink was found in an imported picture, in three thumbnails."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from lenet_gui.data.pictures.steps import DROPPED_WORDS, Dropped
from lenet_gui.explore.found_steps import FoundSteps
from lenet_gui.gui.core import theme
from lenet_gui.gui.draw.step_strip import GAP, StepStrip
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.pictures.grid.content import Align, Caption, GridContent, Mark, Stroke
from lenet_gui.pictures.grid.ink_words import InkWords
from lenet_gui.pictures.grid.layout import GridLayout, Maker, PlacedPanel, Rect, Room, Type
from lenet_gui.pictures.grid.panel import Cell, Colours, Panel, Values
from lenet_gui.text.figures import figure

LONGEST_SIDE = 128
"""Pixels of the pictures that are shown as thumbnails."""

_LARGEST = 68
"""The most logical pixels of a thumbnail's side, of usual size."""


@dataclass(frozen=True)
class _Step:
    """A thumbnail; it is of the whole picture, or of the part where the digit is looked for."""

    caption: str
    colours: Colours
    tip: str


_PICTURE = _Step("picture", Colours.GREY, "Picture: as it came")
_PAPER = _Step("paper removed", Colours.INK, "Paper removed: the ink without the paper's light")
_DIGIT = _Step(
    "digit alone",
    Colours.KINDS,
    "Digit alone: coloured is what was dropped: printed lines, a frame, specks, neighbours",
)
_STEPS = (_PICTURE, _PAPER, _DIGIT)
_LABELS = {step.caption: Caption.small(step.caption, Align.MIDDLE) for step in _STEPS}


@dataclass(frozen=True)
class _Words(InkWords):
    """What a thumbnail of a picture and its pixels are called."""

    colours: Colours

    def value(self, cell: Cell, value: float) -> str:
        """Its brightness or ink, or what was dropped there."""
        if self.colours is Colours.GREY:
            return f"brightness {figure(value)}"
        if self.colours is Colours.KINDS and value > 1:
            return f"dropped: {DROPPED_WORDS[Dropped(round(value) - 1)]}"
        return super().value(cell, value)


def _maker(panels: tuple[Panel, ...]) -> Maker:
    """Lays the thumbnails out side by side, each as large as a square of its room."""

    def lay_out(room: Room) -> GridLayout:
        count, line = len(panels), room.pixels(room.lines[Type.SMALL])
        width = room.pixels(room.width)
        if not panels:
            return GridLayout(width, 0, room.ratio, ())
        side = min((width - (count - 1) * 3 * room.pixels(GAP) - 2) // count, room.pixels(_LARGEST))
        side = max(side, room.pixels(theme.UNIT))
        width = max(width, count * side + 2)
        step = (width - 2 - side) / (count - 1)
        scales = [side / max(panel.rows, panel.columns) for panel in panels]
        highest = max(
            round(panel.rows * scale) for panel, scale in zip(panels, scales, strict=True)
        )
        bottom = highest + 2 + room.pixels(theme.UNIT // 2) + line
        placed, labels = list[PlacedPanel](), dict[str, Rect]()
        for number, (panel, scale) in enumerate(zip(panels, scales, strict=True)):
            left = 1 + round(number * step)
            wide, high = max(1, round(panel.columns * scale)), max(1, round(panel.rows * scale))
            place = Rect(left + (side - wide) // 2, 1 + (highest - high) // 2, wide, high)
            placed.append(PlacedPanel(panel, (max(1, int(scale)),) * 2, (place,)))
            words = room.pixels(room.measure(panel.name, Type.SMALL)) + 2
            at = min(max(left + (side - words) // 2, 0), max(width - words, 0))
            labels[panel.name] = Rect(at, bottom - line, words, line)
        return GridLayout(width, bottom, room.ratio, tuple(placed), labels)

    return lay_out


class PictureStrip(StepStrip):
    """The picture, the paper removed, the digit alone; hidden where there is no picture."""

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        self._found: FoundSteps | None = None
        self._panels: tuple[Panel, ...] = ()
        self._is_bare = False
        super().__init__(commands, _maker(()), parent)
        self.tips = tuple(step.tip for step in _STEPS)
        self.setObjectName("picture-strip")
        self.setAccessibleName("How the ink was found")
        self.hide()

    def set_bare(self, *, bare: bool) -> None:
        """Hides it whatever the drawing is, or no longer."""
        self._is_bare = bare
        self._show_wanted()

    def _show_wanted(self) -> None:
        self.setVisible(self._found is not None and not self._is_bare)

    def show_found(self, found: FoundSteps | None) -> None:
        """Shows the steps of another picture; nothing is done for those that are shown."""
        if found is self._found:
            return
        self._found = found
        self._show_wanted()
        if found is None:
            self.show_content(GridContent())
            return
        pictures = (found.levels, found.all_ink, found.dropped)
        panels = tuple(
            Panel(
                step.caption,
                1,
                len(picture),
                len(picture[0]),
                _Words((step.caption,), step.colours),
                step.colours,
            )
            for step, picture in zip(_STEPS, pictures, strict=True)
        )
        if panels != self._panels:
            self._panels = panels
            self.arrange(_maker(panels))
        values = {
            panel.name: Values.of(panel, picture)
            for panel, picture in zip(panels, pictures, strict=True)
        }
        self.show_content(GridContent(values, _LABELS, strokes=_frame(found)))


def _frame(found: FoundSteps) -> tuple[Stroke, ...]:
    """Around the part where the digit was looked for, if that is not all of the picture."""
    part = found.part
    if part is None:
        return ()
    left, top, right, bottom = part.left, part.top, part.right, part.bottom
    corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
    return (Stroke(_PICTURE.caption, 0, corners, Mark.CHOSEN),)
