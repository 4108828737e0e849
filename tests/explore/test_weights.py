"""The weights in pictures: every parameter once and in its place, and Table I's connections."""

import math
from collections import Counter

import numpy as np
import pytest
import torch

from lenet_gui.explore.weights import Kind, Part, state_of, weight_pictures
from lenet_gui.net.architecture import TABLE_I, Variant
from lenet_gui.net.audit import audit
from lenet_gui.net.layers import fed_maps, feeding_maps
from lenet_gui.net.lenet5 import LeNet5, build
from lenet_gui.training.snapshot import put_weights, snapshot


@pytest.fixture(params=list(Variant))
def numbered(request: pytest.FixtureRequest) -> LeNet5:
    """A network whose weights are 0, 1, 2 ...: every one differs from every other."""
    network = build(request.param)
    first = 0
    with torch.no_grad():
        for parameter in network.parameters():
            numbers = torch.arange(first, first + parameter.numel(), dtype=torch.float32)
            parameter.copy_(numbers.view_as(parameter))
            first += parameter.numel()
    return network


def part_of(network: LeNet5, name: str) -> Part:
    return next(part for part in weight_pictures(network).parts if part.name == name)


def test_every_parameter_is_shown_exactly_once(numbered: LeNet5) -> None:
    pictures = weight_pictures(numbered)
    shown = Counter(np.concatenate([part.values.ravel() for part in pictures.parts]).tolist())
    there = Counter(torch.cat([p.detach().flatten() for p in numbered.parameters()]).tolist())
    assert shown == there
    assert set(shown.values()) == {1}
    assert pictures.count == len(shown) == {"original": 60_000, "modern": 61_706}[numbered.variant]


def test_a_part_is_one_parameter_in_its_own_order(numbered: LeNet5) -> None:
    parameters = dict(numbered.named_parameters())
    parts = weight_pictures(numbered).parts
    assert [part.parameter for part in parts] == list(parameters)
    for part in parts:
        flat = parameters[part.parameter].detach().flatten().numpy()
        assert part.count == flat.size == math.prod(part.values.shape)
        assert part.parameter.startswith(part.layer)
        for index in {0, part.count // 3, part.count - 1}:
            picture, row, column = part.cell_of(index)
            assert part.value(index) == part.values[picture, row, column] == flat[index]
            assert part.index_of(picture, row, column) == index
            piece, row, column = part.in_piece(index)
            assert part.pieces[piece, row, column] == flat[index]
            assert part.first_of(piece) + row * part.piece[1] + column == index


def test_the_parts_of_a_layer_have_the_parameters_of_the_audit(numbered: LeNet5) -> None:
    pictures = weight_pictures(numbered)
    for facts in audit(numbered.variant).layers:
        assert sum(part.count for _, part in pictures.of_layer(facts.name)) == facts.parameters


def test_the_kernels_of_c3_lie_where_table_1_has_them(numbered: LeNet5) -> None:
    kernels = part_of(numbered, "C3 kernels")
    assert kernels.grid == (6, 16)
    connected = set(kernels.places)
    assert len(connected) == len(kernels.places) == len(kernels.values)
    for c3_map in range(16):
        for s2_map in range(6):
            wanted = numbered.variant is Variant.MODERN or s2_map in TABLE_I[c3_map]
            assert ((s2_map, c3_map) in connected) is wanted
    dense = (
        numbered.C3.dense_weight()
        if numbered.variant is Variant.ORIGINAL
        else numbered.get_submodule("C3").weight
    )
    for kernel, (s2_map, c3_map) in zip(kernels.values, kernels.places, strict=True):
        np.testing.assert_array_equal(kernel, dense[c3_map, s2_map].detach().numpy())


def test_the_lines_and_pieces_of_the_matrices_are_the_units(numbered: LeNet5) -> None:
    c5, f6 = part_of(numbered, "C5 weights"), part_of(numbered, "F6 weights")
    own = numbered.get_submodule("C5").weight.detach().numpy()
    np.testing.assert_array_equal(c5.values[0, 17, 3 * 25 : 4 * 25], own[17, 3].ravel())
    np.testing.assert_array_equal(c5.pieces[17 * 16 + 3], own[17, 3])
    own = numbered.get_submodule("F6").weight.detach().numpy()
    np.testing.assert_array_equal(f6.values[0, 83], own[83])
    np.testing.assert_array_equal(f6.pieces[83].ravel(), own[83])
    if numbered.variant is Variant.MODERN:
        own = numbered.get_submodule("output").weight.detach().numpy()
        output = part_of(numbered, "output weights")
        np.testing.assert_array_equal(output.values[4].ravel(), own[4])


def test_relations_go_both_ways_as_table_1_says() -> None:
    assert feeding_maps(Variant.ORIGINAL, "C3", 7) == (1, 2, 3, 4)
    assert feeding_maps(Variant.ORIGINAL, "C3", 10) == (4, 5, 0, 1)
    for c3_map, row in enumerate(TABLE_I):
        assert set(feeding_maps(Variant.ORIGINAL, "C3", c3_map)) == set(row)
        for s2_map in range(6):
            assert (c3_map in fed_maps(Variant.ORIGINAL, "S2", s2_map)) is (s2_map in row)
    assert {len(fed_maps(Variant.ORIGINAL, "S2", s2_map)) for s2_map in range(6)} == {10}
    assert feeding_maps(Variant.MODERN, "C3", 7) == tuple(range(6))
    assert fed_maps(Variant.MODERN, "S2", 5) == tuple(range(16))


def test_limits_are_the_largest_size_of_each_layer(numbered: LeNet5) -> None:
    with torch.no_grad():
        numbered.get_submodule("C1").weight[2, 0, 1, 1] = -1e6
        numbered.get_submodule("F6").bias[3] = float("nan")
        numbered.get_submodule("C5").weight.zero_()
        numbered.get_submodule("C5").bias.zero_()
    limits = weight_pictures(numbered).limits
    assert limits["C1"] == 1e6
    assert limits["C5"] == 0.0
    assert limits["F6"] == float(numbered.get_submodule("F6").bias[-1].detach())
    trained = {facts.name for facts in audit(numbered.variant).layers if facts.parameters}
    assert set(limits) == trained


def test_pictures_stay_what_they_were_while_the_network_learns(numbered: LeNet5) -> None:
    before = weight_pictures(numbered)
    state = state_of(numbered)
    assert state_of(numbered) == state
    newer = {name: weights + 1 for name, weights in snapshot(numbered).items()}
    put_weights(numbered, newer)
    assert state_of(numbered) != state
    assert before.parts[0].value(0) == 0.0
    assert weight_pictures(numbered).parts[0].value(0) == 1.0
    with pytest.raises(ValueError, match="read-only"):
        before.parts[0].values[0, 0, 0] = 5


def test_one_changed_weight_changes_the_state(numbered: LeNet5) -> None:
    for parameter in numbered.parameters():
        state = state_of(numbered)
        with torch.no_grad():
            parameter.view(-1)[-1] += 1
        assert state_of(numbered) != state


def test_subsampling_has_weights_in_the_original_alone(numbered: LeNet5) -> None:
    kinds = {(part.layer, part.kind) for part in weight_pictures(numbered).parts}
    original = numbered.variant is Variant.ORIGINAL
    for layer in ("S2", "S4"):
        assert ((layer, Kind.COEFFICIENTS) in kinds) is original
        assert ((layer, Kind.BIASES) in kinds) is original
    assert (("output", Kind.WEIGHTS) in kinds) is not original
