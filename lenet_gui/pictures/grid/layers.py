"""The layers of the network as panels: what their pictures and units are called, their values."""

from dataclasses import dataclass

import numpy as np

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.explore.reading import Reading
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import FEATURE_LAYERS, GEOMETRY, INPUT, OUTPUT, Unit, place_of, unit_at
from lenet_gui.net.network_kind import NetworkKind
from lenet_gui.pictures.colours import Scale, limits
from lenet_gui.pictures.grid.panel import Cell, Headings, Panel, Values
from lenet_gui.text.units import output_kind, picture_name, place_name, unit_name, unit_value


@dataclass(frozen=True)
class LayerWords:
    """What the pictures and units of a layer are called in a network of `variant`.

    `columns` are those of a picture that is laid out differently from `net.layers.GEOMETRY`,
    `class_names` what its outputs stand for.
    """

    layer: str
    variant: Variant
    columns: int | None = None
    class_names: tuple[str, ...] = DIGIT_NAMES

    def picture(self, picture: int) -> str:
        """Such as "C3 map 12", or "F6"."""
        return picture_name(self.layer, picture)

    def cell(self, cell: Cell) -> str:
        """Such as "C3 map 12, row 4, column 7", or "F6 unit 20"."""
        if self.layer == INPUT:
            return f"input, {place_name(cell.row, cell.column)}"
        return unit_name(self._unit(cell), self.variant, self.class_names)

    def value(self, cell: Cell, value: float) -> str:  # noqa: ARG002
        """Outputs are never negative in one variant, and large in both: they need no sign."""
        return unit_value(self.layer, value)

    def unit(self, cell: Cell) -> Unit | None:
        """The unit; None for the input, which computes nothing."""
        return None if self.layer == INPUT else self._unit(cell)

    def _unit(self, cell: Cell) -> Unit:
        return unit_at(self.layer, cell.picture, cell.row, cell.column, self.columns)


def layer_panel(
    layer: str,
    variant: Variant,
    *,
    shape: tuple[int, int] | None = None,
    name: str = "",
    class_names: tuple[str, ...] = DIGIT_NAMES,
) -> Panel:
    """The panel of a layer.

    Args:
        layer: one of `net.layers.LAYERS`.
        variant: of the network, whose outputs are distances or logits.
        shape: rows and columns of its picture, if it is laid out differently than usual.
        name: of the panel; the layer's own if it is empty.
        class_names: what the outputs stand for.
    """
    geometry = GEOMETRY[layer]
    rows, columns = shape or (geometry.rows, geometry.columns)
    words = LayerWords(layer, variant, columns if shape else None, class_names)
    headings = output_headings(variant, class_names) if layer == OUTPUT else None
    return Panel(name or layer, geometry.pictures, rows, columns, words, headings=headings)


def output_headings(variant: Variant, class_names: tuple[str, ...] = DIGIT_NAMES) -> Headings:
    """The digits over the outputs, or the classes."""
    return Headings(
        (output_kind(variant),), class_names, "digit" if class_names == DIGIT_NAMES else "class"
    )


def output_tip(number: int, class_names: tuple[str, ...]) -> str:
    """The tooltip of an output's number: its class, where that is no digit."""
    return "" if class_names == DIGIT_NAMES else f"{number}: {class_names[number]}"


def is_never_negative(layer: str, kind: NetworkKind) -> bool:
    """Whether a layer's scale of colours begins at 0: distances, and what ReLU or sigmoid gives."""
    if layer == OUTPUT:
        return kind.is_original
    return layer in FEATURE_LAYERS and kind.squashed_range[0] >= 0


def cell_of(unit: Unit, panel: Panel | None = None) -> Cell:
    """The cell that shows a unit, of the layer's usual panel or of another one."""
    if panel is None:
        return Cell(unit.layer, *place_of(unit))
    return Cell(panel.name, *place_of(unit, panel.columns))


def layer_values(panel: Panel, layer: str, reading: Reading, limit: np.ndarray | float) -> Values:
    """The values of a layer in a reading, coloured up to ±`limit`, one or as many as pictures."""
    from_zero = is_never_negative(layer, reading.kind)
    return Values.of(panel, reading.values(layer), limit, from_zero=from_zero)


def scale_limits(reading: Reading, scale: Scale) -> dict[str, np.ndarray]:
    """For every layer the value of full colour, one or as many as it has pictures.

    As `pictures.colours.limits`; the output does not share the scale of the layers: its limit is
    its own largest |value|.
    """
    found: dict[str, np.ndarray] = {}
    for layer, limit in limits(reading, scale).items():
        found[layer] = limit if len(limit) == GEOMETRY[layer].pictures else limit.max(keepdims=True)
    found[OUTPUT] = np.abs(reading.output).max(keepdims=True)
    return found
