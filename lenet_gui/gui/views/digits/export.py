"""Exporting the digits: a page of the first of them, and each one shown as a row."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from lenet_gui.data.digits import CLASSES, DIGIT_SIDE
from lenet_gui.explore.gallery import Indices, Which
from lenet_gui.gui.views.digits.text import DigitTexts, DigitWords
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.exported import Exported, Table, shortest
from lenet_gui.pictures.grid.content import Align, Caption, GridContent, Mark, Marked
from lenet_gui.pictures.grid.layout import GridLayout, Maker, PlacedPanel, Rect, Room, Type
from lenet_gui.pictures.grid.panel import Colours, Panel, Values
from lenet_gui.pictures.page import Block, Grid, Words, page
from lenet_gui.pictures.sheet import Sheet
from lenet_gui.text.figures import upper_first

MOST = 300
"""How many digits of a group are on the page."""

_HEADINGS = ("shown", "digit", "label", "a", "a_margin", "b", "b_margin")
_FIGURES = {"figures": "a, b: predictions; margins: distances (Original) or logits (Modern)"}
_NAME = "digits"
_GAP = 8


@dataclass(frozen=True, eq=False)
class Group:
    """Digits under a heading, by their places in the set; `which` as it was chosen."""

    which: Which
    heading: str
    indices: Indices = field(repr=False)


def exported_digits(
    texts: DigitTexts, told: Sequence[str], groups: Sequence[Group], matrix: Block | None
) -> Exported:
    """The digits that are shown.

    Args:
        texts: what is said of them.
        told: what is chosen, and how many are read wrongly, in lines.
        groups: the digits of each column.
        matrix: what A confuses; None before A has read the digits.
    """
    name = texts.digits.name

    def sheet(theme: Theme) -> Sheet:
        blocks: list[Block] = [Words(tuple(told))]
        for group in groups:
            some = group.indices[:MOST]
            more = f", the first {len(some)} of them" if len(some) < len(group.indices) else ""
            blocks.append(Words((f"{group.heading}{more}",)))
            if len(some):
                blocks.append(_digits(texts, some))
        if matrix is not None:
            blocks += (Words(("What A confuses: rows: true digit, columns: prediction",)), matrix)
        return page(upper_first(f"{name} digits"), blocks, theme)

    rows = tuple(_row(texts, group.which, int(i)) for group in groups for i in group.indices)
    table = Table(_HEADINGS, rows)
    return Exported(f"{name.replace(' ', '-')}-digits", sheet, table, facts=_FIGURES)


def _row(texts: DigitTexts, which: Which, index: int) -> tuple[str | int | float, ...]:
    digits = texts.digits
    names: Sequence[str | int] = range(CLASSES) if digits.are_digits else digits.class_names
    found: list[str | int | float] = [which.value, index, names[texts.label(index)]]
    for readings in (texts.a, texts.b):
        if readings is None:
            found += ("", "")
        else:
            found += (names[int(readings.answers[index])], shortest(readings.margins[index]))
    return tuple(found)


def _digits(texts: DigitTexts, indices: Indices) -> Grid:
    """Digits in lines, words under each, wrong ones in an edge."""
    words = DigitWords(texts, indices)
    panel = Panel(_NAME, len(indices), DIGIT_SIDE, DIGIT_SIDE, words, Colours.INK)
    ink = texts.digits.images[indices].astype(np.float32) / np.float32(255)
    labels = {
        str(place): Caption.small(texts.caption(int(index)), Align.MIDDLE)
        for place, index in enumerate(indices)
    }
    wrong = tuple(
        Marked.picture(_NAME, place, Mark.WRONG)
        for place, index in enumerate(indices)
        if texts.is_wrong(int(index))
    )
    content = GridContent({_NAME: Values.of(panel, ink)}, labels, wrong)
    return Grid(_maker(panel), content, 0)


def _maker(panel: Panel) -> Maker:
    """In lines of the room's width, every digit twice as large as its pixels."""

    def lay_out(room: Room) -> GridLayout:
        cell, gap, line = room.pixels(2), room.pixels(_GAP), room.pixels(room.lines[Type.SMALL])
        side, width = DIGIT_SIDE * cell, room.pixels(room.width)
        columns = max(1, (width - gap) // (side + gap))
        pitch = side + line + gap
        places = tuple(
            Rect(2 + number % columns * (side + gap), 2 + number // columns * pitch, side, side)
            for number in range(panel.pictures)
        )
        labels = {
            str(number): Rect(place.x, place.bottom + 2, side, line)
            for number, place in enumerate(places)
        }
        height = -(-panel.pictures // columns) * pitch
        placed = (PlacedPanel(panel, (cell, cell), places),)
        return GridLayout(width, height, room.ratio, placed, labels)

    return lay_out
