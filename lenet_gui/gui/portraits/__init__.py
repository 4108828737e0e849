"""The documents' pictures, made by the program itself: `python -m lenet_gui.gui.portraits FOLDER`.

It also draws the digit in them, which tests use as well.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lenet_gui.gui.app.window import MainWindow

# A handwritten three, as shares of the canvas.
STROKE = (
    (0.30, 0.26), (0.36, 0.20), (0.45, 0.17), (0.55, 0.18), (0.62, 0.23), (0.64, 0.31),
    (0.60, 0.39), (0.52, 0.45), (0.44, 0.47), (0.53, 0.49), (0.62, 0.54), (0.67, 0.62),
    (0.66, 0.72), (0.60, 0.80), (0.50, 0.84), (0.39, 0.83), (0.30, 0.77),
)  # fmt: skip


def draw(window: "MainWindow") -> None:
    """Draws a three on the window's canvas, with the mouse."""
    from PySide6.QtCore import QPointF, Qt
    from PySide6.QtTest import QTest

    area = window.canvas.area
    first, *rest = (
        QPointF(area.x() + x * area.width(), area.y() + y * area.height()).toPoint()
        for x, y in STROKE
    )
    QTest.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=first)
    for place in rest:
        QTest.mouseMove(window.canvas, place)
    QTest.mouseRelease(window.canvas, Qt.MouseButton.LeftButton, pos=rest[-1])
