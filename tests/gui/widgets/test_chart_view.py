"""Charts on the screen."""

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from lenet_gui.gui.core.qimage import from_qimage
from lenet_gui.gui.widgets.chart_view import ChartView
from lenet_gui.pictures.chart.model import TEXT, Axis, Chart, Curve, Look, Panel, Symbol
from tests.support.menus import choose, right_click

AXIS = Axis(0, 2, title="errors")
LINE = Curve("test", np.array([1.0, 2.0]), np.array([0.5, 1.5]), Look(TEXT))
ERRORS = Chart("errors", (Panel(AXIS, AXIS, (LINE,)),))


@pytest.mark.parametrize("symbol", [Symbol.SQUARE, Symbol.CIRCLE])
def test_a_symbol_is_as_wide_as_it_is_high(symbol: Symbol, qtbot: QtBot) -> None:
    axis = Axis(0, 2, has_line=False)
    look = Look(TEXT, 0, symbol=symbol, radius=4)
    point = Curve("a point", np.array([1.0]), np.array([1.0]), look)
    view = ChartView(QSize(100, 80))
    qtbot.addWidget(view)
    view.resize(200, 160)
    view.show_chart(Chart("a point", (Panel(axis, axis, (point,)),)))
    with qtbot.waitExposed(view):
        view.show()
    ink = from_qimage(view.grab().toImage()).max(axis=2) < 128
    high, wide = (int(ink.any(axis=along).sum()) for along in (1, 0))
    assert abs(wide - high) <= 1
    assert abs(wide - 8 * view.unit * view.devicePixelRatio()) <= 2


def test_the_points_are_copied_by_menu_and_by_key(qtbot: QtBot) -> None:
    view = ChartView(QSize(100, 80))
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()
    assert right_click(view) is None
    view.show_chart(ERRORS)
    rows = ["panel\tseries\tx\tto\ty", "errors\ttest\t1.0\t\t0.5", "errors\ttest\t2.0\t\t1.5"]
    menu = right_click(view)
    assert menu is not None
    assert choose(menu, "Copy as table").splitlines() == rows
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines() == rows


def test_the_key_is_the_chart_s_where_it_has_the_focus(qtbot: QtBot) -> None:
    """Also in a window that has a command at the same key."""
    window = QMainWindow()
    qtbot.addWidget(window)
    view = ChartView(QSize(100, 80))
    view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.setCentralWidget(view)
    command = window.addAction("copy picture")
    command.setShortcut("Ctrl+C")
    window.resize(300, 200)
    with qtbot.waitExposed(window):
        window.show()
    view.setFocus()
    with qtbot.waitSignal(command.triggered):
        QTest.keySequence(view, "Ctrl+C")  # there is nothing to copy yet
    view.show_chart(ERRORS)
    with qtbot.assertNotEmitted(command.triggered):
        QTest.keySequence(view, "Ctrl+C")
    assert QGuiApplication.clipboard().text() == view.as_table()
