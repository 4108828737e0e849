"""The guide's window: contents and search on the left, the page on the right. Not modal."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.guide.contents import Contents
from lenet_gui.gui.guide.find_bar import FindBar
from lenet_gui.gui.guide.history import History
from lenet_gui.gui.guide.page_view import PageView
from lenet_gui.gui.guide.picture_window import PictureWindow
from lenet_gui.gui.guide.results import Results
from lenet_gui.guide.pages import Guide
from lenet_gui.guide.places import BEGINNING, Place
from lenet_gui.guide.searching import Found, find

_LEAST, _LARGEST = QSize(900, 560), QSize(960, 900)
"""The limits of the window's first size, which is a share of the screen's."""

_SHARES = 0.45, 0.8


class GuideWindow(QDialog):
    """Shows the guide beside the main window; `left(QSize)` when it is closed, with its size."""

    left = Signal(QSize)

    def __init__(self, guide: Guide, size: QSize | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guide")
        self.setModal(False)
        self.setWindowFlag(Qt.WindowType.WindowMinMaxButtonsHint, True)
        self._guide = guide
        self._history = History()
        self.search = QLineEdit()
        self.search.setObjectName("guide search")
        self.search.setAccessibleName("Search the guide")
        self.search.setPlaceholderText("Search the guide")
        set_tip(self.search, "Search all pages (Ctrl+K)")
        self.search.setClearButtonEnabled(True)
        self.contents = Contents(guide)
        self.results = Results()
        self.page = PageView(guide)
        self.find_bar = FindBar(self.page)
        self.picture = PictureWindow(self)
        self.back = _button("Back", Qt.ArrowType.LeftArrow, "Previous page (Alt+Left)")
        self.forward = _button("Forward", Qt.ArrowType.RightArrow, "Next page (Alt+Right)")
        self._find = QToolButton()
        self._find.setText("Find…")
        self._find.setAutoRaise(True)
        set_tip(self._find, "Find words on this page (Ctrl+F)")
        self._lay_out()
        self._connect()
        room = self.screen().availableSize()
        usual = QSize(*(round(s * n) for s, n in zip(_SHARES, room.toTuple(), strict=True)))
        wanted = size or usual.expandedTo(_LEAST).boundedTo(_LARGEST)
        self.resize(wanted.boundedTo(room))
        self.show_place(BEGINNING)

    @property
    def place(self) -> Place:
        """The current place."""
        now = self._history.now
        return BEGINNING if now is None else now.place

    def show_place(self, place: Place) -> None:
        """Opens a place of the guide; the previous one is one step back."""
        self._history.leave(self.page.scrolled)
        self._history.visit(place)
        self._show(place)

    def _show(self, place: Place) -> None:
        self.page.show_place(place)
        self.contents.mark(place)
        self.find_bar.look_again()
        self.back.setEnabled(self._history.can_go_back)
        self.forward.setEnabled(self._history.can_go_forward)
        page = self._guide.pages[place.page]
        whole = self._guide.pages[BEGINNING.page].title
        self.setWindowTitle(whole if page.title == whole else f"{page.title} - {whole}")

    def _lay_out(self) -> None:
        self._lists = QStackedWidget()
        self._lists.addWidget(self.contents)
        self._lists.addWidget(self.results)
        aside = QWidget()
        left = QVBoxLayout(aside)
        left.setContentsMargins(theme.UNIT, theme.UNIT, 0, theme.UNIT)
        left.setSpacing(theme.UNIT)
        left.addWidget(self.search)
        left.addWidget(self._lists, 1)
        head = QHBoxLayout()
        head.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT // 2)
        head.setSpacing(theme.UNIT // 2)
        for part in (self.back, self.forward):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self._find)
        reading = QWidget()
        right = QVBoxLayout(reading)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addLayout(head)
        right.addWidget(self.page, 1)
        right.addWidget(self.find_bar)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(aside)
        split.addWidget(reading)
        split.setStretchFactor(1, 1)
        wide = self.contents.sizeHint().width() + theme.UNIT
        split.setSizes([wide, _LARGEST.width() - wide])
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)
        for before, after in (
            (self.search, self.contents),
            (self.contents, self.results),
            (self.results, self.page),
        ):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.contents.chosen.connect(self.show_place)
        self.results.chosen.connect(self._show_found)
        self.page.followed.connect(self.show_place)
        self.page.picture_chosen.connect(self.picture.show_picture)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self.results.choose_first)
        self.back.clicked.connect(self.go_back)
        self.forward.clicked.connect(self.go_forward)
        self._find.clicked.connect(self.find_bar.bring)
        self.find_bar.closed.connect(self.page.setFocus)
        for keys, slot in (
            (QKeySequence("Alt+Left"), self.go_back),
            (QKeySequence("Alt+Right"), self.go_forward),
            (QKeySequence("Ctrl+K"), self.begin_search),
            (QKeySequence("Ctrl+F"), self.find_bar.bring),
            (QKeySequence("F3"), self.find_bar.find_next),
            (QKeySequence("Shift+F3"), self.find_bar.find_before),
        ):
            QShortcut(keys, self).activated.connect(slot)

    @Slot()
    def go_back(self) -> None:
        """Goes back to the previous place, where it was left."""
        self._step(-1)

    @Slot()
    def go_forward(self) -> None:
        """Goes forward again."""
        self._step(1)

    def _step(self, by: int) -> None:
        self._history.leave(self.page.scrolled)
        stop = self._history.step(by)
        self._show(stop.place)
        self.page.scroll_to(stop.scrolled)

    @Slot()
    def begin_search(self) -> None:
        """Puts the cursor in the search field: what is typed next is searched for."""
        self.search.setFocus()
        self.search.selectAll()

    @Slot(str)
    def _search(self, words: str) -> None:
        is_asked = bool(words.strip())
        self._lists.setCurrentWidget(self.results if is_asked else self.contents)
        if is_asked:
            self.results.show_found(find(self._guide, words))
        else:
            self.page.mark("")

    @Slot(object)
    def _show_found(self, found: Found) -> None:
        """The place, with the words marked; of several words, the first."""
        self.show_place(found.place)
        self.page.mark(found.word)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.left.emit(self.size())


def _button(name: str, arrow: Qt.ArrowType, tip: str) -> QToolButton:
    button = QToolButton()
    button.setArrowType(arrow)
    button.setAutoRaise(True)
    button.setAccessibleName(name)
    set_tip(button, tip)
    return button
