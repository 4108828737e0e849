"""Taking away what is on the screen: pictures, activations, the clipboard.

What writes them is loaded with the first one, so that the window need not wait for it.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage

from lenet_gui.errors import UserError
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.wait_cursor import waiting
from lenet_gui.gui.library.live import LiveReader
from lenet_gui.gui.library.networks import Networks
from lenet_gui.gui.views.maps.view import NetworkView
from lenet_gui.pictures.painted import Style

if TYPE_CHECKING:
    from lenet_gui.pictures.export import Part

_NOTHING = "There is nothing to export yet: draw a digit first."


class Exporter(QObject):
    """Asks where to, writes, and tells: `done` and `failed` carry a sentence."""

    done = Signal(str)
    failed = Signal(str)

    def __init__(
        self, ask: FileDialogs, live: LiveReader, networks: Networks, view: NetworkView
    ) -> None:
        super().__init__(live.parent())
        self._ask = ask
        self._live = live
        self._networks = networks
        self._view = view

    @property
    def style(self) -> Style:
        """How the window shows the maps now: theme, colour scale, and whose weights they are."""
        shown = self._networks.shown
        name = "" if shown is None else shown.name
        return Style(theme.theme_of(self._view), self._view.scale, name)

    @Slot()
    def picture(self) -> None:
        """Exports all layers, or what the dialog is set to."""
        from lenet_gui.pictures.export import Part

        self._export(Part())

    @Slot(str, int)
    def part(self, layer: str, index: int) -> None:
        """Exports one map; of a layer that is one picture, the layer."""
        from lenet_gui.pictures.export import Part

        self._export(Part(layer, index if layer in {"C1", "S2", "C3", "S4"} else None))

    @Slot()
    def arrays(self) -> None:
        """Exports every activation as NPZ."""
        reading, steps, network = self._live.reading, self._live.steps, self._networks.shown
        if reading is None or steps is None:
            self.failed.emit(_NOTHING)
            return
        name = f"lenet5-{reading.variant}-{reading.answer}"
        target = self._ask.save("Export activations", name, ".npz", "Activations")
        if target is None:
            return
        from lenet_gui.pictures.export import save_arrays

        weights = {} if network is None else {**network.facts, "file": network.name}
        try:
            with waiting():
                save_arrays(reading, steps.centred, target, weights)
        except UserError as error:
            self.failed.emit(str(error))
        else:
            self.done.emit(f"Saved {target}.")

    @Slot()
    def copy(self) -> None:
        """Puts the picture of all layers on the clipboard."""
        reading = self._live.reading
        if reading is None:
            self.failed.emit("There is nothing to copy yet: draw a digit first.")
            return
        from lenet_gui.pictures.export import Part, sheet_of
        from lenet_gui.pictures.png import DEFAULT_SCALE, render_rgba

        with waiting():
            pixels = render_rgba(sheet_of(reading, Part(), self.style), DEFAULT_SCALE)
            height, width = pixels.shape[:2]
            form = QImage.Format.Format_RGBA8888
            image = QImage(pixels.tobytes(), width, height, 4 * width, form)
            QGuiApplication.clipboard().setImage(image.copy())
        self.done.emit(f"Copied a picture of {width} × {height} pixels.")

    def _export(self, part: "Part") -> None:
        reading = self._live.reading
        if reading is None:
            self.failed.emit(_NOTHING)
            return
        from lenet_gui.gui.app.export_dialog import ExportDialog
        from lenet_gui.pictures.export import save_picture

        dialog = ExportDialog(reading, self.style, part, self._view.window())
        if not dialog.exec():
            return
        choice = dialog.choice()
        target = self._ask.save(
            "Export picture", choice.name, choice.suffix, choice.suffix[1:].upper()
        )
        if target is None:
            return
        try:
            with waiting():
                save_picture(choice.sheet, target, choice.scale)
        except UserError as error:
            self.failed.emit(str(error))
        else:
            self.done.emit(f"Saved {target}.")
