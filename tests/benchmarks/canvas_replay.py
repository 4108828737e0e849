"""Draws with the mouse on the canvas of the program's real window, and waits for its reading."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QWidget

from lenet_gui.data.drawing import Stroke
from lenet_gui.explore.reading import Reading
from lenet_gui.gui.app.start import make_application
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.heap import share_heap
from lenet_gui.net.architecture import LOSSES, Variant
from lenet_gui.training.recipe import MNIST, Recipe

READ_WITHIN_MS = 5_000
_LEFT = Qt.MouseButton.LeftButton
_NONE = Qt.MouseButton.NoButton


@contextmanager
def window_with(variant: str, weights: Path | None) -> Iterator[MainWindow]:
    """The window of a first start, with a file of weights or the shipped ones of a variant."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["XDG_CONFIG_HOME"] = home
        share_heap()  # as `open_window` does
        application = make_application()
        window = MainWindow()
        if weights:
            window.networks.load(weights)
        else:
            window.networks.switch(Variant(variant))  # at once, or as soon as torch is there
        window.resize(1280, 820)
        window.show()
        while window.networks.current is None:
            application.processEvents()
        yield window
        window.close()


def watched_recipe(variant: str, data: str | None, **changes: Any) -> Recipe:
    """A recipe to train in the window: batches of 64, and so many epochs that it does not end."""
    return Recipe(
        name="watched",
        variant=variant,
        loss=LOSSES[Variant(variant)][0],
        data=data or MNIST,
        epochs=1000,
        batch_size=64,
        schedule="constant",
        device="cpu",
    ).with_changes(**changes)


def draw(window: MainWindow, strokes: Sequence[Stroke]) -> Reading | None:
    """Empties the canvas, draws with one mouse event for each point, returns what is read."""
    canvas = window.canvas
    canvas.clear()
    area = canvas.area
    for stroke in strokes:
        places = [
            QPointF(area.x() + p.x * area.width(), area.y() + p.y * area.height())
            for p in stroke.points
        ]
        send(canvas, QEvent.Type.MouseButtonPress, places[0])
        for place in places[1:]:
            send(canvas, QEvent.Type.MouseMove, place)
        send(canvas, QEvent.Type.MouseButtonRelease, places[-1])
    QSignalSpy(window.live.read).wait(READ_WITHIN_MS)
    QApplication.processEvents()
    return window.live.reading


def send(canvas: QWidget, kind: QEvent.Type, place: QPointF) -> None:
    """One event of the left mouse button, or of a mouse that moves with it held."""
    held = _NONE if kind == QEvent.Type.MouseButtonRelease else _LEFT
    button = _NONE if kind == QEvent.Type.MouseMove else _LEFT
    no_keys = Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(kind, place, canvas.mapToGlobal(place), button, held, no_keys)
    QApplication.sendEvent(canvas, event)
