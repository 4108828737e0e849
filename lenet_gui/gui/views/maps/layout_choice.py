"""By which one whole factor the network view enlarges its maps: the largest that the room allows.

C1 is enlarged by k, S2, C3 and F6 by 2k, S4 by 4k: a unit of S2 covers the very 2x2 units of C1
above it, the same for C3 and S4, and maps of all layers are of like size. All layers begin at one
place and end at another. In a wide room the input stands in a column of its own to their left. In
a low one the words beside the rows are fewer, C5 and F6 are lower, and the rows stand close: maps
are never smaller than twice their units, and where they still do not fit, the view scrolls.
"""

from dataclasses import dataclass, replace

from lenet_gui.gui.views.maps.text import layer_texts, totals
from lenet_gui.net.architecture import Variant
from lenet_gui.net.network_kind import NetworkKind
from lenet_gui.pictures.grid.layout import Room, Type

MARGIN = 6
GAP = 4
LABEL_GAP = 8
ROW_GAP = 6
LOW_GAP, LOW_LABEL_GAP = 2, 6  # in a low room: of all kinds, and between words and pictures
LINES = (1, 2)  # of C1's and S2's six maps; C3 and S4 have twice as many
LEAST = 2
"""C1's factor where there is less room than that takes: the view scrolls."""
STRIP, LOW_STRIP = 30, 40  # units of C5 in a line, of 4, and of 3 where it is to be lower
_APART = 1 / 3  # of a map of C1, by which two of them stand further apart at most
LINE_GAP = 2  # between the lines of a label
NOTE_LINES = 7  # of small type, in a column under the input


@dataclass(frozen=True)
class Measures:
    """The given size, all distances, and what the words need, in device pixels.

    `label_width` and `label_height` are of what stands beside a row, `low_label` its height without
    the line about parameters, `note_width` of the text to the right of the input. There is room for
    the words of both variants: a switch moves nothing.
    """

    width: int
    height: int
    ratio: float
    margin: int
    gap: int
    label_gap: int
    row_gap: int
    low_gap: int
    low_label_gap: int
    line: int
    label_width: int
    label_height: int
    low_label: int
    note_width: int
    digit_width: int

    @classmethod
    def of(cls, room: Room) -> "Measures":
        """The measures of a room."""
        wide, note = 0.0, 0.0
        for variant in Variant:
            for words in layer_texts(NetworkKind(variant)).values():
                name = room.measure(words.name + " ", Type.TITLE)
                wide = max(wide, name + room.measure(words.size, Type.SMALL))
                wide = max(wide, room.measure(words.parameters, Type.SMALL))
            note = max(note, room.measure(totals(variant), Type.SMALL))
        line = room.lines[Type.SMALL]
        high = room.lines[Type.TITLE] + 2 * (line + LINE_GAP)
        digit = room.measure("0", Type.SMALL)
        low = high - line - LINE_GAP
        distances = (
            *(MARGIN, GAP, LABEL_GAP, ROW_GAP, LOW_GAP, LOW_LABEL_GAP),
            *(line, wide + LINE_GAP, high, low, note, digit),
        )
        pixels = (room.pixels(distance) for distance in distances)
        width, height = int(room.width * room.ratio), int(room.height * room.ratio)
        return cls(width, height, room.ratio, *pixels)


@dataclass(frozen=True)
class Choice:
    """C1's factor, the lines of C1's maps, and where the input is.

    `beside`: it stands to the left of all; `slim`: C5 and F6 are lower, for the sake of the maps;
    `low`: that, and in little height.
    """

    factor: int
    lines: int = 1
    beside: bool = False
    slim: bool = False
    low: bool = False

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
        """How many of their maps are in a line."""
        return tuple(maps // lines for maps, lines in zip((6, 6, 16, 16), self.rows, strict=True))

    @property
    def strip(self) -> int:
        """How many units of C5 are in a line."""
        return LOW_STRIP if self.slim else STRIP

    @property
    def f6(self) -> int:
        """F6's factor."""
        return self.factor if self.slim else 2 * self.factor

    def label(self, room: Measures) -> int:
        """The height of what is beside a row."""
        return room.low_label if self.low else room.label_height

    def row_gap(self, room: Measures) -> int:
        """The least distance of two rows."""
        return room.low_gap if self.low else room.row_gap

    def gap(self, room: Measures) -> int:
        """The distance of two lines of maps, and the least of two maps of a line."""
        return room.low_gap if self.low else room.gap

    def margin(self, room: Measures) -> int:
        """The room left around everything."""
        return room.low_gap if self.low else room.margin


def choose(room: Measures) -> Choice:
    """The largest factor that fits; of equals, the input beside, in lines as long as they go."""
    least = max(1, round(LEAST * room.ratio))
    usual = [
        Choice(least, lines, beside, slim)
        for slim in (False, True)
        for lines in LINES
        for beside in (True, False)
    ]
    fitting = [_grown(room, choice) for choice in usual if _fits(room, choice)]
    if not fitting:
        return Choice(least, slim=True, low=True)
    return max(fitting, key=lambda choice: choice.factor)  # the first of equals


def _grown(room: Measures, choice: Choice) -> Choice:
    """The same with the largest factor that fits."""
    while _fits(room, larger := replace(choice, factor=choice.factor + 1)):
        choice = larger
    return choice


def layers_left(room: Measures, choice: Choice) -> int:
    """Where the labels of the layers begin."""
    if not choice.beside:
        return choice.margin(room)
    return room.margin + column_width(room, choice) + 3 * room.label_gap


def column_width(room: Measures, choice: Choice) -> int:
    """The column of the input and the note under it."""
    return max(32 * choice.factor, room.label_width, 4 * room.note_width // 5)


def pictures_left(room: Measures, choice: Choice) -> int:
    """Where the pictures of all layers begin."""
    gap = room.low_label_gap if choice.low else room.label_gap
    return layers_left(room, choice) + room.label_width + gap


def pictures_width(room: Measures, choice: Choice) -> int:
    """From there to where all of them end: C5's cells go into it, and the gaps between maps."""
    widths = (
        columns * side + (columns - 1) * choice.gap(room)
        for columns, side in zip(choice.columns, choice.sides, strict=True)
    )
    last = 7 * choice.f6 + 3 * room.label_gap + room.label_width
    last += 10 * (room.digit_width + 2 * room.gap)
    above = 0 if choice.beside else 32 * choice.factor + 2 * room.label_gap + room.note_width
    return -(-max(*widths, last, above) // choice.strip) * choice.strip


def spread_width(room: Measures, choice: Choice) -> int:
    """The same with a part of the width that is left over: maps stand further apart.

    C5's cells grow with it, as far as there is height for that.
    """
    width, (wide, high) = pictures_width(room, choice), needed(room, choice)
    columns, side = choice.columns[0], choice.sides[0]
    apart = round(_APART * side) * (columns - 1)
    for_strip = (room.height - high) // (120 // choice.strip) * choice.strip
    more = max(min(room.width - wide, apart, for_strip), 0)
    return (width + more) // choice.strip * choice.strip


def row_heights(room: Measures, choice: Choice) -> tuple[int, ...]:
    """The heights of input, C1, S2, C3, S4, C5, and the common row of F6 and output.

    The input's is 0 where it stands beside.
    """
    maps = (
        lines * side + (lines - 1) * choice.gap(room)
        for lines, side in zip(choice.rows, choice.sides, strict=True)
    )
    strip = 120 // choice.strip * (pictures_width(room, choice) // choice.strip)
    f6 = max(12 * choice.f6, room.digit_width + room.gap + room.line)
    label = choice.label(room)
    rows = tuple(max(label, height) for height in (*maps, strip, f6))
    source = 32 * max(1, choice.factor // 2)
    return (0 if choice.beside else max(label, source), *rows)


def _fits(room: Measures, choice: Choice) -> bool:
    """Whether the room holds a choice."""
    width, height = needed(room, choice)
    return width <= room.width and height <= room.height


def needed(room: Measures, choice: Choice) -> tuple[int, int]:
    """Width and height that a choice takes."""
    heights = row_heights(room, choice)
    gaps = sum(height > 0 for height in heights) - 1
    width = pictures_left(room, choice) + pictures_width(room, choice) + choice.margin(room)
    height = sum(heights) + gaps * choice.row_gap(room) + 2 * choice.margin(room)
    if choice.beside:
        note = room.label_height + 32 * choice.factor + 2 * room.row_gap + NOTE_LINES * room.line
        height = max(height, note + 2 * room.margin)
    return width, height
