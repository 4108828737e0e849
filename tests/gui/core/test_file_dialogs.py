"""File dialogs that a user answers."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.gui.core.file_dialogs import FileDialogs
from tests.support.dialogs import Pressing, Watching

NameFile = Callable[[Callable[[], object], Path | None], None]
KINDS = {".png": "PNG picture", ".csv": "CSV figures"}


@pytest.fixture
def begins_in(qtbot: QtBot) -> Callable[[Callable[[], object]], Path]:
    """`begins_in(command)`: the folder in which the command's dialog begins; it is put away."""

    def begins(command: Callable[[], object]) -> Path:
        found: list[Path] = []

        def look(dialog: QFileDialog) -> None:
            found.append(Path(dialog.directory().absolutePath()))
            dialog.reject()

        Watching(QFileDialog, look)
        command()
        qtbot.waitUntil(lambda: bool(found))
        return found[0]

    return begins


def test_a_dialog_begins_where_the_last_one_ended(
    file_dialogs: FileDialogs, name_file: NameFile, begins_in: Callable[..., Path], tmp_path: Path
) -> None:
    first, second, third = (tmp_path / name for name in ("first", "second", "third"))
    for folder in (first, second, third):
        folder.mkdir()
    (second / "there.json").touch()

    name_file(lambda: file_dialogs.save("Save", "chart", KINDS), first / "a")
    assert begins_in(lambda: file_dialogs.open("Open", "Recipes (*.json)")) == first
    name_file(lambda: file_dialogs.open("Open", "Recipes (*.json)"), second / "there.json")
    assert begins_in(lambda: file_dialogs.save("Save", "x", {".json": "Recipes"})) == second
    name_file(lambda: file_dialogs.folder("Folder"), third)
    assert begins_in(lambda: file_dialogs.folder("Folder")) == third
    name_file(lambda: file_dialogs.open("Open", "Recipes (*.json)"), None)  # put away
    assert begins_in(lambda: file_dialogs.save("Save", "chart", KINDS)) == third


@pytest.mark.parametrize(
    ("named", "given"),
    [("chart", "chart.png"), ("chart.csv", "chart.csv"), ("a.b", "a.b.png"), ("C.PNG", "C.PNG")],
)
def test_a_name_without_one_of_the_endings_gets_that_of_the_usual_kind(
    file_dialogs: FileDialogs, name_file: NameFile, tmp_path: Path, named: str, given: str
) -> None:
    answers: list[Path | None] = []
    name_file(lambda: answers.append(file_dialogs.save("Save", "x", KINDS)), tmp_path / named)
    assert answers == [tmp_path / given]


@pytest.mark.parametrize(("button", "is_saved"), [("Save", True), ("Cancel", False)])
def test_the_ending_of_another_kind_of_file_is_not_doubled_unasked(
    file_dialogs: FileDialogs,
    name_file: NameFile,
    tmp_path: Path,
    button: str,
    is_saved: bool,
) -> None:
    question, given = Pressing(button), list[Path | None]()
    name_file(lambda: given.append(file_dialogs.save("Save", "x", KINDS)), tmp_path / "a.NPZ")
    assert question.asked == "This cannot be saved as .NPZ. Save it as a.NPZ.png?"
    assert given == [tmp_path / "a.NPZ.png" if is_saved else None]


@pytest.mark.parametrize(("named", "given"), [("chart.png", "chart.csv"), ("my.png", "my.png")])
def test_a_kind_that_is_chosen_changes_the_ending_that_was_proposed_not_one_that_was_typed(
    file_dialogs: FileDialogs,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    named: str,
    given: str,
) -> None:
    answer = str(tmp_path / named), "CSV figures (*.csv)"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: answer)
    assert file_dialogs.save("Save", "chart", KINDS) == tmp_path / given


@pytest.mark.parametrize(("button", "is_kept"), [("Keep", True), ("Replace", False)])
def test_a_file_is_not_replaced_unasked_where_its_suffix_was_left_out(
    file_dialogs: FileDialogs,
    bare_window: QWidget,
    name_file: NameFile,
    qtbot: QtBot,
    tmp_path: Path,
    button: str,
    is_kept: bool,
) -> None:
    (tmp_path / "old.png").write_bytes(b"old")
    question, given = Pressing(button), list[Path | None]()
    name_file(lambda: given.append(file_dialogs.save("Save", "x", KINDS)), tmp_path / "old")
    assert question.asked == "old.png already exists. Replace it?"
    assert given == [None if is_kept else tmp_path / "old.png"]
    qtbot.waitUntil(lambda: not bare_window.findChildren(QMessageBox))  # it does not stay


@pytest.mark.parametrize(("button", "is_made"), [("Create it", True), ("Cancel", False)])
def test_a_folder_that_is_not_there_is_not_made_unasked(
    file_dialogs: FileDialogs,
    name_file: NameFile,
    tmp_path: Path,
    button: str,
    is_made: bool,
) -> None:
    target = tmp_path / "mistyped" / "chart.png"
    given: list[Path | None] = []
    question = Pressing(button)
    name_file(lambda: given.append(file_dialogs.save("Save", "x", KINDS)), target)
    assert question.asked == f"There is no folder {target.parent}. Create it?"
    assert given == [target if is_made else None]


def test_a_dialog_does_not_begin_in_a_folder_that_was_of_no_use(
    file_dialogs: FileDialogs, name_file: NameFile, begins_in: Callable[..., Path], tmp_path: Path
) -> None:
    good, wrong = tmp_path / "good", tmp_path / "wrong"
    for folder in (good, wrong):
        folder.mkdir()
    name_file(lambda: file_dialogs.folder("Folder"), good)
    name_file(lambda: file_dialogs.folder("Folder"), wrong)
    file_dialogs.take_back(good)  # which is not where the last one ended
    file_dialogs.take_back(wrong)
    assert begins_in(lambda: file_dialogs.folder("Folder")) == good
    file_dialogs.take_back(good)  # once is enough
    (good / "a file").touch()
    name_file(lambda: file_dialogs.save("Save", "x", KINDS), good / "a file" / "chart.png")
    assert begins_in(lambda: file_dialogs.folder("Folder")) == good
    name_file(lambda: file_dialogs.folder("Folder"), wrong)
    wrong.rmdir()
    assert begins_in(lambda: file_dialogs.folder("Folder")) == tmp_path
