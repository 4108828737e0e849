"""Updates recorded on a GPU give what updates made step by step give."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from lenet_gui.data.builtin import builtin_digits
from lenet_gui.data.digits import Digits, DigitSets
from lenet_gui.net.architecture import LOSSES, Variant
from lenet_gui.net.lenet5 import LeNet5, build
from lenet_gui.training.batches import Batch, Batches
from lenet_gui.training.control import Control
from lenet_gui.training.cuda_graph import WARM_UP, GraphedUpdate
from lenet_gui.training.events import EpochEnded, Finished, StepStatistics
from lenet_gui.training.gradients import gradients_of
from lenet_gui.training.optimiser import make_optimiser
from lenet_gui.training.presets import preset
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.schedule import learning_rate
from lenet_gui.training.teachers import teachers_of
from lenet_gui.training.trainer import train
from lenet_gui.training.update import Update, update_of
from tests.support.pretended_graph import pretended_graphs

needs_cuda = pytest.mark.skipif(
    not torch.cuda.is_available(), reason="this torch finds no CUDA device to record updates on"
)


@pytest.fixture(scope="module")
def digits() -> Digits:
    return builtin_digits(1_000, seed=4)


@pytest.fixture(scope="module")
def fewer() -> Digits:
    """Eleven whole batches and a smaller one."""
    return builtin_digits(550, seed=4)


def recipe_for(variant: Variant, **changes: object) -> Recipe:
    """Batches that do not divide the digits, a rate that changes at every step."""
    recipe = Recipe(
        variant=variant, loss=LOSSES[variant][0], batch_size=48, epochs=3, schedule="cosine"
    )
    return recipe.with_changes(**changes)


def step_by_step(recipe: Recipe, digits: Digits, device: torch.device) -> Iterator[float]:
    """The losses of updates that nothing records."""
    generator = torch.Generator().manual_seed(recipe.seed)
    network = build(recipe.variant, generator, recipe.initial_weights).to(device)
    optimiser = make_optimiser(recipe, network.parameters())
    gradients = gradients_of(network, recipe)
    batches = Batches(digits, recipe, device)
    teachers = teachers_of(recipe, device)
    steps = itertools.count()
    for epoch in range(1, recipe.epochs + 1):
        plain = batches.epoch(epoch)
        for batch in teachers.heard(plain, epoch) if teachers else plain:
            optimiser.set_rate(learning_rate(recipe, next(steps), len(batches)))
            loss, _ = gradients(batch)
            optimiser.step()
            yield loss.item()


def losses_of_training(recipe: Recipe, digits: Digits) -> list[float]:
    sets = DigitSets(digits, digits.first(100))
    events = train(recipe, sets, None, Control(), publish_every_s=0)
    return [loss for e in events if isinstance(e, StepStatistics) for loss in e.losses]


@pytest.mark.parametrize("variant", Variant)
def test_on_the_cpu_every_update_is_made_step_by_step(fewer: Digits, variant: Variant) -> None:
    recipe = recipe_for(variant, device="cpu", epochs=1)
    trained = losses_of_training(recipe, fewer)
    np.testing.assert_array_equal(trained, list(step_by_step(recipe, fewer, torch.device("cpu"))))


def updates_of(
    recipe: Recipe, digits: Digits, device: torch.device, *, recorded: bool
) -> tuple[Update, LeNet5, list[Batch]]:
    """An update, the network that it changes, and the batches of an epoch."""
    generator = torch.Generator().manual_seed(recipe.seed)
    network = build(recipe.variant, generator, recipe.initial_weights).to(device)
    optimiser = make_optimiser(recipe, network.parameters())
    gradients = gradients_of(network, recipe)

    def plain(batch: Batch) -> tuple[Tensor, Tensor]:
        told = gradients(batch)
        optimiser.step()
        return told

    batches: Iterable[Batch] = Batches(digits, recipe, device).epoch(1)
    teachers = teachers_of(recipe, device)
    batches = teachers.heard(batches, 1) if teachers else batches
    return GraphedUpdate(plain, recipe.batch_size) if recorded else plain, network, list(batches)


def taught(variant: Variant, **changes: object) -> Recipe:
    loss = {Variant.ORIGINAL: "map", Variant.MODERN: "cross-entropy-rubbish"}[variant]
    return recipe_for(variant, loss=loss, teachers_share=0.7, **changes)


@pytest.mark.parametrize("make", [recipe_for, taught])
@pytest.mark.parametrize("variant", Variant)
def test_a_pretended_graph_plays_back_what_would_have_been_done(
    fewer: Digits, variant: Variant, make: Callable[..., Recipe]
) -> None:
    """Operation by operation on the CPU, where the same ones give the same bits."""
    recipe = make(variant, device="cpu")
    device = torch.device("cpu")
    plain, network, batches = updates_of(recipe, fewer, device, recorded=False)
    assert [batch.soft_target is None for batch in batches] == [make is recipe_for] * len(batches)
    wanted = [plain(batch) for batch in batches]
    with pretended_graphs() as graphs:
        update, played, _ = updates_of(recipe, fewer, device, recorded=True)
        found = [update(batch) for batch in batches]
    assert isinstance(update, GraphedUpdate)
    assert update.is_recorded
    (graph,) = graphs
    assert graph.replays == len(batches) - WARM_UP - 1  # the last batch is smaller
    for (loss, output), (wanted_loss, wanted_output) in zip(found, wanted, strict=True):
        assert torch.equal(loss, wanted_loss)
        assert torch.equal(output, wanted_output)
    for one, other in zip(network.parameters(), played.parameters(), strict=True):
        assert torch.equal(one, other)


def test_a_batch_of_another_form_is_not_played_back(fewer: Digits) -> None:
    """One without a soft target after a recording with one, and the reverse."""
    recipe = taught(Variant.MODERN, device="cpu")
    device = torch.device("cpu")
    _, _, batches = updates_of(recipe, fewer, device, recorded=False)
    bare = [replace(batch, soft_target=None) for batch in batches]
    for recorded, other in ((batches, bare), (bare, batches)):
        mixed = [*recorded[:6], other[6], *recorded[7:10], other[10]]
        plain, network, _ = updates_of(recipe, fewer, device, recorded=False)
        wanted = [plain(batch)[0].item() for batch in mixed]
        with pretended_graphs() as graphs:
            update, played, _ = updates_of(recipe, fewer, device, recorded=True)
            assert [update(batch)[0].item() for batch in mixed] == wanted
        assert [graph.replays for graph in graphs] == [9 - WARM_UP]
        assert torch.equal(network.F6.weight, played.F6.weight)


def test_what_cannot_be_recorded_goes_on_step_by_step(fewer: Digits) -> None:
    recipe = taught(Variant.MODERN, device="cpu")
    plain, _, batches = updates_of(recipe, fewer, torch.device("cpu"), recorded=False)
    known = []

    def asks(batch: Batch) -> tuple[Tensor, Tensor]:
        loss, output = plain(batch)
        known.append(loss.item())
        return loss, output

    with pretended_graphs() as graphs:
        update = GraphedUpdate(asks, recipe.batch_size)
        losses = [update(batch)[0].item() for batch in batches]
    assert losses == known
    assert not update.is_recorded
    assert [graph.replays for graph in graphs] == [0]


@pytest.mark.parametrize("make", [recipe_for, taught])
@pytest.mark.parametrize("variant", Variant)
def test_an_update_asks_for_no_value_and_stays_on_its_device(
    variant: Variant, make: Callable[..., Recipe]
) -> None:
    """torch's meta device has shapes and no values: it refuses to tell any, or to meet the CPU."""
    recipe = make(variant, device="cuda")
    network = build(recipe.variant).to("meta")
    optimiser = make_optimiser(recipe, network.parameters())
    gradients = gradients_of(network, recipe)
    inputs = torch.empty(48, 1, 32, 32, device="meta")
    target = torch.empty(48, dtype=torch.int64, device="meta")
    soft_target = torch.empty(48, 11, device="meta") if make is taught else None
    for _ in range(2):
        loss, output = gradients(Batch(inputs, target, soft_target))
        optimiser.step()
        assert (loss.device.type, output.device.type) == ("meta", "meta")


@needs_cuda
@pytest.mark.parametrize("make", [recipe_for, taught])
@pytest.mark.parametrize("distorted", [False, True])
@pytest.mark.parametrize("variant", Variant)
def test_recorded_updates_give_the_same_losses(
    digits: Digits, variant: Variant, distorted: bool, make: Callable[..., Recipe]
) -> None:
    distortions = preset("modern-best").distortions if distorted else None
    recipe = make(variant, device="cuda", distortions=distortions)
    trained = losses_of_training(recipe, digits)
    plain = list(step_by_step(recipe, digits, torch.device("cuda")))
    assert len(trained) == len(plain) > WARM_UP
    np.testing.assert_allclose(trained[: 2 * WARM_UP], plain[: 2 * WARM_UP], rtol=1e-4)
    np.testing.assert_allclose(trained, plain, rtol=2e-2)


@needs_cuda
@pytest.mark.parametrize("make", [recipe_for, taught])
def test_updates_are_recorded_and_their_results_kept_apart(
    digits: Digits, make: Callable[..., Recipe]
) -> None:
    device = torch.device("cuda")
    recipe = make(Variant.MODERN, device="cuda")
    network = build(recipe.variant, torch.Generator().manual_seed(0)).to(device)
    optimiser = make_optimiser(recipe, network.parameters())
    update = update_of(gradients_of(network, recipe), optimiser, recipe, device)
    _, _, batches = updates_of(recipe, digits, device, recorded=False)
    given = [update(batch) for batch in batches]
    assert update.is_recorded
    losses = [loss.item() for loss, _ in given]
    assert len(set(losses)) == len(losses)
    assert [len(output) for _, output in given] == [len(batch.target) for batch in batches]


@needs_cuda
@pytest.mark.parametrize("make", [recipe_for, taught])
@pytest.mark.parametrize("variant", Variant)
def test_on_a_card_the_same_seed_gives_the_same_weights_also_where_it_was_interrupted(
    digits: Digits, variant: Variant, make: Callable[..., Recipe], tmp_path: Path
) -> None:
    distortions = preset("original-best").distortions
    recipe = make(variant, device="cuda", distortions=distortions, distorted_share=0.9)
    sets = DigitSets(digits, digits.first(100))
    *_, whole = train(recipe, sets, None, Control())
    *_, again = train(recipe, sets, None, Control())
    file, control = tmp_path / "checkpoint", Control()
    for event in train(recipe, sets, file, control):
        if isinstance(event, EpochEnded) and event.epoch == 2:
            control.stop()
    *_, resumed = train(recipe, sets, file, Control(), resume=file)
    for other in (again, resumed):
        assert isinstance(whole, Finished)
        assert isinstance(other, Finished)
        for name, values in whole.weights.items():
            np.testing.assert_array_equal(values, other.weights[name])


@needs_cuda
@pytest.mark.parametrize("variant", Variant)
def test_a_gpu_learns_what_the_cpu_learns(digits: Digits, variant: Variant) -> None:
    sets = DigitSets(digits, digits)
    accuracy = {}
    for device in ("cpu", "cuda"):
        recipe = recipe_for(variant, device=device, epochs=5)
        *_, last = (e for e in train(recipe, sets, None, Control()) if isinstance(e, EpochEnded))
        accuracy[device] = last.test.accuracy
    assert accuracy["cuda"] == pytest.approx(accuracy["cpu"], abs=0.02)
