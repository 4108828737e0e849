"""The digits for the views: loaded once, off the GUI thread, and anew from another folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from lenet_gui.gui.library.digits import DigitLibrary


@pytest.fixture
def shelf() -> Iterator[DigitLibrary]:
    shelf = DigitLibrary()
    yield shelf
    shelf.close_down()


def test_without_mnist_built_in_digits_stand_in_and_are_made_once(
    shelf: DigitLibrary, qtbot: QtBot
) -> None:
    assert shelf.sets is None
    assert not shelf.are_stand_ins
    with qtbot.waitSignal(shelf.loaded, timeout=30_000) as told:
        shelf.ask()
        shelf.ask()  # asked twice, loaded once
        assert shelf.sets is None
    sets = shelf.sets
    assert told.args == [sets]
    assert shelf.are_stand_ins
    assert len(sets.training) == len(sets.test) == 2_000
    again: list[object] = []
    shelf.loaded.connect(again.append)
    shelf.ask()
    assert again == [sets]


def test_a_folder_without_the_files_is_told_and_a_good_one_is_taken(
    shelf: DigitLibrary, qtbot: QtBot, tmp_path: Path, real_mnist: Path
) -> None:
    shelf.set_choice(tmp_path)
    with qtbot.waitSignal(shelf.failed) as told:
        shelf.ask()
    assert str(tmp_path) in told.args[0]
    assert shelf.sets is None
    shelf.set_choice(real_mnist)
    with qtbot.waitSignal(shelf.loaded, timeout=30_000):
        shelf.ask()
    assert not shelf.are_stand_ins
    assert len(shelf.sets.training) == 60_000
    with qtbot.waitSignal(shelf.failed):
        shelf.set_choice(tmp_path)  # what was loaded is asked for anew
    assert shelf.sets is None
