"""What the window and the command line take away of a reading: PNG, SVG or NPZ, by the suffix."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from lenet_gui.errors import UserError
from lenet_gui.files import write_atomically
from lenet_gui.pictures.arrays import npz_bytes
from lenet_gui.pictures.network_sheet import network_sheet
from lenet_gui.pictures.painted import Style
from lenet_gui.pictures.png import DEFAULT_SCALE, png_bytes
from lenet_gui.pictures.sheet import Sheet
from lenet_gui.pictures.single_sheet import layer_sheet, map_sheet
from lenet_gui.pictures.svg import svg_bytes

if TYPE_CHECKING:
    from lenet_gui.explore.reading import Reading

SUFFIXES = (".png", ".svg", ".npz")


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


def check_target(target: Path) -> None:
    """Raises if the suffix of `target` is not one of `SUFFIXES`.

    Raises:
        UserError: names the suffixes there are.
    """
    if target.suffix.lower() not in SUFFIXES:
        raise UserError(
            f"{target} has no suffix that tells its kind: end the name in {', '.join(SUFFIXES)}."
        )


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


def save_picture(sheet: Sheet, target: Path, scale: int = DEFAULT_SCALE) -> None:
    """Writes a sheet to `target` as PNG (`scale` pixels a unit) or SVG, whole or not at all.

    Raises:
        UserError: the suffix is neither, the scale cannot be had, or the file cannot be written.
    """
    suffix = target.suffix.lower()
    if suffix not in (".png", ".svg"):
        raise UserError(f"{target} is not the name of a picture: end it in .png or .svg.")
    write_atomically(target, png_bytes(sheet, scale) if suffix == ".png" else svg_bytes(sheet))


def save_arrays(
    reading: "Reading",
    image: npt.NDArray[np.float32],
    target: Path,
    weights: Mapping[str, str] | None = None,
) -> None:
    """Writes every activation to `target` as NPZ, whole or not at all; see `npz_bytes`.

    Raises:
        UserError: the suffix is not .npz, or the file cannot be written.
    """
    if target.suffix.lower() != ".npz":
        raise UserError(f"{target} is not the name of an array file: end it in .npz.")
    write_atomically(target, npz_bytes(reading, image, weights))
