"""How a run stands in its view: the curve of errors over maps and kernels."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.text_size import scaled
from lenet_gui.gui.widgets.beside import Beside

_PARTS = 100
_SHARES = 7, 45
"""The least and the largest share of the height for the curve, of `_PARTS`."""

_HIGH = 0.5
_LINES = 60
"""Maps of half of a width are half as high as the whole is wide, and their lines: usual pixels."""


class RunArrangement(QWidget):
    """The curve takes the height that the maps, as wide as there is room, leave."""

    def __init__(self, curve: QWidget, lines: Sequence[QWidget], below: Beside) -> None:
        """Args: lines: between the curve and what is below; the first is over the curve."""
        super().__init__()
        self._curve, self._below = curve, below
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.UNIT // 2)
        first, *others = lines
        for part in (first, curve, *others, below):
            self._column.addWidget(part)
        below.turned.connect(self._share)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._share()

    def _share(self) -> None:
        least, most = _SHARES
        share = least
        if self._below.is_beside:
            spare = self.height() - _HIGH * self.width() - scaled(_LINES, self)
            share = round(min(max(_PARTS * spare / max(self.height(), 1), least), most))
        self._column.setStretchFactor(self._curve, share)
        self._column.setStretchFactor(self._below, _PARTS - share)
