"""Finds text of the real window that is cut off where it stands."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget

from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.gui.widgets.grid.grid import CellGrid
from lenet_gui.gui.widgets.grid.surface import GridSurface
from lenet_gui.gui.widgets.labels import SteadyLabel
from lenet_gui.pictures.grid.content import Caption, Legend, legend_figures
from lenet_gui.pictures.grid.layout import Type


def cut_text(root: QWidget) -> list[str]:
    """Everything visible in `root` whose words need more room than they have."""
    found: list[str] = []
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.isVisible() and not widget.visibleRegion().isEmpty():
            where = f"{widget.objectName()} {type(widget).__name__}"
            found += [f"{where}: {text}" for text in _cut(widget)]
    return found


def elided_text(root: QWidget) -> list[str]:
    """Everything visible in `root` that shortens itself for want of room."""
    labels = [label for label in root.findChildren(ElidedLabel) if label.isVisible()]
    return [
        f"{label.objectName()}: {label.shown} ({label.text()})"
        for label in labels
        if label.shown != label.text() and not label.visibleRegion().isEmpty()
    ]


def _cut(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel | SteadyLabel):
        text, wraps = widget.text(), isinstance(widget, SteadyLabel) or widget.wordWrap()
        if isinstance(widget, QLabel) and widget.buddy() is not None:
            text = text.replace("&", "")
        room = widget.contentsRect()
        flags = Qt.TextFlag.TextWordWrap if wraps else Qt.TextFlag.TextSingleLine
        needed = widget.fontMetrics().boundingRect(
            QRect(0, 0, max(room.width(), 1) if wraps else 10_000, 10_000), int(flags), text
        )
        if needed.width() > room.width() + 1 or needed.height() > room.height() + 2:
            yield text
    elif isinstance(widget, QAbstractButton):
        words = widget.text().replace("&", "")
        if words and widget.fontMetrics().horizontalAdvance(words) > widget.width():
            yield words
    elif isinstance(widget, QComboBox):
        if widget.fontMetrics().horizontalAdvance(widget.currentText()) > widget.width() - 16:
            yield widget.currentText()
    elif isinstance(widget, GridSurface):
        yield from _cut_labels(widget)


def _cut_labels(grid: GridSurface) -> Iterator[str]:
    room, layout = grid.room, grid.layout_of
    for name, label in grid.content.labels.items():
        place = layout.labels.get(name)
        if place is None or place.width <= 0:
            continue
        width = place.width / layout.ratio
        if isinstance(label, Caption):
            marks = grid.guide_marks if isinstance(grid, CellGrid) else {}
            for number, line in enumerate(label.lines):
                beside = marks[name].width() if name in marks and number == 0 else 0.0
                needed = sum(room.measure(run.text, run.type) for run in line) + beside
                if needed > width + 1:
                    yield "".join(run.text for run in line)
        elif isinstance(label, Legend) and label.limit is not None:
            ends = (room.measure(figure, Type.SMALL) for figure in legend_figures(label.limit))
            if sum(ends) + 12 > width + 1:
                yield f"{name}: ±{label.limit}"
