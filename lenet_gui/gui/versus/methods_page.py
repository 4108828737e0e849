"""Our recipes among the published results of Fig. 9."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label
from lenet_gui.gui.widgets.chart_view import ChartView
from lenet_gui.pictures.methods_chart import entries, methods_chart, methods_height
from lenet_gui.versus.standing import Kept

_LEAST_WIDTH = 600


class MethodsPage(QWidget):
    """The chart in an area that scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = ChartView(QSize(_LEAST_WIDTH, 1))
        self.chart.setObjectName("versus methods")
        self.chart.setAccessibleName("Published test errors and ours")
        self.remark = plain_label("No results of ours yet: there are no results of training runs.")
        self.remark.setContentsMargins(*[theme.UNIT] * 4)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setAccessibleName("Published test errors and ours")
        area.setWidget(self.chart)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.remark)
        column.addWidget(area)

    def show_kept(self, kept: Kept) -> None:
        """Shows the published errors with these among them."""
        rows = entries(kept)
        self.remark.setVisible(not any(row.is_ours for row in rows))
        self.chart.setAccessibleDescription(
            ", ".join(f"{row.name} {row.text} %" for row in reversed(rows))
        )
        chart = methods_chart(kept)
        self.chart.set_least(QSize(_LEAST_WIDTH, methods_height(chart)))
        self.chart.show_chart(chart)
