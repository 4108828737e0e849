"""Opens the window as `lenet-gui` does, draws at once, and tells the moments: see `start.py`."""

import json
import sys
import time

from lenet_gui.gui.app import start as app

moments: dict[str, float] = {}


def now() -> float:
    return time.clock_gettime(time.CLOCK_MONOTONIC)


def watch() -> None:
    """As soon as the window has been painted: draws a stroke, and waits for its maps."""
    from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    moments["painted"] = now()
    window = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "main-window")
    canvas = window.canvas
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    kinds = [QEvent.Type.MouseButtonPress, *[QEvent.Type.MouseMove] * 20]
    for step, kind in enumerate([*kinds, QEvent.Type.MouseButtonRelease]):
        at = QPointF(canvas.width() / 2, canvas.height() * (0.2 + 0.025 * step))
        held = none if kind == QEvent.Type.MouseButtonRelease else left
        button = none if kind == QEvent.Type.MouseMove else left
        keys = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(
            canvas, QMouseEvent(kind, at, canvas.mapToGlobal(at), button, held, keys)
        )

    def read(reading: object, _steps: object) -> None:
        if reading is not None and "maps" not in moments:
            window.maps.canvas.repaint()
            moments["maps"] = now()
            QTimer.singleShot(0, window.close)

    window.live.read.connect(read)


make = app.make_application


def make_application():
    from PySide6.QtCore import QTimer

    application = make()
    QTimer.singleShot(0, watch)  # after the paint that the window's showing asks for
    return application


if __name__ == "__main__":
    app.make_application = make_application
    from lenet_gui.cli import main

    status = main([])
    print(json.dumps(moments))
    sys.exit(status)
