"""All pictures of a grid in colours, in one small image of each kind: a pixel for each cell."""

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from lenet_gui.gui.core.qimage import to_qimage_indexed
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.grid.colouring import indices_of, table_of
from lenet_gui.pictures.grid.content import GridContent
from lenet_gui.pictures.grid.panel import Colours, Panel, Values


class Mosaic:
    """The pictures of a panel stand one below the other; one image paints faster than many."""

    def __init__(self, panels: tuple[Panel, ...] = ()) -> None:
        self._panels = panels
        self._tops: dict[str, int] = {}
        self._sources: dict[str, list[QRect]] = {}
        self._images: dict[Colours, QImage] = {}
        self._indices: dict[Colours, np.ndarray] = {}
        self._shown: tuple[Mapping[str, Values], Theme] | None = None
        for colours in {panel.colours for panel in panels} - {Colours.BARE}:
            height = 0
            same = [panel for panel in panels if panel.colours is colours]
            for panel in same:
                self._tops[panel.name] = height
                self._sources[panel.name] = [
                    QRect(0, height + number * panel.rows, panel.columns, panel.rows)
                    for number in range(panel.pictures)
                ]
                height += panel.pictures * panel.rows
            width = max(panel.columns for panel in same)
            self._indices[colours] = np.zeros((height, width), np.uint8)

    @property
    def panels(self) -> tuple[Panel, ...]:
        """Whose pictures they are."""
        return self._panels

    def colour(self, content: GridContent, theme: Theme) -> None:
        """Colours all pictures anew; the same values in the same theme stay as they are."""
        if self._shown is not None and self._shown[0] is content.values and self._shown[1] is theme:
            return
        self._shown = content.values, theme
        for panel in self._panels:
            if panel.colours is Colours.BARE:
                continue
            top, height = self._tops[panel.name], panel.pictures * panel.rows
            indices = indices_of(panel, content.values.get(panel.name))
            place = self._indices[panel.colours][top : top + height, : panel.columns]
            place[:] = indices.reshape(height, panel.columns)
        for colours, indices in self._indices.items():
            indexed = to_qimage_indexed(indices, table_of(colours, theme))
            # Painting enlarges true colours several times faster than indexed ones.
            self._images[colours] = indexed.convertToFormat(QImage.Format.Format_RGB32)

    def image(self, panel: Panel) -> QImage:
        """The image that holds a panel's pictures."""
        return self._images[panel.colours]

    def sources(self, panel: Panel) -> list[QRect]:
        """Where a panel's pictures stand in it."""
        return self._sources[panel.name]
