"""The bar in the window that shows what went wrong, or what was done, without interrupting."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSizePolicy, QToolButton, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.plain import plain_label, set_tip
from lenet_gui.gui.core.text_size import wear
from lenet_gui.pictures.colours import Theme

_STRIPE = 4


class MessageBar(QWidget):
    """The message that the notifier shows, and how many more errors there are.

    It lies over its surroundings and moves nothing. An offer has a button for each answer.
    """

    def __init__(self, notifier: Notifier, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message-bar")
        self._notifier = notifier
        self._is_error = False
        self._answers: tuple[QToolButton, ...] = ()
        self._ground: QMainWindow | None = None
        self._sign = plain_label()
        self._text = plain_label()
        self._text.setObjectName("message-text")
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._more = plain_label()
        self._more.setObjectName("more-messages")
        wear(self._more, theme.small_font)
        self._dismiss = QToolButton()
        self._dismiss.setText("×")
        self._dismiss.setAutoRaise(True)
        set_tip(self._dismiss, "Dismiss this message (Esc)")
        self._dismiss.setAccessibleName("Dismiss this message")
        self._dismiss.clicked.connect(notifier.dismiss)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(theme.UNIT, 0, theme.UNIT // 2, 0)
        row.setSpacing(theme.UNIT)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        row.addWidget(self._more)
        row.addWidget(self._dismiss)
        notifier.changed.connect(self._show)
        self._show()

    def lie_over(self, window: QMainWindow) -> None:
        """Appears at the end of a window's status bar from now on, over the network in use.

        The status bar is high enough for a message of one line.
        """
        self.setParent(window)
        self._ground = window
        window.installEventFilter(self)
        self._hold_line()
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays at the bottom of a window that changes its size."""
        if watched is self._ground and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._hold_line()
            self._place()

    def _hold_line(self) -> None:
        if self._ground is not None:
            self._ground.statusBar().setMinimumHeight(self._dismiss.sizeHint().height())

    @property
    def text(self) -> str:
        """The message in the bar, empty when it is hidden."""
        return self._text.text() if not self.isHidden() else ""

    def close_message(self) -> bool:
        """Closes the message that is shown, if any; an offer stays until it is answered.

        Returns:
            Whether there was one to close.
        """
        is_shown = not self.isHidden() and not self._answers
        if is_shown:
            self._notifier.dismiss()
        return is_shown

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A tinted ground and a stripe: vermilion for errors, green for notes, blue for offers."""
        mark = theme.VERMILION if self._is_error else theme.GREEN
        if self._answers:
            mark = theme.accent(self)
        ground = QColor(mark)
        ground.setAlpha(70 if theme.theme_of(self) is Theme.DARK else 38)
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.theme_ground(self))
        painter.fillRect(self.rect(), ground)
        painter.fillRect(0, 0, _STRIPE, self.height(), mark)

    @Slot()
    def _show(self) -> None:
        message, hidden = self._notifier.shown, self._notifier.hidden
        if message is None:
            self.hide()
            return
        self._is_error = message.is_error
        self._sign.setText("▲" if message.is_error else "?" if message.answers else "✓")
        self._text.setText(message.sentence)
        self._more.setText(f"{len(hidden)} more")
        set_tip(self._more, *hidden)
        self._more.setVisible(bool(hidden))
        self._show_answers(message.answers)
        more = f" {len(hidden)} more." if hidden else ""
        name = f"Error: {message.sentence}" if message.is_error else message.sentence
        self.setAccessibleName(f"{name}{more}")
        self.update()
        self._place()
        self.show()

    def _show_answers(self, answers: tuple[str, ...]) -> None:
        if answers == tuple(button.text() for button in self._answers):
            return
        for button in self._answers:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._answers = tuple(QToolButton() for _ in answers)
        for button, text in zip(self._answers, answers, strict=True):
            button.setText(text)
            button.setAccessibleName(text)
            button.setObjectName(f"answer {text.lower()}")
            button.clicked.connect(self._answer)
            self._row.addWidget(button)
        self._dismiss.setVisible(not answers)

    @Slot()
    def _answer(self) -> None:
        button = self.sender()
        if isinstance(button, QToolButton):
            self._notifier.answer(button.text())

    def _place(self) -> None:
        """As wide as its words, if the window is; longer ones are in more lines."""
        if self._ground is None:
            return
        sides = self._row.contentsMargins()
        parts = [self._sign, self._more, self._dismiss, *self._answers]
        shown = [part.sizeHint().width() for part in parts if not part.isHidden()]
        words = self._text.fontMetrics().horizontalAdvance(self._text.text()) + theme.UNIT
        needed = sum(shown) + len(shown) * theme.UNIT + words + sides.left() + sides.right()
        width = min(needed, self._ground.width())
        height = max(self._row.heightForWidth(width), self._ground.statusBar().height())
        place = QPoint(self._ground.width() - width, self._ground.height() - height)
        self.setGeometry(QRect(place, QSize(width, height)))
        self.raise_()
