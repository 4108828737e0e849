"""All pictures of a grid in colours, in one small image of each kind: a pixel for each cell."""

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from lenet_gui.gui.core.qimage import to_qimage_indexed
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.grid.colouring import put_shares, share_indices, table_of
from lenet_gui.pictures.grid.content import GridContent
from lenet_gui.pictures.grid.panel import Colours, Floats, Panel, Values


class Mosaic:
    """The pictures of a panel are one below the other; one image paints faster than many."""

    def __init__(self, panels: tuple[Panel, ...] = ()) -> None:
        self._panels = panels
        self._shares: dict[Colours, Floats] = {}
        self._places: dict[str, Floats] = {}
        self._sources: dict[str, list[QRect]] = {}
        self._images: dict[Colours, QImage] = {}
        self._shown: dict[str, Values | None] = {}
        self._revisions = {panel.name: 0 for panel in panels}
        self._theme: Theme | None = None
        for colours in {panel.colours for panel in panels} - {Colours.BARE}:
            same = [panel for panel in panels if panel.colours is colours]
            height = sum(panel.pictures * panel.rows for panel in same)
            shares = np.zeros((height, max(panel.columns for panel in same)), np.float32)
            self._shares[colours] = shares
            top = 0
            for panel in same:
                rows = shares[top : top + panel.pictures * panel.rows]
                pictures = rows.reshape(panel.pictures, panel.rows, -1)
                self._places[panel.name] = pictures[:, :, : panel.columns]
                self._sources[panel.name] = [
                    QRect(0, top + number * panel.rows, panel.columns, panel.rows)
                    for number in range(panel.pictures)
                ]
                top += len(rows)

    @property
    def panels(self) -> tuple[Panel, ...]:
        """Whose pictures they are."""
        return self._panels

    def colour(self, content: GridContent, theme: Theme) -> None:
        """Recolours what has changed; the same values in the same theme stay as they are."""
        if theme is not self._theme:
            self._shown.clear()
            self._theme = theme
        changed: dict[Colours, list[tuple[Panel, Values | None, Floats]]] = {}
        for panel in self._panels:
            name, values = panel.name, content.values.get(panel.name)
            known = name in self._shown and self._shown[name] is values
            if known or panel.colours is Colours.BARE:
                continue
            self._shown[name] = values
            self._revisions[name] += 1
            changed.setdefault(panel.colours, []).append((panel, values, self._places[name]))
        for colours, these in changed.items():
            shares = self._shares[colours]
            put_shares(these, shares)
            indices = share_indices(colours, shares)
            self._images[colours] = to_qimage_indexed(indices, table_of(colours, theme))

    def revision(self, panel: Panel) -> int:
        """Another number whenever the colours of a panel have changed."""
        return self._revisions[panel.name]

    def image(self, panel: Panel) -> QImage:
        """The image that holds a panel's pictures."""
        return self._images[panel.colours]

    def sources(self, panel: Panel) -> list[QRect]:
        """Where a panel's pictures are in it."""
        return self._sources[panel.name]
