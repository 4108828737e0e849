"""A list of long names to choose from: told apart also where the list itself is narrow."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

_SIDES = 12
"""Pixels beside the names in the opened list, at both sides together."""


class NamesBox(QComboBox):
    """Closed, it leaves out the middle of a name; opened, it is as wide as its names.

    Names that are alike differ at their ends, in a date or a number.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    @property
    def shown(self) -> str:
        """What is read while it is closed."""
        option = self._option()
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        room = field.width() - 2
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideMiddle, room)

    def showPopup(self) -> None:
        """Opens the list, as wide as its names but no wider than the screen."""
        opened = self.view()
        wanted = opened.sizeHintForColumn(0) + opened.verticalScrollBar().sizeHint().width()
        opened.setMinimumWidth(min(wanted + _SIDES, self.screen().availableGeometry().width()))
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QStylePainter(self)
        option = self._option()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        option.currentText = self.shown
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def _option(self) -> QStyleOptionComboBox:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        return option
