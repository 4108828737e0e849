import argparse
import io
import os
import subprocess
import sys
from collections.abc import Callable, Sequence

import pytest

from lenet_gui import __version__
from lenet_gui.cli import COMMANDS, main, window

Run = Callable[[Sequence[str]], subprocess.CompletedProcess[str]]


def test_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out == f"LeNet Laboratory {__version__}\n"


def test_help_names_every_command_and_the_windows_options(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    told = capsys.readouterr().out
    for module in COMMANDS:
        assert f"\n    {module.__name__.rpartition('.')[2].replace('_', '-')} " in told
    for option in ("--data", "--variant", "--weights", "--version"):
        assert option in told


@pytest.mark.parametrize("module", COMMANDS)
def test_every_command_has_help(module: object, capsys: pytest.CaptureFixture[str]) -> None:
    name = module.__name__.rpartition(".")[2].replace("_", "-")  # type: ignore[attr-defined]
    with pytest.raises(SystemExit) as caught:
        main([name, "--help"])
    assert caught.value.code == 0
    assert f"usage: lenet-gui {name}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["fly"], ["invalid choice: 'fly'", "summary", "(see lenet-gui --help)."]),
        (["summary", "--variant", "third"], ["--variant", "'third'", "original"]),
        (["predict"], ["required: IMAGE", "(see lenet-gui predict --help)."]),
        (["export", "a.png"], ["required: --out"]),
        (["export", "a.png", "--out", "b.png", "--scale", "big"], ["--scale", "'big'"]),
        (["export", "a.png", "--out", "b.png", "--layer", "C2"], ["--layer", "'C2'", "S4"]),
        (["--flag"], ["--flag"]),
        (
            ["--weights", "a", "summary"],
            ["--weights comes before the command summary, where", ": write it after summary."],
        ),
        (["--data", "builtin", "summary"], ["--data comes before the command summary"]),
    ],
)
def test_a_wrong_command_line_is_answered_in_one_sentence(
    arguments: list[str], words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("lenet-gui: ")
    assert told.err.count("\n") == 1
    assert told.err.endswith(".\n")
    for word in words:
        assert word in told.err


def test_the_process_exits_with_the_status(lenet_gui: Run) -> None:
    done = lenet_gui(["predict"])
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("lenet-gui: ")


def test_the_windows_options_keep_their_names() -> None:
    parser = argparse.ArgumentParser()
    window.add_options(parser)
    args = parser.parse_args(["--data", "builtin", "--variant", "modern", "--weights", "w"])
    assert (args.window_data, args.window_variant, str(args.window_weights)) == (
        "builtin",
        "modern",
        "w",
    )


class _InterruptedStream(io.StringIO):
    """A terminal at which someone presses Ctrl-C while it is written to."""

    def write(self, text: str) -> int:
        raise KeyboardInterrupt


def test_an_interruption_ends_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", _InterruptedStream())
    assert main(["summary"]) == 130
    assert capsys.readouterr().err == ""


def test_a_closed_pipe_ends_quietly() -> None:
    reading_end, writing_end = os.pipe()
    os.close(reading_end)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "lenet_gui", "summary"],
            stdout=writing_end,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writing_end)
    assert done.returncode == 0
    assert done.stderr == b""


def test_what_the_terminal_cannot_show_is_escaped(lenet_gui: Run, tmp_path: object) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "lenet_gui", "日"],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"\\u65e5" in done.stderr
