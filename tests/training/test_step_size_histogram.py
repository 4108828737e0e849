"""The histogram of step sizes against counting by hand, one size after the other."""

import math

import numpy as np
import pytest

from lenet_gui.training.events import StepSizes
from lenet_gui.training.step_size_histogram import as_rows, histogram_of

LAYERS = {"C1": 156, "S2": 12, "C3": 1516, "S4": 32, "C5": 48_120, "F6": 10_164}


def sizes_of(by_layer: dict[str, np.ndarray], epoch: int = 1) -> StepSizes:
    return StepSizes(epoch=epoch, eta=0.0001, mu=0.02, digits=500, by_layer=by_layer)


@pytest.fixture
def event() -> StepSizes:
    """Sizes as curvatures over six decades give them."""
    draw = np.random.default_rng(5)
    return sizes_of(
        {
            layer: (0.0001 / (0.02 + 10 ** draw.uniform(-4, 2, count))).astype(np.float32)
            for layer, count in LAYERS.items()
        }
    )


def test_every_weight_is_counted_once_in_its_layer(event: StepSizes) -> None:
    found = histogram_of(event)
    assert {layer: sum(counts) for layer, counts in found.counts.items()} == LAYERS
    assert found.weights == 60_000
    assert found.without_place == 0
    assert (found.smallest, found.largest) == (event.smallest, event.largest)
    assert found.ceiling == pytest.approx(0.005)
    assert (found.epoch, found.eta, found.mu, found.digits) == (1, 0.0001, 0.02, 500)


def test_the_edges_cover_all_sizes_and_no_more(event: StepSizes) -> None:
    edges = histogram_of(event).edges
    assert edges[0] <= event.smallest < edges[1]
    assert edges[-2] < event.largest <= edges[-1] * 1.000001
    assert edges[-1] == pytest.approx(0.005, rel=1e-12)  # the ceiling, and nothing above it
    np.testing.assert_allclose(np.diff(np.log10(edges)), 0.1, atol=1e-12)


def test_counts_are_those_of_a_loop(event: StepSizes) -> None:
    found = histogram_of(event)
    for layer in ("C1", "S2", "S4"):
        counts = [0] * (len(found.edges) - 1)
        for size in event.by_layer[layer].tolist():
            below_ceiling = max(0, math.ceil(10 * math.log10(0.005 / size)))
            counts[len(counts) - max(1, below_ceiling)] += 1
        assert list(found.counts[layer]) == counts


def test_sizes_upon_an_edge_and_all_alike_are_counted() -> None:
    upon = np.array([5e-6, 5e-5, 5e-4, 5e-3], dtype=np.float32)
    found = histogram_of(sizes_of({"C1": upon}))
    assert sum(found.counts["C1"]) == 4
    above = histogram_of(sizes_of({"C1": np.array([0.001, 0.02], np.float32)}))
    assert sum(above.counts["C1"]) == 2
    assert above.edges[-2] < 0.02 <= above.edges[-1]
    alike = histogram_of(sizes_of({"C1": np.full(7, 0.005, np.float32)}))
    assert alike.counts["C1"] == (7,)
    assert alike.edges[0] < 0.005 <= alike.edges[1] * 1.000001


def test_sizes_without_a_place_are_counted_apart() -> None:
    odd = np.array([0.0, np.nan, np.inf, 0.001], dtype=np.float32)
    found = histogram_of(sizes_of({"C1": odd, "S2": np.zeros(2, np.float32)}))
    assert sum(found.counts["C1"]) == 1
    assert sum(found.counts["S2"]) == 0
    assert found.without_place == 5
    assert found.weights == 6
    nothing = histogram_of(sizes_of({"C1": np.zeros(2, np.float32)}))
    assert nothing.weights == nothing.without_place == 2


def test_the_table_has_every_weight_of_every_pass(event: StepSizes) -> None:
    second = sizes_of({"C1": np.full(7, 0.005, np.float32)}, epoch=2)
    head, *lines = as_rows([histogram_of(event), histogram_of(second)])
    rows = [dict(zip(head, map(str, line), strict=True)) for line in lines]
    for layer, count in LAYERS.items():
        of_layer = [row for row in rows if row["layer"] == layer and row["epoch"] == "1"]
        assert sum(int(row["weights"]) for row in of_layer) == count
    (last,) = [row for row in rows if row["epoch"] == "2"]
    assert last["weights"] == "7"
    assert float(last["from"]) <= 0.005 <= float(last["to"])
