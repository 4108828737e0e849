"""The trainer: what it yields and in which order, what it computes, and how it is controlled."""

import math
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import torch

from lenet_gui.data.digits import DigitSets
from lenet_gui.data.distortion import Distortion
from lenet_gui.data.input_range import to_input
from lenet_gui.errors import UserError
from lenet_gui.net.architecture import INPUT_RANGE, LOSSES, Loss, Variant
from lenet_gui.net.curvature import curvatures
from lenet_gui.net.lenet5 import OriginalLeNet5, build
from lenet_gui.net.losses import loss_function
from lenet_gui.training.batches import Batches
from lenet_gui.training.control import Control
from lenet_gui.training.events import (
    CheckpointSaved,
    CurrentWeights,
    EpochEnded,
    Event,
    Failed,
    Finished,
    Started,
    StepStatistics,
    Stopped,
    Weights,
)
from lenet_gui.training.metrics import evaluate
from lenet_gui.training.recipe import Device, Optimiser, Recipe, Schedule
from lenet_gui.training.snapshot import network_of
from lenet_gui.training.trainer import train

TrainAll = Callable[..., list[Event]]


def only(events: list[Event], kind: type) -> list:
    return [event for event in events if isinstance(event, kind)]


def same(one: Weights, other: Weights) -> bool:
    return one.keys() == other.keys() and all(np.array_equal(one[k], other[k]) for k in one)


def test_events_come_in_their_order(recipe: Recipe, train_all: TrainAll, tmp_path: Path) -> None:
    events = train_all(recipe, tmp_path / "checkpoint", publish_every_s=0)
    names = [type(event).__name__ for event in events]
    epoch = ["StepStatistics"] * 10 + ["CurrentWeights", "EpochEnded", "CheckpointSaved"]
    assert names == ["Started", *epoch * 3, "Finished"]
    assert (tmp_path / "checkpoint").is_file()
    saved = only(events, CheckpointSaved)
    assert [event.epoch for event in saved] == [1, 2, 3]


def test_the_first_event_says_what_is_trained(recipe: Recipe, train_all: TrainAll) -> None:
    events = train_all(recipe.with_changes(training_digits=200, validation_share=0.25, epochs=1))
    started = events[0]
    assert isinstance(started, Started)
    assert (started.training_digits, started.validation_digits, started.test_digits) == (
        150,
        50,
        80,
    )
    assert (started.data_name, started.steps_per_epoch) == ("small training", 5)
    assert (started.parameters, started.device, started.folder) == (61_706, "cpu", None)
    assert (started.resumed_from_epoch, started.history) == (None, ())


def test_step_statistics_count_every_step_once(recipe: Recipe, train_all: TrainAll) -> None:
    steps: list[StepStatistics] = only(train_all(recipe, publish_every_s=0), StepStatistics)
    assert [event.step for event in steps] == list(range(1, 31))
    assert [event.step_in_epoch for event in steps] == [*range(1, 11)] * 3
    assert [event.digits_seen for event in steps[:11]] == [*range(32, 289, 32), 300, 332]
    for event in steps:
        assert len(event.losses) == 1
        assert event.losses[0] == pytest.approx(event.loss)
        assert 0 <= event.accuracy <= 1
        assert event.digits_per_second > 0
        assert event.seconds_left >= 0
        assert event.weights is None
        assert (event.first_step, event.epochs, event.steps_per_epoch) == (event.step, 3, 10)


def test_publishing_by_time_loses_no_step(recipe: Recipe, train_all: TrainAll) -> None:
    every: list[StepStatistics] = only(train_all(recipe, publish_every_s=0), StepStatistics)
    seldom: list[StepStatistics] = only(train_all(recipe, publish_every_s=1e6), StepStatistics)
    assert [event.step for event in seldom] == [10, 20, 30]
    assert [event.first_step for event in seldom] == [1, 11, 21]
    assert [loss for event in seldom for loss in event.losses] == [e.losses[0] for e in every]
    sizes = [32] * 9 + [12]
    assert seldom[0].loss == pytest.approx(np.average(seldom[0].losses, weights=sizes))
    accuracies = [event.accuracy for event in every[:10]]
    assert seldom[0].accuracy == pytest.approx(np.average(accuracies, weights=sizes))


def test_an_epoch_is_scored_on_all_sets(
    recipe: Recipe, train_all: TrainAll, sets: DigitSets
) -> None:
    recipe = recipe.with_changes(validation_share=0.2, distortions=Distortion())
    events = train_all(recipe, publish_every_s=1e6)
    ended: list[EpochEnded] = only(events, EpochEnded)
    statistics: list[StepStatistics] = only(events, StepStatistics)
    assert [event.epoch for event in ended] == [1, 2, 3]
    for event, steps in zip(ended, statistics, strict=True):
        assert event.on_the_fly_loss == pytest.approx(steps.loss)
        assert event.on_the_fly_accuracy == pytest.approx(steps.accuracy)
        assert sum(map(sum, event.confusion)) == 80
        assert event.test.errors == 80 - sum(event.confusion[k][k] for k in range(10))
    finished = events[-1]
    assert isinstance(finished, Finished)
    network = network_of(Variant.MODERN, finished.weights)
    training, validation = sets.training.split(0.2, recipe.seed)
    loss = loss_function(recipe.loss)
    assert finished.train == evaluate(network, training, loss).score == ended[-1].train
    assert finished.validation == evaluate(network, validation, loss).score
    assert finished.test == evaluate(network, sets.test, loss).score


@pytest.mark.parametrize("variant", Variant)
def test_it_learns(variant: Variant, train_all: TrainAll, recipe: Recipe) -> None:
    events = train_all(recipe.with_changes(variant=variant, epochs=8))
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert finished.test.accuracy > 0.9
    first: EpochEnded = only(events, EpochEnded)[0]
    assert finished.train.loss < first.train.loss


def plain_optimiser(recipe: Recipe, network: torch.nn.Module) -> torch.optim.Optimizer:
    if recipe.optimiser is Optimiser.ADAM:
        return torch.optim.Adam(network.parameters(), recipe.learning_rate, foreach=False)
    return torch.optim.SGD(
        network.parameters(), recipe.learning_rate, recipe.momentum, nesterov=True, foreach=False
    )


@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize(("optimiser", "rate"), [("adam", 0.001), ("sgd", 0.001)])
def test_it_computes_what_a_plain_loop_computes(
    variant: Variant,
    optimiser: str,
    rate: float,
    recipe: Recipe,
    train_all: TrainAll,
    sets: DigitSets,
) -> None:
    recipe = recipe.with_changes(variant=variant, optimiser=optimiser, learning_rate=rate, epochs=4)
    events = train_all(recipe, publish_every_s=0)
    found = [event.losses[0] for event in only(events, StepStatistics)]
    network = build(variant, torch.Generator().manual_seed(5), recipe.initial_weights)
    descent = plain_optimiser(recipe, network)
    loss_of = loss_function(LOSSES[variant][0])
    batches = Batches(sets.training, recipe, torch.device("cpu"))
    losses = []
    for epoch in range(1, 5):
        for batch in batches.epoch(epoch):
            descent.zero_grad()
            loss = loss_of(network(batch.inputs.contiguous()).output, batch.target)
            loss.backward()
            descent.step()
            losses.append(loss.item())
    assert len(found) == len(losses) == 40
    assert found == pytest.approx(losses, rel=2e-3)
    assert found[:20] == pytest.approx(losses[:20], rel=2e-5)


@pytest.mark.parametrize("loss", LOSSES[Variant.ORIGINAL])
@pytest.mark.parametrize(("optimiser", "rate"), [("sgd", 0.0005), ("sdlm", 0.0002)])
def test_pattern_by_pattern_it_computes_what_a_plain_loop_computes(
    loss: Loss,
    optimiser: str,
    rate: float,
    recipe: Recipe,
    train_all: TrainAll,
    sets: DigitSets,
) -> None:
    recipe = recipe.with_changes(
        variant="original",
        loss=loss,
        optimiser=optimiser,
        learning_rate=rate,
        momentum=0.5,
        batch_size=1,
        epochs=1,
        training_digits=100,
        curvature_digits=60,
        distortions=Distortion(),
    )
    events = train_all(recipe, publish_every_s=0)
    found = [event.losses[0] for event in only(events, StepStatistics)]
    network = build(Variant.ORIGINAL, torch.Generator().manual_seed(5), recipe.initial_weights)
    assert isinstance(network, OriginalLeNet5)
    batches = Batches(sets.training.first(100), recipe, torch.device("cpu"))
    parameters = dict(network.named_parameters())
    h = curvatures(network, batches.sample(1, 60))
    descent = torch.optim.SGD(parameters.values(), rate, 0.5, nesterov=True, foreach=False)
    loss_of, losses = loss_function(loss, recipe.j), []
    for batch in batches.epoch(1):
        network.zero_grad()
        value = loss_of(network(batch.inputs).output, batch.target)
        value.backward()
        losses.append(value.item())
        if optimiser == "sgd":
            descent.step()
            continue
        with torch.no_grad():
            for name, parameter in parameters.items():
                parameter -= rate / (0.02 + h[name]) * parameter.grad
    assert len(found) == len(losses) == 100
    assert losses[-1] < losses[0]
    assert found == pytest.approx(losses, rel=2e-3)
    assert found[:20] == pytest.approx(losses[:20], rel=2e-5)


@pytest.mark.usefixtures("few_calibrating_digits")
def test_rubbish_is_learned_and_accuracy_is_of_the_digits_alone(
    recipe: Recipe, sets: DigitSets
) -> None:
    scratches = np.zeros((60, 28, 28), np.uint8)
    scratches[:, 4:24:4, 4:24] = np.random.default_rng(1).integers(150, 256, (60, 5, 20))
    recipe = recipe.with_changes(variant="original", rubbish=60, epochs=12, learning_rate=0.003)
    both = DigitSets(sets.training, sets.test, rubbish=scratches)
    events = list(train(recipe, both, None, Control(), publish_every_s=1e6))
    started, finished = events[0], events[-1]
    assert isinstance(started, Started)
    assert isinstance(finished, Finished)
    assert (started.training_digits, started.patterns_per_epoch) == (300, 360)
    assert started.steps_per_epoch == 12
    last: StepStatistics = only(events, StepStatistics)[-1]
    assert last.digits_seen == 12 * 360
    # Counted among all patterns, it could not be above 300 of 360.
    assert last.accuracy > 0.95
    assert only(events, EpochEnded)[-1].on_the_fly_accuracy == pytest.approx(last.accuracy)
    assert (finished.train.digits, finished.test.digits) == (300, 80)
    assert sum(map(sum, only(events, EpochEnded)[-1].confusion)) == 80
    network = network_of(Variant.ORIGINAL, finished.weights)
    ranges = INPUT_RANGE[Variant.ORIGINAL]
    with torch.no_grad():
        of_rubbish = network(to_input(scratches, *ranges)).output.min(dim=1).values
        of_digits = network(to_input(sets.test.images, *ranges)).output.min(dim=1).values
    assert of_rubbish.median() > 3 * of_digits.median()


def test_the_same_recipe_gives_the_same_weights(recipe: Recipe, train_all: TrainAll) -> None:
    recipe = recipe.with_changes(distortions=Distortion(), epochs=1)
    one, other = (train_all(recipe)[-1].weights for _ in range(2))
    another = train_all(recipe.with_changes(seed=6))[-1].weights
    assert same(one, other)
    assert not same(one, another)


def test_the_rate_follows_the_schedule(recipe: Recipe, train_all: TrainAll) -> None:
    recipe = recipe.with_changes(schedule=Schedule.COSINE, warm_up=0.5, learning_rate=0.01)
    rates = [
        event.learning_rate for event in only(train_all(recipe, publish_every_s=0), StepStatistics)
    ]
    assert rates[:5] == pytest.approx([0.002, 0.004, 0.006, 0.008, 0.01])
    assert rates[-1] < 0.0001


def test_followed_weights_are_frozen_copies(recipe: Recipe, train_all: TrainAll) -> None:
    control = Control()
    control.follow = True
    events = train_all(recipe, control=control, publish_every_s=0, weights_every_s=0)
    snapshots = [event.weights for event in only(events, StepStatistics)]
    assert all(weights is not None for weights in snapshots)
    assert not same(snapshots[0], snapshots[1])
    assert same(snapshots[-1], events[-1].weights)
    for array in snapshots[0].values():
        assert array.flags.c_contiguous
        assert not array.flags.writeable
        assert array.dtype == np.float32


def test_at_a_pause_the_weights_are_those_of_its_moment(
    recipe: Recipe, sets: DigitSets, train_all: TrainAll
) -> None:
    once = recipe.with_changes(epochs=1)
    control = Control()
    control.follow = True
    every = train_all(once, control=control, publish_every_s=0, weights_every_s=0)
    steps = only(every, StepStatistics)
    assert same(only(every, CurrentWeights)[0].weights, steps[-1].weights)
    paused: list[Event] = []
    for event in train(once, sets, None, control, publish_every_s=0, weights_every_s=1e6):
        if control.paused:
            paused.append(event)
            control.resume()
        if isinstance(event, StepStatistics) and event.step == 3:
            control.pause()
    (told,) = paused
    assert isinstance(told, CurrentWeights)
    assert same(told.weights, steps[2].weights)


def test_weights_are_copied_only_so_often(recipe: Recipe, train_all: TrainAll) -> None:
    control = Control()
    control.follow = True
    events = train_all(recipe, control=control, publish_every_s=0, weights_every_s=1e6)
    assert [event.step for event in only(events, StepStatistics) if event.weights] == [1]


def test_a_stop_ends_it_after_the_step(recipe: Recipe, sets: DigitSets, tmp_path: Path) -> None:
    control = Control()
    events = []
    for event in train(recipe, sets, tmp_path / "kept", control, publish_every_s=0):
        events.append(event)
        if isinstance(event, StepStatistics) and event.step == 14:
            control.stop()
    stopped = events[-1]
    assert isinstance(stopped, Stopped)
    assert (stopped.epoch, stopped.step) == (2, 14)
    assert (stopped.checkpoint, stopped.checkpoint_epoch) == (tmp_path / "kept", 1)
    assert only(events, StepStatistics)[-1].step == 14
    assert network_of(Variant.MODERN, stopped.weights).variant is Variant.MODERN


def test_a_stop_before_the_first_step_and_during_the_evaluation(
    recipe: Recipe, sets: DigitSets
) -> None:
    control = Control()
    control.stop()
    events = list(train(recipe, sets, None, control))
    assert [type(event).__name__ for event in events] == ["Started", "Stopped"]
    assert (events[1].step, events[1].checkpoint) == (0, None)

    control = Control()
    events = []
    for event in train(recipe, sets, None, control, publish_every_s=1e6):
        events.append(event)
        if isinstance(event, StepStatistics):  # the last of the epoch: next comes the evaluation
            control.stop()
    names = [type(event).__name__ for event in events]
    assert names == ["Started", "StepStatistics", "CurrentWeights", "Stopped"]
    assert events[-1].step == 10


def test_a_pause_from_another_thread_changes_nothing(
    recipe: Recipe, sets: DigitSets, train_all: TrainAll
) -> None:
    control = Control()
    reached, events = threading.Event(), []

    def run() -> None:
        for event in train(recipe, sets, None, control, publish_every_s=0):
            events.append(event)
            if isinstance(event, StepStatistics) and event.step == 12:
                control.pause()
            elif isinstance(event, CurrentWeights) and control.paused:
                reached.set()

    worker = threading.Thread(target=run)
    worker.start()
    assert reached.wait(60)
    before = len(events)
    worker.join(0.2)
    assert worker.is_alive()
    assert len(events) == before
    assert control.paused
    control.resume()
    worker.join(60)
    assert not worker.is_alive()
    assert isinstance(events[-1], Finished)
    assert same(events[-1].weights, train_all(recipe)[-1].weights)
    # The pause of 0.2 s is in none of the figures.
    assert sum(event.seconds for event in only(events, EpochEnded)) == events[-1].seconds


@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize(
    ("batch_size", "epoch", "kept"),
    [
        (8, 1, "there is no checkpoint yet"),
        (32, 2, "the checkpoint of epoch 1 is kept at"),
    ],
)
def test_a_loss_that_is_not_finite_ends_it_and_keeps_the_last_good_checkpoint(
    variant: Variant,
    batch_size: int,
    epoch: int,
    kept: str,
    recipe: Recipe,
    train_all: TrainAll,
    tmp_path: Path,
) -> None:
    # Each step multiplies the weights by -99: they leave the range of floats after twenty.
    absurd = recipe.with_changes(
        variant=variant,
        optimiser="sgd",
        learning_rate=100,
        weight_decay=1,
        momentum=0,
        batch_size=batch_size,
    )
    events = train_all(absurd, tmp_path / "kept")
    failed = events[-1]
    assert isinstance(failed, Failed)
    assert failed.epoch == epoch
    assert failed.sentence.startswith(
        f"The loss is no longer a finite number in epoch {epoch} at learning rate 100: "
        f"choose a smaller rate; {kept}"
    )
    assert len(only(events, EpochEnded)) == epoch - 1
    assert (failed.checkpoint is not None) == (tmp_path / "kept").exists() == (epoch == 2)
    assert all(math.isfinite(x) for e in only(events, StepStatistics) for x in e.losses)


class StopsAfter(Control):
    """Says stop when it has been asked so often: between two steps that nothing tells of."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.left = times

    @property
    def stopping(self) -> bool:
        self.left -= 1
        return self.left < 0


def test_weights_that_are_not_finite_are_never_handed_out(
    recipe: Recipe, train_all: TrainAll
) -> None:
    absurd = recipe.with_changes(
        optimiser="sgd", learning_rate=100, weight_decay=1, momentum=0, batch_size=8
    )
    ends = [
        train_all(absurd, control=StopsAfter(steps), publish_every_s=1e6)[-1] for steps in (5, 30)
    ]
    assert [type(end).__name__ for end in ends] == ["Stopped", "Failed"]
    assert "no longer a finite number in epoch 1" in ends[1].sentence


def test_a_checkpoint_that_cannot_be_written_ends_it_with_a_sentence(
    recipe: Recipe, train_all: TrainAll, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    failed = train_all(recipe, tmp_path / "file" / "checkpoint")[-1]
    assert isinstance(failed, Failed)
    assert "could not be written" in failed.sentence
    assert failed.checkpoint is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"training_digits": 301}, "asks for 301 training digits, and there are 300"),
        ({"training_digits": 3, "validation_share": 0.1}, "leaves one part empty"),
        ({"training_digits": 1, "validation_share": 0.5}, "leaves one part empty"),
    ],
)
def test_digits_that_do_not_suffice(
    changes: dict, sentence: str, recipe: Recipe, train_all: TrainAll
) -> None:
    with pytest.raises(UserError, match=sentence):
        train_all(recipe.with_changes(**changes))


def test_sets_without_digits(recipe: Recipe, sets: DigitSets) -> None:
    for empty in (
        DigitSets(sets.training.first(0), sets.test),
        DigitSets(sets.training, sets.test.first(0)),
    ):
        with pytest.raises(UserError, match="no digits"):
            list(train(recipe, empty, None, Control()))


@pytest.mark.parametrize("device", [Device.CUDA, Device.MPS])
def test_a_device_that_is_not_there(device: Device, recipe: Recipe, train_all: TrainAll) -> None:
    there = {"cuda": torch.cuda.is_available, "mps": torch.backends.mps.is_available}[device]()
    if there:
        pytest.skip(f"this machine has {device}")
    with pytest.raises(UserError, match=f"device {device} is not on this machine"):
        train_all(recipe.with_changes(device=device))


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device on this machine")
@pytest.mark.parametrize("variant", Variant)
def test_it_learns_on_cuda(variant: Variant, recipe: Recipe, train_all: TrainAll) -> None:
    events = train_all(recipe.with_changes(variant=variant, device="cuda", epochs=8))
    assert events[0].device.startswith("cuda")
    assert events[-1].test.accuracy > 0.9


@pytest.fixture
def two_threads() -> Iterator[None]:
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(1)


@pytest.mark.usefixtures("two_threads")
def test_without_a_number_of_threads_it_follows_the_load(
    recipe: Recipe, train_all: TrainAll
) -> None:
    recipe = recipe.with_changes(training_digits=64)
    events = train_all(recipe)
    assert (events[0].threads, events[0].follows_load) == (2, True)
    assert isinstance(events[-1], Finished)
    assert torch.get_num_threads() == 2
    assert not train_all(recipe.with_changes(epochs=1), threads=2)[0].follows_load
    torch.set_num_threads(1)
    assert not train_all(recipe.with_changes(epochs=1))[0].follows_load


@pytest.mark.usefixtures("two_threads")
def test_one_that_does_not_get_going_leaves_the_threads_as_they_were(
    recipe: Recipe, sets: DigitSets, tmp_path: Path
) -> None:
    with pytest.raises(UserError):
        list(train(recipe, sets, None, Control(), tmp_path / "no checkpoint"))
    assert torch.get_num_threads() == 2
    given_up = train(recipe, sets, None, Control())
    next(given_up)
    given_up.close()
    assert torch.get_num_threads() == 2


def test_the_number_of_threads_is_set_and_told(recipe: Recipe, train_all: TrainAll) -> None:
    assert train_all(recipe.with_changes(epochs=1), threads=1)[0].threads == 1
