"""Where the parts of a chart are on a page of a given size, in sheet units."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise

from lenet_gui.pictures.chart.flags import GAP, flags_of
from lenet_gui.pictures.chart.model import (
    Axis,
    Band,
    Bar,
    Chart,
    Curve,
    Entry,
    Histogram,
    Ink,
    Panel,
    Rule,
    Wordings,
)
from lenet_gui.pictures.lettering import text_width
from lenet_gui.pictures.sheet import GRID, SMALL_SIZE, TEXT_SIZE, Anchor

LINE = 14
"""From one line of small text to the next."""

STRIP = 13
"""The height of a strip."""

SAMPLE = 3 * GRID
"""The length of a legend's sample."""

_HEADING = 4 * GRID
_SUBTITLE = 2 * GRID
_FOOT = 3 * GRID
_GAP = 5
_MOST_ON_THE_LEFT = 0.4
_LEAST_GAP = 2 * GRID
_TICK = 16
_TITLE = 29


@lru_cache(maxsize=1024)
def room_of(text: str, size: int = SMALL_SIZE) -> int:
    """The room for text: the window's own type is wider than that of the files."""
    return round(1.25 * text_width(text, size))


def fitting(wordings: Wordings, room: float) -> str:
    """The longest of the wordings that fits; the last if none does."""
    return next((each for each in wordings if room_of(each) <= room), wordings[-1])


@dataclass(frozen=True)
class Over:
    """Words over a plot: `line` 0 is the nearest to it, `x` is in units.

    `mast` is the rule whose flag they are.
    """

    words: str
    x: int
    anchor: Anchor
    ink: Ink | None  # None: muted
    line: int = 0
    mast: Rule | None = None

    @property
    def span(self) -> tuple[float, float]:
        """Their extent."""
        room = room_of(self.words)
        left = self.x - {Anchor.LEFT: 0.0, Anchor.MIDDLE: room / 2, Anchor.RIGHT: room}[self.anchor]
        return left, left + room


@dataclass(frozen=True)
class Frame:
    """The edges of a panel's plot on the page, and the places of values between them."""

    panel: Panel
    left: int
    top: int
    right: int
    bottom: int
    over: tuple[Over, ...] = ()
    page_right: int = 0  # of the room that the panel has with all its words
    is_brief: bool = False  # whether there is little room for words on the left

    def x(self, value: float) -> float:
        """The place of a value of the x axis."""
        return self.left + self.panel.x.share(value) * (self.right - self.left)

    def y(self, value: float, axis: Axis | None = None) -> float:
        """The place of a value on the axis on the left, or on another one."""
        share = (axis or self.panel.y).share(value)
        return self.bottom - share * (self.bottom - self.top)

    def y_of(self, curve: Curve, value: float) -> float:
        """The place of a value of a curve, on the curve's axis."""
        return self.y(value, self.panel.right if curve.reads_right else None)

    def value_at(self, x: float) -> float:
        """The value of the x axis at a place, which may be outside the plot."""
        return self.panel.x.value_at((x - self.left) / max(1, self.right - self.left))

    def value_under(self, x: float) -> float | None:
        """The value of the x axis at a place of the plot or a little beside it; None elsewhere."""
        if not self.left - GRID <= x <= self.right + GRID:
            return None
        return self.value_at(min(max(x, self.left), self.right))

    def strip_top(self, number: int) -> int:
        """Where a strip begins; also the place after the last strip."""
        return self.bottom + 4 + number * (STRIP + 2)


def heading_height(chart: Chart) -> int:
    """The height of heading and subtitle."""
    words = (_HEADING if chart.heading else 0) + (_SUBTITLE if chart.subtitle else 0)
    return words + _margin(chart) // 2


def _margin(chart: Chart) -> int:
    """The margins of a chart that is a separate page, with a heading."""
    return GRID if chart.heading else 0


def entry_places(chart: Chart, width: int) -> list[tuple[int, int, str, Entry]]:
    """Where the entries of the legend are: x, baseline, the words that fit."""
    found = []
    baseline = heading_height(chart) - 2
    for row in chart.legend:
        baseline += LINE
        x = GRID
        for number, entry in enumerate(row):
            sample = SAMPLE + GRID if entry.look else 0
            room = width - x - sample
            words = fitting(entry.words, room)
            if number and room_of(words) > room:
                x, baseline = GRID, baseline + LINE
            found.append((x, baseline, words, entry))
            x += sample + room_of(words) + 2 * GRID
    return found


@dataclass(frozen=True)
class _Sides:
    """What is not plot on the left and on the right, the page's margin included."""

    left: int
    right: int
    is_brief: bool


def frames_of(chart: Chart, size: tuple[int, int]) -> tuple[Frame, ...]:
    """The frame of each panel on a page of that width and height."""
    width, height = size
    places = entry_places(chart, width)
    top = places[-1][1] + 2 if places else heading_height(chart)
    bottom = height - (_FOOT if chart.foot else 0) - _margin(chart)
    if chart.is_beside:
        edges = [round(width * n / len(chart.panels)) for n in range(len(chart.panels) + 1)]
        return _in_line(
            _frame(panel, (left, top, right, bottom), _sides((panel,), chart, right - left))
            for panel, (left, right) in zip(chart.panels, pairwise(edges), strict=True)
        )
    sides = _sides(chart.panels, chart, width)
    drawn = [_frame(panel, (0, 0, width, 0), sides) for panel in chart.panels]
    taken = [frame.top - frame.bottom for frame in drawn]  # by all that is not plot
    plots = max(len(drawn), bottom - top - sum(taken))
    ends = [round(plots * number / len(drawn)) for number in range(len(drawn) + 1)]
    heights = [
        more + after - before for more, (before, after) in zip(taken, pairwise(ends), strict=True)
    ]
    tops = accumulate(heights, initial=top)
    return tuple(
        _frame(panel, (0, begin, width, end), sides)
        for panel, (begin, end) in zip(chart.panels, pairwise(tops), strict=True)
    )


def _in_line(beside: Iterable[Frame]) -> tuple[Frame, ...]:
    """Plots side by side begin and end at the same heights, whatever stands over and under them."""
    frames = tuple(beside)
    top, bottom = max(each.top for each in frames), min(each.bottom for each in frames)
    return tuple(replace(each, top=top, bottom=bottom) for each in frames)


def _frame(panel: Panel, box: tuple[int, int, int, int], sides: _Sides) -> Frame:
    """The frame within a box of left, top, right, bottom."""
    left, top, right, bottom = box
    plot_left, plot_right = left + sides.left, right - sides.right
    over = _over(panel, (left, right), (plot_left, plot_right))
    lines = max((words.line for words in over), default=-1) + 1
    return Frame(
        panel,
        plot_left,
        top + LINE * lines + (4 if lines or _reaches(panel) else 0),
        plot_right,
        bottom - _under(panel),
        over,
        right,
        sides.is_brief,
    )


def _reaches(panel: Panel) -> bool:
    """Whether anything extends beyond the top of the plot."""
    return bool(panel.series) and not isinstance(panel.series[0], Histogram | Bar)


def _under(panel: Panel) -> int:
    """The height under the plot: the strips, the words of the ticks, the title of the axis."""
    strips = len(panel.strips) * (STRIP + 2) + (1 if panel.x.has_line else 0)
    if panel.x.title:
        return strips + _TITLE + 2
    return strips + (_TICK + 4 if any(tick.words for tick in panel.x.ticks) else 0)


def tick_baseline(frame: Frame) -> int:
    """The baseline of the words at the ticks of the x axis."""
    return frame.bottom + len(frame.panel.strips) * (STRIP + 2) + _TICK


def title_baseline(frame: Frame) -> int:
    """The baseline of the title of the x axis."""
    return frame.bottom + len(frame.panel.strips) * (STRIP + 2) + _TITLE


def _sides(panels: Sequence[Panel], chart: Chart, width: int) -> _Sides:
    """The width of the words beside the plots of these panels, in a room this wide."""
    margin = _margin(chart)
    left = max(_left(panel, is_brief=False) for panel in panels)
    is_brief = left > _MOST_ON_THE_LEFT * width
    if is_brief:
        left = max(_left(panel, is_brief=True) for panel in panels)
    return _Sides(left + margin, max(map(_right, panels)) + margin, is_brief)


def _left(panel: Panel, *, is_brief: bool) -> int:
    names = [tick.text(is_brief=is_brief) for tick in panel.y.ticks]
    names += [strip.name for strip in panel.strips]
    words = max((room_of(name) for name in names), default=0)
    return max(words + _GAP + 2, _LEAST_GAP if panel.x.ticks else 2)


def _right(panel: Panel) -> int:
    if panel.right is not None:
        words = _GAP + max(room_of(tick.words) for tick in panel.right.ticks)
    else:
        ends = [each.end for each in panel.series if isinstance(each, Curve) and each.end]
        words = max((room_of(end, TEXT_SIZE) + GRID for end in ends), default=0)
    return max(words + 2, _LEAST_GAP if panel.x.ticks else 2)


def _over(panel: Panel, box: tuple[int, int], plot: tuple[int, int]) -> tuple[Over, ...]:
    """The words above the plot, on as few lines as possible; the titles over the flags."""
    left, right = box
    found = _flags(panel, (left + GRID, right - GRID), plot)
    line = max((each.line for each in found), default=-1) + 1
    if panel.y.title:
        found.append(Over(panel.y.title, left + GRID, Anchor.LEFT, None, line))
    if panel.right is not None and panel.right.title:
        found.append(Over(panel.right.title, right - GRID, Anchor.RIGHT, None, line))
    room = left + GRID, right - GRID
    for mark in panel.marks:
        if isinstance(mark, Band) and mark.words:
            share = (panel.x.share(mark.low) + panel.x.share(mark.high)) / 2
            words, ink = mark.words, mark.words_ink
        elif isinstance(mark, Rule) and mark.over and panel.x.holds(mark.at):
            share = panel.x.share(mark.at)
            words, ink = mark.over, mark.look.ink
        else:
            continue
        centre = plot[0] + share * (plot[1] - plot[0])
        found.append(_beside_others(words, centre, ink, room, found))
    if panel.remark:
        centre = (plot[0] + plot[1]) / 2
        found.append(_beside_others(panel.remark, centre, None, room, found))
    return tuple(found)


def _flags(panel: Panel, room: tuple[int, int], plot: tuple[int, int]) -> list[Over]:
    """The words beside the rules that have a flag."""
    rules = [mark for mark in panel.marks if isinstance(mark, Rule) and mark.flag]
    rules = sorted((each for each in rules if panel.x.holds(each.at)), key=lambda rule: rule.at)
    places = [plot[0] + panel.x.share(rule.at) * (plot[1] - plot[0]) for rule in rules]
    marks = [(place, rule.flag) for place, rule in zip(places, rules, strict=True)]
    return [
        Over(
            flag.words,
            round(flag.x) + (-GAP if flag.is_left else GAP),
            Anchor.RIGHT if flag.is_left else Anchor.LEFT,
            rule.look.ink,
            flag.row,
            rule,
        )
        for rule, flag in zip(rules, flags_of(marks, room, room_of), strict=True)
        if flag.words
    ]


def _beside_others(
    wordings: Wordings, centre: float, ink: Ink | None, room: tuple[int, int], others: list[Over]
) -> Over:
    """As near to `centre` as the other words allow, on the lowest line that has room.

    Words that belong to a place, and so have an ink, must still reach over it. A brief wording is
    used only if the longer ones are wider than the room.
    """
    words = fitting(wordings, room[1] - room[0])
    half = room_of(words) / 2
    for line in range(len(others) + 1):
        taken = sorted(other.span for other in others if other.line == line)
        begins = [room[0], *(end + _GAP for _, end in taken)]
        ends = [*(begin - _GAP for begin, _ in taken), room[1]]
        nearest = [
            min(max(centre, begin + half), end - half)
            for begin, end in zip(begins, ends, strict=True)
            if end - begin >= 2 * half
        ]
        x = min(nearest, key=lambda place: abs(place - centre), default=None)
        if x is not None and (ink is None or not taken or abs(x - centre) <= half):
            return Over(words, round(x), Anchor.MIDDLE, ink, line)
    return Over(words, round((room[0] + room[1]) / 2), Anchor.MIDDLE, ink, len(others))
