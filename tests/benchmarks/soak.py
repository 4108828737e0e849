"""Uses the program's real window at random for a quarter of an hour, and watches its memory.

    python tests/benchmarks/soak.py [--minutes 15] [--seed N] [--what-grows]

Mouse, wheel and key events go to the window as a desktop would send them: drawing, rubbing out,
undoing, views, dialogs, sizes, themes, scales, networks, training runs on built-in digits, exports,
and files, whole and damaged. Whatever dialog opens is answered. Prints one JSON object: the seed,
how many events there were, the exceptions, the resident memory after each minute in MB, and its
growth a minute and an event after the first five minutes: a slow machine has fewer events. The exit
status is 1 where there was an exception. `--what-grows` tells of which classes there are more
objects at the end than after five minutes.
"""

import argparse
import gc
import json
import logging
import os
import random
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from canvas_replay import watched_recipe, window_with
from memory_probe import resident
from PIL import Image
from PySide6.QtCore import QEventLoop, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QWidget

from lenet_gui.data.builtin import builtin_digits
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.view_table import VIEWS

WARM_UP = 5
"""Minutes after which what is kept on purpose is there."""
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
IN_VIEWS = ("Left", "Right", "Up", "Down", "PgUp", "PgDown", "Home", "End", "Return", "Escape")
IN_VIEWS += ("Ctrl+Left", "Ctrl+Down", "Space", "Tab", "Tab", "+", "-")
SUFFIXES = (".png", ".svg", ".csv", ".npz", ".gif", ".safetensors")


class Exceptions(logging.Handler):
    """Everything that goes wrong unforeseen, in any thread, and what the program logs of it."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: list[str] = []
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread
        logging.getLogger("lenet_gui").addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(self.format(record))

    def _caught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self.told.append("".join(traceback.format_exception(kind, error, trace)))
        sys.__excepthook__(kind, error, trace)

    def _caught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._caught(args.exc_type, args.exc_value, args.exc_traceback)


class Answerer(QObject):
    """Answers what stands open: menus, questions, and file dialogs with one of its files."""

    def __init__(self, chance: random.Random, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._chance, self._folder = chance, folder
        self.answers = 0
        self._timer = QTimer(self, singleShot=True, interval=15)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        self._timer.start()  # anew: an answer can lead to a question, within this very slot
        popup, dialog = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if popup is None and not isinstance(dialog, QDialog):
            return
        self.answers += 1
        if popup is not None:
            keys = ("Down", "Down", "Return", "Escape", "Escape")
            press(popup, self._chance.choice(keys))
        elif isinstance(dialog, QFileDialog):
            self._name_file(dialog)
        elif isinstance(dialog, QDialog):
            press(dialog, self._chance.choice(("Return", "Escape", "Tab", "Down")))

    def _name_file(self, dialog: QFileDialog) -> None:
        name = dialog.findChild(QLineEdit, "fileNameEdit")
        if dialog.fileMode() == QFileDialog.FileMode.Directory or name is None:
            press(dialog, "Escape")
            return
        if dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave:
            kinds = [suffix for suffix in SUFFIXES if suffix in " ".join(dialog.nameFilters())]
            suffix = self._chance.choice(kinds or [".png"])
            path = self._folder / f"saved{self._chance.randrange(3)}{suffix}"
        else:
            path = self._chance.choice(sorted(self._folder.iterdir()))
        name.setText(str(path))
        press(name, "Return")
        if dialog.isVisible():  # it did not like the name
            press(dialog, "Escape")


class Hands:
    """Somebody who tries everything."""

    def __init__(self, window: MainWindow, chance: random.Random) -> None:
        self._window, self._chance = window, chance
        self.events = 0
        self._doings: dict[Callable[[], None], int] = {
            self._draw: 12, self._undo: 8, self._keys_in_view: 10, self._click_in_view: 8,
            self._hover: 10, self._turn_view: 8, self._wheel: 3, self._resize: 2, self._look: 5,
            self._network: 2, self.train: 3, self._file: 4, self._dialog: 2, self._pen: 2,
            self._digit: 4, self._menu: 2, self._folds: 1,
        }  # fmt: skip

    def act(self) -> None:
        """Does something."""
        (doing,) = self._chance.choices(list(self._doings), list(self._doings.values()))
        try:
            doing()
        except RuntimeError as error:
            if "already deleted" not in str(error):  # what it aimed at had gone: a miss
                raise

    def _draw(self) -> None:
        canvas = self._window.canvas
        button = RIGHT if self._chance.random() < 0.2 else LEFT
        area, chance = canvas.area, self._chance
        x, y = chance.random(), chance.random()

        def place() -> QPoint:
            return QPoint(round(area.x() + x * area.width()), round(area.y() + y * area.height()))

        QTest.mousePress(canvas, button, pos=place())
        for _ in range(chance.randrange(40)):
            x, y = x + chance.uniform(-0.1, 0.1), y + chance.uniform(-0.1, 0.1)
            QTest.mouseMove(canvas, place())
            self.events += 1
            if chance.random() < 0.3:
                QApplication.processEvents()
        QTest.mouseRelease(canvas, button, pos=place())
        self.events += 2

    def _undo(self) -> None:
        self._press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Shift+Z", "Del")

    def _digit(self) -> None:
        self._press("Ctrl+R", "Ctrl+R", "Ctrl+R", "Ctrl+V")

    def _pen(self) -> None:
        self._press("[", "]", "P", "E", "P")

    def _turn_view(self) -> None:
        self._press(*(entry.keys for entry in VIEWS), "Ctrl+Tab", "Ctrl+Shift+Tab")

    def _look(self) -> None:
        themes = [self._window.actions_[f"theme-{name}"] for name in ("light", "dark", "system")]
        if self._chance.random() < 0.3:
            self._chance.choice(themes).trigger()
            self.events += 1
        else:
            self._press("Alt+1", "Alt+2", "Alt+3")

    def _network(self) -> None:
        self._press("Ctrl+1", "Ctrl+2", "Ctrl+3")

    def train(self) -> None:
        """Starts a training run, or holds, ends or follows the one that runs."""
        training = self._window.training
        if not training.is_running and training.controller.phase == "idle":
            training.set_folded(folded=False)
            variant = self._chance.choice(("original", "modern"))
            epochs = self._chance.randrange(1, 4)
            recipe = watched_recipe(variant, "builtin", epochs=epochs, training_digits=2_000)
            training.draft.set_recipe(recipe)
            self._window.activateWindow()
            press(self._window, "F5")
            self.events += 1
        else:
            self._press("F6", "F6", "F7", "Ctrl+F", "Ctrl+F")

    def _file(self) -> None:
        self._press("Ctrl+O", "Ctrl+E", "Ctrl+E", "Ctrl+Shift+E", "Ctrl+C", "Ctrl+S", "Ctrl+L")

    def _dialog(self) -> None:
        if self._chance.random() < 0.3:
            self._window.actions_["about"].trigger()
            self.events += 1
        else:
            self._press("F1", "F2")

    def _folds(self) -> None:
        self._press("F8", "F11")

    def _resize(self) -> None:
        if not self._window.isFullScreen():
            width, height = self._chance.randrange(1024, 1700), self._chance.randrange(700, 1000)
            self._window.resize(width, height)
        self.events += 1

    def _keys_in_view(self) -> None:
        for _ in range(self._chance.randrange(1, 6)):
            press(self._focused(), self._chance.choice(IN_VIEWS))
            self.events += 1

    def _click_in_view(self) -> None:
        self._click(LEFT)

    def _hover(self) -> None:
        for _ in range(self._chance.randrange(1, 8)):
            widget, place = self._somewhere()
            QTest.mouseMove(widget, place)
            self.events += 1
            QApplication.processEvents()

    def _menu(self) -> None:
        self._click(RIGHT)
        press(self._focused(), "Menu")
        self.events += 1

    def _wheel(self) -> None:
        widget, place = self._somewhere()
        turned = QPoint(0, self._chance.choice((-120, 120)))
        none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
        there, keys = QPointF(place), Qt.KeyboardModifier.NoModifier
        everywhere = widget.mapToGlobal(there)
        event = QWheelEvent(there, everywhere, QPoint(), turned, none, keys, phase, False)
        QApplication.postEvent(widget, event)
        self.events += 1

    def _click(self, button: Qt.MouseButton) -> None:
        widget, place = self._somewhere()
        QTest.mouseClick(widget, button, pos=place)
        self.events += 2

    def _somewhere(self) -> tuple[QWidget, QPoint]:
        """A widget of what stands in front, and a place in it."""
        top = QApplication.activeWindow() or self._window
        if top is self._window and self._chance.random() < 0.7:
            top = self._window.view_stack
        place = QPoint(self._chance.randrange(top.width()), self._chance.randrange(top.height()))
        widget = top.childAt(place) or top
        return widget, widget.mapFromGlobal(top.mapToGlobal(place))

    def _focused(self) -> QWidget:
        return QApplication.focusWidget() or QApplication.activeWindow() or self._window

    def _press(self, *keys: str) -> None:
        """One of some keys, in the window or whatever stands before it."""
        press(self._focused(), self._chance.choice(keys))
        self.events += 1
        if QApplication.activeWindow() not in (None, self._window) and self._chance.random() < 0.5:
            press(self._focused(), "Escape")
            self.events += 1


def press(widget: QWidget, keys: str) -> None:
    """Presses and lets go of a key, as it is written in menus."""
    combination = QKeySequence(keys)[0]
    QTest.keyClick(widget, combination.key(), combination.keyboardModifiers())


def live(milliseconds: int) -> None:
    """Lets the window live on. `QTest.qWait` would keep Python's other threads from running."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _files(folder: Path) -> None:
    """Pictures of digits, whole and damaged, and files that are something else."""
    folder.mkdir()
    for number, image in enumerate(builtin_digits(6, 1).images):
        Image.fromarray(image).resize((112, 112)).save(folder / f"digit{number}.png")
    whole = (folder / "digit0.png").read_bytes()
    (folder / "cut.png").write_bytes(whole[: len(whole) // 2])
    (folder / "noise.safetensors").write_bytes(random.Random(0).randbytes(5_000))  # noqa: S311
    (folder / "empty.png").touch()


def _counted() -> Counter[str]:
    """How many objects there are of each class, Python's and Qt's."""
    gc.collect()
    everything = [each for each in gc.get_objects() if not isinstance(each, QObject)]
    found = Counter(type(each).__name__ for each in everything)
    for top in QApplication.topLevelWidgets():
        found.update(f"Qt {each.metaObject().className()}" for each in top.findChildren(QObject))
    return found


def soak(minutes: float, seed: int, *, count: bool) -> dict[str, Any]:
    """Goes on for so many minutes; what is printed."""
    chance, exceptions = random.Random(seed), Exceptions()  # noqa: S311
    memory: list[float] = []
    counted: Counter[str] = Counter()
    with window_with("original", None) as window:
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, True)
        folder = Path(os.environ["XDG_DATA_HOME"]) / "files"
        _files(folder)
        window.settings.remember(folder=str(folder))
        window.training.fault_found.connect(exceptions.told.append)
        answerer, hands = Answerer(chance, folder, window), Hands(window, chance)
        hands.train()  # the first one brings in a hundred megabytes of torch, once and for all
        began = time.monotonic()
        while (passed := (time.monotonic() - began) / 60) < minutes:
            hands.act()
            live(chance.randrange(30))
            if passed >= len(memory) + 1:
                memory.append(round(resident(), 1))
                if count and len(memory) == WARM_UP:
                    counted = _counted()
        counted = _counted() - counted
        window.training.stop()
        while window.training.is_running or QApplication.activeModalWidget() is not None:
            live(50)
    late = memory[WARM_UP - 1 :]
    growth = _slope(late) if len(late) > 1 else None
    a_minute = (hands.events + answerer.answers) / minutes
    told = {
        "seed": seed,
        "minutes": minutes,
        "events": hands.events + answerer.answers,
        "exceptions": exceptions.told,
        "resident_mb": memory,
        "growth_mb_a_minute": growth,
        "events_a_minute": round(a_minute),
        "growth_kb_an_event": None if growth is None else round(1024 * growth / a_minute, 2),
    }
    return told | ({"more_objects": dict(counted.most_common(60))} if count else {})


def _slope(values: list[float]) -> float:
    """Of the line through values that lie a minute apart, by least squares."""
    return round(float(np.polyfit(range(len(values)), values, 1)[0]), 2)


def main() -> int:
    """Runs, prints, and returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=15.0)
    parser.add_argument("--seed", type=int, default=None, help="the same events again")
    parser.add_argument("--what-grows", action="store_true", help="count objects")
    options = parser.parse_args()
    seed = random.SystemRandom().randrange(2**32) if options.seed is None else options.seed
    with tempfile.TemporaryDirectory() as home:
        for kind in ("DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{kind}_HOME"] = home
        os.environ.pop("LENET_GUI_DATA", None)
        for kind in ("http_proxy", "https_proxy"):
            os.environ[kind] = "http://127.0.0.1:9"  # no download gets out
        told = soak(options.minutes, seed, count=options.what_grows)
    json.dump(told, sys.stdout, indent=1)
    print()
    return 1 if told["exceptions"] else 0


if __name__ == "__main__":
    sys.exit(main())
