"""The squashing function of a network in words, letters and figures. No Qt, no numpy."""

from typing import Final

from lenet_gui.net.modern_form import Squashing
from lenet_gui.net.network_kind import NetworkKind

_WORDS: Final = {
    Squashing.TANH: "squashed by tanh",
    Squashing.RELU: "then ReLU, max(0, a): never below 0, without an upper end",
    Squashing.SIGMOID: "squashed by the sigmoid 1/(1 + exp(−a)), to 0 up to 1",
}
_LAWS: Final = {
    Squashing.TANH: "tanh({a})",
    Squashing.RELU: "max(0, {a})",
    Squashing.SIGMOID: "1/(1 + exp(−{a}))",
}
_NAMES: Final = {Squashing.TANH: "", Squashing.RELU: "ReLU", Squashing.SIGMOID: "sigmoid"}


def squashing_words(kind: NetworkKind) -> str:
    """What follows the sums of a layer: "squashed by tanh"."""
    return "squashed by 1.7159 tanh(2a/3)" if kind.is_original else _WORDS[kind.form.squashing]


def squashing_law(kind: NetworkKind) -> str:
    """The function in the letters of the paper: "xᵢ = max(0, aᵢ)   (ReLU)"."""
    if kind.is_original:
        return "xᵢ = 1.7159 tanh(2aᵢ/3)   (Eq. 6)"
    name = _NAMES[kind.form.squashing]
    law = _LAWS[kind.form.squashing].format(a="aᵢ")
    return f"xᵢ = {law}   ({name})" if name else f"xᵢ = {law}"


def squashed_figure(kind: NetworkKind, a: str) -> str:
    """The function of a sum that is written as a figure with its sign: "tanh(+0.1234)"."""
    if kind.is_original:
        return f"1.7159 tanh(2 ({a})/3)"
    in_brackets = f"({a})" if kind.form.squashing is Squashing.SIGMOID else a
    return _LAWS[kind.form.squashing].format(a=in_brackets)


def squashing_name(kind: NetworkKind) -> str:
    """What stands between a sum and an activation: "squashing", or "ReLU", which does not."""
    return "ReLU" if kind.rectifies else "squashing"


def at_its_end(kind: NetworkKind) -> str:
    """What a unit is at an end of the function, where its slope is next to nothing."""
    return "at 0" if kind.rectifies else "saturated"
