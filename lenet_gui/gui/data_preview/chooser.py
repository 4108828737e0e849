"""Shows each data set that was found before it is taken."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from lenet_gui.data.collections import Collection
from lenet_gui.data.words import Transpose
from lenet_gui.explore.data_preview import orientation_sentence
from lenet_gui.explore.orientation import Orientation, orientation_of
from lenet_gui.gui.core.tasks import Tasks
from lenet_gui.gui.data_preview.dialog import DataPreview
from lenet_gui.gui.library.digits import DigitLibrary
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.progress_dialog import ProgressDialog

_MEASURING = "Reading some of its digits in both orientations…"


class DataChooser(QObject):
    """Takes what the library has found once the user wants it; MNIST itself at once.

    `opened()`: the preview stands open. If a shipped network reads the digits right only with rows
    and columns exchanged, they are, and the preview says so; the user can undo that. `declined()`:
    it is closed, and the data set is not wanted.
    """

    opened = Signal()
    declined = Signal()

    def __init__(self, window: QWidget, digits: DigitLibrary, commands: CellCommands) -> None:
        super().__init__(window)
        self._window, self._digits, self._commands = window, digits, commands
        self._dialog: DataPreview | None = None
        self._first: Collection | None = None  # as it was found, and is measured
        self._orientation: Orientation | None = None
        self._measuring = Tasks(self)
        self._measuring.done.connect(self._measured)
        self._measuring.failed.connect(self._not_measured)
        self._reading = ProgressDialog(window, "Data set", is_modal=True)
        self._reading.rejected.connect(digits.look_away)
        self._reading.rejected.connect(self.declined)
        digits.looking.connect(self._looking)
        digits.progressed.connect(self._reading.show_progress)
        digits.found.connect(self._found)
        digits.refused.connect(self._refused)

    @property
    def dialog(self) -> DataPreview | None:
        """The preview that stands open; None if there is none."""
        return self._dialog

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being read or measured for the preview."""
        awaits = self._dialog is not None and self._dialog.is_awaiting
        return not awaits and not self._measuring.is_busy

    @property
    def reading(self) -> ProgressDialog:
        """Is open while a data set is read that takes long."""
        return self._reading

    def close_down(self) -> None:
        """Stops measuring, and waits for that."""
        self._reading.put_away()
        self._measuring.close_down()

    @Slot(object)
    def _looking(self, path: Path) -> None:
        is_another = self._first is not None and path != self._first.path
        if self._dialog is not None and is_another:
            self._dialog.reject()
        if self._dialog is None:  # else it says so itself
            self._reading.open_soon(f"Reading {path}")

    @Slot(object)
    def _found(self, collection: Collection) -> None:
        self._reading.put_away()
        if self._dialog is not None:
            self._dialog.show_data(collection, self._sentence(collection))
        elif collection.is_mnist and not collection.transposed:
            self._digits.take(collection)
        else:
            self._open(collection)

    def _open(self, collection: Collection) -> None:
        self._first, self._orientation = collection, None
        dialog = self._dialog = DataPreview(self._commands, self._window)
        dialog.transpose_wanted.connect(self._read_again)
        dialog.finished.connect(self._closed)
        training = collection.sets.training
        self._measuring.ask(lambda _job: orientation_of(training))
        dialog.show_data(collection, self._sentence(collection))
        dialog.open()
        self.opened.emit()

    def _sentence(self, collection: Collection) -> str:
        """About the orientation, as far as it is known."""
        if self._orientation is None or self._first is None:
            return _MEASURING if self._measuring.is_busy and collection.are_digits else ""
        return orientation_sentence(
            self._orientation,
            read_transposed=self._first.transposed,
            transposed=collection.transposed,
        )

    @Slot(object)
    def _measured(self, orientation: Orientation | None) -> None:
        self._orientation = orientation
        dialog = self._dialog
        if dialog is None or dialog.collection is None or dialog.is_awaiting:
            return  # what is awaited is shown with the sentence
        shown = dialog.collection
        dialog.show_orientation(self._sentence(shown))
        is_undecided = shown is self._first and shown.transpose is Transpose.AUTO
        if is_undecided and orientation is not None and orientation.needs_transposing:
            dialog.await_data()
            self._read_again(not shown.transposed)

    @Slot(str)
    def _not_measured(self, _sentence: str) -> None:
        """The preview does without; the traceback of a fault is in the log."""
        if self._dialog is not None and not self._dialog.is_awaiting:
            self._dialog.show_orientation("")

    @Slot(bool)
    def _read_again(self, transposed: bool) -> None:
        if self._first is not None:
            wanted = Transpose.YES if transposed else Transpose.NO
            self._digits.look_at(self._first.path, wanted)

    @Slot(str)
    def _refused(self, _sentence: str) -> None:
        """The message bar has the sentence."""
        self._reading.put_away()
        if self._dialog is not None:
            self._dialog.reject()

    @Slot(int)
    def _closed(self, result: int) -> None:
        dialog, self._dialog, self._first = self._dialog, None, None
        self._measuring.cancel()
        if dialog is None:
            return
        dialog.deleteLater()
        if result == DataPreview.DialogCode.Accepted and dialog.collection is not None:
            self._digits.take(dialog.collection)
        else:
            self._digits.look_away()
            self.declined.emit()
