"""The sheet of all weights: pictures, captions and legends, painted once for each state."""

import numpy as np
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QWidget

from lenet_gui.explore.reading import Floats
from lenet_gui.explore.weights import Part, WeightPictures
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.qimage import to_qimage_indexed
from lenet_gui.gui.views.weights.places import WeightsLayout
from lenet_gui.gui.views.weights.text import layer_counted
from lenet_gui.gui.widgets.colour_legend import paint_legend
from lenet_gui.net.codes import CODE_HEIGHT, CODE_WIDTH, CODES
from lenet_gui.pictures.colours import Theme, colour_indices, diverging_lut
from lenet_gui.text.units import layer_name

_LEGEND = 150
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


def paint_sheet(
    painter: QPainter, widget: QWidget, pictures: WeightPictures, layout: WeightsLayout
) -> None:
    """Paints everything but the marks, in the widget's colours."""
    looks = theme.theme_of(widget)
    text = widget.palette().color(widget.foregroundRole())
    line = theme.between(theme.theme_ground(widget), text, 0.24)
    for layer, line_box in layout.captions.items():
        _paint_caption(painter, widget, QRectF(*line_box), layer, pictures)
    painter.setFont(theme.small_font())
    painter.setPen(theme.faint(widget))
    for label in layout.labels:
        side = Qt.AlignmentFlag.AlignRight if label.at_right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(*label.box), side | _MIDDLE, label.text)
    for place in layout.parts:
        image = part_image(place.part, pictures.limits[place.part.layer], looks)
        rows, columns = place.part.shape
        for picture in range(len(place.part.places)):
            box = QRect(*place.picture_box(picture))
            painter.fillRect(box.adjusted(-1, -1, 1, 1), line)
            source = QRect(0, picture * rows, columns, rows)
            painter.drawImage(box, image, source)
    for digit, code in enumerate(layout.codes):
        box = QRect(*code)
        painter.fillRect(box.adjusted(-1, -1, 1, 1), line)
        painter.drawImage(box, _code_image(digit, looks))


def part_image(part: Part, limit: float, looks: Theme) -> QImage:
    """A pixel for each weight; the pictures of the part one below the other."""
    values = part.values.reshape(-1, part.shape[1])
    indexed = to_qimage_indexed(colour_indices(paintable(values), limit), diverging_lut(looks))
    return indexed.convertToFormat(QImage.Format.Format_RGB32)


def paintable(values: Floats) -> Floats:
    """The weights, but zero for what is no number: a network that diverges is shown, too."""
    return np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)


def _code_image(digit: int, looks: Theme) -> QImage:
    code = np.array(CODES[digit], np.float32).reshape(CODE_HEIGHT, CODE_WIDTH)
    indexed = to_qimage_indexed(colour_indices(code, 1.0), diverging_lut(looks))
    return indexed.convertToFormat(QImage.Format.Format_RGB32)


def _paint_caption(
    painter: QPainter, widget: QWidget, box: QRectF, layer: str, pictures: WeightPictures
) -> None:
    name = layer_name(layer)
    painter.setFont(theme.title_font())
    painter.setPen(widget.palette().color(widget.foregroundRole()))
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | _MIDDLE, name)
    used = QFontMetricsF(painter.font()).horizontalAdvance(name + "  ")
    painter.setFont(theme.small_font())
    painter.setPen(theme.faint(widget))
    words = box.adjusted(used, 0, 0, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignLeft | _MIDDLE, layer_counted(pictures, layer))
    if layer in pictures.limits:
        legend = QRectF(box.right() - _LEGEND, box.y(), _LEGEND, box.height())
        paint_legend(painter, legend, pictures.limits[layer], theme.theme_of(widget))
