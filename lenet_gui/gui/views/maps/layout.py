"""Where everything of the network view lies, as a pure function of the room that there is.

All rectangles are in device pixels, so that maps are enlarged by whole factors on every screen.
No widgets here.
"""

from lenet_gui.gui.views.maps.layout_choice import (
    Choice,
    Room,
    TextSizes,
    choose,
    content_right,
    first_left,
    needed,
    row_heights,
)
from lenet_gui.gui.widgets.places import LayerRow, NetworkLayout, Rect
from lenet_gui.net.layers import GEOMETRY, LAYERS

_STRIPS = ((2, 60), (3, 40), (4, 30), (5, 24), (6, 20), (8, 15))  # of C5's 120 units


def lay_out(width: float, height: float, ratio: float, text: TextSizes) -> NetworkLayout:
    """The view in a room of `width` x `height` logical pixels.

    Args:
        width: in logical pixels.
        height: in logical pixels.
        ratio: device pixels for each logical pixel, at least 1.
        text: what the fonts need.

    Returns:
        Places within the room, or within the smallest one possible when the room is too small.
    """
    room = Room.of(width, height, ratio, text)
    return _place(room, choose(room))


def _place(room: Room, choice: Choice) -> NetworkLayout:
    """Rectangles for a choice; height left over grows the input first, then the rows' distance."""
    width, height = needed(room, choice)
    spare = max(0, room.height - height)
    right = content_right(room, choice)
    heights = list(row_heights(room, choice))
    source = choice.source
    if not choice.beside:
        source = _grown_source(room, choice, spare, right)
        grown = max(heights[0], 32 * source)
        spare -= grown - heights[0]
        heights[0] = grown
    tops = _tops(room, heights, spare)

    first_label, left = first_left(room, choice), room.left
    whole = Rect(left, tops[0], 32 * source, 32 * source)
    rows = [LayerRow(LAYERS[0], _label(room, room.margin, tops[0]), source, 32, 32, (whole,))]
    grids = (
        ("C1", choice.first, choice.first_columns, first_label),
        ("S2", 2 * choice.first, choice.first_columns, first_label),
        ("C3", choice.second, choice.second_columns, room.margin),
        ("S4", 2 * choice.second, choice.second_columns, room.margin),
    )
    for (layer, factor, columns, label_left), top in zip(grids, tops[1:5], strict=True):
        label = _label(room, label_left, top)
        shape = GEOMETRY[layer]
        start = label.right + room.label_gap
        places = _grid(room, (start, top, right), shape.pictures, columns, factor * shape.rows)
        rows.append(LayerRow(layer, label, factor, shape.rows, shape.columns, places))
    rows.append(_strip(room, _label(room, room.margin, tops[5]), right, heights[5]))

    f6 = Rect(left, tops[6], 7 * choice.second, 12 * choice.second)
    rows.append(LayerRow("F6", _label(room, room.margin, tops[6]), choice.second, 12, 7, (f6,)))
    output, digits = _output(room, f6.right + 2 * room.label_gap, tops[6], right, heights[6])
    rows.append(output)
    return NetworkLayout(
        max(room.width, width),
        max(room.height, tops[-1] + heights[-1] + room.margin),
        room.ratio,
        tuple(rows),
        _note(room, choice, whole, right, tops, heights),
        digits,
    )


def _grown_source(room: Room, choice: Choice, spare: int, right: int) -> int:
    """The input's factor when it takes what height the rows leave, up to twice C1's."""
    source = choice.source
    height = max(room.label_height, 32 * source)
    while (
        source < 2 * choice.first
        and 32 * (source + 1) - height <= spare
        and room.left + 32 * (source + 1) + 2 * room.label_gap + room.note_width <= right
    ):
        source += 1
    return source


def _tops(room: Room, heights: list[int], spare: int) -> list[int]:
    """Where the rows begin; spare height sets them further apart, to three times the distance."""
    gaps = sum(height > 0 for height in heights) - 1
    row_gap = room.row_gap + min(spare // gaps, 2 * room.row_gap)
    tops = [room.margin]
    for height in heights[:-1]:
        tops.append(tops[-1] + (height + row_gap if height else 0))
    return tops


def _label(room: Room, left: int, top: int) -> Rect:
    return Rect(left, top, room.label_width, room.label_height)


def _note(
    room: Room, choice: Choice, whole: Rect, right: int, tops: list[int], heights: list[int]
) -> Rect:
    """The note's place: to the right of the input, or under it when it stands beside C1."""
    if choice.beside:
        top = max(whole.bottom, room.margin + room.label_height) + room.row_gap
        return Rect(room.margin, top, whole.right - room.margin, tops[2] + heights[2] - top)
    left = whole.right + 2 * room.label_gap
    return Rect(left, tops[0], right - left, heights[0])


def _grid(
    room: Room, span: tuple[int, int, int], count: int, columns: int, side: int
) -> tuple[Rect, ...]:
    """`count` squares in lines of `columns`, spread a little so that rows end at one place.

    `span`: left, top, and the right end of the longest row.
    """
    left, top, right = span
    spread = (right - left - columns * side) / (columns - 1)
    gap = max(float(room.gap), min(spread, side / 6))
    return tuple(
        Rect(
            left + round((index % columns) * (side + gap)),
            top + (index // columns) * (side + room.gap),
            side,
            side,
        )
        for index in range(count)
    )


def _strip(room: Room, label: Rect, right: int, height: int) -> LayerRow:
    """C5 in the arrangement of its 120 units that gives the largest cells."""
    left = label.right + room.label_gap

    def side(strip: tuple[int, int]) -> int:
        return max(1, min((right - left) // strip[1], height // strip[0]))

    lines, columns = max(_STRIPS, key=side)
    factor = side((lines, columns))
    place = Rect(left, label.y, columns * factor, lines * factor)
    return LayerRow("C5", label, factor, lines, columns, (place,))


def _output(
    room: Room, left: int, top: int, right: int, height: int
) -> tuple[LayerRow, tuple[Rect, ...]]:
    """The output's label, ten cells, and the digits under them, to the right of F6."""
    label = _label(room, left, top)
    start = label.right + room.label_gap
    below = room.digit_height + room.gap // 2
    side = max(1, min((right - start) // 10, height - below, height // 2))
    cells = Rect(start, top, 10 * side, side)
    digits = tuple(
        Rect(start + digit * side, cells.bottom + room.gap // 2, side, room.digit_height)
        for digit in range(10)
    )
    return LayerRow(LAYERS[-1], label, side, 1, 10, (cells,)), digits
