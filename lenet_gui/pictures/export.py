"""Exporting a picture, its numbers or arrays, by the file's suffix."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from lenet_gui.errors import UserError
from lenet_gui.files import write_atomically
from lenet_gui.pictures.arrays import npz_bytes, reading_arrays, with_facts
from lenet_gui.pictures.chart.model import Chart
from lenet_gui.pictures.chart.numbers import chart_arrays, chart_rows
from lenet_gui.pictures.chart.sheet import chart_sheet
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.exported import Arrays, Exported, Table
from lenet_gui.pictures.network_sheet import network_sheet
from lenet_gui.pictures.painted import Style
from lenet_gui.pictures.png import DEFAULT_SCALE, png_bytes
from lenet_gui.pictures.sheet import Sheet
from lenet_gui.pictures.single_sheet import layer_sheet, map_sheet
from lenet_gui.pictures.svg import svg_bytes

if TYPE_CHECKING:
    from lenet_gui.explore.reading import Reading

READING_SUFFIXES = (".png", ".svg", ".npz")

CHART_SCALE = 2
"""Pixels per unit of a chart that is written as PNG."""


def check_suffix(target: Path, suffixes: Sequence[str]) -> str:
    """The suffix of `target` in small letters.

    Raises:
        UserError: it is none of `suffixes`, which the message lists.
    """
    suffix = target.suffix.lower()
    if suffix not in suffixes:
        raise UserError(f"{target} must end in {', '.join(suffixes)}: choose one of them.")
    return suffix


def save(
    what: Exported, target: Path, theme: Theme = Theme.LIGHT, scale: int = DEFAULT_SCALE
) -> None:
    """Writes the format that the suffix of `target` asks for, completely or not at all.

    PNG and SVG are the page in `theme`, PNG with `scale` pixels per unit. CSV is UTF-8
    with commas. NPZ: see `npz_bytes`.

    Raises:
        UserError: `what` has nothing for the suffix, the scale is impossible, or the file cannot be
            written.
    """
    suffix = check_suffix(target, what.suffixes)
    if suffix == ".csv" and what.csv is not None:
        content = what.csv
    elif suffix == ".npz" and what.arrays is not None:
        content = npz_bytes(with_facts(what.arrays, what.facts))
    else:
        sheet = what.sheet(theme)
        content = png_bytes(sheet, scale) if suffix == ".png" else svg_bytes(sheet)
    write_atomically(target, content)


def exported_sheet(sheet: Sheet) -> Exported:
    """A page that is already made, in its own theme."""
    return Exported(sheet.title, lambda _theme: sheet)


def exported_chart(
    name: str,
    chart: Chart,
    size: tuple[int, int],
    rows: Iterable[Sequence[str | int | float]] | None = None,
    arrays: Arrays | None = None,
) -> Exported:
    """A chart on a page of `size` units.

    `rows`, the first with headings, are the table, and `arrays` the arrays, if they have more than
    the points drawn.
    """
    return Exported(
        name,
        lambda theme: chart_sheet(chart, size, theme),
        Table.of_lines(chart_rows(chart) if rows is None else rows),
        chart_arrays(chart) if arrays is None else arrays,
    )


@dataclass(frozen=True)
class Part:
    """What a picture shows: all layers, one layer, or one map (or unit) of it, counted from 0."""

    layer: str | None = None
    map: int | None = None

    def __post_init__(self) -> None:
        """Refuses a map without a layer.

        Raises:
            UserError: a map is given, and no layer.
        """
        if self.map is not None and self.layer is None:
            raise UserError(f"Map {self.map} of which layer? Give the layer as well.")


def sheet_of(reading: "Reading", part: Part, style: Style) -> Sheet:
    """The picture of a part of a reading.

    Raises:
        UserError: there is no such layer or map.
    """
    if part.layer is None:
        return network_sheet(reading, style)
    if part.map is None:
        return layer_sheet(reading, part.layer, style)
    return map_sheet(reading, part.layer, part.map, style)


def exported_reading(
    reading: "Reading",
    image: npt.NDArray[np.float32],
    weights: Mapping[str, str] | None = None,
    part: Part | None = None,
    style: Style | None = None,
) -> Exported:
    """A part of a reading as a picture, all of it as arrays; see `reading_arrays`."""
    shown, look = part or Part(), style or Style()
    return Exported(
        f"lenet5-{reading.variant}-{reading.answer}",
        lambda theme: sheet_of(reading, shown, replace(look, theme=theme)),
        arrays=reading_arrays(reading, image, weights),
    )
