"""Where everything of the maps lies, as a pure function of the room that there is. No Qt."""

from dataclasses import dataclass
from functools import cached_property

from lenet_gui.gui.views.maps.layout_choice import (
    Choice,
    Measures,
    choose,
    content_right,
    first_left,
    needed,
    row_heights,
)
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import INPUT, OUTPUT
from lenet_gui.pictures.colours import Scale
from lenet_gui.pictures.grid.layers import layer_panel
from lenet_gui.pictures.grid.layout import GridLayout, Maker, PlacedPanel, Rect, Room
from lenet_gui.pictures.grid.panel import Cell

NOTE, NOTE_SCALE = "note", "note scale"
"""Beside the input: what is said, and the legend of a scale that all layers share."""

_STRIPS = ((2, 60), (3, 40), (4, 30), (5, 24), (6, 20), (8, 15))  # of C5's 120 units
_LEGEND = 240
"""As wide, in logical pixels, is the legend of all layers at most."""


def caption_of(layer: str) -> str:
    """The name of the place of a layer's caption."""
    return layer


def scale_of(layer: str) -> str:
    """The name of the place of a layer's legend."""
    return f"{layer} scale"


@dataclass(frozen=True)
class NetworkLayout(GridLayout):
    """All layers. The keys leave the output out: it has no maps to look at."""

    def step_picture(self, cell: Cell, right: int, down: int) -> Cell:
        return self._activations.step_picture(cell, right, down)

    def step_panel(self, cell: Cell, by: int) -> Cell:
        return self._activations.step_panel(cell, by)

    @cached_property
    def _activations(self) -> GridLayout:
        panels = tuple(placed for placed in self.panels if placed.panel.name != OUTPUT)
        return GridLayout(self.width, self.height, self.ratio, panels)


def network_maker(variant: Variant, scale: Scale) -> Maker:
    """Lays out the layers of a network.

    Where all layers share one scale of colours its legend stands under the note, else each layer
    has its own. The layout is larger than the room when that was too small.
    """

    def lay_out(room: Room) -> NetworkLayout:
        measures = Measures.of(room)
        return _Composer(measures, choose(measures), variant, scale).layout()

    return lay_out


class _Composer:
    """Rectangles for a choice; height left over grows the input first, then the rows' distance."""

    def __init__(self, measures: Measures, choice: Choice, variant: Variant, scale: Scale) -> None:
        self._room, self._choice, self._variant, self._scale = measures, choice, variant, scale
        self._right = content_right(measures, choice)
        self._labels: dict[str, Rect] = {}

    def layout(self) -> NetworkLayout:
        room, choice = self._room, self._choice
        width, height = needed(room, choice)
        spare = max(0, room.height - height)
        heights = list(row_heights(room, choice))
        source = choice.source
        if not choice.beside:
            source = self._grown_source(spare)
            grown = max(heights[0], 32 * source)
            spare -= grown - heights[0]
            heights[0] = grown
        tops = self._tops(heights, spare)
        self._label(INPUT, room.margin, tops[0])
        whole = Rect(room.left, tops[0], 32 * source, 32 * source)
        self._note(whole, tops, heights)
        panels = [PlacedPanel(layer_panel(INPUT, self._variant), (source, source), (whole,))]
        panels += self._maps(tops)
        panels.append(self._strip(tops[5], heights[5]))
        panels += self._last_row(tops[6], heights[6])
        return NetworkLayout(
            max(room.width, width),
            max(room.height, tops[-1] + heights[-1] + room.margin),
            room.ratio,
            tuple(panels),
            self._labels,
        )

    def _grown_source(self, spare: int) -> int:
        """The input's factor when it takes what height the rows leave, up to twice C1's."""
        room, source = self._room, self._choice.source
        height = max(room.label_height, 32 * source)
        while (
            source < 2 * self._choice.first
            and 32 * (source + 1) - height <= spare
            and room.left + 32 * (source + 1) + 2 * room.label_gap + room.note_width <= self._right
        ):
            source += 1
        return source

    def _tops(self, heights: list[int], spare: int) -> list[int]:
        """Where rows begin; spare height sets them further apart, to three times the distance."""
        gaps = sum(height > 0 for height in heights) - 1
        row_gap = self._room.row_gap + min(spare // gaps, 2 * self._room.row_gap)
        tops = [self._room.margin]
        for height in heights[:-1]:
            tops.append(tops[-1] + (height + row_gap if height else 0))
        return tops

    def _label(self, layer: str, left: int, top: int) -> int:
        """The caption and the legend of a layer; returns where its pictures may begin."""
        room = self._room
        above = room.label_height - room.line
        self._labels[caption_of(layer)] = Rect(left, top, room.label_width, above)
        wide = room.label_width - room.label_gap
        self._labels[scale_of(layer)] = Rect(left, top + above, wide, room.line)
        return left + room.label_width + room.label_gap

    def _note(self, whole: Rect, tops: list[int], heights: list[int]) -> None:
        """To the right of the input, or under it when it stands beside C1."""
        room = self._room
        if self._choice.beside:
            top = max(whole.bottom, room.margin + room.label_height) + room.row_gap
            left, right, bottom = room.margin, whole.right, tops[2] + heights[2]
        else:
            left, right = whole.right + 2 * room.label_gap, self._right
            top, bottom = tops[0], tops[0] + heights[0]
        if self._scale is Scale.GLOBAL:
            wide = min(right - left, round(_LEGEND * room.ratio))
            self._labels[NOTE_SCALE] = Rect(left, bottom - room.line, wide, room.line)
            bottom -= room.line
        self._labels[NOTE] = Rect(left, top, right - left, bottom - top)

    def _maps(self, tops: list[int]) -> list[PlacedPanel]:
        room, choice = self._room, self._choice
        first = first_left(room, choice)
        found = []
        for (layer, factor, columns, left), top in zip(
            (
                ("C1", choice.first, choice.first_columns, first),
                ("S2", 2 * choice.first, choice.first_columns, first),
                ("C3", choice.second, choice.second_columns, room.margin),
                ("S4", 2 * choice.second, choice.second_columns, room.margin),
            ),
            tops[1:5],
            strict=True,
        ):
            panel = layer_panel(layer, self._variant)
            start, side = self._label(layer, left, top), factor * panel.rows
            places = self._spread(start, top, panel.pictures, columns, side)
            found.append(PlacedPanel(panel, (factor, factor), places))
        return found

    def _spread(self, left: int, top: int, count: int, columns: int, side: int) -> tuple[Rect, ...]:
        """Squares in lines of `columns`, spread a little so that rows end at one place."""
        spread = (self._right - left - columns * side) / (columns - 1)
        gap = max(float(self._room.gap), min(spread, side / 6))
        return tuple(
            Rect(
                left + round((index % columns) * (side + gap)),
                top + (index // columns) * (side + self._room.gap),
                side,
                side,
            )
            for index in range(count)
        )

    def _strip(self, top: int, height: int) -> PlacedPanel:
        """C5 in the arrangement of its 120 units that gives the largest cells."""
        left = self._label("C5", self._room.margin, top)

        def side(strip: tuple[int, int]) -> int:
            return max(1, min((self._right - left) // strip[1], height // strip[0]))

        lines, columns = max(_STRIPS, key=side)
        factor = side((lines, columns))
        panel = layer_panel("C5", self._variant, shape=(lines, columns))
        place = Rect(left, top, columns * factor, lines * factor)
        return PlacedPanel(panel, (factor, factor), (place,))

    def _last_row(self, top: int, height: int) -> list[PlacedPanel]:
        """F6, and to its right the output's ten cells with the digits under them."""
        room, factor = self._room, self._choice.second
        f6 = Rect(self._label("F6", room.margin, top), top, 7 * factor, 12 * factor)
        start = self._label(OUTPUT, f6.right + 2 * room.label_gap, top)
        below = room.line + room.gap // 2
        side = max(1, min((self._right - start) // 10, height - below, height // 2))
        cells = Rect(start, top, 10 * side, side)
        for digit in range(10):
            place = Rect(start + digit * side, cells.bottom + room.gap // 2, side, room.line)
            self._labels[str(digit)] = place
        return [
            PlacedPanel(layer_panel("F6", self._variant), (factor, factor), (f6,)),
            PlacedPanel(layer_panel(OUTPUT, self._variant), (side, side), (cells,)),
        ]
