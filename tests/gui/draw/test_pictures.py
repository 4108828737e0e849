"""Pictures dropped on the canvas and pasted into it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEventLoop, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lenet_gui.data.drawing import Backdrop, Drawing
from lenet_gui.data.paint import paint
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.qimage import from_qimage, to_qimage_grey
from lenet_gui.gui.draw import picture_reader
from lenet_gui.gui.draw.canvas import DrawingCanvas

DIGIT = np.zeros((28, 28), np.uint8)
DIGIT[6:22, 13:16] = 255
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def canvas(qtbot: QtBot, notifier: Notifier) -> Iterator[DrawingCanvas]:
    canvas = DrawingCanvas(notifier)
    qtbot.addWidget(canvas)
    canvas.resize(240, 240)
    canvas.show()
    qtbot.waitExposed(canvas)
    yield canvas
    canvas.pictures.close_down()


@pytest.fixture
def failures(notifier: Notifier) -> list[str]:
    heard: list[str] = []
    notifier.failed.connect(heard.append)
    return heard


def drag(canvas: DrawingCanvas, mime: QMimeData) -> bool:
    event = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, mime, LEFT, NONE)
    event.ignore()
    QApplication.sendEvent(canvas, event)
    return event.isAccepted()


def drop(canvas: DrawingCanvas, mime: QMimeData) -> None:
    assert drag(canvas, mime)
    event = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, mime, LEFT, NONE)
    QApplication.sendEvent(canvas, event)
    settle(canvas)


def paste(canvas: DrawingCanvas) -> None:
    canvas.paste()
    settle(canvas)


def settle(canvas: DrawingCanvas) -> None:
    """Waits until the picture is read."""
    while not canvas.pictures.is_settled:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def of_file(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def of_image(image: QImage) -> QMimeData:
    mime = QMimeData()
    mime.setImageData(image)
    return mime


@pytest.mark.parametrize("inverted", [False, True], ids=["light on dark", "dark on light"])
def test_a_dropped_file_lies_on_the_canvas(
    canvas: DrawingCanvas, tmp_path: Path, failures: list[str], inverted: bool
) -> None:
    file = tmp_path / "one.png"
    Image.fromarray(255 - DIGIT if inverted else DIGIT).save(file)
    drop(canvas, of_file(file))
    assert failures == []
    assert np.allclose(paint(canvas.drawing), np.kron(DIGIT / 255, np.ones((8, 8))), atol=1e-6)
    canvas.undo()
    assert canvas.drawing.is_empty


def test_image_data_lies_on_the_canvas(canvas: DrawingCanvas, failures: list[str]) -> None:
    narrow = np.full((15, 14), 250, np.uint8)
    narrow[3:12, 6:8] = 10
    drop(canvas, of_image(to_qimage_grey(narrow)))
    assert failures == []
    assert canvas.drawing.backdrop is not None
    ink = canvas.drawing.backdrop.ink
    assert ink.shape == (15, 14)
    assert np.array_equal(ink > 0.5, narrow < 128)


def test_a_file_is_preferred_to_image_data_beside_it(canvas: DrawingCanvas, tmp_path: Path) -> None:
    file = tmp_path / "one.png"
    Image.fromarray(DIGIT).save(file)
    mime = of_file(file)
    mime.setImageData(to_qimage_grey(np.full((9, 9), 3, np.uint8)))
    drop(canvas, mime)
    assert canvas.drawing.backdrop is not None
    assert canvas.drawing.backdrop.ink.shape == (28, 28)


def test_text_is_not_welcome(canvas: DrawingCanvas) -> None:
    mime = QMimeData()
    mime.setText("seven")
    assert not drag(canvas, mime)


def test_a_drag_over_the_canvas_is_shown(canvas: DrawingCanvas, tmp_path: Path) -> None:
    before = from_qimage(canvas.grab().toImage())
    assert drag(canvas, of_file(tmp_path / "one.png"))
    assert not np.array_equal(from_qimage(canvas.grab().toImage()), before)
    QApplication.sendEvent(canvas, QDragLeaveEvent())
    assert np.array_equal(from_qimage(canvas.grab().toImage()), before)


@pytest.mark.parametrize("content", [b"", b"no picture at all"], ids=["empty", "no picture"])
def test_a_bad_file_is_told_of_and_the_drawing_stays(
    canvas: DrawingCanvas, tmp_path: Path, failures: list[str], content: bytes
) -> None:
    QTest.mouseClick(canvas, LEFT, pos=QPoint(100, 100))
    drawing = canvas.drawing
    file = tmp_path / "bad.png"
    file.write_bytes(content)
    drop(canvas, of_file(file))
    (sentence,) = failures
    assert str(file) in sentence
    assert canvas.drawing is drawing


def test_an_address_elsewhere_is_told_of(canvas: DrawingCanvas, failures: list[str]) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/7.png")])
    drop(canvas, mime)
    assert failures == [
        (
            "https://example.org/7.png is not a file on this computer: save the picture first, "
            "then open it."
        )
    ]


def test_a_picture_of_one_colour_is_told_of(canvas: DrawingCanvas, failures: list[str]) -> None:
    drop(canvas, of_image(to_qimage_grey(np.full((20, 20), 77, np.uint8))))
    assert failures == []
    assert canvas.drawing.digits == 0
    assert not paint(canvas.drawing).any()
    canvas.undo()
    assert canvas.drawing.is_empty


def test_a_copied_picture_is_pasted(canvas: DrawingCanvas, failures: list[str]) -> None:
    QGuiApplication.clipboard().setImage(to_qimage_grey(DIGIT))
    paste(canvas)
    assert failures == []
    assert canvas.drawing.backdrop is not None
    assert np.array_equal(canvas.drawing.backdrop.ink, DIGIT / 255)
    QGuiApplication.clipboard().clear()


def test_a_large_copied_picture_is_reduced(canvas: DrawingCanvas, failures: list[str]) -> None:
    screen = np.full((1200, 2600), 255, np.uint8)
    screen[300:900, 1250:1350] = 0
    QGuiApplication.clipboard().setImage(to_qimage_grey(screen))
    paste(canvas)
    assert failures == []
    assert canvas.drawing.backdrop is not None
    height, width = canvas.drawing.backdrop.ink.shape
    assert (width, height) == (1024, pytest.approx(1024 * 1200 / 2600, abs=1))
    QGuiApplication.clipboard().clear()


def test_pasting_without_a_picture_says_so(canvas: DrawingCanvas, failures: list[str]) -> None:
    QGuiApplication.clipboard().setText("seven")
    paste(canvas)
    assert failures == ["There is no picture on the clipboard: copy one first, then paste it here."]
    QGuiApplication.clipboard().clear()


def test_a_paste_during_a_stroke_keeps_both_in_the_history(canvas: DrawingCanvas) -> None:
    QGuiApplication.clipboard().setImage(to_qimage_grey(DIGIT))
    QTest.mousePress(canvas, LEFT, pos=QPoint(50, 50))
    paste(canvas)
    assert canvas.drawing.backdrop is not None
    canvas.undo()
    assert len(canvas.drawing.strokes) == 1
    QGuiApplication.clipboard().clear()


@pytest.mark.parametrize("level", [255, 0], ids=["white", "black"])
def test_ink_on_a_transparent_ground_is_pasted(
    canvas: DrawingCanvas, failures: list[str], level: int
) -> None:
    image = QImage(28, 28, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    for row, column in np.argwhere(DIGIT):
        image.setPixelColor(int(column), int(row), QColor(level, level, level))
    QGuiApplication.clipboard().setImage(image)
    paste(canvas)
    assert failures == []
    assert canvas.drawing.backdrop is not None
    assert np.array_equal(canvas.drawing.backdrop.ink, DIGIT / 255)


def test_what_takes_long_is_said_to_be_read(
    canvas: DrawingCanvas, notifier: Notifier, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    may_end = threading.Event()

    def slow(_source: object) -> Drawing:
        may_end.wait(10)
        return Drawing(backdrop=Backdrop(np.eye(4)))

    monkeypatch.setattr(picture_reader, "imported", slow)
    monkeypatch.setattr(picture_reader, "NOTE_AFTER_MS", 0)
    with qtbot.waitSignal(notifier.noted) as said:
        canvas.open_picture(Path("slow.png"))
    assert said.args == ["The picture is being read."]
    may_end.set()
    settle(canvas)
    assert canvas.drawing.backdrop == Backdrop(np.eye(4))
    assert notifier.shown is None
