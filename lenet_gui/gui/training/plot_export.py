"""Writes the plots as PNG, SVG or CSV, the same whatever the window's size and theme."""

import csv
import io
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette
from PySide6.QtWidgets import QWidget

from lenet_gui.files import write_atomically
from lenet_gui.gui.core.theme import UNIT, small_font, title_font
from lenet_gui.gui.training.curve_plot import CurvePlot
from lenet_gui.gui.training.curves import Line, Quantity, RunCurves
from lenet_gui.gui.training.line_styles import paint_sample
from lenet_gui.gui.training.picture_file import PNG_SCALE, ending_of, png_of, svg_of
from lenet_gui.pictures.colours import Theme

SIZE = QSize(1200, 520)
"""Of the picture, in pixels at scale 1."""


def export_plots(
    target: Path, run: RunCurves, earlier: RunCurves | None, second: Quantity, *, log: bool
) -> None:
    """Writes loss and `second` (accuracy or error) of one run or two, as the ending says.

    Raises:
        UserError: the ending is none of `picture_file.ENDINGS`, or the file cannot be written.
    """
    ending = ending_of(target)
    if ending == ".csv":
        content = as_csv([run, *([earlier] if earlier else [])])
    else:
        # Lines are as wide as said in pixels of the picture, whatever its scale.
        stroke = PNG_SCALE if ending == ".png" else 1
        sheet = PlotSheet(run, earlier, second, log=log, stroke=stroke)
        content = sheet.svg() if ending == ".svg" else sheet.png()
    write_atomically(target, content)


def as_csv(runs: list[RunCurves]) -> bytes:
    """Every point of every curve: run, quantity, line, step, epoch, value (shares in per cent).

    Of a line of very many steps it has the extremes that the plot keeps (see `ThinnedLine`).
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("run", "quantity", "line", "step", "epoch", "value"))
    for run in runs:
        for quantity in Quantity:
            for line in Line:
                curve = run.curve(quantity, line)
                writer.writerows(
                    (run.name, quantity.value, line.value, f"{step:.0f}", f"{x:.6g}", repr(y))
                    for step, x, y in zip(
                        curve.steps.tolist(), curve.x.tolist(), curve.y.tolist(), strict=True
                    )
                )
    return text.getvalue().encode()


class PlotSheet(QWidget):
    """Both plots side by side with names and legend, laid out without ever being on the screen."""

    def __init__(
        self,
        run: RunCurves,
        earlier: RunCurves | None,
        second: Quantity,
        *,
        log: bool,
        stroke: int = 1,
    ) -> None:
        super().__init__()
        self._run, self._earlier = run, earlier
        self.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        palette = QPalette(QColor("#f4f4f4"))
        palette.setColor(QPalette.ColorRole.Base, QColor("white"))
        palette.setColor(QPalette.ColorRole.Window, QColor("white"))
        palette.setColor(QPalette.ColorRole.WindowText, QColor("black"))
        self.setPalette(palette)
        self.resize(SIZE)
        self._plots = [CurvePlot(shown, self, stroke) for shown in (Quantity.LOSS, second)]
        top, bottom = 5 * UNIT, (5 if earlier is None else 8) * UNIT
        width = (SIZE.width() - 5 * UNIT) // 2
        for place, plot in enumerate(self._plots):
            plot.setPalette(palette)
            height = SIZE.height() - top - bottom
            plot.setGeometry(2 * UNIT + place * (width + UNIT), top, width, height)
            plot.set_log(log and plot.quantity is not Quantity.ACCURACY)
            plot.set_runs(run, earlier)

    def png(self) -> bytes:
        """The picture at `PNG_SCALE` pixels a pixel."""
        return png_of(SIZE, self._paint)

    def svg(self) -> bytes:
        """The picture in vectors; text stays text."""
        told = "Loss and accuracy over the epochs"
        return svg_of(SIZE, f"Training of {self._run.name}", told, self._paint)

    def _paint(self, painter: QPainter) -> None:
        self.show()  # lays everything out; the attribute keeps it off the screen
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._write(painter, title_font(), 2 * UNIT, 3 * UNIT, self._run.name)
        for plot in self._plots:
            box = plot.plot.geometry().translated(plot.pos())
            plot.plot.plotItem.vb.updateAutoRange()
            plot.plot.plotItem.vb.updateMatrix()
            self._write(painter, small_font(), box.left(), box.top() - UNIT // 2, plot.title)
            source = QRectF(plot.plot.viewport().rect())
            plot.plot.scene().prepareForPaint()
            plot.plot.scene().render(painter, QRectF(box), source)
        below = SIZE.height() - 2 * UNIT
        if self._earlier is not None:
            self._legend(painter, below, self._earlier, earlier=True)
            below -= 3 * UNIT
        self._legend(painter, below, self._run, earlier=False)
        self.hide()

    def _legend(self, painter: QPainter, y: int, run: RunCurves, *, earlier: bool) -> None:
        """A row of samples with names, its base line at `y`."""
        x = float(2 * UNIT)
        for line in Line:
            if not len(run.curve(Quantity.LOSS, line).x):
                continue
            sample = QRectF(x, y - 1.5 * UNIT, 5 * UNIT, 2 * UNIT)
            paint_sample(painter, sample, line, Theme.LIGHT, earlier=earlier)
            x = self._write(painter, small_font(), x + 6 * UNIT, y, line) + 3 * UNIT
        if earlier:
            self._write(painter, small_font(), x, y, f"dimmed: {run.name}")

    def _write(self, painter: QPainter, font: QFont, x: float, y: float, text: str) -> float:
        """Writes text and returns where it ends."""
        painter.setFont(font)
        painter.setPen(QColor("black"))
        painter.drawText(round(x), round(y), text)
        return x + painter.fontMetrics().horizontalAdvance(text)
