"""The paper's optimiser: stochastic diagonal Levenberg-Marquardt (App. C)."""

from collections.abc import Iterable, Sequence

import torch
from torch import Tensor, nn

from lenet_gui.training.descent import Descent

MU = 0.02
"""The paper's mu, which keeps eps_k finite where the curvature is 0."""


class SDLM(Descent):
    """w_k <- w_k - eps_k dE/dw_k with a step size for every weight.

    eps_k = rate / (mu + h_kk); h_kk is a running estimate that `set_curvature` updates (the paper:
    before each pass, from 500 patterns). The paper updates after every pattern; gradients of
    mini-batches work as well and are this program's addition.

    Args:
        parameters: in the order of the curvatures.
        rate: eta, above 0.
        mu: above 0.

    Raises:
        ValueError: rate or mu is not above 0.
    """

    def __init__(self, parameters: Iterable[nn.Parameter], rate: float, mu: float = MU) -> None:
        if not (rate > 0 and mu > 0):
            raise ValueError(f"rate and mu are above 0, not {rate} and {mu}")
        super().__init__(parameters, rate)
        self.mu = mu

    def set_curvature(self, curvature: Sequence[Tensor]) -> None:
        """Takes h_kk [in the parameters' shapes, each at least 0], in the parameters' order.

        Raises:
            ValueError: a shape differs.
        """
        for parameter, h in zip(self.parameters, curvature, strict=True):
            if h.shape != parameter.shape:
                raise ValueError(f"h_kk [{h.shape}] is for a parameter [{parameter.shape}]")
            gain = torch.empty_like(parameter).detach()  # in its memory format
            self._state[parameter]["gain"] = gain.copy_(1 / (self.mu + h))

    def step_sizes(self) -> list[Tensor]:
        """The current eps_k of every parameter, in their shapes and order."""
        return [self._gain(parameter) * self.rate for parameter in self.parameters]

    @torch.no_grad()
    def step(self) -> None:
        """Makes one update.

        Raises:
            RuntimeError: there is no curvature yet.
        """
        for parameter in self.parameters:
            if parameter.grad is not None:
                parameter.addcmul_(parameter.grad, self._gain(parameter), value=-self.rate)

    def _gain(self, parameter: nn.Parameter) -> Tensor:
        """1 / (mu + h_kk)."""
        try:
            return self._state[parameter]["gain"]
        except KeyError as error:
            raise RuntimeError("SDLM needs `set_curvature` before its first step") from error
