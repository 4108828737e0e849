"""The audit against the figures of the paper and the README, and against the built networks."""

import pytest

from lenet_gui.net.architecture import DIGITS, INPUT_SIDE, TABLE_I, Variant
from lenet_gui.net.audit import audit
from lenet_gui.net.codes import CODES
from lenet_gui.net.lenet5 import build

PRINTED = {
    Variant.ORIGINAL: {
        "C1": (156, 122_304),
        "S2": (12, 5_880),
        "C3": (1_516, 151_600),
        "S4": (32, 2_000),
        "C5": (48_120, 48_120),
        "F6": (10_164, 10_164),
        "output": (0, 840),
    },
    Variant.MODERN: {
        "C1": (156, 122_304),
        "S2": (0, 4_704),
        "C3": (2_416, 241_600),
        "S4": (0, 1_600),
        "C5": (48_120, 48_120),
        "F6": (10_164, 10_164),
        "output": (850, 850),
    },
}


@pytest.mark.parametrize("variant", Variant)
def test_every_layer_has_the_printed_parameters_and_connections(variant: Variant) -> None:
    counted = {row.name: (row.parameters, row.connections) for row in audit(variant).layers}
    assert counted == PRINTED[variant]


def test_totals() -> None:
    original, modern = audit(Variant.ORIGINAL), audit(Variant.MODERN)
    assert (original.parameters, original.connections) == (60_000, 340_908)
    assert (modern.parameters, modern.connections) == (61_706, 429_342)
    assert (original.seed_connections, modern.seed_connections) == (None, 229_342)


@pytest.mark.parametrize("variant", Variant)
def test_the_parameters_stored_are_the_parameters_counted(variant: Variant) -> None:
    network = build(variant)
    stored = {
        name: sum(p.numel() for p in layer.parameters()) for name, layer in network.named_children()
    }
    assert stored == {row.name: row.parameters for row in audit(variant).layers}


@pytest.mark.parametrize("variant", Variant)
def test_connections_counted_unit_by_unit(variant: Variant) -> None:
    """A second way: walk over the units and count the wires that end in each."""
    original = variant is Variant.ORIGINAL
    wires = dict.fromkeys(("C1", "S2", "C3", "S4", "C5", "F6", "output"), 0)
    for _unit in range(6 * 28 * 28):
        wires["C1"] += 25 + 1
    for _unit in range(6 * 14 * 14):
        wires["S2"] += 4 + original
    for c3_map in range(16):
        feeding = len(TABLE_I[c3_map]) if original else 6
        for _unit in range(10 * 10):
            wires["C3"] += feeding * 25 + 1
    for _unit in range(16 * 5 * 5):
        wires["S4"] += 4 + original
    for _unit in range(120):
        wires["C5"] += 16 * 25 + 1
    for _unit in range(84):
        wires["F6"] += 120 + 1
    for _unit in range(DIGITS):
        wires["output"] += 84 if original else 84 + 1
    assert wires == {row.name: row.connections for row in audit(variant).layers}


@pytest.mark.parametrize("variant", Variant)
def test_sizes_and_receptive_fields_follow_from_the_geometry(variant: Variant) -> None:
    side, field, step = INPUT_SIDE, 1, 1
    for row in audit(variant).layers[:5]:
        if row.name in {"S2", "S4"}:
            side, field, step = side // 2, field + step, step * 2
        else:
            side, field = side - 4, field + 4 * step
        assert (row.height, row.width, row.receptive_field) == (side, side, field), row.name


def test_table_i_by_its_rule() -> None:
    """II-B: six maps of 3 neighbours, six of 4, three of 4 with a gap, one of all; in cycles."""
    for i in range(6):
        assert set(TABLE_I[i]) == {i % 6, (i + 1) % 6, (i + 2) % 6}
        assert set(TABLE_I[6 + i]) == {(i + k) % 6 for k in range(4)}
    for i, row in enumerate(TABLE_I[12:15]):
        pairs = {0: {0, 1, 3, 4}, 1: {1, 2, 4, 5}, 2: {0, 2, 3, 5}}
        assert set(row) == pairs[i]
    assert set(TABLE_I[15]) == set(range(6))
    assert sum(len(row) for row in TABLE_I) == 60


def test_hamming_distances_of_the_codes() -> None:
    def apart(a: int, b: int) -> int:
        return sum(x != y for x, y in zip(CODES[a], CODES[b], strict=True))

    assert apart(6, 8) == 12
    assert apart(0, 4) == apart(8, 9) == 18
    assert apart(1, 4) == apart(1, 8) == apart(4, 7) == 50
    every = [apart(a, b) for a in range(10) for b in range(a)]
    assert (min(every), max(every)) == (12, 50)
    assert all(len(code) == 84 and set(code) == {1, -1} for code in CODES)
