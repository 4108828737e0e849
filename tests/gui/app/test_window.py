"""The window through its front door: the mouse draws, the keyboard commands, files come and go."""

import itertools
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QDockWidget,
    QLabel,
    QMessageBox,
    QScrollArea,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from lenet_gui.data.digits import DigitSets
from lenet_gui.explore.reader import read_digit
from lenet_gui.gui.app.export_dialog import ExportDialog, Layers
from lenet_gui.gui.app.faults import UnexpectedErrors
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.settings import ChosenData
from lenet_gui.gui.portraits import STROKE
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.net.weights_file import load_weights, save_weights
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.export import Part
from lenet_gui.pictures.grid.panel import Cell
from tests.support.dialogs import Watching, type_name


def places(window: MainWindow, shares: tuple[tuple[float, float], ...] = STROKE) -> list[QPoint]:
    area = window.canvas.area
    return [
        QPointF(area.x() + x * area.width(), area.y() + y * area.height()).toPoint()
        for x, y in shares
    ]


def draw(window: MainWindow, qtbot: QtBot, shares: tuple = STROKE) -> None:
    first, *rest = places(window, shares)
    with qtbot.waitSignal(window.live.read):
        QTest.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=first)
        for place in rest:
            QTest.mouseMove(window.canvas, place)
        QTest.mouseRelease(window.canvas, Qt.MouseButton.LeftButton, pos=(rest or [first])[-1])
    qtbot.waitUntil(lambda: window.live.is_settled)


def press(window: QWidget, keys: str) -> None:
    """The keys as a user presses them, where the focus is."""
    QTest.keySequence(QApplication.focusWidget() or window, keys)


def naming(path: Path) -> Callable[[QDialog], object]:
    return partial(type_name, path)


@pytest.fixture(autouse=True)
def dialogs_of_qt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt's own file dialogs, which a test can reach, on every desktop."""
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, True)


def in_dialog(window: MainWindow, command: str, *answers: Callable[[QDialog], object]) -> None:
    """Triggers a command and answers the dialogs that it opens, one after the other."""
    waiting = list(answers)

    def answer_next(dialog: QDialog) -> None:
        step = waiting.pop(0)
        if waiting:
            following.append(Watching(QDialog, answer_next))
        step(dialog)

    following = [Watching(QDialog, answer_next)]
    window.actions_[command].trigger()
    assert all(one.is_done for one in following)
    assert not waiting


def accept(dialog: QDialog) -> None:
    box = dialog.findChild(QDialogButtonBox)
    button = next(b for b in box.buttons() if box.buttonRole(b) == QDialogButtonBox.AcceptRole)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


# ------------------------------------------------------------------------------ drawing and seeing


def test_an_empty_canvas_predicts_nothing(window: MainWindow) -> None:
    assert window.live.reading is None
    texts = " ".join(label.text() for label in window.answer_view.findChildren(QLabel))
    assert not any(f"runner-up {digit}" in texts for digit in range(10))


def test_maps_and_answer_change_during_the_stroke(window: MainWindow, qtbot: QtBot) -> None:
    first, *rest = places(window)
    seen: list[np.ndarray] = []
    pictures = []
    QTest.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=first)
    for place in rest:
        with qtbot.waitSignal(window.live.read):
            QTest.mouseMove(window.canvas, place)
        assert window.live.reading is not None
        seen.append(window.live.reading.activations["S4"])
        pictures.append(window.maps.grab().toImage())
    QTest.mouseRelease(window.canvas, Qt.MouseButton.LeftButton, pos=rest[-1])
    assert all(not np.array_equal(a, b) for a, b in itertools.pairwise(seen))
    assert all(a != b for a, b in itertools.pairwise(pictures))
    assert window.live.reading.answer == 3


def test_the_reading_is_that_of_the_drawn_ink(window: MainWindow, qtbot: QtBot) -> None:
    draw(window, qtbot)
    assert window.live.steps is not None
    again = read_digit(window.networks.current.network, window.live.steps.centred)
    np.testing.assert_allclose(again.output, window.live.reading.output, rtol=1e-5)


@pytest.mark.parametrize("variant", Variant)
def test_the_drawn_three_is_read_by_both_networks(
    window: MainWindow, qtbot: QtBot, variant: Variant
) -> None:
    draw(window, qtbot)
    with qtbot.waitSignal(window.live.read):
        button = window.findChild(QToolButton, f"variant-{variant}")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        window.networks.switch(variant)
    assert window.live.reading.variant is variant
    assert window.live.reading.answer == 3


def test_undo_redo_and_clear_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    window.canvas.setFocus()
    draw(window, qtbot)
    with qtbot.waitSignal(window.live.read):
        press(window, "Ctrl+Z")
    assert window.live.reading is None
    with qtbot.waitSignal(window.live.read):
        press(window, "Ctrl+Shift+Z")
    assert window.live.reading.answer == 3
    with qtbot.waitSignal(window.live.read):
        press(window, "Del")
    assert window.live.reading is None
    assert window.canvas.drawing.is_empty


def test_what_is_rubbed_out_wholly_predicts_nothing(window: MainWindow, qtbot: QtBot) -> None:
    draw(window, qtbot, ((0.5, 0.4), (0.5, 0.5)))
    press(window, "E")
    assert window.canvas.erasing
    for _ in range(12):
        press(window, "]")
    draw(window, qtbot, ((0.5, 0.3), (0.5, 0.6)))
    assert window.live.reading is None
    press(window, "P")
    assert not window.canvas.erasing


def test_ink_painted_while_reads_wait_is_read_once(window: MainWindow, qtbot: QtBot) -> None:
    reads = []
    window.live.read.connect(lambda *read: reads.append(read))
    draw(window, qtbot)
    assert 1 <= len(reads) < len(STROKE)
    assert window.live.reading.answer == 3


# ------------------------------------------------------------------------------ networks


def test_switching_the_variant_by_keys_is_told_everywhere(window: MainWindow, qtbot: QtBot) -> None:
    facts = window.findChild(ElidedLabel, "network-facts")
    assert "Original, 60,000 parameters" in facts.text()
    press(window, "Ctrl+2")
    assert "Modern, 61,706 parameters" in facts.text()
    assert window.findChild(QToolButton, "variant-modern").isChecked()
    assert window.actions_["modern"].isChecked()
    press(window, "Ctrl+1")
    assert window.findChild(QToolButton, "variant-original").isChecked()


def test_weights_are_loaded_and_saved(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    draw(window, qtbot)
    fresh = build(Variant.ORIGINAL, torch.Generator().manual_seed(3))
    save_weights(fresh, tmp_path / "fresh.safetensors", {})
    with qtbot.waitSignal(window.live.read):
        in_dialog(window, "load-weights", naming(tmp_path / "fresh.safetensors"))
    steps = window.live.steps
    expected = read_digit(fresh, steps.centred)
    np.testing.assert_allclose(window.live.reading.output, expected.output, rtol=1e-5)
    in_dialog(window, "save-weights", naming(tmp_path / "kept"))
    kept = load_weights(tmp_path / "kept.safetensors", Variant.ORIGINAL)
    assert torch.equal(kept.network.C5.weight, fresh.C5.weight)
    with qtbot.waitSignal(window.live.read):
        window.actions_["shipped-weights"].trigger()
    assert window.live.reading.answer == 3


def test_the_paper_s_training_answers_at_a_key(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "Ctrl+2")
    draw(window, qtbot)
    with qtbot.waitSignal(window.live.read):
        press(window, "Ctrl+3")
    current = window.networks.current
    assert current.variant is Variant.ORIGINAL
    assert current.facts["name"] == "paper-1998"
    assert "paper-1998" in window.findChild(ElidedLabel, "network-in-use").text()
    assert window.live.reading.answer == 3
    press(window, "Ctrl+1")
    assert window.networks.current is current  # the Original in use, until another is chosen
    window.actions_["shipped-weights"].trigger()
    assert window.networks.current.facts["name"] != "paper-1998"


def test_a_bad_weights_file_leaves_network_and_drawing(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    draw(window, qtbot)
    before = window.networks.current
    (tmp_path / "bad.safetensors").write_bytes(b"\x00" * 64)
    in_dialog(window, "load-weights", naming(tmp_path / "bad.safetensors"))
    assert "not a whole safetensors file" in window.messages.text
    assert window.networks.current is before
    assert window.live.reading.answer == 3


# ------------------------------------------------------------------------------ pictures in


def test_a_random_digit_without_mnist_is_a_built_in_one_and_says_so(
    window: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.live.read, timeout=20_000):
        press(window, "Ctrl+R")
    assert "built-in" in window.statusBar().currentMessage()
    assert window.live.reading is not None


def test_a_random_mnist_digit_is_read_as_the_test_set_has_it(
    window: MainWindow, qtbot: QtBot, real_mnist: Path, real_sets: DigitSets
) -> None:
    window.data.use(ChosenData(str(real_mnist)))
    with qtbot.waitSignal(window.live.read, timeout=20_000):
        press(window, "Ctrl+R")
    words = window.statusBar().currentMessage()
    index = int(words.split("digit ")[1].split(",")[0])
    image = real_sets.test.images[index]
    difference = np.abs(window.live.steps.centred * 255 - image).mean()
    assert difference < 8  # of 255; nearly all digits come back exactly


def test_an_opened_picture_is_read(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    draw(window, qtbot)
    picture = QImage(64, 64, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    three = (window.live.steps.centred * 255).astype(np.uint8)
    for y in range(28):
        for x in range(28):
            grey = 255 - int(three[y, x])
            picture.setPixelColor(
                18 + x, 18 + y, Qt.GlobalColor.black if grey < 128 else Qt.GlobalColor.white
            )
    picture.save(str(tmp_path / "three.png"))
    press(window, "Del")
    qtbot.waitUntil(lambda: window.live.reading is None)
    in_dialog(window, "open-picture", naming(tmp_path / "three.png"))
    qtbot.waitUntil(lambda: window.live.reading is not None)
    assert window.live.reading.answer == 3


def test_an_unreadable_picture_leaves_the_drawing(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    draw(window, qtbot)
    drawing = window.canvas.drawing
    (tmp_path / "no.png").write_bytes(b"no picture")
    in_dialog(window, "open-picture", naming(tmp_path / "no.png"))
    qtbot.waitUntil(lambda: "no.png" in window.messages.text)
    assert window.canvas.drawing == drawing


# ------------------------------------------------------------------------------ pictures out


def test_export_of_all_layers_as_png_and_svg(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    draw(window, qtbot)
    for name in ("one.png", "two.png"):
        in_dialog(window, "export-picture", accept, naming(tmp_path / name))
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()
    picture = QImage(str(tmp_path / "one.png"))
    assert picture.width() > 3_000

    def as_svg(dialog: QDialog) -> None:
        assert isinstance(dialog, ExportDialog)
        dialog.format.setCurrentIndex(dialog.format.findData(".svg"))
        accept(dialog)

    in_dialog(window, "export-picture", as_svg, naming(tmp_path / "three.svg"))
    svg = ET.parse(tmp_path / "three.svg").getroot()  # noqa: S314 - made just now
    assert "C3" in "".join(svg.itertext())
    assert "three.svg" in window.messages.text
    qtbot.waitUntil(lambda: not window.findChildren(ExportDialog))  # none of them stays


def test_export_of_one_map(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    draw(window, qtbot)

    def one_map(dialog: QDialog) -> None:
        assert isinstance(dialog, ExportDialog)
        dialog.layer.setCurrentIndex(dialog.layer.findData("C3"))
        assert dialog.map.isEnabled()
        dialog.map.setCurrentIndex(dialog.map.findData(7))
        dialog.scale.setValue(2)
        accept(dialog)

    in_dialog(window, "export-picture", one_map, naming(tmp_path / "map"))
    assert not QImage(str(tmp_path / "map.png")).isNull()


def test_export_of_the_activations(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    draw(window, qtbot)
    in_dialog(window, "export-arrays", naming(tmp_path / "all.npz"))
    with np.load(tmp_path / "all.npz") as arrays:
        for layer, maps in window.live.reading.activations.items():
            np.testing.assert_array_equal(arrays[layer], maps)
        told = json.loads(str(arrays["metadata"]))
    assert told["variant"] == "original"


def test_copying_puts_the_picture_on_the_clipboard(window: MainWindow, qtbot: QtBot) -> None:
    draw(window, qtbot)
    press(window, "Ctrl+C")
    layers = QGuiApplication.clipboard().image()
    assert layers.width() > 3_000
    size = f"{layers.width():,} × {layers.height():,} pixels"
    assert window.messages.text == f"Copied all layers, {size}."
    window.view_stack.turn_to("unit")
    press(window, "Ctrl+C")
    image = QGuiApplication.clipboard().image()
    page = window.view_stack.view.exported().sheet(Theme.LIGHT)
    assert image.size().toTuple() == (4 * page.width, 4 * page.height)
    size = f"{image.width():,} × {image.height():,} pixels"
    assert window.messages.text == f"Copied the view Unit, {size}."


def test_an_export_that_cannot_be_written_is_told(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw(window, qtbot)
    (tmp_path / "file").write_text("")
    below = tmp_path / "file" / "below.npz"  # the dialog refuses it
    monkeypatch.setattr(FileDialogs, "save", lambda *_: below)
    window.actions_["export-arrays"].trigger()
    assert "could not be written" in window.messages.text


@pytest.mark.parametrize("command", ["export-picture", "export-arrays", "copy-picture"])
def test_nothing_to_export(window: MainWindow, command: str) -> None:
    window.actions_[command].trigger()
    assert "draw a digit first" in window.messages.text


def test_the_export_dialog_tells_the_size_from_the_start(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    draw(window, qtbot)
    told: list[str] = []

    def look(dialog: QDialog) -> None:
        told.append(dialog.findChild(QLabel, "export-size").text())
        accept(dialog)

    in_dialog(window, "export-picture", look, naming(tmp_path / "all.png"))
    picture = QImage(str(tmp_path / "all.png"))
    assert told == [f"{picture.width():,} × {picture.height():,} pixels"]


def test_every_part_can_be_had_at_four_times_the_screen_and_more(
    window: MainWindow, qtbot: QtBot
) -> None:
    draw(window, qtbot)
    layers = Layers(window.live.reading, window.live.steps.centred, window.exporter.style, {})
    for part in (None, "Input", "C1", "C5", "F6"):
        dialog = ExportDialog(None, layers, Part(part), Theme.LIGHT, window)
        assert dialog.scale.value() == 4, part
        assert dialog.scale.maximum() >= 8, part
        dialog.deleteLater()


VIEWS_READY = ("unit", "causes", "compare")
LONG = 30_000
"""Milliseconds: for a view that reads a set of digits."""


@pytest.mark.parametrize("name", VIEWS_READY)
def test_the_view_in_front_is_exported_as_picture_and_as_numbers(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    draw(window, qtbot)
    window.view_stack.turn_to(name)
    qtbot.waitUntil(lambda: window.view_stack.view.is_settled, timeout=LONG)

    def as_kind(suffix: str) -> Callable[[QDialog], None]:
        def choose(dialog: QDialog) -> None:
            assert isinstance(dialog, ExportDialog)
            assert dialog.layer.currentText().startswith("The view")
            dialog.format.setCurrentIndex(dialog.format.findData(suffix))
            assert dialog.format.currentData() == suffix
            accept(dialog)

        return choose

    for suffix in (".png", ".svg", *window.view_stack.view.exported().suffixes[2:]):
        target = tmp_path / f"{name}{suffix}"
        in_dialog(window, "export-picture", as_kind(suffix), naming(target))
        assert target.stat().st_size > 100
        assert target.name in window.messages.text
    typed = tmp_path / f"typed{suffix}"
    in_dialog(window, "export-picture", as_kind(".png"), naming(typed))  # the ending decides
    assert typed.read_bytes() == target.read_bytes()


# ------------------------------------------------------------------------------ manners


def test_a_click_on_a_map_enlarges_it(
    window: MainWindow, qtbot: QtBot, middle_of: Callable[..., QPointF]
) -> None:
    draw(window, qtbot)
    canvas = window.maps.canvas
    place = middle_of(canvas.layout_of, "C3", 5, 4, 4).toPoint()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    assert window.cell_commands.enlarged is not None
    assert window.cell_commands.enlarged.shown == ("C3", 5)


def test_in_a_small_window_panels_scroll_and_do_not_overlap(
    window: MainWindow, qtbot: QtBot
) -> None:
    QTest.keyClick(window, Qt.Key.Key_F8)

    def shrunk() -> bool:
        window.resize(800, 500)  # refused before the panel has taken its new size
        return (window.width(), window.height()) == (800, 500)

    qtbot.waitUntil(shrunk)
    docks = [dock.geometry() for dock in window.findChildren(QDockWidget)]
    assert len(docks) == 3
    assert not any(a.intersects(b) for a, b in itertools.combinations(docks, 2))
    assert all(window.rect().contains(dock) for dock in docks)
    strip = window.canvas_panel.strip
    area = window.findChild(QDockWidget, "dock-draw").widget()
    area.ensureWidgetVisible(strip)
    middle = strip.mapTo(area.viewport(), strip.rect().center())
    assert area.viewport().rect().contains(middle)


def test_the_opened_training_panel_leaves_every_layer_in_view(
    window: MainWindow, qtbot: QtBot
) -> None:
    view, panel = window.maps, window.training
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert not panel.is_folded
    needed = view.canvas.minimumSizeHint().height()
    scroller = view.findChild(QScrollArea)
    qtbot.waitUntil(lambda: scroller.viewport().height() >= needed)
    choices = panel.panes.recipe.findChild(QScrollArea)
    assert choices.widget() is panel.panes.recipe.face
    qtbot.waitUntil(lambda: choices.verticalScrollBar().maximum() == 0)
    window.resize(1600, 1000)
    qtbot.waitUntil(lambda: panel.panes.is_wide)
    qtbot.waitUntil(lambda: choices.verticalScrollBar().maximum() == 0)


def test_a_window_made_smaller_and_larger_gives_the_training_panel_its_share_anew(
    window: MainWindow, qtbot: QtBot
) -> None:
    dock = window.findChild(QDockWidget, "dock-train")

    def has_its_share() -> bool:
        wanted = max(dock.minimumSizeHint().height(), 226, round(0.32 * window.height()))
        return abs(dock.height() - wanted) <= 1

    window.training.set_folded(folded=False)
    qtbot.waitUntil(has_its_share)
    for size in ((1600, 1000), (1024, 700), (900, 560), (1024, 700)):
        window.resize(*size)
        if size[1] >= 700:
            qtbot.waitUntil(has_its_share)


def test_a_clicked_map_is_enlarged_and_follows(window: MainWindow, qtbot: QtBot) -> None:
    draw(window, qtbot)
    window.maps.canvas.activated.emit(Cell("C3", 4, 0, 0))
    assert window.cell_commands.enlarged is not None
    assert window.cell_commands.enlarged.isVisible()
    before = window.cell_commands.enlarged.grab().toImage()
    draw(window, qtbot, ((0.2, 0.5), (0.8, 0.5)))
    assert window.cell_commands.enlarged.grab().toImage() != before


def test_layout_and_settings_are_remembered(qtbot: QtBot) -> None:
    first = MainWindow()
    qtbot.addWidget(first)
    first.networks.switch(Variant.MODERN)
    first.show()
    first.resize(780, 640)
    first.actions_["scale-global"].trigger()
    first.actions_["view-ink"].trigger()
    first.canvas_panel.set_pen_width(0.12)
    first.findChild(QDockWidget, "dock-answer").hide()
    assert first.close()
    second = MainWindow()
    qtbot.addWidget(second)
    assert second.settings.remembered.variant is Variant.MODERN
    second.show()
    assert (second.width(), second.height()) == (780, 640)
    assert second.maps.scale == "global"
    assert second.view_stack.name == "ink"
    assert second.actions_["view-ink"].isChecked()
    assert second.canvas_panel.pen_width == pytest.approx(0.12)
    assert not second.findChild(QDockWidget, "dock-answer").isVisible()
    second.actions_["reset-layout"].trigger()
    assert second.findChild(QDockWidget, "dock-answer").isVisible()
    second.close()


def test_a_closed_window_is_gone_before_anything_is_waited_for(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = {}
    window = MainWindow()
    with qtbot.waitExposed(window):
        window.show()
    window.versus.show()
    page = window.versus.page
    for room in (window.torch, window.training, window.view_stack, window.digits):
        close_down = room.close_down

        def closing(room: object = room, close_down: Callable[[], object] = close_down) -> None:
            seen[type(room).__name__] = window.isVisible() or page.isVisible()
            close_down()

        monkeypatch.setattr(room, "close_down", closing)
    window.close()
    assert seen == dict.fromkeys(
        ("TorchLoader", "TrainingPanel", "ViewStack", "DigitLibrary"), False
    )


def test_every_command_has_words_and_its_keys_are_its_own(window: MainWindow) -> None:
    seen: dict[str, str] = {}
    for menu in window.actions_.menus.values():
        for action in menu.actions():
            if action.isSeparator():
                continue
            assert action.text()
            for key in action.shortcuts():
                assert key.toString() not in seen, (action.text(), seen[key.toString()])
                seen[key.toString()] = action.text()


def test_about_names_the_paper(window: MainWindow) -> None:
    window.actions_["about"].trigger()
    box = window.findChild(QMessageBox)
    assert "Gradient-Based Learning Applied to Document Recognition" in box.text()
    box.close()


def test_everything_can_be_reached_by_tab(window: MainWindow, qtbot: QtBot) -> None:
    for of_the_maps in (window.maps.empty.link, window.maps.canvas):  # empty, and with a drawing
        window.canvas.setFocus()
        seen = []
        for _ in range(80):
            focused = QApplication.focusWidget()
            if focused in seen:
                break
            seen.append(focused)
            QTest.keyClick(focused, Qt.Key.Key_Tab)
        assert of_the_maps in seen
        assert any(isinstance(widget, QToolButton) for widget in seen)
        nameless = [
            w for w in seen if not (w.accessibleName() or getattr(w, "text", str)() or w.toolTip())
        ]
        assert nameless == []
        draw(window, qtbot)


@pytest.mark.qt_no_exception_capture
def test_an_unexpected_exception_becomes_a_dialog_and_the_program_goes_on(
    window: MainWindow, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    errors = UnexpectedErrors(window.faults)
    try:
        broken = QTimer(window)
        broken.setSingleShot(True)
        broken.timeout.connect(_fails)
        broken.start(0)
        qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None)
        box = window.findChild(QMessageBox)
        assert "ZeroDivisionError" in box.detailedText()
        copy = next(button for button in box.buttons() if button.text() == "Copy details")
        QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
        assert "ZeroDivisionError" in QGuiApplication.clipboard().text()
        assert box.isVisible()
        box.close()
    finally:
        errors.restore()
    draw(window, qtbot)
    assert window.live.reading.answer == 3


def _fails() -> None:
    raise ZeroDivisionError
