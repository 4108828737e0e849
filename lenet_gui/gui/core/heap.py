"""One heap for all threads: what one of them has done with is there for the next."""

import ctypes
import sys

_ARENA_MAX = -8
"""`M_ARENA_MAX` of glibc's malloc.h, see mallopt(3)."""


def share_heap() -> None:
    """Has all threads of the process take their memory from one heap; call it before any begins.

    glibc gives every thread a heap of its own, and each keeps up to 64 MB of what its thread has
    freed. The window has a dozen threads that work now and then, one at a time for the most part,
    and would grow with each of them. Other systems have one heap: there nothing happens.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none
    if mallopt is not None:
        mallopt(_ARENA_MAX, 1)
