"""The weights before training (App. A): uniform within a bound set by a unit's fan-in."""

import torch
from torch import nn

from lenet_gui.net.architecture import KERNEL_SIDE, TABLE_I, InitialWeights
from lenet_gui.net.sparse_c3 import SparseC3
from lenet_gui.net.subsampling import Subsampling


def draw_initial_weights(
    network: nn.Module, rule: InitialWeights, generator: torch.Generator | None = None
) -> None:
    """Fills every weight of `network` in place.

    The paper's rule is uniform within +-2.4/F_i, F_i the fan-in of the unit. Assumption: a bias
    is drawn like the weights of its unit; a subsampling unit has 4 inputs under its coefficient.
    The other rule, +-1/sqrt(F_i), counts 5 for a subsampling unit.
    """
    for module in network.modules():
        fan_ins = _fan_ins(module, rule)
        if fan_ins is None:
            continue
        for parameter, fan_in in zip(module.parameters(recurse=False), fan_ins, strict=True):
            bound = _bound(fan_in, rule).view(-1, *[1] * (parameter.dim() - 1))
            unit = torch.rand(parameter.shape, generator=generator) * 2 - 1
            with torch.no_grad():
                parameter.copy_(unit * bound)


def _bound(fan_in: torch.Tensor, rule: InitialWeights) -> torch.Tensor:
    return 2.4 / fan_in if rule is InitialWeights.PAPER else fan_in.rsqrt()


def _fan_ins(module: nn.Module, rule: InitialWeights) -> tuple[torch.Tensor, torch.Tensor] | None:
    """Fan-ins along the first dimension of (weight or coefficient, bias), None without weights."""
    if isinstance(module, SparseC3):
        rows = torch.tensor([len(row) * KERNEL_SIDE**2 for row in TABLE_I], dtype=torch.float32)
        return rows.repeat_interleave(torch.tensor([len(row) for row in TABLE_I])), rows
    if isinstance(module, Subsampling):
        fan_in = torch.tensor([4.0 if rule is InitialWeights.PAPER else 5.0])
        return fan_in, fan_in
    if isinstance(module, nn.Conv2d | nn.Linear):
        fan_in = torch.tensor([float(module.weight[0].numel())])
        return fan_in, fan_in
    return None
