"""The squashing functions against torch's tanh, their slopes against finite differences."""

import pytest
import torch
from torch.autograd import gradcheck, gradgradcheck

from lenet_gui.net.squashing import squash, squashed_slope, tanh

SUMS = torch.tensor([-1e4, -90, -20, -3, -1, -1e-3, 0, 1e-4, 0.5, 1, 2, 8, 30, 1e4])


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_values_are_those_of_the_formula(dtype: torch.dtype) -> None:
    sums = SUMS.to(dtype)
    exact = SUMS.double()
    close = {"rtol": 0, "atol": 4 * torch.finfo(dtype).eps}
    torch.testing.assert_close(tanh(sums).double(), torch.tanh(exact), **close)
    wanted = 1.7159 * torch.tanh(2 * exact / 3)
    torch.testing.assert_close(squash(sums).double(), wanted, **close)


@pytest.mark.parametrize("function", [squash, tanh])
def test_derivatives_of_both_orders(function) -> None:
    sums = torch.linspace(-4, 4, 17, dtype=torch.float64, requires_grad=True)
    assert gradcheck(function, (sums,))
    assert gradgradcheck(function, (sums,))


def test_the_slope_from_an_activation_is_that_of_the_gradient() -> None:
    sums = torch.linspace(-6, 6, 25, dtype=torch.float64, requires_grad=True)
    x = squash(sums)
    x.sum().backward()
    torch.testing.assert_close(squashed_slope(x.detach()), sums.grad)


@pytest.mark.parametrize("function", [squash, tanh])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_saturated_unit_has_no_slope_at_all(function, dtype: torch.dtype) -> None:
    sums = torch.tensor([-torch.inf, -1e20, -90, 90] * 9, dtype=dtype, requires_grad=True)
    (1e30 * function(sums)).sum().backward()
    assert sums.grad is not None
    assert not sums.grad.any()


def test_what_is_not_a_number_stays_so() -> None:
    assert tanh(torch.tensor(torch.nan)).isnan()
    assert tanh(torch.tensor([torch.inf, -torch.inf])).tolist() == [1, -1]
