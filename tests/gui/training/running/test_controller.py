"""The training thread: signals by the thousand, faults, and closing."""

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QThread, Slot
from pytestqt.qtbot import QtBot

from lenet_gui.data.digits import DigitSets
from lenet_gui.gui.core.threads import training_threads
from lenet_gui.gui.library.digit_source import DigitSource
from lenet_gui.gui.training.running.controller import Phase, TrainingController
from lenet_gui.training.control import Control
from lenet_gui.training.events import Failed
from lenet_gui.training.recipe import Recipe

WAIT_MS = 100_000
EMISSIONS = 5000


class TalkativeSource(DigitSource):
    """Tells its progress thousands of times, and then has no digits."""

    def load(
        self, recipe: Recipe, control: Control, progress: Callable[[int, int], None]
    ) -> DigitSets:
        for done in range(1, EMISSIONS + 1):
            progress(done, EMISSIONS)
        return super().load(recipe, control, progress)


class BrokenSource(DigitSource):
    """A fault of the program."""

    def load(
        self, recipe: Recipe, control: Control, progress: Callable[[int, int], None]
    ) -> DigitSets:
        raise ZeroDivisionError("no digits today")


class StuckSource(DigitSource):
    """In the middle of something that cannot be interrupted, until `go_on` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = threading.Event()
        self.thread: QThread | None = None

    def load(
        self, recipe: Recipe, control: Control, progress: Callable[[int, int], None]
    ) -> DigitSets:
        self.thread = QThread.currentThread()
        progress(1, 2)
        self.go_on.wait()
        return super().load(recipe, control, progress)


class Counter(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.done: list[int] = []
        self.threads: set[QThread] = set()

    @Slot(object)
    def count(self, told: object) -> None:
        self.done.append(told.done)  # type: ignore[attr-defined]
        self.threads.add(QThread.currentThread())


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[[DigitSource], TrainingController]]:
    made: list[TrainingController] = []

    def do(source: DigitSource) -> TrainingController:
        made.append(TrainingController(source, lambda: tmp_path / "runs"))
        return made[-1]

    yield do
    for controller in made:
        assert controller.close_down(10_000)


def test_thousands_of_signals_arrive_in_order_in_the_windows_thread(
    make: Callable[[DigitSource], TrainingController], qtbot: QtBot, tmp_path: Path
) -> None:
    controller = make(TalkativeSource())
    counter = Counter()
    controller.loading.connect(counter.count)
    with qtbot.waitSignal(controller.event_happened, timeout=WAIT_MS) as failed:
        controller.train(Recipe(data=str(tmp_path)))
    assert isinstance(failed.args[0], Failed)
    assert counter.done == list(range(EMISSIONS + 1))
    assert counter.threads == {controller.thread()}


def test_a_fault_of_the_program_is_told_with_its_details_and_logged(
    make: Callable[[DigitSource], TrainingController], qtbot: QtBot, log: Path
) -> None:
    controller = make(BrokenSource())
    usual = sys.getswitchinterval()
    with (
        qtbot.waitSignal(controller.event_happened, timeout=WAIT_MS) as failed,
        qtbot.waitSignal(controller.fault_found, timeout=WAIT_MS) as fault,
        qtbot.waitSignal(
            controller.phase_changed,
            timeout=WAIT_MS,
            check_params_cb=lambda phase: phase is Phase.IDLE,
        ),
    ):
        controller.train(Recipe())
    assert "ZeroDivisionError: no digits today" in failed.args[0].sentence
    assert 'raise ZeroDivisionError("no digits today")' in fault.args[0]
    assert 'raise ZeroDivisionError("no digits today")' in log.read_text(encoding="utf-8")
    assert sys.getswitchinterval() == usual
    with qtbot.waitSignal(controller.event_happened, timeout=WAIT_MS):
        controller.train(Recipe())  # the thread goes on


def test_a_thread_that_cannot_end_yet_outlives_its_controller(qtbot: QtBot, tmp_path: Path) -> None:
    source = StuckSource()
    controller = TrainingController(source, lambda: tmp_path / "runs")
    with qtbot.waitSignal(
        controller.loading, timeout=WAIT_MS, check_params_cb=lambda told: told.done == 1
    ):
        controller.train(Recipe(data=str(tmp_path)))
    thread = source.thread
    assert thread is not None
    assert not controller.close_down(50)
    del controller  # with its parent gone, the thread must not be
    gc.collect()
    assert thread.isRunning()
    source.go_on.set()
    assert thread.wait(WAIT_MS)


def test_one_core_is_left_to_the_window() -> None:
    assert training_threads() >= 1
