"""The window is there before torch: drawn on and answered at once, without it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lenet_gui.gui.core.settings import Settings
from lenet_gui.net.architecture import Variant
from lenet_gui.paths import mnist_folder, runs_folder, shipped_weights
from lenet_gui.training.ending import RunFiles

PROGRAM = """
import json, sys, threading, weakref
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from lenet_gui.gui.app import start as app

told = {{}}

def send(canvas, kind, x, y):
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else LEFT
    place = QPointF(x * canvas.width(), y * canvas.height())
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
    event = QMouseEvent(
        kind, place, canvas.mapToGlobal(place), button, held, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(canvas, event)

LEFT = Qt.MouseButton.LeftButton
GUI = threading.main_thread()

def painted():
    window = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "main-window")
    told["torch at the first paint"] = "torch" in sys.modules
    told["bar"] = window.variant_bar.findChild(object, "network-in-use").text()
    send(window.canvas, QEvent.Type.MouseButtonPress, 0.5, 0.2)
    for step in range(20):
        send(window.canvas, QEvent.Type.MouseMove, 0.5, 0.2 + 0.03 * step)
    send(window.canvas, QEvent.Type.MouseButtonRelease, 0.5, 0.8)
    told["strokes before torch"] = len(window.canvas.drawing.strokes)
    told["said before torch"] = window.answer_view.accessibleName()
    {then}

def read(window, reading):
    if reading is not None:
        told["answer"] = reading.answer
        told["said"] = window.answer_view.accessibleName()
        told["any thread collects"] = __import__("gc").isenabled()
        close_when_collected(window)

class Knot:
    pass

many = []

def close_when_collected(window):
    def collected():
        told["collected in the GUI's thread"] = threading.current_thread() is GUI
        window.close()
    knot = Knot()
    knot.itself = knot  # only the search for cycles finds it
    weakref.finalize(knot, collected)
    many.extend([] for _ in range(100_000))

make = app.make_application

def make_application():
    application = make()
    # Later than the paint that the window's showing asks for, and before torch's import begins.
    QTimer.singleShot(0, painted)
    return application

app.make_application = make_application
from lenet_gui.cli import main
status = main([])
print(json.dumps(told | {{"status": status}}))
"""

READ_IT = "window.live.read.connect(lambda reading, steps: read(window, reading))"
CLOSE_AT_ONCE = "window.torch.load(); window.close()"
SEE_THE_TROUBLE = (
    "window.torch.failed.connect(lambda words: told.update(failed=words));"
    "window.torch.failed.connect(lambda: QTimer.singleShot(0, lambda: (" + READ_IT + ","
    "window.live.set_drawing(window.canvas.drawing))))"
)
WAIT_UNTIL_TIDY = """
    from pathlib import Path
    left, timer = [Path(name) for name in sys.argv[1:]], QTimer(window)
    def look():
        if not any(file.exists() for file in left):
            timer.stop()
            window.close()
    timer.timeout.connect(look)
    timer.start(5)
"""


def _run(then: str, tmp_path: Path, *arguments: Path, **environment: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(then=then), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ
        | {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(tmp_path)}
        | environment,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_the_canvas_is_drawn_on_and_answered_before_torch_is_there(tmp_path: Path) -> None:
    told = _run(READ_IT, tmp_path)
    assert told["torch at the first paint"] is False
    assert told["bar"] == "shipped weights, MNIST test error 0.57 %"
    assert told["strokes before torch"] == 1
    assert told["said before torch"] == "Answer: none. Draw a digit."
    assert told["answer"] == 1
    assert told["said"].startswith("Answer: 1")
    assert told["status"] == 0


def test_a_window_closed_while_torch_is_loaded_ends_well(tmp_path: Path) -> None:
    told = _run(CLOSE_AT_ONCE, tmp_path)
    assert told["strokes before torch"] == 1
    assert told["status"] == 0


def test_the_network_used_last_is_there_before_torch_is(tmp_path: Path) -> None:
    weights = shutil.copy(shipped_weights("modern"), tmp_path / "mine.safetensors")
    Settings().remember(variant=Variant.MODERN, weights=str(weights))
    settings = {"XDG_CONFIG_HOME": os.environ["XDG_CONFIG_HOME"]}
    told = _run(CLOSE_AT_ONCE, tmp_path, **settings)
    assert told["torch at the first paint"] is False
    assert told["bar"] == "mine.safetensors, MNIST test error 0.55 %"


def test_no_move_of_the_mouse_is_left_out() -> None:
    """Qt's plugin for X has moves that wait in the queue thrown together unless it is told not."""
    code = """
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication
application = QApplication([])
attribute = Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents
QCoreApplication.setAttribute(attribute, True)
from lenet_gui.gui.app.start import make_application
assert make_application() is application
raise SystemExit(QCoreApplication.testAttribute(attribute))
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_where_torch_cannot_be_loaded_the_window_says_so_and_reads_digits_all_the_same(
    tmp_path: Path,
) -> None:
    broken = tmp_path / "broken" / "torch"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ImportError('no library')")
    told = _run(
        SEE_THE_TROUBLE,
        tmp_path,
        PYTHONPATH=str(broken.parent),
        XDG_STATE_HOME=str(tmp_path / "state"),
    )
    assert told["failed"] == (
        "torch cannot be loaded (no library): drawings are still read, but nothing else "
        "works; reinstall the program."
    )
    assert told["answer"] == 1
    assert told["any thread collects"] is False
    assert told["collected in the GUI's thread"] is True
    assert told["status"] == 0
    (log,) = (tmp_path / "state").rglob("*.log")
    assert "ImportError: no library" in log.read_text(encoding="utf-8")


def test_the_program_clears_away_what_killed_trainings_left(
    tmp_path: Path, leftover: Callable[[Path], Path]
) -> None:
    files = RunFiles.in_folder(runs_folder() / "2026-01-01 small 0001")
    targets = (
        files.checkpoint,
        files.weights,
        files.epochs / "epoch-1",
        mnist_folder() / "images.gz",
    )
    lock = files.weights.with_name(f".{files.weights.name}.lenet-lock")
    left = [lock, *(leftover(file) for file in targets)]
    lock.write_bytes(b"")
    assert all(file.is_file() for file in left)
    other = files.epochs / ".epoch-1.tmp"
    other.write_bytes(b"mine")
    assert _run(WAIT_UNTIL_TIDY, tmp_path, *left)["status"] == 0
    assert other.read_bytes() == b"mine"


def test_the_window_is_made_without_what_is_wanted_later() -> None:
    form = "lenet_gui.gui.training.recipe.form"
    later = {"torch", "pyqtgraph", "PIL", "scipy", "http.client", form}
    code = f"""
import sys
import lenet_gui.gui.app.window
from PySide6.QtWidgets import QApplication
print(sorted({later} & set(sys.modules)))
application = QApplication([])
window = lenet_gui.gui.app.window.MainWindow()
print(sorted({later - {"torch"}} & set(sys.modules)))
window.close()
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE)
    assert done.stdout.decode().split() == ["[]", "[]"]
