"""Every assumption and deviation, in tables to read and to copy from."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.widgets.scrolled import scrolled
from lenet_gui.gui.widgets.text_table import TextTable
from lenet_gui.versus.assumptions import Kind, statements

_HEADINGS = ("Topic", "Statement")


class AssumptionsPage(QWidget):
    """One title and one table for each kind of statement."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("versus assumptions")
        self.setAccessibleName("Assumptions and deviations")
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(*[theme.UNIT] * 4)
        self.tables: dict[Kind, TextTable] = {}
        for kind in Kind:
            table = TextTable(_HEADINGS, len(_HEADINGS))
            table.setAccessibleName(str(kind))
            table.set_rows([[one.topic, one.text] for one in statements() if one.kind is kind])
            self.tables[kind] = table
            column.addWidget(theme.group_title(str(kind)))
            column.addWidget(table)
            column.addSpacing(2 * theme.UNIT)
        column.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inner))
