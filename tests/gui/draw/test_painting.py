"""What is seen on the canvas is what is painted for the network, and only changes are repainted."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPaintEvent, QPalette, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lenet_gui.data.drawing import Backdrop, Drawing, PenPoint, Stroke
from lenet_gui.data.paint import RASTER_SIDE, paint
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.qimage import from_qimage
from lenet_gui.gui.draw.canvas import DrawingCanvas
from lenet_gui.gui.draw.sheet import CanvasSheet
from lenet_gui.gui.draw.view import MARGIN
from lenet_gui.gui.widgets.ink_colours import DARK, LIGHT, CanvasColours, canvas_colours

SHADE = 0.01
"""The colours between paper and ink are whole numbers of red, green and blue."""


@pytest.fixture
def canvas(qtbot: QtBot, notifier: Notifier) -> DrawingCanvas:
    canvas = DrawingCanvas(notifier)
    qtbot.addWidget(canvas)
    canvas.resize(RASTER_SIDE + 2 * MARGIN, RASTER_SIDE + 2 * MARGIN)
    canvas.show()
    qtbot.waitExposed(canvas)
    return canvas


def line(*points: tuple[float, float], width: float = 0.085, erases: bool = False) -> Stroke:
    return Stroke(tuple(PenPoint(x, y, width) for x, y in points), erases)


def pressed(*points: tuple[float, float, float]) -> Stroke:
    return Stroke(tuple(PenPoint(*point) for point in points))


CURL = line((0.2, 0.3), (0.5, 0.15), (0.8, 0.4), (0.3, 0.8), (0.3, 0.4), (0.9, 0.9))
CUSP = line((0.2, 0.2), (0.8, 0.5), (0.8, 0.5), (0.2, 0.8), width=0.12)
PRESSED = pressed(
    (0.1, 0.5, 0.03), (0.3, 0.3, 0.08), (0.5, 0.7, 0.14), (0.7, 0.3, 0.1), (0.9, 0.5, 0.04)
)
HAIRPIN = pressed((0.2, 0.3, 0.05), (0.8, 0.5, 0.14), (0.82, 0.5, 0.12), (0.2, 0.7, 0.06))
RUBBED = line((0.1, 0.9), (0.9, 0.1), width=0.15, erases=True)
PICTURE = Backdrop(np.random.default_rng(0).random((28, 28)).astype(np.float32))
WIDE = Backdrop(np.kron(np.eye(4, 8), np.ones((28, 28))))

DRAWINGS = {
    "curl": Drawing((CURL,)),
    "cusp": Drawing((CUSP,)),
    "pressure": Drawing((PRESSED,)),
    "hairpin": Drawing((HAIRPIN,)),
    "dot": Drawing((line((0.5, 0.5)),)),
    "dot that grew": Drawing((pressed((0.5, 0.5, 0.05), (0.5, 0.5, 0.12)),)),
    "over the edge": Drawing((line((0.5, 0.5), (0.8, 0.9), (1.2, 1.1)),)),
    "rubbed out": Drawing((CURL, PRESSED, RUBBED, CUSP)),
    "digit": Drawing((line((0.2, 0.2), (0.8, 0.8)), RUBBED), PICTURE),
    "wide picture": Drawing((), WIDE),
}


def ink_seen(canvas: DrawingCanvas) -> NDArray[np.float64]:
    shown = from_qimage(canvas.grab(canvas.area).toImage()).astype(float)
    colours = canvas_colours(canvas)
    paper = np.array(colours.paper.getRgb()[:3], float)
    ink = np.array(colours.ink.getRgb()[:3], float)
    return ((shown - paper) @ (ink - paper)) / ((ink - paper) @ (ink - paper))


@pytest.mark.parametrize("name", DRAWINGS)
def test_what_is_seen_is_what_the_network_gets(canvas: DrawingCanvas, name: str) -> None:
    canvas.put(DRAWINGS[name])
    difference = np.abs(ink_seen(canvas) - paint(DRAWINGS[name]))
    assert difference.max() < SHADE


def test_a_stroke_under_way_looks_as_it_will_when_finished(canvas: DrawingCanvas) -> None:
    canvas.put(DRAWINGS["digit"])
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(50, 60))
    for x, y in [(80, 70), (150, 50), (160, 150), (60, 200), (60, 100)]:
        QTest.mouseMove(canvas, QPoint(x, y))
        assert np.abs(ink_seen(canvas) - paint(canvas.drawing)).max() < SHADE
    under_way = ink_seen(canvas)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 100))
    assert np.abs(ink_seen(canvas) - under_way).max() < 0.02


class PaintedParts(QObject):
    """Collects the parts of a widget that were painted again."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[QRect] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.parts.append(event.region().boundingRect())
        return False


def assert_repainted(canvas: DrawingCanvas, change: Callable[[], None], most: float) -> None:
    """All that a change changes is painted again, and at most such a share of the canvas."""
    before, watcher = from_qimage(canvas.grab().toImage()), PaintedParts()
    canvas.installEventFilter(watcher)
    change()
    QApplication.processEvents()
    canvas.removeEventFilter(watcher)
    after = from_qimage(canvas.grab().toImage())
    changed = np.argwhere((before != after).any(axis=2))
    assert len(changed) > 0
    repainted = QRect()
    for part in watcher.parts:
        repainted = repainted.united(part)
    for row, column in (changed.min(axis=0).tolist(), changed.max(axis=0).tolist()):
        assert repainted.contains(QPoint(column, row))
    assert repainted.width() * repainted.height() < most * canvas.width() * canvas.height()


def test_a_move_repaints_all_that_it_changes_and_little_else(
    canvas: DrawingCanvas, qtbot: QtBot
) -> None:
    canvas.resize(500, 500)
    QApplication.processEvents()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    QApplication.processEvents()
    for x, y in [(70, 62), (90, 80), (130, 85), (132, 120), (110, 150), (60, 140), (58, 141)]:
        assert_repainted(canvas, partial(QTest.mouseMove, canvas, QPoint(x, y)), 0.15)


def test_a_frame_that_moves_repaints_its_two_places_and_little_else(
    canvas: DrawingCanvas, qtbot: QtBot
) -> None:
    canvas.put(DRAWINGS["curl"])
    QApplication.processEvents()
    for part in (
        QRectF(0.3, 0.3, 0.2, 0.1),
        QRectF(0.35, 0.35, 0.2, 0.1),
        QRectF(-0.1, 0.2, 0.5, 0.2),  # as far as it lies on the sheet
        None,
    ):
        assert_repainted(canvas, partial(canvas.show_frame, part), 0.3)


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.parametrize("ratio", [1.0, 1.5])
def test_a_drawing_seen_while_it_grows_joins_without_a_seam(
    qapp: QApplication, name: str, ratio: float
) -> None:
    """Point by point, each time only what is new is painted; then all of it at once."""
    drawing, sheet = DRAWINGS[name], CanvasSheet()
    for count, stroke in enumerate(drawing.strokes):
        for points in range(1, len(stroke.points) + 1):
            grown = Stroke(stroke.points[:points], stroke.erases)
            part = Drawing((*drawing.strokes[:count], grown), drawing.backdrop)
            seen = _pixels(sheet.picture(part, 150, ratio, LIGHT)).astype(int)
            at_once = _pixels(CanvasSheet().picture(part, 150, ratio, LIGHT))
            assert np.abs(seen - at_once).max() <= 1


def test_the_sheet_paints_a_further_stroke_on_top_as_it_would_paint_all(
    qapp: QApplication,
) -> None:
    sheet, strokes = CanvasSheet(), (CURL, PRESSED, RUBBED, CUSP)
    drawing = Drawing((), PICTURE)
    for stroke in strokes:
        drawing = drawing.with_stroke(stroke)
        step_by_step = sheet.picture(drawing, 150, 1.0, LIGHT)
        at_once = CanvasSheet().picture(drawing, 150, 1.0, LIGHT)
        assert np.array_equal(_pixels(step_by_step), _pixels(at_once))
    undone = Drawing(drawing.strokes[:2], PICTURE)
    expected = CanvasSheet().picture(undone, 150, 1.0, LIGHT)
    assert np.array_equal(_pixels(sheet.picture(undone, 150, 1.0, LIGHT)), _pixels(expected))


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_the_sheet_has_the_screens_own_pixels(qapp: QApplication, ratio: float) -> None:
    picture = CanvasSheet().picture(Drawing((CURL,)), 150, ratio, LIGHT)
    assert picture.width() == 150 * ratio
    assert picture.deviceIndependentSize().width() == 150


def test_the_sheet_is_left_alone_when_nothing_changed(qapp: QApplication) -> None:
    sheet, drawing = CanvasSheet(), Drawing((CURL,))
    first = sheet.picture(drawing, 150, 1.0, LIGHT).cacheKey()
    assert sheet.picture(drawing, 150, 1.0, LIGHT).cacheKey() == first
    assert sheet.picture(drawing, 150, 1.0, DARK).cacheKey() != first


def _pixels(pixmap: QPixmap) -> NDArray[np.uint8]:
    return from_qimage(pixmap.toImage())


def test_the_empty_sheet_invites_and_the_drawn_one_does_not(canvas: DrawingCanvas) -> None:
    assert ink_seen(canvas).max() > 0.3
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert ink_seen(canvas)[60:].max() < 0.01
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert ink_seen(canvas)[60:].max() < 0.01
    canvas.undo()
    assert ink_seen(canvas)[60:].max() > 0.3


@pytest.mark.parametrize(
    ("window", "expected"), [("#f0f0f0", LIGHT), ("#202020", DARK)], ids=["light", "dark"]
)
def test_ink_is_legible_in_both_themes_and_follows_the_palette(
    canvas: DrawingCanvas, window: str, expected: CanvasColours
) -> None:
    canvas.put(DRAWINGS["curl"])
    canvas.setPalette(QPalette(QColor(window)))
    assert canvas_colours(canvas) == expected
    assert _contrast(expected.paper, expected.ink) > 12
    assert _contrast(expected.paper, expected.hint) > 4.5
    assert np.abs(ink_seen(canvas) - paint(DRAWINGS["curl"])).mean() < 0.004


def _contrast(a: QColor, b: QColor) -> float:
    """The contrast ratio of WCAG 2."""

    def luminance(colour: QColor) -> float:
        parts = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (colour.redF(), colour.greenF(), colour.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)
