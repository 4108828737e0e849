"""What is taken away of a sweep: its picture, or its figures."""

import csv
import io
from pathlib import Path

from lenet_gui.errors import UserError
from lenet_gui.explore.sweep import Sweep
from lenet_gui.files import write_atomically
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.export import save_picture
from lenet_gui.pictures.sweep_sheet import PNG_SCALE, sweep_sheet

SUFFIXES = (".png", ".svg", ".csv")


def save_sweep(sweep: Sweep, target: Path, theme: Theme = Theme.LIGHT) -> None:
    """Writes a sweep to `target` as PNG, SVG or CSV (UTF-8, commas), whole or not at all.

    Raises:
        UserError: the suffix is none of these, or the file cannot be written.
    """
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        raise UserError(f"{target} is not the name of a sweep: end it in {', '.join(SUFFIXES)}.")
    if suffix == ".csv":
        lines = io.StringIO(newline="")
        csv.writer(lines).writerows(sweep.table())
        write_atomically(target, lines.getvalue().encode())
    else:
        save_picture(sweep_sheet(sweep, theme), target, PNG_SCALE)
