"""What ends a modal dialog that no test answers: it would wait for ever, in a teardown too."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

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
