"""The colours of a panel's values: positions in a table of 256 colours, and the table."""

from collections.abc import Iterable
from functools import cache

import numpy as np
import numpy.typing as npt

from lenet_gui.pictures.colours import (
    COLOURS,
    Theme,
    diverging_lut,
    on_scale,
    rounded_indices,
)
from lenet_gui.pictures.grid.panel import Colours, Floats, Panel, Values

Pixels = npt.NDArray[np.uint8]

_LIGHTNESS = np.array((0.299, 0.587, 0.114), np.float32)

# Ink is dark on light paper, and in the dark theme chalk on a dark board: a white square would
# outshine everything beside it.
_PAPER_AND_INK = {
    Theme.LIGHT: ((0xFD, 0xFC, 0xF9), (0x16, 0x18, 0x1D)),
    Theme.DARK: ((0x14, 0x16, 0x1A), (0xF3, 0xEF, 0xE6)),
}

# No count, all right, and many wrong: Okabe and Ito's blues, vermilion and orange.
_COUNTS = {
    Theme.LIGHT: ((0xFF, 0xFF, 0xFF), (0x00, 0x72, 0xB2), (0xD5, 0x5E, 0x00)),
    Theme.DARK: ((0x2E, 0x31, 0x37), (0x56, 0xB4, 0xE9), (0xE6, 0x9F, 0x00)),
}
# Okabe and Ito's blue, green, vermilion and purple; brighter ones on the dark board.
_KINDS = {
    Theme.LIGHT: ((0x00, 0x72, 0xB2), (0x00, 0x9E, 0x73), (0xD5, 0x5E, 0x00), (0xCC, 0x79, 0xA7)),
    Theme.DARK: ((0x56, 0xB4, 0xE9), (0x00, 0xC0, 0x8C), (0xFF, 0x8A, 0x3D), (0xE3, 0x9A, 0xC3)),
}
_MOST_KINDS = 4
_FULL_INK = COLOURS - _MOST_KINDS - 1
"""Where ink ends in the table of kinds, which follow it."""
_HALF = COLOURS // 2
_MOST_WRONG = 0.06
"""The share of a row from which wrong counts have their full colour."""

_RIGHT = 0.55
"""The strength of the colour of a row that is all right."""


def indices_of(panel: Panel, values: Values | None) -> Pixels:
    """Positions in the table of colours, uint8 [pictures, rows, columns].

    NaN is shown as zero: a diverged network can be shown, too.
    """
    shares = np.zeros((panel.pictures, panel.rows, panel.columns), np.float32)
    put_shares([(panel, values, shares)], shares)
    return share_indices(panel.colours, shares)


def put_shares(these: Iterable[tuple[Panel, Values | None, Floats]], whole: Floats) -> None:
    """Puts the shares for `share_indices` into their places, for panels of one kind.

    Args:
        these: panels, what is shown there, and their places [pictures, rows, columns] in `whole`.
        whole: float32 of any shape; its values outside the places are finite.
    """
    for panel, values, place in these:
        _put(panel, values, place)
    with np.errstate(over="ignore", invalid="ignore"):
        total = whole.sum()  # faster than checking each value
    if not np.isfinite(total):
        for panel, values, place in these:
            if values is not None:
                finite = np.nan_to_num(values.array, nan=0.0, posinf=0.0, neginf=0.0)
                _put(panel, Values(finite, values.limits), place)


def _put(panel: Panel, values: Values | None, place: Floats) -> None:
    if values is None:
        place.fill(0.0)
        return
    # While a grid gets a new layout, it shows values that were arranged for the previous one.
    array, limits = values.array.reshape(place.shape), values.limits
    if panel.colours in (Colours.INK, Colours.GREY):
        place[:] = array
    elif panel.colours is Colours.KINDS:
        ink = np.clip(array, 0.0, 1.0) * _FULL_INK
        place[:] = np.where(array > 1, _FULL_INK + np.minimum(array, _MOST_KINDS + 1) - 1, ink)
    elif panel.colours is Colours.COUNTS:
        place[:] = _count_shares(array)
    else:
        on_scale(array, limits if len(limits) > 1 else float(limits[0]), place)


def share_indices(colours: Colours, shares: Floats) -> Pixels:
    """Positions in the table of colours, uint8 of the shape of `put_shares`."""
    if colours in (Colours.INK, Colours.GREY):
        return ink_indices(shares)
    if colours in (Colours.COUNTS, Colours.KINDS):
        counted: Pixels = np.rint(shares).astype(np.uint8)
        return counted
    return rounded_indices(shares)


def ink_indices(ink: npt.NDArray[np.float32]) -> Pixels:
    """Ink 0..1 as positions in the table of ink: 0 is paper."""
    kept = np.minimum(np.maximum(ink, 0.0), 1.0)
    found: Pixels = np.rint(kept * 255).astype(np.uint8)
    return found


def _count_shares(counts: Floats) -> Floats:
    """Wrong counts in the lower half of the table, right ones in the upper half.

    Even a hundredth of a row that is wrong can be seen.
    """
    share = counts / np.maximum(counts.sum(axis=2, keepdims=True), 1)
    wrong = np.minimum(1.0, np.sqrt(share / _MOST_WRONG))
    is_right = np.eye(*counts.shape[1:]) > 0
    found: Floats = np.where(is_right, _HALF + share * (_HALF - 1), wrong * (_HALF - 1))
    return found


def table_of(colours: Colours, theme: Theme) -> Pixels:
    """The table of colours, uint8 [256, 3]."""
    if colours is Colours.DIVERGING:
        return diverging_lut(theme)
    return _TABLES[colours](theme)


def kind_colour(kind: int, theme: Theme) -> tuple[int, int, int]:
    """The red, green and blue, 0..255, of a kind, from 1 to 4, in `Colours.KINDS`."""
    return _KINDS[theme][kind - 1]


def are_light(panel: Panel, values: Values, theme: Theme) -> npt.NDArray[np.bool_]:
    """Whether dark figures are read better than light ones, bool [pictures, rows, columns]."""
    lightness = table_of(panel.colours, theme).astype(np.float32) @ _LIGHTNESS
    light: npt.NDArray[np.bool_] = (lightness > 140)[indices_of(panel, values)]
    return light


def colours_of(panel: Panel, values: Values | None, theme: Theme) -> Pixels:
    """The colours of all cells, uint8 [pictures, rows, columns, 3]."""
    found: Pixels = table_of(panel.colours, theme)[indices_of(panel, values)]
    return found


@cache
def _ink_table(theme: Theme) -> Pixels:
    table = _ramp(*_PAPER_AND_INK[theme], COLOURS)
    table.flags.writeable = False
    return table


@cache
def _count_table(theme: Theme) -> Pixels:
    ground, right, wrong = _COUNTS[theme]
    halves = _ramp(ground, wrong, _HALF), _ramp(ground, right, _HALF, _RIGHT)
    table: Pixels = np.concatenate(halves)
    table.flags.writeable = False
    return table


@cache
def _grey_table(_theme: Theme) -> Pixels:
    table = _ramp((0, 0, 0), (255, 255, 255), COLOURS)
    table.flags.writeable = False
    return table


@cache
def _kind_table(theme: Theme) -> Pixels:
    ink = _ramp(*_PAPER_AND_INK[theme], _FULL_INK + 1)
    table: Pixels = np.concatenate((ink, np.array(_KINDS[theme], np.uint8)))
    table.flags.writeable = False
    return table


_TABLES = {
    Colours.INK: _ink_table,
    Colours.COUNTS: _count_table,
    Colours.GREY: _grey_table,
    Colours.KINDS: _kind_table,
}


def _ramp(one: tuple[int, ...], other: tuple[int, ...], steps: int, to: float = 1.0) -> Pixels:
    """Colours from one to the fraction `to` of the way to the other, uint8 [steps, 3]."""
    share = np.linspace(0.0, to, steps)[:, None]
    ramp: Pixels = np.rint((1 - share) * np.array(one) + share * np.array(other)).astype(np.uint8)
    return ramp
