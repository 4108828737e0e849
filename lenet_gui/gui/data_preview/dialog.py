"""Shows a data set before it is used: samples, counts, orientation, and how it was read."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from lenet_gui.data.collections import Collection
from lenet_gui.explore.data_preview import count_rows, remarks, samples_of, sizes_text
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.guide_link import offer_guide
from lenet_gui.gui.core.plain import plain_label, set_tip
from lenet_gui.gui.core.text_size import fit, grow_indicator, scaled, wear
from lenet_gui.gui.data_preview.samples import SampleGrid
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.labels import set_text
from lenet_gui.gui.widgets.scrolled import scrolled
from lenet_gui.gui.widgets.text_table import TextTable
from lenet_gui.guide.places import DATA_SETS

_USUAL = (960, 570)
"""Its width and height, in usual pixels."""

_GAP = 3 * theme.UNIT
"""Between the samples and the counts."""

_SHARE = 0.9
"""Of the screen, which it may fill; more of it scrolls."""

_AGAIN = "Reading it again…"


class DataPreview(QDialog):
    """Accepted: use the data set, as it is shown. Until then nothing has changed.

    `transpose_wanted(bool)`: the user wants rows and columns exchanged, or no longer; `show_data`
    is awaited, and meanwhile nothing can be accepted.
    """

    transpose_wanted = Signal(bool)

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("data-preview")
        self.setWindowTitle("Data set")
        offer_guide(self, DATA_SETS)
        self._collection: Collection | None = None
        self._returns_focus = True
        self.name, self.place = ElidedLabel(), ElidedLabel(Qt.TextElideMode.ElideMiddle)
        wear(self.name, theme.title_font)
        wear(self.place, theme.small_font)
        self.sizes = plain_label()
        self.samples = SampleGrid(commands)
        self.counts = TextTable(("class", "training", "test"), 1)
        self.counts.setObjectName("data-counts")
        self.counts.setAccessibleName("Pictures of each class")
        self.transpose = QCheckBox("E&xchange rows and columns")
        self.transpose.setObjectName("data-transpose")
        set_tip(
            self.transpose,
            "For pictures that are stored transposed, as those of EMNIST are",
        )
        grow_indicator(self.transpose)
        self.transpose.clicked.connect(self._want_transpose)
        self.orientation, self.remarks = _lines("data-orientation"), _lines("data-remarks")
        self._lay_out()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme.UNIT)
        left.addWidget(self.samples, 1)
        left.addWidget(self.transpose)
        left.addWidget(self.orientation)
        self._halves = QHBoxLayout()
        self._halves.setSpacing(_GAP)
        self._halves.addLayout(left, 1)
        self._halves.addWidget(self.counts, 0, Qt.AlignmentFlag.AlignTop)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT)
        for line in (self.name, self.sizes, self.place):
            column.addWidget(line)
        column.addLayout(self._halves, 1)
        column.addWidget(self.remarks)
        self._use = QPushButton("&Use")
        self._use.setDefault(True)
        buttons = QDialogButtonBox()
        buttons.addButton(self._use, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        cancel.setAutoDefault(False)  # Enter uses the data set
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[2 * theme.UNIT] * 4)
        outer.setSpacing(2 * theme.UNIT)
        outer.addWidget(scrolled(body, QSize(0, 0)), 1)
        outer.addWidget(buttons)
        usual = QSize(*(scaled(length, self) for length in _USUAL))
        self.resize(usual.boundedTo(self.screen().availableSize() * _SHARE))

    @property
    def collection(self) -> Collection | None:
        """What is shown; None before the first."""
        return self._collection

    @property
    def use_button(self) -> QPushButton:
        """Accepts the dialog."""
        return self._use

    @property
    def is_awaiting(self) -> bool:
        """Whether the data set is being read again: until then nothing can be accepted."""
        return not self._use.isEnabled()

    def show_data(self, collection: Collection, orientation: str) -> None:
        """Shows a data set, and a sentence about its orientation, if there is one."""
        self._collection = collection
        self.name.setText(collection.name)
        self.place.setText(str(collection.path))
        set_text(self.sizes, sizes_text(collection))
        digits = collection.sets.training
        self.samples.show_samples(digits, samples_of(digits))
        self.counts.set_rows(count_rows(collection))
        fit(self.counts, "width", _hold_columns)
        self.transpose.setChecked(collection.transposed)
        self.show_orientation(orientation)
        set_text(self.remarks, "\n".join(remarks(collection)))
        self.remarks.setVisible(bool(self.remarks.text()))
        self._set_awaiting(awaits=False)

    def show_orientation(self, sentence: str) -> None:
        """Says what is known of the orientation; nothing if it is empty."""
        set_text(self.orientation, sentence)
        self.orientation.setVisible(bool(sentence))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where both have no room beside each other, the counts are below the samples."""
        super().resizeEvent(event)
        sides = 4 * theme.UNIT + self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        needed = self.samples.minimumSizeHint().width() + _GAP + self.counts.width() + sides
        way = QBoxLayout.Direction
        is_wide = needed <= self.width()
        self._halves.setDirection(way.LeftToRight if is_wide else way.TopToBottom)

    def await_data(self) -> None:
        """The data set is being read again."""
        self._set_awaiting(awaits=True)
        self.show_orientation(_AGAIN)

    def _set_awaiting(self, *, awaits: bool) -> None:
        is_front = self.focusWidget() is self._use
        self._use.setEnabled(not awaits)
        if awaits:
            self._returns_focus = is_front  # which goes on, where a button is disabled
        elif self._returns_focus:
            self._use.setFocus()

    @Slot(bool)
    def _want_transpose(self, wanted: bool) -> None:
        self.await_data()
        self.transpose_wanted.emit(wanted)


def _hold_columns(table: QWidget) -> None:
    """As wide as its columns need."""
    assert isinstance(table, TextTable)  # noqa: S101 - it is given to no other
    header, columns = table.horizontalHeader(), range(table.columnCount())
    widths = (max(table.sizeHintForColumn(at), header.sectionSizeHint(at)) for at in columns)
    table.setFixedWidth(sum(widths) + 2 * table.frameWidth() + theme.UNIT)


def _lines(name: str) -> QLabel:
    """Sentences in small letters, as high as they need, that can be selected."""
    label = plain_label()
    label.setObjectName(name)
    wear(label, theme.small_font)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return label
