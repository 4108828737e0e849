"""The paper's optimiser: stochastic diagonal Levenberg-Marquardt (App. C)."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

MU = 0.02
"""The paper's mu, which keeps eps_k finite where the curvature is 0."""


class SDLM(torch.optim.Optimizer):
    """w_k <- w_k - eps_k dE/dw_k with a step size of its own for every weight.

    eps_k = lr / (mu + h_kk); h_kk is a running estimate that `set_curvature` renews (the paper:
    before each pass, from 500 patterns). The paper updates after every pattern; gradients of
    mini-batches work as well and are this program's addition.

    Args:
        params: the parameters.
        lr: eta, above 0.
        mu: above 0.

    Raises:
        ValueError: lr or mu is not above 0.
    """

    def __init__(self, params: Iterable[nn.Parameter], lr: float, mu: float = MU) -> None:
        if not (lr > 0 and mu > 0):
            raise ValueError(f"lr and mu are above 0, not {lr} and {mu}")
        super().__init__(params, {"lr": lr, "mu": mu})

    def set_curvature(self, curvature: Sequence[Tensor]) -> None:
        """Takes h_kk [in the parameters' shapes, each at least 0], in the parameters' order.

        Raises:
            ValueError: a shape differs.
        """
        for (parameter, group), h in zip(self._parameters(), curvature, strict=True):
            if h.shape != parameter.shape:
                raise ValueError(f"h_kk [{h.shape}] is for a parameter [{parameter.shape}]")
            gain = torch.empty_like(parameter)  # in its memory format
            self.state[parameter]["gain"] = gain.copy_(1 / (group["mu"] + h))

    def step_sizes(self) -> list[Tensor]:
        """eps_k of every parameter as it would be used now, in their shapes and order."""
        return [self._gain(p) * group["lr"] for p, group in self._parameters()]

    @torch.no_grad()
    def step(self, closure: Callable[[], Any] | None = None) -> None:  # type: ignore[override]
        """Makes one update.

        Raises:
            ValueError: a closure is given, which this optimiser has no use for.
            RuntimeError: there is no curvature yet.
        """
        if closure is not None:
            raise ValueError("SDLM takes no closure")
        for parameter, group in self._parameters():
            if parameter.grad is not None:
                parameter.addcmul_(parameter.grad, self._gain(parameter), value=-group["lr"])

    def _parameters(self) -> Iterable[tuple[nn.Parameter, dict[str, Any]]]:
        for group in self.param_groups:
            for parameter in group["params"]:
                yield parameter, group

    def _gain(self, parameter: nn.Parameter) -> Tensor:
        """1 / (mu + h_kk)."""
        try:
            gain: Tensor = self.state[parameter]["gain"]
        except KeyError as error:
            raise RuntimeError("SDLM needs `set_curvature` before its first step") from error
        return gain
