"""The step sizes of a pass of SDLM, counted in bins of a logarithmic axis, by layer. No torch."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lenet_gui.training.events import StepSizes

PAPER_FIRST_PASS = (7e-5, 0.016)
"""The approximate range of the paper's eps_k in its first pass (App. C)."""

BINS_A_DECADE = 10

_ROUNDING = 1e-5
"""The share by which a size may exceed the ceiling: single precision, a few operations."""


@dataclass(frozen=True)
class StepSizeHistogram:
    """What is kept of an epoch's step sizes: counts, not the 60,000 sizes themselves.

    Bin i lies between edges[i] and edges[i + 1], the same for every layer. The edges are a tenth of
    a power of ten apart, and the ceiling is one of them, so that no bin extends beyond it. A size
    that is 0 or not finite has no place on a logarithmic axis and is counted in
    `without_place`.
    """

    epoch: int  # 1 .. epochs; the measurement came before it
    eta: float
    mu: float
    digits: int  # on which the curvatures were measured
    smallest: float
    largest: float
    edges: NDArray[np.float64] = field(compare=False)  # [bins + 1], increasing, above 0
    counts: Mapping[str, tuple[int, ...]]  # by layer, one per bin
    without_place: int = 0
    measures: int = 1  # how often the epoch measures; the event has the first

    @property
    def ceiling(self) -> float:
        """The step size eta / mu of a weight without curvature."""
        return self.eta / self.mu

    @property
    def weights(self) -> int:
        """The number of step sizes."""
        return sum(map(sum, self.counts.values())) + self.without_place


def histogram_of(event: StepSizes, measures: int = 1) -> StepSizeHistogram:
    """Counts the step sizes of an event, the first of `measures` in its epoch."""
    ceiling = event.eta / event.mu
    placed = {layer: _with_place(sizes, ceiling) for layer, sizes in event.by_layer.items()}
    everything = np.concatenate([*placed.values(), np.empty(0)])
    edges = _edges_around(everything if len(everything) else np.array([ceiling]), ceiling)
    return StepSizeHistogram(
        epoch=event.epoch,
        eta=event.eta,
        mu=event.mu,
        digits=event.digits,
        smallest=event.smallest,
        largest=event.largest,
        edges=edges,
        counts={
            layer: tuple(np.histogram(sizes, edges)[0].tolist()) for layer, sizes in placed.items()
        },
        without_place=sum(len(sizes) for sizes in event.by_layer.values()) - len(everything),
        measures=measures,
    )


def as_rows(passes: Sequence[StepSizeHistogram]) -> Iterator[tuple[str | float, ...]]:
    """Every bin of every pass that is not empty, under a line with the names of the columns."""
    yield "epoch", "eta", "mu", "layer", "from", "to", "weights"
    for one in passes:
        for layer, counts in one.counts.items():
            for place, count in enumerate(counts):
                if count:
                    low, high = one.edges[place : place + 2]
                    yield one.epoch, one.eta, one.mu, layer, f"{low:.6g}", f"{high:.6g}", count


def _with_place(sizes: NDArray[np.float32], ceiling: float) -> NDArray[np.float64]:
    """The sizes that are above 0 and finite; those rounded above the ceiling are put on it."""
    exact = sizes.astype(np.float64)
    exact = exact[np.isfinite(exact) & (exact > 0)]
    return np.where((exact > ceiling) & (exact < ceiling * (1 + _ROUNDING)), ceiling, exact)


def _edges_around(sizes: NDArray[np.float64], ceiling: float) -> NDArray[np.float64]:
    """The edges of as few bins as hold all sizes, at least one bin."""
    first = int(np.floor(BINS_A_DECADE * np.log10(sizes.min() / ceiling))) - 1
    last = int(np.ceil(BINS_A_DECADE * np.log10(sizes.max() / ceiling))) + 1
    edges = ceiling * 10.0 ** (np.arange(first, last + 1) / BINS_A_DECADE)
    # Logarithms are rounded: the outermost edge that is needed is found by the edges themselves.
    end = int(np.searchsorted(edges, sizes.max(), side="left"))
    begin = min(int(np.searchsorted(edges, sizes.min(), side="right")), end) - 1
    return np.array(edges[begin : end + 1])
