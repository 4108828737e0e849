"""Words that choose digits. No heavy imports."""

from enum import StrEnum
from typing import Final

BUILTIN: Final = "builtin"
"""The digits that the program generates (a folder of that name is "./builtin")."""


class Transpose(StrEnum):
    """Whether rows and columns of a data set's pictures are exchanged when it is read."""

    AUTO = "auto"  # for EMNIST, whose files have them exchanged
    YES = "yes"
    NO = "no"
