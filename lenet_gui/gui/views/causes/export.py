"""Exporting the view of causes: its page, the top digits as rows, the gradient as an array."""

from collections.abc import Sequence

import numpy as np

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.explore.input_gradient import InputGradient
from lenet_gui.explore.top_digits import TopDigit
from lenet_gui.net.layers import Unit
from lenet_gui.net.network_kind import NetworkKind
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.exported import Exported, Table, shortest
from lenet_gui.pictures.page import Beside, Block, Words, page
from lenet_gui.pictures.sheet import Sheet
from lenet_gui.text.figures import upper_first
from lenet_gui.text.units import unit_name

_HEADINGS = ("digit", "label", "value", "sum", "row", "column")


def exported_causes(
    unit: Unit,
    kind: NetworkKind,
    about: str,
    blocks: Sequence[Block],
    top: Sequence[tuple[TopDigit, str]],
    gradient: InputGradient | None,
    class_names: Sequence[str] = DIGIT_NAMES,
) -> Exported:
    """A unit's causes.

    Args:
        unit: the chosen one.
        kind: of the network.
        about: the network and its answer, in a line.
        blocks: its layer, then the words and pictures of the digits, those of the gradient.
        top: the digits that activate its map most, and what they are.
        gradient: on the drawing; None where nothing is drawn.
        class_names: what the outputs stand for.
    """
    layer, *halves = blocks

    def sheet(theme: Theme) -> Sheet:
        said, digits, note, picture = halves
        shown: tuple[Block, ...] = (layer, Beside((said, note)), Beside((digits, picture)))
        return page(
            f"Causes of {unit_name(unit, kind.variant, class_names)}", shown, theme, about=about
        )

    rows = tuple(
        (each.digit, label, shortest(each.value), shortest(each.sum), each.row, each.column)
        for each, label in top
    )
    arrays = {} if gradient is None else {_name(gradient): np.ascontiguousarray(gradient.slopes)}
    name = f"causes-{unit.layer}-{unit.map}"
    told = {"figures": "value: activation, sum: before squashing, no unit"}
    return Exported(name, sheet, Table(_HEADINGS, rows) if rows else None, arrays or None, told)


def _name(gradient: InputGradient) -> str:
    return "gradient of the sum" if gradient.is_of_sum else "gradient"


def said(heading: str, *words: str) -> Words:
    """A heading and what is said under it."""
    return Words((upper_first(heading), *words))
