"""Finds words on the current page: they are marked while typed; Enter goes to the next one."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label, set_tip
from lenet_gui.gui.guide.page_view import PageView


class FindBar(QWidget):
    """The bar under the page; `closed()` when it is closed."""

    closed = Signal()

    def __init__(self, page: PageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find bar")
        self._page = page
        self.words = QLineEdit()
        self.words.setObjectName("find words")
        self.words.setAccessibleName("Find on this page")
        self.words.setPlaceholderText("Find on this page")
        self.words.setClearButtonEnabled(True)
        self._count = plain_label()
        self._count.setObjectName("find count")
        before = _button(Qt.ArrowType.UpArrow, "Previous", "Previous match (Shift+Enter)")
        after = _button(Qt.ArrowType.DownArrow, "Next", "Next match (Enter)")
        close = QToolButton()
        close.setText("Close")
        close.setAutoRaise(True)
        set_tip(close, "Close this bar (Esc)")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT // 2)
        row.setSpacing(theme.UNIT // 2)
        row.addWidget(self.words, 1)
        for part in (self._count, before, after, close):
            row.addWidget(part)
        self.words.textChanged.connect(self._find_anew)
        before.clicked.connect(self.find_before)
        after.clicked.connect(self.find_next)
        close.clicked.connect(self.put_away)
        self.hide()

    @property
    def count(self) -> str:
        """Which of how many is shown, such as "2 of 7"."""
        return self._count.text()

    def bring(self) -> None:
        """Shows the bar, ready for words; words that are selected on the page are used."""
        selected = self._page.textCursor().selectedText()
        self.show()
        if selected and "\u2029" not in selected:
            self.words.setText(selected)
        self.words.setFocus()
        self.words.selectAll()

    def look_again(self) -> None:
        """Another page is shown: marks the words there."""
        if self.isVisible():
            self._tell(0, self._page.mark(self.words.text()))

    @Slot()
    def put_away(self) -> None:
        """Hides the bar and removes the marks."""
        self.hide()
        self._page.mark("")
        self.closed.emit()

    @Slot()
    def find_next(self) -> None:
        """Goes to the next match."""
        self._tell(self._page.find_next(self.words.text()), self._page.mark(self.words.text()))

    @Slot()
    def find_before(self) -> None:
        """Goes to the previous match."""
        number = self._page.find_next(self.words.text(), backwards=True)
        self._tell(number, self._page.mark(self.words.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (self.find_before if back else self.find_next)()
        elif event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _find_anew(self) -> None:
        words = self.words.text()
        self._tell(self._page.find_next(words, anew=True), self._page.mark(words))

    def _tell(self, number: int, many: int) -> None:
        if not self.words.text():
            self._count.setText("")
        elif many:
            self._count.setText(f"{number} of {many}" if number else f"{many} on this page")
        else:
            self._count.setText("not on this page")


def _button(arrow: Qt.ArrowType, name: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setArrowType(arrow)
    button.setAutoRaise(True)
    button.setAccessibleName(name)
    set_tip(button, tip)
    return button
