"""The list of every assumption and deviation, to read."""

from html import escape

from PySide6.QtWidgets import QTextBrowser, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.versus.assumptions import Kind, statements


class AssumptionsPage(QTextBrowser):
    """One heading and one list for each kind of statement."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("versus assumptions")
        self.setAccessibleName("Assumptions and deviations")
        self.setFont(theme.text_font())
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.document().setDocumentMargin(2 * theme.UNIT)
        self.setHtml("".join(_part(kind) for kind in Kind))


def _part(kind: Kind) -> str:
    entries = "".join(
        f"<p><b>{escape(one.topic)}.</b> {escape(one.text)}</p>"
        for one in statements()
        if one.kind is kind
    )
    return f"<h3>{escape(kind)}</h3>{entries}"
