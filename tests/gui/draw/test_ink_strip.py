"""The strip shows each step of the ink's way, pixel for pixel."""

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QHelpEvent, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from lenet_gui.data.drawing import Backdrop, Drawing, PenPoint, Stroke
from lenet_gui.data.ink import InkSteps, trace_ink
from lenet_gui.data.paint import paint
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_tip
from lenet_gui.gui.core.qimage import from_qimage
from lenet_gui.gui.draw.ink_strip import STEPS, InkStrip
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.ink_colours import canvas_colours
from lenet_gui.pictures.grid.colouring import ink_indices
from lenet_gui.pictures.grid.panel import Cell


@pytest.fixture
def strip(qtbot: QtBot, cell_commands: CellCommands) -> InkStrip:
    strip = InkStrip(cell_commands)
    qtbot.addWidget(strip)
    strip.resize(234, 80)
    strip.show()
    qtbot.waitExposed(strip)
    return strip


@pytest.fixture
def steps() -> InkSteps:
    points = ((0.35, 0.2), (0.7, 0.25), (0.5, 0.8))
    drawing = Drawing((Stroke(tuple(PenPoint(x, y) for x, y in points)),))
    traced = trace_ink(paint(drawing))
    assert traced is not None
    return traced


def shown(strip: InkStrip) -> NDArray[np.uint8]:
    return from_qimage(strip.grab().toImage())


@pytest.mark.parametrize("width", [234, 350, 600])
def test_pixels_are_enlarged_by_a_whole_factor(
    strip: InkStrip, steps: InkSteps, width: int
) -> None:
    strip.resize(width, strip.height())
    strip.show_steps(steps)
    picture, lut = shown(strip), canvas_colours(strip).lut()
    for cell, step in zip(strip.cells[2:], (steps.centred, steps.padded), strict=True):
        factor = cell.width() / len(step)
        assert factor == int(factor)
        assert factor >= 2
        expected = np.kron(lut[ink_indices(step)], np.ones((int(factor), int(factor), 1), np.uint8))
        left, top = int(cell.x()), int(cell.y())
        side = int(cell.width())
        part = picture[top : top + side, left : left + side]
        # The line round the thumbnail may cover the outermost pixels.
        assert np.array_equal(part[1:-1, 1:-1], expected[1:-1, 1:-1])


def test_the_strip_grows_with_its_width_and_takes_the_height_it_needs(strip: InkStrip) -> None:
    heights = []
    for width in (220, 234, 350, 480, 900):
        strip.resize(width, strip.height())
        QApplication.processEvents()
        cells = strip.cells
        assert cells[0].left() >= 0
        assert cells[-1].right() <= width
        assert all(a.right() < b.left() for a, b in pairwise(cells))
        assert max(cell.bottom() for cell in cells) < strip.height()
        heights.append(strip.height())
    assert heights == sorted(heights)
    assert heights[-1] > heights[0]


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_in_little_room_the_strip_has_two_lines(strip: InkStrip) -> None:
    strip.resize(120, strip.height())
    QApplication.processEvents()
    cells = strip.cells
    assert strip.minimumSizeHint().width() <= 120
    assert max(cell.right() for cell in cells) <= 120
    assert cells[2].top() > cells[0].bottom()
    assert cells[2].top() > cells[1].bottom()
    test_every_thumbnail_says_what_it_is(strip)


def test_the_box_is_framed_on_the_painted_sheet(strip: InkStrip, steps: InkSteps) -> None:
    strip.show_steps(steps)
    mark = np.array(theme.accent(strip).getRgb()[:3])
    found = np.argwhere((shown(strip) == mark).all(axis=2))
    cell = strip.cells[0]
    factor = cell.width() / 224
    low, high = found.min(axis=0), found.max(axis=0)
    assert low[1] == pytest.approx(cell.x() + steps.box.left * factor, abs=1.6)
    assert high[1] == pytest.approx(cell.x() + steps.box.right * factor, abs=1.6)
    assert low[0] == pytest.approx(cell.y() + steps.box.top * factor, abs=1.6)
    assert high[0] == pytest.approx(cell.y() + steps.box.bottom * factor, abs=1.6)


def test_a_framed_picture_has_three_steps_and_no_box(strip: InkStrip, steps: InkSteps) -> None:
    picture = np.random.default_rng(0).random((28, 28), np.float32)
    raster = paint(Drawing(backdrop=Backdrop(picture, is_framed=True)))
    framed = trace_ink(raster, is_framed=True)
    height = strip.height()
    strip.show_steps(framed)
    assert len(strip.cells) == 3
    assert strip.height() == height
    assert "neither cropped nor centred" in strip.explain(strip.cells[1].center())
    mark = np.array(theme.accent(strip).getRgb()[:3])
    assert not (shown(strip) == mark).all(axis=2).any()
    strip.show_steps(steps)
    assert len(strip.cells) == 4
    assert strip.height() == height


def test_nothing_drawn_shows_clean_paper(strip: InkStrip, steps: InkSteps) -> None:
    empty = shown(strip)
    strip.show_steps(steps)
    assert not np.array_equal(shown(strip), empty)
    strip.show_steps(None)
    assert np.array_equal(shown(strip), empty)


class Paints(QObject):
    """Counts the paintings of a widget."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += isinstance(event, QPaintEvent)
        return False


def test_steps_already_shown_cost_nothing(strip: InkStrip, steps: InkSteps) -> None:
    strip.show_steps(steps)
    QApplication.processEvents()
    paints = Paints()
    strip.installEventFilter(paints)
    strip.show_steps(steps)
    QApplication.processEvents()
    assert paints.count == 0
    strip.show_steps(None)
    QApplication.processEvents()
    assert paints.count == 1


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_every_thumbnail_says_what_it_is(strip: InkStrip) -> None:
    assert [step.caption for step in STEPS] == ["painted", "20×20", "28×28", "32×32"]
    for cell, step in zip(strip.cells, STEPS, strict=True):
        middle = cell.center().toPoint()
        asked = QHelpEvent(QEvent.Type.ToolTip, middle, strip.mapToGlobal(middle))
        QApplication.sendEvent(strip, asked)
        assert QToolTip.text() == plain_tip(step.tip)
    QToolTip.hideText()


def test_a_pixel_of_a_step_is_pointed_at_and_copied(strip: InkStrip, steps: InkSteps) -> None:
    strip.show_steps(steps)
    row, column = np.argwhere(steps.padded > 0.9)[0].tolist()
    cell = Cell("32×32", 0, row, column)
    place = strip.cell_rect(cell).center()
    QTest.mouseMove(strip, place)
    assert strip.accessibleDescription().startswith(f"32×32, row {row}, column {column}: ink ")
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(strip, QContextMenuEvent(reason, place, strip.mapToGlobal(place)))
    menu = strip.findChild(QMenu, "cell-menu")
    copy = next(action for action in menu.actions() if action.text() == "Copy &value")
    menu.setActiveAction(copy)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert float(QGuiApplication.clipboard().text()) == pytest.approx(
        float(steps.padded[row, column]), rel=1e-6
    )
