"""The bar in the window that tells what went wrong, or what was done, without stopping the hand."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.pictures.colours import Theme

NOTE_LASTS_MS = 6_000
_STRIPE = 4


class MessageBar(QWidget):
    """One sentence at a time: errors stay until dismissed, notes go by themselves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message-bar")
        self._is_error = False
        self._sign = QLabel()
        self._text = QLabel()
        self._text.setObjectName("message-text")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._dismiss = QToolButton()
        self._dismiss.setText("×")
        self._dismiss.setAutoRaise(True)
        self._dismiss.setToolTip("Dismiss this message")
        self._dismiss.setAccessibleName("Dismiss this message")
        self._dismiss.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT // 2, theme.UNIT // 2)
        row.setSpacing(theme.UNIT)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        row.addWidget(self._dismiss)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence that stands in the bar, empty when it is hidden."""
        return self._text.text() if not self.isHidden() else ""

    @Slot(str)
    def show_error(self, sentence: str) -> None:
        """Shows what went wrong until it is dismissed or something else is said."""
        self._timer.stop()
        self._show(sentence, is_error=True)

    @Slot(str)
    def show_note(self, sentence: str) -> None:
        """Shows what was done, for some seconds."""
        self._show(sentence, is_error=False)
        self._timer.start(NOTE_LASTS_MS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A tinted ground and a stripe: vermilion for errors, green for notes."""
        mark = theme.VERMILION if self._is_error else theme.GREEN
        ground = QColor(mark)
        ground.setAlpha(70 if theme.theme_of(self) is Theme.DARK else 38)
        painter = QPainter(self)
        painter.fillRect(self.rect(), ground)
        painter.fillRect(0, 0, _STRIPE, self.height(), mark)

    def _show(self, sentence: str, *, is_error: bool) -> None:
        self._is_error = is_error
        self._sign.setText("▲" if is_error else "✓")
        self._text.setText(sentence)
        self.setAccessibleName(f"Error: {sentence}" if is_error else sentence)
        self.update()
        self.show()
