"""One picture of a grid on a separate page: its name, its cells enlarged, its legend."""

from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.grid.colouring import colours_of
from lenet_gui.pictures.grid.content import Legend
from lenet_gui.pictures.grid.panel import Colours, Panel, Values
from lenet_gui.pictures.lettering import text_width
from lenet_gui.pictures.sheet import (
    GRID,
    MARGIN,
    PALETTES,
    TITLE_SIZE,
    Item,
    Patch,
    Sheet,
    Text,
    colour_bar,
    outlined,
)

_SIDE = 448
_LEAST_WIDTH = 256


def picture_sheet(panel: Panel, picture: int, values: Values, theme: Theme) -> Sheet:
    """The page of a picture, its longer side about 448 units."""
    palette = PALETTES[theme]
    title = panel.words.picture(picture)
    colours = colours_of(panel, values, theme)[picture]
    cell = max(1, _SIDE // max(panel.rows, panel.columns))
    patch = Patch(MARGIN, MARGIN + TITLE_SIZE + GRID, colours, cell, cell, title)
    width = max(patch.width, _LEAST_WIDTH, text_width(title, TITLE_SIZE))
    items: list[Item] = [
        Text(MARGIN, MARGIN + TITLE_SIZE - GRID // 2, title, TITLE_SIZE, palette.ink),
        *outlined(patch, palette.line),
    ]
    below = patch.y + patch.height + 3 * GRID
    if panel.colours is Colours.DIVERGING:
        legend = Legend(values.limit(picture), from_zero=values.from_zero)
        place = (MARGIN + width, below)
        items += colour_bar(place, legend.figures, theme, from_zero=legend.from_zero)
        below += GRID
    return Sheet(title, width + 2 * MARGIN, below + MARGIN - GRID, palette.page, tuple(items))
