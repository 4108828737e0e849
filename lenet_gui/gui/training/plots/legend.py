"""The legend of the plots: a sample and a name for each line; pressing one shows or hides it."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.text_size import wear
from lenet_gui.gui.core.theme import UNIT, small_font, theme_of
from lenet_gui.gui.training.plots.curves import Line
from lenet_gui.gui.training.plots.run_chart import band_of, look_of, without_date
from lenet_gui.gui.widgets.sheet_view import paint_items
from lenet_gui.pictures.chart.model import Ink, Look
from lenet_gui.pictures.chart.sheet import sample_items

_SAMPLE = 3 * UNIT
_HOW = "; click to show or hide"
_TOLD = {
    Line.STEP: "Each update, measured before the weights change; where updates are dense, the "
    "mean of neighbouring ones, and a band that contains 80 % of them" + _HOW,
    Line.TRAIN: "Training digits at the end of each epoch" + _HOW,
    Line.TEST: "Test digits at the end of each epoch" + _HOW,
    Line.VALIDATION: "Validation digits at the end of each epoch" + _HOW,
}
_EARLIER = "earlier"


class LegendEntry(QAbstractButton):
    """A sample and a name; checked while it is shown.

    Args:
        name: what the legend calls it.
        look: how its line is drawn.
        band: the colour of the band behind the line; None without one.
    """

    def __init__(
        self, name: str, look: Look, band: Ink | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._band = look, band
        wear(self, small_font)
        self.setCheckable(True)
        self.setChecked(True)
        self.setObjectName(f"legend {name}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(
            _SAMPLE + UNIT + metrics.horizontalAdvance(self.text()),
            max(2 * UNIT + 4, metrics.height()),
        )

    def minimumSizeHint(self) -> QSize:
        least = QFontMetrics(self.font()).horizontalAdvance(self.text().partition(":")[0])
        return QSize(_SAMPLE + UNIT + least, self.sizeHint().height())

    @property
    def words(self) -> str:
        """What is painted: what it is called, without more where there is no room for it."""
        room = self.width() - _SAMPLE - UNIT // 2
        fits = QFontMetrics(self.font()).horizontalAdvance(self.text()) <= room
        return self.text() if fits else self.text().partition(":")[0]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        shown = self.isChecked()
        if not shown:
            painter.setOpacity(0.4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = (0.0, self.height() / 2)
        items = sample_items(self._look, place, theme_of(self), _SAMPLE, self._band)
        paint_items(painter, items)
        font = self.font()
        font.setStrikeOut(not shown)
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        rest = self.rect().adjusted(_SAMPLE + UNIT // 2, 0, 0, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, self.words)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)


class Legend(QWidget):
    """A row of entries: the lines, and the run that is laid behind.

    Signals: `toggled(object, bool)`: the Line, and whether it is shown; `earlier_toggled(bool)`:
    whether the run laid behind is shown.
    """

    toggled = Signal(object, bool)
    earlier_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT)
        self.entries: dict[Line, LegendEntry] = {}
        for line in Line:
            band = band_of(line)
            entry = LegendEntry(line, look_of(line, has_band=band is not None), band)
            entry.setText(line)
            entry.setAccessibleName(f"Show the line {line}")
            set_tip(entry, _TOLD[line])
            entry.toggled.connect(self._entry_toggled)
            layout.addWidget(entry)
            self.entries[line] = entry
        self.earlier = LegendEntry(_EARLIER, look_of(Line.TRAIN, earlier=True))
        self.earlier.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.earlier.toggled.connect(self.earlier_toggled)
        layout.addWidget(self.earlier)
        self.name_earlier(None)

    def name_earlier(self, name: str | None) -> None:
        """Names the run that is laid behind; None where there is none."""
        self.earlier.setVisible(name is not None)
        if name is not None:
            self.earlier.setText(f"{_EARLIER}: {without_date(name)}")
            self.earlier.setAccessibleName(f"Show the earlier run {name}")
            set_tip(self.earlier, f"{name}: thin, dimmed, with hollow symbols{_HOW}")
            self.earlier.updateGeometry()

    @Slot(bool)
    def _entry_toggled(self, shown: bool) -> None:
        entry = self.sender()
        for line, each in self.entries.items():
            if each is entry:
                self.toggled.emit(line, shown)
