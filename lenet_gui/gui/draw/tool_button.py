"""A button of the drawing tools."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from lenet_gui.gui.core.commands import command_named, keys_of
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.text_size import fit, scaled
from lenet_gui.gui.draw.icons import SIDE, tool_icon


class ToolButton(QToolButton):
    """Has the text and keys of one of the window's commands; its icon follows the palette."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Args: name: of the command and of its icon."""
        super().__init__(parent)
        self._name = name
        command, keys = command_named(name), keys_of(name)
        self.setObjectName(f"tool-{name}")
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(command.text.replace("&", "").rstrip("…"))
        set_tip(self, f"{command.tip} ({keys})" if keys else command.tip)
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
    assert isinstance(button, ToolButton)  # noqa: S101 - given to these alone
    button.draw()
