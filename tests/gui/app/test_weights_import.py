"""Weights of other programs in the window: loaded, dropped, read as the user says, remembered."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.errors import UserError
from lenet_gui.explore import open_weights
from lenet_gui.explore.form_finding import measuring
from lenet_gui.gui.app.start import use_weights
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.library.networks import Networks
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.gui.widgets.network_choice import NetworkChoice
from lenet_gui.guide.places import OTHER_PROGRAMS
from lenet_gui.net.architecture import Variant
from lenet_gui.net.modern_form import InputScale, ModernForm, Squashing
from lenet_gui.net.weights_file import load_weights
from tests.support.other_programs import normalised, onnx_file, others, plain_state, torch_file

FORM = ModernForm(inputs=InputScale.NORMALISED)
READ = "read as tanh with average pooling, inputs normalised: "


@pytest.fixture(autouse=True)
def _few_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (measuring, open_weights):
        monkeypatch.setattr(module, "DIGITS", 60)
    monkeypatch.setattr(measuring, "ROUNDS", ((30, 0.3),))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A network with normalised inputs, as PyTorch saves it."""
    path = tmp_path / "lenet.pth"
    path.write_bytes(torch_file(normalised(plain_state())))
    return path


def current_form(window: MainWindow) -> ModernForm | None:
    return None if window.networks.current is None else window.networks.current.form


def shown(window: MainWindow) -> str:
    message = window.notifier.shown
    return "" if message is None else message.sentence


def drop(widget: QWidget, path: Path) -> bool:
    """Drags a file over a widget and lets it go, as the desktop would."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    held = Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    here = widget.rect().center()
    enter = QDragEnterEvent(here, *held)
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(here), *held))
    return enter.isAccepted()


def test_a_network_of_another_program(
    window: MainWindow,
    drawn: Callable[[], None],
    file: Path,
    tmp_path: Path,
    name_file: Callable[[Callable[[], object], Path], None],
    qtbot: QtBot,
) -> None:
    drawn()
    drawing = window.canvas.drawing
    read_as = window.findChild(QToolButton, "read-as")
    assert read_as.isHidden()
    entry = window.actions_["read-as"]
    assert not entry.isEnabled()
    assert "weights of another program are read" in entry.statusTip()
    # Loaded from the menu; its form is measured in the background.
    with qtbot.waitSignal(window.networks.loaded, timeout=20_000):
        name_file(window.actions_["load-weights"].trigger, file)
    assert current_form(window) == FORM
    assert shown(window).startswith(
        f"Now using the weights of lenet.pth, in the Modern network, {READ}"
    )
    assert window.canvas.drawing is drawing
    qtbot.waitUntil(lambda: window.live.reading is not None)
    about = window.findChild(ElidedLabel, "network-in-use")
    assert "of 60 built-in test digits" in about.text()
    # The choice of form, each with how well it reads.
    assert not read_as.isHidden()
    QTest.mouseClick(read_as, Qt.MouseButton.LeftButton)
    dialog = window.weights.form_dialog
    assert dialog is not None
    dialog.close()
    entry.trigger()
    assert dialog.isVisible()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    guide = window.guide_opener.guide
    assert guide is not None
    assert guide.place == OTHER_PROGRAMS
    guide.close()
    assert dialog.told.startswith(f"lenet.pth is {READ}")
    inputs = dialog.findChild(QComboBox, "form-inputs")
    assert inputs.currentText().startswith("inputs normalised: ")
    assert inputs.currentText().endswith(" %")
    squashing = dialog.findChild(QComboBox, "form-squashing")
    QTest.keyClick(squashing, Qt.Key.Key_Down)  # ReLU
    assert current_form(window) == ModernForm(Squashing.RELU, inputs=InputScale.NORMALISED)
    assert ", as chosen" in dialog.told
    assert window.networks.current.form.squashing is Squashing.RELU
    # The choice is remembered, and kept in this program's own file.
    window.networks.use_shipped()
    assert not dialog.isVisible()
    assert not entry.isEnabled()
    assert window.networks.load(file)
    assert current_form(window) == ModernForm(Squashing.RELU, inputs=InputScale.NORMALISED)
    own = tmp_path / "own.safetensors"
    assert window.networks.save(own)
    assert load_weights(own).network.form.squashing is Squashing.RELU
    QTest.mouseClick(read_as, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.findChild(QPushButton, "form-best"), Qt.MouseButton.LeftButton)
    assert current_form(window) == FORM


def test_a_file_that_cannot_be_used_changes_nothing(
    window: MainWindow, tmp_path: Path, drawn: Callable[[], None], qtbot: QtBot
) -> None:
    drawn()
    before, reading = window.networks.current, window.live.reading
    for name in ("page.pth", "model.keras", "plain.pkl"):
        path = tmp_path / name
        path.write_bytes(others()[name])
        assert drop(window.canvas, path)
        assert str(path) in shown(window)
        assert window.networks.current is before
        assert window.live.reading is reading
    assert window.networks.files == ()


def test_dropped_anywhere_and_known_again(
    window: MainWindow, file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    for widget in (window.canvas, window.answer_view):
        with qtbot.waitSignal(window.networks.loaded, timeout=20_000):
            assert drop(widget, file)
        assert current_form(window) == FORM
        window.networks.switch(Variant.ORIGINAL)
    text = tmp_path / "words.txt"
    text.write_text("no weights")
    assert not drop(window.answer_view, text)


def test_it_is_measured_once(
    window: MainWindow, file: Path, notifier: Notifier, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.networks.loaded, timeout=20_000):
        window.weights.use(file)
    after_a_restart = Networks(notifier)
    assert after_a_restart.load(file)  # at once
    current = after_a_restart.current
    assert current is not None
    assert current.form == FORM
    assert current.test_error == window.networks.current.test_error
    after_a_restart.forms.close_down()


def test_a_network_that_no_form_reads_with(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "untrained.pth"
    state = {name: torch.zeros_like(one) for name, one in plain_state().items()}
    file.write_bytes(torch_file(state))
    with qtbot.waitSignal(window.networks.loaded, timeout=20_000):
        window.weights.use(file)
    assert "none of which reads the digits" in shown(window)
    assert current_form(window) == ModernForm()
    window.weights.show_form()
    squashing = window.weights.form_dialog.findChild(QComboBox, "form-squashing")
    QTest.keyClick(squashing, Qt.Key.Key_Down)
    assert current_form(window) == ModernForm(Squashing.RELU)
    assert "none of which" not in shown(window)


def test_what_is_asked_for_meanwhile_is_used(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.networks.prepared, timeout=20_000):
        window.weights.use(file)
        window.networks.use_paper()
    assert window.networks.current.origin == "shipped weights, paper-1998"


def test_given_on_the_command_line(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.networks.loaded, timeout=20_000):
        use_weights(window, file, None)
    assert current_form(window) == FORM
    assert READ in shown(window)
    page = file.with_name("page.pth")
    page.write_bytes(others()["page.pth"])
    with pytest.raises(UserError, match="is a web page"):
        use_weights(window, page, None)


def test_cancelled(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    before = window.networks.current
    window.weights.use(file)
    assert window.networks.forms.is_busy
    assert window.weights.progress.is_wanted
    forms, loaded = window.networks.forms, window.networks.loaded
    with qtbot.waitSignal(forms.ended), qtbot.assertNotEmitted(loaded, wait=50):
        window.weights.progress.findChild(QPushButton).click()
    assert window.networks.current is before
    assert not window.weights.progress.is_wanted


def test_in_a_list_of_networks(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    window.view_stack.turn_to("compare")
    choice = window.view_stack.view.findChild(NetworkChoice)
    with qtbot.waitSignal(choice.network_changed, timeout=20_000):
        assert not choice.load(file)
    assert choice.currentText() == "lenet.pth"
    assert choice.network.form == FORM
    assert window.networks.current.variant is Variant.ORIGINAL


def test_onnx_says_its_form_itself(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    pytest.importorskip("onnx", reason="the extra onnx is not installed")
    file = tmp_path / "lenet.onnx"
    file.write_bytes(onnx_file(plain_state()))
    with qtbot.waitSignal(window.networks.loaded, timeout=20_000):
        window.weights.use(file)
    assert current_form(window) == ModernForm()
    window.weights.show_form()
    dialog = window.weights.form_dialog
    assert dialog is not None
    enabled = {
        name: dialog.findChild(QComboBox, f"form-{name}").isEnabled()
        for name in ("squashing", "pooling", "inputs", "border")
    }
    assert enabled == {"squashing": False, "pooling": False, "inputs": True, "border": False}
