"""How many threads computation gets beside an open window."""

import os


def training_threads() -> int:
    """Threads for a training run beside an open window: all cores but one."""
    return max(1, (os.cpu_count() or 1) - 1)
