"""The confusion matrix of the test digits, epoch by epoch."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolTip, QVBoxLayout, QWidget

from lenet_gui.gui.core.theme import (
    ORANGE,
    UNIT,
    VERMILION,
    accent,
    between,
    faint,
    group_title,
    small_font,
    theme_of,
)
from lenet_gui.gui.widgets.cells import Cell, CellsWidget
from lenet_gui.pictures.colours import Theme
from lenet_gui.training.events import Confusion, EpochEnded

CLASSES = 10


def told(confusion: Confusion, cell: Cell) -> str:
    """A cell, (true, predicted), in words: "7 read as 1: 12 times of 1,028"."""
    true, predicted = cell
    count, total = confusion[true][predicted], sum(confusion[true])
    times = "once" if count == 1 else f"{count:,} times"
    if true == predicted:
        return f"{true} read rightly: {times} of {total:,}"
    return f"{true} read as {predicted}: {times} of {total:,}"


class ConfusionMatrix(CellsWidget):
    """A row for each true digit; the stronger the shade, the larger the share of its row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confusion matrix")
        self.setAccessibleName("Confusion matrix")
        self._confusion: Confusion | None = None

    @property
    def confusion(self) -> Confusion | None:
        """What is shown."""
        return self._confusion

    def show_confusion(self, confusion: Confusion | None) -> None:
        """Shows other counts, or nothing."""
        self._confusion = confusion
        self.point(self._cell)

    @property
    def instead(self) -> str:
        if self._confusion is not None:
            return ""
        return "The confusion matrix of the test digits comes at the end of the first epoch."

    def extent(self) -> tuple[int, int]:
        return (CLASSES, CLASSES) if self._confusion is not None else (0, 0)

    def told(self, cell: Cell) -> str:
        return told(self._confusion, cell) if self._confusion is not None else ""

    def box_of(self, cell: Cell) -> QRect:
        """Where a cell is painted, in pixels."""
        area, size = self._area()
        corner = QPoint(cell[1] * size.width(), cell[0] * size.height())
        return QRect(area.topLeft() + corner, size)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setFont(small_font())
        if self._confusion is None:
            painter.setPen(faint(self))
            centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), int(centred), self.instead)
            return
        area, size = self._area()
        largest = max(max(row) for row in self._confusion)
        room = size - QSize(4, 2)
        figures = small_font()
        fits = _fits(figures, f"{largest}", room)
        self._paint_names(painter, area)
        for true in range(CLASSES):
            total = max(1, sum(self._confusion[true]))
            for predicted in range(CLASSES):
                count = self._confusion[true][predicted]
                box = self.box_of((true, predicted)).adjusted(0, 0, -1, -1)
                shade = self._shade(count / total, right=true == predicted)
                painter.fillRect(box, shade)
                if count and (fits or _fits(figures, f"{count}", room)):
                    painter.setFont(figures)
                    painter.setPen(_on(shade))
                    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{count}")
        if self._cell is not None:
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.WindowText), 2))
            painter.drawRect(self.box_of(self._cell).adjusted(0, 0, -1, -1))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self.cell_at(event.pos().toPointF())
            if cell is None or self._confusion is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), told(self._confusion, cell), self)
            return True
        return super().event(event)

    def _area(self) -> tuple[QRect, QSize]:
        """The ten rows of cells, and the size of a cell: up to twice as wide as high."""
        margin = QFontMetrics(small_font()).height() + 2
        high = max(4, (self.height() - margin) // CLASSES)
        wide = min(max(4, (self.width() - margin) // CLASSES), 2 * high)
        left = margin + max(0, (self.width() - margin - wide * CLASSES) // 2)
        return QRect(left, margin, wide * CLASSES, high * CLASSES), QSize(wide, high)

    def cell_at(self, position: QPointF) -> Cell | None:
        area, size = self._area()
        if self._confusion is None or not area.contains(position.toPoint()):
            return None
        place = position.toPoint() - area.topLeft()
        return place.y() // size.height(), place.x() // size.width()

    def _paint_names(self, painter: QPainter, area: QRect) -> None:
        painter.setPen(faint(self))
        margin = area.top()
        for digit in range(CLASSES):
            box = self.box_of((digit, digit))
            above = QRect(box.left(), 0, box.width(), margin)
            before = QRect(area.left() - margin, box.top(), margin, box.height())
            for place in (above, before):
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"{digit}")

    def _shade(self, share: float, *, right: bool) -> QColor:
        """Blue for what is right, vermilion for what is not; a hundredth can be seen already."""
        dark = theme_of(self) is Theme.DARK
        ground = self.palette().color(QPalette.ColorRole.Base)
        full = accent(self) if right else ORANGE if dark else VERMILION
        strength = 0.55 * share if right else min(1.0, (share / 0.06) ** 0.5)
        return between(ground, full, strength)


class ConfusionPane(QWidget):
    """The matrix, the epoch it is of, and the cell pointed at in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._epochs: list[EpochEnded] = []
        self.matrix = ConfusionMatrix()
        self.chooser = QComboBox()
        self.chooser.setObjectName("confusion epoch")
        self.chooser.setAccessibleName("Epoch of the confusion matrix")
        self.chooser.setToolTip("The epoch at whose end the test digits were read")
        self.words = QLabel()
        self.words.setFont(small_font())
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        top = QHBoxLayout()
        top.addWidget(group_title("Confusion"))
        top.addStretch()
        top.addWidget(self.chooser)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        layout.addLayout(top)
        layout.addWidget(self.matrix, stretch=1)
        layout.addWidget(self.words)
        self.chooser.currentIndexChanged.connect(self._show_chosen)
        self.matrix.pointed.connect(self._say)
        self.set_epochs([])

    def set_epochs(self, epochs: list[EpochEnded]) -> None:
        """Offers the epochs of another run and shows the latest."""
        self._epochs = list(epochs)
        self.chooser.clear()
        self.chooser.addItem("latest", None)
        for epoch in epochs:
            self.chooser.addItem(f"epoch {epoch.epoch}", epoch.epoch)
        self.chooser.setEnabled(bool(epochs))
        self._show_chosen()

    def add_epoch(self, epoch: EpochEnded) -> None:
        """Offers one more; shows it if the latest is wanted."""
        self._epochs.append(epoch)
        self.chooser.addItem(f"epoch {epoch.epoch}", epoch.epoch)
        self.chooser.setEnabled(True)
        self._show_chosen()

    @Slot()
    def _show_chosen(self) -> None:
        wanted = self.chooser.currentData()
        shown = [epoch for epoch in self._epochs if wanted in (None, epoch.epoch)]
        self.matrix.show_confusion(shown[-1].confusion if shown else None)
        self._say("")

    @Slot(str)
    def _say(self, words: str) -> None:
        self.words.setText(words or "rows: true digit, columns: read as")


def _fits(font: QFont, text: str, room: QSize) -> bool:
    metrics = QFontMetrics(font)
    return metrics.horizontalAdvance(text) <= room.width() and metrics.ascent() <= room.height()


def _on(shade: QColor) -> QColor:
    """Black or white, whichever is read better on the shade."""
    light = 0.299 * shade.redF() + 0.587 * shade.greenF() + 0.114 * shade.blueF()
    return QColor("black") if light > 0.5 else QColor("white")
