"""Teachers: their posterior for a batch, what training does with it, and unusable folders."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.data.digits import DigitSets
from lenet_gui.data.input_range import in_range, to_input
from lenet_gui.errors import UserError
from lenet_gui.net.architecture import INPUT_RANGE, InitialWeights, Loss, Variant
from lenet_gui.net.lenet5 import LeNet5, build
from lenet_gui.net.losses import eleven_exponents, posterior
from lenet_gui.net.modern_form import Border, InputScale, ModernForm, Pooling, Squashing
from lenet_gui.net.weights_file import LoadedWeights, load_weights, save_weights
from lenet_gui.training.batches import Batch, Batches
from lenet_gui.training.control import Control
from lenet_gui.training.events import Event, Finished, StepStatistics, Stopped
from lenet_gui.training.gradients import gradients_of
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.snapshot import network_of
from lenet_gui.training.teachers import Teachers, teachers_of
from lenet_gui.training.trainer import train
from tests.support.plain_modern import plain_input, random_modern

CPU = torch.device("cpu")
TrainAll = Callable[..., list[Event]]


def _drawn(variant: Variant, seed: int) -> LeNet5:
    generator = torch.Generator().manual_seed(seed)
    return build(variant, generator, InitialWeights.INVERSE_SQRT)


def _member(variant: Variant, seed: int) -> LoadedWeights:
    loss = {Variant.ORIGINAL: "map", Variant.MODERN: "cross-entropy-rubbish"}[variant]
    facts = {"loss": loss, "j": "30", "temperature": "10" if loss == "map" else "1"}
    return LoadedWeights(_drawn(variant, seed), facts)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A committee of an Original and two Modern networks."""
    place = tmp_path / "committee"
    place.mkdir()
    for name, variant, seed in (
        ("a", Variant.ORIGINAL, 1),
        ("b", Variant.MODERN, 2),
        ("c", Variant.MODERN, 3),
    ):
        member = _member(variant, seed)
        save_weights(member.network, place / f"{name}.safetensors", member.facts)
    (place / "README.md").write_text("Not a network.")
    return place


@pytest.fixture
def taught(recipe: Recipe, folder: Path) -> Recipe:
    """The small recipe with that committee."""
    return recipe.with_changes(
        loss=Loss.CROSS_ENTROPY_RUBBISH, teachers_share=0.7, teachers=str(folder)
    )


@pytest.mark.parametrize("student", Variant)
def test_each_batch_hears_the_next_member_and_the_epoch_says_who_begins(
    student: Variant, recipe: Recipe, sets: DigitSets
) -> None:
    members = [_member(Variant.ORIGINAL, 1), _member(Variant.MODERN, 2)]
    teachers = Teachers(members, student, CPU)
    batches = Batches(sets.training, recipe.with_changes(variant=student), CPU)
    plain = list(batches.epoch(3))
    for turn, (heard, batch) in enumerate(zip(teachers.heard(plain, 3), plain, strict=True)):
        assert heard.inputs is batch.inputs
        assert heard.target is batch.target
        member = members[(3 + turn) % 2]
        # The same pictures, made anew for the member itself.
        background, ink = INPUT_RANGE[student]
        pictures = (batch.inputs[:, 0, 2:-2, 2:-2] - background) / (ink - background)
        output = member.network(to_input(pictures, *INPUT_RANGE[member.network.variant])).output
        if member.network.variant is Variant.ORIGINAL:
            digits, rubbish = posterior(output, 30, 10)
        else:
            digits, rubbish = posterior(-output, 0)
        wanted = torch.cat((digits, rubbish[:, None]), dim=1)
        torch.testing.assert_close(heard.soft_target, wanted, rtol=1e-3, atol=1e-5)
        assert heard.soft_target is not None
        assert not heard.soft_target.requires_grad


@pytest.mark.parametrize("student", Variant)
def test_a_member_of_the_moderns_family_hears_its_own_inputs(
    student: Variant, recipe: Recipe, sets: DigitSets
) -> None:
    form = ModernForm(Squashing.RELU, Pooling.MAX, InputScale.NORMALISED, Border.ZERO)
    plain, network = random_modern(form, seed=1)
    member = LoadedWeights(network, {"loss": "cross-entropy-rubbish"})
    batches = Batches(sets.training, recipe.with_changes(variant=student), CPU)
    heard = next(Teachers([member], student, CPU).heard(batches.epoch(1), 1))
    background, ink = INPUT_RANGE[student]
    pictures = (heard.inputs[:, 0, 2:-2, 2:-2] - background) / (ink - background)
    with torch.no_grad():
        logits = plain(plain_input(form, pictures))
    wanted = torch.nn.functional.pad(logits, (0, 1)).softmax(dim=1)
    torch.testing.assert_close(heard.soft_target, wanted, rtol=1e-3, atol=1e-5)


@given(
    sizes=st.lists(st.integers(1, 9), max_size=30),
    members=st.integers(1, 4),
    at_once=st.integers(1, 100),
    epoch=st.integers(1, 9),
)
def test_batches_that_are_heard_together_hear_what_they_would_hear_alone(
    sizes: list[int], members: int, at_once: int, epoch: int
) -> None:
    """To float rounding, which is another one in a larger product."""
    committee = [_member(Variant.MODERN, seed) for seed in range(members)]
    generator = torch.Generator().manual_seed(len(sizes))
    batches = [
        Batch(torch.rand((size, 1, 32, 32), generator=generator), torch.arange(size) % 11)
        for size in sizes
    ]
    asked: list[int] = []  # batches that had been taken when one came back

    def taken() -> Iterator[Batch]:
        for number, batch in enumerate(batches, start=1):
            asked.append(number)
            yield batch

    alone = list(Teachers(committee, Variant.MODERN, CPU).heard(batches, epoch))
    together = Teachers(committee, Variant.MODERN, CPU, at_once=at_once)
    count = 0
    for heard, single, batch in zip(together.heard(taken(), epoch), alone, batches, strict=True):
        assert heard.inputs is batch.inputs
        assert heard.target is batch.target
        torch.testing.assert_close(heard.soft_target, single.soft_target, rtol=1e-4, atol=1e-6)
        count += 1
        # No more digits lie ready than are heard at once, but for the batch that made it enough.
        ahead = sizes[count - 1 : asked[-1] - 1]
        assert sum(ahead) < at_once
    assert count == len(sizes)


def test_one_batch_at_a_time_is_heard_on_the_cpu_and_nothing_is_copied(
    recipe: Recipe, sets: DigitSets
) -> None:
    """So a training run on the CPU ends with the bytes that it always ended with."""
    members = [_member(Variant.ORIGINAL, 1), _member(Variant.MODERN, 2)]
    batches = list(Batches(sets.training, recipe, CPU).epoch(1))
    for turn, heard in enumerate(Teachers(members, Variant.MODERN, CPU).heard(batches, 1), 1):
        member = members[turn % 2]
        seen = in_range(
            heard.inputs, INPUT_RANGE[Variant.MODERN], INPUT_RANGE[member.network.variant]
        )
        with torch.no_grad():
            output = member.network(seen).output
        exponents = eleven_exponents(output, member.loss, member.j, member.temperature)
        assert heard.soft_target is not None
        assert torch.equal(heard.soft_target, exponents.softmax(dim=1))


def test_teachers_ask_for_no_value_and_stay_on_their_device() -> None:
    """torch's meta device has shapes and no values: it refuses to tell any, or to meet the CPU."""
    meta = torch.device("meta")
    committee = [_member(variant, 1) for variant in Variant]
    batches = [
        Batch(torch.empty(size, 1, 32, 32, device=meta), torch.empty(size, device=meta))
        for size in (4, 4, 4, 2)
    ]
    for student in Variant:
        heard = list(Teachers(committee, student, meta, at_once=100).heard(batches, 1))
        assert [(one.soft_target.device, one.soft_target.shape) for one in heard] == [
            (meta, (size, 11)) for size in (4, 4, 4, 2)
        ]


@pytest.mark.parametrize("batch_size", [1, 32])
def test_the_gradient_is_that_of_a_target_of_label_and_opinion(
    batch_size: int, taught: Recipe, sets: DigitSets
) -> None:
    """Against the cross-entropy written out, for the Original at a temperature."""
    recipe = taught.with_changes(
        variant="original", loss="map", j=20, temperature=5, batch_size=batch_size
    )
    teachers = teachers_of(recipe, CPU)
    assert teachers is not None
    batch = next(iter(teachers.heard(Batches(sets.training, recipe, CPU).epoch(1), 1)))
    network = _drawn(Variant.ORIGINAL, 7)
    gradients = gradients_of(network, recipe)
    loss, _ = gradients(batch)
    found = {name: p.grad.clone() for name, p in network.named_parameters() if p.grad is not None}

    distances = network(batch.inputs).output
    assert batch.soft_target is not None
    labels = torch.nn.functional.one_hot(batch.target, 11)
    target = 0.3 * labels + 0.7 * batch.soft_target
    powers = torch.exp(torch.cat((-distances, torch.full((len(distances), 1), -20.0)), 1) / 5)
    by_hand = -(target * torch.log(powers / powers.sum(1, keepdim=True))).sum(1).mean()
    assert loss.item() == pytest.approx(by_hand.item(), rel=1e-5)
    network.zero_grad()
    by_hand.backward()
    assert found.keys() == dict(network.named_parameters()).keys()
    for name, parameter in network.named_parameters():
        torch.testing.assert_close(found[name], parameter.grad, rtol=1e-3, atol=1e-6)


def test_a_student_agrees_with_its_teacher_more_than_with_wrong_labels(
    recipe: Recipe, sets: DigitSets, train_all: TrainAll, tmp_path: Path
) -> None:
    """Labels that are all wrong, and a teacher that knows better and has the say."""
    learned = train_all(recipe.with_changes(loss="cross-entropy-rubbish", epochs=15))[-1]
    assert isinstance(learned, Finished)
    folder = tmp_path / "one"
    folder.mkdir()
    save_weights(
        network_of(Variant.MODERN, learned.weights),
        folder / "teacher.safetensors",
        {"loss": "cross-entropy-rubbish"},
    )
    wrong = DigitSets(
        sets.training.__class__(
            sets.training.images, (sets.training.labels + 1) % 10, "wrong labels"
        ),
        sets.test,
    )
    misled = recipe.with_changes(
        loss="cross-entropy-rubbish", epochs=15, teachers_share=0.9, teachers=str(folder), seed=8
    )
    ended = list(train(misled, wrong, None, Control()))[-1]
    assert isinstance(ended, Finished)
    assert learned.test.accuracy > 0.8
    assert ended.test.accuracy > 0.8


def test_a_taught_run_resumed_ends_bit_for_bit_the_same(
    taught: Recipe, sets: DigitSets, train_all: TrainAll, tmp_path: Path
) -> None:
    whole = train_all(taught)[-1]
    control, file, last = Control(), tmp_path / "checkpoint", None
    for event in train(taught, sets, file, control, publish_every_s=0):
        last = event
        if isinstance(event, StepStatistics) and event.epoch == 2 and event.step_in_epoch == 4:
            control.stop()
    assert isinstance(last, Stopped)
    moved = Path(taught.teachers).rename(tmp_path / "moved")
    ended = train_all(taught.with_changes(teachers=str(moved)), file, resume=file)[-1]
    assert isinstance(ended, Finished)
    assert isinstance(whole, Finished)
    assert all(np.array_equal(whole.weights[name], ended.weights[name]) for name in whole.weights)


def test_other_teachers_are_refused_when_a_run_is_taken_up(
    taught: Recipe, train_all: TrainAll, tmp_path: Path
) -> None:
    file = tmp_path / "checkpoint"
    train_all(taught.with_changes(epochs=1), file)
    first = Path(taught.teachers) / "a.safetensors"
    member = load_weights(first)
    save_weights(member.network, first, {**member.facts, "temperature": "3"})
    with pytest.raises(UserError, match="was made with other teachers: choose the same folder"):
        train_all(taught, file, resume=file)
    first.unlink()
    with pytest.raises(UserError, match="was made with other teachers: choose the same folder"):
        train_all(taught, file, resume=file)


def test_the_shipped_committee_is_there(recipe: Recipe) -> None:
    taught = recipe.with_changes(loss="cross-entropy-rubbish", teachers_share=0.5)
    assert taught.teachers == "committee"
    teachers = teachers_of(taught, CPU)
    assert teachers is not None
    assert teachers.fingerprint.startswith("6-")
    assert teachers_of(recipe, CPU) is None


def test_folders_that_will_not_do(taught: Recipe, folder: Path, tmp_path: Path) -> None:
    def refused(place: Path) -> str:
        with pytest.raises(UserError) as caught:
            teachers_of(taught.with_changes(teachers=str(place)), CPU)
        return str(caught.value)

    assert f"folder {tmp_path / 'gone'} could not be read (No such file" in refused(
        tmp_path / "gone"
    )
    empty = tmp_path / "empty"
    empty.mkdir()
    assert f"folder {empty} contains no weights (*.safetensors)" in refused(empty)
    broken = folder / "d.safetensors"
    broken.write_bytes(b"no weights")
    assert f"{broken} is not a whole safetensors file" in refused(folder)
    save_weights(_drawn(Variant.MODERN, 1), broken, {"loss": "cross-entropy"})
    assert f"The teacher {broken} was trained with the loss cross-entropy, which has no" in (
        refused(folder)
    )
