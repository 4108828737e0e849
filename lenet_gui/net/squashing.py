"""The squashing function of the Original, Eq. 6."""

import torch
from torch import Tensor

AMPLITUDE = 1.7159
SLOPE = 2 / 3


def squash(sums: Tensor) -> Tensor:
    """f(a) = 1.7159 tanh(2a/3), of any shape; f(1) is 1 and f(-1) is -1 to four digits (Eq. 6)."""
    return AMPLITUDE * torch.tanh(SLOPE * sums)


def squashed_slope(x: Tensor) -> Tensor:
    """f'(a) where f(a) is x, within +-1.7159: from 1.1439 at 0 down to 0 at the ends."""
    return AMPLITUDE * SLOPE * (1 - (x / AMPLITUDE).square())
