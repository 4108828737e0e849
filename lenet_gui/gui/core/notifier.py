"""Messages for the user: each has a cause, and disappears when the cause is gone."""

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import TracebackType

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from lenet_gui.errors import UserError
from lenet_gui.printable import printable

NOTE_LASTS_MS = 6_000

READ_AFTER_S = 3.0
"""A refusal stays at least so long while the user goes on drawing."""


@dataclass(frozen=True)
class Message:
    """A sentence to show: what went wrong, or what was done, or what can be done (`answers`)."""

    sentence: str
    is_error: bool
    answers: tuple[str, ...] = ()


class Notifier(QObject):
    """Owns the messages; whoever reports something gets it, a bar mirrors it.

    A message may quote file names, answers of servers and the like: it is made `printable`.

    An error belongs to a cause, a few words chosen by its owner ("picture"). Errors with
    different causes exist side by side, each until it is replaced, dismissed or its cause is
    cleared. One that refuses what was asked ("That file has no weights.") is of no use once the
    user goes on: the next note takes it away, and so does `go_on`. One that tells how things are
    ("The digits cannot be read.") comes back after the note. A note disappears by itself. Only the
    newest of all is shown. An offer, with answers to choose from, stands behind them all until it
    is answered or withdrawn.

    Signals: `changed()` when another message is shown or the number of errors changes;
    `failed(str)` and `noted(str)` each message as it comes. Only for the window's thread.
    """

    changed = Signal()
    failed = Signal(str)
    noted = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._errors: dict[str, str] = {}  # by cause, the newest last
        self._refused: dict[str, float] = {}  # when, in s: causes of those that refuse
        self._note = ""
        self._offer = ""
        self._answers: dict[str, Callable[[], object]] = {}  # to the offer
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._drop_note)

    @property
    def shown(self) -> Message | None:
        """The newest message that is still valid."""
        if self._note:
            return Message(self._note, is_error=False)
        if self._errors:
            return Message(next(reversed(self._errors.values())), is_error=True)
        if self._offer:
            return Message(self._offer, is_error=False, answers=tuple(self._answers))
        return None

    @property
    def hidden(self) -> tuple[str, ...]:
        """What stands behind the message shown: errors, the newest first, and an offer."""
        errors = tuple(reversed(self._errors.values()))
        behind = (*errors, self._offer) if self._offer else errors
        return behind if self._note else behind[1:]

    def error(self, cause: str) -> str:
        """The message of a cause; empty if there is none."""
        return self._errors.get(cause, "")

    def fail(self, cause: str, sentence: str) -> None:
        """Reports what is wrong, until it no longer is; replaces the cause's former message."""
        self._refused.pop(cause, None)
        self._report(cause, sentence)

    def refuse(self, cause: str, sentence: str) -> None:
        """Reports that what was asked cannot be done, until the user goes on; else as `fail`."""
        self._refused[cause] = time.monotonic()
        self._report(cause, sentence)

    def _report(self, cause: str, sentence: str) -> None:
        sentence = printable(sentence)
        self._errors.pop(cause, None)
        self._errors[cause] = sentence
        self._forget_note()
        self.changed.emit()
        self.failed.emit(sentence)

    def note(self, sentence: str) -> None:
        """Reports what was done, for some seconds; what was refused before is of no use now."""
        sentence = printable(sentence)
        self._forget_refusals(time.monotonic())
        self._note = sentence
        self._timer.start(NOTE_LASTS_MS)
        self.changed.emit()
        self.noted.emit(sentence)

    @Slot()
    def go_on(self) -> None:
        """The user does something else: what was refused has been read, unless it is quite new."""
        if self._refused and self._forget_refusals(time.monotonic() - READ_AFTER_S):
            self.changed.emit()

    def _forget_refusals(self, until: float) -> bool:
        """Whether there were any, of at most that time."""
        read = [cause for cause, when in self._refused.items() if when <= until]
        for cause in read:
            self._forget(cause)
        return bool(read)

    def _forget(self, cause: str) -> bool:
        self._refused.pop(cause, None)
        return self._errors.pop(cause, None) is not None

    def withdraw(self, note: str) -> None:
        """The note is no longer true; does nothing if it is gone already, or is another one."""
        if note and self._note == printable(note):
            self._drop_note()

    def offer(self, sentence: str, answers: Mapping[str, Callable[[], object]]) -> None:
        """Tells what can be done, and does what is chosen; it takes the place of another offer."""
        self._offer, self._answers = printable(sentence), dict(answers)
        self.changed.emit()

    def answer(self, chosen: str) -> None:
        """The offer goes, and what was chosen of its answers is done."""
        do = self._answers.get(chosen)
        self.withdraw_offer()
        if do is not None:
            do()

    @Slot()
    def withdraw_offer(self) -> None:
        """The offer is no longer of use; no harm where none stood."""
        if self._offer:
            self._offer, self._answers = "", {}
            self.changed.emit()

    def clear(self, cause: str) -> None:
        """The cause is gone, and so is its message; does nothing if there was none."""
        if self._forget(cause):
            self.changed.emit()

    def reporting(
        self, cause: str, *, is_state: bool = False
    ) -> AbstractContextManager[None, bool]:
        """For code that may raise a UserError: it is reported, not raised; without one, cleared.

        It refuses what the user asked for, or, with `is_state`, tells how things are.
        """
        return _Reporting(self.fail if is_state else self.refuse, self.clear, cause)

    @Slot()
    def dismiss(self) -> None:
        """Removes the message that is shown; the one before it appears again."""
        if self.shown is None:
            return
        if self._note:
            self._forget_note()
        elif self._errors:
            self._forget(next(reversed(self._errors)))
        else:
            self._offer, self._answers = "", {}
        self.changed.emit()

    @Slot()
    def _drop_note(self) -> None:
        self._forget_note()
        self.changed.emit()

    def _forget_note(self) -> None:
        self._timer.stop()
        self._note = ""


class _Reporting(AbstractContextManager[None, bool]):
    def __init__(
        self, fail: Callable[[str, str], None], clear: Callable[[str], None], cause: str
    ) -> None:
        self._fail, self._clear, self._cause = fail, clear, cause

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if isinstance(error, UserError):
            self._fail(self._cause, error.on_screen)
            return True
        if error is None:
            self._clear(self._cause)
        return False
