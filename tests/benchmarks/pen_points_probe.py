"""The window in one state, counting the moves of the mouse that reach its canvas; see `pen_points`.

    python tests/benchmarks/pen_points_probe.py STATE DATA

Prints a line of JSON when it is ready to be drawn on (where the canvas lies on the screen), and one
after each stroke: the moves that were handled, whether the state still held, and the digit that
was read. After a line on the standard input it brings the window to rest and says so.
"""

import json
import os
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot

from lenet_gui.gui.app.start import make_application
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.settings import ChosenData
from lenet_gui.gui.core.tasks import Job, Tasks
from lenet_gui.net.architecture import Variant
from lenet_gui.pictures.colours import Theme

LOOK_EVERY_MS = 20


class Probe(QObject):
    """Counts and tells."""

    asked = Signal()
    """A line has come."""
    ended = Signal()
    """No further line comes."""

    def __init__(self, window: MainWindow, state: str, data: str) -> None:
        super().__init__(window)
        self._window, self._state, self._data = window, state, data
        self._moves = 0
        self._tasks = Tasks(self)
        self._waits_for: Callable[[], bool] | None = None
        self._then: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self.asked.connect(self._bring_to_rest, Qt.ConnectionType.QueuedConnection)
        self.ended.connect(window.close, Qt.ConnectionType.QueuedConnection)
        window.canvas.installEventFilter(self)

    def begin(self) -> None:
        """Brings the window into its state."""
        window, state = self._window, self._state
        if state == "loading":
            self._tell_ready()
            return
        self._when(lambda: window.torch.is_loaded, self._begin_state)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self._moves = 0
            self._window.canvas.clear()
        elif event.type() == QEvent.Type.MouseMove:
            self._moves += 1
        elif event.type() == QEvent.Type.MouseButtonRelease:
            busy = self._is_busy()
            QTimer.singleShot(0, lambda: self._when(self._is_read, lambda: self._tell(busy)))
        return False

    def _is_read(self) -> bool:
        live = self._window.live
        return live.is_settled and live.reading is not None

    def _tell(self, busy: bool) -> None:
        reading = self._window.live.reading
        answer = None if reading is None else reading.answer
        _say({"moves": self._moves, "busy": busy, "answer": answer})

    def _when(self, is_so: Callable[[], bool], then: Callable[[], None]) -> None:
        self._waits_for, self._then = is_so, then
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        if self._waits_for is not None and self._then is not None and self._waits_for():
            self._timer.stop()
            self._then()

    def _tell_ready(self) -> None:
        canvas = self._window.canvas
        corner = canvas.mapToGlobal(canvas.area.topLeft())
        _say({"x": corner.x(), "y": corner.y(), "side": canvas.area.width()})

    # ---------------------------------------------------------------- the states

    def _begin_state(self) -> None:
        window, state = self._window, self._state
        if self._data != "builtin":
            window.data.use(ChosenData(self._data))
        if state == "training":
            self._train()
        elif state == "evaluating":
            window.view_stack.turn_to("digits")
            window.view_stack.view.set_choice.setCurrentIndex(1)
            self._when(self._is_busy, self._tell_ready)
        elif state == "sweeping":
            window.view_stack.turn_to("invariance")
            self._tell_ready()
        elif state == "exporting":
            window.digits.ask_for_random_digit()
            self._when(self._is_read, self._export)
        else:
            self._tell_ready()

    def _train(self) -> None:
        from canvas_replay import watched_recipe

        panel = self._window.training
        panel.set_folded(folded=False)
        panel.draft.set_recipe(watched_recipe("original", self._data))
        panel.commands.follow.setChecked(True)
        panel.start()
        self._when(lambda: panel.panes.plots.run is not None, self._tell_ready)

    def _export(self) -> None:
        """Saves all layers again and again, in a thread as the views' own exports are."""
        shown = self._window.maps.exported()
        target = Path(mkdtemp()) / "layers.png"
        assert shown is not None

        def work(job: Job) -> None:
            from lenet_gui.pictures.export import save

            while True:
                job.check()
                save(shown, target, Theme.LIGHT, 4)

        self._tasks.ask(work)
        self._tell_ready()

    def _is_busy(self) -> bool:
        """Whether the window still does what its state is about."""
        window, state = self._window, self._state
        if state == "loading":
            return not window.torch.is_loaded
        if state == "training":
            return bool(window.training.is_running)
        if state == "evaluating":
            view = window.view_stack.view
            return window.view_stack.name == "digits" and bool(view.runner.is_busy)
        return self._tasks.is_busy if state == "exporting" else True

    @Slot()
    def _bring_to_rest(self) -> None:
        window = self._window
        window.training.stop()
        self._tasks.close_down()
        window.view_stack.turn_to("maps")
        self._when(
            lambda: window.torch.is_loaded and not window.training.is_running,
            lambda: _say({"quiet": True}),
        )


def _say(told: dict[str, object]) -> None:
    print(json.dumps(told), flush=True)


def _end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A fault ends the probe, and with it the measurement."""
    traceback.print_exception(kind, error, trace)
    os._exit(1)


def main() -> int:
    """Opens the window and waits for lines."""
    state, data = sys.argv[1:3]
    sys.excepthook = _end
    application = make_application()
    window = MainWindow()
    window.networks.switch(Variant.ORIGINAL)
    window.resize(1200, 840)
    window.show()
    probe = Probe(window, state, data)
    QTimer.singleShot(0, probe.begin)  # after the first paint

    def listen() -> None:
        for _ in sys.stdin:
            probe.asked.emit()
        probe.ended.emit()

    threading.Thread(target=listen, daemon=True).start()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
