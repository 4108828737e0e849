"""A folder that was of no use is not where the next dialog begins."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.views.run.view import RunView

LONG = 30_000
NameFile = Callable[[Callable[[], object], Path], None]


@pytest.fixture
def folders(window: MainWindow, tmp_path: Path) -> tuple[Path, Path]:
    """Where the last dialog of use ended, and a folder that holds nothing."""
    good, wrong = tmp_path / "good", tmp_path / "wrong"
    for folder in (good, wrong):
        folder.mkdir()
    window.settings.remember(folder=str(good))
    return good, wrong


def test_a_folder_without_mnist(
    window: MainWindow, qtbot: QtBot, name_file: NameFile, folders: tuple[Path, Path]
) -> None:
    good, wrong = folders
    name_file(window.actions_["data-folder"].trigger, wrong)
    assert window.settings.remembered.folder == str(wrong)
    qtbot.waitUntil(lambda: "contains no files" in window.messages.text, timeout=LONG)
    assert window.settings.remembered.folder == str(good)
    field = window.training.panes.recipe.face.data
    before = field.value
    with qtbot.waitSignal(window.digits.refused, timeout=LONG) as refused:
        name_file(field.ask_for_folder, wrong)
        assert window.settings.remembered.folder == str(wrong)
    assert "contains no files" in refused.args[0]
    assert window.settings.remembered.folder == str(good)
    assert field.value == before  # what cannot be trained on is not kept


def test_a_folder_without_a_run(
    window: MainWindow, qtbot: QtBot, name_file: NameFile, folders: tuple[Path, Path]
) -> None:
    good, wrong = folders
    window.view_stack.turn_to("run")
    view = window.view_stack.view
    assert isinstance(view, RunView)
    name_file(lambda: QTest.mouseClick(view.choice.open, Qt.MouseButton.LeftButton), wrong)
    qtbot.waitUntil(lambda: window.settings.remembered.folder == str(good), timeout=LONG)
    assert view.is_settled
