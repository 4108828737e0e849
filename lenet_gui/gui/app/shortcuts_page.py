"""The page of every key: made from the same table as the menus."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.commands import MENUS, readable
from lenet_gui.gui.core.plain import plain_label
from lenet_gui.gui.core.view_table import VIEWS

OTHER_KEYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Canvas",
        (
            ("Right button", "Rub out, whatever is in hand"),
            ("Pen's other end", "Rub out, whatever is in hand"),
        ),
    ),
    *((entry.title.replace("&", ""), entry.inside) for entry in VIEWS if entry.inside),
    (
        "Enlarged picture",
        (
            ("Left, Right", "Previous or next picture, such as a layer's maps"),
            ("Up, Down", "Another kind of picture, such as the layer before or after"),
            ("Shift and an arrow key", "Point at a cell, for its value"),
            ("Esc", "Close it"),
        ),
    ),
    (
        "Plots and confusion matrix",
        (
            ("+, -, or the wheel", "Zoom"),
            ("Left, Right", "Move the read-out"),
            ("Home or double click", "Show everything"),
            ("Arrow keys", "Choose a cell of the confusion matrix"),
        ),
    ),
    (
        "Versus 1998",
        (
            ("Left, Right", "Read the errors of a pass off the curve"),
            ("Enter or click", "Lay a missed digit on the canvas"),
            ("Esc", "Close it"),
        ),
    ),
    (
        "Everywhere",
        (
            ("Tab, Shift+Tab", "Go through the controls, in the order of the eye"),
            ("Alt and a letter", "Open a menu"),
            ("Menu key or right button", "Of a cell: enlarge its picture, copy, save, look it up"),
        ),
    ),
)


_Section = tuple[str, list[tuple[str, str]]]

_TITLE_LINES = 2
"""What a section's title and the space over it take, in lines."""


class ShortcutsPage(QDialog):
    """All shortcuts, by menu, in two columns, or in one where the screen is too narrow for two."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sections = [
            (title.replace("&", ""), [(c.keys, c.tip) for c in commands if c.keys])
            for title, commands in MENUS
        ]
        rows = [
            (title, [(", ".join(map(readable, keys)), tip) for keys, tip in entries])
            for title, entries in sections
            if entries
        ] + [(title, list(entries)) for title, entries in OTHER_KEYS]
        room = self.screen().availableSize()
        page = _page(_halves(rows))
        if page.sizeHint().width() + 5 * theme.UNIT > room.width():
            page = _page((rows,))
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.addWidget(area)
        whole.addWidget(buttons)
        wanted = page.sizeHint()
        width, height = wanted.width() + 5 * theme.UNIT, wanted.height() + 10 * theme.UNIT
        self.resize(min(width, room.width()), min(height, round(0.9 * room.height())))


def _page(columns: Sequence[list[_Section]]) -> QWidget:
    page = QWidget()
    grid = QGridLayout(page)
    grid.setHorizontalSpacing(4 * theme.UNIT)
    grid.setContentsMargins(*[2 * theme.UNIT] * 4)
    for number, some in enumerate(columns):
        grid.addLayout(_column(some), 0, number, Qt.AlignmentFlag.AlignTop)
    return page


def _halves(sections: list[_Section]) -> tuple[list[_Section], list[_Section]]:
    """The sections in two columns, in their order, as equal in height as they will go."""
    lines = [len(entries) + _TITLE_LINES for _, entries in sections]
    cut = min(range(len(lines)), key=lambda n: abs(sum(lines[:n]) - sum(lines[n:])))
    return sections[:cut], sections[cut:]


def _column(sections: list[_Section]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(2 * theme.UNIT)
    grid.setVerticalSpacing(theme.UNIT // 2)
    row = 0
    for title, entries in sections:
        heading = theme.group_title(title)
        heading.setContentsMargins(0, theme.UNIT if row else 0, 0, 0)
        grid.addWidget(heading, row, 0, 1, 2)
        row += 1
        for keys, tip in entries:
            grid.addWidget(plain_label(keys), row, 0)
            grid.addWidget(plain_label(tip), row, 1)
            row += 1
    return grid
