"""The colours of a panel's values: positions in a table of 256 colours, and the table."""

from functools import cache

import numpy as np
import numpy.typing as npt

from lenet_gui.pictures.colours import COLOURS, Theme, colour_indices, diverging_lut
from lenet_gui.pictures.grid.panel import Colours, Panel, Values

Pixels = npt.NDArray[np.uint8]

_NEUTRAL = {Colours.DIVERGING: COLOURS // 2, Colours.INK: 0}

# Ink is dark on light paper, and in the dark theme chalk on a dark board: a white square would
# outshine everything beside it.
_PAPER_AND_INK = {
    Theme.LIGHT: ((0xFD, 0xFC, 0xF9), (0x16, 0x18, 0x1D)),
    Theme.DARK: ((0x14, 0x16, 0x1A), (0xF3, 0xEF, 0xE6)),
}


def indices_of(panel: Panel, values: Values | None) -> Pixels:
    """Positions in the table of colours, uint8 [pictures, rows, columns].

    What is no number is shown as zero: a network that diverges can be looked at, too.
    """
    shape = (panel.pictures, panel.rows, panel.columns)
    if values is None:
        return np.full(shape, _NEUTRAL[panel.colours], np.uint8)
    array = values.array
    if not np.isfinite(array.sum()):
        array = np.nan_to_num(array, nan=0.0, posinf=0.0, neginf=0.0)
    if panel.colours is Colours.INK:
        return ink_indices(array)
    limits = values.limits
    return colour_indices(array, limits if len(limits) > 1 else float(limits[0]))


def ink_indices(ink: npt.NDArray[np.float32]) -> Pixels:
    """Ink 0..1 as positions in the table of ink: 0 is paper."""
    return np.rint(np.clip(ink, 0.0, 1.0) * 255).astype(np.uint8)


def table_of(colours: Colours, theme: Theme) -> Pixels:
    """The table of colours, uint8 [256, 3]."""
    if colours is Colours.DIVERGING:
        return diverging_lut(theme)
    table: Pixels = _ink_table(theme)
    return table


def colours_of(panel: Panel, values: Values | None, theme: Theme) -> Pixels:
    """The colours of all cells, uint8 [pictures, rows, columns, 3]."""
    found: Pixels = table_of(panel.colours, theme)[indices_of(panel, values)]
    return found


@cache
def _ink_table(theme: Theme) -> Pixels:
    paper, ink = (np.array(colour) for colour in _PAPER_AND_INK[theme])
    share = np.linspace(0.0, 1.0, 256)[:, None]
    table: Pixels = np.rint((1 - share) * paper + share * ink).astype(np.uint8)
    table.flags.writeable = False
    return table
