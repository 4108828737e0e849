"""Ctrl+C in the window copies a picture, and figures where those have the focus."""

from itertools import cycle

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.training.plots.curves import RunCurves
from lenet_gui.gui.training.plots.plots_pane import PlotsPane
from tests.support.run_events import epoch, started, steps


def press_copy() -> str:
    """The text that the key copies, where the focus is."""
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    QTest.keySequence(QApplication.focusWidget(), "Ctrl+C")
    return clipboard.text()


def test_a_clicked_plot_copies_what_is_read(window: MainWindow, qtbot: QtBot) -> None:
    panel = window.training
    panel.set_folded(folded=False)
    qtbot.mouseClick(panel.findChild(QToolButton, "page plots"), Qt.MouseButton.LeftButton)
    pane = panel.findChild(PlotsPane)
    run = RunCurves.of_start(started(), "it")
    run.add(steps(50, tuple(50 / (1 + number) for number in range(50))))
    run.add(epoch(1))
    pane.set_run(run)
    viewport = pane.loss.plot.viewport()
    qtbot.waitUntil(viewport.isVisible)
    beside = cycle((QPoint(0, 0), QPoint(0, 1)))

    def is_read() -> bool:
        """Of moves that come fast the plot misses some."""
        qtbot.mouseMove(viewport, viewport.rect().center() + next(beside))
        return "update" in pane.loss.readout.text()

    qtbot.waitUntil(is_read)
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=viewport.rect().center())
    assert press_copy() == pane.loss.readout.text()
