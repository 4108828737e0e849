"""File, Export model: the network that is shown, in a format that is chosen and explained."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.cli import main
from lenet_gui.gui.app.export_dialog import ExportDialog
from lenet_gui.gui.app.model_dialog import ModelDialog
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.library.networks import Networks
from lenet_gui.guide.places import Place
from lenet_gui.model_files.formats import HUGGING_FACE, ONNX, STATE_DICT, ModelFormat
from lenet_gui.net.architecture import Variant
from lenet_gui.net.network_kind import NetworkKind
from tests.support.dialogs import Watching

onnx = pytest.importorskip("onnx", reason="the extra onnx is not installed")

NameFile = Callable[[Callable[[], object], Path | None], None]


def choose(form: ModelFormat, dialog: QWidget) -> None:
    assert isinstance(dialog, ModelDialog)
    dialog.formats.setCurrentText(form.title)
    assert dialog.explanation.text() == form.read_by
    QTest.keyClick(dialog, Qt.Key.Key_Return)


def test_the_network_shown_is_saved_for_other_programs(
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    name_file: NameFile,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    action = window.actions_["export-model"]
    with monkeypatch.context() as patch:
        patch.setattr(Networks, "shown", None)  # as before torch is loaded
        action.trigger()
    assert window.messages.text.startswith("The network is not loaded yet")

    def export(form: ModelFormat, path: Path) -> str:
        dialog = Watching(ModelDialog, partial(choose, form))
        name_file(action.trigger, path)
        assert dialog.is_done
        qtbot.waitUntil(lambda: not window.weights.models.is_busy, timeout=60_000)
        return window.messages.text

    original = tmp_path / "original.onnx"
    assert export(ONNX, tmp_path / "original") == f"Saved {original}."
    told = {one.key: one.value for one in onnx.load(original).metadata_props}
    assert told["name"] == "Original"
    window.actions_["modern"].trigger()
    state = tmp_path / "net.pth"
    assert export(STATE_DICT, state) == f"Saved {state} and lenet5.py, which loads it."
    weight = window.networks.current.network.C1.weight
    assert torch.equal(torch.load(state, weights_only=True)["conv1.weight"], weight)
    folder = tmp_path / "folder"
    assert export(HUGGING_FACE, folder) == f"Saved {folder}."
    assert main(["save-model", "modern", "--to", str(tmp_path / "same")]) == 0
    for file in folder.iterdir():  # the command writes the same
        assert file.read_bytes() == (tmp_path / "same" / file.name).read_bytes(), file.name

    with monkeypatch.context() as patch:
        patch.setattr(FileDialogs, "save", lambda *_: state / "net.pth")  # where nothing can be
        dialog = Watching(ModelDialog, partial(choose, STATE_DICT))
        action.trigger()
        qtbot.waitUntil(lambda: not window.weights.models.is_busy, timeout=60_000)
    assert dialog.is_done
    assert window.messages.text == (
        f"{state / 'net.pth'} cannot be written (File exists): choose another place."
    )
    qtbot.waitUntil(lambda: not window.findChildren(ModelDialog))  # none of them stays


def ask_guide(
    window: MainWindow, qtbot: QtBot, places: list[Place | None], dialog: QWidget
) -> None:
    """F1 in a modal dialog; the guide can be used, and stays when the dialog is closed."""
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    guide = window.guide_opener.guide
    assert guide is not None
    assert guide.parentWidget() is dialog  # else the dialog would keep the mouse and keys from it
    places.append(guide.place)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_f1_in_modal_dialogs_opens_the_guide_where_it_explains_them(
    window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: window.networks.shown is not None, timeout=60_000)
    with qtbot.waitSignal(window.digits.supplied, timeout=60_000):
        window.actions_["random-digit"].trigger()
    qtbot.waitUntil(lambda: window.live.reading is not None)
    places: list[Place | None] = []
    for kind, name in ((ModelDialog, "export-model"), (ExportDialog, "export-picture")):
        dialog = Watching(kind, partial(ask_guide, window, qtbot, places))
        window.actions_[name].trigger()
        assert dialog.is_done
        guide = window.guide_opener.guide
        assert guide is not None
        assert guide.isVisible()
        assert guide.parentWidget() is window
    assert places == [Place("exports", "networks-for-other-programs"), Place("exports")]
    window.guide_opener.close_down()


def test_a_format_that_cannot_be_written_here_says_why(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "onnx", None)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ModelDialog("Modern", NetworkKind(Variant.MODERN), ONNX, parent)
    save, _ = dialog.findChild(QDialogButtonBox).buttons()
    assert dialog.explanation.text().startswith("ONNX files need the optional package onnx")
    assert not save.isEnabled()
    dialog.formats.setCurrentIndex(1)
    assert save.isEnabled()
