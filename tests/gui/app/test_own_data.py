"""A data set of one's own is chosen in the window, used everywhere, and remembered."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from lenet_gui.data.class_names import facts_of_classes
from lenet_gui.data.collections import Collection
from lenet_gui.data.collections.known import FASHION
from lenet_gui.explore.preprocessing import OF_FRAMED
from lenet_gui.explore.verdict import verdict_of
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.settings import ChosenData, Settings
from lenet_gui.gui.portraits import draw
from lenet_gui.gui.views.causes.view import CausesView
from lenet_gui.gui.views.compare.view import CompareView
from lenet_gui.gui.views.digits.view import DigitsView
from lenet_gui.gui.views.ink.view import InkView
from lenet_gui.gui.views.invariance.view import InvarianceView
from lenet_gui.gui.views.maps.view import MapsView
from lenet_gui.gui.views.unit.view import UnitView
from lenet_gui.gui.views.weights.view import WeightsView
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import OUTPUT, Unit
from lenet_gui.net.lenet5 import build
from lenet_gui.net.weights_file import save_weights
from lenet_gui.pictures.grid.confusion import confusion_cell
from lenet_gui.pictures.grid.panel import Cell
from tests.support.run_events import started

LONG = 30_000
NameFile = Callable[[Callable[[], object], Path], None]


@pytest.fixture
def fashion(tmp_path: Path) -> Path:
    """A file of thirty pictures, that says by its name what its classes are."""
    images = np.zeros((30, 28, 28), np.uint8)
    images[:, 6:22, 6:22] = np.random.default_rng(0).integers(0, 256, (30, 16, 16), np.uint8)
    np.savez(tmp_path / "fashion.npz", images=images, labels=np.arange(30) % 10)
    return tmp_path / "fashion.npz"


def drop(window: MainWindow, path: Path) -> bool:
    """Drags something over the window and lets it fall; returns whether it was wanted."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    place, copy = QPointF(window.rect().center()), Qt.DropAction.CopyAction
    rest = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(place.toPoint(), copy, mime, *rest)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(place, copy, mime, *rest))
    return enter.isAccepted()


def accept(window: MainWindow, qtbot: QtBot) -> Collection:
    """Takes the data set that the preview shows."""
    qtbot.waitUntil(lambda: window.data_chooser.dialog is not None, timeout=LONG)
    qtbot.waitUntil(lambda: window.data_chooser.is_settled, timeout=LONG)
    assert window.data_chooser.dialog is not None
    with qtbot.waitSignal(window.digits.taken, timeout=LONG) as taken:
        QTest.keyClick(window.data_chooser.dialog, Qt.Key.Key_Return)
    found: Collection = taken.args[0]
    return found


def test_a_file_is_chosen_used_and_remembered_and_mnist_comes_back(
    window: MainWindow, qtbot: QtBot, name_file: NameFile, fashion: Path
) -> None:
    name_file(window.actions_["data-file"].trigger, fashion)
    accept(window, qtbot)
    assert window.messages.text == f"fashion is now read from {fashion}."
    assert Settings().remembered.data == ChosenData(str(fashion), name="fashion", training=24)
    assert window.training.recipe is not None
    assert window.training.recipe.data == str(fashion)
    face = window.training.panes.recipe.face
    assert face.digits.text() == "24 pictures of fashion"
    with qtbot.waitSignal(window.digits.supplied, timeout=LONG) as supplied:
        window.actions_["random-digit"].trigger()
    assert supplied.args[1].startswith("Fashion test picture ")
    window.training.draft.choose_preset("modern-quick")
    assert window.training.recipe.data == str(fashion)
    window.actions_["mnist"].trigger()
    assert window.messages.text == "MNIST is used again, where it is found."
    assert Settings().remembered.data == ChosenData()
    assert window.training.recipe.data == "mnist"
    assert window.digits.choice is None


def test_a_data_set_named_at_the_start_is_named_where_the_training_panel_opens(
    window: MainWindow, qtbot: QtBot, fashion: Path
) -> None:
    window.data.use(ChosenData(str(fashion), name=""))
    assert window.digits.collection is None  # it is not read before it is wanted
    window.training.set_folded(folded=False)
    qtbot.waitUntil(lambda: window.digits.collection is not None, timeout=LONG)
    words = window.training.panes.recipe.face.digits.text()
    assert words == f"24 pictures of {window.digits.collection.name}"


def test_what_is_dropped_on_the_window_is_read(
    window: MainWindow, qtbot: QtBot, fashion: Path, tmp_path: Path
) -> None:
    assert drop(window, fashion)
    taken = accept(window, qtbot)
    assert taken.name == "fashion"
    (tmp_path / "empty").mkdir()
    with qtbot.waitSignal(window.digits.refused, timeout=LONG):
        assert drop(window, tmp_path / "empty")
    assert "contains no files" in window.messages.text
    assert window.digits.collection is taken
    assert not drop(window, tmp_path / "letter.txt")


def test_a_data_set_is_there_again_after_a_restart(qtbot: QtBot, fashion: Path) -> None:
    Settings().remember(data=ChosenData(str(fashion), name="fashion", training=24))
    window = MainWindow()
    qtbot.addWidget(window)
    assert window.training.draft.data == str(fashion)
    window.digits.ask()
    qtbot.waitUntil(lambda: window.digits.collection is not None, timeout=LONG)
    assert window.digits.collection.name == "fashion"
    window.close()


def test_what_is_chosen_in_the_training_panel_is_shown_before_it_is_used(
    window: MainWindow, qtbot: QtBot, name_file: NameFile, fashion: Path
) -> None:
    field = window.training.panes.recipe.face.data
    before = field.value
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        with qtbot.waitSignal(window.data_chooser.opened, timeout=LONG):
            name_file(field.ask_for_file, fashion)
        qtbot.waitUntil(lambda: window.data_chooser.is_settled, timeout=LONG)
        dialog = window.data_chooser.dialog
        assert dialog is not None
        QTest.keyClick(dialog, key)
        if key == Qt.Key.Key_Escape:
            assert field.value == before
            assert window.settings.remembered.data == ChosenData()
    qtbot.waitUntil(lambda: window.settings.remembered.data.name == "fashion", timeout=LONG)
    assert field.value == str(fashion)
    assert window.digits.collection is not None
    assert window.digits.collection.name == "fashion"
    window.close()


def test_the_view_of_the_digits_calls_classes_by_their_names(
    window: MainWindow, qtbot: QtBot, fashion: Path
) -> None:
    window.digits.look_at(fashion)
    accept(window, qtbot)
    window.view_stack.turn_to("digits")
    view = window.view_stack.view
    assert isinstance(view, DigitsView)
    qtbot.waitUntil(lambda: view.readings[0] is not None and view.is_settled, timeout=LONG)
    labels = [view.wishes.label.itemText(place) for place in (1, 10)]
    assert labels == ["Label T-shirt/top", "Label ankle boot"]
    assert view.wishes.answer.itemText(2) == "Read as trouser"
    assert view.panes.headings[0].text() == "6 pictures"
    assert view.texts is not None
    assert view.texts.sentence(0).startswith('Fashion test picture 0: "')
    assert view.matrix.text_of(confusion_cell(4, 6)).startswith("coat read as shirt")
    assert view.summary.text().endswith(
        "A was trained on other classes: its outputs count as these, in their order."
    )
    view.wishes.forget()
    wrong = [index for index in range(6) if view.texts.is_wrong(index)]
    assert {view.texts.caption(index) for index in set(range(6)) - set(wrong)} <= set(FASHION)
    assert all("→" in view.texts.caption(index) for index in wrong)
    assert all(len(view.texts.caption(index)) <= 2 * len("T-shirt…") + 1 for index in wrong)
    with qtbot.waitSignal(window.view_stack.supplied) as supplied:
        QTest.keyClick(view.gallery, Qt.Key.Key_Return)
    assert supplied.args[0].backdrop.label is None  # the network in use knows no clothes


def test_a_picture_of_the_set_is_read_on_the_canvas_as_it_is_in_the_set(
    window: MainWindow, qtbot: QtBot, fashion: Path
) -> None:
    window.digits.look_at(fashion)
    images = accept(window, qtbot).sets.test.images
    window.view_stack.turn_to("digits")
    view = window.view_stack.view
    assert isinstance(view, DigitsView)
    qtbot.waitUntil(lambda: view.readings[0] is not None and view.is_settled, timeout=LONG)
    view.wishes.forget()
    for place, index in enumerate(view.gallery.indices):
        with qtbot.waitSignal(window.live.read, timeout=LONG):
            QTest.mouseClick(
                view.gallery.viewport(),
                Qt.MouseButton.LeftButton,
                pos=view.gallery.place_of(place).center(),
            )
        steps, reading = window.live.steps, window.live.reading
        assert np.array_equal(np.rint(steps.centred * 255), images[index])
        np.testing.assert_allclose(reading.output, view.readings[0].outputs[index], rtol=1e-3)
    drawing = window.canvas.drawing
    window.view_stack.turn_to("ink")
    ink = window.view_stack.view
    assert isinstance(ink, InkView)
    assert [card.step for card in ink.cards] == list(OF_FRAMED)
    draw(window)  # over it; the rest of it stays where it is
    qtbot.waitUntil(lambda: window.live.drawing is window.canvas.drawing)
    assert len(window.canvas.drawing.strokes) == 1
    assert window.canvas.drawing.backdrop == drawing.backdrop
    changed = np.abs(window.live.steps.centred - steps.centred) > 1e-6
    assert 0 < changed.mean() < 0.5


def test_the_answer_of_a_network_trained_on_clothes_is_a_piece_of_clothing(
    window: MainWindow, qtbot: QtBot, name_file: NameFile, tmp_path: Path
) -> None:
    network = build(Variant.MODERN, torch.Generator().manual_seed(1))
    save_weights(network, tmp_path / "clothes.safetensors", facts_of_classes(FASHION))
    name_file(window.actions_["load-weights"].trigger, tmp_path / "clothes.safetensors")
    with qtbot.waitSignal(window.digits.supplied, timeout=LONG):
        window.actions_["random-digit"].trigger()
    qtbot.waitUntil(lambda: window.live.reading is not None, timeout=LONG)
    reading = window.live.reading
    assert reading is not None
    said = window.answer_view.accessibleName()
    if verdict_of(reading).abstains:
        assert FASHION[reading.answer] in window.answer_view.accessibleDescription()
    else:
        assert said == f"Answer: {FASHION[reading.answer]}, runner-up {FASHION[reading.runner_up]}"
    window.actions_["projector"].trigger()
    projector = window.projector.window
    assert projector is not None
    qtbot.waitUntil(lambda: projector.answer.reading is window.live.reading)
    assert projector.answer.accessibleName() == verdict_of(reading).headline
    projector.close()
    window.networks.use_shipped()
    qtbot.waitUntil(lambda: "Answer: " in window.answer_view.accessibleName(), timeout=LONG)
    assert not any(name in window.answer_view.accessibleName() for name in FASHION)


def test_a_network_that_is_trained_on_clothes_is_followed_with_their_names(
    window: MainWindow,
) -> None:
    network = build(Variant.MODERN, torch.Generator().manual_seed(1))
    window.networks.follow(network, replace(started(), class_names=FASHION))
    assert window.networks.shown is not None
    assert window.networks.shown.class_names == FASHION


def test_every_view_of_a_network_trained_on_clothes_calls_its_outputs_by_their_names(
    window: MainWindow, qtbot: QtBot, name_file: NameFile, tmp_path: Path
) -> None:
    network = build(Variant.MODERN, torch.Generator().manual_seed(1))
    with torch.no_grad():  # whatever is drawn, it is a sandal, then an ankle boot
        network.get_parameter("output.bias").copy_(torch.tensor([0.0] * 5 + [20] + [0] * 3 + [9]))
    save_weights(network, tmp_path / "clothes.safetensors", facts_of_classes(FASHION))
    name_file(window.actions_["load-weights"].trigger, tmp_path / "clothes.safetensors")
    with qtbot.waitSignal(window.digits.supplied, timeout=LONG):
        window.actions_["random-digit"].trigger()
    qtbot.waitUntil(lambda: window.live.reading is not None and window.live.is_settled)
    window.view_stack.turn_to("compare")
    compare = window.view_stack.view
    assert isinstance(compare, CompareView)
    qtbot.waitUntil(lambda: None not in compare.pair.readings, timeout=LONG)
    assert compare.head.sentence.startswith("A reads sandal, B ")
    assert compare.head.sentence.endswith(": their classes differ")
    assert compare.pair.apart is None  # probabilities of other classes
    compare.show_unit(Unit(OUTPUT, 9))
    assert compare.details.text().startswith("output 9: A (ankle boot) logit ")
    assert "runner-up ankle boot: " in compare.head.accessibleDescription()
    assert compare.provenance["classes A"].endswith(
        "5 sandal, 6 shirt, 7 sneaker, 8 bag, 9 ankle boot"
    )
    window.view_stack.turn_to("causes")
    causes = window.view_stack.view
    assert isinstance(causes, CausesView)
    words = {
        each: causes.findChild(QToolButton, f"causes_{each}").text()
        for each in ("answer", "rival", "lead")
    }
    assert words["answer"] == "Answer sandal"
    assert words["rival"] == "Runner-up ankle b…"
    tip = causes.findChild(QToolButton, "causes_rival").toolTip()
    assert tip.startswith("Runner-up ankle boot.")
    QTest.mouseClick(causes.findChild(QToolButton, "causes_lead"), Qt.MouseButton.LeftButton)
    assert causes.gradient.heading.text() == "Why sandal, not ankle boot"
    window.view_stack.turn_to("ink")
    ink = window.view_stack.view
    assert isinstance(ink, InkView)
    assert ink.headline.text() == "With every step: sandal"
    window.view_stack.turn_to("unit")
    unit = window.view_stack.view
    assert isinstance(unit, UnitView)
    unit.show_unit(Unit(OUTPUT, 5))
    assert unit.panel.title == "Output 5 (sandal), the logit"
    window.view_stack.turn_to("weights")
    weights = window.view_stack.view
    assert isinstance(weights, WeightsView)
    weights.show_unit(Unit(OUTPUT, 5))
    assert weights.panel.words[1].startswith("output 5 (sandal) from F6 unit 0")
    window.view_stack.turn_to("invariance")
    invariance = window.view_stack.view
    assert isinstance(invariance, InvarianceView)
    qtbot.waitUntil(lambda: invariance.answers[0].digit == "5", timeout=LONG)
    assert invariance.answers[0].text.startswith("sandal: probability >99.9 %")
    window.view_stack.turn_to("maps")
    maps = window.view_stack.view
    assert isinstance(maps, MapsView)
    assert maps.canvas.panel_of(Cell(OUTPUT, 0, 0, 5)).words.cell(Cell(OUTPUT, 0, 0, 5)) == (
        "output 5 (sandal), the logit"
    )
    window.close()
