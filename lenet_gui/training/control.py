"""How another thread stops, pauses and watches a training that is under way."""

import threading
import time


class Control:
    """Flags that the trainer reads between two steps. Every method may be called from any thread.

    A stop is final: a stopped control also ends a pause. `follow` says whether step statistics
    should carry copies of the newest weights; it is off at the beginning, as the copies cost time.
    """

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._running = threading.Event()
        self._running.set()
        self._follow = threading.Event()

    def stop(self) -> None:
        """Asks for the end of the training, also during a pause or an evaluation."""
        self._stop.set()
        self._running.set()

    def pause(self) -> None:
        """Holds the training after the present step, until `resume` or `stop`."""
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
        """True if copies of the weights are wanted with the step statistics."""
        return self._follow.is_set()

    @follow.setter
    def follow(self, wanted: bool) -> None:
        if wanted:
            self._follow.set()
        else:
            self._follow.clear()

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
