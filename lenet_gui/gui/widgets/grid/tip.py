"""The tooltip of a place in a widget: it goes on saying what is there, whatever is shown next."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QToolTip, QWidget

from lenet_gui.gui.core.plain import plain_tip

Explain = Callable[[QPointF], str]
"""What is said at a place of the widget, in lines; empty where nothing is."""


class TipAtPointer:
    """Belongs to a widget whose content changes under a resting pointer."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._place: QPoint | None = None
        self._told = ""

    def show(self, place: QPoint, explain: Explain) -> None:
        """Shows what is said at a place of the widget."""
        self._place = place
        self._tell(explain)

    def renew(self, explain: Explain) -> None:
        """Says what is there now, while the tooltip is shown."""
        if self._place is None:
            return
        if QToolTip.isVisible():
            self._tell(explain, only_other=True)
        else:
            self._place = None

    def forget(self) -> None:
        """The pointer has left the widget."""
        self._place = None

    def _tell(self, explain: Explain, *, only_other: bool = False) -> None:
        assert self._place is not None  # noqa: S101 - it is told of then
        told = plain_tip(*explain(QPointF(self._place)).splitlines())
        if not (only_other and told == self._told):
            QToolTip.showText(self._widget.mapToGlobal(self._place), told, self._widget)
        self._told = told
