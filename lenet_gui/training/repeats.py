"""What was adjusted after a checkpoint, so that a continued run repeats it."""

from pathlib import Path

from lenet_gui.errors import UserError
from lenet_gui.training.adjustments import Adjustment
from lenet_gui.training.checkpoint import Checkpoint, is_same_recipe, load_checkpoint
from lenet_gui.training.journal import LOG_NAME, History, read_history


def repeats_of(checkpoint: Path, log: Path | None) -> tuple[Adjustment, ...]:
    """The adjustments in the log of a checkpoint's run at later updates, in their order.

    Args:
        checkpoint: its file.
        log: of the run; if the checkpoint is not in it, the one beside the checkpoint is read.

    Raises:
        UserError: the checkpoint cannot be read.
    """
    found = load_checkpoint(checkpoint)
    for each in (log, checkpoint.parent / LOG_NAME):
        history = None if each is None else _history(each)
        if history is not None and _tells_of(history, found):
            return tuple(
                made
                for made in (*history.adjustments, *history.repeats)
                if made.epoch > found.epoch
            )
    return ()


def _history(log: Path) -> History | None:
    """None if there is no readable log: it may be a pipe."""
    try:
        return read_history(log)
    except UserError:
        return None


def _tells_of(history: History, checkpoint: Checkpoint) -> bool:
    """Whether the run of a log went through the checkpoint."""
    if history.recipe is None or not is_same_recipe(checkpoint.recipe, history.recipe):
        return False
    done = checkpoint.epoch
    told = [epoch for epoch in history.epochs if epoch.epoch <= done]
    made = tuple(one for one in history.adjustments if one.epoch <= done)
    return made == checkpoint.adjustments and all(
        epoch == checkpoint.history[epoch.epoch - 1] for epoch in told
    )
