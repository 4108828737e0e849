"""One gallery, or three side by side: what only A misses, what both miss, what only B misses."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.views.digits.gallery import DigitGallery

_COLUMNS = 3


class Panes(QWidget):
    """`pointed(int)` and `taken(int)` as of a gallery, of whichever."""

    pointed = Signal(int)
    taken = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.galleries = [DigitGallery() for _ in range(_COLUMNS)]
        self.headings = [QLabel() for _ in range(_COLUMNS)]
        self._columns = [QWidget() for _ in range(_COLUMNS)]
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.UNIT)
        parts = zip(self.galleries, self.headings, self._columns, strict=True)
        for place, (gallery, heading, column) in enumerate(parts):
            heading.setFont(theme.title_font())
            stack = QVBoxLayout(column)
            stack.setContentsMargins(0, 0, 0, 0)
            stack.setSpacing(theme.UNIT // 2)
            stack.addWidget(heading)
            stack.addWidget(gallery, 1)
            line.addWidget(column, 1)
            column.setVisible(place == 0)
            gallery.pointed.connect(self.pointed)
            gallery.taken.connect(self.taken)

    @property
    def shown(self) -> list[DigitGallery]:
        """The galleries that are to be seen."""
        return [
            gallery
            for gallery, column in zip(self.galleries, self._columns, strict=True)
            if not column.isHidden()
        ]

    def set_headings(self, words: list[str]) -> None:
        """As many columns as there are headings."""
        for place, column in enumerate(self._columns):
            column.setVisible(place < len(words))
            if place < len(words):
                self.headings[place].setText(words[place])
                name = words[place] if len(words) > 1 else "Digits"
                self.galleries[place].setAccessibleName(name)
