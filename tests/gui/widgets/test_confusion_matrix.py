"""The confusion matrix: counts, words, keys, epochs."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QFontMetrics,
    QGuiApplication,
    QHelpEvent,
    QPalette,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.gui.core.theme import small_font
from lenet_gui.gui.widgets.confusion_matrix import ConfusionPane
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.grid.grid import CellGrid
from lenet_gui.pictures.grid.confusion import ConfusionWords, confusion_cell
from lenet_gui.training.events import Confusion, EpochEnded, Score

COUNTS = tuple(
    tuple(100 if i == j else 12 if (i, j) == (7, 1) else int((i, j) == (4, 9)) for j in range(10))
    for i in range(10)
)
SCORE = Score(0.1, 0.9, 13, 1013)


def epoch(number: int, seven_as_one: int) -> EpochEnded:
    rows = [list(row) for row in COUNTS]
    rows[7][1] = seven_as_one
    confusion = tuple(tuple(row) for row in rows)
    return EpochEnded(number, 9, number, SCORE, SCORE, None, 0.1, 0.9, 0.1, confusion, 1.0)


@pytest.fixture
def pane(qtbot: QtBot, cell_commands: CellCommands) -> Iterator[ConfusionPane]:
    pane = ConfusionPane(cell_commands)
    qtbot.addWidget(pane)
    pane.resize(500, 420)
    with qtbot.waitExposed(pane):
        pane.show()
    return pane


def told(counts: Confusion, true: int, predicted: int) -> str:
    words, cell = ConfusionWords(counts), confusion_cell(true, predicted)
    return f"{words.cell(cell)}: {words.value(cell, counts[true][predicted])}"


def test_the_digits_beside_low_rows_do_not_overlap_and_no_cell_is_higher_than_wide(
    pane: ConfusionPane, qtbot: QtBot
) -> None:
    pane.add_epoch(epoch(1, 3))
    matrix = pane.matrix
    for height in (180, 240, 420, 900):
        pane.resize(420, height)
        qtbot.waitUntil(lambda height=height: matrix.height() > height - 120)
        layout = matrix.layout_of
        rows = [layout.labels[f"row {n}"] for n in range(10) if f"row {n}" in layout.labels]
        line = QFontMetrics(small_font(matrix)).height()
        assert len(rows) >= 3
        assert all(each.height >= line for each in rows)  # whole, not clipped
        assert all(b.y - a.y >= 0.75 * line for a, b in pairwise(rows))
        cell = layout.box(confusion_cell(0, 0))
        assert cell.height <= cell.width
    assert len(rows) == 10


def test_cells_in_words() -> None:
    assert told(COUNTS, 7, 1) == "7 read as 1: 12 of 112"
    assert told(COUNTS, 4, 9) == "4 read as 9: 1 of 101"
    assert told(COUNTS, 3, 3) == "3 read correctly: 100 of 100"
    assert told(COUNTS, 3, 2) == "3 read as 2: 0 of 100"


@pytest.mark.qt_log_ignore("does not support raise")  # the offscreen screen has no tool tips
def test_rows_are_true_and_columns_predicted(pane: ConfusionPane, qtbot: QtBot) -> None:
    pane.set_epochs([epoch(1, 12)])
    matrix = pane.matrix
    place = matrix.box_of((7, 1)).center()
    assert place.y() > matrix.box_of((1, 1)).center().y()
    qtbot.mouseMove(matrix, place)
    assert pane.words.text() == "7 read as 1: 12 of 112"
    event = QHelpEvent(QHelpEvent.Type.ToolTip, place, matrix.mapToGlobal(place))
    QApplication.sendEvent(matrix, event)
    assert QToolTip.text() == "7 read as 1: 12 of 112"
    QToolTip.hideText()
    image = matrix.grab().toImage()
    corner = QPoint(3, 3)
    wrong = image.pixelColor(matrix.box_of((7, 1)).topLeft() + corner)
    right = image.pixelColor(matrix.box_of((7, 7)).topLeft() + corner)
    none = image.pixelColor(matrix.box_of((1, 7)).topLeft() + corner)
    assert len({wrong.name(), right.name(), none.name()}) == 3


def test_arrow_keys_go_from_cell_to_cell(pane: ConfusionPane, qtbot: QtBot) -> None:
    pane.set_epochs([epoch(1, 12)])
    pane.matrix.setFocus()
    qtbot.keyClick(pane.matrix, Qt.Key.Key_Right)
    assert pane.words.text().startswith("0 read correctly")
    qtbot.keyClick(pane.matrix, Qt.Key.Key_Right)
    assert pane.words.text().startswith("0 read as 1")
    qtbot.keyClick(pane.matrix, Qt.Key.Key_Up)
    assert pane.words.text().startswith("9 read as 1")
    assert pane.matrix.accessibleDescription() == pane.words.text()
    qtbot.keyClick(pane.matrix, Qt.Key.Key_Down)
    qtbot.keyClick(pane.matrix, Qt.Key.Key_Left)
    assert pane.words.text().startswith("0 read correctly")


def test_an_epoch_is_chosen_or_the_latest_followed(pane: ConfusionPane) -> None:
    assert pane.matrix.confusion is None
    pane.grab()  # says what will be here
    pane.add_epoch(epoch(1, 30))
    pane.add_epoch(epoch(2, 20))
    assert pane.matrix.confusion == epoch(2, 20).confusion
    pane.chooser.setCurrentIndex(pane.chooser.findText("epoch 1"))
    assert pane.matrix.confusion == epoch(1, 30).confusion
    pane.add_epoch(epoch(3, 10))
    assert pane.matrix.confusion == epoch(1, 30).confusion
    pane.chooser.setCurrentIndex(0)
    assert pane.matrix.confusion == epoch(3, 10).confusion
    pane.set_epochs([])
    assert pane.matrix.confusion is None


def test_nothing_is_painted_outside_at_any_size(pane: ConfusionPane) -> None:
    pane.set_epochs([replace(epoch(1, 12))])
    for width, height in ((150, 120), (900, 150), (300, 800)):
        pane.matrix.resize(width, height)
        pane.matrix.grab()
        last = pane.matrix.box_of((9, 9))
        assert pane.matrix.rect().contains(last.bottomRight())


def test_a_count_and_the_whole_matrix_are_copied(pane: ConfusionPane) -> None:
    pane.set_epochs([epoch(1, 12)])
    matrix = pane.matrix
    place = matrix.box_of((7, 1)).center()
    lines = [["true digit / read as", *range(10)]]
    lines += [[digit, *row] for digit, row in enumerate(COUNTS)]
    pane.run = "a run"
    below = [[], ["picture", "confusion matrix"], ["run", "a run"], ["epoch", 1]]
    for entry, copied in (
        ("Copy value", "12"),
        ("Copy as table", "\n".join("\t".join(map(str, line)) for line in [*lines, *below])),
    ):
        reason = QContextMenuEvent.Reason.Mouse
        QApplication.sendEvent(matrix, QContextMenuEvent(reason, place, matrix.mapToGlobal(place)))
        menu = matrix.findChild(QMenu, "cell-menu")
        texts = {each.text().replace("&", ""): each for each in menu.actions()}
        assert not any(text.startswith("Show") for text in texts)
        menu.setActiveAction(texts[entry])
        QTest.keyClick(menu, Qt.Key.Key_Return)
        assert QGuiApplication.clipboard().text() == copied


def test_a_screen_reader_reads_every_count(pane: ConfusionPane) -> None:
    pane.set_epochs([epoch(1, 12)])
    table = QAccessible.queryAccessibleInterface(pane.matrix)
    assert table.childCount() == 100
    assert table.child(71).text(QAccessible.Text.Name) == "7 read as 1"
    assert table.child(71).text(QAccessible.Text.Value) == "12 of 112"


def test_counts_of_four_figures_are_written_where_they_fit(
    pane: ConfusionPane, pixels: Callable[[QWidget], np.ndarray]
) -> None:
    """The cell of 1,028 digits shows more than its shade from a width of about four figures on."""
    rows = tuple(tuple(1028 * (i == j) for j in range(10)) for i in range(10))
    matrix = pane.matrix
    matrix.show_confusion(rows)

    def colours(width: int) -> int:
        matrix.resize(width, 300)
        box = matrix.box_of((4, 4)).adjusted(1, 1, -1, -1)
        inside = pixels(matrix)[box.top() : box.bottom(), box.left() : box.right()]
        return len(np.unique(inside.reshape(-1, 3), axis=0))

    room = QFontMetrics(small_font()).horizontalAdvance("1028")
    assert colours(10 * (room + 3) + 20) > 1
    assert colours(9 * room + 20) > 1  # in smaller type
    assert colours(5 * room) == 1


def test_ones_and_four_figures_are_written_at_the_least_size(
    pane: ConfusionPane, pixels: Callable[[QWidget], np.ndarray]
) -> None:
    rows = tuple(tuple(1028 if i == j else j % 2 for j in range(10)) for i in range(10))
    matrix = pane.matrix
    matrix.show_confusion(rows)
    matrix.resize(matrix.minimumSizeHint())
    seen = pixels(matrix)
    for true, row in enumerate(rows):
        for predicted, count in enumerate(row):
            box = matrix.box_of((true, predicted)).adjusted(1, 1, -1, -1)
            inside = seen[box.top() : box.bottom(), box.left() : box.right()]
            is_written = len(np.unique(inside.reshape(-1, 3), axis=0)) > 1
            assert is_written == (count > 0), (true, predicted)


def test_the_matrix_is_painted_anew_in_another_palette_and_on_another_screen(
    pane: ConfusionPane, dark_palette: QPalette, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane.set_epochs([epoch(1, 12)])
    matrix, at = pane.matrix, QPoint(3, 3)
    light = matrix.grab().toImage().pixelColor(matrix.box_of((0, 1)).topLeft() + at)
    matrix.setPalette(dark_palette)
    dark = matrix.grab().toImage().pixelColor(matrix.box_of((0, 1)).topLeft() + at)
    assert light.lightness() > 200 > 100 > dark.lightness()
    box = matrix.box_of((9, 9))
    monkeypatch.setattr(CellGrid, "devicePixelRatioF", lambda _self: 2.0)
    QApplication.sendEvent(matrix, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert matrix.layout_of.ratio == 2.0
    assert abs(matrix.box_of((9, 9)).right() - box.right()) <= 10
