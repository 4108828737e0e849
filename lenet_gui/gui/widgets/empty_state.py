"""In place of a picture that is still empty: what it will show, and what to do for that."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QVBoxLayout, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label, set_tip
from lenet_gui.gui.core.text_size import wear
from lenet_gui.gui.widgets.link_button import LinkButton

SAMPLE = "Show a sample digit"
SAMPLE_TIP = "A test digit of MNIST or, if that is not on this machine, a built-in digit"
"""What is offered where a drawing is missing: one click does it."""
OPEN_TRAINING = "Open the training panel"
OPEN_TRAINING_TIP = "To choose a network there and train it"
"""The same where a run is missing."""

_WIDEST = 46
"""About the most letters in a line of the sentence."""
_NARROWEST = 22
"""For shorter lines no room is made: it is scrolled to."""


class EmptyState(QWidget):
    """One sentence in the middle of what it covers, and a link where one click does it.

    In the middle of that part which is seen, where panels scroll.
    While it says something it covers its grounds, moves nothing, and lets no pointer through.
    Without grounds it is a page of its own. `followed()`: the link was clicked, or pressed with a
    key.

    Args:
        grounds: what is covered: one widget, or several with one parent.
        link: what the link does, in words; without words there is none.
        tip: more about that, when the pointer rests on it.
        keys: what has the focus of the keys when the picture is to be seen, the first ground where
            there is none; meanwhile the link has it.
    """

    followed = Signal()

    def __init__(
        self, *grounds: QWidget, link: str = "", tip: str = "", keys: QWidget | None = None
    ) -> None:
        super().__init__(_over(grounds))
        self.setObjectName("empty_state")
        self.setAutoFillBackground(True)
        self._grounds, self._keys = grounds, keys or next(iter(grounds), None)
        self._words = plain_label()
        self._words.setObjectName("empty_state_words")
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        wear(self._words, theme.text_font)
        self.link = LinkButton(link)
        set_tip(self.link, tip)
        self.link.hide()
        self.link.clicked.connect(self.followed)
        self._column = column = QVBoxLayout(self)
        column.setSpacing(theme.UNIT)
        column.addStretch()
        column.addWidget(self._words)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        self._is_page = not grounds
        if not self._is_page:
            self.hide()
        for ground in grounds:
            ground.installEventFilter(self)

    @property
    def sentence(self) -> str:
        """What is said; empty where the picture is to be seen."""
        return "" if self.isHidden() else self._words.text()

    def say(self, sentence: str, *, offers: bool = True) -> None:
        """Says another sentence, with its link or without; none shows the picture."""
        if not sentence:
            self._uncover()
            return
        if sentence != self._words.text():
            self._words.setText(sentence)
            self.setAccessibleName(sentence)
        is_offered = offers and bool(self.link.text())
        self.link.setVisible(is_offered)
        if is_offered and self._keys is not None:
            self._keys.setFocusProxy(self.link)
        if self.isHidden() and not self._is_page:
            self._place()
            self.show()
            self.raise_()

    def _uncover(self) -> None:
        if self.isHidden() or self._keys is None:
            return
        had_focus = self.link.hasFocus()
        if self._keys.focusProxy() is self.link:
            self._keys.setFocusProxy(None)  # type: ignore[arg-type]
        self.hide()
        if had_focus:
            self._keys.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays over grounds that move, come or go, and in the middle of what is seen."""
        if event.type() in _MOVED and not self.isHidden():
            if watched in self._grounds:
                self._place()
            else:
                self._centre()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        """Over the grounds."""
        if len(self._grounds) == 1:
            covered = self._grounds[0].rect()
        else:
            covered = QRect()
            for ground in self._grounds:
                if not ground.isHidden():
                    covered = covered.united(ground.geometry())
        self.setGeometry(covered)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for viewport, _ in self._viewports():
            viewport.removeEventFilter(self)  # once is enough
            viewport.installEventFilter(self)
        self._centre()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._centre()

    def minimumSizeHint(self) -> QSize:
        """Without what is left around the sentence: in a smaller place that is less."""
        around, least = self._column.contentsMargins(), theme.UNIT
        spare = QSize(around.left() + around.right(), around.top() + around.bottom())
        return super().minimumSizeHint() - spare + QSize(least, least)

    def _centre(self) -> None:
        """The sentence in short lines, in the middle of what can be seen without scrolling.

        Where that is too little for it, in the middle of all.
        """
        seen, least = self.rect(), theme.UNIT // 2
        for viewport, panel in self._viewports():
            seen &= QRect(-self.mapTo(panel, QPoint()), viewport.size())
        letter = self._words.fontMetrics().averageCharWidth()
        if seen.width() < _NARROWEST * letter:
            seen.setLeft(0)
            seen.setRight(self.width() - 1)
        aside = max((seen.width() - _WIDEST * letter) // 2, least)
        needed = self._words.heightForWidth(seen.width() - 2 * aside) + 2 * theme.UNIT
        if seen.height() < needed + (0 if self.link.isHidden() else self.link.sizeHint().height()):
            seen.setTop(0)
            seen.setBottom(self.height() - 1)
        right, bottom = self.width() - seen.right() - 1, self.height() - seen.bottom() - 1
        self._column.setContentsMargins(
            seen.left() + aside, seen.top() + least, right + aside, bottom + least
        )
        self._column.activate()

    def _viewports(self) -> list[tuple[QWidget, QWidget]]:
        """The viewports that it is seen through, each with the panel that scrolls in it."""
        found: list[tuple[QWidget, QWidget]] = []
        panel: QWidget = self
        while not panel.isWindow() and (viewport := panel.parentWidget()) is not None:
            area = viewport.parentWidget()
            if isinstance(area, QAbstractScrollArea) and area.viewport() is viewport:
                found.append((viewport, panel))
            panel = viewport
        return found

    # What comes through would be for what is covered.

    def event(self, event: QEvent) -> bool:
        return event.type() == QEvent.Type.ToolTip or super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()


def _over(grounds: tuple[QWidget, ...]) -> QWidget | None:
    """What an overlay of these is a part of."""
    if len(grounds) > 1:
        return grounds[0].parentWidget()
    return grounds[0] if grounds else None


_MOVED = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)
