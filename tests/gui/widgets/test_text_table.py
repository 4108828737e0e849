"""Tables of text: rows are selected and copied as tab-separated text."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.gui.widgets.text_table import TextTable

ROWS = [["C1", "six maps, each with a kernel of its own", "156"], ["S2", "sums", "12"]]


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(500, 200)
    return page


@pytest.fixture
def table(page: QWidget, qtbot: QtBot) -> TextTable:
    table = TextTable(("layer", "what", "parameters"), 2)
    table.set_rows(ROWS)
    column = QVBoxLayout(page)
    column.addWidget(table)
    column.addStretch()
    with qtbot.waitExposed(page):
        page.show()
    return table


def click(table: TextTable, row: int, *, more: bool = False) -> None:
    place = table.visualItemRect(table.item(row, 0)).center()
    held = Qt.KeyboardModifier.ControlModifier if more else Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, held, place)


def test_selected_rows_are_copied_with_their_headings(table: TextTable) -> None:
    click(table, 1)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "layer\twhat\tparameters\nS2\tsums\t12\n"
    click(table, 0, more=True)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[1:] == ["\t".join(row) for row in ROWS]


def test_without_a_selection_and_by_the_menu_everything_is_copied(table: TextTable) -> None:
    table.setColumnHidden(1, True)
    point = QPoint(5, 5)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(
        table.viewport(), QContextMenuEvent(reason, point, table.mapToGlobal(point))
    )
    menu = table.findChild(QMenu, "table-menu")
    menu.setActiveAction(menu.actions()[0])
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == "layer\tparameters\nC1\t156\nS2\t12\n"


def test_it_is_as_high_as_its_rows_however_narrow(table: TextTable, qtbot: QtBot) -> None:
    def is_whole() -> bool:
        return table.visualItemRect(table.item(1, 0)).bottom() < table.viewport().height()

    assert is_whole()
    wide = table.height()
    table.window().resize(220, 200)
    qtbot.waitUntil(lambda: table.height() > wide)  # the text needs more lines
    qtbot.waitUntil(is_whole)
