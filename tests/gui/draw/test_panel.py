"""The panel: its buttons and slider do what the canvas does, and show how it stands."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSlider, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.data.drawing import MAX_PEN_WIDTH, MIN_PEN_WIDTH
from lenet_gui.data.ink import trace_ink
from lenet_gui.data.paint import paint
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.qimage import from_qimage
from lenet_gui.gui.draw.panel import CanvasPanel
from lenet_gui.gui.widgets.grid.commands import CellCommands

LEFT = Qt.MouseButton.LeftButton
TOOLS = ("pen", "eraser", "undo", "redo", "clear", "open-picture", "random-digit")


@pytest.fixture
def panel(qtbot: QtBot, notifier: Notifier, cell_commands: CellCommands) -> Iterator[CanvasPanel]:
    panel = CanvasPanel(notifier, cell_commands)
    qtbot.addWidget(panel)
    panel.resize(250, 560)
    panel.show()
    qtbot.waitExposed(panel)
    yield panel
    panel.close_down()


def tool(panel: CanvasPanel, name: str) -> QToolButton:
    button = panel.findChild(QToolButton, f"tool-{name}")
    assert isinstance(button, QToolButton)
    return button


def slider(panel: CanvasPanel) -> QSlider:
    found = panel.findChild(QSlider, "pen-width")
    assert isinstance(found, QSlider)
    return found


def draw(panel: CanvasPanel) -> None:
    canvas = panel.canvas
    QTest.mousePress(canvas, LEFT, pos=QPoint(60, 60))
    QTest.mouseMove(canvas, QPoint(150, 100))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(80, 180))


def click(panel: CanvasPanel, name: str) -> None:
    QTest.mouseClick(tool(panel, name), LEFT)


def test_undo_redo_and_clear_by_button(panel: CanvasPanel) -> None:
    assert not any(tool(panel, name).isEnabled() for name in ("undo", "redo", "clear"))
    draw(panel)
    drawn = panel.canvas.drawing
    assert tool(panel, "undo").isEnabled()
    assert tool(panel, "clear").isEnabled()
    click(panel, "undo")
    assert panel.canvas.drawing.is_empty
    assert not tool(panel, "undo").isEnabled()
    assert not tool(panel, "clear").isEnabled()
    click(panel, "redo")
    assert panel.canvas.drawing == drawn
    click(panel, "clear")
    assert panel.canvas.drawing.is_empty
    click(panel, "undo")
    assert panel.canvas.drawing == drawn


def test_pen_and_eraser_are_a_choice_of_one(panel: CanvasPanel) -> None:
    assert tool(panel, "pen").isChecked()
    click(panel, "eraser")
    assert panel.canvas.erasing
    assert not tool(panel, "pen").isChecked()
    click(panel, "pen")
    assert not panel.canvas.erasing
    panel.set_erasing(True)
    assert tool(panel, "eraser").isChecked()
    assert not tool(panel, "pen").isChecked()


def test_the_slider_sets_the_pen_and_follows_it(panel: CanvasPanel) -> None:
    knob = slider(panel)
    assert knob.value() == round(1000 * panel.pen_width)
    QTest.keyClick(knob, Qt.Key.Key_Home)
    assert panel.pen_width == MIN_PEN_WIDTH
    QTest.keyClick(knob, Qt.Key.Key_End)
    assert panel.pen_width == MAX_PEN_WIDTH
    panel.thinner()
    assert knob.value() == round(1000 * (MAX_PEN_WIDTH - 0.01))
    panel.set_pen_width(0.0853)
    assert panel.pen_width == 0.0853
    assert knob.value() == 85
    panel.thicker()
    assert panel.pen_width == pytest.approx(0.0953)


def test_the_preview_grows_with_the_pen(panel: CanvasPanel) -> None:
    def ink() -> float:
        preview = panel.pen_slider.findChild(QWidget, "pen-preview")
        assert isinstance(preview, QWidget)
        return float((from_qimage(preview.grab().toImage()) < 100).mean())

    panel.set_pen_width(MIN_PEN_WIDTH)
    thin = ink()
    panel.set_pen_width(MAX_PEN_WIDTH)
    assert ink() > 10 * thin > 0


def test_open_and_random_digit_are_asked_for(panel: CanvasPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.open_requested):
        click(panel, "open-picture")
    with qtbot.waitSignal(panel.random_digit_requested):
        click(panel, "random-digit")


def test_a_picture_is_opened_or_the_failure_told(
    panel: CanvasPanel, notifier: Notifier, tmp_path: Path, qtbot: QtBot
) -> None:
    picture = np.zeros((28, 28), np.uint8)
    picture[4:24, 12:16] = 255
    file = tmp_path / "one.png"
    Image.fromarray(picture).save(file)
    with qtbot.waitSignal(panel.canvas.drawing_changed):
        panel.open_picture(file)
    opened = panel.canvas.drawing
    assert opened.backdrop is not None
    with qtbot.waitSignal(notifier.failed) as told:
        panel.open_picture(tmp_path / "missing.png")
    assert "missing.png does not exist" in told.args[0]
    assert panel.canvas.drawing is opened
    panel.open_picture(file)
    qtbot.waitUntil(lambda: panel.canvas.pictures.is_settled)
    assert notifier.shown is None  # it is no longer true


def test_failures_of_the_canvas_are_told(
    panel: CanvasPanel, notifier: Notifier, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(notifier.failed) as told:
        panel.paste()
    assert "clipboard" in told.args[0]


def test_every_tool_has_a_name_a_tip_with_its_key_and_an_icon(panel: CanvasPanel) -> None:
    tips = {name: tool(panel, name).toolTip() for name in TOOLS}
    assert "(Ctrl+Z)" in tips["undo"]
    assert "(P)" in tips["pen"]
    assert all("(" in tip for tip in tips.values())
    assert len(set(tips.values())) == len(TOOLS)
    for name in TOOLS:
        assert tool(panel, name).accessibleName()
        assert not tool(panel, name).icon().isNull()
    assert slider(panel).accessibleName() == "Pen width"


def test_focus_goes_from_the_canvas_through_the_tools_to_the_slider(panel: CanvasPanel) -> None:
    draw(panel)
    click(panel, "undo")
    draw(panel)
    draw(panel)
    click(panel, "undo")
    panel.activateWindow()
    panel.canvas.setFocus()
    names = []
    for _ in range(7):
        focused = panel.focusWidget()
        assert isinstance(focused, QWidget)
        names.append(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert names[0] == "canvas"
    assert names.index("tool-undo") < names.index("tool-clear") < names.index("tool-open-picture")
    focused = panel.focusWidget()
    assert isinstance(focused, QWidget)
    assert focused.objectName() in {"tool-random-digit", "pen-width"}


@pytest.mark.parametrize(("width", "height"), [(250, 600), (250, 400), (400, 900), (900, 1400)])
def test_the_canvas_takes_the_room_there_is_and_the_tools_stay_close(
    panel: CanvasPanel, qtbot: QtBot, width: int, height: int
) -> None:
    panel.resize(width, height)
    canvas, strip = panel.canvas, panel.strip

    def fills_the_room() -> bool:
        room = height - strip.geometry().bottom()
        return canvas.height() == canvas.width() or 0 < room < 16

    qtbot.waitUntil(fills_the_room)
    assert canvas.height() <= canvas.width() == width - 16
    below = tool(panel, "pen").mapTo(panel, QPoint(0, 0)).y()
    assert 0 < below - canvas.geometry().bottom() <= 12
    assert strip.geometry().bottom() < height
    assert canvas.height() >= 160


def test_it_fits_a_narrow_column(panel: CanvasPanel) -> None:
    assert panel.minimumSizeHint().width() <= 250
    assert panel.minimumSizeHint().height() <= 420


def test_the_steps_reach_the_strip(panel: CanvasPanel) -> None:
    before = from_qimage(panel.strip.grab().toImage())
    draw(panel)
    panel.show_steps(trace_ink(paint(panel.canvas.drawing)), panel.canvas.drawing)
    assert not np.array_equal(from_qimage(panel.strip.grab().toImage()), before)
