"""Parameters and connections, counted layer by layer, with the README's printed figures beside."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label
from lenet_gui.gui.core.text_size import wear
from lenet_gui.gui.widgets.scrolled import scrolled
from lenet_gui.gui.widgets.text_table import TextTable
from lenet_gui.net.architecture import Variant
from lenet_gui.net.audit import audit
from lenet_gui.text.figures import with_crosses
from lenet_gui.versus.audit_rows import HEADINGS, TEXT_COLUMNS, audit_notes, audit_rows


class AuditPage(QWidget):
    """Both variants, one below the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(*[theme.UNIT] * 4)
        self.tables: dict[Variant, TextTable] = {}
        for variant in Variant:
            counted = audit(variant)
            title = f"LeNet-5 {variant.capitalize()}"
            table = TextTable(HEADINGS, TEXT_COLUMNS)
            table.setAccessibleName(f"{title}: parameters and connections")
            table.set_rows([[with_crosses(cell) for cell in row] for row in audit_rows(counted)])
            table.setColumnHidden(len(HEADINGS) - 1, counted.seed_connections is None)
            self.tables[variant] = table
            notes = plain_label("\n".join(audit_notes(counted)))
            wear(notes, theme.small_font)
            notes.setWordWrap(True)
            column.addWidget(theme.group_title(title))
            column.addWidget(table)
            column.addWidget(notes)
            column.addSpacing(2 * theme.UNIT)
        column.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inner))
