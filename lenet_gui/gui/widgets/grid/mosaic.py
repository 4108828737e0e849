"""All pictures of a grid in colours, in one small image of each kind: a pixel for each cell."""

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
        self._shown: dict[str, Values | None] = {}
        self._revisions = {panel.name: 0 for panel in panels}
        self._theme: Theme | None = None
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
        """Colours anew what has changed; the same values in the same theme stay as they are."""
        if theme is not self._theme:
            self._shown.clear()
            self._theme = theme
        changed: set[Colours] = set()
        for panel in self._panels:
            values = content.values.get(panel.name)
            known = panel.name in self._shown and self._shown[panel.name] is values
            if known or panel.colours is Colours.BARE:
                continue
            self._shown[panel.name] = values
            self._revisions[panel.name] += 1
            changed.add(panel.colours)
            top, height = self._tops[panel.name], panel.pictures * panel.rows
            place = self._indices[panel.colours][top : top + height, : panel.columns]
            place[:] = indices_of(panel, values).reshape(height, panel.columns)
        for colours in changed:
            table = table_of(colours, theme)
            self._images[colours] = to_qimage_indexed(self._indices[colours], table)

    def revision(self, panel: Panel) -> int:
        """Another number whenever the colours of a panel have changed."""
        return self._revisions[panel.name]

    def image(self, panel: Panel) -> QImage:
        """The image that holds a panel's pictures."""
        return self._images[panel.colours]

    def sources(self, panel: Panel) -> list[QRect]:
        """Where a panel's pictures stand in it."""
        return self._sources[panel.name]
