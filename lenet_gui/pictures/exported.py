"""What a view exports: a page, and its numbers as a table or as arrays."""

import csv
import io
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat

import numpy as np
import numpy.typing as npt

from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.sheet import Sheet

Facts = Mapping[str, str]
"""What figures come from and what they are: "network", "drawing", "figures", each in words."""


@dataclass(frozen=True)
class Table:
    """Headings and rows of text and figures, and facts that hold for all of them, by name."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str | int | float, ...], ...]
    facts: Facts = field(default_factory=dict)

    @classmethod
    def of_lines(cls, lines: Iterable[Sequence[str | int | float]]) -> "Table":
        """A table from its lines, the first with the headings."""
        headings, *rows = lines
        return cls(tuple(map(str, headings)), tuple(map(tuple, rows)))

    def as_csv(self) -> bytes:
        """Comma-separated, with a header line, UTF-8. Facts are further columns."""
        facts = tuple(self.facts.values())
        lines = [(*self.headings, *self.facts), *((*row, *facts) for row in self.rows)]
        return _written(lines, ",").encode(errors="backslashreplace")

    def as_text(self) -> str:
        """Tab-separated, as spreadsheets read it from the clipboard. Facts are below the rows."""
        below = [(), *self.facts.items()] if self.facts else []
        return _written([self.headings, *self.rows, *below], "\t")

    def as_arrays(self, texts: Collection[str]) -> "Arrays":
        """An array for each column: text for those in `texts`, else float64, NaN where empty."""
        columns = zip(*self.rows, strict=True) if self.rows else repeat(())
        return {
            heading: np.array(list(map(str, column)), np.str_)
            if heading in texts
            else np.array([float(each or "nan") for each in column], np.float64)
            for heading, column in zip(self.headings, columns, strict=False)
        }


def _written(lines: Iterable[Sequence[str | int | float]], delimiter: str) -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(lines)
    return stream.getvalue()


def shortest(value: float) -> float:
    """A float32 as the shortest figure that identifies it: 0.1, not 0.10000000149."""
    return float(str(np.float32(value)))


def nine_digits(value: float) -> float:
    """A computed figure as a table has it: 7.81, not 7.809999999999995.

    Nine digits tell any two float32 apart; further ones are only the rounding of binary sums.
    """
    return float(f"{value:.9g}")


Arrays = Mapping[str, npt.NDArray[np.generic]]


@dataclass(frozen=True)
class Exported:
    """A view as it is shown now.

    `name` is proposed for files, without suffix. `sheet` makes the page in a theme. `table` and
    `arrays` are its numbers; a view has at least one of them. `facts`, by name, are written with
    them: what they are, and which network and drawing they come from.
    """

    name: str
    sheet: Callable[[Theme], Sheet] = field(repr=False)
    table: Table | None = None
    arrays: Arrays | None = field(default=None, repr=False)
    facts: Facts = field(default_factory=dict)

    @property
    def csv(self) -> bytes | None:
        """The table with the facts; None where there is none."""
        if self.table is None:
            return None
        return replace(self.table, facts={**self.table.facts, **self.facts}).as_csv()

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The kinds of files to which it can be written."""
        numbers = (".csv",) if self.table is not None else ()
        return (".png", ".svg", *numbers, *((".npz",) if self.arrays is not None else ()))
