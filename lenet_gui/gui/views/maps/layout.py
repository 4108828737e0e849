"""Where everything of the maps is placed, as a pure function of the room. No Qt."""

from dataclasses import dataclass
from functools import cached_property

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.gui.views.maps.layout_choice import (
    NOTE_LINES,
    Choice,
    Measures,
    choose,
    column_width,
    layers_left,
    needed,
    pictures_left,
    row_heights,
    spread_width,
)
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import INPUT, MAP_LAYERS, OUTPUT
from lenet_gui.pictures.colours import Scale
from lenet_gui.pictures.grid.layers import layer_panel
from lenet_gui.pictures.grid.layout import GridLayout, Maker, PlacedPanel, Rect, Room
from lenet_gui.pictures.grid.panel import Cell

NOTE, NOTE_SCALE = "note", "note scale"
"""Beside the input: what is said, and the legend of a scale that all layers share."""

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


def network_maker(
    variant: Variant, scale: Scale, class_names: tuple[str, ...] = DIGIT_NAMES
) -> Maker:
    """Lays out the layers of a network.

    Where all layers share one colour scale its legend stands under the note, else each layer
    has its own. The layout is larger than the room when that was too small.
    """

    def lay_out(room: Room) -> NetworkLayout:
        measures = Measures.of(room)
        return _Composer(measures, choose(measures), variant, scale, class_names).layout()

    return lay_out


class _Composer:
    """Rectangles for a choice; height left over grows the input first, then the rows' distance."""

    def __init__(
        self,
        measures: Measures,
        choice: Choice,
        variant: Variant,
        scale: Scale,
        class_names: tuple[str, ...],
    ) -> None:
        self._room, self._choice, self._variant, self._scale = measures, choice, variant, scale
        self._output = layer_panel(OUTPUT, variant, class_names=class_names)
        self._left = pictures_left(measures, choice)
        self._right = self._left + spread_width(measures, choice)
        self._labels: dict[str, Rect] = {}

    def layout(self) -> NetworkLayout:
        room = self._room
        width, height = needed(room, self._choice)
        spare = max(0, room.height - height)
        heights = list(row_heights(room, self._choice))
        strip = 120 // self._choice.strip * ((self._right - self._left) // self._choice.strip)
        spare -= max(strip - heights[5], 0)
        heights[5] = max(strip, heights[5])
        if self._choice.beside:
            tops = self._tops(heights, spare)
            source = self._source_beside(tops[-1] + heights[-1])
        else:
            source = self._source_above(heights[0], spare)
            grown = max(heights[0], 32 * source)
            spare -= grown - heights[0]
            heights[0] = grown
            tops = self._tops(heights, spare)
            self._note_beside(source, heights[0])
        panels = [source_panel := self._source(source)]
        if self._choice.beside:
            self._note_under(source_panel.bounds, tops[-1] + heights[-1])
        panels += self._maps(tops)
        panels.append(self._strip(tops[5]))
        panels += self._last_row(tops[6], heights[6])
        return NetworkLayout(
            max(room.width, width),
            max(room.height, tops[-1] + heights[-1] + self._choice.margin(room)),
            room.ratio,
            tuple(panels),
            self._labels,
        )

    def _source(self, factor: int) -> PlacedPanel:
        """The input: beside its label, or under it where it has a column."""
        room = self._room
        margin = self._choice.margin(room)
        self._label(INPUT, margin, margin)
        left, top = self._left, margin
        if self._choice.beside:
            left, top = room.margin, room.margin + room.label_height + room.row_gap
        place = Rect(left, top, 32 * factor, 32 * factor)
        return PlacedPanel(layer_panel(INPUT, self._variant), (factor, factor), (place,))

    def _source_above(self, height: int, spare: int) -> int:
        """The input's factor when it takes what height the rows leave, up to twice C1's."""
        room, source = self._room, max(1, self._choice.factor // 2)
        while (
            source < 2 * self._choice.factor
            and 32 * (source + 1) - height <= spare
            and self._left + 32 * (source + 1) + 2 * room.label_gap + room.note_width <= self._right
        ):
            source += 1
        return source

    def _source_beside(self, bottom: int) -> int:
        """The input's factor in its column, as wide as that, with room for the note under it."""
        room = self._room
        high = bottom - room.margin - room.label_height - 2 * room.row_gap - NOTE_LINES * room.line
        side = min(column_width(room, self._choice), high)
        return max(1, min(side // 32, 2 * self._choice.factor))

    def _tops(self, heights: list[int], spare: int) -> list[int]:
        """Where rows begin; spare height sets them further apart, to three times the distance."""
        gaps = sum(height > 0 for height in heights) - 1
        row_gap = self._choice.row_gap(self._room) + min(spare // gaps, 2 * self._room.row_gap)
        tops = [self._choice.margin(self._room)]
        for height in heights[:-1]:
            tops.append(tops[-1] + (height + row_gap if height else 0))
        return tops

    def _label(self, layer: str, left: int, top: int) -> None:
        """The caption and the legend of a layer; in a low room the caption's first line alone."""
        room = self._room
        above = self._choice.label(room) - room.line
        self._labels[caption_of(layer)] = Rect(left, top, room.label_width, above)
        wide = room.label_width - room.label_gap
        self._labels[scale_of(layer)] = Rect(left, top + above, wide, room.line)

    def _note_beside(self, source: int, height: int) -> None:
        """To the right of the input."""
        left = self._left + 32 * source + 2 * self._room.label_gap
        self._note(left, self._choice.margin(self._room), self._right - left, height)

    def _note_under(self, whole: Rect, bottom: int) -> None:
        """In the input's column."""
        top = whole.bottom + self._room.row_gap
        width = column_width(self._room, self._choice)
        self._note(whole.x, top, width, bottom - top)

    def _note(self, left: int, top: int, width: int, height: int) -> None:
        room = self._room
        if self._scale is Scale.GLOBAL:
            height = min(height, NOTE_LINES * room.line)
            wide = min(width, round(_LEGEND * room.ratio))
            self._labels[NOTE_SCALE] = Rect(left, top + height - room.line, wide, room.line)
            height -= room.line
        self._labels[NOTE] = Rect(left, top, width, height)

    def _maps(self, tops: list[int]) -> list[PlacedPanel]:
        choice, found = self._choice, []
        for layer, top, columns, side in zip(
            MAP_LAYERS, tops[1:5], choice.columns, choice.sides, strict=True
        ):
            panel = layer_panel(layer, self._variant)
            self._label(layer, layers_left(self._room, choice), top)
            factor = side // panel.rows
            places = self._spread(top, panel.pictures, columns, side)
            found.append(PlacedPanel(panel, (factor, factor), places))
        return found

    def _spread(self, top: int, count: int, columns: int, side: int) -> tuple[Rect, ...]:
        """Squares in lines of `columns` from where all rows begin to where all of them end."""
        step = (self._right - self._left - side) / (columns - 1)
        return tuple(
            Rect(
                self._left + round((index % columns) * step),
                top + (index // columns) * (side + self._choice.gap(self._room)),
                side,
                side,
            )
            for index in range(count)
        )

    def _strip(self, top: int) -> PlacedPanel:
        """C5 in a few lines."""
        self._label("C5", layers_left(self._room, self._choice), top)
        strip = self._choice.strip
        factor = (self._right - self._left) // strip
        panel = layer_panel("C5", self._variant, shape=(120 // strip, strip))
        place = Rect(self._left, top, panel.columns * factor, panel.rows * factor)
        return PlacedPanel(panel, (factor, factor), (place,))

    def _last_row(self, top: int, height: int) -> list[PlacedPanel]:
        """F6, and to its right the output's ten cells with the digits under them."""
        room, factor = self._room, self._choice.f6
        self._label("F6", layers_left(room, self._choice), top)
        f6 = Rect(self._left, top, 7 * factor, 12 * factor)
        label = f6.right + 2 * room.label_gap
        self._label(OUTPUT, label, top)
        start = label + room.label_width + room.label_gap
        below = room.line + room.gap // 2
        side = max(1, min((self._right - start) // 10, height - below, 20 * self._choice.factor))
        cells = Rect(self._right - 10 * side, top, 10 * side, side)
        for digit in range(10):
            place = Rect(cells.x + digit * side, cells.bottom + room.gap // 2, side, room.line)
            self._labels[str(digit)] = place
        return [
            PlacedPanel(layer_panel("F6", self._variant), (factor, factor), (f6,)),
            PlacedPanel(self._output, (side, side), (cells,)),
        ]
