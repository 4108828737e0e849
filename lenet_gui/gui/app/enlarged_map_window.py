"""Opens the window of one map, and keeps it on the drawing and the colours of the others."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.app.exporting import Exporter
from lenet_gui.gui.library.live import LiveReader
from lenet_gui.gui.views.maps.enlarged_map import EnlargedMap
from lenet_gui.gui.views.maps.view import NetworkView
from lenet_gui.pictures.colours import Scale


class EnlargedMapWindow(QObject):
    """Makes the window when a map is first chosen."""

    def __init__(
        self, window: QWidget, view: NetworkView, live: LiveReader, exporter: Exporter
    ) -> None:
        super().__init__(window)
        self._window, self._view, self._live, self._exporter = window, view, live, exporter
        self.enlarged: EnlargedMap | None = None
        view.map_chosen.connect(self.show)
        view.scale_changed.connect(self._scale)
        live.read.connect(self._read)

    @Slot(str, int)
    def show(self, layer: str, index: int) -> None:
        """Shows a map, in front."""
        if self.enlarged is None:
            self.enlarged = EnlargedMap(self._window)
            self.enlarged.export_requested.connect(self._exporter.part)
        self.enlarged.set_scale(self._view.scale)
        self.enlarged.show_map(layer, index)
        self.enlarged.show_reading(self._live.reading)
        self.enlarged.show()
        self.enlarged.raise_()
        self.enlarged.activateWindow()

    def close_down(self) -> None:
        """Closes the window."""
        if self.enlarged is not None:
            self.enlarged.close()

    @Slot()
    def _read(self) -> None:
        if self.enlarged is not None:
            self.enlarged.show_reading(self._live.reading)

    @Slot(object)
    def _scale(self, scale: Scale) -> None:
        if self.enlarged is not None:
            self.enlarged.set_scale(scale)
