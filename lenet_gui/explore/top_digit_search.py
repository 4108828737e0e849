"""Goes through a set once and keeps, for every map of every layer, what activates it most."""

from collections.abc import Callable

import torch

from lenet_gui.data.digits import Digits
from lenet_gui.data.input_range import to_input
from lenet_gui.explore.top_digits import TopDigitsOfSet
from lenet_gui.net.layers import FEATURE_LAYERS, OUTPUT
from lenet_gui.net.lenet5 import LeNet5
from lenet_gui.net.network import ForwardPass

MOST = 9


def search_top_digits(
    network: LeNet5,
    digits: Digits,
    progress: Callable[[int, int], None] | None = None,
    batch_size: int = 250,
) -> TopDigitsOfSet:
    """The nine digits of a set that activate each map most, of all layers in one pass.

    A digit activates a map as much as it activates the unit of the map that it activates most; of
    two that do so equally, the earlier one comes first. The sums before squashing are compared:
    they have the order of the activations, many of which are saturated. A unit of
    C5 or F6 counts as a map; one of the output is activated by a small distance, or a large logit.

    Args:
        network: either variant; it must not change meanwhile.
        digits: may be fewer than nine.
        progress: called with the digits read and of all, before each batch and at the end; what it
            raises ends the work.
        batch_size: digits in one forward pass.
    """
    kept: dict[str, _Strongest] = {}
    widths: dict[str, int] = {}
    device = next(network.parameters()).device
    for first in range(0, len(digits), batch_size):
        if progress is not None:
            progress(first, len(digits))
        some = digits.images[first : first + batch_size]
        with torch.inference_mode():
            passed = network(to_input(some, *network.kind.input_values).to(device), with_sums=True)
            for layer, sums, units in _layers(network, passed):
                widths[layer] = units.shape[-1]
                strongest, places = sums.flatten(2).max(dim=2)
                values = units.flatten(2).gather(2, places[:, :, None])[:, :, 0]
                numbers = torch.arange(first, first + len(some), device=device)
                numbers = numbers[:, None].expand_as(strongest)
                new = _Strongest(strongest, values, numbers, places)
                kept[layer] = new.best() if layer not in kept else kept[layer].with_new(new)
    if progress is not None:
        progress(len(digits), len(digits))
    return TopDigitsOfSet(
        {layer: each.numbers.T.cpu().numpy() for layer, each in kept.items()},
        {layer: each.values.T.cpu().numpy() for layer, each in kept.items()},
        {layer: each.sums.T.cpu().numpy() for layer, each in kept.items()},
        {layer: each.places.T.cpu().numpy() for layer, each in kept.items()},
        widths,
    )


def _layers(network: LeNet5, passed: ForwardPass) -> list[tuple[str, torch.Tensor, torch.Tensor]]:
    """The sums and the activations by layer, each [N, maps, rows, columns]."""
    layers = [(name, passed.sums[name], passed.activations[name]) for name in FEATURE_LAYERS]
    scores = network.scores(passed.output)
    layers.append((OUTPUT, scores, scores))
    return [(name, _as_maps(sums), _as_maps(units)) for name, sums, units in layers]


def _as_maps(x: torch.Tensor) -> torch.Tensor:
    return x if x.ndim == 4 else x[:, :, None, None]


class _Strongest:
    """Sums, activations, digits' numbers and units' places, each [digits, maps]."""

    def __init__(
        self,
        sums: torch.Tensor,
        values: torch.Tensor,
        numbers: torch.Tensor,
        places: torch.Tensor,
    ) -> None:
        self.sums, self.values, self.numbers, self.places = sums, values, numbers, places

    def best(self) -> "_Strongest":
        """The nine of each map with the largest sums, the earlier first if equal."""
        sums, order = torch.sort(self.sums, dim=0, descending=True, stable=True)
        order = order[:MOST]
        return _Strongest(
            sums[:MOST],
            self.values.gather(0, order),
            self.numbers.gather(0, order),
            self.places.gather(0, order),
        )

    def with_new(self, new: "_Strongest") -> "_Strongest":
        """The best of these and of later digits."""
        return _Strongest(
            torch.cat([self.sums, new.sums]),
            torch.cat([self.values, new.values]),
            torch.cat([self.numbers, new.numbers]),
            torch.cat([self.places, new.places]),
        ).best()
