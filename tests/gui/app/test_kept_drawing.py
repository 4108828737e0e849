"""What was drawn when the window was closed is there at the next start, with its own history."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from lenet_gui.data.drawing import Backdrop, Drawing, TwoDrawings
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.portraits import draw
from lenet_gui.paths import drawing_file

Opened = Callable[[], MainWindow]


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opened]:
    """Opens windows, and closes at the end what is still open."""
    windows: list[MainWindow] = []

    def open_one() -> MainWindow:
        window = MainWindow()
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        windows.append(window)
        return window

    yield open_one
    for window in windows:
        window.close()


def scribble(window: MainWindow) -> None:
    canvas = window.canvas
    middle = canvas.area.center()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(canvas, middle + QPoint(30, 20))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(30, 20))


def test_strokes_picture_and_b_are_there_again_and_undo_begins_with_them(
    opened: Opened, qtbot: QtBot
) -> None:
    first = opened()
    assert first.canvas.drawing.is_empty  # a first start offers a sample
    assert first.canvas.offer.isVisible()
    draw(first)
    first.actions_["keep-drawing"].trigger()
    first.canvas.put(Drawing(backdrop=Backdrop(np.eye(28), 7)))
    scribble(first)
    left = first.canvas.both
    assert left.kept is not None
    first.close()
    again = opened()
    assert again.canvas.both == left
    assert again.messages.text == ""
    assert not again.canvas.offer.isVisible()
    qtbot.waitUntil(lambda: again.live.steps is not None)
    assert again.live.kept is not None
    assert again.actions_["swap-drawings"].isEnabled()
    assert not again.actions_["undo"].isEnabled()
    scribble(again)
    assert again.canvas.both != left
    again.actions_["undo"].trigger()
    assert again.canvas.both == left
    again.canvas.clear()
    again.canvas.forget_kept()
    again.close()
    assert opened().canvas.both == TwoDrawings()


def test_a_stroke_in_progress_is_kept(opened: Opened) -> None:
    window = opened()
    QTest.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=window.canvas.area.center())
    drawing = window.canvas.drawing
    window.close()
    assert opened().canvas.drawing == drawing


def test_two_windows_have_each_its_own(opened: Opened) -> None:
    first, second = opened(), opened()
    draw(first)
    scribble(second)
    left = [each.canvas.both for each in (first, second)]
    first.close()
    second.close()
    assert [opened().canvas.both for _ in left] == left


def test_a_damaged_file_is_ignored_and_logged(
    opened: Opened, caplog: pytest.LogCaptureFixture
) -> None:
    file = drawing_file(1)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b'{"drawing": {"points": "?"')
    window = opened()
    assert window.canvas.both == TwoDrawings()
    assert window.messages.text == ""
    assert str(file) in caplog.text
    scribble(window)
    left = window.canvas.both
    window.close()
    assert opened().canvas.both == left
