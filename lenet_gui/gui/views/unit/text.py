"""One unit's computation in words and figures, as the paper writes it."""

from lenet_gui.explore.explanation import Explanation
from lenet_gui.explore.saturation import is_saturated
from lenet_gui.net.architecture import INPUT_SIDE, Variant
from lenet_gui.text.figures import figure, signed
from lenet_gui.text.squashing import at_its_end, squashed_figure, squashing_law, squashing_name
from lenet_gui.text.units import place_name, source_name, unit_name

HINT_EMPTY = "Draw a digit, then point at a unit to see how its value is computed."
_PLACES = 4


def name_of(found: Explanation) -> str:
    """What the unit is called."""
    return unit_name(found.unit, found.variant, found.class_names)


def seen(found: Explanation) -> str:
    """Which pixels of the input the unit sees."""
    field = found.field
    if field.side == INPUT_SIDE:
        return "sees the whole input"
    rows, columns = f"{field.top}–{field.bottom - 1}", f"{field.left}–{field.right - 1}"
    return f"sees {field.side}×{field.side} of the input: rows {rows}, columns {columns}"


def beside_each_other(a: Explanation, b: Explanation) -> str:
    """The unit's value on A and on B, and how far they are apart."""
    told = _apart("Value", round(a.value, _PLACES), round(b.value, _PLACES))
    if any(is_saturated(each.kind, each.unit.layer, each.value) for each in (a, b)):
        what = f"Sum before {squashing_name(a.kind)}"
        told += f" {_apart(what, round(a.sum, _PLACES), round(b.sum, _PLACES))}"
    return told


def _apart(what: str, a: float, b: float) -> str:
    """Two rounded figures and their difference, in a sentence."""
    told = f"{what} on A: {signed(a, _PLACES)}, on B: {signed(b, _PLACES)}"
    return f"{told}; difference A − B: {signed(round(a - b, _PLACES), _PLACES)}."


def formula(found: Explanation) -> tuple[str, ...]:
    """The computation line by line: in letters, then in figures that add up as they are shown.

    The letters are the paper's: inputs x_j, weights w_ij, the sum a_i and the value x_i (Eq. 5, 6);
    of an output of the Original y_i (Eq. 7). A unit of the Original's subsampling has one
    coefficient for its four inputs: w_i.
    """
    if found.is_distance:
        return (
            "yᵢ = Σ (xⱼ − wᵢⱼ)²   over the 84 units of F6 (Eq. 7)",
            f"yᵢ = {figure(found.value, _PLACES)}",
        )
    total, lines = _sum(found), []
    if found.unit.layer in ("S2", "S4"):
        if found.kind.takes_maximum:
            return _maximum(found)
        if found.variant is Variant.MODERN:
            return (
                "xᵢ = Σ xⱼ/4   the mean of its four inputs",
                f"xᵢ = {signed(found.value, _PLACES)}",
            )
        lines.append("aᵢ = wᵢ Σ xⱼ + bᵢ   over its four inputs")
    else:
        lines.append("aᵢ = Σ wᵢⱼ xⱼ + bᵢ")
    lines.append(total)
    if found.squashed:
        written = squashed_figure(found.kind, signed(found.sum, _PLACES))
        lines.append(squashing_law(found.kind))
        lines.append(f"xᵢ = {written} = {signed(found.value, _PLACES)}")
    return tuple(lines)


def _maximum(found: Explanation) -> tuple[str, ...]:
    """Which of its four inputs a unit of max pooling takes."""
    (source,) = found.sources
    assert source.square is not None  # noqa: S101 - a unit of S2 or S4 has one
    row, column = divmod(int(source.weights.argmax()), source.square.side)
    inputs = ", ".join(signed(float(x), _PLACES) for x in source.inputs.flat)
    place = place_name(source.square.top + row, source.square.left + column)
    return (
        "xᵢ = max xⱼ   the largest of its four inputs",
        f"xᵢ = max({inputs}) = {signed(found.value, _PLACES)}",
        f"taken from {source_name(found.unit.layer, source.map)}, {place}",
    )


def slope_text(found: Explanation, slope: float) -> str:
    """How much a unit's value follows its sum: the slope of the squashing function there."""
    told = f"Slope here: {figure(slope, _PLACES)}"
    if is_saturated(found.kind, found.unit.layer, found.value):
        return f"{told}; the unit is {at_its_end(found.kind)}."
    return f"{told}."


def _sum(found: Explanation) -> str:
    """The terms, the bias and their sum; the rounding of one figure goes to the terms."""
    total = round(found.sum if found.squashed else found.value, _PLACES)
    if found.bias is None:
        return f"aᵢ = {signed(total, _PLACES)}"
    bias = round(found.bias, _PLACES)
    terms = total - bias
    if found.unit.layer in ("S2", "S4"):
        source = found.sources[0]
        weight, inputs = float(source.weights.flat[0]), float(source.inputs.sum())
        product = f"{signed(weight, _PLACES)} · ({signed(inputs, _PLACES)})"
    else:
        product = signed(terms, _PLACES)
    sign = "−" if bias < 0 else "+"
    said = f"{product} (terms) {sign} {figure(abs(bias), _PLACES)} (bias)"
    return f"aᵢ = {said} = {signed(total, _PLACES)}"
