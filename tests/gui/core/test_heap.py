"""All threads of the window share one heap, however many of them have worked."""

import os
import platform
import subprocess
import sys

import pytest

PROGRAM = """
import argparse, sys, threading
from pathlib import Path
from lenet_gui.gui.app import start

def resident():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1024

def works(done, go_home):
    pieces = [b"x" * 100_000 for _ in range(400)]
    del pieces
    done.set()
    go_home.wait()

def make_application():
    bytearray(30 * 2**20)  # after a block so large, glibc keeps what is freed up to twice as much
    before, go_home = resident(), threading.Event()
    for _ in range(8):
        done = threading.Event()
        threading.Thread(target=works, args=(done, go_home)).start()
        done.wait()
    print(resident() - before)
    go_home.set()
    sys.exit()

start.make_application = make_application
start.open_window(argparse.Namespace(data=None, variant=None, weights=None))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other systems have one heap")
def test_the_window_does_not_grow_with_every_thread_that_has_worked() -> None:
    offscreen = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", PROGRAM]
    told = subprocess.run(command, env=offscreen, capture_output=True, text=True, check=True)
    one_thread = 400 * 100_000 / 2**20
    assert float(told.stdout) < 3 * one_thread  # and not eight times
