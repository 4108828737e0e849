"""Keeps what libtiff writes to the terminal of itself away from our own sentences."""

import ctypes
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import cache
from typing import Final

from PIL import _imaging

_STDERR: Final = 2
_one_at_a_time = threading.Lock()


def silent_libtiff() -> AbstractContextManager[None]:
    """Around the decoding of a TIFF: libtiff, which Pillow decodes with, then says nothing.

    It is asked not to, for good. Where it cannot be asked, as it is a part of Pillow's own library
    on Windows, the whole process's errors are not seen meanwhile: keep what is inside short.
    """
    return nullcontext() if _is_asked() else silent_stderr()


@cache
def _is_asked() -> bool:
    """Takes libtiff's writers of errors and of warnings away; whether that could be done."""
    try:
        library = ctypes.CDLL(_imaging.__file__)  # what it was linked with is found through it
        for setter in (library.TIFFSetErrorHandler, library.TIFFSetWarningHandler):
            setter.argtypes, setter.restype = (ctypes.c_void_p,), ctypes.c_void_p
            setter(None)
    except (OSError, AttributeError):
        return False
    return True


@contextmanager
def silent_stderr() -> Iterator[None]:
    """What is written to the process's file of errors meanwhile, in any thread, is not seen.

    Where the process has no such file, nothing is done.
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
