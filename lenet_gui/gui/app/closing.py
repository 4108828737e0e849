"""The question before the window closes over a training that goes on."""

from PySide6.QtWidgets import QMessageBox, QWidget

_RUN_GOES_ON = "A training is going on. "
_KEPT = (
    "If you close now, the checkpoint of its last whole epoch is kept, and the training panel can "
    "resume it another day."
)
_LOST = "It has no checkpoint before its first epoch is done: if you close now, it starts anew."


def close_anyway(window: QWidget, *, has_checkpoint: bool) -> bool:
    """Asks, and says what is kept; True if the window is to close."""
    told = _RUN_GOES_ON + (_KEPT if has_checkpoint else _LOST)
    box = QMessageBox(QMessageBox.Icon.Question, "Close LeNet Laboratory?", told, parent=window)
    close = box.addButton("&Close", QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton("&Stay", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    box.deleteLater()
    return box.clickedButton() is close
