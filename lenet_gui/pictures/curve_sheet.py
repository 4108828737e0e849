"""The picture of a recipe's errors over the passes, laid on the figures that Fig. 5 gives.

Nothing of the paper's curves is drawn but what its text says: where the test error settles and
the training error near the end.
"""

import math
from dataclasses import dataclass
from typing import Final

from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.sheet import (
    GRID,
    NAME_SIZE,
    PALETTES,
    SMALL_SIZE,
    TEXT_SIZE,
    Anchor,
    Item,
    Line,
    Rectangle,
    Sheet,
    Text,
)
from lenet_gui.versus.curves import Curves, Points
from lenet_gui.versus.published import (
    FIG_5_PASSES,
    FIG_5_SETTLES,
    FIG_5_TEST,
    FIG_5_TRAINING,
    FIG_5_TRAINING_PASS,
)

TEST_COLOURS: Final = {Theme.LIGHT: "#0072b2", Theme.DARK: "#56b4e9"}
TRAINING_COLOURS: Final = {Theme.LIGHT: "#d55e00", Theme.DARK: "#e69f00"}

SIZE: Final = (760, 480)
PNG_SCALE: Final = 2

_TICKS = (
    *(0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0),
    *(10.0, 20.0, 30.0, 50.0, 70.0, 100.0),
)
"""Percent; an error of 0 has no place on a logarithmic axis and stands at the lowest."""

_ROOM_BELOW = 0.7
"""The axis begins so far under the paper's training error, whose words stand under it."""

_LEFT = 6 * GRID
_RIGHT = 15 * GRID
_TOP = 9 * GRID
_BOTTOM = 6 * GRID
_MARK = 8


@dataclass(frozen=True)
class Frame:
    """Where passes and errors lie on a sheet; the errors' axis is logarithmic."""

    left: int
    top: int
    right: int
    bottom: int
    passes: int
    ticks: tuple[float, ...]  # percent, the least and the most are the ends of the axis

    def x(self, number: float) -> float:
        """Where a pass lies."""
        return self.left + (number - 1) / max(1, self.passes - 1) * (self.right - self.left)

    def y(self, error: float) -> float:
        """Where an error in percent lies."""
        least, most = self.ticks[0], self.ticks[-1]
        share = math.log(max(error, least) / least) / math.log(most / least)
        return self.bottom - share * (self.bottom - self.top)

    def pass_at(self, x: float) -> int | None:
        """The pass nearest to a place across; None beside the axis."""
        if not self.left - GRID <= x <= self.right + GRID:
            return None
        share = (x - self.left) / (self.right - self.left)
        return min(self.passes, max(1, round(1 + share * (self.passes - 1))))


def curve_frame(curves: Curves, size: tuple[int, int] = SIZE) -> Frame:
    """The frame of a sheet of that width and height."""
    errors = [error for line in (*curves.test, *curves.training) for _, error in line]
    least = max(_TICKS[0], min(*errors, _ROOM_BELOW * FIG_5_TRAINING))
    most = max(*errors, FIG_5_TEST)
    low = max(place for place, tick in enumerate(_TICKS) if tick <= least)
    high = min(place for place, tick in enumerate(_TICKS) if tick >= most)
    width, height = size
    return Frame(
        left=_LEFT,
        top=_TOP,
        right=width - _RIGHT,
        bottom=height - _BOTTOM,
        passes=max(curves.last_pass, FIG_5_PASSES),
        ticks=_TICKS[low : high + 1],
    )


def curve_sheet(curves: Curves, theme: Theme = Theme.LIGHT, size: tuple[int, int] = SIZE) -> Sheet:
    """The curves on a page of `size` units, at least 480 x 320."""
    frame = curve_frame(curves, size)
    palette = PALETTES[theme]
    test, training = TEST_COLOURS[theme], TRAINING_COLOURS[theme]
    seeds = len(curves.test)
    lines = "a thin line each seed, thick their mean" if seeds > 1 else "one seed"
    items: list[Item] = [
        Text(GRID, 3 * GRID, "Errors over the passes, %", NAME_SIZE, palette.ink),
        Text(
            GRID,
            3 * GRID + 18,
            f"{curves.name}: {lines}. Training: on the fly.",
            SMALL_SIZE,
            palette.muted,
        ),
        *_axes(frame, theme),
    ]
    for colour, each, mean in (
        (training, curves.training, curves.mean_training),
        (test, curves.test, curves.mean_test),
    ):
        if seeds > 1:
            items += [_line(frame, points, 0.75, colour) for points in each]
        items.append(_line(frame, mean, 2.25, colour))
    items += _facts_of_1998(frame, theme)
    items += _names(frame, curves, theme)
    return Sheet(
        title=f"Errors of {curves.name} over the passes, on the figures of Fig. 5",
        width=size[0],
        height=size[1],
        page=palette.page,
        items=tuple(items),
    )


def _line(frame: Frame, points: Points, width: float, colour: str) -> Line:
    return Line(tuple((frame.x(n), frame.y(error)) for n, error in points), width, colour)


def _axes(frame: Frame, theme: Theme) -> list[Item]:
    palette = PALETTES[theme]
    items: list[Item] = []
    for tick in frame.ticks:
        y = round(frame.y(tick))
        items.append(Rectangle(frame.left, y, frame.right - frame.left, 1, palette.line))
        items.append(
            Text(frame.left - GRID, y + 4, f"{tick:g}", SMALL_SIZE, palette.muted, Anchor.RIGHT)
        )
    step = 1 if frame.passes <= 24 else 5
    labels = 5 if frame.passes >= 10 else 1
    for number in range(1, frame.passes + 1):
        if number % step and number != 1:
            continue
        x = round(frame.x(number))
        items.append(Rectangle(x, frame.bottom, 1, 4, palette.muted))
        if number == 1 or number % labels == 0:
            y = frame.bottom + 16
            items.append(Text(x, y, str(number), SMALL_SIZE, palette.muted, Anchor.MIDDLE))
    middle = (frame.left + frame.right) // 2
    items.append(Text(middle, frame.bottom + 34, "pass", SMALL_SIZE, palette.muted, Anchor.MIDDLE))
    return items


def _facts_of_1998(frame: Frame, theme: Theme) -> list[Item]:
    """The level at which the test error settles, and the training error near the end."""
    ink = PALETTES[theme].ink
    first, last = FIG_5_SETTLES
    level = frame.y(FIG_5_TEST)
    begins, settled, ends = frame.x(first), frame.x(last), frame.x(frame.passes)
    x, y = round(frame.x(FIG_5_TRAINING_PASS)), round(frame.y(FIG_5_TRAINING))
    around = f"1998: test error settles at {FIG_5_TEST:.2f} % around pass {first} to {last}"
    late = f"1998: training error {FIG_5_TRAINING:.2f} % at pass {FIG_5_TRAINING_PASS}"
    return [
        Line(((begins, level), (ends, level)), 1.25, ink, dash=5),
        Line(((begins, level - 5), (begins, level + 5)), 1.25, ink),
        Line(((settled, level - 5), (settled, level + 5)), 1.25, ink),
        Text(round(ends), round(level) + 17, around, SMALL_SIZE, ink, Anchor.RIGHT),
        Rectangle(x - _MARK // 2, y - _MARK // 2, _MARK, _MARK, ink),
        Text(round(ends), y + 20, late, SMALL_SIZE, ink, Anchor.RIGHT),
    ]


def _names(frame: Frame, curves: Curves, theme: Theme) -> list[Item]:
    """What the curves are and where they end, beside their ends."""
    ends = [
        (curves.mean_test[-1][1], "test", TEST_COLOURS[theme]),
        (curves.mean_training[-1][1], "training", TRAINING_COLOURS[theme]),
    ]
    ends.sort(key=lambda end: -end[0])  # from above
    items: list[Item] = []
    lowest = 0
    for error, name, colour in ends:
        y = max(round(frame.y(error)) + 4, lowest)
        lowest = y + TEXT_SIZE + 4
        items.append(Text(frame.right + GRID, y, f"{name} {error:.2f} %", TEXT_SIZE, colour))
    return items
