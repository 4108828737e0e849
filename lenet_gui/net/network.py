"""What every network that can be trained here has in common: its input, its output, its scores."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from torch import Tensor, nn

from lenet_gui.net.architecture import Architecture, Variant
from lenet_gui.net.modern_form import README_FORM, ModernForm
from lenet_gui.net.network_kind import NetworkKind


@dataclass(frozen=True)
class ForwardPass:
    """What one pass through the network gives.

    `output` [N, 10]: distances (Original, the smallest wins) or logits (others, the largest).
    `activations`: of a LeNet-5 by layer name, after squashing (a Modern's S2 and S4 have none):
    C1 [N, 6, 28, 28], S2 [N, 6, 14, 14], C3 [N, 16, 10, 10], S4 [N, 16, 5, 5], C5 [N, 120, 1, 1],
    F6 [N, 84]. `sums`: the same shapes before squashing, where they were asked for, else empty.
    """

    output: Tensor
    activations: dict[str, Tensor]
    sums: dict[str, Tensor]


class Network(nn.Module, ABC):
    """A network that reads digits.

    `variant`: whose losses and output it has. `form`: which member of the Modern's family it is; a
    strong teacher takes the same inputs as the README's network.
    """

    architecture: Architecture
    variant: Variant
    form: ModernForm = README_FORM

    @property
    def kind(self) -> NetworkKind:
        """What its formulas depend on."""
        return NetworkKind(self.variant, self.form)

    @property
    def input_range(self) -> tuple[float, float]:
        """The values of (paper, ink) at the input."""
        return self.kind.input_range

    @abstractmethod
    def forward(self, x: Tensor) -> ForwardPass:
        """Runs images [N, 1, 32, 32], in its own input range, through every layer."""

    @abstractmethod
    def scores(self, output: Tensor) -> Tensor:
        """The output [N, 10] turned so that the largest wins."""
