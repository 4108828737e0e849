"""Receptive fields against gradients: the input pixels that move a unit, and no others."""

import pytest
import torch

from lenet_gui.net.architecture import InitialWeights, Variant
from lenet_gui.net.audit import audit
from lenet_gui.net.lenet5 import build
from lenet_gui.net.receptive_field import fed_by, receptive_field

UNITS = {
    "C1": [(0, 0), (27, 27), (3, 20)],
    "S2": [(0, 0), (13, 13), (5, 2)],
    "C3": [(0, 0), (9, 9), (4, 7)],
    "S4": [(0, 0), (4, 4), (1, 3)],
    "C5": [(0, 0)],
}


@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize("layer", UNITS)
def test_the_field_is_where_the_gradient_is(variant: Variant, layer: str) -> None:
    generator = torch.Generator().manual_seed(5)
    network = build(variant, generator, InitialWeights.INVERSE_SQRT)
    side = {facts.name: facts.receptive_field for facts in audit(variant).layers}[layer]
    for row, column in UNITS[layer]:
        x = torch.rand(1, 1, 32, 32, generator=generator).requires_grad_()
        maps = network(x, with_sums=True).sums[layer][0]
        maps[:, row, column].square().sum().backward()
        touched = torch.nonzero(x.grad[0, 0])
        field = receptive_field(layer, row, column)
        (top, left), (bottom, right) = touched.amin(0).tolist(), touched.amax(0).tolist()
        assert (field.top, field.left, field.bottom - 1, field.right - 1) == (
            top,
            left,
            bottom,
            right,
        )
        assert field.side == side


def test_what_feeds_a_unit_lies_in_the_layer_below() -> None:
    assert fed_by("C1", 3, 4) == receptive_field("C1", 3, 4)
    assert (fed_by("S2", 3, 4).top, fed_by("S2", 3, 4).right) == (6, 10)
    assert fed_by("C3", 9, 9).bottom == 14
    assert fed_by("S4", 4, 0).rows == slice(8, 10)
    assert fed_by("C5", 0, 0).columns == slice(0, 5)


def test_f6_and_the_output_see_everything() -> None:
    for layer in ("C5", "F6", "output"):
        assert receptive_field(layer).side == 32


@pytest.mark.parametrize("unit", [("C1", 28, 0), ("S4", 0, -1), ("F7", 0, 0), ("C5", 1, 0)])
def test_units_that_do_not_exist_are_refused(unit: tuple[str, int, int]) -> None:
    for function in (fed_by, receptive_field):
        with pytest.raises(ValueError, match="no unit"):
            function(*unit)
