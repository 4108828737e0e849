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
    return ", ".join(_words(form, README_FORM, only_others=False))


def network_name(kind: NetworkKind, architecture: Architecture = Architecture.LENET5) -> str:
    """What a network is called: "Original", "Modern" (the README's), "Strong teacher".

    Of another member of the family with what differs from the README's: "Modern, ReLU, max pooling,
    inputs normalised".
    """
    name = name_of(architecture, kind.variant)
    if kind.is_original:
        return name
    return ", ".join((name, *_words(kind.form, README_FORM, only_others=True)))


def _words(form: ModernForm, usual: ModernForm, *, only_others: bool) -> list[str]:
    named = (
        (form.squashing, usual.squashing, SQUASHING_NAMES[form.squashing]),
        (form.pooling, usual.pooling, POOLING_NAMES[form.pooling]),
        (form.inputs, usual.inputs, INPUT_NAMES[form.inputs]),
        (form.border, usual.border, BORDER_NAMES[form.border]),
    )
    return [words for has, usually, words in named if has != usually or not only_others]
