"""Exporting what is on the screen: pictures, activations, the clipboard.

The modules that write them are loaded with the first one, so that the window need not wait.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication, QImage

from lenet_gui.gui.app.view_stack import ViewStack
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.view_table import MAPS, VIEWS
from lenet_gui.gui.core.wait_cursor import waiting
from lenet_gui.gui.library.live import LiveReader
from lenet_gui.gui.library.networks import Networks
from lenet_gui.gui.views.maps.view import MapsView
from lenet_gui.net.layers import MAP_LAYERS
from lenet_gui.pictures.painted import Style

if TYPE_CHECKING:
    from lenet_gui.gui.app.export_dialog import Layers, View
    from lenet_gui.pictures.export import Part

_FIRST = "draw a digit first."
_NOTHING, _TARGET = "nothing to export", "export"  # causes


class Exporter(QObject):
    """Asks for the file, writes it, and informs the notifier."""

    def __init__(
        self,
        ask: FileDialogs,
        live: LiveReader,
        networks: Networks,
        stack: ViewStack,
        maps: MapsView,
        notifier: Notifier,
    ) -> None:
        super().__init__(live.parent())
        self._notifier = notifier
        self._ask = ask
        self._live = live
        self._networks = networks
        self._stack = stack
        self._maps = maps
        live.read.connect(self._read)

    @property
    def style(self) -> Style:
        """How the window shows the maps now: theme, colour scale, and name of the weights."""
        shown = self._networks.shown
        name = "" if shown is None else shown.name
        return Style(theme.theme_of(self._maps), self._maps.scale, name)

    @Slot()
    def picture(self) -> None:
        """Exports the current view, or what the dialog is set to."""
        from lenet_gui.pictures.export import Part

        self._export(self._in_front(), Part())

    @Slot(str, int)
    def part(self, layer: str, index: int) -> None:
        """Exports one map; for a layer that is one picture, the layer."""
        from lenet_gui.pictures.export import Part

        self._export(None, Part(layer, index if layer in MAP_LAYERS else None))

    @Slot()
    def arrays(self) -> None:
        """Exports every activation as NPZ."""
        layers = self._layers()
        if layers is None:
            self._notifier.refuse(_NOTHING, f"There is nothing to export yet: {_FIRST}")
            return
        from lenet_gui.pictures.export import Part, save

        exported = layers.exported(Part(), layers.style.scale)
        target = self._ask.save("Export activations", exported.name, {".npz": "Activations"})
        if target is None:
            return
        with self._notifier.reporting(_TARGET):
            with waiting():
                save(exported, target)
            self._notifier.note(f"Saved {target}.")

    @Slot()
    def copy(self) -> None:
        """Puts a picture on the clipboard: of what `picture` offers first."""
        from lenet_gui.pictures.export import Part
        from lenet_gui.pictures.png import DEFAULT_SCALE, largest_scale, render_rgba

        view, layers = self._in_front(), self._layers()
        if view is not None:
            name, exported = view.words, view.exported
        elif layers is not None:
            name, exported = "all layers", layers.exported(Part(), layers.style.scale)
        else:
            self._notifier.refuse(_NOTHING, f"There is nothing to copy yet: {_FIRST}")
            return
        with waiting():
            sheet = exported.sheet(self.style.theme)
            pixels = render_rgba(sheet, min(DEFAULT_SCALE, largest_scale(sheet)))
            height, width = pixels.shape[:2]
            form = QImage.Format.Format_RGBA8888
            image = QImage(pixels.tobytes(), width, height, 4 * width, form)
            QGuiApplication.clipboard().setImage(image.copy())
        self._notifier.clear(_NOTHING)
        self._notifier.note(f"Copied {name}, {width:,} × {height:,} pixels.")

    @Slot()
    def _read(self) -> None:
        if self._live.reading is not None:
            self._notifier.clear(_NOTHING)

    def _in_front(self) -> "View | None":
        """The current view and what it exports; for the maps, that is all layers."""
        from lenet_gui.gui.app.export_dialog import View

        view, name = self._stack.view, self._stack.name
        exported = None if name == MAPS else view.exported()
        if exported is not None:
            exported = replace(exported, facts={**view.provenance, **exported.facts})
        title = next(entry.title for entry in VIEWS if entry.name == name)
        return None if exported is None else View(title.replace("&", ""), exported)

    def _layers(self) -> "Layers | None":
        """The reading, with all its layers."""
        from lenet_gui.gui.app.export_dialog import Layers

        reading, steps, network = self._live.reading, self._live.steps, self._networks.shown
        if reading is None or steps is None:
            return None
        weights = {} if network is None else {**network.facts, "file": network.name}
        facts = self._stack.live_state.facts
        return Layers(reading, steps.centred, self.style, weights, facts)

    def _export(self, view: "View | None", part: "Part") -> None:
        layers = self._layers()
        if view is None and layers is None:
            self._notifier.refuse(_NOTHING, f"There is nothing to export yet: {_FIRST}")
            return
        from lenet_gui.gui.app.export_dialog import ExportDialog
        from lenet_gui.pictures.export import save

        dialog = ExportDialog(view, layers, part, self.style.theme, self._maps.window())
        accepted = dialog.exec()
        dialog.deleteLater()  # it holds what it offers
        if not accepted:
            return
        choice = dialog.choice()
        suffixes = (choice.suffix, *choice.exported.suffixes)  # another may still be typed
        kinds = {suffix: suffix[1:].upper() for suffix in suffixes}
        target = self._ask.save("Export", choice.exported.name, kinds)
        if target is None:
            return
        with self._notifier.reporting(_TARGET):
            with waiting():
                save(choice.exported, target, choice.theme, choice.scale)
            self._notifier.clear(_NOTHING)
            self._notifier.note(f"Saved {target}.")
