"""By which one whole factor the network view enlarges its maps: the largest that the room allows.

C1 is enlarged by k, S2, C3 and F6 by 2k, S4 by 4k: a unit of S2 covers the very 2x2 units of C1
above it, the same for C3 and S4, and maps of all layers are of like size. All layers begin at one
place and end at another. In a wide room the input stands in a column of its own to their left.
"""

from dataclasses import dataclass

from lenet_gui.gui.views.maps.text import layer_texts, totals
from lenet_gui.net.architecture import Variant
from lenet_gui.pictures.grid.layout import Room, Type

MARGIN = 6
GAP = 4
LABEL_GAP = 8
ROW_GAP = 6
LINES = (1, 2)  # of C1's and S2's six maps; C3 and S4 have twice as many
LEAST = 1
"""C1's factor where there is less room than that takes: the view scrolls."""
STRIP = 30  # units of C5 in a line, of 4
LINE_GAP = 2  # between the lines of a label
NOTE_LINES = 7  # of small type, in a column under the input


@dataclass(frozen=True)
class Measures:
    """The given size, all distances, and what the words need, in device pixels.

    `label_width` and `label_height` are of what stands beside a row, `note_width` of the text to
    the right of the input. There is room for the words of both variants: a switch moves nothing.
    """

    width: int
    height: int
    ratio: float
    margin: int
    gap: int
    label_gap: int
    row_gap: int
    line: int
    label_width: int
    label_height: int
    note_width: int
    digit_width: int

    @classmethod
    def of(cls, room: Room) -> "Measures":
        """The measures of a room."""
        wide, note = 0.0, 0.0
        for variant in Variant:
            for words in layer_texts(variant).values():
                name = room.measure(words.name + " ", Type.TITLE)
                wide = max(wide, name + room.measure(words.size, Type.SMALL))
                wide = max(wide, room.measure(words.parameters, Type.SMALL))
            note = max(note, room.measure(totals(variant), Type.SMALL))
        line = room.lines[Type.SMALL]
        high = room.lines[Type.TITLE] + 2 * (line + LINE_GAP)
        digit = room.measure("0", Type.SMALL)
        distances = (MARGIN, GAP, LABEL_GAP, ROW_GAP, line, wide + LINE_GAP, high, note, digit)
        pixels = (room.pixels(distance) for distance in distances)
        width, height = int(room.width * room.ratio), int(room.height * room.ratio)
        return cls(width, height, room.ratio, *pixels)


@dataclass(frozen=True)
class Choice:
    """C1's factor, the lines of C1's maps, and whether the input stands to the left of all."""

    factor: int
    lines: int = 1
    beside: bool = False

    @property
    def rows(self) -> tuple[int, ...]:
        """The lines of C1, S2, C3 and S4."""
        return (self.lines, self.lines, 2 * self.lines, 2 * self.lines)

    @property
    def sides(self) -> tuple[int, ...]:
        """The sides of their maps."""
        return (28 * self.factor, 28 * self.factor, 20 * self.factor, 20 * self.factor)

    @property
    def columns(self) -> tuple[int, ...]:
        """How many of their maps stand in a line."""
        return tuple(maps // lines for maps, lines in zip((6, 6, 16, 16), self.rows, strict=True))


def choose(room: Measures) -> Choice:
    """The largest factor that fits; of equals, the input above in lines as long as they go."""
    least = max(1, round(LEAST * room.ratio))
    best = Choice(least)
    for lines in LINES:
        for beside in (False, True):
            choice = Choice(best.factor + 1, lines, beside)
            while _fits(room, choice):
                best = choice
                choice = Choice(best.factor + 1, lines, beside)
    return best


def layers_left(room: Measures, choice: Choice) -> int:
    """Where the labels of the layers begin."""
    if not choice.beside:
        return room.margin
    return room.margin + column_width(room, choice) + 3 * room.label_gap


def column_width(room: Measures, choice: Choice) -> int:
    """The column of the input and the note under it."""
    return max(32 * choice.factor, room.label_width, 4 * room.note_width // 5)


def pictures_left(room: Measures, choice: Choice) -> int:
    """Where the pictures of all layers begin."""
    return layers_left(room, choice) + room.label_width + room.label_gap


def pictures_width(room: Measures, choice: Choice) -> int:
    """From there to where all of them end: C5's cells go into it, and the gaps between maps."""
    widths = (
        columns * side + (columns - 1) * room.gap
        for columns, side in zip(choice.columns, choice.sides, strict=True)
    )
    last = 14 * choice.factor + 3 * room.label_gap + room.label_width
    last += 10 * (room.digit_width + 2 * room.gap)
    above = 0 if choice.beside else 32 * choice.factor + 2 * room.label_gap + room.note_width
    return -(-max(*widths, last, above) // STRIP) * STRIP


def row_heights(room: Measures, choice: Choice) -> tuple[int, ...]:
    """The heights of input, C1, S2, C3, S4, C5, and the common row of F6 and output.

    The input's is 0 where it stands beside.
    """
    maps = (
        lines * side + (lines - 1) * room.gap
        for lines, side in zip(choice.rows, choice.sides, strict=True)
    )
    strip = 4 * (pictures_width(room, choice) // STRIP)
    f6 = max(24 * choice.factor, room.digit_width + room.gap + room.line)
    rows = tuple(max(room.label_height, height) for height in (*maps, strip, f6))
    source = 32 * max(1, choice.factor // 2)
    return (0 if choice.beside else max(room.label_height, source), *rows)


def _fits(room: Measures, choice: Choice) -> bool:
    """Whether the room holds a choice."""
    width, height = needed(room, choice)
    return width <= room.width and height <= room.height


def needed(room: Measures, choice: Choice) -> tuple[int, int]:
    """Width and height that a choice takes."""
    heights = row_heights(room, choice)
    gaps = sum(height > 0 for height in heights) - 1
    width = pictures_left(room, choice) + pictures_width(room, choice) + room.margin
    height = sum(heights) + gaps * room.row_gap + 2 * room.margin
    if choice.beside:
        note = room.label_height + 32 * choice.factor + 2 * room.row_gap + NOTE_LINES * room.line
        height = max(height, note + 2 * room.margin)
    return width, height
