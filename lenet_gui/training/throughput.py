"""How fast a training run goes and how long it will still take."""

import time
from collections import deque

_WINDOW_S = 3.0


class Throughput:
    """Measures digits per second over the last seconds; pauses and evaluations can be excluded."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque()
        self._left_out = 0.0
        self._evaluation = 0.0
        self._began = time.monotonic()

    def now(self) -> float:
        """Seconds since the beginning, pauses left out."""
        return time.monotonic() - self._began - self._left_out

    def leave_out(self, seconds: float) -> None:
        """Excludes a pause from all figures."""
        self._left_out += seconds

    def begin(self, digits: int) -> None:
        """Marks the beginning of the steps of an epoch."""
        self._marks.clear()
        self._marks.append((self.now(), digits))

    def mark(self, digits: int) -> None:
        """Notes how many digits have been seen so far."""
        now = self.now()
        self._marks.append((now, digits))
        while len(self._marks) > 2 and self._marks[1][0] < now - _WINDOW_S:
            self._marks.popleft()

    def evaluated(self, seconds: float) -> None:
        """Notes how long the evaluation at the end of an epoch took."""
        self._evaluation = seconds

    @property
    def digits_per_second(self) -> float:
        """Digits per second over the last seconds; 0 before the first mark."""
        (first_at, first), (last_at, last) = self._marks[0], self._marks[-1]
        return (last - first) / (last_at - first_at) if last_at > first_at else 0.0

    def seconds_left(self, digits: int, evaluations: int) -> float:
        """Seconds for more digits and evaluations, at the current throughput."""
        rate = self.digits_per_second
        return (digits / rate if rate else 0.0) + evaluations * self._evaluation
