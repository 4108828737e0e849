"""Exporting an epoch of a run: its page, the errors as a table, its numbers as arrays."""

from collections.abc import Sequence

import numpy as np

from lenet_gui.explore.reading import Floats, Reading
from lenet_gui.explore.run_history import KernelHistory, RunHistory
from lenet_gui.gui.views.run.error_curve import error_chart
from lenet_gui.pictures.arrays import reading_arrays
from lenet_gui.pictures.chart.sheet import chart_sheet
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.exported import Arrays, Exported, Table
from lenet_gui.pictures.output_column import COLUMN_WIDTH, output_sheet
from lenet_gui.pictures.page import Below, Beside, Block, Inlay, Words, page
from lenet_gui.pictures.painted import Painted, Style
from lenet_gui.pictures.sheet import Sheet
from lenet_gui.text.units import map_name

_WIDTH, _CURVE_HEIGHT = 608, 96
_HEADINGS = ("epoch", "test_error", "is_kept")


def exported_epoch(
    history: RunHistory,
    place: int,
    answer: str,
    grids: Sequence[Block],
    kernels: KernelHistory | None,
    read: tuple[Reading, Floats] | None,
) -> Exported:
    """One epoch of a run.

    Args:
        history: the run.
        place: of the epoch, among those that are kept.
        answer: what the epoch says of the drawing, in a line.
        grids: its maps, and the strip of the kernels.
        kernels: what the strip shows.
        read: what the epoch makes of the drawing, and the drawing [28, 28]; None without ink.
    """
    epoch, run = history.epochs[place], history.folder.name
    maps, strip = grids

    def sheet(theme: Theme) -> Sheet:
        curve = Inlay(chart_sheet(error_chart(history, place), (_WIDTH, _CURVE_HEIGHT), theme))
        blocks: Block = Below((curve, maps, Words((f"Kernels of {_followed(kernels)}",)), strip))
        if read is not None:
            beside = Inlay(output_sheet(Painted(read[0], Style(theme))))
            blocks = Beside((blocks, beside), (_WIDTH, COLUMN_WIDTH))
        return page(
            f"{run}, epoch {epoch.number} of {history.last}", (blocks,), theme, about=answer
        )

    kept = {each.number for each in history.epochs}
    errors = history.test_errors
    rows = tuple(
        (number, errors.get(number, ""), "yes" if number in kept else "no")
        for number in sorted(kept | set(errors))
    )
    name = f"{run.replace(' ', '-')}-epoch-{epoch.number}"
    told = {"figures": "test_error: share of the test digits, 0 to 1; is_kept: the epoch's weights"}
    arrays = _arrays(history, place, kernels, read)
    return Exported(name, sheet, Table(_HEADINGS, rows), arrays, told)


def _arrays(
    history: RunHistory,
    place: int,
    kernels: KernelHistory | None,
    read: tuple[Reading, Floats] | None,
) -> Arrays:
    """The weights of the epoch, the kernels of all epochs, and what the reading holds."""
    epoch = history.epochs[place]
    arrays = dict(reading_arrays(*read)) if read is not None else {}
    arrays["epoch"] = np.array(epoch.number)
    arrays |= {name.replace(".", "_"): array for name, array in epoch.weights.items()}
    if kernels is not None:
        arrays["kernels"] = kernels.kernels
        arrays["kernel_epochs"] = np.array(kernels.numbers)
        arrays["kernel_pairs"] = np.array(kernels.pairs)
    return arrays


def _followed(kernels: KernelHistory | None) -> str:
    if kernels is None or kernels.map is None:
        return "C1, all maps"
    return map_name(kernels.layer, kernels.map)
