"""Which of a file's tensors are LeNet-5's: by their shapes, whatever they are called. No torch."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lenet_gui.errors import UserError
from lenet_gui.net.architecture import DIGITS, TABLE_I, Variant
from lenet_gui.net.array_layers import PLACES, Floats
from lenet_gui.net.codes import CODES
from lenet_gui.net.layers import GEOMETRY
from lenet_gui.net.weight_arrays import parameter_shapes
from lenet_gui.net.weights_import.accepted import ACCEPTED
from lenet_gui.printable import shortened

Shape = tuple[int, ...]

_COUNTERS = ("num_batches_tracked", "n_averaged", "num_updates")
"""Numbers that programs keep beside the weights; no part of the network."""

_MEASURES = frozenset(("loss", "criterion", "metric", "metrics", "acc", "accuracy"))
"""Words in the names of what a network is trained or measured with, such as the weights of classes
in a loss; no part of it either."""

_BIASES = ("bias", "b")
_NEEDED = "C1 6x1x5x5, C3 16x6x5x5, C5 120x400 or 120x16x5x5, F6 84x120, output 10x84"
_UNPADDED_C5 = (120, 256)
_MOST_NAMED = 12


@dataclass(frozen=True)
class Mapped:
    """The weights of a LeNet-5 by this program's names: float32, contiguous, finite."""

    variant: Variant
    arrays: dict[str, Floats]


def mapped(tensors: Mapping[str, Floats], name: str) -> Mapped:
    """Finds LeNet-5's weights among tensors.

    Those of the Modern have five shapes for five layers, and a bias for each. C5 may be a full
    layer of 400 inputs or a convolution, F6 and the output convolutions of 1x1. C3 may
    have a mask of ones and zeros. A file with the 60 kernels of Table I alone, or with the codes
    of its output, is taken for an Original.

    Args:
        tensors: by their names in the file.
        name: of the file, for the message.

    Raises:
        UserError: a tensor is missing, is there twice, is of another network or not finite; the
            message says what was found.
    """
    found = {
        key: one
        for key, one in tensors.items()
        if not (key.rpartition(".")[2] in _COUNTERS and one.size == 1) and not _is_measure(key)
    }
    if not found:
        raise UserError(f"{name} contains no weights: choose another file.")
    found = _masked(found)
    variant = _variant_of(found)
    arrays, used = _modern(found, name) if variant is Variant.MODERN else _original(found, name)
    _refuse_rest({key: one for key, one in found.items() if key not in used}, variant, name)
    return Mapped(variant, {key: _finite(one, used_as, name) for key, one, used_as in arrays})


def _is_measure(name: str) -> bool:
    """Whether a tensor's module has a name such as "loss_fn" or "val_acc"."""
    modules = name.lower().split(".")[:-1]
    return any(not _MEASURES.isdisjoint(module.split("_")) for module in modules)


def _masked(tensors: Mapping[str, Floats]) -> dict[str, Floats]:
    """The tensors with C3's weights times the mask of its connections, where there is one."""
    shape = parameter_shapes(Variant.MODERN)["C3.weight"]
    forms = (shape, shape[:2], (*shape[:2], 1, 1))
    masks = [
        key for key, one in tensors.items() if one.shape in forms and set(np.unique(one)) == {0, 1}
    ]
    weights = [key for key, one in tensors.items() if one.shape == shape and key not in masks]
    if len(masks) != 1 or len(weights) != 1:
        return dict(tensors)
    mask = tensors[masks[0]]
    made = {key: one for key, one in tensors.items() if key != masks[0]}
    made[weights[0]] = made[weights[0]] * mask.reshape(*mask.shape, *(1,) * (4 - mask.ndim))
    return made


Found = list[tuple[str, Floats, str]]
"""This program's name of a tensor, the tensor in its shape there, and its name in the file."""


def _variant_of(tensors: Mapping[str, Floats]) -> Variant:
    kernels = parameter_shapes(Variant.ORIGINAL)["C3.weight"]
    has_table_i = any(one.shape == kernels for one in tensors.values())
    return Variant.ORIGINAL if has_table_i or _codes_in(tensors) else Variant.MODERN


def _codes_in(tensors: Mapping[str, Floats]) -> set[str]:
    """The names of tensors that hold the codes of the Original's output (Figure 3)."""
    return {name for name, one in tensors.items() if np.array_equal(one, CODES)}


def _modern(tensors: Mapping[str, Floats], name: str) -> tuple[Found, set[str]]:
    shapes = parameter_shapes(Variant.MODERN)
    layers = sorted({one.partition(".")[0] for one in shapes}, key=list(GEOMETRY).index)
    weights = {layer: _one_of_shape(tensors, shapes[f"{layer}.weight"], name) for layer in layers}
    if None in weights.values():
        raise _not_lenet5(tensors, name)
    found: Found = []
    for layer in layers:
        weight = weights[layer]
        assert weight is not None  # noqa: S101 - checked above
        bias = _bias_of(tensors, weight, shapes[f"{layer}.bias"], name)
        found.append((f"{layer}.weight", _as(tensors[weight], shapes[f"{layer}.weight"]), weight))
        found.append((f"{layer}.bias", _as(tensors[bias], shapes[f"{layer}.bias"]), bias))
    return found, {used for _, _, used in found}


def _original(tensors: Mapping[str, Floats], name: str) -> tuple[Found, set[str]]:
    """Subsampling has a coefficient and a bias a map; which is which must be told by a name."""
    shapes = parameter_shapes(Variant.ORIGINAL)
    codes = _codes_in(tensors)
    rest = {key: one for key, one in tensors.items() if key not in codes}
    rest |= _kernels_of_table_i(rest, shapes["C3.weight"], name)
    found: Found = []

    def take(ours: str, theirs: str) -> None:
        found.append((ours, _as(rest.pop(theirs), shapes[ours]), theirs))

    for layer in ("C1", "C3", "C5", "F6"):
        weight = _one_of_shape(rest, shapes[f"{layer}.weight"], name)
        if weight is None:
            raise _not_lenet5(tensors, name)
        bias = _bias_of(rest, weight, shapes[f"{layer}.bias"], name)
        take(f"{layer}.weight", weight)
        take(f"{layer}.bias", bias)
    for layer in ("S2", "S4"):
        both = [one for one in rest if rest[one].shape == shapes[f"{layer}.bias"]]
        biases = [one for one in both if one.rpartition(".")[2] in _BIASES]
        if len(both) != 2 or len(biases) != 1:
            told = _told(rest, both) or "nothing"
            raise UserError(
                f"{name} is an Original whose subsampling {layer} needs two tensors, a "
                f"coefficient and a bias for each map (found {told}): let the name of the bias "
                "end in bias."
            )
        both.remove(biases[0])
        take(f"{layer}.bias", biases[0])
        take(f"{layer}.coefficient", both[0])
    return found, codes | {theirs for _, _, theirs in found}


def _kernels_of_table_i(
    tensors: Mapping[str, Floats], shape: Shape, name: str
) -> dict[str, Floats]:
    """C3's kernels alone where they are stored with zeros for those that Table I has not.

    Raises:
        UserError: some of these are no zeros.
    """
    below, above = GEOMETRY["S2"].maps, GEOMETRY["C3"].maps
    whole = _one_of_shape(tensors, (above, below, *shape[1:]), name)
    if whole is None:
        return {}
    kernels = tensors[whole].reshape(above * below, *shape[1:])
    if np.delete(kernels, PLACES, axis=0).any():
        raise UserError(
            f"{name} has the codes of an Original, but connects maps in {shortened(whole)} that "
            "Table I does not: choose another file."
        )
    return {whole: kernels[PLACES]}


def _one_of_shape(tensors: Mapping[str, Floats], shape: Shape, name: str) -> str | None:
    """The only tensor of that shape, or of the same one in another form; None for none.

    Raises:
        UserError: there are several.
    """
    fitting = [one for one in tensors if _is_form_of(tensors[one].shape, shape)]
    if len(fitting) > 1:
        raise UserError(
            f"{name} contains more than one network: {_told(tensors, fitting[:2], ' and ')} "
            "could both be used; save one network alone."
        )
    return fitting[0] if fitting else None


def _is_form_of(found: Shape, wanted: Shape) -> bool:
    if found == wanted:
        return True
    if len(wanted) == 4 and wanted[1] > 1:  # kernels over all maps: a full layer's as well
        return found == (wanted[0], wanted[1] * wanted[2] * wanted[3]) and wanted[0] == _C5
    return len(wanted) > 1 and _squeezed(found) == wanted


_C5 = GEOMETRY["C5"].maps


def _squeezed(shape: Shape) -> Shape:
    """Of 1x1 kernels and of kernels with one map below, without these sides."""
    return tuple(side for place, side in enumerate(shape) if side != 1 or place == 0)


def _bias_of(tensors: Mapping[str, Floats], weight: str, shape: Shape, name: str) -> str:
    """The bias of the layer that has this weight: beside it, or else the only one so long."""
    module = weight.rpartition(".")[0]
    fitting = [one for one in tensors if tensors[one].shape == shape]
    beside = [one for one in fitting if one.rpartition(".")[0] == module]
    if len(beside) == 1:
        return beside[0]
    named = [one for one in beside or fitting if one.rpartition(".")[2] in _BIASES]
    chosen = named if len(named) == 1 else fitting
    if len(chosen) == 1:
        return chosen[0]
    if not chosen:
        raise UserError(
            f"{name} has no bias for {_told(tensors, [weight])}, and every layer of LeNet-5 has "
            "one: train it with biases, or choose another file."
        )
    raise UserError(
        f"{name} has several tensors that could be the bias of {shortened(weight)}: "
        f"{_told(tensors, chosen[:2], ' and ')}; save the network's weights alone."
    )


def _refuse_rest(rest: Mapping[str, Floats], variant: Variant, name: str) -> None:
    if not rest:
        return
    if any(one.rpartition(".")[2] in {"running_mean", "running_var"} for one in rest):
        raise UserError(
            f"{name} is a LeNet-5 with batch normalisation ({_told(rest, list(rest)[:1])}), which "
            "the LeNet-5 of this program does not have: choose a network without it."
        )
    raise UserError(
        f"{name} has the weights of a LeNet-5, and besides {_told(rest, list(rest))}, which the "
        f"{variant.capitalize()} network does not have: choose another file."
    )


def _not_lenet5(tensors: Mapping[str, Floats], name: str) -> UserError:
    shapes = [one.shape for one in tensors.values()]
    found = _told(tensors, list(tensors))
    if _UNPADDED_C5 in shapes or (120, 16, 4, 4) in shapes:
        return UserError(
            f"{name} is a LeNet-5 that reads 28x28 pixels without padding (found {found}), and "
            "this program's reads 32x32, so that C5 is 120x400: train it with a padding of 2 in "
            "the first convolution."
        )
    colour = [key for key in tensors if _is_c1_in_colour(tensors[key].shape)]
    if colour:
        return UserError(
            f"{name} is a LeNet-5 for pictures in colour ({_told(tensors, colour[:1])}), and this "
            "program's reads a single channel, with C1 6x1x5x5: train it on grey pictures."
        )
    parts = [key for key in tensors if _is_part_of_c3(tensors[key].shape)]
    if len(parts) == len(TABLE_I):
        return UserError(
            f"{name} has C3 in {len(parts)} parts, each for some of the maps of S2 "
            f"({_told(tensors, parts[:1])}), and does not say for which: save C3 as one tensor "
            "16x6x5x5, with zeros where maps are not connected."
        )
    if (5, 5, 6, 16) in shapes:
        return UserError(
            f"{name} has kernels in the order of TensorFlow (found {found}): save the weights of "
            "the same network in PyTorch, which has them as 16x6x5x5, and full layers as 84x120."
        )
    f6 = parameter_shapes(Variant.MODERN)["F6.weight"]
    others = [shape[0] for shape in shapes if len(shape) == 2 and shape[1] == f6[0]]
    if f6 in shapes and others and DIGITS not in others and others[0] > 1:
        return UserError(
            f"{name} tells {others[0]} classes apart (found {found}), and this program ten digits: "
            "choose another file."
        )
    return UserError(
        f"{name} is not a LeNet-5, which has {_NEEDED}, each with a bias (found {found}): choose "
        "another file."
    )


def _is_c1_in_colour(shape: Shape) -> bool:
    return len(shape) == 4 and (shape[0], *shape[2:]) == (6, 5, 5) and shape[1] in {3, 4}


def _is_part_of_c3(shape: Shape) -> bool:
    return len(shape) == 4 and (shape[0], *shape[2:]) == (1, 5, 5) and 3 <= shape[1] <= 6


def _told(tensors: Mapping[str, Floats], names: Sequence[str], between: str = ", ") -> str:
    """Names with shapes; of many the first."""
    told = [f"{shortened(one)} {_form(tensors[one].shape)}" for one in names[:_MOST_NAMED]]
    more = len(names) - len(told)
    return between.join(told) + (f" and {more:,} more" if more else "")


def _form(shape: Iterable[int]) -> str:
    return "x".join(map(str, shape)) or "a single number"


def _as(tensor: Floats, shape: Shape) -> Floats:
    made: Floats = np.ascontiguousarray(tensor.reshape(shape))
    return made


def _finite(array: Floats, theirs: str, name: str) -> Floats:
    if not np.isfinite(array).all():
        raise UserError(
            f"{name}: {shortened(theirs)} contains values that are not finite numbers (NaN or "
            f"infinity): choose another file ({ACCEPTED})."
        )
    return array
