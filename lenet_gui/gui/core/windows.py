"""Windows beside the main one."""

from PySide6.QtWidgets import QWidget


def bring_to_front(window: QWidget) -> None:
    """Shows a window, above all others of the program and with the keyboard."""
    window.show()
    window.raise_()
    window.activateWindow()
