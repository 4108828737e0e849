"""The optimisers against those of `torch.optim`, bit for bit, and what they keep."""

import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import torch
from torch import nn

from lenet_gui.training.descent import SGD, Adam, Descent

Parameters = Iterable[nn.Parameter]

PAIRS: dict[str, tuple[Callable[[Parameters], Descent], Callable[[Parameters], object]]] = {
    "plain": (
        lambda p: SGD(p, 0.1, momentum=0, weight_decay=0),
        lambda p: torch.optim.SGD(p, 0.1, fused=True),
    ),
    "momentum": (
        lambda p: SGD(p, 0.1, momentum=0.9, weight_decay=0.01),
        lambda p: torch.optim.SGD(
            p, 0.1, momentum=0.9, nesterov=True, weight_decay=0.01, fused=True
        ),
    ),
    "adam": (
        lambda p: Adam(p, 0.1, weight_decay=0.01),
        lambda p: torch.optim.Adam(p, 0.1, weight_decay=0.01, fused=True),
    ),
}


def parameters() -> list[nn.Parameter]:
    """Two, the second in another memory format."""
    generator = torch.Generator().manual_seed(1)
    kernels = torch.randn(4, 3, 2, 2, generator=generator)
    return [
        nn.Parameter(torch.randn(5, generator=generator)),
        nn.Parameter(kernels.contiguous(memory_format=torch.channels_last)),
    ]


def give_gradients(to: list[nn.Parameter], number: int) -> None:
    generator = torch.Generator().manual_seed(number)
    for parameter in to:
        values = torch.randn(parameter.shape, generator=generator)
        parameter.grad = torch.empty_like(parameter).copy_(values)  # in its memory format


@pytest.mark.parametrize("kind", PAIRS)
def test_updates_are_those_of_torch(kind: str) -> None:
    ours, theirs = parameters(), parameters()
    own, reference = (make(p) for make, p in zip(PAIRS[kind], (ours, theirs), strict=True))
    assert isinstance(own, Descent)
    assert isinstance(reference, torch.optim.Optimizer)
    for number, rate in enumerate((0.1, 0.03, 0.03, 0.2)):
        own.set_rate(rate)
        reference.param_groups[0]["lr"] = rate
        for each, optimiser in ((ours, own), (theirs, reference)):
            give_gradients(each, number)
            optimiser.step()
        for one, other in zip(ours, theirs, strict=True):
            assert torch.equal(one, other)
    kept = {
        f"{place}.{what}": value
        for place, values in reference.state_dict()["state"].items()
        for what, value in values.items()
        if value is not None
    }
    assert own.state().keys() == kept.keys()
    for name, tensor in own.state().items():
        assert torch.equal(tensor, kept[name])


@pytest.mark.parametrize("kind", PAIRS)
def test_another_goes_on_with_the_state_and_touches_none_of_it(kind: str) -> None:
    ours = parameters()
    own = PAIRS[kind][0](ours)
    assert not own.state()
    give_gradients(ours, 1)
    own.step()
    kept = {name: tensor.clone() for name, tensor in own.state().items()}
    others = [nn.Parameter(parameter.detach().clone()) for parameter in ours]
    other = PAIRS[kind][0](others)
    other.put_back(kept)
    for number in (2, 3):
        for each, optimiser in ((ours, own), (others, other)):
            give_gradients(each, number)
            optimiser.step()
    for one, two in zip(ours, others, strict=True):
        assert torch.equal(one, two)
    again = PAIRS[kind][0](parameters())
    again.put_back(kept)
    for name, tensor in again.state().items():
        assert torch.equal(tensor, kept[name])
    again.put_back({})
    assert not again.state()


@pytest.mark.parametrize("kind", PAIRS)
def test_a_parameter_without_a_gradient_stays(kind: str) -> None:
    ours = parameters()
    before = ours[1].detach().clone()
    own = PAIRS[kind][0](ours)
    for number in (1, 2):
        give_gradients(ours[:1], number)
        own.step()
    assert torch.equal(ours[1], before)
    assert all(name.startswith("0.") for name in own.state())


TRAINS = """
import sys
from lenet_gui.cli import main
main(["train", "--data", "builtin", "--training-digits", "40", "--epochs", "1",
      "--out", sys.argv[1]])
assert "torch" in sys.modules
print(*[name for name in ("torch._dynamo", "sympy") if name in sys.modules])
"""


def test_a_training_loads_no_compiler(tmp_path: Path) -> None:
    command = [sys.executable, "-c", TRAINS, str(tmp_path / "weights.safetensors")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[-1:] == [""]
