"""In place of a picture that is still empty: what it will show, and what to do for that."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label
from lenet_gui.gui.widgets.link_button import LinkButton

SAMPLE = "Show a sample digit"
"""What is offered where a drawing is missing: one click does it."""

_WIDEST = 44
"""A line of the sentence has at most about so many letters."""


class EmptyState(QWidget):
    """One sentence in the middle of what it lies over, and a link where one click does it.

    It covers its grounds as long as it says something and moves nothing. `followed()`: the link was
    clicked, or pressed with a key. The keys that were for the first of the grounds are the link's
    meanwhile.

    Args:
        link: what the link does, in words; without words there is none.
    """

    followed = Signal()

    def __init__(self, link: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("empty_state")
        self.setAutoFillBackground(True)
        self._grounds: tuple[QWidget, ...] = ()
        self._words = plain_label()
        self._words.setObjectName("empty_state_words")
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.link = LinkButton(link)
        self._is_offered = bool(link)
        self.link.setVisible(self._is_offered)
        self.link.clicked.connect(self.followed)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.UNIT] * 4)
        column.setSpacing(theme.UNIT)
        column.addStretch()
        column.addWidget(self._words, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        self._fit()
        self.hide()

    def lie_over(self, *grounds: QWidget) -> None:
        """Covers these, which have one parent, whenever something is said."""
        self._grounds = grounds
        self.setParent(grounds[0].parentWidget())
        for ground in grounds:
            ground.installEventFilter(self)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is said; empty where the picture is to be seen."""
        return "" if self.isHidden() else self._words.text()

    @property
    def has_link(self) -> bool:
        """Whether one click does what the sentence asks for."""
        return not self.isHidden() and not self.link.isHidden()

    def say(self, sentence: str, *, offers: bool = True) -> None:
        """Says another sentence, with its link or without; none shows the picture."""
        if not sentence:
            self._uncover()
            return
        if sentence != self._words.text():
            self._words.setText(sentence)
            self.setAccessibleName(sentence)
        self.link.setVisible(offers and bool(self.link.text()))
        self._fit()
        if self.isHidden():
            self._place()
            self.show()
            self.raise_()
            if self.has_link and self._grounds:
                self._grounds[0].setFocusProxy(self.link)

    def _uncover(self) -> None:
        if self.isHidden():
            return
        ground = self._grounds[0] if self._grounds else None
        had_focus = self.link.hasFocus()
        if ground is not None and ground.focusProxy() is self.link:
            ground.setFocusProxy(None)  # type: ignore[arg-type]
        self.hide()
        if had_focus and ground is not None:
            ground.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays over grounds that move."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Short lines, and as wide as the longest of them."""
        self._words.setMaximumWidth(_WIDEST * self._words.fontMetrics().averageCharWidth())

    @Slot()
    def _place(self) -> None:
        covered = QRect()
        for ground in self._grounds:
            if not ground.isHidden():
                covered = covered.united(ground.geometry())
        self.setGeometry(covered)
