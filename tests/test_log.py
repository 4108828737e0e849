"""The log keeps tracebacks, is rotated, harms nothing, and holds nothing of a drawing."""

import logging
import math
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui import __version__
from lenet_gui.data.drawing import Drawing, PenPoint, Stroke
from lenet_gui.log import FILE_NAME, FILES, MAX_BYTES, log_file, start_log, stop_log, without_values
from lenet_gui.paths import log_folder

program = logging.getLogger("lenet_gui.somewhere")


def _note(error: BaseException) -> None:
    try:
        raise error
    except type(error):
        program.exception("It broke")


def test_a_traceback_is_kept_with_the_one_that_led_to_it(log: Path) -> None:
    assert not log.exists()  # opened with the first fault

    def deep() -> None:
        try:
            {}["C3"]
        except KeyError as error:
            raise ZeroDivisionError("by nothing") from error

    try:
        deep()
    except ZeroDivisionError:
        program.exception("It broke")
    told = log.read_text(encoding="utf-8")
    assert f"LeNet Laboratory {__version__}, Python" in told.splitlines()[0]
    assert "ERROR lenet_gui.somewhere: It broke" in told
    assert "in deep" in told
    assert told.index("KeyError: 'C3'") < told.index("ZeroDivisionError: by nothing")
    assert log.parent == log_folder()
    assert log_file() == log


def test_without_a_log_nothing_is_said_in_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    assert log_file() is None
    _note(ValueError("quiet"))
    assert capfd.readouterr() == ("", "")


FULL = """
import logging, resource, signal, sys
from lenet_gui.log import log_file, start_log
start_log()
program = logging.getLogger("lenet_gui")
program.error("one")
size = log_file().stat().st_size
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
program.error("two")
assert log_file().stat().st_size == size
"""


def test_a_full_disk_is_no_harm_and_nothing_is_said_in_the_terminal() -> None:
    """A limit on the size of files stands for the full disk."""
    done = subprocess.run([sys.executable, "-c", FULL], capture_output=True, check=True, text=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_a_folder_that_cannot_be_written_is_no_harm() -> None:
    log_folder().parent.mkdir(parents=True)
    log_folder().write_text("a file where the folder should be")
    start_log()
    _note(ValueError("lost"))
    assert log_file() is None
    stop_log()


def test_a_pipe_in_place_of_the_log_is_not_waited_for() -> None:
    log_folder().mkdir(parents=True)
    os.mkfifo(log_folder() / FILE_NAME)
    start_log()
    logging.getLogger("lenet_gui.test").warning("said")
    assert log_file() is None
    stop_log()


def test_full_files_are_put_aside_and_the_oldest_goes(log: Path) -> None:
    for number in range(6 * MAX_BYTES // 1_000):
        program.error("%06d %s", number, "x" * 1_000)
    files = sorted(log.parent.iterdir())
    assert len(files) == FILES
    assert all(file.stat().st_size <= MAX_BYTES for file in files)
    assert "000000" not in "".join(file.read_text(encoding="utf-8")[:2_000] for file in files)


def test_what_helps_to_find_a_fault_stays() -> None:
    for text in (
        "mat1 and mat2 shapes cannot be multiplied (1x400 and 120x84)",
        "operands could not be broadcast together with shapes (3,4) (5,) ",
        "[Errno 13] Permission denied: '/somewhere/lenet-laboratory.log'",
        "index 7 is out of bounds for axis 0 with size 5",
    ):
        assert without_values(text) == text
    assert without_values("bad: PenPoint(x=0.25, y=nan)") == "bad: PenPoint(…)"
    assert without_values("0.1 0.2 0.3 0.4 0.5 is no line") == "… is no line"
    assert len(without_values("word " * 1_000)) <= 301


shares = st.floats(0.001, 0.999).filter(lambda share: len(repr(share)) > 6)


@given(st.lists(shares, min_size=3, max_size=30), st.booleans())
def test_no_point_of_a_drawing_and_no_pixel_gets_into_the_log(
    values: list[float], in_words: bool
) -> None:
    points = tuple(PenPoint(x, y) for x, y in pairwise(values))
    drawing = Drawing().with_stroke(Stroke(points))
    array = np.array(values)
    quoted: list[object] = [
        drawing, drawing.strokes, points, points[0], array, array.reshape(1, -1), values,
        {"ink": values}, array.tobytes(), bytearray(array.tobytes()), str(array)[:40],
    ]  # fmt: skip
    pieces = [repr(value)[2:] for value in values] + [f"{value:.8f}"[2:] for value in values]
    for value in quoted:
        told = without_values(f"cannot use {value!r} here" if in_words else str(value))
        assert not any(piece in told for piece in pieces), (value, told)
    for value in (array.tobytes(), bytes(bytearray(array.tobytes()))):
        assert "\\x" not in without_values(f"cannot read {value!r}")


def test_the_formatted_traceback_of_an_error_about_a_drawing_has_no_coordinates(log: Path) -> None:
    x = 0.123456789
    try:
        PenPoint(x, math.nan)
    except ValueError:
        program.exception("It broke")
    told = log.read_text(encoding="utf-8")
    assert "ValueError: a pen point must be finite" in told
    assert "0.1234567" not in told


def test_a_fault_of_a_command_is_in_the_log_and_still_ends_it(tmp_path: Path) -> None:
    program = (
        "import lenet_gui.cli as cli\n"
        "def fault(args): raise ZeroDivisionError('by nothing')\n"
        "cli.window.run = fault\n"
        "cli.main([])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"XDG_STATE_HOME": str(tmp_path), "HOME": str(tmp_path)},
    )
    assert done.returncode == 1
    assert "ZeroDivisionError: by nothing" in done.stderr
    (file,) = tmp_path.rglob("*.log")
    assert "ZeroDivisionError: by nothing" in file.read_text(encoding="utf-8")


def test_help_opens_no_log_and_does_without_logging(tmp_path: Path) -> None:
    program = (
        "import sys, lenet_gui.cli\n"
        "try: lenet_gui.cli.main(['--help'])\n"
        "finally: print('logging' in sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"XDG_STATE_HOME": str(tmp_path), "HOME": str(tmp_path)},
    )
    assert done.stderr.strip() == "False"
    assert list(tmp_path.iterdir()) == []


def test_what_others_have_written_takes_one_line(log: Path) -> None:
    def fail() -> None:
        raise ValueError("x\x1b]0;title\x07\nERROR y")

    logging.getLogger("lenet_gui.test").warning("%s is passed over", "a\x1b[31m\nERROR b")
    try:
        fail()
    except ValueError:
        logging.getLogger("lenet_gui.test").exception("told")
    told = log.read_text(encoding="utf-8")
    assert r"a\x1b[31m\nERROR b is passed over" in told
    assert r"ValueError: x\x1b" in told
    assert not [line for line in told.splitlines() if line.startswith("ERROR")]
    assert "\x1b" not in told
