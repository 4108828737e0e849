"""What can be done with a run, as buttons: in one line where there is room, else in two."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QToolButton, QWidget

from lenet_gui.gui.core.theme import UNIT
from lenet_gui.gui.widgets.main_button import MainButton


class RunButtons(QWidget):
    """The first of the actions is the obvious one; `others` are at the end of the line."""

    def __init__(
        self, actions: Sequence[QAction], others: Sequence[QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(UNIT)
        self._lines = [_line([_main_button(actions[0]), *map(_button, actions[1:])])]
        self._lines.append(_line([_button(action) for action in others]))
        for line in self._lines:
            self._box.addWidget(line)
        self._box.insertStretch(1, 1)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for one line below the other."""
        widest = max(line.sizeHint().width() for line in self._lines)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = sum(line.sizeHint().width() for line in self._lines) + 2 * UNIT
        direction = QBoxLayout.Direction
        is_wide = self.width() >= needed
        self._box.setDirection(direction.LeftToRight if is_wide else direction.TopToBottom)


def _line(buttons: Sequence[QToolButton]) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(UNIT)
    for button in buttons:
        row.addWidget(button)
    row.addStretch()
    return line


def _main_button(action: QAction) -> QToolButton:
    return _serving(MainButton(action.text(), "", ""), action)


def _button(action: QAction) -> QToolButton:
    return _serving(QToolButton(), action)


def _serving(button: QToolButton, action: QAction) -> QToolButton:
    button.setDefaultAction(action)
    button.setObjectName(action.text().removesuffix("…").lower())
    button.setAccessibleName(action.text())
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the table
    return button
