"""Every network has a name that says what it is."""

from dataclasses import astuple, replace
from itertools import product

import pytest

from lenet_gui.net.architecture import Architecture, Variant
from lenet_gui.net.modern_form import (
    README_FORM,
    Border,
    InputScale,
    ModernForm,
    Pooling,
    Squashing,
)
from lenet_gui.net.network_kind import NetworkKind
from lenet_gui.text.networks import form_name, network_name

NORMALISED = ModernForm(Squashing.RELU, Pooling.MAX, InputScale.NORMALISED)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (NetworkKind(Variant.ORIGINAL), "Original"),
        (NetworkKind(Variant.MODERN), "Modern"),
        (NetworkKind(Variant.MODERN, NORMALISED), "Modern, ReLU, max pooling, inputs normalised"),
        (
            NetworkKind(Variant.MODERN, ModernForm(Squashing.SIGMOID, border=Border.ZERO)),
            "Modern, sigmoid",  # paper is 0
        ),
        (
            NetworkKind(Variant.MODERN, replace(NORMALISED, border=Border.ZERO)),
            "Modern, ReLU, max pooling, inputs normalised, padded with zeros",
        ),
    ],
)
def test_a_network_is_called_by_what_differs_from_the_readmes(kind: NetworkKind, name: str) -> None:
    assert network_name(kind) == name


def test_a_teacher_and_a_whole_form() -> None:
    assert (
        network_name(NetworkKind(Variant.MODERN), Architecture.STRONG_TEACHER) == "Strong teacher"
    )
    assert form_name(README_FORM) == "tanh, average pooling, inputs 0..1, padded with paper"


def test_no_two_members_have_one_name_but_where_paper_is_0() -> None:
    forms = [ModernForm(*one) for one in product(Squashing, Pooling, InputScale, Border)]
    names = [network_name(NetworkKind(Variant.MODERN, form)) for form in forms]
    values = [(*astuple(form)[:3], form.border_value) for form in forms]
    assert len(set(names)) == len(set(values)) == len(set(zip(names, values, strict=True)))
    assert len({form_name(form) for form in forms}) == len(forms)
