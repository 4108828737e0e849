"""A flat button with an icon that the program draws."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from lenet_gui.gui.core.text_size import fit, scaled
from lenet_gui.gui.widgets.icons import SIDE, tool_icon


class IconButton(QToolButton):
    """Its icon follows the palette and the size of text."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Args: name: of the icon."""
        super().__init__(parent)
        self._name = name
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        fit(self, "icon", _draw)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.draw()

    def draw(self) -> None:
        """Draws its icon in the colours, and as large as text, as they are now."""
        self.setIconSize(QSize(scaled(SIDE, self), scaled(SIDE, self)))
        self.setIcon(tool_icon(self._name, self))


def _draw(button: QWidget) -> None:
    assert isinstance(button, IconButton)  # noqa: S101 - given to these alone
    button.draw()
