"""Modal dialogs: what answers them, and what ends those that no test answers.

Those would wait for ever, in a teardown too.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox, QWidget


class Watching(QObject):
    """Looks for the next dialog of a kind until it stands, then answers it; `is_done` from then on.

    The application owns it and its timer: one of Python's own might be collected by another
    thread, a training run's, and Qt ends the process then.
    """

    def __init__(self, kind: type[QWidget], answer: Callable[[QWidget], object]) -> None:
        super().__init__(QApplication.instance())
        self.is_done = False
        self._kind, self._answer = kind, answer
        self._timer = QTimer(self)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, self._kind) and dialog.isVisible():
            self._timer.stop()
            self.is_done = True
            self._answer(dialog)


class Pressing(Watching):
    """Presses a button of the next question; `asked` is what it asked."""

    def __init__(self, text: str) -> None:
        super().__init__(QMessageBox, self._press)
        self.asked = ""
        self._text = text

    def _press(self, dialog: QWidget) -> None:
        assert isinstance(dialog, QMessageBox)
        self.asked = dialog.text()
        button = next(b for b in dialog.buttons() if b.text().replace("&", "") == self._text)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))


def type_name(path: Path | None, dialog: QWidget) -> None:
    """Types a path into a file dialog and presses Enter; without a path it presses Escape."""
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    if path is None:
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        return
    name.setText(str(path))
    QTest.keyClick(name, Qt.Key.Key_Return)


LOOK = 20
"""Milliseconds from one look to the next. A test that answers a dialog looks more often."""

LOOKS = 15
"""After so many looks at one dialog nobody answers it."""


def ended(run: Callable[..., Any]) -> Callable[..., Any]:
    """`run`, which shows a dialog and returns with its answer, with an end where nobody answers."""

    def guarded(*arguments: Any, **named: Any) -> Any:
        looking = _Looking()
        try:
            return run(*arguments, **named)
        finally:
            looking.stop()
            looking.deleteLater()

    return guarded


class _Looking(QTimer):
    """Looks at the dialog in front, and after `LOOKS` looks fails the test and agrees to it.

    Agrees, so that a window which asks before it closes does close, and the next test finds none.
    An error that is raised here fails the test, and in a teardown lets the other fixtures end.
    """

    def __init__(self) -> None:
        super().__init__(QApplication.instance(), interval=LOOK)
        self._dialog: QDialog | None = None
        self._looks = 0
        self.timeout.connect(self._look)
        self.start()

    @Slot()
    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        self._looks = self._looks + 1 if dialog is self._dialog else 0
        self._dialog = dialog
        if isinstance(dialog, QDialog) and dialog.isVisible() and self._looks >= LOOKS:
            text = dialog.text() if isinstance(dialog, QMessageBox) else dialog.windowTitle()
            _agree(dialog)
            raise AssertionError(f"the test does not answer “{text}” ({type(dialog).__name__})")


def _agree(dialog: QDialog) -> None:
    if isinstance(dialog, QMessageBox):
        role = QMessageBox.ButtonRole.AcceptRole
        agreeing = [one for one in dialog.buttons() if dialog.buttonRole(one) == role]
        if agreeing:
            agreeing[0].click()
            return
    dialog.reject()
