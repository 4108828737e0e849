"""How quiet the machine is: the share of its cores that other programs take."""

import os
import subprocess
import sys

LITTLE = 0.05
"""A share that spoils no figure."""

_BUSY = """
import time
began, end = time.process_time(), time.perf_counter() + 0.5
while time.perf_counter() < end:
    pass
print((time.process_time() - began) / 0.5)
"""


def taken_by_others() -> float:
    """What a busy loop on every core does not get in half a second, 0..1 of all cores."""
    loops = [
        subprocess.Popen([sys.executable, "-c", _BUSY], stdout=subprocess.PIPE, text=True)
        for _ in range(os.cpu_count() or 1)
    ]
    got = [float(loop.communicate()[0]) for loop in loops]
    return min(max(1 - sum(got) / len(got), 0.0), 1.0)


def remark(share: float) -> str:
    """A sentence where the share spoils figures, else nothing."""
    if share <= LITTLE:
        return ""
    return f"The machine was not quiet: other programs took up to {share:.0%} of its cores."
