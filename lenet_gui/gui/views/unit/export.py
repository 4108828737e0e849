"""Exporting the unit view: its page, and every term as a row of figures."""

from collections.abc import Iterator, Sequence

from lenet_gui.explore.explanation import Explanation
from lenet_gui.gui.views.unit.text import beside_each_other, formula, name_of, seen
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.exported import Exported, Table, nine_digits, shortest
from lenet_gui.pictures.page import Beside, Block, Words, page
from lenet_gui.pictures.sheet import Sheet
from lenet_gui.text.figures import upper_first
from lenet_gui.text.units import source_name

_HEADINGS = ("source", "row", "column", "input", "weight", "term")
_INPUT, _TERM = _HEADINGS.index("input"), _HEADINGS.index("term")


def exported_unit(
    found: Explanation,
    about: str,
    grids: Sequence[Block],
    pinned: Explanation | None,
    kept: Explanation | None = None,
) -> Exported:
    """A unit's page and figures.

    Args:
        found: the unit, explained.
        about: the network and its answer, in a line.
        grids: its layer, its field on the input and its direct inputs, its terms, and those on B.
        pinned: the unit beside it.
        kept: the unit on the kept drawing, B.
    """
    layer, inputs, *terms = grids
    unit = found.unit

    def sheet(theme: Theme) -> Sheet:
        said: Block = Words((seen(found), *formula(found)))
        if kept is not None:
            on_b = (beside_each_other(found, kept), *formula(kept))
            said = Beside((said, Words(on_b)))
        if pinned is not None:
            other = (f"Pinned: {name_of(pinned)}", *formula(pinned))
            said = Beside((said, Words(other)))
        title = upper_first(name_of(found))
        blocks = (layer, inputs, said, *terms)
        return page(title, blocks, theme, about=about)

    name = f"unit-{unit.layer}-{unit.map}-{unit.row}-{unit.column}"
    told = "no unit; value: the distance" if found.is_distance else "no unit; term: input × weight"
    return Exported(name, sheet, _table(found, kept), facts={"figures": told})


def _table(found: Explanation, kept: Explanation | None) -> Table:
    """The unit's figures, and beside each the input and the term on B."""
    if kept is None:
        return Table(_HEADINGS, tuple(_rows(found)))
    both = zip(_rows(found), _rows(kept), strict=True)
    rows = tuple((*a, b[_INPUT], b[_TERM]) for a, b in both)
    return Table((*_HEADINGS, "input of B", "term of B"), rows)


def _rows(found: Explanation) -> Iterator[tuple[str | int | float, ...]]:
    """Every term, then the bias, the sum and the value."""
    for source in found.sources:
        name = source_name(found.unit.layer, source.map)
        top, left = (source.square.top, source.square.left) if source.square else (0, 0)
        rows, columns = source.inputs.shape
        for row in range(rows):
            for column in range(columns):
                at = row, column
                figures = (source.inputs[at], source.weights[at], source.terms[at])
                yield (name, row + top, column + left, *map(shortest, figures))
    if found.bias is not None:
        yield ("bias", "", "", "", "", shortest(found.bias))
    if not found.is_distance:
        yield ("sum", "", "", "", "", nine_digits(found.sum))
    yield ("value", "", "", "", "", shortest(found.value))
