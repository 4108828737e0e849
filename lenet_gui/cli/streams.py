"""Where a command writes to the terminal: its output may be closed, full or gone."""

import os
import sys
from contextlib import suppress
from typing import TextIO

from lenet_gui.printable import printable


def prepare_streams() -> None:
    """To be called before any file is opened.

    A stream that the caller has closed leads to nothing: else the next file that is opened would
    take its number, and what libraries write to the terminal would go into that file. Names of
    files that the terminal cannot show are escaped instead of ending the command.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free
    if sys.stdout is None:
        sys.stdout = _stream(1)
    if sys.stderr is None:
        sys.stderr = _stream(2)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def complain(sentence: str) -> None:
    """Says on stderr what went wrong; `note` has the rest."""
    note(f"lenet-gui: {sentence}")


def note(line: str) -> None:
    """Writes a `printable` line to stderr; one that takes no more is left alone from then on."""
    try:
        print(printable(line), file=sys.stderr, flush=True)
    except OSError:
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """Points a stream at nothing, so that the flush at exit does not meet its trouble again."""
    with suppress(OSError, ValueError, AttributeError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)


def _stream(number: int) -> TextIO:
    return open(number, "w", encoding="utf-8", closefd=False)
