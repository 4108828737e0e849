"""The question before the window closes over a training that goes on."""

from PySide6.QtWidgets import QWidget

from lenet_gui.gui.core.question import is_agreed

_RUN_GOES_ON = "A training is going on. "
_KEPT = (
    "If you close now, the checkpoint of its last whole epoch is kept, and the training panel can "
    "resume it another day."
)
_LOST = "It has no checkpoint before its first epoch is done: if you close now, it starts anew."


def close_anyway(window: QWidget, *, has_checkpoint: bool) -> bool:
    """Asks, and says what is kept; True if the window is to close."""
    told = _RUN_GOES_ON + (_KEPT if has_checkpoint else _LOST)
    return is_agreed(window, "Close LeNet Laboratory?", told, "&Close", "&Stay")
