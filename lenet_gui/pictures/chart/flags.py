"""Words that stand over a plot beside the lines that they belong to, like flags at their masts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lenet_gui.pictures.chart.model import Wordings

GAP = 3
"""From a line to its words, in units."""


@dataclass(frozen=True)
class Flag:
    """The words at the line at `x`, right or left of it; `row` 0 is the nearest to the plot."""

    words: str
    x: float
    row: int
    is_left: bool
    width: float

    @property
    def span(self) -> tuple[float, float]:
        """What the words take, from left to right."""
        begin = self.x - GAP - self.width if self.is_left else self.x + GAP
        return begin, begin + self.width

    def is_clear_of(self, other: "Flag") -> bool:
        """Whether neither's words meet the other's words, or the line up to them."""
        (begin, end), (others_begin, others_end) = self.span, other.span
        if self.row == other.row and begin < others_end + GAP and others_begin < end + GAP:
            return False
        crosses = begin - GAP < other.x < end + GAP and other.row >= self.row
        crossed = others_begin - GAP < self.x < others_end + GAP and self.row >= other.row
        return not crosses and not crossed


def flags_of(
    marks: Sequence[tuple[float, Wordings]],
    room: tuple[float, float],
    width_of: Callable[[str], float],
) -> list[Flag]:
    """A flag for each mark, as low as possible and with as many words as fit: none meets another.

    No words, "", always fit.

    Args:
        marks: where the lines are, rising, and their words, the longest wording first.
        room: the ends of what the words may take.
        width_of: some words, in the same units.
    """
    found: list[Flag] = []
    for x, wordings in reversed(marks):  # so that all words go to the right while there is room
        candidates = (
            Flag(words, x, row, is_left, width_of(words))
            for row in range(len(found) + 1)
            for words in wordings
            for is_left in (False, True)
        )
        free = (
            each
            for each in candidates
            if not each.words
            or (
                room[0] <= each.span[0]
                and each.span[1] <= room[1]
                and all(each.is_clear_of(other) for other in found)
                and not (each.is_left and any(each.span[0] - GAP < at < x for at, _ in marks))
            )
        )
        brief = wordings[-1]
        highest = Flag(brief, x, len(found), x > sum(room) / 2, width_of(brief))
        found.append(next(free, highest))
    return found[::-1]
