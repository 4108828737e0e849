"""The nine digits that activate a map most, with the receptive field of the most active unit."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QRect, Signal, Slot
from PySide6.QtWidgets import QWidget

from lenet_gui.data.ink import with_margin
from lenet_gui.explore.top_digits import TopDigit
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.grid.grid import CellGrid, Walk
from lenet_gui.net.architecture import INPUT_SIDE
from lenet_gui.pictures.grid.content import Align, Caption, GridContent, Mark, Marked, Run
from lenet_gui.pictures.grid.ink_words import InkWords
from lenet_gui.pictures.grid.layout import GridLayout, Maker, PlacedPanel, Rect, Room, Type
from lenet_gui.pictures.grid.panel import Cell, Colours, Panel, Values
from lenet_gui.text.units import place_name

_ACROSS = 3
_GAP = 6
_EDGE = 3
"""For the frame of a digit: the words are below it."""
_LEAST, _MOST = 2, 5
"""Pixels of the screen for a pixel of a digit."""

_NAME = "digits"


class TopDigitWords(InkWords):
    """What the digits are called: by the sentences about them."""

    def cell(self, cell: Cell) -> str:
        """A pixel of a digit."""
        return f"digit {cell.picture + 1} of the strongest, {place_name(cell.row, cell.column)}"


def _maker(panel: Panel | None) -> Maker:
    """Three in a line, words under each."""

    def lay_out(room: Room) -> GridLayout:
        gap, edge = room.pixels(_GAP), room.pixels(_EDGE)
        line = room.pixels(room.lines[Type.SMALL])
        wide = (room.pixels(room.width) - 2 * edge - 2 * gap) // (_ACROSS * INPUT_SIDE)
        high = (room.pixels(room.height) - 2 * edge - _ACROSS * line - 2 * gap) // (
            _ACROSS * INPUT_SIDE
        )
        factor = min(max(wide, 0), max(high, 0), room.pixels(_MOST))
        factor = max(factor, room.pixels(_LEAST) if room.width == 0 else 1)
        side = INPUT_SIDE * factor
        width = 2 * edge + _ACROSS * side + 2 * gap
        height = 2 * edge + _ACROSS * (side + line) + 2 * gap
        places = tuple(
            Rect(
                edge + (number % _ACROSS) * (side + gap),
                edge + (number // _ACROSS) * (side + line + gap),
                side,
                side,
            )
            for number in range(panel.pictures if panel else 0)
        )
        labels = {
            str(number): Rect(place.x - edge, place.bottom + edge, side + 2 * edge, line)
            for number, place in enumerate(places)
        }
        placed = (PlacedPanel(panel, (factor, factor), places),) if panel else ()
        return GridLayout(width, height, room.ratio, placed, labels)

    return lay_out


class TopDigits(CellGrid):
    """`digit_taken(int)`, the place of a digit, on a click or Enter.

    `digit_pointed(int)` follows the pointer and the keys; -1 for none.
    """

    digit_pointed = Signal(int)
    digit_taken = Signal(int)

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        super().__init__(commands, _maker(None), Walk.PICTURES, parent)
        self.setObjectName("top_digits")
        self.setAccessibleName("The digits that activate it most")
        self._top: Sequence[TopDigit] = ()
        self._captions: Sequence[tuple[str, str]] = ()
        self.pointed.connect(self.tell)
        self.activated.connect(self._take_digit)

    @property
    def excited(self) -> Sequence[TopDigit]:
        """What is shown, the strongest first."""
        return self._top

    def digit_rect(self, place: int) -> QRect:
        """The logical pixels of a digit."""
        return self.picture_rect(Cell(_NAME, place, 0, 0))

    def show_digits(
        self,
        images: Sequence[np.ndarray],
        top: Sequence[TopDigit],
        captions: Sequence[tuple[str, str]],
        sentences: Sequence[str],
    ) -> None:
        """Shows digits uint8 [28, 28], with words under them; or none.

        The first of the captions are shown where all have room, else the second.
        `sentences` tell each of them to screen readers.
        """
        self._top, self._captions = top, captions
        if not len(images):
            self.arrange(_maker(None))
            return
        inks = [with_margin(image.astype(np.float32) / np.float32(255)) for image in images]
        words = TopDigitWords(tuple(sentences))
        panel = Panel(_NAME, len(inks), INPUT_SIDE, INPUT_SIDE, words, Colours.INK)
        self.arrange(_maker(panel))
        marks = tuple(
            Marked(
                Cell(_NAME, number, max(each.field.top, 0), max(each.field.left, 0)),
                Mark.FIELD,
                min(each.field.bottom, INPUT_SIDE) - max(each.field.top, 0),
                min(each.field.right, INPUT_SIDE) - max(each.field.left, 0),
            )
            for number, each in enumerate(top)
        )
        values = {_NAME: Values.of(panel, np.stack(inks))}
        self.show_content(GridContent(values, self._labels(), marks))

    def laid_out(self) -> None:
        if self.content.values:  # pictures of another size have other room under them
            self.show_content(replace(self.content, labels=self._labels()))

    def _labels(self) -> dict[str, Caption]:
        room, places = self.room, self.layout_of.labels
        fit = all(
            room.pixels(room.measure(text, Type.SMALL)) <= places[str(number)].width
            for number, (text, _) in enumerate(self._captions)
            if str(number) in places
        )
        return {
            str(number): Caption(((Run(texts[not fit], is_faint=False),),), Align.MIDDLE)
            for number, texts in enumerate(self._captions)
        }

    @Slot()
    def tell(self) -> None:
        """Tells which digit is spoken of."""
        self.digit_pointed.emit(-1 if self.spoken is None else self.spoken.picture)

    @Slot(object)
    def _take_digit(self, cell: Cell) -> None:
        self.digit_taken.emit(cell.picture)
