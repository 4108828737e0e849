"""The parameters and connections of every layer, counted from its definition. No torch.

Section II-B of the paper for the Original; the PyTorch LeNet-5 README that the Modern follows for
the Modern. Everything here is computed from the layers' geometry, not copied from a table.
"""

from dataclasses import dataclass, replace
from functools import cache

from lenet_gui.net.architecture import KERNEL_SIDE, Variant
from lenet_gui.net.layers import GEOMETRY, OUTPUT, feeding_maps, layer_below
from lenet_gui.net.modern_form import README_FORM, ModernForm, Pooling
from lenet_gui.net.receptive_field import receptive_field


@dataclass(frozen=True)
class LayerFacts:
    """One row of the audit.

    `receptive_field` is the side, in input pixels, of the square that one unit sees. The README's
    figures are given only where they differ from the right ones.
    """

    name: str
    role: str
    maps: int
    height: int
    width: int
    receptive_field: int
    parameters: int
    connections: int
    seed_connections: int | None = None
    remark: str = ""


@dataclass(frozen=True)
class Audit:
    """Parameters and connections of a variant, layer by layer and in total."""

    variant: Variant
    layers: tuple[LayerFacts, ...]
    seed_connections: int | None = None

    @property
    def parameters(self) -> int:
        """Trainable parameters of the whole network."""
        return sum(layer.parameters for layer in self.layers)

    @property
    def connections(self) -> int:
        """Connections of the whole network, biases counted."""
        return sum(layer.connections for layer in self.layers)


@cache
def audit(variant: Variant, form: ModernForm = README_FORM) -> Audit:
    """Counts the parameters and connections of every layer from its definition.

    All members of the Modern's family have as many; `form` gives the layers their roles.
    """
    original = variant is Variant.ORIGINAL
    tied = "Table I" if original else "all maps"
    pooling = None if original else form.pooling
    remark = "" if original else "The README counts without the 6 input maps."
    c3 = replace(
        _convolution("C3", f"5x5 convolution, {tied}", variant),
        seed_connections=None if original else 41_600,
        remark=remark,
    )
    layers = (
        _convolution("C1", "5x5 convolution", variant),
        _subsampling("S2", pooling),
        c3,
        _subsampling("S4", pooling),
        _convolution("C5", "5x5 convolution", variant),
        _full("F6", "full connection"),
        _codes(OUTPUT, "Euclidean RBF, fixed codes")
        if original
        else _full(OUTPUT, "linear, softmax"),
    )
    return Audit(variant, layers, None if original else 229_342)


def _convolution(name: str, role: str, variant: Variant) -> LayerFacts:
    """A kernel for each map that feeds a map, and a bias; every unit uses all of them."""
    geometry = GEOMETRY[name]
    kernels = sum(len(feeding_maps(variant, name, number)) for number in range(geometry.maps))
    parameters = kernels * KERNEL_SIDE**2 + geometry.maps
    return _facts(name, role, parameters, parameters * geometry.side**2)


def _subsampling(name: str, pooling: Pooling | None) -> LayerFacts:
    """Four inputs for each unit; a coefficient and a bias for each map where nothing is pooled."""
    geometry = GEOMETRY[name]
    if pooling is None:
        return _facts(name, "2x2 sum, coefficient, bias", 2 * geometry.maps, geometry.units * 5)
    return _facts(name, _POOLED[pooling], 0, geometry.units * 4)


_POOLED = {Pooling.AVERAGE: "2x2 average", Pooling.MAX: "2x2 maximum"}


def _full(name: str, role: str) -> LayerFacts:
    """A weight for each unit below, and a bias."""
    weights = GEOMETRY[name].units * (GEOMETRY[layer_below(name)].units + 1)
    return _facts(name, role, weights, weights)


def _codes(name: str, role: str) -> LayerFacts:
    """A pixel of a fixed code for each unit below."""
    return _facts(name, role, 0, GEOMETRY[name].units * GEOMETRY[layer_below(name)].units)


def _facts(name: str, role: str, parameters: int, connections: int) -> LayerFacts:
    geometry, field = GEOMETRY[name], receptive_field(name).side
    side = geometry.side
    return LayerFacts(name, role, geometry.maps, side, side, field, parameters, connections)
