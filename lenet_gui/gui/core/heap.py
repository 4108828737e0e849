"""One heap for all threads, so that memory freed by one is available to the next."""

import ctypes
import sys

_ARENA_MAX = -8
"""`M_ARENA_MAX` of glibc's malloc.h, see mallopt(3)."""


def share_heap() -> None:
    """Makes all threads of the process use one heap; call it before any starts.

    glibc gives every thread its own heap, and each keeps up to 64 MB of what its thread has
    freed. The window has a dozen threads that work now and then, mostly one at a time,
    and would grow with each of them. Other systems have one heap: there, nothing happens.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none
    if mallopt is not None:
        mallopt(_ARENA_MAX, 1)
