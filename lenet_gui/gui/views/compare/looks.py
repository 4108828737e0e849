"""The room that the labels of the rows need, the same in all parts of the view."""

from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.core import theme

_NAMED = (("C1 ", "16 @ 28×28"), ("Output ", "10"))
_TOLD = ("A ±8.88  B ±8.88", "|A−B| 8.88, r −8.88")


def label_width(widget: QWidget) -> float:
    """In logical pixels, for the longest words that a label may have."""
    title = QFontMetricsF(theme.title_font(), widget)
    small = QFontMetricsF(theme.small_font(), widget)
    named = [title.horizontalAdvance(a) + small.horizontalAdvance(b) for a, b in _NAMED]
    return max(*named, *(small.horizontalAdvance(words) for words in _TOLD)) + 2
