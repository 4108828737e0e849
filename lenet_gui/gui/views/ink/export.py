"""Exporting the ink view: its page, every step's picture as an array, and what each step does."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from lenet_gui.explore.preprocessing import Preprocessing, Step
from lenet_gui.explore.reading import Reading
from lenet_gui.explore.verdict import verdict_of
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.exported import Exported, Table, shortest
from lenet_gui.pictures.page import Beside, Block, Grid, Words, page
from lenet_gui.pictures.sheet import SMALL_SIZE, Sheet
from lenet_gui.text.answers import read_as
from lenet_gui.text.units import output_kind

_HEADINGS = ("step", "taken", "rows", "columns", "read without it as", "margin without it")
_ACROSS = 3


@dataclass(frozen=True)
class ShownStep:
    """One step as it is shown: its title, its picture, the lines under it.

    `without` is the reading where this step alone is left out; None where no ink is left.
    """

    step: Step
    title: str
    picture: Grid = field(repr=False)
    lines: tuple[str, ...]
    without: Reading | None = field(repr=False)


def exported_ink(
    preprocessing: Preprocessing, about: str, said: tuple[str, ...], steps: Sequence[ShownStep]
) -> Exported:
    """From a drawing to the input of a network, step by step.

    Args:
        preprocessing: every step.
        about: the network and its answer, in a line.
        said: what leaving steps out has done, line by line.
        steps: as they are shown, in their order.
    """

    def sheet(theme: Theme) -> Sheet:
        blocks: list[Block] = [Words(said)]
        for first in range(0, len(steps), _ACROSS):
            row = steps[first : first + _ACROSS]
            blocks.append(Beside(tuple(Words((_title(preprocessing, each),)) for each in row)))
            blocks.append(Beside(tuple(each.picture for each in row)))
            blocks.append(Beside(tuple(Words(each.lines, SMALL_SIZE) for each in row)))
        return page("Preprocessing", blocks, theme, about=about)

    rows = tuple(_row(preprocessing, each) for each in steps)
    pictures = {each.step.name.lower(): preprocessing.picture(each.step) for each in steps}
    arrays = {name: np.ascontiguousarray(picture) for name, picture in pictures.items()}
    variants = [each.without.variant for each in steps if each.without is not None]
    margin = f"; margin: {output_kind(variants[0])}" if variants else ""
    told = {"figures": f"rows, columns: pixels of the step's picture{margin}"}
    return Exported("preprocessing", sheet, Table(_HEADINGS, rows), arrays, told)


def _title(preprocessing: Preprocessing, shown: ShownStep) -> str:
    return f"{shown.title}, left out" if shown.step in preprocessing.off else shown.title


def _row(preprocessing: Preprocessing, shown: ShownStep) -> tuple[str | int | float, ...]:
    rows, columns = preprocessing.picture(shown.step).shape
    taken = "no" if shown.step in preprocessing.off else "yes"
    name = shown.step.name.lower()
    if shown.step is Step.PICTURE:
        return name, taken, rows, columns, "", ""
    if shown.without is None:
        return name, taken, rows, columns, "no ink left", ""
    read = read_as(verdict_of(shown.without))
    return name, taken, rows, columns, read, shortest(shown.without.margin)
