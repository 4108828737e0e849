"""A stream that is closed or full changes neither what is written elsewhere nor the status."""

import subprocess
import sys

import pytest

COMMAND = (sys.executable, "-W", "error", "-m", "lenet_gui")
OPENED = """
import os
from lenet_gui.cli.streams import prepare_streams
prepare_streams()
with open(os.devnull) as file:
    raise SystemExit(file.fileno())
"""


def status(redirection: str, *command: str) -> tuple[int, str]:
    """The exit status of a command under a redirection of the shell, and its output."""
    shell = ["sh", "-c", f'exec "$@" {redirection}', "sh", *command]
    done = subprocess.run(shell, stdout=subprocess.PIPE, text=True, check=False)
    return done.returncode, done.stdout


@pytest.mark.parametrize("redirection", ["2>&-", "2>/dev/full", ">&- 2>&-", "<&- >&- 2>&-"])
def test_a_sentence_that_cannot_be_said_leaves_the_status(redirection: str) -> None:
    assert status(redirection, *COMMAND, "summary", "--nonsense") == (2, "")


def test_no_file_takes_the_number_of_a_closed_stream() -> None:
    assert status("<&- >&- 2>&-", sys.executable, "-c", OPENED)[0] > 2
