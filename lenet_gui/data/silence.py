"""Keeps what a library in C writes to the terminal of itself away from our own sentences."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

_STDERR: Final = 2
_one_at_a_time = threading.Lock()


@contextmanager
def silent_stderr() -> Iterator[None]:
    """What is written to the process's file of errors meanwhile, in any thread, is not seen.

    For libtiff, which Pillow leaves no other way to be silenced: it writes there by itself. Keep
    what is inside short. Where the process has no such file, nothing is done.
    """
    with _one_at_a_time:
        try:
            kept = os.dup(_STDERR)
        except OSError:
            yield
            return
        try:
            _flush()
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, _STDERR)
            os.close(nothing)
            yield
        finally:
            _flush()
            os.dup2(kept, _STDERR)
            os.close(kept)


def _flush() -> None:
    """Our own lines keep their place: before, or after."""
    if sys.stderr is not None:
        with suppress(OSError, ValueError):
            sys.stderr.flush()
