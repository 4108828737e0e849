"""The table of runs, with keys and the mouse: what it says, its order, what is asked first."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from lenet_gui.gui.library.runs import RunLibrary
from lenet_gui.gui.run_table.text import HEADINGS, NO_RUNS
from lenet_gui.gui.run_table.window import RunsWindow
from lenet_gui.training.lock import locked
from lenet_gui.training.presets import PRESETS
from lenet_gui.training.run import Run
from tests.support.dialogs import Pressing

DAY_NS = 86_400 * 10**9
BEGIN_NS = 1_700_000_000 * 10**9


@pytest.fixture
def place(own_folders: Path) -> Path:
    """Beside the trash, so that it can take what lies there."""
    return own_folders / "data" / "runs"


@pytest.fixture
def a_run(place: Path) -> Callable[..., Path]:
    """`a_run(name, day, errors, last)`: a run with weights and a checkpoint, of a certain day."""

    def make(name: str, day: int, errors: int, last: str, epochs: int = 3) -> Path:
        recipe = PRESETS["modern-quick"].with_changes(epochs=20)
        folder = Run.create(place, recipe).folder.rename(place / name)
        test = {"loss": 1, "accuracy": 1 - errors / 100, "errors": errors, "digits": 100}
        records = ({"event": "epoch", "epoch": epochs, "test": test}, {"event": last})
        (folder / "log.jsonl").write_text("\n".join(map(json.dumps, records)))
        for file in ("checkpoint", "weights"):
            (folder / f"{file}.safetensors").touch()
        time = BEGIN_NS + day * DAY_NS
        os.utime(folder / "log.jsonl", ns=(time, time))
        return folder

    return make


@pytest.fixture
def runs(place: Path) -> Iterator[RunLibrary]:
    library = RunLibrary(lambda: place)
    yield library
    library.close_down()


@pytest.fixture
def opened(runs: RunLibrary, qtbot: QtBot) -> Callable[[], RunsWindow]:
    """`opened()`: the window, once it has looked for the runs."""

    def open_window() -> RunsWindow:
        window = RunsWindow(runs)
        qtbot.addWidget(window)
        with qtbot.waitSignal(runs.looked), qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        return window

    return open_window


@pytest.fixture
def window(a_run: Callable[..., Path], opened: Callable[[], RunsWindow]) -> RunsWindow:
    """Three runs: "b" of today, "C" and "a" of the days before."""
    a_run("C", 2, 9, "steps", 12)
    a_run("b", 3, 30, "finished")
    a_run("a", 1, 4, "finished", 20)
    return opened()


def names(window: RunsWindow) -> list[str]:
    return [row[0] for row in window.table.rows()]


def press(window: RunsWindow, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
    QTest.keyClick(window.table, key, held[0] if held else Qt.KeyboardModifier.NoModifier)


def click(window: RunsWindow, name: str) -> None:
    QTest.mouseClick(window.findChild(QToolButton, name), Qt.MouseButton.LeftButton)


def sorted_by(window: RunsWindow, heading: str) -> list[str]:
    """With a click on the heading."""
    header = window.table.horizontalHeader()
    column = HEADINGS.index(heading)
    x = header.sectionViewportPosition(column) + 10
    place = QPoint(x, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    return names(window)


def test_every_run_stands_there_and_can_be_sorted_and_copied(window: RunsWindow) -> None:
    assert names(window) == ["b", "C", "a"]  # the last one first
    assert window.table.rows()[1][1:3] == ["modern-quick, changed: 20 epochs", "interrupted"]
    assert window.table.rows()[1][4:] == ["12 of 20", "9.00 %", "MNIST"]
    assert window.table.selected is not None
    assert window.table.selected.name == "b"
    assert sorted_by(window, "Run") == ["a", "b", "C"]
    assert sorted_by(window, "Run") == ["C", "b", "a"]
    assert sorted_by(window, "Test error") == ["a", "C", "b"]
    assert sorted_by(window, "Epochs") == ["b", "C", "a"]
    assert window.table.selected.name == "b"  # all the while
    point = QPoint(5, 5)
    menu_key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, point, point)
    QApplication.sendEvent(window.table.viewport(), menu_key)
    menu = window.table.findChild(QMenu, "table-menu")
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Use this network", "Open in Run", "Resume", "Rename…", "Delete…", "Show folder",
        "S&ort by", "&Copy as table", "Select &all",
    ]  # fmt: skip
    menu.close()
    by_date = window.table.sort_menu.actions()[HEADINGS.index("Last trained")]
    by_date.trigger()
    assert names(window) == ["a", "C", "b"]
    by_date.trigger()
    assert names(window) == ["b", "C", "a"]
    press(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "\t".join(HEADINGS)
    assert lines[1].startswith("b\tmodern-quick, changed: 20 epochs\tfinished\t")
    assert lines[1].endswith("\t30.00 %\t100 MNIST test digits")


def test_a_preset_that_was_changed_is_told_in_the_cell_the_tooltip_and_the_copy(
    place: Path, a_run: Callable[..., Path], opened: Callable[[], RunsWindow]
) -> None:
    folder = a_run("a", 1, 4, "finished")
    settings = {"learning_rate": 0.02, "training_digits": 30_000, "data": "builtin"}
    recipe = PRESETS["original-quick"].with_changes(**settings)
    (folder / "recipe.json").write_text(recipe.to_json())
    made = {"event": "rate changed", "epoch": 2, "batch": 5, "rate": 0.001, "before": 0.02}
    log = (folder / "log.jsonl").read_text()
    (folder / "log.jsonl").write_text(f"{json.dumps(made)}\n{'x' * (1 << 17)}\n{log}")
    window = opened()
    assert window.table.rows()[0][1] == "original-quick, changed, also while it ran"
    assert window.table.rows()[0][-1] == "built-in"
    whole = (
        "original-quick, changed: 30,000 digits, rate 0.02; while it ran: rate 0.02 → 0.001 in "
        "epoch 2"
    )
    cell = window.table.item(0, 1)
    assert cell is not None
    assert " ".join(cell.toolTip().split()) == whole
    press(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    row = QGuiApplication.clipboard().text().splitlines()[1].split("\t")
    assert (row[1], row[-1]) == (whole, "100 built-in test digits")


def test_a_set_of_ones_own_is_called_by_its_name(
    place: Path, a_run: Callable[..., Path], opened: Callable[[], RunsWindow]
) -> None:
    folder = a_run("a", 1, 4, "finished")
    recipe = PRESETS["modern-quick"].with_changes(data="/mine/clothes")
    (folder / "recipe.json").write_text(recipe.to_json())
    log = folder / "log.jsonl"
    log.write_text('{"event": "started", "data": "Clothes training"}\n' + log.read_text())
    window = opened()
    cell = window.table.item(0, HEADINGS.index("Tested on"))
    assert cell is not None
    assert cell.text() == "Clothes"
    assert " ".join(cell.toolTip().split()) == "100 Clothes test pictures in /mine/clothes"


def test_what_is_asked_for_is_told_with_the_run(
    window: RunsWindow, qtbot: QtBot, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not window.resume.isEnabled()  # it is finished
    for key, name in ((Qt.Key.Key_End, "a"), (Qt.Key.Key_Home, "b"), (Qt.Key.Key_Down, "C")):
        press(window, key)
        assert window.table.selected is not None
        assert window.table.selected.name == name
    told = '"C" is incomplete: it can be resumed. Its network is that of epoch 12.'
    assert window.told.text() == told
    control = Qt.KeyboardModifier.ControlModifier
    for signal, key, held, button in (
        (window.use_wanted, Qt.Key.Key_Return, control, "use this network"),
        (window.show_wanted, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "open in run"),
        (window.resume_wanted, Qt.Key.Key_R, control, "resume"),
    ):
        with qtbot.waitSignal(signal) as told:
            press(window, key, held)
        wanted = window.table.selected if button == "use this network" else place / "C"
        assert told.args == [wanted]
        with qtbot.waitSignal(signal) as told:
            click(window, button)
        assert told.args == [wanted]
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    press(window, Qt.Key.Key_O, control)
    assert shown == [QUrl.fromLocalFile(str(place / "C"))]
    window.show_training(None, may_train=False)
    assert not window.resume.isEnabled()
    assert window.rename.isEnabled()
    assert "it can be resumed" in window.told.text()
    window.show_training(place / "C", may_train=False)  # its digits are being loaded
    assert window.table.rows()[1][2] == "in training"
    assert window.told.text() == ""
    assert not window.rename.isEnabled()
    assert not window.delete.isEnabled()
    press(window, Qt.Key.Key_Delete)
    press(window, Qt.Key.Key_F2)
    assert window.rename_row.isHidden()


def test_a_run_is_renamed_with_keys(window: RunsWindow, qtbot: QtBot, place: Path) -> None:
    press(window, Qt.Key.Key_F2)
    line = window.rename_row.name
    assert line.text() == "b"
    QTest.keyClicks(line, "C")  # in place of what was there
    with qtbot.waitSignal(window.rename_row.wanted):
        QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.told.text()))
    assert window.told.text() == "A run C already exists: type another name."
    assert window.isVisible()
    line.clear()
    QTest.keyClicks(line, "d & e")
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "d & e" in names(window))
    assert (place / "d & e").is_dir()
    assert window.told.text() == '"b" is now called "d & e".'
    assert window.rename_row.isHidden()
    assert window.table.selected is not None
    assert window.table.selected.name == "d & e"
    press(window, Qt.Key.Key_F2)
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert window.rename_row.isHidden()
    assert window.isVisible()
    QTest.keyClick(window.table, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_a_run_goes_to_the_trash_after_a_question_or_for_good_after_another(
    window: RunsWindow, qtbot: QtBot, place: Path
) -> None:
    question = Pressing("Keep")
    QTest.keyClick(window.table, Qt.Key.Key_Delete)
    assert question.asked == 'Move the run "b" to the trash, with its weights and plots?'
    assert names(window) == ["b", "C", "a"]
    Pressing("Move to the trash")
    click(window, "delete")
    qtbot.waitUntil(lambda: names(window) == ["C", "a"])
    assert (place.parent / "Trash" / "files" / "b").is_dir()
    assert window.table.selected is not None
    assert window.table.selected.name == "C"  # what stands in its place
    assert window.told.text() == '"b" is in the trash now.'

    (place.parent / "Trash").rename(place.parent / "away")
    (place.parent / "Trash").touch()
    for answer, left in (("Keep", ["C", "a"]), ("Delete", ["a"])):
        Pressing("Move to the trash")
        click(window, "delete")
        for_good = Pressing(answer)
        qtbot.waitUntil(lambda question=for_good: question.is_done)
        assert for_good.asked.startswith('The run "C" cannot be moved to the trash here. Delete it')
        qtbot.waitUntil(lambda left=left: names(window) == left)
    assert sorted(path.name for path in place.iterdir()) == ["a"]
    assert window.told.text() == '"C" is deleted.'


def test_a_training_elsewhere_holds_its_run_and_moves_nothing(
    window: RunsWindow, qtbot: QtBot, place: Path, runs: RunLibrary
) -> None:
    window.table.select(place / "C")
    press(window, Qt.Key.Key_F2)
    window.rename_row.name.setText("other")
    with locked(*Run.open(place / "C").files.written_whole), qtbot.waitSignal(runs.changed):
        runs.look_again()
        qtbot.waitUntil(lambda: not runs.is_settled)
    assert window.table.rows()[1][2] == "in training"
    assert not any(action.isEnabled() for action in (window.rename, window.delete, window.resume))
    assert window.use.isEnabled()
    assert window.rename_row.name.text() == "other"  # what is being typed stays
    assert window.told.text() == ""
    with qtbot.waitSignal(runs.changed):
        runs.look_again()
    assert window.rename.isEnabled()


def test_a_run_that_comes_further_leaves_the_rows_of_the_others(
    window: RunsWindow, qtbot: QtBot, place: Path, runs: RunLibrary
) -> None:
    cells = [window.table.item(row, 0) for row in range(3)]
    log = place / "C" / "log.jsonl"
    time = log.stat().st_mtime_ns
    log.write_text(log.read_text().replace('"epoch": 12', '"epoch": 13'))
    os.utime(log, ns=(time + 1, time + 1))
    with qtbot.waitSignal(runs.changed):
        runs.look_again()
    assert window.table.rows()[1][4] == "13 of 20"
    assert window.table.item(0, 0) is cells[0]
    assert window.table.item(2, 0) is cells[2]


def test_it_is_as_narrow_as_half_of_its_buttons(window: RunsWindow, qtbot: QtBot) -> None:
    places = [window.findChild(QToolButton, name) for name in ("use this network", "rename")]
    assert len({each.mapTo(window, QPoint()).y() for each in places}) == 1
    window.resize(window.minimumSizeHint())
    qtbot.waitUntil(lambda: len({each.mapTo(window, QPoint()).y() for each in places}) == 2)
    needed = [each.sizeHint().width() for each in window.findChildren(QToolButton)]
    assert window.width() < sum(needed)


def test_damaged_runs_say_what_is_wrong_and_no_run_says_what_to_do(
    opened: Callable[[], RunsWindow], a_run: Callable[..., Path], qtbot: QtBot, runs: RunLibrary
) -> None:
    window = opened()
    assert window.empty.isVisible()
    assert window.empty.sentence == NO_RUNS
    assert not window.table.isVisible()
    folder = a_run("bad", 1, 5, "finished")
    (folder / "recipe.json").write_text("{")
    (folder / "weights.safetensors").unlink()
    with qtbot.waitSignal(runs.changed):
        runs.look_again()
    assert window.table.rows()[0][:3] == ["bad", "–", "damaged"]
    assert window.told.text().startswith('"bad" is damaged: ')
    assert not window.use.isEnabled()
    assert window.delete.isEnabled()
