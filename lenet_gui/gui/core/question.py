"""A question before something is lost; the default answer loses nothing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def is_agreed(window: QWidget, title: str, words: str, yes: str, no: str) -> bool:
    """Asks, with a button for each answer; True for `yes`. Enter and Esc mean `no`."""
    box = QMessageBox(QMessageBox.Icon.Question, title, words, parent=window)
    box.setTextFormat(Qt.TextFormat.PlainText)
    agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    refuse = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(refuse)
    box.setEscapeButton(refuse)
    box.exec()
    box.deleteLater()
    return box.clickedButton() is agree
