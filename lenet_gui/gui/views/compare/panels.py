"""The layers of A and of B as panels of one grid, and which unit a cell of theirs shows."""

from dataclasses import dataclass, replace

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import GEOMETRY, OUTPUT, UNIT_LAYERS, Unit, place_of, unit_at
from lenet_gui.pictures.grid.layers import LayerWords, output_headings
from lenet_gui.pictures.grid.panel import Cell, Panel

NAMES = ("A", "B")

SIDES = (0, 1)
"""A and B."""


@dataclass(frozen=True)
class PairWords(LayerWords):
    """What the units of one side are called: "A C3 map 12, row 4, column 7".

    `is_shown`: the side's network is the one that the window shows. A unit of another network is
    none that the other views could show more of.
    """

    side: int = 0
    is_shown: bool = False

    def picture(self, picture: int) -> str:
        return f"{NAMES[self.side]} {super().picture(picture)}"

    def cell(self, cell: Cell) -> str:
        return f"{NAMES[self.side]} {super().cell(cell)}"

    def unit(self, cell: Cell) -> Unit | None:
        return super().unit(cell) if self.is_shown else None


def panel_name(side: int, layer: str) -> str:
    """The name of the panel of a layer of A (0) or B (1): "A C1"."""
    return f"{NAMES[side]} {layer}"


def pair_panels(
    variants: tuple[Variant, Variant],
    are_shown: tuple[bool, bool],
    class_names: tuple[tuple[str, ...], tuple[str, ...]] = (DIGIT_NAMES, DIGIT_NAMES),
) -> tuple[Panel, ...]:
    """Every layer of A from below to above, and then of B.

    Args:
        variants: of both networks.
        are_shown: whether each network is the one that the window shows.
        class_names: what the outputs of each stand for.
    """
    return tuple(
        _panel(layer, side, variants[side], class_names[side], is_shown=are_shown[side])
        for side in SIDES
        for layer in UNIT_LAYERS
    )


def _panel(
    layer: str, side: int, variant: Variant, class_names: tuple[str, ...], *, is_shown: bool
) -> Panel:
    geometry = GEOMETRY[layer]
    words = PairWords(layer, variant, None, class_names, side, is_shown)
    name = panel_name(side, layer)
    headings = output_headings(variant, class_names) if layer == OUTPUT else None
    return Panel(name, geometry.pictures, geometry.rows, geometry.columns, words, headings=headings)


def cell_of(side: int, unit: Unit) -> Cell:
    """The cell of a unit of A (0) or B (1)."""
    return Cell(panel_name(side, unit.layer), *place_of(unit))


def side_of(cell: Cell) -> int:
    """Whose unit a cell shows: A's (0) or B's (1)."""
    return NAMES.index(cell.panel.split()[0])


def layer_of(cell: Cell) -> str:
    """The layer of a cell."""
    return cell.panel.split()[1]


def unit_of(cell: Cell) -> Unit:
    """The unit that a cell shows, whichever network's."""
    return unit_at(layer_of(cell), cell.picture, cell.row, cell.column)


def counterpart(cell: Cell) -> Cell:
    """The cell at the same place of the other network."""
    return replace(cell, panel=panel_name(1 - side_of(cell), layer_of(cell)))
