"""What a run reached and what to do with it: use its weights, save them, or discard it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.widgets.tinted_row import TintedRow


class EndingRow(TintedRow):
    """Asks before a run is lost, in the row itself."""

    use_wanted = Signal()
    save_wanted = Signal()
    discard_wanted = Signal()
    slower_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ending of the run")
        self._told = ""
        self._name = ""
        self._worth_asking = False
        self._may_go_on = False
        self.use = self.button(
            "Use these weights", "use weights", "The live view answers with them"
        )
        self.slower = self.button(
            "Go on at a tenth of the rate",
            "go on slower",
            "From the last good checkpoint, in the same run, with a tenth of its learning rate",
        )
        self.save = self.button("Save...", "save weights", "Write the weights to a file")
        self.discard = self.button(
            "Discard", "discard run", "Remove the run's folder and its weights"
        )
        self.keep = self.button("Keep", "keep run", "Close this row; the run stays in its folder")
        self.really = self.button("Discard it", "really discard", "It cannot be brought back")
        self.not_really = self.button("Do not discard", "do not discard", "The run stays")
        self._choices = (self.use, self.slower, self.save, self.discard, self.keep)
        self._answers = (self.really, self.not_really)
        self.use.clicked.connect(self.use_wanted)
        self.slower.clicked.connect(self.slower_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.discard.clicked.connect(self._discard)
        self.keep.clicked.connect(self._close)
        self.really.clicked.connect(self.discard_wanted)
        self.not_really.clicked.connect(self._back)
        self.hide()

    def show_ending(
        self, name: str, words: str, *, has_weights: bool, worth_asking: bool, may_go_on: bool
    ) -> None:
        """Shows how a run ended; discarding asks first if it is `worth_asking`.

        `may_go_on`: a smaller rate may take it further.
        """
        self._name, self._told, self._worth_asking = name, words, worth_asking
        self._may_go_on = may_go_on
        self.use.setEnabled(has_weights)
        self.save.setEnabled(has_weights)
        self._back()
        self.show()

    def say(self, words: str, *, saved: bool) -> None:
        """Tells what was done; weights that were saved are not lost any more."""
        self._told = words
        self._worth_asking = self._worth_asking and not saved
        self._back()

    @Slot()
    def _back(self) -> None:
        self._show(self._told, asking=False)

    @Slot()
    def _discard(self) -> None:
        if self._worth_asking:
            self._show(f"Remove the run {self._name} with its weights and plots?", asking=True)
            self.not_really.setFocus()
        else:
            self.discard_wanted.emit()

    @Slot()
    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    def _show(self, words: str, *, asking: bool) -> None:
        self.words.setText(words)
        for button in self._choices:
            button.setVisible(not asking and (self._may_go_on or button is not self.slower))
        for button in self._answers:
            button.setVisible(asking)
