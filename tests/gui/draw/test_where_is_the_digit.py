"""A rectangle on an imported picture says where the digit is: with the mouse, with keys, undone."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.data.ink import Box
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.qimage import to_qimage_grey
from lenet_gui.gui.draw.part_picker import PartPicker
from tests.support.pictures import SIDE, row_of

LEFT = Qt.MouseButton.LeftButton
SEVEN = Box(SIDE + 8, 4, 2 * SIDE - 8, SIDE - 4)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("pictures") / "several.png"
    Image.fromarray(row_of(1, 7, 2)).save(file)
    return file


@pytest.fixture
def settle(window: MainWindow, qtbot: QtBot) -> Callable[[], None]:
    """Waits until the picture is read, and the network has read what is in it."""

    def wait() -> None:
        qtbot.waitUntil(lambda: window.canvas.pictures.is_settled and window.live.is_settled)

    return wait


@pytest.fixture
def picker(window: MainWindow, file: Path, settle: Callable[[], None]) -> PartPicker:
    """With a picture of 1, 7 and 2."""
    window.canvas_panel.open_picture(file)
    settle()
    return window.canvas.picker


def drag(picker: PartPicker, one: QPointF, other: QPointF) -> None:
    press(picker, one, other)
    QTest.mouseRelease(picker, LEFT, pos=other.toPoint())


def press(picker: PartPicker, one: QPointF, other: QPointF) -> None:
    QTest.mousePress(picker, LEFT, pos=one.toPoint())
    QTest.mouseMove(picker, ((one + other) / 2).toPoint())
    QTest.mouseMove(picker, other.toPoint())


def draw(picker: PartPicker, box: Box) -> None:
    drag(picker, picker.on_widget(box.left, box.top), picker.on_widget(box.right, box.bottom))


def answer(window: MainWindow) -> str:
    return window.answer_view.accessibleName()


def test_several_digits_are_told_and_one_of_them_is_chosen(
    window: MainWindow, picker: PartPicker, settle: Callable[[], None]
) -> None:
    canvas, box = window.canvas, window.canvas_panel.picture_box
    assert answer(window) == "Answer: none. Several digits: 3."
    assert box.told == "Several digits: 3. Draw a rectangle around one of them."
    assert window.notifier.shown is None
    assert canvas.is_picking
    assert picker.hasFocus()
    draw(picker, SEVEN)
    settle()
    assert window.live.reading is not None
    assert window.live.reading.answer == 7
    steps = canvas.drawing.picture_steps
    assert steps is not None
    assert abs(steps.part.left - SEVEN.left) <= 2  # a pixel of the screen is more than one of it
    assert abs(steps.part.bottom - SEVEN.bottom) <= 2
    assert not canvas.is_picking
    assert box.isVisible()
    assert box.told == ""
    canvas.undo()
    settle()
    assert answer(window) == "Answer: none. Several digits: 3."
    canvas.redo()
    settle()
    assert window.live.reading.answer == 7
    canvas.undo()
    canvas.undo()
    assert canvas.drawing.is_empty
    assert not box.isVisible()


def test_a_picture_that_is_read_needs_no_rectangle_and_one_that_is_not_says_so_as_b(
    window: MainWindow, picker: PartPicker, settle: Callable[[], None]
) -> None:
    canvas = window.canvas
    draw(picker, SEVEN)
    settle()
    canvas.undo()
    canvas.set_picking(True)
    canvas.redo()
    assert not canvas.is_picking
    canvas.set_picking(True)  # as if it had been read wrongly
    assert canvas.is_picking
    canvas.undo()
    assert canvas.is_picking  # it shows several digits
    canvas.keep()
    settle()
    box = window.canvas_panel.kept_box
    assert box.answer == "Drawing B"
    assert "Drawing B. Several digits: 3" in box.picture.toolTip()


def test_what_is_beside_the_canvas_says_it_too(window: MainWindow, picker: PartPicker) -> None:
    assert window.maps.empty.sentence == "Several digits: 3. Draw a rectangle around one of them."
    assert not window.maps.empty.link.isVisible()
    window.canvas.clear()
    assert not window.canvas.is_picking


def test_another_rectangle_is_drawn_moved_and_gripped(
    window: MainWindow, picker: PartPicker, settle: Callable[[], None]
) -> None:
    draw(picker, SEVEN)
    settle()
    QTest.keyClick(window, Qt.Key.Key_W)
    assert window.canvas.is_picking
    part = picker.part
    assert part is not None
    inside = picker.on_widget(part.left + part.width / 2, part.top + part.height / 2)
    press(picker, inside, inside + QPointF(picker.on_widget(SIDE, 0) - picker.on_widget(0, 0)))
    assert picker.part is not None
    assert (picker.part.width, picker.part.height) == (part.width, part.height)
    assert picker.part.left == pytest.approx(part.left + SIDE, abs=3)
    QTest.mouseRelease(picker, LEFT, pos=QPoint(picker.width() - 1, picker.height() // 2))
    settle()
    assert window.live.reading is not None
    assert window.live.reading.answer == 2
    QTest.keyClick(window, Qt.Key.Key_W)
    part = picker.part
    assert part is not None
    drag(picker, picker.on_widget(part.left, part.top), picker.on_widget(SIDE + 10, 2))
    settle()
    assert "Several digits: 2 in the rectangle" in window.notifier.error("picture")
    assert window.live.reading.answer == 2  # the drawing stays
    assert window.canvas.is_picking


def test_the_keys_draw_it_and_esc_leaves(
    window: MainWindow, picker: PartPicker, settle: Callable[[], None]
) -> None:
    QTest.keyClick(picker, Qt.Key.Key_Return)  # there is no rectangle yet
    QTest.keyClick(picker, Qt.Key.Key_Right)
    first = picker.part
    assert first == Box(84, 28, 252, 84)
    for _ in range(4):
        QTest.keyClick(picker, Qt.Key.Key_Up)
        QTest.keyClick(picker, Qt.Key.Key_Right)
    for _ in range(6):
        QTest.keyClick(picker, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    for _ in range(11):
        QTest.keyClick(picker, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert picker.part == Box(112, 0, 203, 98)
    QTest.keyClick(picker, Qt.Key.Key_Return)
    settle()
    assert window.live.reading is not None
    assert window.live.reading.answer == 7
    read = window.canvas.drawing
    QTest.keyClick(window, Qt.Key.Key_W)
    press(picker, QPointF(5, 5), QPointF(60, 60))
    QTest.keyClick(picker, Qt.Key.Key_Escape)
    assert picker.part == Box(112, 0, 203, 98)  # it lets go of what was dragged
    QTest.mouseRelease(picker, LEFT, pos=QPoint(60, 60))
    QTest.keyClick(picker, Qt.Key.Key_Escape)
    assert not window.canvas.is_picking
    assert window.canvas.hasFocus()
    assert window.canvas.drawing is read


def test_a_click_chooses_nothing(
    window: MainWindow, picker: PartPicker, settle: Callable[[], None]
) -> None:
    before = window.canvas.drawing
    QTest.mouseClick(picker, LEFT, pos=QPoint(40, 40))
    QTest.mouseClick(picker, Qt.MouseButton.RightButton, pos=QPoint(40, 40))
    settle()
    assert picker.part is None
    assert window.canvas.drawing is before


def test_one_of_three_tools_is_chosen(window: MainWindow, picker: PartPicker) -> None:
    canvas, actions = window.canvas, window.actions_

    def chosen() -> list[str]:
        names = ("pen", "eraser", "mark-digit")
        buttons = [window.findChild(QToolButton, f"tool-{name}").isChecked() for name in names]
        assert buttons == [actions[name].isChecked() for name in names]
        return [name for name, checked in zip(names, buttons, strict=True) if checked]

    def click(name: str) -> None:
        QTest.mouseClick(window.findChild(QToolButton, f"tool-{name}"), LEFT)

    assert chosen() == ["mark-digit"]
    click("eraser")
    assert chosen() == ["eraser"]
    assert canvas.erasing
    assert not canvas.is_picking
    click("mark-digit")
    assert chosen() == ["mark-digit"]
    click("pen")
    assert chosen() == ["pen"]
    assert not canvas.erasing
    QTest.keyClick(window, Qt.Key.Key_E)
    QTest.keyClick(window, Qt.Key.Key_W)
    assert chosen() == ["mark-digit"]
    QTest.keyClick(window, Qt.Key.Key_E)
    assert chosen() == ["eraser"]
    QTest.keyClick(window, Qt.Key.Key_W)
    QTest.keyClick(window, Qt.Key.Key_P)
    assert chosen() == ["pen"]
    canvas.clear()
    assert not actions["mark-digit"].isEnabled()
    QTest.keyClick(window, Qt.Key.Key_W)
    assert chosen() == ["pen"]


def test_drawing_over_the_picture_makes_it_a_drawing(
    window: MainWindow,
    picker: PartPicker,
    settle: Callable[[], None],
    pixels: Callable[[QWidget], np.ndarray],
) -> None:
    QTest.keyClick(picker, Qt.Key.Key_Escape)
    canvas = window.canvas
    shown = pixels(canvas)
    middle = canvas.height() // 2
    assert (shown[middle].min(axis=1) < 160).sum() > 8  # the picture as it came, faintly
    centre = canvas.area.center()
    QTest.mousePress(canvas, LEFT, pos=centre - QPoint(0, 50))
    QTest.mouseMove(canvas, centre)
    QTest.mouseRelease(canvas, LEFT, pos=centre + QPoint(0, 50))
    settle()
    assert window.live.reading is not None
    assert canvas.drawing.digits == 1
    assert window.canvas_panel.picture_box.told == ""


def test_opened_dropped_and_pasted_pictures_are_alike(
    window: MainWindow, picker: PartPicker, file: Path, settle: Callable[[], None]
) -> None:
    canvas, opened = window.canvas, window.canvas.drawing
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    canvas.clear()
    how = (Qt.DropAction.CopyAction, mime, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas, QDragEnterEvent(QPoint(50, 50), *how))
    QApplication.sendEvent(canvas, QDropEvent(QPointF(50, 50), *how))
    settle()
    assert canvas.drawing == opened
    assert canvas.is_picking
    canvas.clear()
    QGuiApplication.clipboard().setImage(to_qimage_grey(row_of(1, 7, 2)))
    QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert canvas.drawing == opened
    assert canvas.is_picking


def test_the_picture_is_there_again_at_the_next_start(
    window: MainWindow, picker: PartPicker, settle: Callable[[], None], qtbot: QtBot
) -> None:
    draw(picker, SEVEN)
    settle()
    window.canvas.keep()
    drawn = window.canvas.drawing
    window.close()
    again = MainWindow()
    qtbot.addWidget(again)
    assert again.canvas.drawing == again.canvas.kept
    assert again.canvas.drawing.picture_steps == drawn.picture_steps
    assert again.canvas_panel.picture_box.isVisibleTo(again.canvas_panel)
    again.close()


def test_a_full_screen_shows_the_picture_alone(window: MainWindow, picker: PartPicker) -> None:
    parts = (window.canvas_panel.picture_box, window.canvas_panel.picture_strip)
    assert all(part.isVisible() for part in parts)
    window.canvas_panel.set_bare(bare=True)
    assert not any(part.isVisible() for part in parts)
    window.canvas.clear()
    window.canvas.undo()
    assert not any(part.isVisible() for part in parts)
    window.canvas_panel.set_bare(bare=False)
    assert all(part.isVisible() for part in parts)


def test_a_picture_without_a_digit_is_shown_and_said_to_have_none(
    window: MainWindow, tmp_path: Path, settle: Callable[[], None]
) -> None:
    Image.fromarray(np.full((40, 40), 90, np.uint8)).save(tmp_path / "grey.png")
    window.canvas_panel.open_picture(tmp_path / "grey.png")
    settle()
    assert window.canvas_panel.picture_box.told == (
        "No digit found. Draw a rectangle around the digit."
    )
    assert answer(window) == "Answer: none. No digit found."
    assert window.canvas.is_picking
    assert window.notifier.shown is None
