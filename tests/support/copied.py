"""Reads what "Copy as table" has put on the clipboard."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QGuiApplication


@dataclass(frozen=True)
class Copied:
    """A picture's figures, float64 [rows, columns], its headings, and what is said below them."""

    corner: str
    columns: list[str]
    rows: list[str]
    figures: np.ndarray
    facts: dict[str, str]


def copied_picture() -> Copied:
    """The table on the clipboard."""
    table, _, below = QGuiApplication.clipboard().text().partition("\n\n")
    (corner, *columns), *lines = (line.split("\t") for line in table.splitlines())
    rows = [line[0] for line in lines]
    figures = np.array([line[1:] for line in lines], float)
    facts = dict(line.split("\t") for line in below.splitlines())
    return Copied(corner, columns, rows, figures, facts)
