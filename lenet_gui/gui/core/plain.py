"""Text of others where Qt guesses: shown letter by letter, never read as HTML."""

from html import escape

from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from lenet_gui.foreign import printable


def plain_tip(*lines: str) -> str:
    """A tooltip, or the informative text of a message box, that shows these lines as they are.

    Qt takes text for HTML that looks like it, and such widgets cannot be told otherwise.
    """
    text = "\n".join(map(printable, lines))
    if not QtGui.Qt.mightBeRichText(text):
        return text
    return f"<span>{escape(text, quote=False)}</span>".replace("\n", "<br>")


def plain_item(text: str) -> str:
    """The text of a menu's entry or of a button that shows `text`: an & marks no key."""
    return printable(text).replace("&", "&&")


def plain_label(text: str = "", parent: QWidget | None = None) -> QLabel:
    """A label that shows whatever text it is given as it is."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    return label
