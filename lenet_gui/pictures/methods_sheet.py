"""The picture of the published test errors of Fig. 9, sorted, with ours among them."""

from dataclasses import dataclass
from typing import Final

from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.curve_sheet import TEST_COLOURS, TRAINING_COLOURS
from lenet_gui.pictures.sheet import (
    GRID,
    NAME_SIZE,
    PALETTES,
    SMALL_SIZE,
    Anchor,
    Item,
    Rectangle,
    Sheet,
    Text,
)
from lenet_gui.versus.published import FIG_9
from lenet_gui.versus.standing import Kept
from lenet_gui.versus.table import mean_told

ROW: Final = 2 * GRID + 2
_TOP = 7 * GRID
_NAMES = 34 * GRID
_FIGURES = 9 * GRID
_BAR = 10


@dataclass(frozen=True)
class Entry:
    """A row of the chart: an error in percent and how it is told."""

    name: str
    error: float
    told: str
    is_ours: bool = False
    is_lenet5: bool = False  # of the paper


def entries(kept: Kept) -> list[Entry]:
    """The rows of Fig. 9 and a row for each of our recipes on MNIST, the largest error first."""
    published = [
        Entry(one.name, one.error, f"{one.error:.2f}".removesuffix("0"), is_lenet5=one.is_lenet5)
        for one in FIG_9
    ]
    ours = [
        Entry(f"ours: {one.name}", one.mean, mean_told(one), is_ours=True)
        for one in kept.standings
        if one.is_comparable
    ]
    return sorted((*published, *ours), key=lambda entry: -entry.error)


def methods_height(kept: Kept) -> int:
    """The height of the sheet in units, whatever its width."""
    return _TOP + ROW * len(entries(kept)) + 2 * GRID


def methods_sheet(kept: Kept, theme: Theme = Theme.LIGHT, width: int = 760) -> Sheet:
    """The chart on a page of `width` units, at least 560."""
    palette = PALETTES[theme]
    ours, paper = TRAINING_COLOURS[theme], TEST_COLOURS[theme]
    rows = entries(kept)
    most = max(row.error for row in rows)
    room = width - _NAMES - _FIGURES - 2 * GRID
    items: list[Item] = [
        Text(GRID, 3 * GRID, "Test errors on MNIST, %", NAME_SIZE, palette.ink),
        Text(
            GRID,
            3 * GRID + 18,
            "The published results of Fig. 9; LeNet-5 of 1998 in blue, ours in orange.",
            SMALL_SIZE,
            palette.muted,
        ),
    ]
    for number, row in enumerate(rows):
        top = _TOP + ROW * number
        colour = ours if row.is_ours else paper if row.is_lenet5 else palette.bar
        ink = colour if row.is_ours else palette.ink
        length = max(1, round(room * row.error / most))
        baseline = top + 13
        items += [
            Text(_NAMES - GRID, baseline, row.name, SMALL_SIZE, ink, Anchor.RIGHT),
            Rectangle(_NAMES, top + (ROW - _BAR) // 2, length, _BAR, colour),
            Text(_NAMES + length + GRID // 2, baseline, row.told, SMALL_SIZE, ink),
        ]
    return Sheet(
        title="Published test errors on MNIST (Fig. 9), with ours among them",
        width=width,
        height=methods_height(kept),
        page=palette.page,
        items=tuple(items),
    )
