"""Goes through a set once and keeps, for every map of every layer, what excites it most."""

from collections.abc import Callable

import torch

from lenet_gui.data.digits import Digits
from lenet_gui.data.input_range import to_input
from lenet_gui.explore.exciting import ExcitingDigits
from lenet_gui.net.architecture import FEATURE_LAYERS, INPUT_RANGE
from lenet_gui.net.lenet5 import ForwardPass, LeNet5

MOST = 9
OUTPUT = "output"


def exciting_digits(
    network: LeNet5,
    digits: Digits,
    progress: Callable[[int, int], None] | None = None,
    batch_size: int = 250,
) -> ExcitingDigits:
    """The nine digits of a set that excite each map most, of all layers in one pass.

    A digit excites a map as much as it excites the unit of the map that it excites most; of two
    that do so equally the earlier one comes first. A unit of C5 or F6 counts as a map, and one of
    the output is excited by a small distance, or a large logit.

    Args:
        network: either variant; it must not change meanwhile.
        digits: may be fewer than nine.
        progress: told the digits seen and wanted before each batch and at the end; what it raises
            ends the work.
        batch_size: digits in one forward pass.
    """
    kept: dict[str, _Strongest] = {}
    widths: dict[str, int] = {}
    paper, ink = INPUT_RANGE[network.variant]
    device = next(network.parameters()).device
    for first in range(0, len(digits), batch_size):
        if progress is not None:
            progress(first, len(digits))
        some = digits.images[first : first + batch_size]
        with torch.inference_mode():
            passed = network(to_input(some, paper, ink).to(device))
            for layer, units in _layers(network, passed):
                widths[layer] = units.shape[-1]
                strongest, places = units.flatten(2).max(dim=2)
                numbers = torch.arange(first, first + len(some), device=device)
                new = _Strongest(strongest, numbers[:, None].expand_as(strongest), places)
                kept[layer] = new.best() if layer not in kept else kept[layer].with_new(new)
    if progress is not None:
        progress(len(digits), len(digits))
    return ExcitingDigits(
        {layer: each.numbers.T.cpu().numpy() for layer, each in kept.items()},
        {layer: each.values.T.cpu().numpy() for layer, each in kept.items()},
        {layer: each.places.T.cpu().numpy() for layer, each in kept.items()},
        widths,
    )


def _layers(network: LeNet5, passed: ForwardPass) -> list[tuple[str, torch.Tensor]]:
    """The activations by layer, each [N, maps, rows, columns]."""
    layers = [(name, passed.activations[name]) for name in FEATURE_LAYERS]
    layers.append((OUTPUT, network.scores(passed.output)))
    return [(name, x if x.ndim == 4 else x[:, :, None, None]) for name, x in layers]


class _Strongest:
    """Values, digits' numbers and units' places, each [digits, maps]."""

    def __init__(self, values: torch.Tensor, numbers: torch.Tensor, places: torch.Tensor) -> None:
        self.values, self.numbers, self.places = values, numbers, places

    def best(self) -> "_Strongest":
        """The nine of each map with the largest values, the earlier first where equal."""
        values, order = torch.sort(self.values, dim=0, descending=True, stable=True)
        order = order[:MOST]
        return _Strongest(
            values[:MOST], self.numbers.gather(0, order), self.places.gather(0, order)
        )

    def with_new(self, new: "_Strongest") -> "_Strongest":
        """The best of these and of later digits."""
        return _Strongest(
            torch.cat([self.values, new.values]),
            torch.cat([self.numbers, new.numbers]),
            torch.cat([self.places, new.places]),
        ).best()
