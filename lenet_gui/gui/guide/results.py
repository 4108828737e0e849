"""What a search through the guide has found: sections, and what they say around the words."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from lenet_gui.guide.places import Place
from lenet_gui.guide.searching import Found

_NOTHING = "No page has these words."


class Results(QListWidget):
    """`chosen(Place)` on a click or Enter."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guide results")
        self.setAccessibleName("Found in the guide")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._found: tuple[Found, ...] = ()
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)

    @property
    def found(self) -> tuple[Found, ...]:
        """What is listed."""
        return self._found

    def show_found(self, found: tuple[Found, ...]) -> None:
        """Lists what was found, or says that nothing was."""
        self._found = found
        self.clear()
        for each in found:
            where = each.title
            if each.title != each.page_title:
                where = f"{each.page_title}: {each.title}"
            item = QListWidgetItem(f"{where}\n{each.excerpt}", self)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, where)
        if found:
            self.setCurrentRow(0)
        else:
            nothing = QListWidgetItem(_NOTHING, self)
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)

    def choose_first(self) -> None:
        """Chooses what is likeliest; nothing where nothing was found."""
        if self._found:
            self.chosen.emit(self._found[0].place)

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem) -> None:
        place: Place = self._found[self.row(item)].place
        self.chosen.emit(place)
