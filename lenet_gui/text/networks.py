"""What networks are called: the Original, the Modern, other members of its family. No Qt."""

from lenet_gui.net.architecture import Architecture, name_of
from lenet_gui.net.modern_form import (
    README_FORM,
    Border,
    InputScale,
    ModernForm,
    Pooling,
    Squashing,
)
from lenet_gui.net.network_kind import NetworkKind

SQUASHING_NAMES = {
    Squashing.TANH: "tanh",
    Squashing.RELU: "ReLU",
    Squashing.SIGMOID: "sigmoid",
}

POOLING_NAMES = {
    Pooling.AVERAGE: "average pooling",
    Pooling.MAX: "max pooling",
}

INPUT_NAMES = {
    InputScale.UNIT: "inputs 0..1",
    InputScale.SYMMETRIC: "inputs −1..1",
    InputScale.NORMALISED: "inputs normalised",
}

BORDER_NAMES = {
    Border.PAPER: "padded with paper",
    Border.ZERO: "padded with zeros",
}


def form_name(form: ModernForm) -> str:
    """All of a form: "ReLU, max pooling, inputs normalised, padded with zeros"."""
    return ", ".join(words for words, _ in _words(form))


def form_remark(form: ModernForm) -> str:
    """What differs from the README's network: "ReLU, max pooling"; nothing of that one."""
    return ", ".join(words for words, is_other in _words(form) if is_other)


def read_as(form: ModernForm) -> str:
    """A form as imported weights are read: "ReLU with max pooling, inputs normalised".

    Of the border only that the network itself pads, where that makes a difference.
    """
    told = f"{SQUASHING_NAMES[form.squashing]} with {POOLING_NAMES[form.pooling]}"
    told += f", {INPUT_NAMES[form.inputs]}"
    return f"{told}, {BORDER_NAMES[form.border]}" if form.border is Border.ZERO else told


def network_name(kind: NetworkKind, architecture: Architecture = Architecture.LENET5) -> str:
    """What a network is called: "Original", "Modern" (the README's), "Strong teacher".

    Of another member of the family with what differs from the README's: "Modern, ReLU, max pooling,
    inputs normalised".
    """
    name = name_of(architecture, kind.variant)
    remark = "" if kind.is_original else form_remark(kind.form)
    return f"{name}, {remark}" if remark else name


def _words(form: ModernForm) -> tuple[tuple[str, bool], ...]:
    """The words for each property, and whether it is other than the README's.

    Where paper is 0, padding with zeros is padding with paper.
    """
    return (
        (SQUASHING_NAMES[form.squashing], form.squashing is not README_FORM.squashing),
        (POOLING_NAMES[form.pooling], form.pooling is not README_FORM.pooling),
        (INPUT_NAMES[form.inputs], form.inputs is not README_FORM.inputs),
        (BORDER_NAMES[form.border], form.border_value != form.input_range[0]),
    )
