"""Text from outside where Qt guesses the format: shown as it is, never as HTML."""

from functools import lru_cache
from html import escape
from textwrap import wrap
from typing import Final

from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidgetItem, QWidget

from lenet_gui.gui.core.copying import offer_copy
from lenet_gui.printable import printable

TIP_WIDTH: Final = 60
"""So many letters stand in a line of a tooltip at most."""


def plain_text(*lines: str) -> str:
    """The informative text of a message box that shows these lines as they are.

    Qt takes text for HTML that looks like it, and such widgets cannot be told otherwise.
    """
    text = "\n".join(map(printable, lines))
    if not QtGui.Qt.mightBeRichText(text):
        return text
    return f"<span>{escape(text, quote=False)}</span>".replace("\n", "<br>")


@lru_cache(1024)
def plain_tip(*lines: str) -> str:
    """A tooltip that shows these lines as they are, broken where they are long: Qt breaks none."""
    return plain_text(*(part for line in lines for part in _broken(printable(line))))


def set_tip(
    owner: QWidget | QtGui.QAction | QtGui.QStandardItem | QListWidgetItem, *lines: str
) -> None:
    """Gives something a tooltip: the one way to, so that all of them are plain and narrow."""
    owner.setToolTip(plain_tip(*lines))


def _broken(line: str) -> list[str]:
    return wrap(line, TIP_WIDTH, break_on_hyphens=False) if len(line) > TIP_WIDTH else [line]


def plain_item(text: str) -> str:
    """The text of a menu entry or a button that shows `text`: an & marks no key."""
    return printable(text).replace("&", "&&")


def plain_label(text: str = "", parent: QWidget | None = None) -> QLabel:
    """A label that shows any text as it is; its context menu copies it."""
    label = PlainLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    return label


class PlainLabel(QLabel):
    """What `plain_label` gives."""

    def contextMenuEvent(self, event: QtGui.QContextMenuEvent) -> None:
        selectable = self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
        if self.text() and not selectable:  # Qt has a menu for text that can be selected
            offer_copy(self, {"&Copy": self.text}, event.globalPos())
        else:
            super().contextMenuEvent(event)
