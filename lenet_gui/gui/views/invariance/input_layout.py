"""The disturbed input, large, and the undisturbed one beside it, half as large. No Qt."""

from dataclasses import dataclass

from lenet_gui.data.ink import INPUT_SIDE
from lenet_gui.pictures.grid.content import Caption
from lenet_gui.pictures.grid.layout import GridLayout, Maker, PlacedPanel, Rect, Room, Type
from lenet_gui.pictures.grid.panel import Cell, Colours, Panel
from lenet_gui.text.figures import figure
from lenet_gui.text.units import place_name

DISTURBED, UNDISTURBED = "disturbed", "undisturbed"
"""The names of the panels, and of the places under them."""

LEAST_FACTOR = 4
_INSET = 2
"""What the pictures keep from the sides: the focus is shown there."""

_GAP = 8


@dataclass(frozen=True)
class InputWords:
    """What an input and its pixels are called; they compute nothing, so they are no units."""

    name: str

    def picture(self, picture: int) -> str:  # noqa: ARG002
        return f"{self.name} input"

    def cell(self, cell: Cell) -> str:
        return f"{self.name} input, {place_name(cell.row, cell.column)}"

    def value(self, cell: Cell, value: float) -> str:  # noqa: ARG002
        return figure(value)

    def unit(self, cell: Cell) -> None:
        """None."""


PANELS = tuple(
    Panel(name, 1, INPUT_SIDE, INPUT_SIDE, InputWords(name), Colours.INK)
    for name in (DISTURBED, UNDISTURBED)
)

CAPTIONS = {
    DISTURBED: Caption.small(DISTURBED, tip="The network's input as the dials disturb it"),
    UNDISTURBED: Caption.small(UNDISTURBED, tip="The network's input without the dials"),
}


def input_maker(factor: int) -> Maker:
    """Lays both out at their sizes, in any room.

    Args:
        factor: logical pixels a pixel of the disturbed input; the other one has half of them.
    """

    def lay_out(room: Room) -> GridLayout:
        inset, line = room.pixels(_INSET), room.pixels(room.lines[Type.SMALL])
        bottom = inset + INPUT_SIDE * room.pixels(factor)
        left, right, placed, labels = inset, 0, [], {}
        for panel, pixel in zip(PANELS, (factor, factor // 2), strict=True):
            cell = room.pixels(pixel)
            side = INPUT_SIDE * cell
            picture = Rect(left, bottom - side, side, side)
            placed.append(PlacedPanel(panel, (cell, cell), (picture,)))
            words = room.pixels(room.measure(panel.name, Type.SMALL) + 1)
            labels[panel.name] = Rect(left, bottom + room.pixels(1), max(side, words), line)
            left, right = picture.right + room.pixels(_GAP), labels[panel.name].right
        height = bottom + line + 2 * inset
        return GridLayout(right + inset, height, room.ratio, tuple(placed), labels)

    return lay_out
