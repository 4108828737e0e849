"""How many threads the arithmetic gets beside an open window."""

import os


def training_threads() -> int:
    """Threads for the arithmetic of a training beside an open window: all cores but one."""
    return max(1, (os.cpu_count() or 1) - 1)
