"""What every test has: an offscreen Qt, folders of its own, and the optional real data."""

import functools
import gc
import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# One core a test process: as many run side by side as there are cores.
os.environ["OMP_NUM_THREADS"] = "1"

import pytest
from hypothesis import settings

from lenet_gui.data.builtin import sets
from lenet_gui.data.digits import DigitSets
from lenet_gui.data.mnist import load_mnist
from lenet_gui.gui.core.cycles import collect_due
from lenet_gui.log import FILE_NAME, start_log, stop_log
from lenet_gui.net import strong_teacher
from lenet_gui.paths import log_folder
from lenet_gui.training import abstention

PROJECT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("LENET_GUI_SHARED", PROJECT.parent / "shared"))

# Every property on the same examples each time; on fresh ones in `make fuzz`. A property's own
# settings say how many examples it wants and nothing else, so that the profile holds for all.
settings.register_profile("steady", derandomize=True, deadline=None, database=None, print_blob=True)
settings.register_profile("fuzz", derandomize=False, deadline=None, database=None, print_blob=True)
settings.load_profile("steady")


def pytest_configure(config: pytest.Config) -> None:
    """Of processes side by side every second one begins with the last files.

    So each compiles half of them, on a fresh clone, and takes the other half from its neighbour.
    """
    name = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    if int(name.removeprefix("gw")) % 2 and config.args == config.getini("testpaths"):
        config.args = [str(path) for path in reversed(all_test_files())]


def all_test_files() -> list[Path]:
    """All of them, in the order of their names."""
    return sorted((PROJECT / "tests").rglob("test_*.py"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The same order in every process, before pytest groups them by their fixtures."""
    items.sort(key=lambda item: item.path)


def pytest_collection_finish() -> None:
    """What has been loaded by now stays: no collection of cycles need look through it.

    Nor does any thread begin one: Qt's objects must not end in a thread that is not theirs. As in
    the program they are collected in the main thread, here after each test.
    """
    gc.collect()
    gc.freeze()
    gc.disable()


def pytest_runtest_logfinish() -> None:
    """After each test, in the main thread."""
    if not gc.isenabled():
        collect_due()


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Iterator[int]]:
    """Where the tests' user folders lie, and the number of the next.

    Numbered here: `mktemp` would look through all that there are, for each.
    """
    return tmp_path_factory.mktemp("homes"), itertools.count()


@pytest.fixture(autouse=True)
def own_folders(_homes: tuple[Path, Iterator[int]], monkeypatch: pytest.MonkeyPatch) -> Path:
    """User folders (data, settings) that belong to this test alone."""
    folder, numbers = _homes
    home = folder / str(next(numbers))
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    monkeypatch.delenv("LENET_GUI_DATA", raising=False)
    return home


KILLED_WHILE_IT_WROTE = """
import os, pathlib, signal, sys
from lenet_gui.files import written_atomically
with written_atomically(pathlib.Path(sys.argv[1])) as unfinished:
    unfinished.write_bytes(b"half")
    print(unfinished, end="", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def leftover() -> Callable[[Path], Path]:
    """`leftover(target)`: the unfinished file of a process that was killed writing `target`."""

    def left(target: Path) -> Path:
        killed = [sys.executable, "-c", KILLED_WHILE_IT_WROTE, str(target)]
        return Path(subprocess.run(killed, stdout=subprocess.PIPE, text=True, check=False).stdout)

    return left


@pytest.fixture
def log() -> Iterator[Path]:
    """The file of the log, which is written while the test runs."""
    start_log()
    yield log_folder() / FILE_NAME
    stop_log()


@pytest.fixture(scope="session")
def real_mnist() -> Path:
    """The folder of the real MNIST files, where it lies beside the project."""
    folder = SHARED / "mnist"
    if not (folder / "train-images-idx3-ubyte.gz").is_file():
        pytest.skip(f"the real MNIST files are not at {folder}")
    return folder


@pytest.fixture(scope="session")
def real_sets(real_mnist: Path) -> DigitSets:
    """Both sets of the real MNIST."""
    return load_mnist(real_mnist)


@pytest.fixture(scope="session")
def real_strokes() -> Path:
    """The file of real pen strokes, where it lies beside the project."""
    file = SHARED / "strokes" / "strokes-dev.jsonl.gz"
    if not file.is_file():
        pytest.skip(f"the real pen strokes are not at {file}")
    return file


@pytest.fixture(scope="session")
def brought_pictures() -> Path:
    """The folder of pictures such as people bring, where it lies beside the project.

    The last number of a name is the digit on it; without one, there are several.
    """
    folder = SHARED / "cases" / "pictures"
    if not folder.is_dir():
        pytest.skip(f"the pictures that people bring are not at {folder}")
    return folder


@pytest.fixture(scope="session", autouse=True)
def _digits_are_written_once() -> Iterator[None]:
    """A built-in digit is written by the first test of this process that asks for it.

    The tests of the hand itself, in `tests/data`, have all of them written anew.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sets, "digit_image", functools.cache(sets.digit_image))
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_wait_for_the_disk() -> Iterator[None]:
    """What a test writes need not outlast a power cut."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _descriptor: None)
        yield


@pytest.fixture
def few_calibrating_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    """For runs with rubbish whose calibration does not matter: it uses fewer digits."""
    monkeypatch.setattr(abstention, "DIGITS", 200)


@pytest.fixture
def narrow_teacher(monkeypatch: pytest.MonkeyPatch) -> None:
    """Strong teachers that are trained have few maps, for the processor."""
    monkeypatch.setattr(strong_teacher, "TEACHER_WIDTH", 4)


@pytest.fixture
def result_content() -> Callable[..., dict[str, Any]]:
    """`result_content(name, seed, errors, on_the_fly)`: a result of training on MNIST, as JSON.

    `errors` has the wrong test digits of 10,000 after each pass, `on_the_fly` the share of right
    training digits in each.
    """

    def content(
        name: str = "paper-1998",
        seed: int = 0,
        errors: Sequence[int] = (220, 97),
        on_the_fly: Sequence[float] | None = None,
        **recipe: Any,
    ) -> dict[str, Any]:
        shares = on_the_fly or [0.95 + 0.002 * number for number in range(len(errors))]
        return {
            "recipe": {"name": name, "seed": seed, "epochs": len(errors), **recipe},
            "data": "MNIST training",
            "training_digits": 60_000,
            "parameters": 60_000,
            "epochs": [
                {
                    "epoch": number,
                    "train": {"loss": 1.5, "accuracy": 0.99, "errors": 100, "digits": 10_000},
                    "test": {
                        "loss": 1.9,
                        "accuracy": 1 - wrong / 10_000,
                        "errors": wrong,
                        "digits": 10_000,
                    },
                    "validation": None,
                    "on_the_fly_loss": 2.0,
                    "on_the_fly_accuracy": share,
                }
                for number, (wrong, share) in enumerate(zip(errors, shares, strict=True), 1)
            ],
            "program": "0",
            "torch": "0",
            "remark": {"seconds": 1.0},
        }

    return content


@pytest.fixture
def results_folder(tmp_path: Path, result_content: Callable[..., dict[str, Any]]) -> Path:
    """Three seeds of paper-1998 and one of modern-seed."""
    folder = tmp_path / "results"
    folder.mkdir()
    for seed, wrong in enumerate((94, 100, 97)):
        content = result_content(seed=seed, errors=(230, 120, wrong))
        (folder / f"paper-1998-seed{seed}.json").write_text(json.dumps(content))
    modern = result_content(
        "modern-seed", errors=(150, 118), variant="modern", loss="cross-entropy"
    )
    (folder / "modern-seed-seed0.json").write_text(json.dumps(modern))
    return folder
