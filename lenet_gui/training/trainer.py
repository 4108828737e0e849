"""Training as a generator: it yields events and checks its control between steps."""

from collections.abc import Callable, Generator, Sequence
from functools import partial
from pathlib import Path
from typing import cast

import torch

from lenet_gui.data.digits import DigitSets
from lenet_gui.errors import UserError
from lenet_gui.training.adjustments import Adjustment
from lenet_gui.training.control import Control
from lenet_gui.training.device import told
from lenet_gui.training.events import Event, UpdateDue
from lenet_gui.training.metrics import TrainingStopped
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.session import Session
from lenet_gui.training.stack import Stack
from lenet_gui.training.update import OwnUpdates


def train(
    recipe: Recipe,
    digits: DigitSets,
    checkpoint: Path | None,
    control: Control,
    resume: Path | None = None,
    *,
    epochs: Path | None = None,
    publish_every_s: float = 0.1,
    weights_every_s: float = 0.2,
    threads: int | None = None,
    repeats: Sequence[Adjustment] = (),
) -> Generator[Event, None, None]:
    """Trains a network by the recipe; for the events and their order see `events`.

    Nothing happens before the first event is asked for. On the CPU, with the same number of
    threads given, the same recipe, adjustments and digits give the same weights, whether or not the
    training was interrupted and resumed; a CUDA card gives other weights, and the same ones
    every time. A `UserError` thrown into the generator ends it with a `Failed`; at the first event
    it is raised again, as nothing has been trained.

    Args:
        recipe: what to do.
        digits: both sets of the recipe's data, complete: the recipe's share is taken here.
        checkpoint: the file that holds the newest checkpoint, one written at the end of each
            epoch; None keeps none.
        control: stop, pause, resume, follow and adjust, from other threads.
        resume: a checkpoint to continue from.
        epochs: the folder that keeps the weights of every epoch (see `epoch_files`); None keeps
            none.
        publish_every_s: the least time between two `StepStatistics`.
        weights_every_s: the least time between two copies of the weights, when followed.
        threads: of torch, for the whole process; None for between one and as many as it has,
            whichever is fastest beside other programs (see `thread_choice`).
        repeats: the adjustments, each before its update, unless the control requests
            something else; for a continued run those after its checkpoint.

    Raises:
        UserError: before the first event: the device is not there or its memory is full, the digits
            are too few, or `resume` does not fit. Later errors come as `Failed`.
    """
    every = publish_every_s, weights_every_s
    follows_load = threads is None
    updates = partial(OwnUpdates, follow_load=follows_load)
    begin = partial(Session, updates, recipe, digits, checkpoint, control, epochs, *every, repeats)
    events = _events(begin, resume, threads, follows_load=follows_load)
    # Alone, it waits for no other.
    return cast("Generator[Event, None, None]", events)


def train_in_stack(
    stack: Stack,
    recipe: Recipe,
    digits: DigitSets,
    checkpoint: Path | None,
    control: Control,
    resume: Path | None = None,
    *,
    epochs: Path | None = None,
    threads: int | None = None,
) -> Generator[Event | UpdateDue, None, None]:
    """The same as one of several, whose updates `stack` makes when they are due.

    The recipes differ only in their seeds, and all training runs begin after the same epoch.
    """
    begin = partial(Session, stack.join, recipe, digits, checkpoint, control, epochs)
    return _events(begin, resume, threads, follows_load=False)


def _events(
    begin: Callable[[], Session], resume: Path | None, threads: int | None, *, follows_load: bool
) -> Generator[Event | UpdateDue, None, None]:
    if threads is not None:
        torch.set_num_threads(threads)
    most = torch.get_num_threads()
    try:
        session = _session(begin, resume)
        yield session.started(most, follows_load=follows_load)
        try:
            try:
                yield from session.epochs()
            except TrainingStopped:
                yield session.stopped()
        except (UserError, torch.OutOfMemoryError) as error:
            yield session.failed(told(error))
    finally:
        torch.set_num_threads(most)


def _session(begin: Callable[[], Session], resume: Path | None) -> Session:
    """A session at its beginning, or at a checkpoint."""
    try:
        session = begin()
        if resume is not None:
            session.resume(resume)
    except torch.OutOfMemoryError as error:
        raise told(error) from error
    return session
