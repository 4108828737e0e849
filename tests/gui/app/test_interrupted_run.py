"""A training run that the end of the program interrupted is mentioned at the next start, once."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QToolButton
from pytestqt.qtbot import QtBot

from lenet_gui.data.builtin import builtin_sets
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.net.architecture import Variant
from lenet_gui.paths import runs_folder
from lenet_gui.training.control import Control
from lenet_gui.training.events import CheckpointSaved
from lenet_gui.training.recipe import BUILTIN, Recipe
from lenet_gui.training.run import Run

WAIT_MS = 100_000
RECIPE = Recipe(
    name="tiny", variant="modern", data=BUILTIN, training_digits=40, epochs=2, batch_size=20,
    loss="cross-entropy", device="cpu",
)  # fmt: skip
Opened = Callable[[], AbstractContextManager[MainWindow]]


@pytest.fixture
def interrupted() -> Path:
    """The folder of a run whose program was killed after the first of two epochs."""
    run = Run.create(runs_folder(), RECIPE)
    digits = builtin_sets(40, 40, RECIPE.seed)
    for event in run.train(digits, Control()):
        if isinstance(event, CheckpointSaved):
            break
    return run.folder


@pytest.fixture
def opened(qtbot: QtBot) -> Opened:
    """`opened()`: another start of the program, until it has looked for runs."""

    @contextmanager
    def start() -> Iterator[MainWindow]:
        window = MainWindow()
        window.networks.switch(Variant.ORIGINAL)
        window.resize(1024, 700)
        window.show()
        with qtbot.waitSignal(window.runs.looked):
            window.torch.loaded.emit()  # it was there already
        try:
            yield window
        finally:  # a window that stays would take the keys of the next tests
            window.close()
        window.deleteLater()

    return start


def answer(window: MainWindow, text: str) -> None:
    button = window.messages.findChild(QToolButton, f"answer {text}")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_one_click_resumes_it(opened: Opened, interrupted: Path, qtbot: QtBot) -> None:
    told = f"The training run {interrupted.name} was interrupted after epoch 1 of 2."
    with opened() as window:
        assert window.messages.text == told
        with qtbot.waitSignal(window.runs.renamed):
            window.runs.rename(interrupted, "mine")
        assert window.messages.text == "The training run mine was interrupted after epoch 1 of 2."
        with qtbot.waitSignal(
            window.training.running_changed,
            timeout=WAIT_MS,
            check_params_cb=lambda running: not running,
        ):
            answer(window, "resume")
            assert window.messages.text == ""
        assert window.training.ending.words.text().startswith("Finished: 2 epochs")
        assert window.training.run_folder == interrupted.with_name("mine")
    with opened() as window:
        assert window.messages.text == ""


def test_one_that_is_let_be_is_not_mentioned_again(
    opened: Opened, interrupted: Path, qtbot: QtBot
) -> None:
    older = shutil.copytree(interrupted, interrupted.with_name("older"))
    os.utime(older / "log.jsonl", ns=(1, 1))
    with opened() as window:
        assert interrupted.name in window.messages.text
        # closed without an answer
    with opened() as window:
        window.notifier.fail("file", "Something else.")
        assert window.messages.text == "Something else."
        window.notifier.dismiss()
        answer(window, "not now")
        assert window.messages.text == ""
        with qtbot.waitSignal(window.runs.renamed):
            window.runs.rename(interrupted, "mine")
    with opened() as window:
        assert window.messages.text == ""
        assert set(window.settings.remembered.runs_let_be) == {"mine", "older"}
        # It is taken up, does not end by itself, and is stopped.
        folder = interrupted.with_name("mine")
        (folder / "recipe.json").write_text(RECIPE.with_changes(epochs=1000).to_json())
        window.training.resume_run(folder)
        left = window.settings
        qtbot.waitUntil(lambda: left.remembered.runs_let_be == ("older",), timeout=WAIT_MS)
        window.training.stop()
        qtbot.waitUntil(lambda: not window.training.is_running, timeout=WAIT_MS)
        assert "mine" in left.remembered.runs_let_be  # its end was seen
    left.remember(runs_let_be=("mine",))
    with opened() as window:
        assert window.messages.text == ""  # no older one is mentioned in its place


def test_it_goes_when_a_training_begins_or_the_run_is_deleted(
    opened: Opened, interrupted: Path, qtbot: QtBot
) -> None:
    with opened() as window:
        window.training.draft.set_recipe(RECIPE.with_changes(epochs=1))
        window.training.set_folded(folded=False)
        dock = window.findChild(QDockWidget, "dock-train")
        share = max(226, round(0.32 * window.height()))
        qtbot.waitUntil(lambda: abs(dock.height() - share) <= 1)  # it was higher for a moment
        place = dock.geometry()
        window.training.start()
        assert window.messages.text == ""
        qtbot.waitUntil(lambda: not window.training.is_running, timeout=WAIT_MS)
        QApplication.processEvents()  # the ending's row, too wide for the line, gets its room
        assert dock.geometry() == place  # nothing jumps under the pointer
    with opened() as window:
        assert interrupted.name in window.messages.text  # it was not answered
        with qtbot.waitSignal(window.runs.removed):
            window.runs.delete(interrupted)
        assert window.messages.text == ""
