"""A grid on a sheet: the same pictures, words and marks as on the screen, for files."""

import numpy as np

from lenet_gui.pictures.colours import COLOURS, Theme, diverging_lut
from lenet_gui.pictures.grid.colouring import are_light, colours_of, kind_colour
from lenet_gui.pictures.grid.content import (
    KINDS_IN_A_LINE,
    Align,
    Caption,
    GridContent,
    KindLegend,
    Legend,
    Mark,
    Marked,
    Stroke,
    figure_in,
)
from lenet_gui.pictures.grid.layout import GridLayout, Maker, PlacedPanel, Rect, Room, Type
from lenet_gui.pictures.grid.panel import Colours
from lenet_gui.pictures.lettering import text_width
from lenet_gui.pictures.sheet import (
    PALETTES,
    SMALL_SIZE,
    TEXT_SIZE,
    Anchor,
    Item,
    Line,
    Patch,
    Rectangle,
    Text,
)

_SIZES = {Type.TITLE: TEXT_SIZE, Type.SMALL: SMALL_SIZE, Type.BOLD: SMALL_SIZE}
_LINE = 1.25
"""The height of a line of type, in sizes of the type."""

_FIGURE_SIZES = (SMALL_SIZE, SMALL_SIZE - 1, SMALL_SIZE - 2)

FIELD_COLOUR = "#009e73"
_PINNED_COLOUR = "#cc79a7"
_WRONG_COLOURS = {Theme.LIGHT: "#d55e00", Theme.DARK: "#e69f00"}


def sheet_room(width: int, height: int) -> Room:
    """Room on a sheet, in its units, for a grid's layout."""
    lines = {type_: round(_LINE * size) for type_, size in _SIZES.items()}
    return Room(width, height, 1.0, lambda text, type_: text_width(text, _SIZES[type_]), lines)


def grid_items(
    layout: GridLayout,
    content: GridContent,
    theme: Theme,
    left: int = 0,
    top: int = 0,
    *,
    has_figures: bool = False,
) -> tuple[Item, ...]:
    """A whole grid, as items of a sheet.

    Args:
        layout: made for `sheet_room`.
        content: what is shown.
        theme: of the sheet.
        left: where the grid begins on the sheet, in its units.
        top: the same.
        has_figures: whether the value of each cell is written in it, if there is room.
    """
    composer = _Composer(layout, content, theme, left, top, has_figures=has_figures)
    return tuple(composer.items())


def laid_out(maker: Maker, width: int, height: int) -> GridLayout:
    """A grid's layout on a sheet, at least as large as the grid needs."""
    return maker(sheet_room(width, height))


class _Composer:
    def __init__(
        self,
        layout: GridLayout,
        content: GridContent,
        theme: Theme,
        left: int,
        top: int,
        *,
        has_figures: bool,
    ) -> None:
        self._has_figures = has_figures
        self._layout, self._content, self._theme = layout, content, theme
        self._left, self._top = left, top
        self._palette = PALETTES[theme]

    def items(self) -> list[Item]:
        found: list[Item] = []
        for name, label in self._content.labels.items():
            place = self._layout.labels.get(name)
            if place is not None:
                found += self._caption(place, label) if isinstance(label, Caption) else ()
                found += self._legend(place, label) if isinstance(label, Legend) else ()
                found += self._kinds(place, label) if isinstance(label, KindLegend) else ()
        for placed in self._layout.panels:
            found += self._pictures(placed)
            found += self._figures(placed) if self._has_figures else ()
        for stroke in self._content.strokes:
            found += self._stroke(stroke)
        for marked in self._content.marks:
            found += self._mark(marked)
        return found

    def _at(self, rect: Rect) -> Rect:
        return Rect(rect.x + self._left, rect.y + self._top, rect.width, rect.height)

    def _pictures(self, placed: PlacedPanel) -> list[Item]:
        panel = placed.panel
        if panel.colours is Colours.BARE:
            return []
        colours = colours_of(panel, self._content.values.get(panel.name), self._theme)
        page = _rgb(self._palette.page)
        found: list[Item] = []
        for number, rect in enumerate(placed.pictures):
            place, shown = self._at(rect), colours[number]
            if (panel.name, number) in self._content.faint:
                shown = np.rint(0.3 * shown + 0.7 * page).astype(np.uint8)
            frame = Rectangle(
                place.x - 1, place.y - 1, place.width + 2, place.height + 2, self._palette.line
            )
            name = panel.words.picture(number)
            found += (frame, Patch(place.x, place.y, shown, *placed.cell, name))
        return found

    def _figures(self, placed: PlacedPanel) -> list[Item]:
        """The value of each cell, in type small enough that all of them fit, or none."""
        panel, values = placed.panel, self._content.values.get(placed.panel.name)
        if values is None:
            return []
        texts = [figure_in(panel.colours, value) for value in values.array.ravel().tolist()]
        width, height = placed.cell
        fitting = (
            size
            for size in _FIGURE_SIZES
            if size + 2 <= height and all(text_width(text, size) + 2 <= width for text in texts)
        )
        size = next(fitting, None)
        if size is None:
            return []
        found: list[Item] = []
        light = are_light(panel, values, self._theme).ravel().tolist()
        for cell, text, is_light in zip(panel.cells(), texts, light, strict=True):
            if text:
                box = self._at(placed.box(cell))
                colour = PALETTES[Theme.LIGHT if is_light else Theme.DARK].ink
                x, y = box.x + box.width // 2, box.y + (box.height + round(0.7 * size)) // 2
                found.append(Text(x, y, text, size, colour, Anchor.MIDDLE))
        return found

    def _caption(self, place: Rect, caption: Caption) -> list[Item]:
        rect, baseline = self._at(place), float(place.y + self._top)
        found: list[Item] = []
        if caption.is_lit:
            lamp = _between(self._palette.page, FIELD_COLOUR, 0.45)
            found.append(Rectangle(rect.x, rect.y, rect.width, rect.height, lamp))
        for line in caption.lines:
            height = max((_SIZES[run.type] for run in line), default=SMALL_SIZE)
            baseline += height
            width = sum(text_width(run.text, _SIZES[run.type]) for run in line)
            x = {
                Align.LEFT: rect.x,
                Align.MIDDLE: rect.x + (rect.width - width) // 2,
                Align.RIGHT: rect.right - width,
            }[caption.align]
            for run in line:
                colour = self._palette.muted if run.is_faint else self._palette.ink
                found.append(Text(x, round(baseline), run.text, _SIZES[run.type], colour))
                x += text_width(run.text, _SIZES[run.type])
            baseline += (_LINE - 1) * height
        return found

    def _legend(self, place: Rect, legend: Legend) -> list[Item]:
        rect = self._at(place)
        low, high = legend.figures
        side = max(text_width(low, SMALL_SIZE), text_width(high, SMALL_SIZE)) + 4
        before = text_width(low, SMALL_SIZE) + 4 if legend.from_zero else side
        colours = diverging_lut(self._theme)[COLOURS // 2 if legend.from_zero else 0 :]
        step = max(1, -(-len(colours) // max(1, rect.width - before - side)))
        colours = colours[::step][None]
        baseline = rect.y + (rect.height + SMALL_SIZE) // 2 - 1
        bar = Patch(rect.x + before, baseline - 8, colours, 1, 8, "colour scale")
        muted = self._palette.muted
        return [
            Text(rect.x, baseline, low, SMALL_SIZE, muted),
            bar,
            Text(bar.x + bar.width + 4, baseline, high, SMALL_SIZE, muted),
        ]

    def _kinds(self, place: Rect, legend: KindLegend) -> list[Item]:
        rect, found = self._at(place), list[Item]()
        side, gap, line = round(0.8 * SMALL_SIZE), 4, round(_LINE * SMALL_SIZE)
        for first in range(0, len(legend.kinds), KINDS_IN_A_LINE):
            kinds = legend.kinds[first : first + KINDS_IN_A_LINE]
            widths = [side + gap + text_width(name, SMALL_SIZE) for _, name in kinds]
            x = rect.x + (rect.width - sum(widths) - 2 * gap * (len(kinds) - 1)) // 2
            top = rect.y + first // KINDS_IN_A_LINE * line
            for (kind, name), width in zip(kinds, widths, strict=True):
                colour = "#" + "".join(f"{part:02x}" for part in kind_colour(kind, self._theme))
                found.append(Rectangle(x, top + 2, side, side, colour))
                baseline = top + side + 1
                found.append(Text(x + side + gap, baseline, name, SMALL_SIZE, self._palette.muted))
                x += width + 2 * gap
        return found

    def _mark(self, marked: Marked) -> list[Item]:
        placed = self._layout.by_name.get(marked.cell.panel)
        if placed is None:
            return []
        rect = self._at(marked.place(placed))
        colour = self._colour(marked.mark)
        corners = (
            (rect.x, rect.y),
            (rect.right, rect.y),
            (rect.right, rect.bottom),
            (rect.x, rect.bottom),
            (rect.x, rect.y),
        )
        return [Line(corners, 2, colour, 2 if marked.mark is Mark.TIED else 0)]

    def _stroke(self, stroke: Stroke) -> list[Item]:
        placed = self._layout.by_name.get(stroke.panel)
        if placed is None:
            return []
        points = [placed.point(stroke.picture, x, y) for x, y in stroke.points]
        moved = tuple((x + self._left, y + self._top) for x, y in points)
        dash = stroke.width if stroke.is_dotted else 0
        return [Line(moved, stroke.width, self._colour(stroke.mark), dash)]

    def _colour(self, mark: Mark | None) -> str:
        return {
            None: self._palette.ink,
            Mark.FIELD: FIELD_COLOUR,
            Mark.TIED: self._palette.accent,
            Mark.ANSWER: self._palette.ink,
            Mark.CHOSEN: self._palette.accent,
            Mark.PINNED: _PINNED_COLOUR,
            Mark.WRONG: _WRONG_COLOURS[self._theme],
        }[mark]


def _rgb(colour: str) -> np.ndarray:
    """float32[3] of #rrggbb."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], np.float32)


def _between(one: str, other: str, share: float) -> str:
    """The colour at a fraction of the way to another one."""
    mixed = np.rint((1 - share) * _rgb(one) + share * _rgb(other)).astype(int)
    return "#" + "".join(f"{part:02x}" for part in mixed)
