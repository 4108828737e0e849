"""Writes the histogram of a pass as PNG or SVG, or the counts of all passes as CSV."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from lenet_gui.errors import UserError
from lenet_gui.files import write_atomically
from lenet_gui.gui.theme import BLUE, UNIT, small_font, title_font
from lenet_gui.gui.training.plot_export import ENDINGS, PNG_SCALE
from lenet_gui.gui.training.step_size_drawing import Inks, StepSizeDrawing, span_of
from lenet_gui.gui.training.wording import told_pass
from lenet_gui.training.step_size_histogram import StepSizeHistogram, as_csv

SIZE = QSize(900, 520)
"""Of the picture, in pixels at scale 1."""

_INKS = Inks(QColor("black"), QColor("#606468"), BLUE, QColor("#f7f7f8"))


def export_step_sizes(
    target: Path, name: str, shown: StepSizeHistogram, passes: Sequence[StepSizeHistogram]
) -> None:
    """Writes the pass `shown` of the run `name`, or all its passes as figures, as the ending says.

    Raises:
        UserError: the ending is none of `ENDINGS`, or the file cannot be written.
    """
    ending = target.suffix.lower()
    if ending == ".csv":
        content = as_csv(passes)
    elif ending == ".png":
        content = _png(name, shown)
    elif ending == ".svg":
        content = _svg(name, shown)
    else:
        raise UserError(f"{target.name} must end in {', '.join(ENDINGS)}: choose one of them.")
    write_atomically(target, content)


def _png(name: str, shown: StepSizeHistogram) -> bytes:
    image = QImage(SIZE * PNG_SCALE, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.scale(PNG_SCALE, PNG_SCALE)
    _paint(painter, name, shown)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(content.data())


def _svg(name: str, shown: StepSizeHistogram) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(SIZE)
    generator.setViewBox(QRect(0, 0, SIZE.width(), SIZE.height()))
    generator.setTitle(f"Step sizes of {name}")
    generator.setDescription(told_pass(shown))
    painter = QPainter(generator)
    _paint(painter, name, shown)
    painter.end()
    return bytes(content.data())


def _paint(painter: QPainter, name: str, shown: StepSizeHistogram) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(title_font())
    painter.setPen(_INKS.text)
    painter.drawText(QPointF(2 * UNIT, 3 * UNIT), f"{name}: step sizes before epoch {shown.epoch}")
    whole = QRectF(0, 0, SIZE.width(), SIZE.height())
    box = whole.adjusted(2 * UNIT, 5 * UNIT, -2 * UNIT, -5 * UNIT)
    StepSizeDrawing(shown, span_of([shown]), box).paint(painter, _INKS)
    painter.setFont(small_font())
    painter.setPen(_INKS.text)
    painter.drawText(QPointF(2 * UNIT, SIZE.height() - 2 * UNIT), told_pass(shown))
