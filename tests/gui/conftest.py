"""What every test of the window has: a font, no thread left behind, and readings to show.

Also MNIST in small, and a mirror on loopback that has it.
"""

import traceback
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPointF, Qt, QThread, QThreadPool
from PySide6.QtGui import QColor, QFontDatabase, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.data.builtin import builtin_sets
from lenet_gui.explore.reader import read_digit
from lenet_gui.explore.reading import Reading
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.qimage import from_qimage
from lenet_gui.gui.core.settings import Settings
from lenet_gui.gui.core.text_size import USUAL, choose_text_size
from lenet_gui.gui.library import digits as digit_library
from lenet_gui.gui.portraits import draw
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.net.architecture import InitialWeights, Variant
from lenet_gui.net.calibration import Calibration
from lenet_gui.net.lenet5 import build
from lenet_gui.pictures.grid.layout import GridLayout
from lenet_gui.pictures.grid.panel import Cell
from tests.support.dialogs import Watching, ended, type_name
from tests.support.small_mnist import Mirror, SmallMnist, mirrors


@pytest.fixture(scope="session", autouse=True)
def _few_stand_ins() -> Iterator[None]:
    """The built-in digits that stand for MNIST are fewer than a user's: soon written and read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(digit_library, "STAND_INS", 200)
        yield


@pytest.fixture
def notifier() -> Notifier:
    """A notifier, for a part of the window that stands alone."""
    return Notifier()


@pytest.fixture
def bare_window(qtbot: QtBot) -> QWidget:
    """What dialogs stand before, for a widget that is tested alone."""
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def file_dialogs(bare_window: QWidget) -> FileDialogs:
    """The file dialogs of a window, with settings of their own."""
    return FileDialogs(bare_window, Settings())


@pytest.fixture
def cell_commands(bare_window: QWidget, file_dialogs: FileDialogs) -> CellCommands:
    """What can be done with cells, for a grid that stands alone."""
    return CellCommands(file_dialogs, Notifier(bare_window), bare_window)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """The program's window with the shipped Original, 1024x700, nothing drawn."""
    window = MainWindow()
    window.networks.switch(Variant.ORIGINAL)
    qtbot.addWidget(window)
    window.resize(1024, 700)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.close()
    theme.choose_theme("system")
    choose_text_size(USUAL)


@pytest.fixture
def drawn(window: MainWindow, qtbot: QtBot) -> Callable[[], None]:
    """`drawn()`: draws a digit with the mouse and waits until it is read."""

    def do() -> None:
        with qtbot.waitSignal(window.live.read):
            draw(window)
        qtbot.waitUntil(lambda: window.live.drawing is window.canvas.drawing)
        qtbot.waitUntil(lambda: window.live.reading is not None)

    return do


@pytest.fixture(scope="session", autouse=True)
def _font_is_there(qapp: QApplication) -> None:
    """Sizes of text are wrong without a font, so tests that measure would tell nothing."""
    if not QFontDatabase.families() or QFontMetrics(qapp.font()).horizontalAdvance("0") == 0:
        pytest.exit("The tests of the window need a font: install fonts-dejavu-core.", 2)


@pytest.fixture(autouse=True)
def _clean_clipboard(qapp: QApplication) -> Iterator[None]:
    """What a test copied is gone after it: Qt crashes at its end on data that Python has made."""
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def _every_question_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails a test that would wait for the answer to a modal dialog which nobody gives."""
    monkeypatch.setattr(QDialog, "exec", ended(QDialog.exec))
    for name in ("getOpenFileName", "getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(QFileDialog, name, ended(getattr(QFileDialog, name)))


@pytest.fixture(autouse=True)
def _no_thread_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails a test that leaves a QThread running, and says where that thread was started."""
    started: list[tuple[QThread, str]] = []
    real_start = QThread.start

    def start(thread: QThread, *arguments: QThread.Priority) -> None:
        started.append((thread, "".join(traceback.format_stack(limit=8)[:-1])))
        real_start(thread, *arguments)

    monkeypatch.setattr(QThread, "start", start)
    yield
    left = [where for thread, where in started if _runs(thread)]
    pooled = not QThreadPool.globalInstance().waitForDone(2000)
    for thread, _ in started:
        if _runs(thread):  # so that the next tests, and the end of the interpreter, stay unharmed
            thread.quit()
            thread.wait(5000)
    assert not left, f"a thread is still running; it was started here:\n{left[0]}"
    assert not pooled, "a job in the thread pool is still running"


def _runs(thread: QThread) -> bool:
    try:
        return thread.isRunning()
    except RuntimeError:  # Qt's side of it is gone already
        return False


def _image(digit: int) -> np.ndarray:
    image = np.zeros((28, 28), np.float32)
    if digit == 7:
        image[6:9, 7:21] = 1.0
        for row in range(9, 23):
            column = 20 - (row - 9) // 2
            image[row, column - 2 : column + 1] = 0.9
    else:
        image[5:23, 13:16] = 1.0
    return image


@pytest.fixture(scope="session")
def read() -> Callable[..., Reading]:
    """`read(variant, digit)`: what a network that never learned makes of a drawn digit."""
    networks = {
        variant: build(
            variant, torch.Generator().manual_seed(7), InitialWeights.INVERSE_SQRT
        ).eval()
        for variant in Variant
    }

    def reading(variant: Variant, digit: int = 7) -> Reading:
        # Far from every code, as it never learned: with this j it answers all the same.
        calibration = Calibration(100.0 if variant is Variant.ORIGINAL else None)
        return read_digit(networks[variant], _image(digit), calibration)

    return reading


@pytest.fixture
def pixels() -> Callable[[QWidget], np.ndarray]:
    """`pixels(widget)`: what the widget shows, uint8 [h, w, 3], in device pixels."""
    return lambda widget: from_qimage(widget.grab().toImage())


@pytest.fixture
def middle_of() -> Callable[..., QPointF]:
    """`middle_of(layout, layer, picture, row, column)`: a unit's middle in the widget."""

    def middle(layout: GridLayout, layer: str, picture: int, row: int, column: int) -> QPointF:
        place = layout.box(Cell(layer, picture, row, column))
        return QPointF(place.x + place.width / 2, place.y + place.height / 2) / layout.ratio

    return middle


@pytest.fixture
def dark_palette(qapp: QApplication) -> QPalette:
    """A dark palette to set on a widget."""
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor("#303030"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#f0f0f0"))
    return palette


@pytest.fixture
def name_file(qtbot: QtBot) -> Callable[[Callable[[], object], Path | None], None]:
    """`name_file(command, path)`: runs a command and names `path` in the dialog that it opens.

    Without a path the dialog is put away.
    """
    # Qt's own file dialogs, which a test can reach, on every desktop.
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, True)

    def answer(command: Callable[[], object], path: Path | None) -> None:
        dialog = Watching(QFileDialog, partial(type_name, path))
        command()
        # Patient: a failure leaves the dialog open over the tests that follow.
        qtbot.waitUntil(lambda: dialog.is_done, timeout=60_000)
        # What the command then shows may be modal, too.
        qtbot.waitUntil(
            lambda: not isinstance(QApplication.activeModalWidget(), QFileDialog), timeout=60_000
        )
        dialog.deleteLater()

    return answer


@pytest.fixture(scope="session")
def small_mnist() -> SmallMnist:
    """120 training and 60 test digits in MNIST's layout."""
    sets = builtin_sets(120, 60, seed=3)
    return SmallMnist(
        (sets.training.images, sets.training.labels, sets.test.images, sets.test.labels)
    )


@pytest.fixture
def mirror(
    small_mnist: SmallMnist, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Mirror]]:
    """Starts mirrors of the small digits: `mirror()`, or with an answer of its own."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with mirrors(small_mnist.archives) as start:
        yield start
