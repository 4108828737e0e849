"""Work outside the GUI thread, of which only the newest matters."""

import logging
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot

from lenet_gui.errors import UserError
from lenet_gui.printable import shortened

_log = logging.getLogger(__name__)


class Overtaken(Exception):  # noqa: N818 - no error: nobody wants the result any more
    """Raised inside a job that has been replaced or cancelled."""


@dataclass(frozen=True)
class Job:
    """What a job sees of its context, in its own thread."""

    _number: int
    _stop: threading.Event
    _tell: Callable[[int, object], None]

    @property
    def is_overtaken(self) -> bool:
        """Whether the result is no longer needed."""
        return self._stop.is_set()

    def check(self) -> None:
        """Raises Overtaken if the result is not needed any more: call it in long work."""
        if self._stop.is_set():
            raise Overtaken

    def progress(self, done: int, wanted: int) -> None:
        """Reports the progress; raises Overtaken as `check` does."""
        self.check()
        self._tell(self._number, _Progress(done, wanted))

    def show(self, part: object) -> None:
        """Passes on a part of the result before it is complete; raises Overtaken."""
        self.check()
        self._tell(self._number, _Part(part))


class Tasks(QObject):
    """One job at a time in a separate thread: a new one replaces the previous one.

    The jobs of one Tasks run one after another. Signals arrive in the thread of
    this object, and never from a replaced job: `done(object)` the job's result,
    `shown(object)` a part of it, `progressed(int, int)` its progress, `failed(str)` a message.
    The traceback of an unexpected error is logged, also that of a replaced job.
    """

    done = Signal(object)
    shown = Signal(object)
    progressed = Signal(int, int)
    failed = Signal(str)
    _told = Signal(int, object)

    def __init__(self, parent: QObject | None = None, threads: int = 1) -> None:
        """`threads`: of torch, for the jobs."""
        super().__init__(parent)
        self._threads = threads
        self._number = 0
        self._busy = False
        self._stop = threading.Event()
        self._there = threading.Condition()
        self._next: tuple[Job, Callable[[Job], object]] | None = None
        self._thread: threading.Thread | None = None
        self._closed = False
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether the newest job has not ended yet."""
        return self._busy

    def ask(self, work: Callable[[Job], object]) -> None:
        """Does `work` as soon as the previous job has noticed that it is replaced."""
        self.cancel()
        self._stop = threading.Event()
        self._busy = True
        job = Job(self._number, self._stop, self._told.emit)
        with self._there:
            self._next = job, work
            self._there.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="background", daemon=True)
            self._thread.start()

    def cancel(self) -> None:
        """Cancels the newest job, which ends at its next check."""
        self._number += 1
        self._stop.set()
        self._busy = False
        with self._there:
            self._next = None

    def close_down(self) -> None:
        """Ends the thread, and waits for that."""
        self.cancel()
        with self._there:
            self._closed = True
            self._there.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while True:
            with self._there:
                while self._next is None and not self._closed:
                    self._there.wait()
                if self._next is None:
                    return
                job, work = self._next
                self._next = None
            # For this thread; a job without torch does not wait until it is loaded.
            if (torch := sys.modules.get("torch")) and hasattr(torch, "set_num_threads"):
                torch.set_num_threads(self._threads)
            self._do(job, work)

    def _do(self, job: Job, work: Callable[[Job], object]) -> None:
        try:
            end: object = _Done(work(job))
        except Overtaken:
            return
        except UserError as error:
            end = _Failed(error.on_screen)
        except Exception as error:  # noqa: BLE001 - told to the window, whatever it is
            _log.exception("A background job failed")
            end = _Failed(f"The computation failed: {fault_text(error)}.")
        self._told.emit(job._number, end)  # noqa: SLF001 - its own

    @Slot(int, object)
    def _tell(self, number: int, what: object) -> None:
        if number != self._number:
            return
        match what:
            case _Progress(done, wanted):
                self.progressed.emit(done, wanted)
            case _Part(part):
                self.shown.emit(part)
            case _Done(result):
                self._busy = False
                self.done.emit(result)
            case _Failed(sentence):
                self._busy = False
                self.failed.emit(sentence)


def fault_text(error: Exception) -> str:
    """The words for an unexpected error; at most 300 characters are the error's."""
    return f"an error in the program ({shortened(f'{type(error).__name__}: {error}', 300)})"


@dataclass(frozen=True)
class _Progress:
    done: int
    wanted: int


@dataclass(frozen=True)
class _Part:
    part: object


@dataclass(frozen=True)
class _Done:
    result: object


@dataclass(frozen=True)
class _Failed:
    sentence: str
