"""The legend of the plots: a sample and a name for each line; pressing one shows or hides it."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.text_size import wear
from lenet_gui.gui.core.theme import UNIT, small_font, theme_of
from lenet_gui.gui.training.curves import Line
from lenet_gui.gui.training.run_chart import look_of
from lenet_gui.gui.widgets.sheet_view import paint_items
from lenet_gui.pictures.chart.sheet import sample_items

_SAMPLE = 3 * UNIT
_TOLD = {
    Line.STEP: "Each step, before its update; click to show or hide",
    Line.TRAIN: "Training digits at the end of each epoch; click to show or hide",
    Line.TEST: "Test digits at the end of each epoch; click to show or hide",
    Line.VALIDATION: "Digits kept apart, at the end of each epoch; click to show or hide",
}


class LegendEntry(QAbstractButton):
    """Checked while its line is shown."""

    def __init__(self, line: Line, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self.setText(line)
        wear(self, small_font)
        self.setCheckable(True)
        self.setChecked(True)
        self.setObjectName(f"legend {line}")
        self.setAccessibleName(f"Show the line {line}")
        set_tip(self, _TOLD[line])
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(
            _SAMPLE + UNIT + metrics.horizontalAdvance(self.text()),
            max(2 * UNIT + 4, metrics.height()),
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        shown = self.isChecked()
        if not shown:
            painter.setOpacity(0.4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = (0.0, self.height() / 2)
        paint_items(painter, sample_items(look_of(self.line), place, theme_of(self), _SAMPLE))
        font = self.font()
        font.setStrikeOut(not shown)
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        rest = self.rect().adjusted(_SAMPLE + UNIT // 2, 0, 0, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)


class Legend(QWidget):
    """A row of entries. Signal `toggled(object, bool)`: the Line, and whether it is shown."""

    toggled = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT)
        self.entries = {line: LegendEntry(line) for line in Line}
        for entry in self.entries.values():
            layout.addWidget(entry)
            entry.toggled.connect(self._entry_toggled)

    @Slot(bool)
    def _entry_toggled(self, shown: bool) -> None:
        entry = self.sender()
        if isinstance(entry, LegendEntry):
            self.toggled.emit(entry.line, shown)
