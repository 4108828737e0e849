"""The question before the window closes during a training run."""

from PySide6.QtWidgets import QWidget

from lenet_gui.gui.core.question import is_agreed

_RUN_GOES_ON = "A training run is in progress. "
_KEPT = (
    "If you close now, the checkpoint of its last complete epoch is kept, and the training panel "
    "can resume it later."
)
_LOST = (
    "It has no checkpoint until its first epoch is done: if you close now, it has to start "
    "from the beginning."
)


def close_anyway(window: QWidget, *, has_checkpoint: bool) -> bool:
    """Asks, and says what is kept; True if the window is to close."""
    told = _RUN_GOES_ON + (_KEPT if has_checkpoint else _LOST)
    return is_agreed(window, "Close LeNet Laboratory?", told, "&Close", "&Stay")
