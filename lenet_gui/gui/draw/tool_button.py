"""A button of the drawing tools."""

from PySide6.QtWidgets import QWidget

from lenet_gui.gui.core.commands import command_named, keys_of
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.widgets.icon_button import IconButton


class ToolButton(IconButton):
    """Has the text and keys of one of the window's commands."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Args: name: of the command and of its icon."""
        super().__init__(name, parent)
        command, keys = command_named(name), keys_of(name)
        self.setObjectName(f"tool-{name}")
        self.setAccessibleName(command.text.replace("&", "").rstrip("…"))
        set_tip(self, f"{command.tip} ({keys})" if keys else command.tip)
