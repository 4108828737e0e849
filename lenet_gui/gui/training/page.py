"""The pages of the open training panel."""

from enum import IntEnum


class Page(IntEnum):
    """What can be turned to."""

    RECIPE = 0
    PLOTS = 1
    CONFUSION = 2
    STEP_SIZES = 3
