"""The weights in a file, checked, as arrays. No torch."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lenet_gui.errors import UserError
from lenet_gui.net.architecture import (
    DIGITS,
    KERNEL_SIDE,
    LARGEST_TEACHER_WIDTH,
    TABLE_I,
    TEACHER_WIDTH,
    Architecture,
    Variant,
    facts_of_network,
)
from lenet_gui.net.array_layers import Floats
from lenet_gui.net.calibration import Calibration, calibration_of
from lenet_gui.net.largest_sum import check_sums
from lenet_gui.net.layers import FEATURE_LAYERS, GEOMETRY
from lenet_gui.net.modern_form import FORM_FACTS, README_FORM, ModernForm, Squashing, form_of
from lenet_gui.net.tensor_file import WEIGHTS, TensorFile, read_tensors
from lenet_gui.printable import shortened


@dataclass(frozen=True)
class WeightArrays:
    """What a file of weights holds: `arrays` by parameter, and `facts` of their training.

    `form`: which member of the Modern's family they are of.
    `checked`: the file has a checksum of its content, and it is right; older files have none.
    """

    variant: Variant
    arrays: dict[str, Floats]
    facts: dict[str, str]
    checked: bool
    architecture: Architecture = Architecture.LENET5
    form: ModernForm = README_FORM

    @property
    def calibration(self) -> Calibration:
        """When the network's answers are rejected."""
        return calibration_of(self.variant, self.facts)


def read_weights(path: Path, expected: Variant | None = None) -> WeightArrays:
    """Reads and checks a LeNet-5's weights: form, checksum, variant, names, shapes and values.

    Raises:
        UserError: the file is missing, not of this form, damaged, a strong teacher's, of another
            variant than `expected`, of wrong shapes, or holds values that are not finite.
    """
    return _read(path, expected, any_network=False)


def read_any_weights(path: Path) -> WeightArrays:
    """The same for a file of any network: a strong teacher's as well.

    Raises:
        UserError: the file is missing, not of this form, damaged, of wrong shapes, or holds values
            that cannot be.
    """
    return _read(path, None, any_network=True)


def only_teaches(path: Path) -> UserError:
    """The error for a strong teacher's file where a LeNet-5 is needed."""
    return UserError(
        f"{path} contains a strong teacher, a network of nine layers for LeNet-5 to "
        "learn from: choose weights of a LeNet-5, or train one with the file's folder as its "
        "teachers."
    )


def read_facts(path: Path) -> dict[str, str]:
    """The facts of a weights file, without making the network.

    Raises:
        UserError: the file is missing, not of this form or damaged.
    """
    return facts_in(read_tensors(path, WEIGHTS))


def parameter_shapes(variant: Variant) -> dict[str, tuple[int, ...]]:
    """The shapes of a network's trainable parameters, by name (II-B; the README)."""
    c1, s2, c3, s4, c5, f6 = (GEOMETRY[layer].maps for layer in FEATURE_LAYERS)
    kernel = (KERNEL_SIDE, KERNEL_SIDE)
    shapes: dict[str, tuple[int, ...]] = {
        "C1.weight": (c1, 1, *kernel),
        "C1.bias": (c1,),
        "C3.weight": (c3, s2, *kernel),
        "C3.bias": (c3,),
        "C5.weight": (c5, s4, *kernel),
        "C5.bias": (c5,),
        "F6.weight": (f6, c5),
        "F6.bias": (f6,),
    }
    if variant is Variant.MODERN:
        return shapes | {"output.weight": (DIGITS, f6), "output.bias": (DIGITS,)}
    subsampling = {f"{name}.{one}": (GEOMETRY[name].maps,) for name in ("S2", "S4") for one in _TWO}
    return shapes | subsampling | {"C3.weight": (sum(map(len, TABLE_I)), *kernel)}


def is_teacher(arrays: Mapping[str, NDArray[Any]]) -> bool:
    """Whether arrays have the names of a strong teacher's."""
    return _FIRST in arrays


def is_lenet5(arrays: Mapping[str, NDArray[Any]]) -> bool:
    """Whether arrays have the names of one of this program's LeNet-5."""
    return any(name in arrays for name in parameter_shapes(Variant.MODERN))


def teacher_shapes(width: int) -> dict[str, tuple[int, ...]]:
    """The same for a strong teacher with this many maps in its first layers."""
    maps = [1, *[width] * 3, *[2 * width] * 3, *[4 * width] * 3]
    shapes: dict[str, tuple[int, ...]] = {
        "output.weight": (DIGITS, maps[-1]),
        "output.bias": (DIGITS,),
    }
    for place, (below, above) in enumerate(pairwise(maps)):
        shapes[f"layers.{place}.weight"] = (above, below, 3, 3)
        shapes |= {f"layers.{place}.{one}": (above,) for one in ("scale", "bias", "mean", _SPREAD)}
    return shapes


def width_of(arrays: Mapping[str, NDArray[Any]]) -> int:
    """The width of the strong teacher whose weights these are; the default if there is none."""
    first = arrays.get(_FIRST)
    width = first.shape[0] if first is not None and first.ndim else 0
    return width if 1 <= width <= LARGEST_TEACHER_WIDTH else TEACHER_WIDTH


_FIRST = "layers.0.weight"
_SPREAD = "variance"
_TWO = ("coefficient", "bias")
"""What a map of the Original's subsampling has (II-B)."""


def _read(path: Path, expected: Variant | None, *, any_network: bool) -> WeightArrays:
    found = read_tensors(path, WEIGHTS)
    facts = facts_in(found)
    architecture = _architecture_of(facts, found.arrays)
    if architecture is Architecture.STRONG_TEACHER:
        if not any_network:
            raise only_teaches(path)
        variant, wanted = Variant.MODERN, teacher_shapes(width_of(found.arrays))
    else:
        variant = _variant_of(path, facts, found.arrays)
        wanted = parameter_shapes(variant)
    if expected is not None and variant is not expected:
        raise UserError(
            f"{path} contains weights of the {variant.capitalize()} network, not of the "
            f"{expected.capitalize()}: choose another file or switch the variant."
        )
    check_calibration(path, variant, facts)
    _check_arrays(path, f"the {_network_name(architecture, variant)}", wanted, found.arrays)
    form = _form_of(path, architecture, variant, facts)
    if form.squashing is Squashing.RELU:
        check_sums(path, found.arrays)
    told = facts_with_network(facts, architecture, variant, form)
    return WeightArrays(variant, found.arrays, told, found.checked, architecture, form)


def facts_with_network(
    facts: Mapping[str, str], architecture: Architecture, variant: Variant, form: ModernForm
) -> dict[str, str]:
    """The facts of weights, with those of their network as it is: no other ones are kept."""
    others = {name: fact for name, fact in facts.items() if name not in FORM_FACTS}
    return others | facts_of_network(architecture, variant) | form.facts()


def _form_of(
    path: Path, architecture: Architecture, variant: Variant, facts: Mapping[str, str]
) -> ModernForm:
    """The member that a file's facts say, if it holds a Modern."""
    if architecture is Architecture.STRONG_TEACHER or variant is Variant.ORIGINAL:
        return README_FORM
    try:
        return form_of(facts)
    except ValueError as error:
        raise UserError(f"{path} {error}: {WEIGHTS.remedy}.") from error


def _network_name(architecture: Architecture, variant: Variant) -> str:
    if architecture is Architecture.STRONG_TEACHER:
        return "strong teacher"
    return f"{variant.capitalize()} network"


def _architecture_of(facts: Mapping[str, str], arrays: dict[str, NDArray[Any]]) -> Architecture:
    # If the file does not say, the names of its tensors do.
    by_name = Architecture.STRONG_TEACHER if is_teacher(arrays) else Architecture.LENET5
    strong = facts.get("architecture", by_name) == Architecture.STRONG_TEACHER
    return Architecture.STRONG_TEACHER if strong else Architecture.LENET5


def facts_in(found: TensorFile) -> dict[str, str]:
    """What a file tells beside its arrays, as text."""
    told = found.told or {}
    return {name: one if isinstance(one, str) else json.dumps(one) for name, one in told.items()}


def _variant_of(path: Path, facts: dict[str, str], arrays: dict[str, NDArray[Any]]) -> Variant:
    try:
        return Variant(facts["variant"])
    except (KeyError, ValueError):
        pass
    # Another program's file: the names of its tensors show it, if they are ours.
    if "output.weight" in arrays:
        return Variant.MODERN
    if "S2.coefficient" in arrays:
        return Variant.ORIGINAL
    raise UserError(
        f"{path} does not contain weights of a LeNet-5 of this program: {WEIGHTS.remedy}."
    )


def _check_arrays(
    path: Path,
    name_of_network: str,
    wanted: Mapping[str, tuple[int, ...]],
    arrays: dict[str, NDArray[Any]],
) -> None:
    for name in sorted(wanted.keys() | arrays.keys()):
        wrong = _wrong_with(name, name_of_network, wanted, arrays)
        if wrong:
            raise UserError(f"{path}{wrong}: {WEIGHTS.remedy}.")


def _wrong_with(
    name: str,
    name_of_network: str,
    wanted: Mapping[str, tuple[int, ...]],
    arrays: Mapping[str, NDArray[Any]],
) -> str:
    """What is wrong with one array, to follow the file's name; empty if nothing is."""
    if name not in arrays:
        return f" lacks {name}, which {name_of_network} needs"
    if name not in wanted:
        return f" contains {shortened(name)}, which {name_of_network} does not have"
    found = arrays[name]
    if found.shape != wanted[name] or found.dtype != np.float32:
        has, needs = _form(found.shape, found.dtype.name), _form(wanted[name], "float32")
        return f": {name} is {has}, and {name_of_network} needs {needs}"
    if not np.isfinite(found).all():
        return f": {name} contains values that are not finite numbers (NaN or infinity)"
    if name.endswith(f".{_SPREAD}") and (found < 0).any():
        return f": {name} contains values below 0, which no variance can be"
    return ""


def check_calibration(path: Path, variant: Variant, facts: dict[str, str]) -> None:
    """Makes sure that the facts of a file give a calibration.

    Raises:
        UserError: a value is not a number in its range.
    """
    try:
        calibration_of(variant, facts)
    except ValueError as error:
        raise UserError(f"{path} {error}: {WEIGHTS.remedy}.") from error


def _form(shape: tuple[int, ...], dtype: str) -> str:
    return f"{'x'.join(map(str, shape))} of {dtype}"
