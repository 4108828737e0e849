"""Keeps libtiff's own messages away from the terminal."""

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
    """For decoding a TIFF: keeps libtiff, which Pillow uses, silent.

    Its writers are removed for good. If that is impossible, as it is part of Pillow's own library
    on Windows, stderr of the whole process is silent meanwhile: keep the block short.
    """
    return nullcontext() if _is_asked() else silent_stderr()


@cache
def _is_asked() -> bool:
    """Removes libtiff's writers of errors and warnings; returns whether that was possible."""
    try:
        library = ctypes.CDLL(_imaging.__file__)  # its dependencies are found through it
        for setter in (library.TIFFSetErrorHandler, library.TIFFSetWarningHandler):
            setter.argtypes, setter.restype = (ctypes.c_void_p,), ctypes.c_void_p
            setter(None)
    except (OSError, AttributeError):
        return False
    return True


@contextmanager
def silent_stderr() -> Iterator[None]:
    """What any thread writes to the process's stderr meanwhile is discarded.

    If the process has no stderr, nothing is done.
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
    """Our own lines stay before or after it."""
    if sys.stderr is not None:
        with suppress(OSError, ValueError):
            sys.stderr.flush()
