"""The members of the Modern's family: their inputs, and what a weights file says of them."""

from itertools import product

import numpy as np
import pytest

from lenet_gui.net.modern_form import (
    README_FORM,
    Border,
    InputScale,
    ModernForm,
    Pooling,
    Squashing,
    form_of,
)


def test_the_facts_of_every_member_give_it_back() -> None:
    forms = [ModernForm(*one) for one in product(Squashing, Pooling, InputScale, Border)]
    assert len({tuple(sorted(form.facts().items())) for form in forms}) == len(forms)
    assert [form_of(form.facts()) for form in forms] == forms
    assert README_FORM.facts() == {}


@pytest.mark.parametrize(
    ("inputs", "ends"),
    [("0..1", (0, 1)), ("-1..1", (-1, 1)), ("normalised", (-0.424213, 2.821487))],
)
def test_paper_and_ink_of_the_usual_inputs(inputs: str, ends: tuple[float, float]) -> None:
    form = ModernForm(inputs=InputScale(inputs))
    np.testing.assert_allclose(form.input_range, ends, atol=1e-6)
    assert form.border_value == form.input_range[0]
    assert ModernForm(inputs=InputScale(inputs), border=Border.ZERO).border_value == 0


def test_an_unknown_entry_is_named() -> None:
    with pytest.raises(ValueError, match=r'the squashing "gelu", .* tanh, relu, sigmoid'):
        form_of({"squashing": "gelu"})
