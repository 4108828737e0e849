"""Words that choose digits. No heavy imports."""

from enum import StrEnum
from typing import Final

BUILTIN: Final = "builtin"
"""The digits that the program generates (a folder of that name is "./builtin")."""


MNIST_NAME: Final = "MNIST"
"""What a data set is called if its bytes are MNIST's, and only then."""

MNIST_TRAINING: Final = 60_000
"""Its number of training digits."""


class Transpose(StrEnum):
    """Whether rows and columns of a data set's pictures are exchanged when it is read."""

    AUTO = "auto"  # for EMNIST, whose files have them exchanged
    YES = "yes"
    NO = "no"
