"""A picture of the guide in full size: in a page it is no wider than a line."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget

from lenet_gui.gui.core.plain import plain_label
from lenet_gui.gui.core.windows import bring_to_front

_SHARE = 0.9
"""Of the screen, which the window may fill; a larger picture scrolls."""


class PictureWindow(QDialog):
    """Shows one picture at a time; Esc or Enter closes the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guide picture")
        self.setModal(False)
        self.setWindowFlag(Qt.WindowType.WindowMinMaxButtonsHint, True)
        self._label = plain_label()
        self._area = QScrollArea()
        self._area.setWidget(self._label)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)

    @property
    def shown(self) -> QSize:
        """The size at which the picture is shown, in logical pixels; empty before the first."""
        return self._label.pixmap().deviceIndependentSize().toSize()

    def show_picture(self, picture: QImage, words: str) -> None:
        """Opens the window with a picture in full size; `words` say what it shows."""
        self._label.setPixmap(QPixmap.fromImage(picture))
        self._label.adjustSize()
        self._label.setAccessibleName(words)
        self.setWindowTitle(words)
        bars = self._area.verticalScrollBar().sizeHint().width()
        room = self.screen().availableSize() * _SHARE
        self.resize((picture.size() + QSize(bars, bars)).boundedTo(room))
        bring_to_front(self)
        self._area.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)
