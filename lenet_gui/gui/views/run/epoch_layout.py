"""C1's kernels and the maps of C1 to S4, a row for each, as large as there is room for. No Qt."""

import numpy as np

from lenet_gui.explore.reading import Floats, Reading
from lenet_gui.guide.places import layer_place
from lenet_gui.net.architecture import KERNEL_SIDE, Variant
from lenet_gui.net.layers import GEOMETRY, MAP_LAYERS, Unit
from lenet_gui.pictures.colours import Scale
from lenet_gui.pictures.grid.content import Caption, GridContent, Legend, Run
from lenet_gui.pictures.grid.layers import layer_panel, layer_values, scale_limits
from lenet_gui.pictures.grid.layout import GridLayout, PlacedPanel, Rect, Room, Type
from lenet_gui.pictures.grid.panel import Cell, Panel, Values
from lenet_gui.text.figures import colour_range, signed_small
from lenet_gui.text.units import kernel_name, place_name

KERNELS = "Kernels"

_GAP = 4
_ROW_GAP = 7
_LEAST, _MOST = 28, 168
"""The side of C1's place for a map, in pixels: at least, so that each unit has one, and at most."""

_SCALE = "scale"


class KernelWords:
    """What C1's kernels and their weights are called."""

    def picture(self, picture: int) -> str:
        """Such as "C1 map 3, kernel"."""
        return f"{kernel_name('C1', picture, 0)}, kernel"

    def cell(self, cell: Cell) -> str:
        """Such as "C1 map 3, kernel, row 1, column 2"."""
        return f"{self.picture(cell.picture)}, {place_name(cell.row, cell.column)}"

    def value(self, cell: Cell, value: float) -> str:  # noqa: ARG002
        """The weight, with its sign."""
        return signed_small(value)

    def unit(self, cell: Cell) -> Unit | None:  # noqa: ARG002
        """A weight is not a unit."""
        return None


# Of the layers shown here nothing is called otherwise in the other variant.
PANELS = (
    Panel(KERNELS, GEOMETRY["C1"].maps, KERNEL_SIDE, KERNEL_SIDE, KernelWords()),
    *(layer_panel(layer, Variant.ORIGINAL) for layer in MAP_LAYERS),
)
"""The rows, from above."""


def epoch_layout(room: Room) -> GridLayout:
    """A row for each panel, its name and limit before it, the colours below all of them."""
    least, most = room.pixels(_LEAST), room.pixels(_MOST)
    best = _rows(room, least)
    for place in range(least + 1, most + 1):
        larger = _rows(room, place)
        if larger.width > room.pixels(room.width) or larger.height > room.pixels(room.height):
            break
        best = larger
    return best


def _rows(room: Room, place: int) -> GridLayout:
    """The rows with places of `place` pixels for C1's maps.

    The pictures stand in the middle of their places, each by a whole factor.
    """
    gap, row_gap, top = room.pixels(_GAP), room.pixels(_ROW_GAP), room.pixels(2)
    line = room.pixels(room.lines[Type.SMALL])
    left = room.pixels(max(room.measure(word, Type.SMALL) for word in (KERNELS, "±88.88")) + 6)
    block = 6 * place + 5 * gap
    placed: list[PlacedPanel] = []
    labels: dict[str, Rect] = {}
    for panel in PANELS:
        columns = 6 if panel.pictures == 6 else 8
        pitch = (block + gap) / columns
        factor = max(1, int(pitch - gap) // panel.columns)
        size = factor * panel.columns
        inset = (pitch - gap - size) / 2
        pictures = tuple(
            Rect(
                left + round(number % columns * pitch + inset),
                top + number // columns * (size + gap),
                size,
                size,
            )
            for number in range(panel.pictures)
        )
        placed.append(PlacedPanel(panel, (factor, factor), pictures))
        labels[panel.name] = Rect(0, top, left - gap, 2 * line)
        top = max(placed[-1].bounds.bottom, top + 2 * line) + row_gap
    right = max(each.bounds.right for each in placed)
    labels[_SCALE] = Rect(left, top, right - left, line)
    width, height = left + block + 2, top + line
    return GridLayout(width, height, room.ratio, tuple(placed), labels)


def epoch_content(kernels: Floats | None, limit: float, reading: Reading | None) -> GridContent:
    """What an epoch's network is and does.

    Each row has a colour scale of its own. The kernels' limit is given, so that the epochs can be
    compared.

    Args:
        kernels: float32 [6, 5, 5], C1's.
        limit: the value of their full colour.
        reading: whose maps are shown, where there is one.
    """
    values: dict[str, Values] = {}
    if kernels is not None:
        values[KERNELS] = Values.of(PANELS[0], kernels, limit)
    if reading is not None:
        limits = scale_limits(reading, Scale.PER_LAYER)
        for panel in PANELS[1:]:
            values[panel.name] = layer_values(
                panel, panel.name, reading, np.max(limits[panel.name])
            )
    labels: dict[str, Caption | Legend] = {_SCALE: Legend(None)}
    for panel in PANELS:
        shown = values.get(panel.name)
        limited = () if shown is None else ((Run(colour_range(shown.limit(0))),),)
        place = None if panel.name == KERNELS else layer_place(panel.name)
        words = ((Run(panel.name, is_faint=False),), *limited)
        labels[panel.name] = Caption(words, guide=place)
    return GridContent(values, labels)
