"""The one button of a row that is the obvious one, in the accent colour."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QToolButton

from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.text_size import wear
from lenet_gui.gui.core.theme import mark_main, title_font


class MainButton(QToolButton):
    """`name` is its object's; there is one of its kind in a row."""

    def __init__(self, text: str, name: str, tooltip: str) -> None:
        super().__init__()
        self.setText(text)
        self.setObjectName(name)
        self.setAccessibleName(text)
        set_tip(self, tooltip)
        wear(self, title_font)
        mark_main(self)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            mark_main(self)
