"""Whatever is empty says in one sentence what it will show, and what to do for that."""

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.view_table import VIEWS
from lenet_gui.gui.portraits import draw
from lenet_gui.gui.training.page import Page
from lenet_gui.gui.views.digits.view import DigitsView
from lenet_gui.gui.widgets.empty_state import SAMPLE, EmptyState
from lenet_gui.training.presets import preset
from lenet_gui.training.recipe import BUILTIN

LONG = 30_000
OF_THE_DRAWING = [e.name for e in VIEWS if e.name not in ("weights", "digits", "run")]


@pytest.fixture(autouse=True)
def few_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Written in no time, where the views ask for digits."""
    monkeypatch.setattr("lenet_gui.gui.library.digits.STAND_INS", 40)


def said(widget: QWidget) -> list[EmptyState]:
    """What is to be seen in a widget in place of pictures; one may lie over others."""
    all_of_them = widget.findChildren(EmptyState)
    return [each for each in all_of_them if not each.visibleRegion().isEmpty()]


def with_sample(widget: QWidget) -> list[EmptyState]:
    return [each for each in said(widget) if each.link.isVisible() and each.link.text() == SAMPLE]


def assert_one_sentence(each: EmptyState) -> None:
    assert re.fullmatch(r"[A-Z][^.]*\.", each.sentence.replace("FILE.json", "")), each.sentence
    assert each.accessibleName() == each.sentence


def in_front(window: MainWindow, name: str) -> QWidget:
    window.view_stack.turn_to(name)
    return window.view_stack.view


def test_every_view_says_what_it_will_show(window: MainWindow, qtbot: QtBot) -> None:
    """Until there is a drawing."""
    for entry in VIEWS:
        view = in_front(window, entry.name)
        assert said(view) or entry.name == "weights"  # which is never empty
        for each in said(view):
            assert_one_sentence(each)
        assert len(with_sample(view)) == (entry.name in OF_THE_DRAWING), entry.name
    (answer,) = said(window.answer_view)
    assert_one_sentence(answer)

    view = in_front(window, "maps")
    (maps,) = said(view)
    assert maps.geometry() == maps.parentWidget().rect()  # in place of the empty picture
    QTest.mouseClick(maps.link, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.live.reading is not None, timeout=LONG)
    assert not said(window.answer_view)
    for name in OF_THE_DRAWING:
        assert not with_sample(in_front(window, name)), name

    window.canvas.clear()
    qtbot.waitUntil(lambda: window.live.reading is None)
    for name in OF_THE_DRAWING:
        assert with_sample(in_front(window, name)), name
    qtbot.waitUntil(lambda: window.view_stack.view.is_settled, timeout=LONG)


def test_the_keys_go_to_the_link_and_then_to_what_it_has_brought(
    window: MainWindow, qtbot: QtBot
) -> None:
    for name in ("maps", "unit", "compare"):
        view = in_front(window, name)
        (empty,) = said(view)
        view.setFocus()
        assert QApplication.focusWidget() is empty.link
        QTest.keyClick(empty.link, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: window.live.reading is not None, timeout=LONG)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused.isVisible()
        assert view.isAncestorOf(focused)
        window.canvas.clear()
        qtbot.waitUntil(lambda: window.live.reading is None)


def test_what_is_covered_hears_no_pointer(window: MainWindow) -> None:
    (empty,) = said(window.maps)
    place = QPoint(20, 20)
    QTest.mouseMove(empty, place)
    QTest.mouseClick(empty, Qt.MouseButton.LeftButton, pos=place)
    rest = QHelpEvent(QHelpEvent.Type.ToolTip, place, empty.mapToGlobal(place))
    assert QApplication.sendEvent(empty, rest)
    assert window.maps.canvas.held is window.maps.canvas.hovered is None
    assert window.cell_commands.enlarged is None


def test_a_kept_drawing_is_told_of_though_the_sheet_is_empty(
    window: MainWindow, qtbot: QtBot
) -> None:
    draw(window)
    QTest.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    window.canvas.clear()
    live = window.live
    qtbot.waitUntil(lambda: live.kept is not None and live.is_settled and live.reading is None)
    assert said(in_front(window, "maps"))
    assert not said(in_front(window, "unit"))
    compare = in_front(window, "compare")
    compare.questions.setCurrentText("Two drawings")
    assert not said(compare)
    compare.questions.setCurrentText("Two networks")
    assert said(compare)


def test_digits_that_are_as_nobody_wished_lead_back_to_all(
    window: MainWindow, qtbot: QtBot
) -> None:
    view = in_front(window, "digits")
    assert isinstance(view, DigitsView)
    qtbot.waitUntil(lambda: view.readings[0] is not None and view.is_settled, timeout=LONG)
    assert not said(view)
    right = {(int(true), int(true)) for true in view.digits.labels}
    cells = {(true, answer) for true in range(10) for answer in range(10)}
    confusion = view.matrix.confusion
    never = min(cell for cell in cells - right if confusion[cell[0]][cell[1]] == 0)
    view.wishes.set_cell(*never)
    (empty,) = said(view)
    assert_one_sentence(empty)
    QTest.mouseClick(empty.link, Qt.MouseButton.LeftButton)
    assert not said(view)
    assert len(view.gallery.indices) == len(view.digits)


def test_every_page_of_a_training_says_what_comes_there(window: MainWindow, qtbot: QtBot) -> None:
    panel = window.training
    recipe = preset("original-quick").with_changes(data=BUILTIN, training_digits=100, epochs=500)
    panel.draft.set_recipe(recipe)
    panel.set_folded(folded=False)
    for page in (Page.CONFUSION, Page.STEP_SIZES, Page.PLOTS):
        panel.panes.show_page(page)
        qtbot.waitUntil(lambda: len(said(panel.panes)) == 1)  # once it is laid out
        (empty,) = said(panel.panes)
        assert_one_sentence(empty)
    qtbot.waitUntil(lambda: empty.rect().contains(empty.link.geometry()))  # it is laid out
    assert empty.link.text() == "Start training"
    with qtbot.waitSignal(panel.running_changed, timeout=LONG):
        QTest.mouseClick(empty.link, Qt.MouseButton.LeftButton)
    assert not empty.link.isVisible()
    assert "once the digits are there" in empty.sentence
    assert panel.panes.run_box.name.text() == "starting…"
    qtbot.waitUntil(lambda: not said(panel.panes), timeout=LONG)
    panel.stop()
    qtbot.waitUntil(lambda: not panel.is_running, timeout=LONG)


def test_without_a_run_one_click_opens_the_training_panel(window: MainWindow) -> None:
    window.findChild(QDockWidget, "dock-train").close()
    assert not window.training.isVisible()
    (empty,) = said(in_front(window, "run"))
    QTest.mouseClick(empty.link, Qt.MouseButton.LeftButton)
    assert window.training.isVisible()
    assert not window.training.is_folded


def test_versus_1998_says_what_it_will_show(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_["versus-1998"].trigger()
    page = window.versus.page
    page.tabs.setCurrentWidget(page.gallery)
    qtbot.waitUntil(lambda: "File, Data set" in page.gallery.empty.sentence, timeout=LONG)
    assert_one_sentence(page.gallery.empty)


def test_words_stay_whole_in_a_small_place(
    qtbot: QtBot, pixels: Callable[[QWidget], object]
) -> None:
    """The sentence takes more lines where they are short, and moves with what it covers."""
    ground = QWidget()
    qtbot.addWidget(ground)
    empty = EmptyState(ground, link=SAMPLE)
    empty.say("Draw a digit to see the activations of every layer.")
    ground.show()
    for width, height in ((200, 150), (500, 90), (220, 130)):
        ground.resize(width, height)
        qtbot.waitUntil(lambda: empty.size() == ground.size())
        words = empty.findChild(QWidget, "empty_state_words")
        assert words.height() >= words.heightForWidth(words.width())
        assert empty.rect().contains(words.geometry())
        assert empty.rect().contains(empty.link.geometry())


def test_where_a_panel_scrolls_the_sentence_is_in_what_is_seen(qtbot: QtBot) -> None:
    panel, area = QWidget(), QScrollArea()
    qtbot.addWidget(area)
    panel.setMinimumSize(900, 900)
    area.setWidget(panel)
    empty = EmptyState(panel, link=SAMPLE)
    empty.say("Draw a digit to see the activations of every layer.")
    area.show()
    for width, height in ((400, 300), (500, 200), (850, 850)):
        area.resize(width, height)
        qtbot.waitUntil(lambda: in_the_middle(empty, area.viewport()))


def in_the_middle(empty: EmptyState, viewport: QWidget) -> bool:
    """Whether the sentence is where it can be read, and the link, too."""
    words = empty.findChild(QWidget, "empty_state_words")
    middle = words.mapTo(viewport, words.rect().center()) - viewport.rect().center()
    place = QRect(empty.link.mapTo(viewport, QPoint()), empty.link.size())
    return abs(middle.x()) < 12 and abs(middle.y()) < 40 and viewport.rect().contains(place)
