"""The desktop's trash, from which what was thrown away can be brought back."""

from pathlib import Path

from PySide6.QtCore import QFile


def move_to_trash(path: Path) -> bool:
    """Moves a file or folder to the trash; False, and it stays, where there is none for it."""
    return QFile(str(path)).moveToTrash()
