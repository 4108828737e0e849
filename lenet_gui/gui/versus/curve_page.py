"""Our errors over the passes on the figures of Fig. 5, and the table of every recipe."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label
from lenet_gui.gui.core.text_size import wear
from lenet_gui.gui.widgets.chart_view import ChartView
from lenet_gui.gui.widgets.empty_state import EmptyState
from lenet_gui.gui.widgets.scrolled import scrolled
from lenet_gui.gui.widgets.text_table import TextTable
from lenet_gui.pictures.versus_chart import versus_chart
from lenet_gui.versus.curves import Curves, curves_of
from lenet_gui.versus.published import CURVE_OF
from lenet_gui.versus.standing import Kept
from lenet_gui.versus.table import HEADINGS, cells, notes

_LEAST = QSize(560, 300)
_IDLE = "Point at a pass for its errors, or press Left and Right."
NONE_YET = (
    "The errors of {name} appear here once there are results for it. To make some:\n"
    "lenet-gui train --recipe {name} --seed 0 --result FILE.json"
)


class CurveView(ChartView):
    """The curve; the pass under the pointer, or chosen by the keys, is described below it."""

    def __init__(self, readout: QLabel, parent: QWidget | None = None) -> None:
        super().__init__(_LEAST, parent)
        self.setObjectName("versus curve")
        self.setAccessibleName("Errors over the passes")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._readout = readout
        self._curves: Curves | None = None
        self._pass: int | None = None
        self.hovered.connect(self._hover)

    def show_curves(self, curves: Curves) -> None:
        """Shows the curves of a recipe."""
        self._curves = curves
        self.setAccessibleDescription(curves.text(curves.mean_test[-1][0]))
        self.show_chart(versus_chart(curves))
        self._point(None)

    def walk(self, across: int, down: int) -> bool:
        """To the pass before or after."""
        if self._curves is None or down:
            return False
        self._point(min(self._curves.last_pass, max(1, (self._pass or 0) + across)))
        return True

    @Slot(object)
    def _hover(self, number: float | None) -> None:
        """Describes the pass nearest to the pointer."""
        self._point(None if number is None else round(number))

    def _point(self, number: int | None) -> None:
        self._pass = number
        told = self._curves.text(number) if self._curves is not None and number else ""
        self._readout.setText(told or _IDLE)


class CurvePage(QWidget):
    """The curve above the table; without results a sentence instead. It scrolls if it is low."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.readout = plain_label()
        self.readout.setObjectName("versus read-out")
        self.curve = CurveView(self.readout)
        self.table = TextTable(HEADINGS, text_columns=2)
        self.table.setObjectName("versus results")
        self.table.setAccessibleName("Results of every recipe")
        self.empty = EmptyState()
        self.empty.say(NONE_YET.format(name=CURVE_OF))
        self.remark = plain_label()
        self.remark.setObjectName("versus remark")
        self.remark.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.notes = plain_label()
        self.notes.setObjectName("versus notes")
        self.notes.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for label in (self.readout, self.remark, self.notes):
            wear(label, theme.small_font)
            label.setWordWrap(True)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(*[theme.UNIT] * 4)
        column.setSpacing(theme.UNIT // 2)
        column.addWidget(self.empty, 1)
        column.addWidget(self.curve, 1)
        column.addWidget(self.readout)
        column.addWidget(self.remark)
        column.addWidget(self.table)
        column.addWidget(self.notes)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inner))

    def show_kept(self, kept: Kept) -> None:
        """Shows the results."""
        standing = kept.of(CURVE_OF)
        if standing is not None:
            self.curve.show_curves(curves_of(standing))
        self.empty.setVisible(standing is None)
        self.curve.setVisible(standing is not None)
        self.readout.setVisible(standing is not None)
        self.remark.setText("\n".join(kept.left_out))
        self.remark.setVisible(bool(kept.left_out))
        self.table.set_rows([cells(one) for one in kept.standings])
        self.table.setVisible(bool(kept.standings))
        self.notes.setText(" ".join(notes(kept)))
        self.notes.setVisible(bool(kept.standings))
