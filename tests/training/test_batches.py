"""The batches of an epoch: every digit once, in an order that seed and epoch decide."""

import pytest
import torch

from lenet_gui.data.digits import Digits, DigitSets
from lenet_gui.data.distortion import Distortion
from lenet_gui.data.input_range import to_input
from lenet_gui.net.architecture import INPUT_RANGE, Variant
from lenet_gui.training.batches import PREPARED_AT_ONCE, Batch, Batches
from lenet_gui.training.recipe import Recipe

CPU = torch.device("cpu")


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
