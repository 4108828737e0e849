"""Text from outside, as names, facts and sentences, is shown as it is: not as HTML, not obeyed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.errors import UserError
from lenet_gui.gui.app.faults import FaultDialog
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.plain import plain_label, plain_text
from lenet_gui.gui.core.view_table import VIEWS
from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.net.weights_file import save_weights
from lenet_gui.paths import runs_folder
from lenet_gui.printable import printable
from lenet_gui.training.recipe import Recipe

EVIL = "<b>bold<b> <img src=x> a&b \x1b[31mred\n\u202eback"
"""HTML, an escape sequence, a line break, and a mark that turns the direction of writing."""
SHOWN = r"<b>bold<b> <img src=x> a&b \x1b[31mred\n\u202eback"


def texts(widget: QWidget) -> Iterator[tuple[str, str]]:
    """Every text that a widget and those in it show, with what shows it."""
    for each in (widget, *widget.findChildren(QWidget)):
        where = f"{type(each).__name__} {each.objectName()}"
        yield where, seen(each.toolTip())
        if isinstance(each, QLabel):
            assert each.textFormat() is Qt.TextFormat.PlainText or not is_rich(each.text()), where
            yield where, each.text()
        if isinstance(each, QComboBox):
            for place in range(each.count()):
                yield where, each.itemText(place)
                yield where, seen(each.itemData(place, Qt.ItemDataRole.ToolTipRole) or "")
        if isinstance(each, QMenu):
            for action in each.actions():
                yield where, action.text().replace("&&", "&")


def seen(tip: str) -> str:
    """A tooltip as Qt shows it."""
    return QtGui.QTextDocumentFragment.fromHtml(tip).toPlainText() if is_rich(tip) else tip


def is_rich(text: str) -> bool:
    return bool(QtGui.Qt.mightBeRichText(text))


def assert_plain(widget: QWidget) -> set[str]:
    """Nothing that would be obeyed is in any text; gives what shows a part of the evil one."""
    found = set()
    for where, text in texts(widget):
        for line in text.splitlines():
            assert line == printable(line), where
        if "bold" in text:
            assert "<b>bold<b>" in text, (where, text)
            found.add(where)
    return found


def turn_to(name: str, window: MainWindow, qtbot: QtBot) -> None:
    """Where a view reads digits, they are not waited for."""
    window.view_stack.turn_to(name)
    if name not in ("digits", "causes"):
        qtbot.waitUntil(lambda: window.view_stack.view.is_settled)


def test_a_tip_is_shown_letter_by_letter() -> None:
    for text in (EVIL, "<i>x</i>", "&lt;b>", "a < b > c", "<a href='x'>y</a>", "plain"):
        assert seen(plain_text(text, "second")) == f"{printable(text)}\nsecond"
    assert plain_text("a < b") == "a < b"


def test_a_label_takes_nothing_for_html(qtbot: QtBot) -> None:
    label, likewise = plain_label("<b>bold</b>"), QLabel("bold")
    for each in (label, likewise):
        qtbot.addWidget(each)
    assert label.sizeHint().width() > 1.5 * likewise.sizeHint().width()


@pytest.fixture
def run(qtbot: QtBot, window: MainWindow) -> Path:
    """A run of that name, stopped, with weights."""
    folder = runs_folder() / EVIL.replace("/", "-")
    folder.mkdir(parents=True)
    (folder / "log.jsonl").write_text(json.dumps({"event": "stopped"}) + "\n")
    (folder / "checkpoint.safetensors").touch()
    (folder / "recipe.json").write_text("{}")
    save_weights(build(Variant.MODERN), folder / "weights.safetensors", {})
    with qtbot.waitSignal(window.runs.changed):
        window.runs.look_again()
    return folder


def test_a_run_of_any_name(
    window: MainWindow, run: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The run that is resumed may still be loading when the window closes: nobody is there to ask.
    monkeypatch.setattr("lenet_gui.gui.app.window.close_anyway", lambda *_, **__: True)
    window.training.set_folded(folded=False)
    window.training.panes.run_box.menu.aboutToShow.emit()
    window.training.panes.run_box.show_folder(run)
    shown = set()
    for view in VIEWS:
        turn_to(view.name, window, qtbot)
        shown |= assert_plain(window)
    assert {"NamesBox run_choice", "NamesBox compare with"} <= shown
    assert any(where.startswith("QMenu") for where in shown)
    view = window.view_stack.view
    window.training.resume_run(run)
    assert SHOWN in window.messages.text or not window.messages.text
    assert view is window.view_stack.view


def test_weights_of_any_name_and_with_any_facts(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / EVIL.replace("/", "-")
    facts = {"test_accuracy": "nan", "name": EVIL, "recipe": EVIL, "data": EVIL, "changes": EVIL}
    save_weights(build(Variant.MODERN, torch.Generator().manual_seed(1)), file, facts)
    assert window.networks.load(file)
    assert window.networks.current.origin == SHOWN
    for view in VIEWS:
        turn_to(view.name, window, qtbot)
        shown = assert_plain(window)
        assert {"ElidedLabel network-in-use"} <= shown
    window.networks.adopt(window.networks.current.network, {"test_accuracy": "1e300"}, SHOWN)
    assert window.networks.current.test_accuracy is None
    assert_plain(window)


def test_files_that_cannot_be_used_are_told_by_their_name(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / EVIL.replace("/", "-")
    file.write_bytes(b"no file of any kind")
    window.networks.load(file)
    assert SHOWN in window.messages.text
    window.training.draft.load(file)
    assert SHOWN in window.messages.text
    window.networks.load(tmp_path / "gone")
    assert assert_plain(window) >= {"PlainLabel more-messages"}
    assert SHOWN in window.notifier.hidden[0]


def test_a_recipe_of_any_data(window: MainWindow) -> None:
    recipe = Recipe(data="/tmp/<b>bold<b> a&b", teachers="<b>bold<b>")  # noqa: S108
    window.training.draft.set_recipe(recipe)
    window.training.set_folded(folded=False)
    assert assert_plain(window)


def test_a_fault_is_told_as_it_is(window: MainWindow, qtbot: QtBot) -> None:
    dialog = FaultDialog(window, window.notifier)
    dialog.show_details("Traceback\nValueError: <b>bold<b> \x1b[31m")
    box = window.findChild(QMessageBox)
    assert box is not None
    assert is_rich(box.informativeText())  # and escaped
    assert r"&lt;b&gt;bold&lt;b&gt; \x1b[31m" in box.informativeText()
    box.close()


def test_what_is_noted_or_told_is_one_line(window: MainWindow) -> None:
    window.notifier.note(EVIL)
    assert window.messages.text == SHOWN
    window.notifier.fail("a cause", str(UserError(EVIL)))
    assert window.messages.text == SHOWN
    assert window.messages.accessibleName() == f"Error: {SHOWN}"
