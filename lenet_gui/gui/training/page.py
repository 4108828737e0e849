"""The pages of the expanded training panel."""

from enum import IntEnum


class Page(IntEnum):
    """What the panel shows, alone where it is narrow."""

    RECIPE = 0
    PLOTS = 1
    CONFUSION = 2
    STEP_SIZES = 3
