"""A page with one digit as it is and under each of the 15 corruptions, and what networks read."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.data.corruptions.table import CORRUPTIONS
from lenet_gui.data.digits import UInt8Array
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.exported import Exported
from lenet_gui.pictures.lettering import text_width
from lenet_gui.pictures.sheet import (
    GRID,
    MARGIN,
    NAME_SIZE,
    PALETTES,
    SMALL_SIZE,
    TITLE_SIZE,
    Item,
    Patch,
    Sheet,
    Text,
    outlined,
)
from lenet_gui.text.figures import upper_first

_COLUMNS = 4
_CELL = 5
_LINE = 2 * GRID
_HEADER = 9 * GRID


def exported_corruptions(
    title: str,
    images: UInt8Array,
    label: int,
    networks: Sequence[str],
    answers: UInt8Array,
    class_names: Sequence[str] = DIGIT_NAMES,
) -> Exported:
    """The page, and its images as arrays.

    Args:
        title: of the page.
        images: uint8 [16, 28, 28]: the digit as it is, then under each corruption.
        label: the digit's, 0..9.
        networks: their names.
        answers: uint8 [networks, 16]: what each reads in each image; wrong ones are marked.
        class_names: what the ten labels mean.
    """
    names = ("clean", *(each.title for each in CORRUPTIONS))
    told = [
        [
            f"{network}: {class_names[answer]}" + ("" if answer == label else " (wrong)")
            for network, answer in zip(networks, column, strict=True)
        ]
        for column in answers.T
    ]

    def page(theme: Theme) -> Sheet:
        return _page(title, images, names, told, theme)

    arrays: dict[str, npt.NDArray[np.generic]] = {
        "images": images,
        "names": np.array(names),
        "label": np.array(label, np.uint8),
        "networks": np.array(networks),
        "answers": answers,
    }
    return Exported("corruptions", page, arrays=arrays)


def _page(
    title: str,
    images: UInt8Array,
    names: Sequence[str],
    told: Sequence[Sequence[str]],
    theme: Theme,
) -> Sheet:
    """Each image under its name, with what is told of it, a line for each network."""
    palette = PALETTES[theme]
    side = images.shape[-1] * _CELL
    widest = max((text_width(line, SMALL_SIZE) for lines in told for line in lines), default=0)
    pitch = max(side, widest) + 3 * GRID
    row_height = side + 3 * GRID + (len(told[0]) + 1) * _LINE
    items: list[Item] = [
        Text(MARGIN, MARGIN + TITLE_SIZE - GRID // 2, title, TITLE_SIZE, palette.ink),
    ]
    for place, (image, name, lines) in enumerate(zip(images, names, told, strict=True)):
        row, column = divmod(place, _COLUMNS)
        x, y = MARGIN + column * pitch, MARGIN + _HEADER + row * row_height
        colours = np.repeat(255 - image[..., None], 3, axis=2)
        items += outlined(Patch(x, y, colours, _CELL, _CELL, name), palette.line)
        items.append(Text(x, y - GRID, upper_first(name), NAME_SIZE, palette.ink))
        for number, line in enumerate(lines):
            below = y + side + (number + 1) * _LINE
            items.append(Text(x, below, line, SMALL_SIZE, palette.muted))
    rows = -(-len(names) // _COLUMNS)
    width = max(_COLUMNS * pitch - 3 * GRID, text_width(title, TITLE_SIZE))
    height = MARGIN + _HEADER + rows * row_height
    return Sheet(title, width + 2 * MARGIN, height, palette.page, tuple(items))
