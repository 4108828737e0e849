"""Exporting a chart of the training panel, as picture, drawing, figures or arrays."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from lenet_gui.gui.core.notifier import Notifier

if TYPE_CHECKING:
    from lenet_gui.pictures.exported import Exported

KINDS: Final = {
    ".png": "PNG picture",
    ".svg": "SVG drawing",
    ".csv": "CSV figures",
    ".npz": "NPZ arrays",
}
"""The formats of a chart, by suffix."""


def write_chart(exported: "Exported", target: Path, notifier: Notifier, cause: str) -> None:
    """Writes a chart in the format of the file's suffix; reports either way."""
    from lenet_gui.pictures.export import CHART_SCALE, save

    with notifier.reporting(cause):
        save(exported, target, scale=CHART_SCALE)
        notifier.note(f"Saved {target}.")
