"""One gallery, or three side by side: what only A misses, what both miss, what only B misses."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label
from lenet_gui.gui.core.text_size import wear
from lenet_gui.gui.views.digits.gallery import DigitGallery
from lenet_gui.gui.widgets.grid.commands import CellCommands

_COLUMNS = 3


class Panes(QWidget):
    """`pointed(int)` and `taken(int)` as of a gallery, of whichever.

    `all_wanted()`: a link was clicked where no digit is as wished.
    """

    all_wanted = Signal()
    pointed = Signal(int)
    taken = Signal(int)

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.galleries = [DigitGallery(commands) for _ in range(_COLUMNS)]
        self.headings = [plain_label() for _ in range(_COLUMNS)]
        self._columns = [QWidget() for _ in range(_COLUMNS)]
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.UNIT)
        parts = zip(self.galleries, self.headings, self._columns, strict=True)
        for place, (gallery, heading, column) in enumerate(parts):
            wear(heading, theme.title_font)
            stack = QVBoxLayout(column)
            stack.setContentsMargins(0, 0, 0, 0)
            stack.setSpacing(theme.UNIT // 2)
            stack.addWidget(heading)
            stack.addWidget(gallery, 1)
            line.addWidget(column, 1)
            column.setVisible(place == 0)
            gallery.pointed.connect(self.pointed)
            gallery.taken.connect(self.taken)
            gallery.empty.followed.connect(self.all_wanted)
            gallery.size_changed.connect(self.set_size_of_digits)

    @Slot(int)
    def set_size_of_digits(self, size: int) -> None:
        """Shows the digits of all galleries in another size."""
        for gallery in self.galleries:
            gallery.set_size_of_digits(size)

    @property
    def shown(self) -> list[DigitGallery]:
        """The galleries that are visible."""
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
