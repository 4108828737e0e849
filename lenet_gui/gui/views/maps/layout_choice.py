"""Which whole factors the network view enlarges its maps by: the largest that the room allows.

The rows of a subsampling have the factors k and 2k: a unit of S2 covers the very 2x2 units of C1
above it, and the same for C3 and S4. In a wide room the input stands beside C1 and S2.
"""

from dataclasses import dataclass
from itertools import product

from lenet_gui.gui.views.maps.text import layer_texts, totals
from lenet_gui.net.architecture import Variant
from lenet_gui.pictures.grid.layout import Room, Type

MARGIN = 8
GAP = 4
LABEL_GAP = 8
ROW_GAP = 6
FIRST_COLUMNS = (6, 3)  # of C1 and S2: 6 maps in a line, or 3 above 3
SECOND_COLUMNS = (8, 16, 4)  # of C3 and S4
LINE_GAP = 2  # between the lines of a label
NOTE_LINES = 5  # of the labels' height, in thirds: what the note under the input needs


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
        distances = (MARGIN, GAP, LABEL_GAP, ROW_GAP, line, wide + LABEL_GAP, high, note, digit)
        pixels = (room.pixels(distance) for distance in distances)
        width, height = int(room.width * room.ratio), int(room.height * room.ratio)
        return cls(width, height, room.ratio, *pixels)

    @property
    def left(self) -> int:
        """Where the pictures begin."""
        return self.margin + self.label_width + self.label_gap


@dataclass(frozen=True)
class Choice:
    """The factors of input, C1 and C3, and the maps in a line of C1/S2 and C3/S4.

    `beside`: the input stands to the left of C1 and S2, the note under it.
    """

    source: int
    first: int
    first_columns: int
    second: int
    second_columns: int
    beside: bool = False

    @property
    def worth(self) -> tuple[int, int]:
        """Large maps are worth most; of equals, those whose sides differ least."""
        return (
            self.first**8 * self.second**8 * self.source**3,
            -abs(28 * self.first - 10 * self.second),
        )

    @property
    def first_lines(self) -> int:
        """Lines of C1's maps."""
        return 6 // self.first_columns

    @property
    def second_lines(self) -> int:
        """Lines of C3's maps."""
        return 16 // self.second_columns


def choose(room: Measures) -> Choice:
    """The choice of the greatest worth that fits; the smallest one when none does."""
    least = max(1, round(room.ratio))
    best = Choice(least, least, 6, 2 * least, 8)
    for beside, first_columns, second_columns in product(
        (False, True), FIRST_COLUMNS, SECOND_COLUMNS
    ):
        for first in range(least, room.width // (28 * first_columns) + 1):
            sources = {first} if beside else {first, 3 * first // 4, (first + 1) // 2} - {0}
            for source in sorted(sources):
                tried = Choice(source, first, first_columns, 0, second_columns, beside)
                for second in range(_second_at_most(room, tried), 2 * least - 1, -1):
                    choice = Choice(source, first, first_columns, second, second_columns, beside)
                    if choice.worth <= best.worth:
                        break
                    if _fits(room, choice):
                        best = choice
                        break
    return best


def _second_at_most(room: Measures, choice: Choice) -> int:
    """A bound on C3's factor by width and height; labels may still forbid it."""
    columns, lines = choice.second_columns, choice.second_lines
    width = room.width - room.margin - room.left - (columns - 1) * room.gap
    above = 0 if choice.beside else 32 * choice.source
    fixed = above + 2 * choice.first_lines * 28 * choice.first + 5 * room.row_gap + 2 * room.margin
    return min(width // (10 * columns), (room.height - fixed) // (20 * lines + 5 + 12))


def extent(count: int, side: int, gap: int) -> int:
    """The length of `count` squares in a line."""
    return count * side + (count - 1) * gap


def first_left(room: Measures, choice: Choice) -> int:
    """Where the labels of C1 and S2 begin."""
    if not choice.beside:
        return room.margin
    return room.left + 32 * choice.source + 2 * room.label_gap


def content_right(room: Measures, choice: Choice) -> int:
    """Where the pictures end: the widest row, with room for the note and the output."""
    first = first_left(room, choice) + room.label_width + room.label_gap
    beside_input = 0 if choice.beside else 2 * room.label_gap + room.note_width
    output = 3 * room.label_gap + room.label_width + 10 * (room.digit_width + 2 * room.gap)
    return max(
        first + extent(choice.first_columns, 28 * choice.first, room.gap),
        room.left + extent(choice.second_columns, 10 * choice.second, room.gap),
        room.left + 32 * choice.source + beside_input,
        room.left + 7 * choice.second + output,
    )


def row_heights(room: Measures, choice: Choice) -> tuple[int, ...]:
    """The heights of input, C1, S2, C3, S4, C5, and the common row of F6 and output.

    The input's is 0 when it stands beside C1 and S2.
    """
    first = extent(choice.first_lines, 28 * choice.first, room.gap)
    second = extent(choice.second_lines, 10 * choice.second, room.gap)
    f6 = max(12 * choice.second, room.digit_width + room.gap + room.line)
    below = (first, first, second, second, 5 * choice.second, f6)
    rows = tuple(max(room.label_height, height) for height in below)
    return (0 if choice.beside else max(room.label_height, 32 * choice.source), *rows)


def _fits(room: Measures, choice: Choice) -> bool:
    """Whether the room holds a choice, and the place under the input the note."""
    width, height = needed(room, choice)
    if choice.beside:
        heights = row_heights(room, choice)
        under = heights[1] + heights[2] - 32 * choice.source
        beneath = room.label_width + room.label_gap + 32 * choice.source
        if 3 * under < NOTE_LINES * room.label_height or 5 * beneath < 4 * room.note_width:
            return False
    return width <= room.width and height <= room.height


def needed(room: Measures, choice: Choice) -> tuple[int, int]:
    """Width and height that a choice takes."""
    heights = row_heights(room, choice)
    gaps = sum(height > 0 for height in heights) - 1
    return (
        content_right(room, choice) + room.margin,
        sum(heights) + gaps * room.row_gap + 2 * room.margin,
    )
