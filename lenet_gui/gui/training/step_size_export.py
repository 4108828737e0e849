"""Writes the histogram of a pass as PNG or SVG, or the counts of all passes as CSV."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter

from lenet_gui.files import write_atomically
from lenet_gui.gui.core.theme import BLUE, UNIT, small_font, title_font
from lenet_gui.gui.training.picture_file import ending_of, png_of, svg_of
from lenet_gui.gui.training.step_size_drawing import Inks, StepSizeDrawing, span_of
from lenet_gui.gui.training.text import pass_text
from lenet_gui.training.step_size_histogram import StepSizeHistogram, as_csv

SIZE = QSize(900, 520)
"""Of the picture, in pixels at scale 1."""

_INKS = Inks(QColor("black"), QColor("#606468"), BLUE, QColor("#f7f7f8"))


def export_step_sizes(
    target: Path, name: str, shown: StepSizeHistogram, passes: Sequence[StepSizeHistogram]
) -> None:
    """Writes the pass `shown` of the run `name`, or all its passes as figures, as the ending says.

    Raises:
        UserError: the ending is none of `picture_file.ENDINGS`, or the file cannot be written.
    """
    ending = ending_of(target)
    paint = partial(_paint, name=name, shown=shown)
    if ending == ".csv":
        content = as_csv(passes)
    elif ending == ".png":
        content = png_of(SIZE, paint)
    else:
        content = svg_of(SIZE, f"Step sizes of {name}", pass_text(shown), paint)
    write_atomically(target, content)


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
    painter.drawText(QPointF(2 * UNIT, SIZE.height() - 2 * UNIT), pass_text(shown))
