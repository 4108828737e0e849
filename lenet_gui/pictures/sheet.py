"""A labelled picture before it is a file: patches of colour, rectangles, lines, text on a page.

PNG and SVG are drawn from the same sheet, and the sheet knows neither. Lengths are in sheet
units: one pixel at scale 1, y downwards.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from lenet_gui.pictures.colours import COLOURS, Theme, diverging_lut

Pixels = npt.NDArray[np.uint8]

GRID = 8
"""Distances on a sheet are multiples of this, or of its half."""

MARGIN = 4 * GRID

TITLE_SIZE = 20
NAME_SIZE = 14
TEXT_SIZE = 12
SMALL_SIZE = 10

BAR_FIGURE = 38
"""The width of a figure at one end of a colour bar."""


class Anchor(StrEnum):
    """Which end of a line of text is at its x."""

    LEFT = "start"
    MIDDLE = "middle"
    RIGHT = "end"


@dataclass(frozen=True)
class Palette:
    """The few colours besides those of activations, as #rrggbb."""

    page: str
    ink: str
    muted: str
    line: str
    bar: str
    accent: str


PALETTES = {
    Theme.LIGHT: Palette("#ffffff", "#1b1d20", "#5c6168", "#c9cdd2", "#b4b9c0", "#0072b2"),
    Theme.DARK: Palette("#141517", "#eceef0", "#a0a6ad", "#3c4046", "#5c626a", "#56b4e9"),
}
"""The muted text has a contrast of at least 4.5 to 1 to its page; the accents are Okabe-Ito's."""


@dataclass(frozen=True)
class Patch:
    """A picture of `colours` uint8[rows, columns, 3], each cell a rectangle of whole units."""

    x: int
    y: int
    colours: Pixels
    cell_width: int
    cell_height: int
    label: str = ""

    @property
    def width(self) -> int:
        """Width in sheet units."""
        return int(self.colours.shape[1]) * self.cell_width

    @property
    def height(self) -> int:
        """Height in sheet units."""
        return int(self.colours.shape[0]) * self.cell_height


@dataclass(frozen=True)
class Text:
    """One line of text; `y` is its baseline."""

    x: int
    y: int
    text: str
    size: int
    colour: str
    anchor: Anchor = Anchor.LEFT


@dataclass(frozen=True)
class Rectangle:
    """A filled rectangle."""

    x: int
    y: int
    width: int
    height: int
    colour: str


@dataclass(frozen=True)
class Line:
    """A line through points (x, y); `dash` is the length of its dashes and gaps, 0 for none."""

    points: tuple[tuple[float, float], ...]
    width: float
    colour: str
    dash: float = 0.0


@dataclass(frozen=True)
class Area:
    """What lies within a line through points (x, y) and back to the first, filled."""

    points: tuple[tuple[float, float], ...]
    colour: str


Item = Patch | Text | Rectangle | Line | Area


@dataclass(frozen=True)
class Sheet:
    """A page of `width` x `height` units; `items` are painted in their order."""

    title: str
    width: int
    height: int
    page: str
    items: tuple[Item, ...]

    def __post_init__(self) -> None:
        """Makes sure that nothing is clipped: everything but the ends of texts is on the page."""
        for item in self.items:
            if isinstance(item, Text):
                inside = 0 <= item.x <= self.width and 0 < item.y < self.height
            elif isinstance(item, Line | Area):
                inside = all(0 <= x <= self.width and 0 <= y <= self.height for x, y in item.points)
            else:
                inside = (
                    min(item.x, item.y) >= 0
                    and item.x + item.width <= self.width
                    and item.y + item.height <= self.height
                )
            if not inside:
                raise ValueError(f"{item} lies outside of {self.width}x{self.height}")


def outlined(patch: Patch, colour: str) -> tuple[Item, ...]:
    """A patch with a line of one unit around it."""
    frame = Rectangle(patch.x - 1, patch.y - 1, patch.width + 2, patch.height + 2, colour)
    return frame, patch


def colour_bar(
    place: tuple[int, int],
    figures: tuple[str, str],
    theme: Theme,
    columns: int = 128,
    *,
    from_zero: bool = False,
) -> tuple[Item, ...]:
    """The legend of a colour scale: the low figure, the colours, the high figure.

    Args:
        place: where the high figure's place ends, and the baseline of both figures.
        figures: at the lowest and the highest colour, such as "−1.72" and "+1.72".
        theme: of the sheet.
        columns: width of the colours in units, a divisor of 128; the figures take 38 on each side.
        from_zero: only the colours of values that are not negative.
    """
    palette = PALETTES[theme]
    right, baseline = place
    left = right - BAR_FIGURE - columns
    lut = diverging_lut(theme)[COLOURS // 2 if from_zero else 0 :]
    colours = lut[:: len(lut) // columns][None]
    bar = Patch(left, baseline - 9, colours, 1, 10, "colour scale")
    middle = 0 if from_zero else columns // 2
    zero = Rectangle(left + middle, baseline + 2, 1, 3, palette.muted)
    low, high = figures
    return (
        *outlined(bar, palette.line),
        zero,
        Text(left - BAR_FIGURE, baseline, low, SMALL_SIZE, palette.muted),
        Text(right, baseline, high, SMALL_SIZE, palette.muted, Anchor.RIGHT),
    )
