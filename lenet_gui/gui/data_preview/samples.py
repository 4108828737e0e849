"""Samples of a data set: a column for each class, under the name of the class."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtWidgets import QWidget

from lenet_gui.data.digits import CLASSES, DIGIT_SIDE, Digits
from lenet_gui.explore.data_preview import SAMPLES_OF_CLASS
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.grid.grid import CellGrid, Walk
from lenet_gui.pictures.grid.content import Align, Caption, GridContent, Run
from lenet_gui.pictures.grid.ink_words import InkWords
from lenet_gui.pictures.grid.layout import GridLayout, Maker, PlacedPanel, Rect, Room, Type
from lenet_gui.pictures.grid.panel import Colours, Panel, Values

_GAP = 4
_EDGE = 2
_MOST = 3
"""Pixels of the screen for a pixel of a sample."""

_NAME = "samples"


class SampleGrid(CellGrid):
    """Shows samples; the arrow keys go from one to the next."""

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        super().__init__(commands, _maker(None, ()), Walk.PICTURES, parent)
        self.setObjectName("data-samples")
        self.setAccessibleName("Samples of each class")
        self.can_be_enlarged = False

    def show_samples(self, digits: Digits, samples: Sequence[Sequence[int]]) -> None:
        """Shows the digits at the places that each class has."""
        spots = tuple(
            (row, label)
            for row in range(SAMPLES_OF_CLASS)
            for label, places in enumerate(samples)
            if row < len(places)
        )
        places = tuple(samples[label][row] for row, label in spots)
        names = digits.class_names
        words = InkWords(
            tuple(
                f"labelled {names[label]}, number {place:,} of the set"
                for (_, label), place in zip(spots, places, strict=True)
            )
        )
        panel = Panel(_NAME, len(places), DIGIT_SIDE, DIGIT_SIDE, words, Colours.INK)
        self.arrange(_maker(panel, spots))
        inks = digits.images[list(places)].astype(np.float32) / np.float32(255)
        captions = {
            str(label): Caption(((Run(name, is_faint=False),),), Align.MIDDLE, tip=name)
            for label, name in enumerate(names)
        }
        self.show_content(GridContent({_NAME: Values.of(panel, inks)}, captions))


def _maker(panel: Panel | None, spots: tuple[tuple[int, int], ...]) -> Maker:
    """A column for each class; `spots` has the row and the column of each picture."""

    def lay_out(room: Room) -> GridLayout:
        gap, edge, line = room.pixels(_GAP), room.pixels(_EDGE), room.pixels(room.lines[Type.SMALL])
        wide = room.pixels(room.width) - 2 * edge - (CLASSES - 1) * gap
        high = room.pixels(room.height) - 2 * edge - line - SAMPLES_OF_CLASS * gap
        factor = min(wide // (CLASSES * DIGIT_SIDE), high // (SAMPLES_OF_CLASS * DIGIT_SIDE))
        factor = max(min(factor, room.pixels(_MOST)), room.pixels(1))
        side = DIGIT_SIDE * factor
        top, pitch = edge + line + gap, side + gap
        places = tuple(
            Rect(edge + column * pitch, top + row * pitch, side, side) for row, column in spots
        )
        labels = {
            str(label): Rect(edge + label * pitch - gap // 2, edge, pitch, line)
            for label in range(CLASSES)
        }
        placed = () if panel is None else (PlacedPanel(panel, (factor, factor), places),)
        width = 2 * edge + CLASSES * pitch - gap
        height = 2 * edge + line + SAMPLES_OF_CLASS * pitch
        return GridLayout(width, height, room.ratio, placed, labels)

    return lay_out
