"""Training runs at once end as each of them ends alone, to the rounding of floats."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from lenet_gui.data.digits import DigitSets
from lenet_gui.data.distortion import Distortion
from lenet_gui.errors import UserError
from lenet_gui.net.architecture import LOSSES, Variant
from lenet_gui.net.network_stack import NetworkStack
from lenet_gui.training.checkpoint import load_checkpoint, save_checkpoint
from lenet_gui.training.control import Control
from lenet_gui.training.cuda_graph import WARM_UP
from lenet_gui.training.ending import RunFiles
from lenet_gui.training.events import (
    CheckpointSaved,
    EpochEnded,
    Event,
    Failed,
    Finished,
    Started,
    StepStatistics,
    Stopped,
    UpdateDue,
    Weights,
)
from lenet_gui.training.many import Planned, train_many
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.result import read_result
from lenet_gui.training.stack import Stack, is_stackable
from lenet_gui.training.trainer import train_in_stack

SEEDS = (4, 0, 7)

needs_cuda = pytest.mark.skipif(
    not torch.cuda.is_available(), reason="this torch finds no CUDA device to train on"
)

FEW = 12
"""Digits of a step, where it matters only that it is made."""

TAUGHT = {"teachers_share": 0.6, "averaging": 0.9, "weight_decay": 0.001}
WAYS = {
    "adam": {"schedule": "cosine", "warm_up": 0.5},
    "taught": {**TAUGHT, "schedule": "cosine"},
    "sgd": {"optimiser": "sgd", "momentum": 0.9, "weight_decay": 0.01, "schedule": "paper"},
    "plain sgd": {"optimiser": "sgd", "momentum": 0.0},
    "distorted": {"distortions": Distortion(), "validation_share": 0.1, "averaging": 0.99},
}


def planned(recipe: Recipe, folder: Path, seeds: tuple[int, ...] = SEEDS) -> list[Planned]:
    return [
        Planned(
            recipe.with_changes(seed=seed),
            RunFiles.beside(folder / f"{seed}", result=folder / f"{seed}.json"),
        )
        for seed in seeds
    ]


def of_each(outcomes: list[tuple[int, Event | UserError]], kind: type) -> list[list]:
    """The events of a kind, by the place of their training."""
    found: dict[int, list] = {}
    for place, event in outcomes:
        found.setdefault(place, []).extend([event] if isinstance(event, kind) else [])
    return [found[place] for place in sorted(found)]


def assert_alike(one: Weights, other: Weights) -> None:
    assert one.keys() == other.keys()
    for name in one:
        np.testing.assert_allclose(one[name], other[name], rtol=2e-3, atol=2e-5, err_msg=name)


@pytest.fixture
def small(recipe: Recipe) -> Callable[..., Recipe]:
    """`small(variant, **changes)`: three epochs of ten steps, with a loss that can be taught."""

    def of(variant: Variant, **changes: object) -> Recipe:
        losses = LOSSES[variant]
        loss = losses[0] if variant is Variant.ORIGINAL else losses[1]
        return recipe.with_changes(variant=variant, loss=loss, **changes)

    return of


@pytest.fixture(scope="session")
def fewer(sets: DigitSets) -> DigitSets:
    """Epochs of five steps of `FEW` digits; the last batch is smaller."""
    return DigitSets(sets.training.first(55), sets.test.first(30))


@pytest.mark.parametrize(
    ("variant", "way"),
    [
        *((Variant.MODERN, way) for way in WAYS),
        (Variant.ORIGINAL, "adam"),
        (Variant.ORIGINAL, "taught"),
    ],
)
def test_each_ends_as_alone(
    variant: Variant, way: str, small: Callable[..., Recipe], fewer: DigitSets, tmp_path: Path
) -> None:
    recipe = small(variant, **WAYS[way], epochs=2, batch_size=FEW)
    seeds = SEEDS[:2]
    each = planned(recipe, tmp_path / "alone", seeds)
    alone = list(train_many(each, fewer, Control(), in_one_go=False))
    together = planned(recipe, tmp_path / "together", seeds)
    outcomes = list(train_many(together, fewer, Control(), in_one_go=True))
    assert not any(isinstance(event, UpdateDue | UserError) for _, event in outcomes)
    for (one,), (other,) in zip(of_each(alone, Finished), of_each(outcomes, Finished), strict=True):
        assert_alike(one.weights, other.weights)
        near = {"train_accuracy": "", "train_errors": ""}
        assert {**one.facts, **near} == {**other.facts, **near}
    for mine, others in zip(
        of_each(alone, StepStatistics), of_each(outcomes, StepStatistics), strict=True
    ):
        losses, other_losses = ([x for e in events for x in e.losses] for events in (mine, others))
        assert len(losses) == 2 * 5
        np.testing.assert_allclose(losses, other_losses, rtol=2e-3)
    for one in together:
        result = read_result(tmp_path / "together" / f"{one.recipe.seed}.json")
        assert result.recipe == one.recipe
        mine, other = (
            load_checkpoint(tmp_path / there / f"{one.recipe.seed}.checkpoint")
            for there in ("alone", "together")
        )
        assert mine.recipe == other.recipe
        for kind in ("weights", "trained", "optimiser"):
            tensors = [
                {name: tensor.numpy() for name, tensor in getattr(found, kind).items()}
                for found in (mine, other)
            ]
            assert_alike(*tensors)


def test_they_are_told_side_by_side(recipe: Recipe, sets: DigitSets, tmp_path: Path) -> None:
    outcomes = list(train_many(planned(recipe, tmp_path), sets, Control(), in_one_go=True))
    assert [place for place, event in outcomes if isinstance(event, Started)] == [0, 1, 2]
    ended = [(event.epoch, place) for place, event in outcomes if isinstance(event, EpochEnded)]
    assert ended == sorted(ended)
    assert len(ended) == 9


def test_one_whose_place_goes_does_not_take_the_others_along(
    small: Callable[..., Recipe], fewer: DigitSets, tmp_path: Path
) -> None:
    recipe = small(Variant.ORIGINAL, averaging=0.9, batch_size=FEW)
    undisturbed = list(
        train_many(planned(recipe, tmp_path / "a"), fewer, Control(), in_one_go=True)
    )
    disturbed = planned(recipe, tmp_path / "b")
    outcomes = []
    for place, event in train_many(disturbed, fewer, Control(), in_one_go=True):
        outcomes.append((place, event))
        if place == 1 and isinstance(event, EpochEnded) and event.epoch == 1:
            disturbed[1].files.checkpoint.mkdir()
    (before,), (failed,), (after,) = of_each(outcomes, Finished | Failed)
    assert isinstance(failed, Failed)
    assert failed.kept_in is not None
    wanted = [end.weights for (end,) in of_each(undisturbed, Finished)]
    assert_alike(before.weights, wanted[0])
    assert_alike(after.weights, wanted[2])


def test_one_whose_weights_are_no_numbers_does_not_take_the_others_along(
    small: Callable[..., Recipe], fewer: DigitSets, tmp_path: Path
) -> None:
    recipe = small(Variant.MODERN, batch_size=FEW)
    plans = planned(recipe.with_changes(epochs=1), tmp_path)
    list(train_many(plans, fewer, Control(), in_one_go=True))
    # A checkpoint from which the first steps lead beyond all numbers.
    broken = load_checkpoint(plans[1].files.checkpoint)
    huge = {name: tensor.sign() * 1e38 for name, tensor in broken.weights.items()}
    save_checkpoint(replace(broken, weights=huge), plans[1].files.checkpoint)
    resumed = [
        Planned(recipe.with_changes(seed=seed), one.files, one.files.checkpoint)
        for seed, one in zip(SEEDS, plans, strict=True)
    ]
    outcomes = list(train_many(resumed, fewer, Control(), in_one_go=True))
    ends = [end for (end,) in of_each(outcomes, Finished | Failed)]
    assert [type(end) for end in ends] == [Finished, Failed, Finished]
    assert ends[1].diverged
    alone = planned(recipe, tmp_path / "alone")
    for place in (0, 2):
        (_, *_, (_, end)) = train_many([alone[place]], fewer, Control())
        assert isinstance(end, Finished)
        assert_alike(ends[place].weights, end.weights)


@pytest.mark.parametrize("way", ["adam", "sgd", "taught"])
def test_stopped_and_taken_up_they_end_the_same(
    way: str, small: Callable[..., Recipe], fewer: DigitSets, tmp_path: Path
) -> None:
    recipe = small(Variant.MODERN, **WAYS[way], batch_size=FEW)
    whole = list(train_many(planned(recipe, tmp_path / "whole"), fewer, Control(), in_one_go=True))
    control, plans = Control(), planned(recipe, tmp_path / "parts")
    outcomes = []
    for place, event in train_many(plans, fewer, control, in_one_go=True):
        outcomes.append((place, event))
        # The last one has no checkpoint of the second epoch: it is one behind the others.
        if place == 1 and isinstance(event, CheckpointSaved) and event.epoch == 2:
            control.stop()
    assert all(isinstance(end, Stopped) for (end,) in of_each(outcomes, Stopped))
    resumed = [Planned(one.recipe, one.files, one.files.checkpoint) for one in plans]
    assert [load_checkpoint(one.files.checkpoint).epoch for one in plans] == [2, 2, 1]
    taken_up = list(train_many(resumed, fewer, Control(), in_one_go=True))
    assert [one.resumed_from_epoch for (one,) in of_each(taken_up, Started)] == [2, 2, 1]
    for (one,), (other,) in zip(of_each(whole, Finished), of_each(taken_up, Finished), strict=True):
        assert_alike(one.weights, other.weights)


def test_a_checkpoint_that_is_none_is_told_and_passed_over(
    recipe: Recipe, sets: DigitSets, tmp_path: Path
) -> None:
    first, second, third = planned(recipe, tmp_path)
    (tmp_path / "junk").write_bytes(b"junk")
    plans = [first, replace(second, resume=tmp_path / "junk"), third]
    outcomes = list(train_many(plans, sets, Control(), in_one_go=True))
    (error,) = (outcome for place, outcome in outcomes if place == 1)
    assert isinstance(error, UserError)
    assert "is not a whole checkpoint" in str(error)
    assert sorted(place for place, event in outcomes if isinstance(event, Finished)) == [0, 2]


def test_where_the_card_has_no_room_for_all_each_says_so(
    recipe: Recipe, sets: DigitSets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs, calls = NetworkStack.outputs, itertools.count()

    def full(stack: NetworkStack, inputs: torch.Tensor) -> torch.Tensor:
        if next(calls) == 12:  # in the second epoch
            raise torch.OutOfMemoryError("CUDA out of memory")
        return outputs(stack, inputs)

    monkeypatch.setattr(NetworkStack, "outputs", full)
    outcomes = list(train_many(planned(recipe, tmp_path), sets, Control(), in_one_go=True))
    for (failed,) in of_each(outcomes, Finished | Failed):
        assert isinstance(failed, Failed)
        assert "The memory of the GPU is full" in failed.sentence
        assert failed.checkpoint is not None
        assert load_checkpoint(failed.checkpoint).epoch == 1


def test_on_a_cpu_and_with_single_patterns_they_come_one_by_one(recipe: Recipe) -> None:
    cpu, cuda = torch.device("cpu"), torch.device("cuda")
    assert is_stackable(recipe, cuda)
    assert not is_stackable(recipe, cpu)
    assert not is_stackable(recipe.with_changes(batch_size=1), cuda)
    original = recipe.with_changes(variant="original")
    assert is_stackable(original, cuda)
    assert not is_stackable(original.with_changes(optimiser="sdlm"), cuda)
    assert not is_stackable(recipe.with_changes(architecture="strong-teacher"), cuda)


@needs_cuda
@pytest.mark.parametrize("variant", Variant)
def test_a_gpu_trains_them_in_one_go_and_waits_for_nothing_in_between(
    variant: Variant, small: Callable[..., Recipe], sets: DigitSets
) -> None:
    recipe = small(variant, **TAUGHT).with_changes(device="cuda", batch_size=30)
    stack = Stack()
    told = [
        train_in_stack(stack, recipe.with_changes(seed=seed), sets, None, Control())
        for seed in SEEDS
    ]
    for step in range(9):
        for events in told:
            next(event for event in events if isinstance(event, UpdateDue))
        # The first updates are made step by step, then one is recorded.
        torch.cuda.set_sync_debug_mode("error" if step > WARM_UP else "default")
        try:
            stack.update()
        finally:
            torch.cuda.set_sync_debug_mode("default")


@needs_cuda
@pytest.mark.parametrize("variant", Variant)
def test_a_gpu_learns_in_one_go_what_it_learns_one_by_one(
    variant: Variant, small: Callable[..., Recipe], sets: DigitSets, tmp_path: Path
) -> None:
    recipe = small(variant, **TAUGHT).with_changes(device="cuda")
    alone, together = (
        list(train_many(planned(recipe, tmp_path / str(way)), sets, Control(), in_one_go=way))
        for way in (False, None)
    )
    for one, other in zip(
        of_each(alone, StepStatistics), of_each(together, StepStatistics), strict=True
    ):
        losses, other_losses = ([x for e in events for x in e.losses] for events in (one, other))
        np.testing.assert_allclose(losses[:6], other_losses[:6], rtol=1e-2)
        np.testing.assert_allclose(losses, other_losses, rtol=0.1)
