"""The losses against their formulas in plain Python, and where those would overflow."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.net.architecture import LOSSES, RUBBISH_LOSSES, Loss, Variant
from lenet_gui.net.losses import (
    loss_function,
    map_loss,
    map_loss_floor,
    mean_distance_loss,
    posterior,
)

distances = st.lists(st.floats(0, 300), min_size=10, max_size=10)
classes = st.integers(0, 9)
js = st.floats(0.01, 10)
temperatures = st.floats(0.1, 100)


@pytest.fixture(autouse=True, scope="module")
def _compared_once() -> None:
    """torch prepares its first comparison for longer than a property's example may take."""
    torch.testing.assert_close(torch.zeros(1), torch.zeros(1))


@given(st.lists(st.tuples(distances, classes), min_size=1, max_size=4), js)
def test_eq_9_as_written(patterns: list[tuple[list[float], int]], j: float) -> None:
    y = torch.tensor([p[0] for p in patterns], dtype=torch.float64)
    target = torch.tensor([p[1] for p in patterns])
    wanted = [
        row[right] + math.log(math.exp(-j) + math.fsum(math.exp(-d) for d in row))
        for row, right in patterns
    ]
    assert map_loss(y, target, j).item() == pytest.approx(math.fsum(wanted) / len(wanted), abs=1e-9)


@given(distances, st.integers(0, 10), js, temperatures)
def test_a_temperature_divides_every_distance_and_j(
    row: list[float], target: int, j: float, temperature: float
) -> None:
    y = torch.tensor([row], dtype=torch.float64)
    cooled, right = y / temperature, torch.tensor([target])
    wanted = map_loss(cooled, right, j / temperature)
    torch.testing.assert_close(map_loss(y, right, j, temperature), wanted)
    torch.testing.assert_close(loss_function(Loss.MAP, j, temperature)(y, right), wanted)
    shares = zip(posterior(y, j, temperature), posterior(cooled, j / temperature), strict=True)
    for share, as_wanted in shares:
        torch.testing.assert_close(share, as_wanted)
    assert map_loss_floor(j, temperature) == pytest.approx(map_loss_floor(j / temperature))


@given(st.lists(st.tuples(distances, classes), min_size=1, max_size=4))
def test_eq_8_as_written(patterns: list[tuple[list[float], int]]) -> None:
    y = torch.tensor([p[0] for p in patterns], dtype=torch.float64)
    target = torch.tensor([p[1] for p in patterns])
    wanted = math.fsum(row[right] for row, right in patterns) / len(patterns)
    assert mean_distance_loss(y, target).item() == pytest.approx(wanted)


def test_eq_9_does_not_overflow_nor_vanish() -> None:
    far = torch.full((1, 10), 1e4)
    loss = map_loss(far, torch.tensor([0]), 0.1)
    assert loss.item() == pytest.approx(1e4 - 0.1)
    far.requires_grad_()
    map_loss(far, torch.tensor([0]), 0.1).backward()
    assert far.grad is not None
    assert far.grad.isfinite().all()


def test_the_floor_of_eq_9() -> None:
    perfect = torch.full((1, 10), 400.0, dtype=torch.float64)
    perfect[0, 3] = 0
    assert map_loss(perfect, torch.tensor([3]), 0.1).item() == pytest.approx(map_loss_floor(0.1))
    assert map_loss_floor(0.1) == pytest.approx(math.log(1 + math.exp(-0.1)))


@given(distances, js)
def test_the_posterior_with_rubbish(row: list[float], j: float) -> None:
    digits, rubbish = posterior(torch.tensor([row], dtype=torch.float64), j)
    whole = math.exp(-j) + math.fsum(math.exp(-d) for d in row)
    assert digits[0].tolist() == pytest.approx([math.exp(-d) / whole for d in row], abs=1e-12)
    assert rubbish.item() == pytest.approx(math.exp(-j) / whole)
    assert digits.sum().item() + rubbish.item() == pytest.approx(1)


@given(distances, classes, js)
def test_eq_9_is_minus_the_logarithm_of_the_posterior(
    row: list[float], right: int, j: float
) -> None:
    y = torch.tensor([row], dtype=torch.float64)
    digits, _ = posterior(y, j)
    if digits[0, right] > 1e-100:
        assert map_loss(y, torch.tensor([right]), j).item() == pytest.approx(
            -math.log(digits[0, right].item()), abs=1e-9
        )


def test_each_variant_names_its_losses() -> None:
    y = torch.rand(4, 10)
    target = torch.tensor([1, 2, 3, 4])
    assert LOSSES[Variant.ORIGINAL] == (Loss.MAP, Loss.DISTANCE)
    assert LOSSES[Variant.MODERN] == (Loss.CROSS_ENTROPY, Loss.CROSS_ENTROPY_RUBBISH)
    assert RUBBISH_LOSSES == (Loss.MAP, Loss.CROSS_ENTROPY_RUBBISH)
    assert loss_function(Loss.MAP, 0.5)(y, target) == map_loss(y, target, 0.5)
    assert loss_function(Loss.DISTANCE)(y, target) == mean_distance_loss(y, target)
    by_hand = -(torch.softmax(y, 1)[range(4), target]).log().mean()
    torch.testing.assert_close(loss_function(Loss.CROSS_ENTROPY)(y, target), by_hand)


@given(st.lists(st.tuples(distances, st.integers(0, 10)), min_size=1, max_size=4), js)
def test_rubbish_is_the_eleventh_class_of_eq_9(
    patterns: list[tuple[list[float], int]], j: float
) -> None:
    y = torch.tensor([p[0] for p in patterns], dtype=torch.float64)
    target = torch.tensor([p[1] for p in patterns])
    wanted = [
        [*row, j][right] + math.log(math.exp(-j) + math.fsum(math.exp(-d) for d in row))
        for row, right in patterns
    ]
    assert map_loss(y, target, j).item() == pytest.approx(math.fsum(wanted) / len(wanted), abs=1e-9)


@given(st.lists(st.floats(-200, 200), min_size=10, max_size=10), st.integers(0, 10))
def test_cross_entropy_with_rubbish_has_an_eleventh_logit_of_0(
    logits: list[float], right: int
) -> None:
    whole = math.fsum(math.exp(v) for v in [*logits, 0])
    value = loss_function(Loss.CROSS_ENTROPY_RUBBISH)(
        torch.tensor([logits], dtype=torch.float64), torch.tensor([right])
    )
    assert value.item() == pytest.approx(math.log(whole) - [*logits, 0][right], abs=1e-9)
