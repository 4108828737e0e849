"""Bounds on what reading may take: it ends soon, with little memory, or the test fails."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TypeVar

from lenet_gui.errors import UserError
from lenet_gui.printable import printable

T = TypeVar("T")

_STATUS, _RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")
_WAITS = 12  # so many times as long may pass on the clock, on a busy machine


class TooMuchError(BaseException):
    """A bound is passed; no handler of other errors takes it for one of them."""


@contextmanager
def bounded(seconds: float = 10, megabytes: float = 400) -> Iterator[None]:
    """Raises TooMuchError when what is inside takes more.

    Args:
        seconds: of the processor; what waits is given up after many times as long.
        megabytes: of resident memory at its peak, beyond what was there before (on Linux).
    """
    assert threading.current_thread() is threading.main_thread()
    if not hasattr(signal, "setitimer"):  # as on Windows: then nothing is bounded
        yield
        return
    before = {kind: signal.signal(kind, _too_long) for kind in (signal.SIGPROF, signal.SIGALRM)}
    resident = _reset_peak()
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, _WAITS * seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        for kind, handler in before.items():
            signal.signal(kind, handler)
    if resident is not None:
        taken = _megabytes("VmHWM") - resident
        if taken > megabytes:
            raise TooMuchError(f"it took {taken:.0f} MB")


def outcome(read: Callable[[], T], seconds: float = 10, megabytes: float = 400) -> T | None:
    """What `read` gives; None where it raises a UserError, the only thing that it may raise.

    Its text must be one sentence that can be shown.
    """
    with bounded(seconds, megabytes):
        try:
            return read()
        except UserError as error:
            sentence = str(error)
    assert sentence == printable(sentence)
    assert sentence.endswith(".")
    assert len(sentence) <= 5_000
    return None


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise TooMuchError("it takes too long")


def _reset_peak() -> float | None:
    """The peak is what there is now, which is given; None where that cannot be told."""
    try:
        _RESET.write_text("5")
        return _megabytes("VmRSS")
    except OSError:
        return None


def _megabytes(name: str) -> float:
    (line,) = (one for one in _STATUS.read_text().splitlines() if one.startswith(f"{name}:"))
    return int(line.split()[1]) * 1024 / 1e6
