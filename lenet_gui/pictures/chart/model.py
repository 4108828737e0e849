"""What a chart shows, before it has a size or a theme."""

import math
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.sheet import PALETTES

Floats = NDArray[np.float64]

Wordings = tuple[str, ...]
"""Several wordings of one thing, the longest first: the longest that fits is shown."""


_ROUNDING = 1e-6
"""So far beyond an end, as a share of the axis, a value still counts as at it."""


@dataclass(frozen=True)
class Ink:
    """One colour for each theme, as #rrggbb."""

    light: str
    dark: str

    def of(self, theme: Theme) -> str:
        """The colour in a theme."""
        return self.dark if theme is Theme.DARK else self.light


def _of_palettes(name: str) -> Ink:
    return Ink(getattr(PALETTES[Theme.LIGHT], name), getattr(PALETTES[Theme.DARK], name))


TEXT, MUTED, FAINT, GREY, ACCENT = map(_of_palettes, ("ink", "muted", "line", "bar", "accent"))
BLUE = Ink("#0072b2", "#56b4e9")
ORANGE = Ink("#d55e00", "#e69f00")
GREEN = Ink("#009e73", "#2fc79b")
HERE = Ink("#009e73", "#009e73")
"""The colour of the line for the current position."""


class Symbol(StrEnum):
    """The symbol at each point of a curve."""

    CIRCLE = "circle"
    SQUARE = "square"
    TRIANGLE = "triangle"
    TICK = "tick"


@dataclass(frozen=True)
class Look:
    """How a line or a bar is drawn; dashes and symbols distinguish lines without colours."""

    ink: Ink
    width: float = 1.5  # units; 0 draws only the symbols
    dash: float = 0.0  # length of dashes and gaps in units; 0 for none
    symbol: Symbol | None = None
    radius: float = 3.5  # of the symbol, in units
    is_hollow: bool = False


@dataclass(frozen=True)
class Tick:
    """A place on an axis, with its words; `brief` if there is little room."""

    at: float
    words: str = ""
    ink: Ink = MUTED
    brief: str = ""

    def text(self, *, is_brief: bool) -> str:
        """The words, or the brief ones if there are any."""
        return self.brief if is_brief and self.brief else self.words


@dataclass(frozen=True)
class Axis:
    """The values between the two ends of the plot; `low` is left, or below.

    If the words of two ticks would meet, those of the earlier in `ticks` are kept.
    """

    low: float
    high: float
    ticks: tuple[Tick, ...] = ()
    title: str = ""
    is_log: bool = False
    has_grid: bool = False
    has_line: bool = True

    def share(self, value: float) -> float:
        """The place of a value, from 0 at `low` to 1 at `high`; values beyond are at the ends.

        On a logarithmic axis a value of 0 or less is at `low`.
        """
        return min(max(self._true_share(value), 0.0), 1.0)

    def holds(self, value: float) -> bool:
        """Whether a value has its place between the two ends, which may be rounded."""
        return -_ROUNDING <= self._true_share(value) <= 1 + _ROUNDING

    def _true_share(self, value: float) -> float:
        """Below 0 and above 1 for values beyond the ends."""
        if not self.is_log:
            return (value - self.low) / (self.high - self.low)
        if value <= 0:
            return -math.inf
        return math.log(value / self.low) / math.log(self.high / self.low)

    def value_at(self, share: float) -> float:
        """The value at a place; shares beyond 0..1 continue beyond the ends."""
        if self.is_log:
            return float(self.low * (self.high / self.low) ** share)
        return self.low + share * (self.high - self.low)


@dataclass(frozen=True)
class Curve:
    """Points in the order of their x, joined by a line unless the look's width is 0.

    A y that is not finite leaves a gap. `end` is written beside the last point, beyond the plot;
    `words` are near it within the plot, where no line goes through them, and end with the plot.
    """

    name: str
    x: Floats = field(repr=False)
    y: Floats = field(repr=False)
    look: Look
    reads_right: bool = False  # off the axis on the right
    end: str = ""
    words: str = ""


@dataclass(frozen=True)
class Ribbon:
    """What lies between two values at each x, filled; a value that is no number leaves a gap."""

    name: str
    x: Floats = field(repr=False)
    low: Floats = field(repr=False)
    high: Floats = field(repr=False)
    ink: Ink


@dataclass(frozen=True)
class Histogram:
    """Bars upwards from 0; bar i is between edges[i] and edges[i + 1]."""

    name: str
    edges: Floats = field(repr=False)  # [bars + 1], increasing
    counts: tuple[int, ...]
    look: Look


@dataclass(frozen=True)
class Bar:
    """One bar to the right, from the plot's left edge at `at` to `length`, with words after it."""

    name: str
    at: float
    length: float
    look: Look  # its width is the bar's thickness
    words: str = ""
    words_ink: Ink = TEXT


Series = Curve | Ribbon | Histogram | Bar


@dataclass(frozen=True)
class Band:
    """A range of the x axis over the plot's whole height, labelled above the plot."""

    low: float
    high: float
    ink: Ink
    edge: Look
    words: Wordings = ()
    words_ink: Ink = MUTED


@dataclass(frozen=True)
class Rule:
    """A vertical line at a place of the x axis; not drawn if the axis does not hold it.

    `over` is written above the plot, `beside` within it at the line's top. A `flag` is written
    above the plot as well, but beside the line, which goes up to it: where lines are close
    together, its words still belong to one of them; with "" as its last wording it is left out
    where there is no room on the lowest line. A rule of a `row` has its words in that row
    from above, and goes down to that strip.
    """

    at: float
    look: Look
    over: Wordings = ()
    flag: Wordings = ()
    beside: str = ""
    row: int | None = None


@dataclass(frozen=True)
class Level:
    """A horizontal line at a value of the left axis, with words on its right end.

    It is not drawn if the axis does not hold the value.
    """

    at: float
    look: Look
    words: str = ""


@dataclass(frozen=True)
class Cursor:
    """The line for the current position; it reaches beyond the plot at both ends."""

    at: float
    ink: Ink = HERE
    reach: int = 4  # units


Mark = Band | Rule | Level | Cursor


class Fill(StrEnum):
    """How a part of a strip is painted."""

    FULL = "full"
    FRAME = "frame"
    FOOT = "frame with a thick foot"


@dataclass(frozen=True)
class Stretch:
    """A part of a strip, from `low` to `high` on the x axis; words that do not fit are left out."""

    low: float
    high: float
    words: str
    fill: Fill


@dataclass(frozen=True)
class Strip:
    """A row under the plot that shows something for every x."""

    name: str
    ink: Ink
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class Entry:
    """A sample of a line and what it is; without a look, only the words."""

    words: Wordings
    look: Look | None = None
    ink: Ink = TEXT
    band: Ink | None = None  # behind the sample: the line has a ribbon


@dataclass(frozen=True)
class Panel:
    """Series over one pair of axes; `right` is a second axis of y values.

    `remark` is above the plot, wherever there is room. The titles of the y axes are there,
    too, at their sides.
    """

    x: Axis
    y: Axis
    series: tuple[Series, ...] = ()
    right: Axis | None = None
    marks: tuple[Mark, ...] = ()
    strips: tuple[Strip, ...] = ()
    remark: Wordings = ()


@dataclass(frozen=True)
class Chart:
    """One panel or several, one above the other or side by side.

    `title` is for screen readers; `heading`, `subtitle`, the rows of the
    legend and the `foot` are written on the page if there are any.
    """

    title: str
    panels: tuple[Panel, ...]
    heading: str = ""
    subtitle: str = ""
    legend: tuple[tuple[Entry, ...], ...] = ()
    foot: str = ""
    is_beside: bool = False
