"""Whether a network has learned anything: better than giving the same digit every time."""

import math

from lenet_gui.training.events import Confusion

CLEARLY = 3.0
"""Standard deviations; by chance, one network in 700 is that much better."""


def is_at_chance(confusion: Confusion) -> bool:
    """Whether the answers are not clearly better than always giving the most frequent digit.

    Of n digits, m of them the most frequent one, a network has learned something if it reads all
    of them, or more than m + 3 sqrt(m (1 - m / n)): the mean of what that one answer gets right on
    n digits of this kind, plus three standard deviations. Of MNIST's 10,000 test digits 1,135 are
    ones, so from 1,231 right ones on.

    Args:
        confusion: counts by true (row) and predicted digit, at least one.
    """
    right = sum(row[digit] for digit, row in enumerate(confusion))
    digits = sum(map(sum, confusion))
    frequent = max(map(sum, confusion))
    clear = frequent + CLEARLY * math.sqrt(frequent * (1 - frequent / digits))
    return right < digits and right <= clear
