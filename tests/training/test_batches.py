"""The batches of an epoch: every digit once, in an order that seed and epoch decide."""

import threading

import numpy as np
import pytest
import torch

from lenet_gui.data.digits import RUBBISH, Digits, DigitSets
from lenet_gui.data.distort import distort
from lenet_gui.data.distortion import Distortion
from lenet_gui.data.input_range import to_input
from lenet_gui.net.architecture import INPUT_RANGE, Variant
from lenet_gui.training.batches import PREPARED_AT_ONCE, Batch, Batches, whole_batches
from lenet_gui.training.recipe import Order, Recipe

CPU = torch.device("cpu")
needs_cuda = pytest.mark.skipif(
    not torch.cuda.is_available(), reason="this torch finds no CUDA device to prepare batches on"
)


def batches_of(
    digits: Digits, variant: Variant, size: int, how: Distortion | None, seed: int
) -> Batches:
    recipe = Recipe().with_changes(variant=variant, batch_size=size, distortions=how, seed=seed)
    return Batches(digits, recipe, CPU)


def joined(batches: list[Batch]) -> tuple[torch.Tensor, torch.Tensor]:
    return torch.cat([b.inputs for b in batches]), torch.cat([b.target for b in batches])


def rows(inputs: torch.Tensor) -> list[bytes]:
    return sorted(image.numpy().tobytes() for image in inputs)


@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize("size", [1, 7, 32, 300, PREPARED_AT_ONCE + 1])
def test_an_epoch_holds_every_digit_once(sets: DigitSets, variant: Variant, size: int) -> None:
    batches = batches_of(sets.training, variant, size, None, seed=3)
    found = list(batches.epoch(1))
    assert len(found) == len(batches) == -(-300 // size)
    assert [len(b.target) for b in found[:-1]] == [size] * (len(found) - 1)
    inputs, target = joined(found)
    assert target.dtype == torch.int64
    assert rows(inputs) == rows(to_input(sets.training.images, *INPUT_RANGE[variant]))
    assert target.bincount().tolist() == torch.tensor(sets.training.labels).bincount().tolist()


def test_images_keep_their_labels(sets: DigitSets) -> None:
    known = {
        image.numpy().tobytes(): int(label)
        for image, label in zip(
            to_input(sets.training.images, 0, 1), sets.training.labels, strict=True
        )
    }
    for batch in batches_of(sets.training, Variant.MODERN, 16, None, 3).epoch(2):
        for image, label in zip(batch.inputs, batch.target, strict=True):
            assert known[image.numpy().tobytes()] == label


def test_order_and_distortions_follow_from_seed_and_epoch_alone(sets: DigitSets) -> None:
    def epoch(number: int, seed: int, before: tuple[int, ...] = ()) -> torch.Tensor:
        batches = batches_of(sets.training, Variant.MODERN, 64, Distortion(), seed)
        for earlier in before:
            list(batches.epoch(earlier))
        return joined(list(batches.epoch(number)))[0]

    assert torch.equal(epoch(4, seed=9), epoch(4, seed=9, before=(1, 2, 3)))
    assert not torch.equal(epoch(4, seed=9), epoch(5, seed=9))
    assert not torch.equal(epoch(4, seed=9), epoch(4, seed=10))


def test_distortions_are_drawn_anew_in_each_epoch(sets: DigitSets) -> None:
    batches = batches_of(sets.training, Variant.MODERN, 64, Distortion(), 1)
    first, second = (set(rows(joined(list(batches.epoch(e)))[0])) for e in (1, 2))
    plain = set(rows(to_input(sets.training.images, 0, 1)))
    assert len(first) == len(second) == 300
    assert not first & second
    assert not first & plain


def test_distortions_do_not_change_the_order(sets: DigitSets) -> None:
    orders = [
        joined(list(batches_of(sets.training, Variant.MODERN, 9, how, 1).epoch(1)))[1].tolist()
        for how in (None, Distortion())
    ]
    assert orders[0] == orders[1]


def epochs_of(digits: Digits, **changes: object) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """Inputs and classes of the epochs 1, 2 and 7, of a Modern."""
    recipe = Recipe().with_changes(variant=Variant.MODERN, seed=4, **changes)
    batches = Batches(digits, recipe, CPU)
    return [joined(list(batches.epoch(epoch))) for epoch in (1, 2, 7)]


def test_a_constant_order_is_the_same_in_every_epoch_and_a_fresh_one_is_not(
    sets: DigitSets,
) -> None:
    first, second, later = epochs_of(sets.training, order=Order.CONSTANT)
    assert torch.equal(first[0], second[0])
    assert torch.equal(first[0], later[0])
    plain = to_input(sets.training.images, 0, 1)
    assert not torch.equal(first[0], plain)  # it is random, though
    fresh, other, _ = epochs_of(sets.training, order=Order.FRESH)
    assert torch.equal(fresh[0], first[0])
    assert not torch.equal(fresh[0], other[0])
    assert rows(fresh[0]) == rows(other[0])


def test_a_constant_order_still_distorts_anew_and_follows_the_seed(sets: DigitSets) -> None:
    first, second, _ = epochs_of(sets.training, order=Order.CONSTANT, distortions=Distortion())
    assert torch.equal(first[1], second[1])
    assert not torch.equal(first[0], second[0])
    recipe = Recipe(order=Order.CONSTANT, seed=5)
    _, target = joined(list(Batches(sets.training, recipe, CPU).epoch(1)))
    assert not torch.equal(target, first[1])


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 1.0])
def test_the_distorted_share_is_distorted_and_the_rest_left_alone(
    sets: DigitSets, share: float
) -> None:
    plain = epochs_of(sets.training)
    many = epochs_of(sets.training, distortions=Distortion(), distorted_share=share)
    whole = epochs_of(sets.training, distortions=Distortion())
    changed = 0
    same_places = []
    for (inputs, target), (originals, labels), (all_distorted, _) in zip(
        many, plain, whole, strict=True
    ):
        assert torch.equal(target, labels)
        differs = (inputs != originals).flatten(1).any(dim=1)
        changed += int(differs.sum())
        same_places.append(differs)
        if share == 1:
            assert torch.equal(inputs, all_distorted)
    # 900 presentations: four standard deviations of a binomial count either way.
    assert abs(changed - 900 * share) <= 4 * (900 * share * (1 - share)) ** 0.5
    if 0 < share < 1:
        assert not torch.equal(same_places[0], same_places[1])


def test_a_sample_is_drawn_for_its_epoch_and_distorted_as_its_batches_are(
    sets: DigitSets,
) -> None:
    recipe = Recipe().with_changes(variant=Variant.MODERN, order=Order.CONSTANT, seed=4)
    batches = Batches(sets.training, recipe, CPU)
    one, other = batches.sample(1, 50), batches.sample(2, 50)
    assert one.shape == (50, 1, 32, 32)
    known = set(rows(to_input(sets.training.images, 0, 1)))
    assert len(set(rows(one)) & known) == len(set(rows(one))) == 50
    assert not torch.equal(one, other)
    assert torch.equal(one, batches.sample(1, 50))
    assert rows(batches.sample(1, 1000)) == sorted(known)
    distorted = Batches(sets.training, recipe.with_changes(distortions=Distortion()), CPU)
    assert not set(rows(distorted.sample(1, 50))) & known


def test_rubbish_reaches_the_batches_as_class_10(sets: DigitSets) -> None:
    rubbish = np.random.default_rng(3).integers(0, 256, (40, 28, 28), dtype=np.uint8)
    recipe = Recipe(seed=4, batch_size=32, rubbish=40)
    batches = Batches(sets.training, recipe, CPU, rubbish)
    assert batches.patterns == 340
    assert len(batches) == 11
    inputs, target = joined(list(batches.epoch(1)))
    assert target.bincount().tolist()[RUBBISH] == 40
    ranges = INPUT_RANGE[Variant.ORIGINAL]
    assert rows(inputs[target == RUBBISH]) == rows(to_input(rubbish, *ranges))
    assert rows(inputs[target != RUBBISH]) == rows(to_input(sets.training.images, *ranges))
    assert 0 < int((target[:100] == RUBBISH).sum()) < 40  # among the digits, not behind them


@pytest.mark.parametrize("size", [1, 7, 64, 300])
@pytest.mark.parametrize("at_once", [1, 100, 4096])
def test_pieces_of_any_size_hold_the_same_digits_and_whole_batches(
    sets: DigitSets, size: int, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces: list[int] = []

    def noted(images: torch.Tensor, ranges: Distortion, draws: torch.Generator) -> torch.Tensor:
        pieces.append(len(images))
        return distort(images, ranges, draws)

    recipe = Recipe(variant="modern", loss="cross-entropy", batch_size=size, seed=4)
    plain = list(Batches(sets.training, recipe, CPU).epoch(2))
    pieced = list(Batches(sets.training, recipe, CPU, at_once=at_once).epoch(2))
    for one, other in zip(plain, pieced, strict=True):
        assert torch.equal(one.inputs, other.inputs)
        assert torch.equal(one.target, other.target)
    monkeypatch.setattr("lenet_gui.training.batches.distort", noted)
    distorted = recipe.with_changes(distortions=Distortion())
    found = list(Batches(sets.training, distorted, CPU, at_once=at_once).epoch(2))
    assert [len(batch.target) for batch in found] == [len(batch.target) for batch in plain]
    assert max(pieces) == min(whole_batches(at_once, size), 300)
    assert sum(pieces) == 300
    again = joined(list(Batches(sets.training, distorted, CPU, at_once=at_once).epoch(2)))
    assert torch.equal(joined(found)[0], again[0])


def test_a_digit_that_is_not_distorted_stays_as_it_is_in_a_large_piece(sets: DigitSets) -> None:
    recipe = Recipe(variant="modern", loss="cross-entropy", distortions=Distortion(), seed=4)
    recipe = recipe.with_changes(distorted_share=0.5)
    inputs, _ = joined(list(Batches(sets.training, recipe, CPU, at_once=4096).epoch(1)))
    kept = set(rows(to_input(sets.training.images, 0, 1))) & set(rows(inputs))
    assert 110 < len(kept) < 190


@needs_cuda
@pytest.mark.parametrize("share", [0.5, 1.0])
def test_a_card_takes_the_same_digits_in_the_same_order_and_distorts_them_itself(
    sets: DigitSets, share: float
) -> None:
    recipe = Recipe(distortions=Distortion(elastic=0.5, stroke=0.5), batch_size=32, seed=4)
    recipe = recipe.with_changes(distorted_share=share)
    cuda = torch.device("cuda")

    def epoch(number: int, **changes: object) -> tuple[torch.Tensor, torch.Tensor]:
        made = Batches(sets.training, recipe.with_changes(**changes), cuda)
        inputs, target = joined(list(made.epoch(number)))
        assert (inputs.device.type, target.device.type) == ("cuda", "cuda")
        return inputs.cpu(), target.cpu()

    here, order = joined(list(Batches(sets.training, recipe, CPU).epoch(3)))
    there, order_there = epoch(3)
    assert torch.equal(order, order_there)
    assert torch.equal(there, epoch(3)[0])
    assert not torch.equal(there, here)
    assert not torch.equal(there, epoch(3, seed=5)[0])
    assert not torch.equal(there, epoch(4)[0])
    plain, _ = epoch(3, distortions=None)
    changed = (there != plain).flatten(1).any(dim=1).float().mean()
    assert changed == pytest.approx(share, abs=0.12)
    assert abs(float(there.mean() - here.mean())) < 0.01
    sample = Batches(sets.training, recipe, cuda).sample(1, 50)
    assert torch.equal(sample, Batches(sets.training, recipe, cuda).sample(1, 50))


@needs_cuda
def test_no_thread_prepares_what_a_card_prepares(sets: DigitSets) -> None:
    recipe = Recipe(distortions=Distortion(), batch_size=32)
    threads = threading.active_count()
    for _ in Batches(sets.training, recipe, torch.device("cuda")).epoch(1):
        assert threading.active_count() == threads
