"""How many threads make an update fastest at the moment, measured on the updates themselves.

An update of LeNet-5 is some hundred short operations, and at the end of each the threads wait for
the slowest. If another program uses a core, one of them waits for its turn there and all wait
for it: two threads can then be ten times as slow as one.
"""

from collections.abc import Sequence
from math import inf

MEASURED = 9
MEASURED_S = 0.25
"""A number of threads is judged by the mean of this many updates, or more if they take less
than this many seconds: beside other programs most updates are fast and a few have to wait."""
FIRST_REST_S = 2.0
LONGEST_REST_S = 30.0
"""The seconds of updates, at first and at most, before another number is tried again."""

_BEGINNING = 2  # updates after a change that do not count: threads are made, caches are cold
_SLOW = 1.5  # times as long as before: a trial is due at once
_DEAR = 2  # times as long as `MEASURED` updates should take: a trial ends, even with the first
_BETTER = 0.95  # of the previous time, or less: the change is worth it


class ThreadChoice:
    """Tries, now and then, `most` threads, halves of it and one, and keeps the fastest.

    It begins with one. The others are tried in turn, the most first, after an interval that grows
    with every failed trial; at once if an update takes much longer than before.

    Args:
        most: the most useful number of threads, 1 or more.
    """

    def __init__(self, most: int) -> None:
        self._numbers = _halved(most)
        self._chosen = 1
        self._trial: int | None = None
        self._turn = 0  # of the number that is tried next
        self._updates, self._updates_s = 0, 0.0  # that are judged next
        self._usual = inf  # of the chosen number, at the last trial or after it
        self._left_out = _BEGINNING
        self._trial_s = 0.0
        self._rest_s = self._rested_s = FIRST_REST_S  # the first trial is due at once

    @property
    def threads(self) -> int:
        """For the next update."""
        return self._chosen if self._trial is None else self._trial

    def took(self, seconds: float) -> None:
        """Notes how long an update with `threads` took."""
        if len(self._numbers) == 1:
            return
        self._trial_s += seconds
        self._rested_s += seconds
        if self._left_out:
            self._left_out -= 1
        else:
            self._updates += 1
            self._updates_s += seconds
        if self._trial is not None and self._is_dear():
            self._lose()
        elif self._updates >= MEASURED and self._updates_s >= MEASURED_S:
            found = self._updates_s / self._updates
            self._updates, self._updates_s = 0, 0.0
            if self._trial is None:
                self._go_on(found)
            else:
                self._judge(found)

    def _is_dear(self) -> bool:
        return self._updates < MEASURED and self._trial_s > _DEAR * MEASURED * self._usual

    def _go_on(self, now: float) -> None:
        if self._rested_s >= self._rest_s or now > _SLOW * self._usual:
            self._usual = now
            self._go_to(self._another())

    def _judge(self, found: float) -> None:
        if found < _BETTER * self._usual:
            self._chosen, self._usual, self._rest_s = self.threads, found, FIRST_REST_S
            self._go_to(None)
        else:
            self._lose()

    def _lose(self) -> None:
        self._rest_s = min(2 * self._rest_s, LONGEST_REST_S)
        self._go_to(None)

    def _go_to(self, trial: int | None) -> None:
        self._trial = trial
        self._updates, self._updates_s = 0, 0.0
        self._left_out = _BEGINNING
        self._rested_s = self._trial_s = 0.0

    def _another(self) -> int:
        """The number to try next, other than the chosen one."""
        others = [number for number in self._numbers if number != self._chosen]
        self._turn += 1
        return others[(self._turn - 1) % len(others)]


def _halved(most: int) -> Sequence[int]:
    numbers = [most]
    while numbers[-1] > 1:
        numbers.append(numbers[-1] // 2)
    return tuple(numbers)
