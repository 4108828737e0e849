"""The paper's optimiser: its updates by hand, its step sizes, and training runs with it."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from lenet_gui.data.digits import DigitSets
from lenet_gui.data.distortion import Distortion
from lenet_gui.net.architecture import InitialWeights, Variant
from lenet_gui.net.curvature import curvatures
from lenet_gui.net.lenet5 import OriginalLeNet5, build
from lenet_gui.training.batches import Batches
from lenet_gui.training.control import Control
from lenet_gui.training.events import EpochEnded, Event, Finished, StepSizes, StepStatistics
from lenet_gui.training.measures import Measures
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.sdlm import MU, SDLM
from lenet_gui.training.snapshot import network_of
from lenet_gui.training.step_sizes import step_sizes
from lenet_gui.training.trainer import train

TrainAll = Callable[..., list[Event]]

numbers = st.floats(-3, 3, width=32)
figures = st.floats(0, 1000, width=32)


def only(events: list[Event], kind: type) -> list:
    return [event for event in events if isinstance(event, kind)]


def parameter(*values: float) -> nn.Parameter:
    return nn.Parameter(torch.tensor(values))


@given(
    weights=st.lists(st.tuples(numbers, numbers, figures), min_size=1, max_size=6),
    eta=st.floats(1e-6, 0.1),
    mu=st.floats(1e-3, 1),
)
def test_a_step_is_the_papers(
    weights: list[tuple[float, float, float]], eta: float, mu: float
) -> None:
    w, g, h = zip(*weights, strict=True)
    own = parameter(*w)
    own.grad = torch.tensor(g)
    optimiser = SDLM([own], eta, mu)
    optimiser.set_curvature([torch.tensor(h)])
    optimiser.step()
    expected = [wk - eta / (mu + hk) * gk for wk, gk, hk in weights]
    assert own.tolist() == pytest.approx(expected, rel=1e-5, abs=1e-5)
    (sizes,) = optimiser.step_sizes()
    assert sizes.tolist() == pytest.approx([eta / (mu + hk) for hk in h], rel=1e-5)


def test_the_curvature_stays_until_it_is_renewed_and_the_rate_may_change_between() -> None:
    own = parameter(1.0)
    own.grad = torch.tensor([1.0])
    optimiser = SDLM([own], rate=0.1)
    assert MU == 0.02
    optimiser.set_curvature([torch.tensor([0.98])])
    optimiser.step()
    assert own.item() == pytest.approx(0.9)
    optimiser.set_rate(0.2)
    optimiser.step()
    assert own.item() == pytest.approx(0.7)
    optimiser.set_curvature([torch.tensor([0.38])])
    optimiser.step()
    assert own.item() == pytest.approx(0.2)


def test_a_missing_gradient_leaves_a_weight_alone() -> None:
    one, idle = parameter(1.0), parameter(1.0)
    optimiser = SDLM([one, idle], rate=0.01, mu=0.5)
    one.grad = torch.tensor([1.0])
    optimiser.set_curvature([torch.tensor([0.5])] * 2)
    optimiser.step()
    assert one.item() == pytest.approx(0.99)
    assert idle.item() == 1


def test_weights_in_another_memory_format_get_their_own_curvatures() -> None:
    layer = nn.Conv2d(3, 4, 2).to(memory_format=torch.channels_last)
    generator = torch.Generator().manual_seed(1)
    before = layer.weight.detach().clone()
    g, h = (torch.rand(layer.weight.shape, generator=generator) for _ in range(2))
    optimiser = SDLM([layer.weight], rate=0.01, mu=0.1)
    layer.weight.grad = g
    optimiser.set_curvature([h])
    optimiser.step()
    torch.testing.assert_close(layer.weight.detach(), before - 0.01 / (0.1 + h) * g)


def test_wrong_uses_are_refused() -> None:
    own = parameter(1.0, 2.0)
    for rate, mu in ((0, 0.1), (-1, 0.1), (0.1, 0), (0.1, -1), (float("nan"), 0.1)):
        with pytest.raises(ValueError, match="rate and mu are above 0"):
            SDLM([own], rate, mu)
    optimiser = SDLM([own], rate=0.1)
    own.grad = torch.ones(2)
    for use in (optimiser.step, optimiser.step_sizes):
        with pytest.raises(RuntimeError, match="needs `set_curvature` before its first step"):
            use()
    with pytest.raises(ValueError, match="is for a parameter"):
        optimiser.set_curvature([torch.ones(3)])
    for count in (0, 2):
        with pytest.raises(ValueError, match="argument"):
            optimiser.set_curvature([torch.ones(2)] * count)
    optimiser.set_curvature([torch.ones(2)])
    assert own.tolist() == [1, 2]


def test_its_state_is_taken_over_by_another() -> None:
    one, other = parameter(1.0, 2.0), parameter(1.0, 2.0)
    first, second = SDLM([one], rate=0.1), SDLM([other], rate=0.3)
    first.set_curvature([torch.tensor([1.0, 3.0])])
    second.put_back(first.state())
    second.set_rate(0.1)
    for own, optimiser in ((one, first), (other, second)):
        own.grad = torch.tensor([0.5, -0.5])
        optimiser.step()
    assert torch.equal(one, other)


def test_step_sizes_are_told_layer_by_layer() -> None:
    names = ["C1.weight", "C1.bias", "S2.coefficient"]
    parameters = [nn.Parameter(torch.zeros(shape)) for shape in ((2, 1, 2, 2), (2,), (3,))]
    optimiser = SDLM(parameters, rate=0.001, mu=0.02)
    optimiser.set_curvature([torch.full_like(p, 0.18 * k) for k, p in enumerate(parameters)])
    told = step_sizes(3, optimiser, names, 500)
    assert (told.epoch, told.eta, told.mu, told.digits) == (3, 0.001, 0.02, 500)
    assert list(told.by_layer) == ["C1", "S2"]
    np.testing.assert_allclose(told.by_layer["C1"], [0.05] * 8 + [0.005] * 2, rtol=1e-6)
    np.testing.assert_allclose(told.by_layer["S2"], [0.001 / 0.38] * 3, rtol=1e-6)
    assert told.largest == pytest.approx(0.05)
    assert told.smallest == pytest.approx(0.001 / 0.38)
    for sizes in told.by_layer.values():
        assert sizes.dtype == np.float32
        assert not sizes.flags.writeable
    kept = told.by_layer["S2"].copy()
    optimiser.set_curvature([torch.zeros_like(p) for p in parameters])
    np.testing.assert_array_equal(told.by_layer["S2"], kept)


@pytest.fixture
def paper(recipe: Recipe) -> Recipe:
    """A small training by the paper's optimiser, a pattern an update."""
    return recipe.with_changes(
        variant="original",
        optimiser="sdlm",
        learning_rate=0.0005,
        batch_size=1,
        curvature_digits=50,
        training_digits=100,
        schedule="paper",
    )


@pytest.mark.parametrize("batch_size", [1, 32])
def test_step_sizes_come_once_before_the_steps_of_each_epoch(
    batch_size: int, paper: Recipe, train_all: TrainAll, tmp_path: Path
) -> None:
    events = train_all(
        paper.with_changes(batch_size=batch_size), tmp_path / "kept", publish_every_s=1e6
    )
    epoch = ["StepSizes", "StepStatistics", "CurrentWeights", "EpochEnded", "CheckpointSaved"]
    assert [type(event).__name__ for event in events] == ["Started", *epoch * 3, "Finished"]
    told: list[StepSizes] = only(events, StepSizes)
    assert [sizes.epoch for sizes in told] == [1, 2, 3]
    assert [sizes.eta for sizes in told] == pytest.approx([0.0005, 0.0005, 0.0002])
    for sizes in told:
        assert (sizes.mu, sizes.digits) == (0.02, 50)
        assert {name: len(array) for name, array in sizes.by_layer.items()} == {
            "C1": 156, "S2": 12, "C3": 1_516, "S4": 32, "C5": 48_120, "F6": 10_164,
        }  # fmt: skip
        assert 0 < sizes.smallest < sizes.largest <= sizes.eta / 0.02 * (1 + 1e-6)


def test_step_sizes_are_those_of_the_network_and_the_sample_of_their_epoch(
    paper: Recipe, train_all: TrainAll, sets: DigitSets
) -> None:
    initial = build(
        Variant.ORIGINAL, torch.Generator().manual_seed(paper.seed), paper.initial_weights
    )
    after_one = train_all(paper.with_changes(epochs=1))[-1].weights
    batches = Batches(sets.training.first(100), paper, torch.device("cpu"))
    told: list[StepSizes] = only(train_all(paper.with_changes(epochs=2)), StepSizes)
    for sizes, network in zip(
        told, (initial, network_of(Variant.ORIGINAL, after_one)), strict=True
    ):
        assert isinstance(network, OriginalLeNet5)
        found = curvatures(network, batches.sample(sizes.epoch, 50))
        for layer, array in sizes.by_layer.items():
            h = torch.cat([h.flatten() for name, h in found.items() if name.startswith(layer)])
            np.testing.assert_allclose(array, (0.0005 / (0.02 + h)).numpy(), rtol=1e-5)


def test_more_curvature_digits_than_there_are_take_all(paper: Recipe, train_all: TrainAll) -> None:
    (sizes,) = only(train_all(paper.with_changes(epochs=1, curvature_digits=500)), StepSizes)
    assert sizes.digits == 100


@pytest.mark.parametrize("batch_size", [1, 16])
def test_it_learns(batch_size: int, paper: Recipe, train_all: TrainAll) -> None:
    events = train_all(
        paper.with_changes(
            batch_size=batch_size,
            training_digits=300,
            learning_rate=0.0005 if batch_size == 1 else 0.0007,
            epochs=3 if batch_size == 1 else 10,
            schedule="constant",
            initial_weights=InitialWeights.INVERSE_SQRT,
        )
    )
    assert isinstance(events[-1], Finished)
    assert events[-1].test.accuracy > 0.9


@pytest.mark.parametrize("batch_size", [1, 16])
def test_a_run_stopped_within_an_epoch_and_resumed_ends_bit_for_bit_the_same(
    batch_size: int, paper: Recipe, train_all: TrainAll, sets: DigitSets, tmp_path: Path
) -> None:
    recipe = paper.with_changes(
        batch_size=batch_size,
        order="constant",
        distortions=Distortion(elastic=0.5, stroke=0.2),
        distorted_share=0.9,
    )
    whole = train_all(recipe)
    control, file = Control(), tmp_path / "checkpoint"
    for event in train(recipe, sets, file, control, publish_every_s=0):
        if isinstance(event, StepStatistics) and event.epoch == 2 and event.step_in_epoch == 4:
            control.stop()
    after = train_all(recipe, file, resume=file)
    assert after[0].resumed_from_epoch == 1
    for ended, same in zip(only(after, EpochEnded), only(whole, EpochEnded)[1:], strict=True):
        assert (ended.train, ended.test) == (same.train, same.test)
        assert ended.on_the_fly_loss == same.on_the_fly_loss
    for sizes, same_sizes in zip(only(after, StepSizes), only(whole, StepSizes)[1:], strict=True):
        for layer, array in sizes.by_layer.items():
            np.testing.assert_array_equal(array, same_sizes.by_layer[layer])
    for name, weights in after[-1].weights.items():
        np.testing.assert_array_equal(weights, whole[-1].weights[name])


def test_in_the_first_epoch_the_curvatures_may_be_measured_more_often(
    paper: Recipe, train_all: TrainAll
) -> None:
    events = train_all(paper.with_changes(epochs=2, first_epoch_measures=4))
    assert [event.epoch for event in only(events, StepSizes)] == [1, 2]
    once = train_all(paper.with_changes(epochs=2))
    assert only(once, StepSizes)[0].smallest == only(events, StepSizes)[0].smallest
    assert only(once, StepSizes)[1].smallest != only(events, StepSizes)[1].smallest


@pytest.mark.parametrize(("steps", "measures"), [(10, 1), (10, 3), (10, 10), (10, 25), (1, 4)])
def test_measures_are_spread_evenly_over_the_first_epoch(steps: int, measures: int) -> None:
    recipe = Recipe(optimiser="sdlm", first_epoch_measures=measures)
    when = Measures(recipe, None, None, range(steps))  # type: ignore[arg-type]
    due = [step for step in range(steps) if when.part(1, step) is not None]
    assert due == sorted({part * steps // measures for part in range(measures)})
    assert [step for step in range(steps) if when.part(2, step) is not None] == [0]
