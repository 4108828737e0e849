"""One epoch of a training run as a page: all layers, the answer, C1's kernels, the test error."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from lenet_gui.pictures.chart.frame import Frame
from lenet_gui.pictures.chart.model import ACCENT, TEXT, Axis, Cursor, Curve, Look, Panel
from lenet_gui.pictures.chart.sheet import panel_items
from lenet_gui.pictures.grid.content import legend_figures
from lenet_gui.pictures.network_sheet import network_sheet
from lenet_gui.pictures.output_column import COLUMN_WIDTH
from lenet_gui.pictures.painted import Painted, Style
from lenet_gui.pictures.sheet import (
    GRID,
    MARGIN,
    NAME_SIZE,
    SMALL_SIZE,
    TEXT_SIZE,
    Anchor,
    Item,
    Patch,
    Sheet,
    Text,
    colour_bar,
    outlined,
)
from lenet_gui.text.figures import figure, percent

if TYPE_CHECKING:
    from lenet_gui.explore.reading import Reading

_CELL = 12
_PITCH = 96
_KERNELS_WIDTH = 5 * _PITCH + 84
_BAND = 13 * GRID
_CURVE_HEIGHT = 60


@dataclass(frozen=True)
class Moment:
    """An epoch of a run, for a page.

    `kernels` float32[6, 5, 5] are C1's; `limit` is the value of their full colour, the same for all
    epochs, so that they can be compared. `test_errors`: shares 0..1 by epoch, for the whole run.
    """

    run: str
    epoch: int
    last: int
    kernels: npt.NDArray[np.float32]
    limit: float
    test_errors: Mapping[int, float]

    @property
    def text(self) -> str:
        """The epoch in words."""
        error = self.test_errors.get(self.epoch)
        share = "" if error is None else f", test error {percent(error)}"
        return f"epoch {self.epoch} of {self.last}{share}"


def run_history_sheet(reading: "Reading", moment: Moment, style: Style) -> Sheet:
    """The page of all layers with a band under it: C1's kernels, and the run's test error."""
    named = replace(style, weights_name=f"of {moment.run}")
    painted = Painted(reading, named)
    above = network_sheet(reading, named)
    top = above.height - MARGIN // 2
    items = (*above.items, *_kernels(painted, moment, top), *_curve(painted, moment, top))
    title = f"{moment.run}, {moment.text}"
    return Sheet(title, above.width, top + _BAND + MARGIN // 2, above.page, items)


def _kernels(painted: Painted, moment: Moment, top: int) -> list[Item]:
    palette = painted.palette
    items: list[Item] = [
        Text(MARGIN, top + 14, "C1's kernels", NAME_SIZE, palette.ink),
        Text(MARGIN + 12 * GRID, top + 14, "one scale for all epochs", TEXT_SIZE, palette.muted),
        *colour_bar(
            (MARGIN + _KERNELS_WIDTH, top + 14),
            legend_figures(moment.limit),
            painted.style.theme,
        ),
    ]
    for index, kernel in enumerate(moment.kernels):
        place = (MARGIN + index * _PITCH, top + 3 * GRID)
        colours = painted.colours_of(kernel, moment.limit)
        patch = Patch(*place, colours, _CELL, _CELL, f"C1 kernel {index}")
        items += outlined(patch, palette.line)
    return items


def _curve(painted: Painted, moment: Moment, top: int) -> list[Item]:
    palette = painted.palette
    left = MARGIN + _KERNELS_WIDTH + 5 * GRID
    right, bottom = left + COLUMN_WIDTH, top + 3 * GRID + _CURVE_HEIGHT
    errors = dict(sorted(moment.test_errors.items()))
    most = max(errors.values(), default=0.0)
    curve = Curve("test error", _floats(errors), _floats(errors.values()), Look(TEXT))
    panel = Panel(
        Axis(0, max(moment.last, 1)),
        Axis(0, most or 1.0),
        (curve,) if most > 0 else (),
        marks=(Cursor(moment.epoch, ACCENT, reach=0),),
    )
    frame = Frame(panel, left, bottom - _CURVE_HEIGHT, right, bottom)
    heading = f"Epoch {moment.epoch} of {moment.last}"
    items: list[Item] = [
        Text(left, top + 14, heading, NAME_SIZE, palette.ink),
        *panel_items(frame, painted.style.theme),
    ]
    if most > 0:
        scale = f"test error, at most {figure(100 * most)} %"
        items.append(Text(right, bottom + 14, scale, SMALL_SIZE, palette.muted, Anchor.RIGHT))
        now = moment.test_errors.get(moment.epoch)
        if now is not None:
            share = f"{figure(100 * now)} %"
            items.append(Text(right, top + 14, share, TEXT_SIZE, palette.ink, Anchor.RIGHT))
    return items


def _floats(values: Iterable[float]) -> npt.NDArray[np.float64]:
    return np.array(list(values), np.float64)
