"""A button that opens a menu: its arrow stands beside its words, not over them."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QMenu,
    QStyle,
    QStyleOption,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
)

from lenet_gui.gui.core.text_size import scaled

_ARROW, _GAP = 7, 5
"""Its side, and its distance from the words and from the edge, at the usual size of text."""


class MenuButton(QToolButton):
    """As any other without a menu; Qt's own paints the arrow over the end of the words."""

    def open_menu(self, menu: QMenu | None) -> None:
        """Opens this menu at a click from now on; None: it is a usual button."""
        mode = QToolButton.ToolButtonPopupMode
        self.setMenu(menu)  # type: ignore[arg-type] # none, as Qt has it
        self.setPopupMode(mode.DelayedPopup if menu is None else mode.InstantPopup)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(self._room_for_arrow, 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._room_for_arrow:
            super().paintEvent(event)
            return
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.features &= ~QStyleOptionToolButton.ToolButtonFeature.HasMenu
        words, option.text = option.text, ""
        painter, whole = QStylePainter(self), QRect(option.rect)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        option.text = words
        option.rect = whole.adjusted(0, 0, -self._room_for_arrow, 0)
        painter.drawControl(QStyle.ControlElement.CE_ToolButtonLabel, option)
        side = scaled(_ARROW, self)
        arrow = QStyleOption()
        arrow.initFrom(self)
        left = whole.right() - scaled(_GAP, self) - side
        arrow.rect = QRect(left, whole.center().y() - side // 2, side, side)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorArrowDown, arrow)

    @property
    def _room_for_arrow(self) -> int:
        return scaled(_ARROW + _GAP, self) if self.menu() is not None else 0
