"""The confusion matrix: counts, words, keys, epochs."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from lenet_gui.gui.widgets.confusion_matrix import ConfusionPane, told
from lenet_gui.training.events import EpochEnded, Score

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
def pane(qtbot: QtBot) -> Iterator[ConfusionPane]:
    pane = ConfusionPane()
    qtbot.addWidget(pane)
    pane.resize(500, 420)
    with qtbot.waitExposed(pane):
        pane.show()
    return pane


def test_cells_in_words() -> None:
    assert told(COUNTS, (7, 1)) == "7 read as 1: 12 times of 112"
    assert told(COUNTS, (4, 9)) == "4 read as 9: once of 101"
    assert told(COUNTS, (3, 3)) == "3 read rightly: 100 times of 100"
    assert told(COUNTS, (3, 2)) == "3 read as 2: 0 times of 100"


@pytest.mark.qt_log_ignore("does not support raise")  # the offscreen screen has no tool tips
def test_rows_are_true_and_columns_predicted(pane: ConfusionPane, qtbot: QtBot) -> None:
    pane.set_epochs([epoch(1, 12)])
    matrix = pane.matrix
    place = matrix.box_of((7, 1)).center()
    assert place.y() > matrix.box_of((1, 1)).center().y()
    qtbot.mouseMove(matrix, place)
    assert pane.words.text() == "7 read as 1: 12 times of 112"
    event = QHelpEvent(QHelpEvent.Type.ToolTip, place, matrix.mapToGlobal(place))
    QApplication.sendEvent(matrix, event)
    assert QToolTip.text() == "7 read as 1: 12 times of 112"
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
    assert pane.words.text().startswith("0 read rightly")
    qtbot.keyClick(pane.matrix, Qt.Key.Key_Right)
    assert pane.words.text().startswith("0 read as 1")
    qtbot.keyClick(pane.matrix, Qt.Key.Key_Up)
    assert pane.words.text().startswith("9 read as 1")
    assert pane.matrix.accessibleDescription() == pane.words.text()
    qtbot.keyClick(pane.matrix, Qt.Key.Key_Down)
    qtbot.keyClick(pane.matrix, Qt.Key.Key_Left)
    assert pane.words.text().startswith("0 read rightly")


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
