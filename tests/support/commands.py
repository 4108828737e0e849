"""The command line in processes of their own that begin with everything loaded.

Most of the time that a short command takes is its start: Python, numpy, torch. These processes are
forked from one that has them, and are otherwise like any: with folder, environment, output and
signals of their own. What depends on a fresh start (what is loaded, what becomes of an output that
is full or closed) is tested with `python -m lenet_gui`.
"""

import multiprocessing
import os
import runpy
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

_LOADED = ("lenet_gui.cli", "lenet_gui.cli.digits", "lenet_gui.training.trainer")
_FROM = multiprocessing.get_context("forkserver")
_FROM.set_forkserver_preload(list(_LOADED))


class Command:
    """`lenet-gui` with these arguments, started; warnings are errors in it.

    Args:
        arguments: after the program's name.
        folder: that it runs in.
        output: a pipe with a name, for what it says while it runs; `wait` tells nothing of it then.
    """

    def __init__(self, arguments: Sequence[str], folder: Path, output: Path | None = None) -> None:
        self._arguments = list(arguments)
        self._said = tempfile.TemporaryDirectory()
        said = Path(self._said.name)
        self._files = output or said / "out", said / "err"
        self._is_piped = output is not None
        self._process = _FROM.Process(
            target=_run, args=(self._arguments, str(folder), dict(os.environ), *self._files)
        )
        self._process.start()

    def send_signal(self, number: int) -> None:
        """Sends it a signal."""
        pid = self._process.pid
        assert pid is not None
        os.kill(pid, number)

    def wait(self) -> subprocess.CompletedProcess[str]:
        """How it ended, and what it said, once it has."""
        self._process.join(120)
        status = self._process.exitcode
        if status is None:
            self._process.kill()
            raise TimeoutError(f"{self._arguments} did not end")
        out_file, err_file = self._files
        out = "" if self._is_piped else out_file.read_text(encoding="utf-8")
        err = err_file.read_text(encoding="utf-8")
        self._said.cleanup()
        return subprocess.CompletedProcess(self._arguments, status, out, err)


def run_command(arguments: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """The same from its start to its end."""
    return Command(arguments, folder).wait()


def run_without_package(file: Path) -> subprocess.CompletedProcess[str]:
    """A Python file, in its folder and in a process that cannot import this package."""
    with tempfile.TemporaryDirectory() as said:
        out, err = Path(said, "out"), Path(said, "err")
        process = _FROM.Process(target=_run_file, args=(str(file), out, err))
        process.start()
        process.join(120)
        texts = (one.read_text(encoding="utf-8") for one in (out, err))
        return subprocess.CompletedProcess([str(file)], process.exitcode or 0, *texts)


def _run_file(file: str, out: Path, err: Path) -> None:
    _say_to(out, err)
    for name in [one for one in sys.modules if one.partition(".")[0] == "lenet_gui"]:
        del sys.modules[name]
    sys.modules["lenet_gui"] = None  # type: ignore[assignment] - cannot be imported
    os.chdir(Path(file).parent)
    sys.path.insert(0, "")
    warnings.simplefilter("error")
    runpy.run_path(file, run_name="__main__")


def _run(
    arguments: list[str], folder: str, environment: Mapping[str, str], out: Path, err: Path
) -> None:
    _say_to(out, err)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    warnings.simplefilter("error")
    from lenet_gui.cli import main

    sys.exit(main(arguments))


def _say_to(out: Path, err: Path) -> None:
    for file, descriptor in ((out, 1), (err, 2)):
        opened = os.open(file, os.O_WRONLY | os.O_CREAT)
        os.dup2(opened, descriptor)
        os.close(opened)
    # Of their own: those of the process that it is forked from know what lay behind them there.
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
