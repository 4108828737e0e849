"""A page made of blocks below or beside each other: words, grids and whole sheets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.grid.content import GridContent
from lenet_gui.pictures.grid.layout import Maker
from lenet_gui.pictures.grid.on_sheet import grid_items, laid_out
from lenet_gui.pictures.lettering import text_width
from lenet_gui.pictures.sheet import (
    GRID,
    MARGIN,
    PALETTES,
    TEXT_SIZE,
    TITLE_SIZE,
    Area,
    Item,
    Line,
    Sheet,
    Text,
)

_LEADING = 1.4
"""From baseline to baseline, in sizes of the type."""


@dataclass(frozen=True)
class Words:
    """Lines of text, wrapped between words where they are longer than the block is wide."""

    lines: tuple[str, ...]
    size: int = TEXT_SIZE
    is_faint: bool = False


@dataclass(frozen=True, eq=False)
class Grid:
    """A grid, laid out in the block's width and a height in units.

    With `has_figures`, the value of each cell is written in it, if there is room.
    """

    maker: Maker
    content: GridContent
    height: int
    has_figures: bool = False


@dataclass(frozen=True, eq=False)
class Inlay:
    """The items of another sheet, such as a chart's."""

    sheet: Sheet


@dataclass(frozen=True, eq=False)
class Beside:
    """Blocks side by side; `shares` are their parts of the width, without them all equal."""

    blocks: tuple["Block", ...]
    shares: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False)
class Below:
    """Blocks below each other, beside another block."""

    blocks: tuple["Block", ...]


Block = Words | Grid | Inlay | Beside | Below


def page(
    title: str, blocks: Sequence[Block], theme: Theme, width: int = 880, about: str = ""
) -> Sheet:
    """A sheet of a title, a line about it, and blocks below each other.

    Args:
        title: in large letters.
        blocks: from top to bottom.
        theme: of the sheet.
        width: of the blocks, in units; the margins are added.
        about: a line in small letters under the title.
    """
    palette = PALETTES[theme]
    head: list[Block] = [Words((title,), TITLE_SIZE)]
    if about:
        head.append(Words((about,), is_faint=True))
    composer = _Composer(theme)
    used, bottom = composer.stack((*head, *blocks), MARGIN, MARGIN, width)
    right = max(used, MARGIN + width)
    return Sheet(title, right + MARGIN, bottom + MARGIN, palette.page, tuple(composer.items))


def shifted(item: Item, right: int, down: int) -> Item:
    """An item moved to another place of a sheet."""
    if isinstance(item, Line | Area):
        return replace(item, points=tuple((x + right, y + down) for x, y in item.points))
    return replace(item, x=item.x + right, y=item.y + down)


class _Composer:
    """Puts blocks on the page; each returns the right and lower end of what it has put."""

    def __init__(self, theme: Theme) -> None:
        self._theme, self._palette = theme, PALETTES[theme]
        self.items: list[Item] = []

    def stack(self, blocks: Sequence[Block], left: int, top: int, width: int) -> tuple[int, int]:
        right, bottom = left, top
        for number, block in enumerate(blocks):
            end, bottom = self._put(block, left, bottom + (2 * GRID if number else 0), width)
            right = max(right, end)
        return right, bottom

    def _put(self, block: Block, left: int, top: int, width: int) -> tuple[int, int]:
        if isinstance(block, Words):
            return self._words(block, left, top, width)
        if isinstance(block, Grid):
            layout = laid_out(block.maker, width, block.height)
            self.items += grid_items(
                layout, block.content, self._theme, left, top, has_figures=block.has_figures
            )
            return left + layout.width, top + layout.height
        if isinstance(block, Inlay):
            self.items += (shifted(item, left, top) for item in block.sheet.items)
            return left + block.sheet.width, top + block.sheet.height
        if isinstance(block, Below):
            return self.stack(block.blocks, left, top, width)
        return self._beside(block, left, top, width)

    def _beside(self, block: Beside, left: int, top: int, width: int) -> tuple[int, int]:
        shares = block.shares or (1.0,) * len(block.blocks)
        room = width - (len(block.blocks) - 1) * 3 * GRID
        right, bottom = left, top
        for share, each in zip(shares, block.blocks, strict=True):
            wide = int(room * share / sum(shares))
            end, low = self._put(each, left, top, wide)
            right, bottom = max(right, end), max(bottom, low)
            left = max(left + wide, end) + 3 * GRID
        return right, bottom

    def _words(self, block: Words, left: int, top: int, width: int) -> tuple[int, int]:
        colour = self._palette.muted if block.is_faint else self._palette.ink
        right, baseline = left, float(top)
        for number, line in enumerate(broken(block.lines, block.size, width)):
            baseline += block.size * (_LEADING if number else 1.0)
            self.items.append(Text(left, round(baseline), line, block.size, colour))
            right = max(right, left + text_width(line, block.size))
        return right, round(baseline) + block.size // 4


def broken(lines: Sequence[str], size: int, width: int) -> list[str]:
    """Lines of text, those that are wider than `width` units wrapped between words."""
    found: list[str] = []
    for line in lines:
        found.append("")
        for word in line.split(" "):
            longer = f"{found[-1]} {word}" if found[-1] else word
            if found[-1] and text_width(longer, size) > width:
                found.append(word)
            else:
                found[-1] = longer
    return found
