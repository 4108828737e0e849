"""A training run in progress: its network, digits and metrics, and the events that it yields."""

import math
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

from lenet_gui.data.digits import Digits, DigitSets
from lenet_gui.errors import UserError
from lenet_gui.files import is_there
from lenet_gui.net.lenet5 import OriginalLeNet5
from lenet_gui.net.losses import loss_function
from lenet_gui.training.abstention import calibrated_j
from lenet_gui.training.adjusted_recipe import AdjustedRecipe
from lenet_gui.training.adjustments import Adjustment
from lenet_gui.training.averaging import Averaged
from lenet_gui.training.batches import Batches
from lenet_gui.training.chance import is_at_chance
from lenet_gui.training.checkpoint import (
    Checkpoint,
    check_same_training,
    fingerprint,
    load_checkpoint,
    restore,
    save_checkpoint,
    weight_tensors,
)
from lenet_gui.training.control import Control
from lenet_gui.training.device import choose_device, torch_device
from lenet_gui.training.epoch_files import EpochKeeper
from lenet_gui.training.events import (
    EVALUATED_TRAINING_DIGITS,
    CheckpointSaved,
    CurrentWeights,
    EpochEnded,
    Event,
    Failed,
    Finished,
    Paused,
    Started,
    StepStatistics,
    Stopped,
    UpdateDue,
    Weights,
)
from lenet_gui.training.facts import facts_of_training
from lenet_gui.training.fresh_network import fresh_network
from lenet_gui.training.measures import Measures
from lenet_gui.training.metrics import Diverged, Evaluation, TrainingStopped, evaluate, is_finite
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.running_metrics import RunningMetrics
from lenet_gui.training.sdlm import SDLM
from lenet_gui.training.selection import training_and_validation
from lenet_gui.training.snapshot import snapshot
from lenet_gui.training.teachers import teachers_of
from lenet_gui.training.throughput import Throughput
from lenet_gui.training.update import MakesUpdates


class Session:
    """The state of one training run in progress; for the arguments see `trainer.train`.

    `updates` creates what makes its updates: alone (`OwnUpdates`) or with others (`Stack`).
    """

    def __init__(
        self,
        updates: MakesUpdates,
        recipe: Recipe,
        digits: DigitSets,
        checkpoint: Path | None,
        control: Control,
        epochs: Path | None,
        publish_every_s: float = 0.1,
        weights_every_s: float = 0.2,
        repeats: Sequence[Adjustment] = (),
    ) -> None:
        self._recipe = recipe
        self._adjusted = AdjustedRecipe(recipe, repeats, control)
        self._checkpoint = checkpoint
        self._control = control
        self._keeper = EpochKeeper(epochs) if epochs else None
        self._publish_every_s = publish_every_s
        self._weights_every_s = weights_every_s
        self._choice = choose_device(recipe)
        self._device = torch_device(self._choice)
        self._training, self._validation = training_and_validation(recipe, digits)
        self._test = digits.test
        if not len(digits.test):
            raise UserError(f"{digits.test.name} has no digits to test on: choose other data.")
        self._fingerprint = fingerprint(self._training)
        self._teachers = teachers_of(recipe, self._device)
        self._taught_by = self._teachers.fingerprint if self._teachers else ""
        self._network = fresh_network(recipe).to(self._device)
        self._averaged = Averaged(self._network, recipe.averaging) if recipe.averaging else None
        # The network that is evaluated, followed and kept.
        self._outcome = self._averaged.network if self._averaged else self._network
        self._updates = updates(self._network, self._averaged, recipe, self._device)
        self._optimiser = self._updates.optimiser
        self._loss = loss_function(recipe.loss, recipe.j, recipe.temperature)
        self._batches = Batches(self._training, recipe, self._device, digits.rubbish)
        self._measures: Measures | None = None
        if isinstance(self._optimiser, SDLM):
            assert isinstance(self._network, OriginalLeNet5)  # noqa: S101 - the recipe sees to it
            self._measures = Measures(recipe, self._network, self._optimiser, self._batches)
        self._running_metrics = RunningMetrics(self._network)
        self._throughput = Throughput()
        self._history: tuple[EpochEnded, ...] = ()
        self._saved: Path | None = None  # the newest checkpoint
        self._saved_epoch = 0
        self._resumed: int | None = None
        self._resumed_unchecked = False
        self._epoch = 1
        self._step = 0  # updates made
        self._digits_seen = 0  # presentations
        self._rate = 0.0
        self._answer_j: float | None = None  # of the final weights
        self._tested: Weights | None = None  # at the end of the last whole epoch
        self._weights_due = 0.0

    def resume(self, path: Path) -> None:
        """Restores the state of a checkpoint."""
        found = load_checkpoint(path)
        check_same_training(found, self._recipe, self._fingerprint, self._taught_by, path)
        averaged = self._averaged.network if self._averaged else None
        restore(found, self._network, self._optimiser, path, averaged)
        self._tested = snapshot(self._outcome)
        self._history = found.history
        self._resumed, self._resumed_unchecked = found.epoch, not found.checked
        self._adjusted.take_up(found.recipe, found.epoch, found.adjustments, found.changes)
        self._epoch = min(found.epoch + 1, self._adjusted.epochs)
        self._step = found.epoch * len(self._batches)
        self._digits_seen = found.epoch * self._batches.patterns
        self._saved, self._saved_epoch = path, found.epoch

    def started(self, threads: int, *, follows_load: bool) -> Started:
        """The first event: with this many threads of torch or, if it `follows_load`, up to as many.

        That is for updates on the CPU only.
        """
        return Started(
            recipe=self._recipe,
            data_name=self._training.name,
            class_names=self._training.class_names,
            training_digits=len(self._training),
            patterns_per_epoch=self._batches.patterns,
            validation_digits=len(self._validation or ()),
            test_digits=len(self._test),
            steps_per_epoch=len(self._batches),
            parameters=sum(p.numel() for p in self._optimiser.parameters),
            device=self._choice.device,
            device_reason=self._choice.reason,
            threads=threads,
            follows_load=follows_load and threads > 1 and self._device.type == "cpu",
            folder=self._checkpoint.parent if self._checkpoint else None,
            resumed_from_epoch=self._resumed,
            resumed_unchecked=self._resumed_unchecked,
            history=self._history,
            changes=self._adjusted.changes,
            adjustments=self._adjusted.adjustments,
            repeats=self._adjusted.repeats,
        )

    def epochs(self) -> Iterator[Event | UpdateDue]:
        """All remaining epochs, and the end."""
        self._begin_keeping()
        while (yield from self._goes_on()):
            self._epoch = epoch = len(self._history) + 1
            began = self._throughput.now()
            yield from self._steps()
            self._check_weights()
            weights = snapshot(self._outcome)
            yield CurrentWeights(weights)
            evaluation_began = self._throughput.now()
            ended = self._evaluated(began)
            self._throughput.evaluated(self._throughput.now() - evaluation_began)
            self._history = (*self._history, ended)
            self._tested = weights
            yield ended
            # Before the checkpoint: a training run that is interrupted in between does the epoch
            # again.
            if self._keeper is not None:
                self._keeper.keep(epoch, self._outcome, self._facts(epoch))
            if self._checkpoint is not None:
                self._save(self._checkpoint)
                yield CheckpointSaved(self._checkpoint, self._epoch)
            if self._control.pauses_at_epochs and epoch < self._adjusted.epochs:
                self._control.pause()
                yield Paused(epoch)
        last = self._history[-1]
        if self._recipe.rubbish:
            self._answer_j = calibrated_j(self._outcome.eval(), self._to_stop)
        yield Finished(
            epochs=len(self._history),
            train=last.train,
            test=last.test,
            validation=last.validation,
            seconds=sum(each.seconds for each in self._history),
            weights=snapshot(self._outcome),
            checkpoint=self._saved,
            answer_j=self._answer_j,
            learned=not is_at_chance(last.confusion),
            facts=self._facts(last.epoch),
        )

    def _goes_on(self) -> Generator[Event, None, bool]:
        """Whether there is an epoch to come."""
        if len(self._history) == self._adjusted.epochs:
            yield from self._adjusted.after_last()
        return len(self._history) < self._adjusted.epochs

    def _begin_keeping(self) -> None:
        if self._keeper is None:
            return
        from_, to = self._saved, self._checkpoint
        same = from_ is not None and to is not None and from_.resolve() == to.resolve()
        done = len(self._history)
        self._keeper.begin(done, self._outcome, self._facts(done), same=same)

    def _facts(
        self, epochs: int, *, scored: bool = True, stopped_in: int | None = None
    ) -> dict[str, str]:
        """The facts of weights after this many epochs; during the next one nothing is `scored`."""
        last = self._history[epochs - 1] if epochs and scored else None
        train, test = (last.train, last.test) if last else (None, None)
        name, changes = self._training.name, self._adjusted.changes
        return facts_of_training(
            self._recipe,
            name,
            epochs,
            train,
            test,
            changes,
            self._answer_j,
            stopped_in,
            self._training.class_names,
        )

    def _steps(self) -> Generator[Event | UpdateDue, None, None]:
        """One pass over the training digits."""
        self._running_metrics.begin_epoch()
        self._throughput.begin(self._digits_seen)
        published = self._throughput.now()
        batches = self._batches.epoch(self._epoch)
        if self._teachers is not None:
            batches = self._teachers.heard(batches, self._epoch)
        for place, batch in enumerate(batches):
            if self._control.paused:
                if self._running_metrics.pending:
                    yield self._statistics()
                yield CurrentWeights(snapshot(self._outcome))
            if self._to_stop():
                raise TrainingStopped
            yield from self._adjusted.due(self._epoch, place + 1)
            self._rate = self._adjusted.rate(self._step, len(self._batches))
            self._optimiser.set_rate(self._rate)
            if self._measures and (part := self._measures.part(self._epoch, place)) is not None:
                sizes = self._measures.measure(self._epoch, part)
                if part == 0:
                    yield sizes
            loss, output = yield from self._updates.make(batch, self._step + 1)
            self._step += 1
            self._digits_seen += len(batch.target)
            self._running_metrics.add(loss, output, batch.target)
            is_slow = self._control.slow_motion
            if is_slow or self._throughput.now() - published >= self._publish_every_s:
                yield self._statistics(is_slow=is_slow)
                published = self._throughput.now()
            if is_slow:
                self._throughput.leave_out(self._control.wait_in_slow_motion())
        if self._running_metrics.pending:
            yield self._statistics()

    def _to_stop(self) -> bool:
        """Waits during a pause; returns whether the training is to stop."""
        self._throughput.leave_out(self._control.wait_while_paused())
        return self._control.stopping

    def _statistics(self, *, is_slow: bool = False) -> StepStatistics:
        """The figures of the steps since the last statistics; waits for the device."""
        count = self._running_metrics.count()
        if not all(map(math.isfinite, count.losses)):
            raise self._not_finite()
        self._throughput.mark(self._digits_seen)
        epochs, steps = self._adjusted.epochs, len(self._batches)
        weights = None
        is_due = self._control.follow and self._throughput.now() >= self._weights_due
        if is_slow or is_due:
            weights = snapshot(self._outcome)
            self._weights_due = self._throughput.now() + self._weights_every_s
        return StepStatistics(
            step=self._step,
            epoch=self._epoch,
            epochs=epochs,
            step_in_epoch=self._step - (self._epoch - 1) * steps,
            steps_per_epoch=steps,
            losses=count.losses,
            loss=count.loss,
            accuracy=count.accuracy,
            learning_rate=self._rate,
            digits_per_second=self._throughput.digits_per_second,
            seconds_left=self._throughput.seconds_left(
                epochs * self._batches.patterns - self._digits_seen,
                epochs - self._epoch + 1,
            ),
            digits_seen=self._digits_seen,
            weights=weights,
            is_slow=is_slow,
        )

    def _evaluated(self, began: float) -> EpochEnded:
        """The scores of the current network, on all sets."""
        train = self._evaluate(self._training.first(EVALUATED_TRAINING_DIGITS))
        validation = self._evaluate(self._validation) if self._validation else None
        test = self._evaluate(self._test)
        if not math.isfinite(train.loss + test.loss + (validation.loss if validation else 0)):
            raise self._not_finite()
        return EpochEnded(
            epoch=self._epoch,
            epochs=self._adjusted.epochs,
            step=self._step,
            train=train.score,
            test=test.score,
            validation=validation.score if validation else None,
            on_the_fly_loss=self._running_metrics.epoch_loss,
            on_the_fly_accuracy=self._running_metrics.epoch_accuracy,
            learning_rate=self._rate,
            confusion=test.confusion,
            seconds=self._throughput.now() - began,
        )

    def _evaluate(self, digits: Digits) -> Evaluation:
        return evaluate(self._outcome, digits, self._loss, stop=self._to_stop)

    def _save(self, path: Path) -> None:
        """Writes the checkpoint of the epoch that has just ended."""
        checkpoint = Checkpoint(
            recipe=self._recipe,
            history=self._history,
            digits=self._fingerprint,
            teachers=self._taught_by,
            weights=weight_tensors(self._outcome),
            trained=weight_tensors(self._network) if self._averaged else {},
            optimiser=self._optimiser.state(),
            changes=self._adjusted.changes,
            adjustments=self._adjusted.adjustments,
        )
        save_checkpoint(checkpoint, path)
        self._saved, self._saved_epoch = path, self._epoch

    def stopped(self) -> Stopped:
        """The last event of a training run that was stopped.

        Raises:
            UserError: the weights are not finite: they might be used.
        """
        self._check_weights()
        return Stopped(
            epoch=self._epoch,
            step=self._step,
            checkpoint=self._saved,
            checkpoint_epoch=self._saved_epoch,
            weights=self._tested or snapshot(self._outcome),
            facts=self._facts(len(self._history), stopped_in=self._epoch),
        )

    def failed(self, error: UserError) -> Failed:
        """The last event of a training run that cannot continue, with what it has reached."""
        diverged, done = isinstance(error, Diverged), len(self._history)
        worth_keeping = not diverged and self._step and is_finite(self._network)
        weights = snapshot(self._outcome) if worth_keeping else None
        checkpoint = self._saved if self._saved and is_there(self._saved) else None
        whole = self._step == done * len(self._batches)  # an epoch's end
        newest = self._keeper.newest(done) if self._keeper else None
        kept_in = (checkpoint if self._saved_epoch == done else None) or newest
        return Failed(
            str(error),
            self._epoch,
            checkpoint,
            diverged=diverged,
            weights=weights,
            kept_in=kept_in if weights and whole else None,
            history=self._history,
            facts=self._facts(done, scored=whole) if weights else self._facts(self._saved_epoch),
        )

    def _check_weights(self) -> None:
        """Keeps weights that are not finite out of evaluations and checkpoints."""
        if not is_finite(self._network):
            raise self._not_finite()

    def _not_finite(self) -> Diverged:
        return Diverged.in_epoch(self._epoch, self._rate, self._saved_epoch, self._saved)
