"""Charts as sheets: for the screen, PNG and SVG."""

import math
from collections.abc import Iterator

import numpy as np

from lenet_gui.pictures.chart.clear_of_lines import words_baselines
from lenet_gui.pictures.chart.frame import (
    LINE,
    SAMPLE,
    STRIP,
    Frame,
    Over,
    entry_places,
    frames_of,
    room_of,
    tick_baseline,
    title_baseline,
)
from lenet_gui.pictures.chart.model import (
    FAINT,
    MUTED,
    TEXT,
    Axis,
    Band,
    Bar,
    Chart,
    Cursor,
    Curve,
    Fill,
    Histogram,
    Ink,
    Level,
    Look,
    Mark,
    Ribbon,
    Rule,
    Series,
    Stretch,
    Strip,
    Symbol,
    Tick,
)
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.sheet import (
    GRID,
    NAME_SIZE,
    PALETTES,
    SMALL_SIZE,
    TEXT_SIZE,
    Anchor,
    Area,
    Item,
    Line,
    Rectangle,
    Sheet,
    Text,
)

Point = tuple[float, float]

_THICK_FOOT = 4
_HALF_BAND = 4
"""Of the height of a sample's band, in units."""


def chart_sheet(chart: Chart, size: tuple[int, int], theme: Theme = Theme.LIGHT) -> Sheet:
    """A chart on a page of `size` units."""
    width, height = size
    items: list[Item] = []
    if chart.heading:
        items.append(Text(GRID, 3 * GRID, chart.heading, NAME_SIZE, TEXT.of(theme)))
    if chart.subtitle:
        y = (3 * GRID + 17) if chart.heading else LINE
        items.append(Text(GRID, y, chart.subtitle, SMALL_SIZE, MUTED.of(theme)))
    for x, baseline, words, entry in entry_places(chart, width):
        left = x
        if entry.look is not None:
            items += sample_items(entry.look, (x, baseline - 4), theme, band=entry.band)
            left += SAMPLE + GRID
        items.append(Text(left, baseline, words, SMALL_SIZE, entry.ink.of(theme)))
    for frame in frames_of(chart, size):
        items += panel_items(frame, theme)
    if chart.foot:
        items.append(Text(GRID, height - GRID, chart.foot, SMALL_SIZE, TEXT.of(theme)))
    return Sheet(chart.title, width, height, PALETTES[theme].page, tuple(items))


def sample_items(
    look: Look, place: Point, theme: Theme, length: int = SAMPLE, band: Ink | None = None
) -> list[Item]:
    """A short piece of a line with its symbol and its band; `place` is where it begins."""
    x, y = place
    items: list[Item] = []
    if band is not None:
        top, bottom = y - _HALF_BAND, y + _HALF_BAND
        around = ((x, top), (x + length, top), (x + length, bottom), (x, bottom))
        items.append(Area(around, band.of(theme)))
    if look.width:
        items.append(Line(((x, y), (x + length, y)), look.width, look.ink.of(theme), look.dash))
    return [*items, *_symbol(look, (x + length / 2, y), theme)]


def panel_items(frame: Frame, theme: Theme = Theme.LIGHT) -> list[Item]:
    """A panel in its frame: bands, axes, series, marks, strips, words."""
    panel = frame.panel
    items: list[Item] = []
    for mark in panel.marks:
        if isinstance(mark, Band):
            items += _band(frame, mark, theme)
    items += _axes(frame, theme)
    for series in panel.series:
        items += _series(frame, series, theme)
    items += _end_words(frame, theme)
    items += _words_within(frame, theme)
    for number, strip in enumerate(panel.strips):
        items += _strip(frame, number, strip, theme)
    for mark in panel.marks:
        items += _mark(frame, mark, theme)
    for words in frame.over:
        items += _over(frame, words, theme)
    return items


def _over(frame: Frame, over: Over, theme: Theme) -> Iterator[Item]:
    y = frame.top - 6 - LINE * over.line
    if over.mast is not None:
        yield _upright(frame.x(over.mast.at), y - SMALL_SIZE, frame.top, over.mast.look, theme)
    yield Text(over.x, y, over.words, SMALL_SIZE, (over.ink or MUTED).of(theme), over.anchor)


def _band(frame: Frame, band: Band, theme: Theme) -> Iterator[Item]:
    left, right = frame.x(band.low), frame.x(band.high)
    width, height = round(right) - round(left), frame.bottom - frame.top
    yield Rectangle(round(left), frame.top, width, height, band.ink.of(theme))
    for x in (left, right):
        if frame.left < x < frame.right:
            yield _upright(round(x), frame.top, frame.bottom, band.edge, theme)


def _upright(x: float, top: float, bottom: float, look: Look, theme: Theme) -> Line:
    return Line(((x, top), (x, bottom)), look.width, look.ink.of(theme), look.dash)


def _axes(frame: Frame, theme: Theme) -> Iterator[Item]:
    panel = frame.panel
    width, faint = frame.right - frame.left, FAINT.of(theme)
    if panel.y.has_grid:
        for tick in panel.y.ticks:
            yield Rectangle(frame.left, min(round(frame.y(tick.at)), frame.bottom), width, 1, faint)
    if panel.x.has_line:
        yield Rectangle(frame.left, frame.bottom, width, 1, faint)
    yield from _y_words(frame, panel.y, (frame.left - 5, Anchor.RIGHT), theme)
    if panel.right is not None:
        yield from _y_words(frame, panel.right, (frame.right + 5, Anchor.LEFT), theme)
    yield from _x_ticks(frame, theme)
    if panel.x.title:
        x, y = (frame.left + frame.right) // 2, title_baseline(frame)
        yield Text(x, y, panel.x.title, SMALL_SIZE, MUTED.of(theme), Anchor.MIDDLE)


def _y_words(frame: Frame, axis: Axis, place: tuple[int, Anchor], theme: Theme) -> Iterator[Text]:
    taken: list[float] = []
    for tick in axis.ticks:
        y, words = frame.y(tick.at, axis), tick.text(is_brief=frame.is_brief)
        if words and all(abs(y - other) >= SMALL_SIZE for other in taken):
            taken.append(y)
            baseline = max(round(y) + 4, SMALL_SIZE)
            yield Text(place[0], baseline, words, SMALL_SIZE, tick.ink.of(theme), place[1])


def _x_ticks(frame: Frame, theme: Theme) -> Iterator[Item]:
    taken: list[tuple[float, float]] = []
    baseline = tick_baseline(frame)
    for tick in frame.panel.x.ticks:
        x = frame.x(tick.at)
        if frame.panel.x.has_line:
            yield Rectangle(min(round(x), frame.right), frame.bottom, 1, 4, MUTED.of(theme))
        if not tick.words:
            continue
        half = room_of(tick.words) / 2
        middle = max(min(x, frame.page_right - half), half)
        if all(middle + half < begin or end < middle - half for begin, end in taken):
            taken.append((middle - half, middle + half))
            yield _tick_words(tick, (round(middle), baseline), theme)


def _tick_words(tick: Tick, place: tuple[int, int], theme: Theme) -> Text:
    return Text(*place, tick.words, SMALL_SIZE, tick.ink.of(theme), Anchor.MIDDLE)


def _series(frame: Frame, series: Series, theme: Theme) -> Iterator[Item]:
    if isinstance(series, Curve):
        yield from _curve(frame, series, theme)
    elif isinstance(series, Ribbon):
        yield from _ribbon(frame, series, theme)
    elif isinstance(series, Histogram):
        for place, count in enumerate(series.counts):
            if count:
                yield histogram_bar(frame, series, place, theme)
    else:
        yield from _bar(frame, series, theme)


def _curve(frame: Frame, curve: Curve, theme: Theme) -> Iterator[Item]:
    look, colour = curve.look, curve.look.ink.of(theme)
    for piece in _pieces(frame, curve):
        if look.width and len(piece) > 1:
            yield Line(tuple(piece), look.width, colour, look.dash)
        if look.symbol is not None:
            for point in piece:
                yield from _symbol(look, point, theme)


def _ribbon(frame: Frame, ribbon: Ribbon, theme: Theme) -> Iterator[Item]:
    there = np.isfinite(ribbon.low) & np.isfinite(ribbon.high)
    for piece in np.split(np.arange(len(there)), np.flatnonzero(~there)):
        inside = [place for place in piece.tolist() if there[place]]
        if len(inside) > 1:
            x = [frame.x(each) for each in ribbon.x[inside].tolist()]
            low = [frame.y(each) for each in ribbon.low[inside].tolist()]
            high = [frame.y(each) for each in ribbon.high[inside].tolist()]
            around = [*zip(x, low, strict=True), *reversed(list(zip(x, high, strict=True)))]
            yield Area(tuple(around), ribbon.ink.of(theme))


def _pieces(frame: Frame, curve: Curve) -> list[list[Point]]:
    """The points on the page, in pieces between the gaps."""
    pieces: list[list[Point]] = [[]]
    for x, y in zip(curve.x.tolist(), curve.y.tolist(), strict=True):
        if math.isfinite(y):
            pieces[-1].append((frame.x(x), frame.y_of(curve, y)))
        elif pieces[-1]:
            pieces.append([])
    return [piece for piece in pieces if piece]


def _symbol(look: Look, place: Point, theme: Theme) -> list[Item]:
    """A symbol made of a line: its outline, or a line as thick as fills it."""
    (x, y), r, colour = place, look.radius, look.ink.of(theme)
    if look.symbol is None:
        return []
    if look.symbol is Symbol.TICK:
        return [Line(((x, y - r), (x, y + r)), look.width or 1.25, colour)]
    if look.symbol is Symbol.SQUARE and not look.is_hollow:
        return [Line(((x - r, y), (x + r, y)), 2 * r, colour)]
    corners = {Symbol.CIRCLE: 16, Symbol.SQUARE: 4, Symbol.TRIANGLE: 3}[look.symbol]
    outer = r * {16: 1.0, 4: math.sqrt(2), 3: 1.5}[corners]
    # Filled: an outline within it, wide enough to reach the middle and the corners.
    share = 2 / 3 if corners == 3 else 0.5
    radius, width = (outer, 1.0) if look.is_hollow else (outer * share, 2 * outer * (1 - share))
    turned = math.pi / 2 if corners == 3 else math.pi / corners  # a triangle points down
    angles = turned + 2 * np.pi * np.arange(corners + 2) / corners
    outline = zip(
        (x + radius * np.cos(angles)).tolist(), (y + radius * np.sin(angles)).tolist(), strict=True
    )
    return [Line(tuple(outline), width, colour)]


def histogram_bar(
    frame: Frame, series: Histogram, place: int, theme: Theme = Theme.LIGHT
) -> Rectangle:
    """The bar of a bin; at least two units high if the bin is not empty."""
    left, right = (round(frame.x(float(edge))) for edge in series.edges[place : place + 2])
    count = series.counts[place]
    top = min(round(frame.y(count)), frame.bottom - 2) if count else frame.bottom
    return Rectangle(
        left, top, max(1, right - left - 1), frame.bottom - top, series.look.ink.of(theme)
    )


def _bar(frame: Frame, bar: Bar, theme: Theme) -> Iterator[Item]:
    middle, thickness = round(frame.y(bar.at)), round(bar.look.width)
    length = max(1, round(frame.x(bar.length)) - frame.left)
    top = middle - thickness // 2
    yield Rectangle(frame.left, top, length, thickness, bar.look.ink.of(theme))
    if bar.words:
        x = frame.left + length + GRID // 2
        yield Text(x, middle + 4, bar.words, SMALL_SIZE, bar.words_ink.of(theme))


def _end_words(frame: Frame, theme: Theme) -> Iterator[Text]:
    """The words beside the ends of the curves, from the top, without overlaps."""
    ends = [
        (frame.y_of(curve, float(curve.y[-1])), curve)
        for curve in frame.panel.series
        if isinstance(curve, Curve) and curve.end
    ]
    lowest = 0
    for place, curve in sorted(ends, key=lambda end: end[0]):
        y = max(round(place) + 4, lowest)
        lowest = y + TEXT_SIZE + 4
        yield Text(frame.right + GRID, y, curve.end, TEXT_SIZE, curve.look.ink.of(theme))


def _words_within(frame: Frame, theme: Theme) -> Iterator[Text]:
    """The words beside curves within the plot."""
    baselines = words_baselines(frame)
    for curve in frame.panel.series:
        if isinstance(curve, Curve) and curve.name in baselines:
            place, colour = (frame.right, baselines[curve.name]), curve.look.ink.of(theme)
            yield Text(*place, curve.words, SMALL_SIZE, colour, Anchor.RIGHT)


def _mark(frame: Frame, mark: Mark, theme: Theme) -> Iterator[Item]:
    if isinstance(mark, Rule):
        if not frame.panel.x.holds(mark.at):
            return
        colour, x = mark.look.ink.of(theme), frame.x(mark.at)
        bottom = frame.bottom if mark.row is None else frame.strip_top(mark.row)
        yield _upright(x, frame.top, bottom, mark.look, theme)
        if mark.beside:
            baseline = frame.top + 11 + 12 * (mark.row or 0)
            yield Text(round(x) + 3, baseline, mark.beside, SMALL_SIZE, colour)
    elif isinstance(mark, Level):
        if not frame.panel.y.holds(mark.at):
            return
        colour, y = mark.look.ink.of(theme), frame.y(mark.at)
        yield Line(((frame.left, y), (frame.right, y)), mark.look.width, colour, mark.look.dash)
        if mark.words:
            baseline = max(round(y) - 4, frame.top + SMALL_SIZE)
            yield Text(frame.right, baseline, mark.words, SMALL_SIZE, TEXT.of(theme), Anchor.RIGHT)
    elif isinstance(mark, Cursor):
        x = min(max(round(frame.x(mark.at)) - 1, frame.left), frame.right - 2)
        top, height = frame.top - mark.reach, frame.bottom - frame.top + 2 * mark.reach
        yield Rectangle(x, top, 2, height, mark.ink.of(theme))


def _strip(frame: Frame, number: int, strip: Strip, theme: Theme) -> Iterator[Item]:
    top = frame.strip_top(number)
    colour = strip.ink.of(theme)
    yield Text(frame.left - 5, top + 10, strip.name, SMALL_SIZE, colour, Anchor.RIGHT)
    for stretch in strip.stretches:
        left, right = round(frame.x(stretch.low)), round(frame.x(stretch.high))
        if right > left:
            yield from _stretch(stretch, (left, top, right - left), colour, theme)


def _stretch(
    stretch: Stretch, place: tuple[int, int, int], colour: str, theme: Theme
) -> Iterator[Item]:
    left, top, width = place
    is_full = stretch.fill is Fill.FULL
    if is_full or width <= 2:
        yield Rectangle(left, top, width, STRIP, colour)
    else:
        foot = _THICK_FOOT if stretch.fill is Fill.FOOT else 1
        yield Rectangle(left, top, width, 1, colour)
        yield Rectangle(left, top + STRIP - foot, width, foot, colour)
        yield Rectangle(left, top, 1, STRIP, colour)
        yield Rectangle(left + width - 1, top, 1, STRIP, colour)
    if room_of(stretch.words) + 2 <= width:
        ink = PALETTES[theme].page if is_full else PALETTES[theme].ink
        middle = left + width // 2
        yield Text(middle, top + 10, stretch.words, SMALL_SIZE, ink, Anchor.MIDDLE)
