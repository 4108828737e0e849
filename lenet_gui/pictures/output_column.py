"""The right side of the picture of all layers: the answer, F6, and the ten outputs."""

import numpy as np

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.explore.verdict import Verdict, verdict_of
from lenet_gui.net.architecture import DIGITS, Variant
from lenet_gui.net.layers import OUTPUT
from lenet_gui.pictures.colours import Scale
from lenet_gui.pictures.lettering import text_width
from lenet_gui.pictures.painted import Painted
from lenet_gui.pictures.sheet import (
    BAR_FIGURE,
    GRID,
    NAME_SIZE,
    SMALL_SIZE,
    TEXT_SIZE,
    TITLE_SIZE,
    Anchor,
    Item,
    Patch,
    Rectangle,
    Sheet,
    Text,
    outlined,
)
from lenet_gui.text.answers import beside_answer, how_sure
from lenet_gui.text.figures import figure, probability, signed
from lenet_gui.text.units import layer_name

COLUMN_WIDTH = 256

_ANSWER_SIZE = 88
_USUAL_LINES = 4
_ROW = 7 * GRID
_BAR_WIDTH = 128
_BAR_HEIGHT = 12
_F6_CELL = 14
_CODE_CELL = 4


def output_column(painted: Painted, left: int, top: int) -> list[Item]:
    """The column's items from `top` down, `COLUMN_WIDTH` wide."""
    items = _answer(painted, left, top)
    top += 15 * GRID
    items += _f6(painted, left, top)
    top += 27 * GRID
    items += _outputs(painted, left, top)
    return items


def output_sheet(painted: Painted) -> Sheet:
    """Only the column, to be put on a page."""
    items = output_column(painted, GRID, 0)
    height = 47 * GRID + DIGITS * _ROW
    return Sheet("", GRID + COLUMN_WIDTH, height, painted.palette.page, tuple(items))


def _answer(painted: Painted, left: int, top: int) -> list[Item]:
    reading, palette = painted.reading, painted.palette
    verdict = verdict_of(reading)
    if verdict.abstains:
        return _abstention(painted, verdict, left, top)
    lines = beside_answer(reading)
    text_left, room = left + 9 * GRID, COLUMN_WIDTH - 9 * GRID
    text_top = top + (42 if len(lines) <= _USUAL_LINES else 34)
    return [
        Text(left, top + 14, "Answer", NAME_SIZE, palette.ink),
        Text(left - 4, top + 12 * GRID, str(reading.answer), _ANSWER_SIZE, palette.ink),
        *(
            Text(
                text_left, text_top + 18 * row, _cut(line, TEXT_SIZE, room), TEXT_SIZE, palette.ink
            )
            for row, line in enumerate(lines)
        ),
    ]


def _abstention(painted: Painted, verdict: Verdict, left: int, top: int) -> list[Item]:
    """In place of the answer: that there is none, why, and what it would have been."""
    palette, sure = painted.palette, how_sure(painted.reading)
    said = (*verdict.why, verdict.otherwise, f"{sure[0]}, {sure[-1]}")
    return [
        Text(left, top + 14, "Answer", NAME_SIZE, palette.ink),
        Text(left, top + 38, _cut(verdict.headline, TITLE_SIZE), TITLE_SIZE, palette.ink),
        *(
            Text(left, top + 57 + 16 * row, _cut(line, TEXT_SIZE), TEXT_SIZE, palette.ink)
            for row, line in enumerate(said)
        ),
    ]


def _cut(words: str, size: int, width: int = COLUMN_WIDTH) -> str:
    """The words, cut where the column ends: names of classes are long."""
    kept = words
    while len(kept) > 1 and text_width(kept, size) > width:
        kept = f"{kept.removesuffix('…')[:-1].rstrip()}…"
    return kept


def _f6(painted: Painted, left: int, top: int) -> list[Item]:
    palette = painted.palette
    picture = painted.map_items("F6", (left, top + 3 * GRID), _F6_CELL)
    text_left = left + 7 * _F6_CELL + 2 * GRID
    count = f"{painted.facts['F6'].parameters:,} parameters"
    items: list[Item] = [
        Text(left, top + 14, "F6", NAME_SIZE, palette.ink),
        Text(left + 4 * GRID, top + 14, "84 units as 12×7", TEXT_SIZE, palette.muted),
        *picture,
        Text(text_left, top + 36, painted.role("F6"), TEXT_SIZE, palette.muted),
        Text(text_left, top + 54, count, TEXT_SIZE, palette.muted),
    ]
    if painted.style.scale is not Scale.GLOBAL:
        items += painted.bar("F6", text_left + 64 + 2 * BAR_FIGURE, top + 80, columns=64)
    return items


def _outputs(painted: Painted, left: int, top: int) -> list[Item]:
    palette = painted.palette
    original = painted.reading.variant is Variant.ORIGINAL
    role = painted.role(OUTPUT)
    hint = "distance to each code" if original else "upper bar: logit, lower bar: probability"
    items: list[Item] = [
        Text(left, top + 14, layer_name(OUTPUT), NAME_SIZE, palette.ink),
        Text(left + 7 * GRID, top + 14, role, TEXT_SIZE, palette.muted),
        Text(left, top + 4 * GRID, hint, SMALL_SIZE, palette.muted),
    ]
    row_of = _distance_row if original else _logit_row
    for digit in range(DIGITS):
        row_top = top + 5 * GRID + digit * _ROW
        if digit == painted.reading.answer:
            items.append(Rectangle(left, row_top, 4, _ROW - GRID, palette.accent))
        items.append(
            Text(left + 2 * GRID, row_top + 29, str(digit), NAME_SIZE, palette.ink, Anchor.MIDDLE)
        )
        items += row_of(painted, digit, left, row_top)
    return items


def _distance_row(painted: Painted, digit: int, left: int, top: int) -> list[Item]:
    reading, palette = painted.reading, painted.palette
    best = digit == reading.answer
    distance = float(reading.output[digit])
    length = _length(distance, float(reading.output.max()))
    code = Patch(
        left + 4 * GRID, top, painted.code(digit), _CODE_CELL, _CODE_CELL, f"code of {digit}"
    )
    bar_left = left + 9 * GRID
    share = probability(float(reading.probabilities[digit]))
    room = left + COLUMN_WIDTH - text_width(share, SMALL_SIZE) - GRID - bar_left
    colour = palette.accent if best else palette.bar
    return [
        *outlined(code, palette.line),
        Rectangle(bar_left, top + 10, length, _BAR_HEIGHT, colour),
        _figure_at_right(left, top + 20, figure(distance), palette.ink),
        Text(bar_left, top + 40, _below_bar(painted, digit, room), SMALL_SIZE, palette.ink),
        _small_at_right(left, top + 40, share, palette.muted),
    ]


def _below_bar(painted: Painted, digit: int, room: int) -> str:
    """The name of a class that is no digit, as far as it fits, and of distances which is smallest.

    `room`: units that all of it may take.
    """
    reading = painted.reading
    smallest = reading.variant is Variant.ORIGINAL and digit == reading.answer
    if reading.class_names == DIGIT_NAMES:
        return "smallest" if smallest else ""
    then = ", smallest" if smallest else ""
    room -= text_width(then, SMALL_SIZE)
    return _cut(reading.class_names[digit], SMALL_SIZE, room) + then


def _logit_row(painted: Painted, digit: int, left: int, top: int) -> list[Item]:
    reading, palette = painted.reading, painted.palette
    best = digit == reading.answer
    colour = palette.accent if best else palette.bar
    bar_left = left + 5 * GRID
    width = _BAR_WIDTH + 4 * GRID
    low, high = min(0.0, float(reading.output.min())), max(0.0, float(reading.output.max()))
    reach = max(high - low, float(np.finfo(np.float32).tiny))
    zero = bar_left + round(width * -low / reach)
    end = bar_left + round(width * (float(reading.output[digit]) - low) / reach)
    share = float(reading.probabilities[digit])
    below = _below_bar(painted, digit, left + COLUMN_WIDTH - bar_left)
    return [
        Rectangle(min(zero, end), top + 6, max(abs(end - zero), 1), _BAR_HEIGHT, colour),
        Rectangle(zero, top + 3, 1, _BAR_HEIGHT + 6, palette.muted),
        Rectangle(bar_left, top + 30, _length(share, 1.0, width), 6, colour),
        *([Text(bar_left, top + 48, below, SMALL_SIZE, palette.ink)] if below else []),
        _figure_at_right(left, top + 16, signed(float(reading.output[digit])), palette.ink),
        _small_at_right(left, top + 37, probability(share), palette.muted),
    ]


def _length(value: float, largest: float, width: int = _BAR_WIDTH) -> int:
    """A bar's length in units; at least one, so that the bar is visible."""
    return max(round(width * value / largest), 1) if largest > 0 else 1


def _figure_at_right(left: int, baseline: int, text: str, colour: str) -> Text:
    return Text(left + COLUMN_WIDTH, baseline, text, TEXT_SIZE, colour, Anchor.RIGHT)


def _small_at_right(left: int, baseline: int, text: str, colour: str) -> Text:
    return Text(left + COLUMN_WIDTH, baseline, text, SMALL_SIZE, colour, Anchor.RIGHT)
