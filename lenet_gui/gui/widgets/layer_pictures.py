"""All pictures of the network view in colours, in one small image: a pixel for each unit."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from lenet_gui.explore.reading import Reading
from lenet_gui.gui.core.qimage import to_qimage_indexed
from lenet_gui.net.layers import GEOMETRY, LAYERS, OUTPUT
from lenet_gui.pictures.colours import (
    COLOURS,
    Scale,
    Theme,
    colour_indices,
    diverging_lut,
    limits,
)

_NEUTRAL = COLOURS // 2


class LayerPictures:
    """The colours of one reading; the pictures of a layer stand one below the other.

    Every layer's values go through `limits` and `colour_indices`, as in exported pictures. The
    output has no part in the scale of the layers: its limit is its own largest |value|.
    """

    def __init__(self, strip: tuple[int, int] | None = None) -> None:
        """Args: strip: rows and columns of C5's picture, where they are not those of `GEOMETRY`."""
        self._shapes = dict(GEOMETRY)
        if strip is not None:
            self._shapes["C5"] = replace(GEOMETRY["C5"], rows=strip[0], columns=strip[1])
        self._tops: dict[str, int] = {}
        height = 0
        for layer in LAYERS:
            self._tops[layer] = height
            height += self._shapes[layer].pictures * self._shapes[layer].rows
        width = max(shape.columns for shape in self._shapes.values())
        self._indices: npt.NDArray[np.uint8] = np.full((height, width), _NEUTRAL, np.uint8)
        self.limits: dict[str, npt.NDArray[np.float32]] = {}
        self.image = QImage()

    def show(self, reading: Reading | None, scale: Scale, theme: Theme) -> None:
        """Colours the pictures anew; all neutral without a reading."""
        found: dict[str, npt.NDArray[np.float32]] = {}
        if reading is not None:
            found = limits(reading, scale)
            found[OUTPUT] = np.abs(reading.output).max(keepdims=True)
        self.show_up_to(reading, found, theme)

    def show_up_to(
        self, reading: Reading | None, found: dict[str, npt.NDArray[np.float32]], theme: Theme
    ) -> None:
        """Colours the pictures by the limits of a scale, one or as many as maps for each row.

        Rows that have none there, and all without a reading, are neutral.
        """
        self._indices.fill(_NEUTRAL)
        self.limits = {}
        if reading is not None:
            self.limits = found
            for layer in found:
                self._colour(layer, reading)
        indexed = to_qimage_indexed(self._indices, diverging_lut(theme))
        # Painting enlarges true colours several times faster than indexed ones.
        self.image = indexed.convertToFormat(QImage.Format.Format_RGB32)

    def _colour(self, layer: str, reading: Reading) -> None:
        shape, top = self._shapes[layer], self._tops[layer]
        limit = self.limits[layer]
        values = reading.pictures(layer)
        indices = colour_indices(values, limit if len(limit) == len(values) else limit.max())
        height = shape.pictures * shape.rows
        self._indices[top : top + height, : shape.columns] = indices.reshape(height, -1)

    def source(self, layer: str, picture: int) -> QRect:
        """Where a picture stands in `image`."""
        shape = self._shapes[layer]
        return QRect(0, self._tops[layer] + picture * shape.rows, shape.columns, shape.rows)

    def limit(self, layer: str, picture: int) -> float:
        """The value of the full colour of a picture; 0 when nothing is shown."""
        return picture_limit(self.limits, layer, picture) if self.limits else 0.0


def picture_limit(found: dict[str, npt.NDArray[np.float32]], layer: str, picture: int) -> float:
    """The limit of one picture among the limits of `colours.limits`; C5's and F6's is the layer's.

    The output has no limit there, but may have one of its own.
    """
    limit = found[layer]
    return float(limit[picture] if len(limit) == GEOMETRY[layer].pictures else limit.max())
