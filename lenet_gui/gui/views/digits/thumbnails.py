"""Digits in rows as one picture, and the words under them."""

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QWidget

from lenet_gui.data.digits import DIGIT_SIDE, UInt8Array
from lenet_gui.gui.core import theme
from lenet_gui.gui.widgets.ink_colours import canvas_colours
from lenet_gui.pictures.colours import Theme

_GROUND, _WRONG = 254, 255
_INKEST = 253
"""The last colours of the table are kept for the ground and for the edge of what is wrong."""


def thumbnails(
    images: UInt8Array,
    wrong: list[bool],
    columns: int,
    cell: tuple[int, int],
    lengths: tuple[int, int],
) -> UInt8Array:
    """All the digits in one picture, wrong ones within an edge.

    Args:
        images: uint8 [n, 28, 28].
        wrong: which are read wrongly, as many.
        columns: so many in a row.
        cell: the width and height of a digit's place, in pixels.
        lengths: the side of a digit, and what is left free round it.

    Returns:
        uint8 [rows x height, columns x width], positions in `colour_table`.
    """
    (width, height), (thumb, gap) = cell, lengths
    rows = -(-len(images) // columns)
    left = (width - thumb) // 2
    factor = thumb // DIGIT_SIDE
    mosaic = np.full((rows, height, columns, width), _GROUND, np.uint8)
    large = np.minimum(images, _INKEST).repeat(factor, axis=1).repeat(factor, axis=2)
    edge = max(1, gap // 2)
    for place, is_wrong in enumerate(wrong):
        row, column = divmod(place, columns)
        if is_wrong:
            down = slice(gap - edge, gap + thumb + edge)
            mosaic[row, down, column, left - edge : left + thumb + edge] = _WRONG
        mosaic[row, gap : gap + thumb, column, left : left + thumb] = large[place]
    return mosaic.reshape(rows * height, columns * width)


def ground(widget: QWidget) -> QColor:
    """The background of the digits."""
    return QColor(widget.palette().color(QPalette.ColorRole.Base))


def colour_table(widget: QWidget) -> UInt8Array:
    """The colours of ink, of the ground, and of the edge, uint8 [256, 3]."""
    table = canvas_colours(widget).lut()
    wrong = theme.ORANGE if theme.theme_of(widget) is Theme.DARK else theme.VERMILION
    for place, colour in ((_GROUND, ground(widget)), (_WRONG, wrong)):
        table[place] = colour.red(), colour.green(), colour.blue()
    return table


class Captions:
    """The words under digits, each drawn once: text is the slowest part of a page."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._drawn: dict[tuple[str, int], QPixmap] = {}

    def clear(self) -> None:
        """Redraws all of them: fonts, colours or the screen have changed."""
        self._drawn.clear()

    def drawn(self, words: str, width: int) -> QPixmap:
        """Words in the middle of a tile, in device pixels."""
        found = self._drawn.get((words, width))
        if found is None:
            ratio, font = self._widget.devicePixelRatioF(), theme.small_font(self._widget)
            high = QFontMetrics(font).height()
            found = QPixmap(width, round(high * ratio))
            found.fill(Qt.GlobalColor.transparent)
            painter = QPainter(found)
            painter.scale(ratio, ratio)
            painter.setFont(font)
            painter.setPen(self._widget.palette().color(QPalette.ColorRole.WindowText))
            room = QRect(0, 0, round(width / ratio), high)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)
            painter.end()
            self._drawn[words, width] = found
        return found
