"""Gradient descent: what moves the parameters, and the state that it keeps for them.

The arithmetic is torch's own, called as functions: `torch.optim`'s classes load torch's compiler
with the first one that is made, which takes about as long as torch itself and 110 MB.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping

import torch
from torch import Tensor, nn
from torch.optim.adam import adam
from torch.optim.sgd import sgd


class Descent(ABC):
    """Changes parameters along their gradients, at a rate that may change at every update.

    A parameter without a gradient stays as it is.

    Args:
        parameters: in the order that the state goes by.
        rate: the learning rate of the next update.
    """

    def __init__(self, parameters: Iterable[nn.Parameter], rate: float) -> None:
        self.parameters = tuple(parameters)
        self._rate = rate
        self._state: dict[Tensor, dict[str, Tensor]] = {p: {} for p in self.parameters}

    @property
    def rate(self) -> float:
        """The learning rate of the next update."""
        return self._rate

    def set_rate(self, rate: float) -> None:
        """Sets the learning rate of the next update."""
        self._rate = rate

    @abstractmethod
    def step(self) -> None:
        """Makes one update from the parameters' `.grad`."""

    def state(self) -> dict[str, Tensor]:
        """The whole state, as "<place of the parameter>.<what>"; empty at first."""
        return {
            f"{place}.{what}": tensor
            for place, kept in enumerate(self._state.values())
            for what, tensor in kept.items()
        }

    def put_back(self, state: Mapping[str, Tensor]) -> None:
        """Restores copies of what `state` returned for parameters of the same shapes."""
        for kept in self._state.values():
            kept.clear()
        for name, tensor in state.items():
            place, _, what = name.partition(".")
            parameter = self.parameters[int(place)]
            # In the parameter's memory format: the fused kernels pair values by their place in
            # memory, not by their index.
            own = torch.empty_like(parameter if tensor.dim() else tensor, device=parameter.device)
            self._state[parameter][what] = own.detach().copy_(tensor)

    def hold(self, state: Mapping[str, Tensor]) -> None:
        """Uses the tensors of `state` themselves, which are changed elsewhere."""
        for name, tensor in state.items():
            place, _, what = name.partition(".")
            self._state[self.parameters[int(place)]][what] = tensor

    def _with_gradient(self) -> tuple[list[Tensor], list[Tensor]]:
        """The parameters that an update changes, and their gradients."""
        changed = [p for p in self.parameters if p.grad is not None]
        return list(changed), [p.grad for p in changed if p.grad is not None]

    def _kept(self, parameters: Iterable[Tensor], what: str) -> list[Tensor]:
        return [self._state[parameter][what] for parameter in parameters]


class SGD(Descent):
    """Stochastic gradient descent, with Nesterov's momentum, if any.

    Args:
        parameters: in the order that the state goes by.
        rate: the learning rate of the next update.
        momentum: 0 up to, not including, 1.
        weight_decay: 0 or more.
    """

    def __init__(
        self, parameters: Iterable[nn.Parameter], rate: float, momentum: float, weight_decay: float
    ) -> None:
        super().__init__(parameters, rate)
        self._momentum = momentum
        self._weight_decay = weight_decay

    @torch.no_grad()
    def step(self) -> None:
        """Makes one update."""
        parameters, gradients = self._with_gradient()
        buffers = [self._state[p].get("momentum_buffer") for p in parameters]
        sgd(
            parameters,
            gradients,
            buffers,  # which it makes at the first update
            fused=True,
            momentum=self._momentum,
            nesterov=self._momentum > 0,
            weight_decay=self._weight_decay,
            lr=self._rate,
            dampening=0,
            maximize=False,
        )
        for parameter, buffer in zip(parameters, buffers, strict=True):
            if buffer is not None:
                self._state[parameter]["momentum_buffer"] = buffer


class Adam(Descent):
    """Adam with its usual decay of both means, 0.9 and 0.999.

    On a GPU the rate is on the device, where a recorded update (`cuda_graph`) reads it.

    Args:
        parameters: in the order that the state goes by, all on one device.
        rate: the learning rate of the next update.
        weight_decay: 0 or more.
    """

    def __init__(
        self, parameters: Iterable[nn.Parameter], rate: float, weight_decay: float
    ) -> None:
        super().__init__(parameters, rate)
        self._weight_decay = weight_decay
        device = self.parameters[0].device
        self._rate_there = torch.tensor(rate, device=device) if device.type == "cuda" else None

    def set_rate(self, rate: float) -> None:
        """Sets the learning rate of the next update."""
        super().set_rate(rate)
        if self._rate_there is not None:
            self._rate_there.fill_(rate)

    @torch.no_grad()
    def step(self) -> None:
        """Makes one update."""
        parameters, gradients = self._with_gradient()
        for parameter in parameters:
            if not self._state[parameter]:
                self._state[parameter] = {
                    "step": torch.zeros((), device=parameter.device),
                    "exp_avg": torch.zeros_like(parameter),
                    "exp_avg_sq": torch.zeros_like(parameter),
                }
        adam(
            parameters,
            gradients,
            self._kept(parameters, "exp_avg"),
            self._kept(parameters, "exp_avg_sq"),
            [],
            self._kept(parameters, "step"),
            fused=True,
            capturable=self._rate_there is not None,
            amsgrad=False,
            beta1=0.9,
            beta2=0.999,
            eps=1e-8,
            lr=self._rate if self._rate_there is None else self._rate_there,
            weight_decay=self._weight_decay,
            maximize=False,
        )
