"""The README's pictures, made by the program itself: `python -m lenet_gui.gui.portraits FOLDER`.

The real window draws a digit with real mouse events, trains for a few epochs on MNIST where it is
found (else on built-in digits), and is photographed, light and dark.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QPixmap

from lenet_gui.errors import UserError
from lenet_gui.files import written_atomically
from lenet_gui.net.architecture import Variant
from lenet_gui.training.presets import preset
from lenet_gui.training.recipe import BUILTIN, MNIST

if TYPE_CHECKING:
    from lenet_gui.gui.window import MainWindow

WIDE = (1440, 900)
SMALL = (1024, 700)
VERSUS = (920, 640)
DIGITS = 12_000
EPOCHS = 8
SEEN = 5
"""The run has eight epochs and is photographed after the fifth."""
SETTLE_MS = 300
PATIENCE_MS = 240_000

# A three, as a hand would draw it: shares of the canvas.
STROKE = (
    (0.30, 0.26), (0.36, 0.20), (0.45, 0.17), (0.55, 0.18), (0.62, 0.23), (0.64, 0.31),
    (0.60, 0.39), (0.52, 0.45), (0.44, 0.47), (0.53, 0.49), (0.62, 0.54), (0.67, 0.62),
    (0.66, 0.72), (0.60, 0.80), (0.50, 0.84), (0.39, 0.83), (0.30, 0.77),
)  # fmt: skip


def main(folder: Path) -> int:
    """Writes the pictures into `folder`, PNG and SVG."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from lenet_gui.data.mnist import MnistNotFound, find_mnist

    try:
        os.environ["LENET_GUI_DATA"] = str(find_mnist())
        data = MNIST
    except MnistNotFound:
        data = BUILTIN
    with tempfile.TemporaryDirectory() as home:
        # The window of a first start, and runs that nobody keeps.
        os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DATA_HOME"] = home
        _photograph(folder, data)
    return 0


def _photograph(folder: Path, data: str) -> None:
    from lenet_gui.gui import theme
    from lenet_gui.gui.app import make_application
    from lenet_gui.gui.icon import icon_pixmap
    from lenet_gui.gui.window import MainWindow

    make_application()
    _save(icon_pixmap(256), folder / "icon.png")
    window = MainWindow()
    theme.choose_theme("light")
    window.networks.switch(Variant.MODERN)
    window.resize(*SMALL)
    window.show()
    _settle()
    draw(window)
    _settle()
    _save(window.grab(), folder / "window-modern.png")

    window.networks.switch(Variant.ORIGINAL)
    _photograph_versus_1998(window, folder, with_misses=data == MNIST)
    window.resize(*WIDE)
    _settle()
    recipe = preset("original-quick").with_changes(data=data, training_digits=DIGITS, epochs=EPOCHS)
    window.training.form.set_recipe(recipe)
    window.training.set_folded(folded=False)
    window.training.start()
    _settle(until=lambda: _epochs_done(window) >= SEEN)
    _save(window.grab(), folder / "window.png")
    theme.choose_theme("dark")
    _settle()
    _save(window.grab(), folder / "window-dark.png")
    window.training.stop()
    _settle(until=lambda: not window.training.is_running)
    window.close()


def _photograph_versus_1998(window: "MainWindow", folder: Path, *, with_misses: bool) -> None:
    """The results on the paper's figures, and the Original's misses where MNIST is there."""
    from lenet_gui.pictures.curve_sheet import curve_sheet
    from lenet_gui.pictures.export import save_picture
    from lenet_gui.pictures.methods_sheet import methods_sheet
    from lenet_gui.versus.curves import curves_of
    from lenet_gui.versus.published import CURVE_OF
    from lenet_gui.versus.standing import shipped_standings

    kept = shipped_standings()
    if (standing := kept.of(CURVE_OF)) is not None:
        save_picture(curve_sheet(curves_of(standing)), folder / "versus-1998.svg")
    save_picture(methods_sheet(kept), folder / "versus-methods.svg")
    if not with_misses:
        return
    window.versus.show()
    page = window.versus.page
    assert page is not None  # noqa: S101 - it is made when it is shown
    page.resize(*VERSUS)
    page.tabs.setCurrentWidget(page.gallery)
    _settle(until=lambda: page.gallery.misses is not None)
    _settle()
    _save(page.grab(), folder / "versus-misses.png")
    page.close()


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


def _epochs_done(window: "MainWindow") -> int:
    run = window.training.panes.plots.run
    return 0 if run is None else len(run.epochs)


def _settle(until: Callable[[], bool] = lambda: True) -> None:
    """Lets the window go on for a moment, and until a condition holds.

    An event loop of its own, for QTest's waiting holds Python's lock and starves the training.
    """
    for _ in range(PATIENCE_MS // SETTLE_MS):
        loop = QEventLoop()
        QTimer.singleShot(SETTLE_MS, loop.quit)
        loop.exec()
        if until():
            return
    raise UserError("The training for the pictures did not get on in time.")


def _save(picture: QPixmap, file: Path) -> None:
    with written_atomically(file) as scratch:
        picture.save(str(scratch), "PNG")
    print(file)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
