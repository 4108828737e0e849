"""LeNet-5, Original (the paper's of 1998, II-B) and Modern (the README's, see `architecture`)."""

from abc import abstractmethod

import torch
from torch import Tensor, nn

from lenet_gui.net.architecture import Architecture, InitialWeights, Variant
from lenet_gui.net.array_layers import Floats
from lenet_gui.net.audit import audit
from lenet_gui.net.convolution import Convolution
from lenet_gui.net.initial_weights import draw_initial_weights
from lenet_gui.net.layers import FEATURE_LAYERS
from lenet_gui.net.modern_form import README_FORM, ModernForm, Pooling
from lenet_gui.net.network import ForwardPass, Network
from lenet_gui.net.network_kind import POOLING_LAYERS
from lenet_gui.net.rbf import RbfOutput
from lenet_gui.net.sparse_c3 import SparseC3
from lenet_gui.net.squashing import OF_FORM, squash
from lenet_gui.net.subsampling import AveragePooling, MaxPooling, Subsampling


class LeNet5(Network):
    """What both variants have in common: seven layers, each named as in the paper."""

    architecture = Architecture.LENET5

    def forward(self, x: Tensor, *, with_sums: bool = False) -> ForwardPass:
        """Runs images [N, 1, 32, 32], in its own input range, through every layer."""
        activations: dict[str, Tensor] = {}
        sums: dict[str, Tensor] = {}
        for name in FEATURE_LAYERS:
            a = self.sums_of(name, x)
            x = self.squashed(name, a)
            activations[name] = x
            if with_sums:
                sums[name] = a
        return ForwardPass(self.get_submodule("output")(x), activations, sums)

    def sums_of(self, name: str, x: Tensor) -> Tensor:
        """The sums of the layer `name` for the activations below it, before squashing."""
        if name == "F6":
            x = x.flatten(1)  # [N, 120, 1, 1] -> [N, 120]
        sums: Tensor = self.get_submodule(name)(x)
        return sums

    @abstractmethod
    def squashed(self, name: str, sums: Tensor) -> Tensor:
        """The activations of the layer `name` from its sums."""

    def as_arrays(self) -> dict[str, Floats]:
        """Its trainable parameters by name, for `net.array_network`.

        Views of its memory, where that is the CPU's and contiguous.
        """
        named = self.named_parameters()
        return {name: one.detach().cpu().contiguous().numpy() for name, one in named}

    def _settle(self) -> None:
        """Checks the stored parameters against the audit, layer by layer."""
        for layer in audit(self.variant).layers:
            stored = sum(p.numel() for p in self.get_submodule(layer.name).parameters())
            assert stored == layer.parameters, layer.name  # noqa: S101


class OriginalLeNet5(LeNet5):
    """The network of 1998: trainable subsampling, Table I, f after C1 to F6, RBF output."""

    variant = Variant.ORIGINAL

    def __init__(self) -> None:
        super().__init__()
        # [N, 1, 32, 32], background -0.1, ink 1.175
        self.C1 = Convolution(1, 6, 5)  # [N, 6, 28, 28]
        self.S2 = Subsampling(6)  # [N, 6, 14, 14]
        self.C3 = SparseC3()  # [N, 16, 10, 10]
        self.S4 = Subsampling(16)  # [N, 16, 5, 5]
        self.C5 = Convolution(16, 120, 5)  # [N, 120, 1, 1]
        self.F6 = nn.Linear(120, 84)  # [N, 84]
        self.output = RbfOutput()  # [N, 10], distances
        self._settle()

    def squashed(self, name: str, sums: Tensor) -> Tensor:  # noqa: ARG002
        """Eq. 6 after C1 to F6; the output has none."""
        return squash(sums)

    def scores(self, output: Tensor) -> Tensor:
        """The smallest distance wins."""
        return -output


class ModernLeNet5(LeNet5):
    """A member of the Modern's family: pooling, full C3, one squashing function, ten linear units.

    Args:
        form: which member; by default the README's network: average pooling, tanh, inputs 0..1.
    """

    variant = Variant.MODERN

    def __init__(self, form: ModernForm = README_FORM) -> None:
        super().__init__()
        self.form = form
        self._squash = OF_FORM[form.squashing]
        pooling = MaxPooling if form.pooling is Pooling.MAX else AveragePooling
        # [N, 1, 32, 32], background and ink as `form.input_range`; the README's 0 and 1
        self.C1 = Convolution(1, 6, 5)  # [N, 6, 28, 28]
        self.S2 = pooling()  # [N, 6, 14, 14]
        self.C3 = Convolution(6, 16, 5)  # [N, 16, 10, 10]
        self.S4 = pooling()  # [N, 16, 5, 5]
        self.C5 = Convolution(16, 120, 5)  # [N, 120, 1, 1]
        self.F6 = nn.Linear(120, 84)  # [N, 84]
        self.output = nn.Linear(84, 10)  # [N, 10], logits
        self._settle()

    def squashed(self, name: str, sums: Tensor) -> Tensor:
        """The form's squashing function after C1, C3, C5 and F6."""
        return sums if name in POOLING_LAYERS else self._squash(sums)

    def scores(self, output: Tensor) -> Tensor:
        """The largest logit wins."""
        return output


def build(
    variant: Variant,
    generator: torch.Generator | None = None,
    initial: InitialWeights = InitialWeights.PAPER,
    form: ModernForm = README_FORM,
) -> LeNet5:
    """A network with fresh weights, the same for the same state of `generator` (on the CPU)."""
    network: LeNet5 = OriginalLeNet5() if variant is Variant.ORIGINAL else ModernLeNet5(form)
    draw_initial_weights(network, initial, generator)
    return network
