"""How another thread stops, pauses, changes and watches a training run in progress."""

import threading
import time
from collections import deque

from lenet_gui.training.adjustments import Wish


class Control:
    """Flags that the trainer reads between two steps. Every method may be called from any thread.

    A stop is final: a stopped control also ends a pause. `follow` says whether step statistics
    should carry copies of the newest weights; it is off at the beginning, as the copies cost time.
    In `slow_motion`, which begins off as well, they always do, and after each update the training
    waits for `slow_update_s`. `pauses_at_epochs`: it begins a pause at the end of each epoch but
    the last.
    """

    def __init__(self, slow_update_s: float = 1.0) -> None:
        self._slow_update_s = slow_update_s
        self._stop = threading.Event()
        self._running = threading.Event()
        self._running.set()
        self._follow = threading.Event()
        self._full_speed = threading.Event()
        self._full_speed.set()
        self.pauses_at_epochs = False
        self._wishes: deque[Wish] = deque()

    def stop(self) -> None:
        """Requests the end of the training, also during a pause or an evaluation."""
        self._stop.set()
        self._running.set()
        self._full_speed.set()

    def pause(self) -> None:
        """Pauses the training after the current update, until `resume` or `stop`."""
        if not self._stop.is_set():
            self._running.clear()
            if self._stop.is_set():  # stop() came in between
                self._running.set()

    def resume(self) -> None:
        """Ends a pause."""
        self._running.set()

    @property
    def stopping(self) -> bool:
        """True from the first `stop` on."""
        return self._stop.is_set()

    @property
    def paused(self) -> bool:
        """True between `pause` and `resume` or `stop`."""
        return not self._running.is_set()

    @property
    def follow(self) -> bool:
        """True if copies of the weights are requested with the step statistics."""
        return self._follow.is_set()

    @follow.setter
    def follow(self, wanted: bool) -> None:
        if wanted:
            self._follow.set()
        else:
            self._follow.clear()

    @property
    def slow_motion(self) -> bool:
        """True if the training is to wait after each update."""
        return not self._full_speed.is_set()

    @slow_motion.setter
    def slow_motion(self, wanted: bool) -> None:
        if wanted and not self._stop.is_set():
            self._full_speed.clear()
            if self._stop.is_set():  # stop() came in between
                self._full_speed.set()
        elif not wanted:
            self._full_speed.set()

    def ask(self, wish: Wish) -> None:
        """Sends a request to one training run, which takes effect before its next update."""
        self._wishes.append(wish)

    def take_wishes(self) -> list[Wish]:
        """The requests since the last time, in their order."""
        return [self._wishes.popleft() for _ in range(len(self._wishes))]

    def wait_in_slow_motion(self) -> float:
        """Blocks between two updates in slow motion; its end, or a stop, ends the wait.

        Returns:
            The seconds it waited: exactly 0.0 at full speed.
        """
        if self._full_speed.is_set():
            return 0.0
        began = time.monotonic()
        self._full_speed.wait(self._slow_update_s)
        return time.monotonic() - began

    def wait_while_paused(self) -> float:
        """Blocks during a pause.

        Returns:
            The seconds it waited: exactly 0.0 if there was no pause.
        """
        if self._running.is_set():
            return 0.0
        began = time.monotonic()
        self._running.wait()
        return time.monotonic() - began
