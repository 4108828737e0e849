"""A data set is shown before it is used; until then, and after Cancel, nothing has changed."""

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from lenet_gui.data.builtin import builtin_sets
from lenet_gui.data.collections import Collection
from lenet_gui.data.words import Transpose
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.settings import Settings
from lenet_gui.gui.core.text_size import choose_text_size
from lenet_gui.gui.data_preview.dialog import DataPreview
from lenet_gui.gui.library.digit_source import DigitSource, Progress

LONG = 30_000
WORDS = np.array(["ant", "bee", "cat", "dog", "eel", "fox", "gnu", "hen", "ibex", "jay"])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of data sets: plain, transposed, with classes that are not digits."""
    folder = tmp_path_factory.mktemp("data")
    sets = builtin_sets(200, 40, seed=3)
    (train, labels), (test, test_labels) = (
        (each.images, each.labels) for each in (sets.training, sets.test)
    )

    def write(name: str, names: np.ndarray, turn: tuple[int, ...]) -> None:
        np.savez(
            folder / name,
            x_train=train.transpose(turn),
            y_train=names[labels],
            x_test=test.transpose(turn),
            y_test=names[test_labels],
        )

    write("plain.npz", np.arange(10), (0, 1, 2))
    write("turned.npz", np.arange(10), (0, 2, 1))
    write("animals.npz", WORDS, (0, 1, 2))
    (folder / "wrong.npz").write_bytes(b"PK\3\4 and no more")
    return folder


@pytest.fixture
def preview(window: MainWindow, qtbot: QtBot, data: Path) -> Callable[[str], DataPreview]:
    """`preview(name)`: a file is found; the dialog, with all it has to say."""

    def do(name: str) -> DataPreview:
        window.digits.look_at(data / name)
        qtbot.waitUntil(lambda: window.data_chooser.dialog is not None, timeout=LONG)
        qtbot.waitUntil(lambda: window.data_chooser.is_settled, timeout=LONG)
        dialog = window.data_chooser.dialog
        assert dialog is not None
        return dialog

    return do


def test_it_shows_samples_and_counts_and_cancel_changes_nothing(
    window: MainWindow, preview: Callable[[str], DataPreview], data: Path
) -> None:
    before = window.digits.choice, window.training.draft.values, window.settings.remembered
    dialog = preview("plain.npz")
    assert dialog.name.text() == "plain"
    assert dialog.place.text() == str(data / "plain.npz")
    assert dialog.sizes.text() == "200 pictures to train on, 40 to test on"
    rows = dialog.counts.rows()
    assert [row[0] for row in rows] == [*"0123456789", "all"]
    assert rows[-1][1:] == ["200", "40"]
    assert "as their labels say" in dialog.orientation.text()
    assert not dialog.transpose.isChecked()
    assert dialog.focusWidget() is dialog.use_button
    collection = dialog.collection
    assert collection is not None

    samples = dialog.samples
    samples.setFocus(Qt.FocusReason.TabFocusReason)
    for number in range(4):
        assert samples.held is not None
        assert samples.accessibleDescription().startswith(f"labelled {number}, ")
        values = samples.values_of(samples.held)
        assert values is not None
        shown = values.array[samples.held.picture]
        pictures = collection.sets.training.images[collection.sets.training.labels == number]
        assert any(np.allclose(shown, picture / 255) for picture in pictures)
        QTest.keyClick(samples, Qt.Key.Key_Right)
    table = QAccessible.queryAccessibleInterface(samples)
    assert table.text(QAccessible.Text.Name) == "Samples of each class"

    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.data_chooser.dialog is None
    assert before[:2] == (window.digits.choice, window.training.draft.values)
    assert window.settings.remembered.data == before[2].data


def test_exchanged_pictures_are_exchanged_back_and_used_so_everywhere(
    window: MainWindow, qtbot: QtBot, preview: Callable[[str], DataPreview], data: Path
) -> None:
    dialog = preview("turned.npz")
    assert dialog.transpose.isChecked()
    assert "they seem to be stored with rows and columns exchanged" in dialog.orientation.text()
    assert dialog.focusWidget() is dialog.use_button

    dialog.transpose.setFocus()
    for is_exchanged in (False, True):
        QTest.keyClick(dialog.transpose, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: window.data_chooser.is_settled, timeout=LONG)
        assert dialog.collection is not None
        assert dialog.collection.transposed == is_exchanged == dialog.transpose.isChecked()
        assert ("without the exchange" in dialog.orientation.text()) == is_exchanged
        assert dialog.focusWidget() is dialog.transpose

    with qtbot.waitSignal(window.digits.taken, timeout=LONG):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    sets = window.digits.sets
    assert sets is not None
    upright = builtin_sets(200, 40, seed=3).training.images
    np.testing.assert_array_equal(sets.training.images, upright)
    assert window.digits.choice == data / "turned.npz"
    assert window.digits.transpose is Transpose.YES
    window.training.draft.choose_preset("modern-quick")
    recipe = window.training.draft.recipe
    assert recipe is not None
    assert (recipe.data, recipe.transpose) == (str(data / "turned.npz"), Transpose.YES)
    assert Settings().remembered.data.transpose is Transpose.YES
    assert "is now read from" in window.messages.text


def test_classes_that_are_not_digits_have_their_names_and_no_orientation(
    preview: Callable[[str], DataPreview],
) -> None:
    dialog = preview("animals.npz")
    assert [row[0] for row in dialog.counts.rows()] == [*WORDS, "all"]
    assert not dialog.orientation.isVisible()
    assert not dialog.transpose.isChecked()
    for size in (250, 80):  # everything can be reached, whatever the size of text
        choose_text_size(size)
        buttons = dialog.findChildren(QPushButton)
        assert len(buttons) == 2
        assert all(dialog.rect().contains(button.geometry()) for button in buttons)
        assert dialog.counts.verticalScrollBar().maximum() == 0
    dialog.reject()


def test_what_cannot_be_read_is_one_sentence(window: MainWindow, qtbot: QtBot, data: Path) -> None:
    window.digits.look_at(data / "wrong.npz")
    qtbot.waitUntil(lambda: "wrong.npz" in window.messages.text and "…" not in window.messages.text)
    assert window.data_chooser.dialog is None
    assert window.digits.choice is None


def test_what_is_deleted_meanwhile_closes_the_preview(
    window: MainWindow,
    qtbot: QtBot,
    preview: Callable[[str], DataPreview],
    data: Path,
) -> None:
    (data / "going.npz").write_bytes((data / "plain.npz").read_bytes())
    dialog = preview("going.npz")
    (data / "going.npz").unlink()
    dialog.transpose.setFocus()
    QTest.keyClick(dialog.transpose, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.data_chooser.dialog is None, timeout=LONG)
    assert "going.npz" in window.messages.text
    assert window.digits.choice is None


class SlowSource(DigitSource):
    """Reads half of a data set, and the rest once it may."""

    def __init__(self) -> None:
        super().__init__()
        self.may_go_on = threading.Event()

    def collection(
        self,
        choice: Path | None = None,
        transpose: Transpose = Transpose.AUTO,
        progress: Progress | None = None,
    ) -> Collection:
        if progress is not None:
            progress(50, 100)
            while not self.may_go_on.wait(0.01):
                progress(50, 100)
        return super().collection(choice, transpose, progress)


def test_what_takes_long_says_how_far_it_is_and_can_be_cancelled(qtbot: QtBot, data: Path) -> None:
    source = SlowSource()
    window = MainWindow(source)
    qtbot.addWidget(window)
    window.show()
    reading = window.data_chooser.reading
    for name in ("plain.npz", "animals.npz"):
        window.digits.look_at(data / name)
        assert not reading.isVisible()  # what is read soon needs no dialog
        qtbot.waitUntil(reading.isVisible, timeout=LONG)
        qtbot.waitUntil(lambda: reading.bar.value() == 50, timeout=LONG)
        if name == "plain.npz":
            QTest.keyClick(reading, Qt.Key.Key_Escape)
            assert not reading.isVisible()
    source.may_go_on.set()
    qtbot.waitUntil(lambda: window.data_chooser.dialog is not None, timeout=LONG)
    assert not reading.isVisible()
    dialog = window.data_chooser.dialog
    assert dialog is not None
    assert dialog.name.text() == "animals"  # the other is not wanted any more
    window.digits.look_at(data / "plain.npz")  # as if it were dropped
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: window.data_chooser.dialog is not None, timeout=LONG)
    dialog = window.data_chooser.dialog
    assert dialog is not None
    assert dialog.name.text() == "plain"
    assert window.digits.choice is None
    window.close()
