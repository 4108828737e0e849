"""Several training runs of one recipe: a failure of one does not affect the others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lenet_gui.data.digits import DigitSets
from lenet_gui.errors import UserError
from lenet_gui.training.adjustments import Wish
from lenet_gui.training.control import Control
from lenet_gui.training.ending import RunFiles, kept, train_and_keep
from lenet_gui.training.events import Event, UpdateDue
from lenet_gui.training.recipe import Recipe


@dataclass(frozen=True)
class Planned:
    """A planned training run: its recipe, its files, and a checkpoint to continue from."""

    recipe: Recipe
    files: RunFiles
    resume: Path | None = None
    wishes: tuple[Wish, ...] = ()  # for a continued run, before its first update


Outcome = tuple[int, Event | UserError]
"""The index of a training run among several, and an event of it or why it could not begin."""


def train_many(
    planned: Sequence[Planned],
    digits: DigitSets,
    control: Control,
    *,
    threads: int | None = None,
    in_one_go: bool | None = None,
) -> Iterator[Outcome]:
    """Trains and keeps each as `train_and_keep` does, and yields their events.

    On a CUDA card their updates are made at once (see `stack`), on the CPU they come one after
    the other; there each ends as it would alone, bit for bit.

    Args:
        planned: at least one; their recipes differ only in their seeds.
        digits: both sets of the recipes' data.
        control: stop, pause, resume and follow, of all of them; after a stop none begins.
        threads: of torch.
        in_one_go: whether updates are made at once; None: if that is faster.

    Raises:
        UserError: the device is not there.
    """
    if in_one_go is None:
        from lenet_gui.training.device import choose_device, torch_device
        from lenet_gui.training.stack import is_stackable

        recipe = planned[0].recipe
        in_one_go = is_stackable(recipe, torch_device(choose_device(recipe)))
    groups = _by_epoch(planned) if in_one_go else [[place] for place in range(len(planned))]
    for group in groups:
        if control.stopping:
            return
        if len(group) == 1:
            (place,) = group
            yield from _alone(place, planned[place], digits, control, threads)
        else:
            yield from _together(
                {place: planned[place] for place in group}, digits, control, threads
            )


def _by_epoch(planned: Sequence[Planned]) -> list[list[int]]:
    """The indices of those that continue after the same epoch, and so run in step."""
    from lenet_gui.training.checkpoint import load_checkpoint
    from lenet_gui.training.repeats import repeats_of

    groups: dict[object, list[int]] = {}
    for place, one in enumerate(planned):
        done: object = 0
        if one.resume is not None:
            try:
                found = load_checkpoint(one.resume)
                # Adjustments hold for one training run: it continues alone.
                adjusted = found.adjustments or repeats_of(one.resume, one.files.log)
                done = one if adjusted else found.epoch
            except UserError:
                done = one  # reported when it is due to begin
        groups.setdefault(done, []).append(place)
    return list(groups.values())


def _alone(
    place: int, planned: Planned, digits: DigitSets, control: Control, threads: int | None
) -> Iterator[Outcome]:
    recipe, files, resume = planned.recipe, planned.files, planned.resume
    for wish in planned.wishes:
        control.ask(wish)
    try:
        for event in train_and_keep(recipe, digits, files, control, resume=resume, threads=threads):
            yield place, event
    except UserError as error:
        yield place, error
    finally:
        control.take_wishes()  # of a training run that did not begin: the next one has its own


def _together(
    planned: Mapping[int, Planned], digits: DigitSets, control: Control, threads: int | None
) -> Iterator[Outcome]:
    from lenet_gui.training.stack import Stack
    from lenet_gui.training.trainer import train_in_stack

    stack = Stack()
    going = {}
    for place, one in planned.items():
        files = one.files
        events = train_in_stack(
            stack,
            one.recipe,
            digits,
            files.checkpoint,
            control,
            one.resume,
            epochs=files.epochs,
            threads=threads,
        )
        going[place] = kept(events, files)
    while going:
        for place, told in list(going.items()):
            try:
                for event in told:
                    if isinstance(event, UpdateDue):
                        break
                    yield place, event
                else:
                    del going[place]
            except UserError as error:
                del going[place]
                yield place, error
        if going:
            stack.update()
