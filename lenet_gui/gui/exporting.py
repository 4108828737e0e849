"""Taking away what is on the screen: pictures, activations, the clipboard."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from lenet_gui.data.ink import InkSteps
from lenet_gui.errors import UserError
from lenet_gui.explore.reading import Reading
from lenet_gui.gui.export_dialog import ExportDialog
from lenet_gui.gui.networks import NetworkInUse
from lenet_gui.pictures.export import Part, save_arrays, save_picture, sheet_of
from lenet_gui.pictures.painted import Style
from lenet_gui.pictures.png import DEFAULT_SCALE, render_rgba

_NOTHING = "There is nothing to export yet: draw a digit first."


@contextmanager
def waiting() -> Iterator[None]:
    """Shows the wait cursor: a large picture takes some seconds."""
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()


class Exporter(QObject):
    """Asks where to, writes, and tells: `done` and `failed` carry a sentence."""

    done = Signal(str)
    failed = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def picture(
        self, reading: Reading | None, style: Style, folder: str, part: Part | None = None
    ) -> str:
        """Exports a picture of `reading`; returns the folder that was chosen, or `folder`."""
        if reading is None:
            self.failed.emit(_NOTHING)
            return folder
        dialog = ExportDialog(reading, style, part or Part(), self._window)
        if not dialog.exec():
            return folder
        choice = dialog.choice()
        kinds = "PNG (*.png)" if choice.suffix == ".png" else "SVG (*.svg)"
        target = self._ask(folder, choice.name, choice.suffix, kinds)
        if target is None:
            return folder
        try:
            with waiting():
                save_picture(choice.sheet, target, choice.scale)
        except UserError as error:
            self.failed.emit(str(error))
            return folder
        self.done.emit(f"Saved {target}.")
        return str(target.parent)

    def arrays(
        self,
        reading: Reading | None,
        steps: InkSteps | None,
        network: NetworkInUse | None,
        folder: str,
    ) -> str:
        """Exports every activation as NPZ; returns the folder that was chosen, or `folder`."""
        if reading is None or steps is None:
            self.failed.emit(_NOTHING)
            return folder
        name = f"lenet5-{reading.variant}-{reading.answer}"
        target = self._ask(folder, name, ".npz", "Activations (*.npz)")
        if target is None:
            return folder
        weights = {} if network is None else {**network.facts, "file": network.name}
        try:
            with waiting():
                save_arrays(reading, steps.centred, target, weights)
        except UserError as error:
            self.failed.emit(str(error))
            return folder
        self.done.emit(f"Saved {target}.")
        return str(target.parent)

    def copy(self, reading: Reading | None, style: Style) -> None:
        """Puts the picture of all layers on the clipboard."""
        if reading is None:
            self.failed.emit("There is nothing to copy yet: draw a digit first.")
            return
        with waiting():
            pixels = render_rgba(sheet_of(reading, Part(), style), DEFAULT_SCALE)
            height, width = pixels.shape[:2]
            form = QImage.Format.Format_RGBA8888
            image = QImage(pixels.tobytes(), width, height, 4 * width, form)
            QGuiApplication.clipboard().setImage(image.copy())
        self.done.emit(f"Copied a picture of {width} × {height} pixels.")

    def _ask(self, folder: str, name: str, suffix: str, kinds: str) -> Path | None:
        start = str(Path(folder or Path.home()) / f"{name}{suffix}")
        answer, _ = QFileDialog.getSaveFileName(self._window, "Save as", start, kinds)
        if not answer:
            return None
        target = Path(answer)
        return target if target.suffix.lower() == suffix else target.with_name(target.name + suffix)
