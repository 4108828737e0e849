"""How a run ended, and what to do with it: use its network, save it, show or discard the run."""

from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QToolButton, QWidget

from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.question import is_agreed
from lenet_gui.gui.training.text import ending_text, nothing_learned_text
from lenet_gui.gui.widgets.main_button import MainButton
from lenet_gui.gui.widgets.tinted_row import TintedRow
from lenet_gui.training.choices import MOST_EPOCHS
from lenet_gui.training.ending import network_of_end
from lenet_gui.training.events import End, EpochEnded, Failed, Finished, Started, Stopped

if TYPE_CHECKING:
    from lenet_gui.net.network import Network

# Causes of messages:
_WEIGHTS, _SAVING, _DISCARDING = "trained weights", "saving trained weights", "discarding the run"
_RESULT, _LEARNING, _REMARK = "saving the result", "nothing learned", "end of the run"


class EndingRow(TintedRow):
    """The row about the end of a run; it asks before a run is lost."""

    use_wanted = Signal()
    save_wanted = Signal()
    show_wanted = Signal()
    discard_wanted = Signal()
    resume_wanted = Signal()
    slower_wanted = Signal()
    one_more_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ending of the run")
        self._told = ""
        self._name = ""
        self._worth_asking = False
        self._may_resume = self._may_go_on = self._may_be_longer = False
        self._is_unsaved = False
        self.use = MainButton("Use this network", "use network", "Use it in the window from now on")
        self.add(self.use)
        self.resume = self.button(
            "Resume", "resume this run", "Continue it from the checkpoint of its last epoch"
        )
        self.slower = self.button(
            "Continue at a tenth of the rate",
            "go on slower",
            "From the last good checkpoint, in the same run, with a tenth of its learning rate",
        )
        self.one_more = self.button(
            "One more epoch",
            "one more epoch",
            "Train for one more epoch, in the same run, with the rates of its last epoch",
        )
        self.save = self.button("Save…", "save weights", "Write the weights to a file")
        self.look = self.button("Show the run", "show run", "Replay its epochs in the Run view")
        self.discard = self.button(
            "Discard", "discard run", "Remove the run's folder and its weights"
        )
        self.dismiss = self.button(
            "×", "close ending", "Close this message; the run stays in its folder"
        )
        self.dismiss.setAutoRaise(True)
        self.dismiss.setAccessibleName("Close this message about the run")
        self.really = self.button("Discard it", "really discard", "This cannot be undone")
        self.not_really = self.button("Do not discard", "do not discard", "Keep the run")
        self._choices = (
            self.use,
            self.resume,
            self.slower,
            self.one_more,
            self.save,
            self.look,
            self.discard,
            self.dismiss,
        )
        self._answers = (self.really, self.not_really)
        self.use.clicked.connect(self.use_wanted)
        self.resume.clicked.connect(self.resume_wanted)
        self.slower.clicked.connect(self.slower_wanted)
        self.one_more.clicked.connect(self.one_more_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.discard.clicked.connect(self._discard)
        self.look.clicked.connect(self.show_wanted)
        self.dismiss.clicked.connect(self.close_row)
        self.really.clicked.connect(self.discard_wanted)
        self.not_really.clicked.connect(self._back)
        self.hide()

    def show_ending(
        self,
        name: str,
        words: str,
        *,
        has_weights: bool,
        worth_asking: bool,
        may_resume: bool,
        may_go_on: bool,
        may_be_longer: bool,
        is_unsaved: bool,
    ) -> None:
        """Shows how a run ended; discarding asks first if it is `worth_asking`.

        `may_resume`: it has epochs to come and a checkpoint to continue from. `may_go_on`: a
        smaller rate may take it further. `may_be_longer`: all its epochs are done, and another one
        can follow. `is_unsaved`: its weights are only in memory, so that the row stays until they
        are saved or given up.
        """
        self._name, self._told, self._worth_asking = name, words, worth_asking
        self._may_resume = may_resume
        self._may_go_on, self._may_be_longer = may_go_on, may_be_longer
        self._is_unsaved = is_unsaved
        self.use.setEnabled(has_weights)
        self.save.setEnabled(has_weights)
        self._back()
        self.show()

    def say(self, words: str, *, saved: bool) -> None:
        """Reports what was done; weights that were saved can no longer be lost."""
        self._told = words
        self._worth_asking = self._worth_asking and not saved
        self._is_unsaved = self._is_unsaved and not saved
        self._back()

    def rename(self, name: str) -> None:
        """The run is called otherwise now; what was asked about the old name is put away."""
        self._told = self._told.replace(self._name, name)
        self._name = name
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
    def close_row(self) -> None:
        """The run stays in its folder."""
        self.hide()
        self.closed.emit()

    def _show(self, words: str, *, asking: bool) -> None:
        self.words.setText(words)
        self.save.setText("Save somewhere else…" if self._is_unsaved else "Save…")
        absent: list[QToolButton] = [self.dismiss] if self._is_unsaved else []
        if not self._may_resume:
            absent.append(self.resume)
        if not self._may_go_on:
            absent.append(self.slower)
        if not self._may_be_longer:
            absent.append(self.one_more)
        for button in self._choices:
            button.setVisible(not asking and button not in absent)
        for button in self._answers:
            button.setVisible(asking)


class EndingController(QObject):
    """Does what the row's buttons request.

    Signals: `weights_offered(object, object, object)` as the panel's;
    `discarded()` when the run's folder is gone; `resume_wanted(object)` the folder of the run that
    should continue as it was, `slower_wanted()` when the run should continue from
    its checkpoint with a smaller rate, `one_more_wanted()` for one more epoch;
    `show_wanted(object)` the folder of the run to replay;
    `trained_followed(object, object, object)` as `weights_offered`, of a training run that was
    followed to its end: to be shown until another network is chosen; `follow_ended()` when nothing
    that was followed is to be shown any more.
    """

    weights_offered = Signal(object, object, object)
    discarded = Signal()
    resume_wanted = Signal(object)
    slower_wanted = Signal()
    one_more_wanted = Signal()
    show_wanted = Signal(object)
    trained_followed = Signal(object, object, object)
    follow_ended = Signal()

    def __init__(
        self,
        row: EndingRow,
        ask: FileDialogs,
        notifier: Notifier,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._ask = ask
        self._notifier = notifier
        self._row = row
        self._folder: Path | None = None
        self._network: Network | None = None
        self._facts: dict[str, str] = {}
        self._started: Started | None = None
        self._unsaved: Failed | None = None  # whose weights are only in memory
        row.use_wanted.connect(self.use)
        row.save_wanted.connect(self._ask_where_to_save)
        row.discard_wanted.connect(self._discard)
        row.show_wanted.connect(self._show_run)
        row.resume_wanted.connect(self._resume)
        row.slower_wanted.connect(self.slower_wanted)
        row.one_more_wanted.connect(self.one_more_wanted)

    def show_ending(
        self,
        event: End,
        started: Started,
        last: EpochEnded | None,
        folder: Path,
        *,
        was_followed: bool,
    ) -> None:
        """Shows how the run in `folder` ended, `last` its last complete epoch; offers its network.

        One that was followed, and has learned, stays on show.
        """
        diverged = isinstance(event, Failed) and event.diverged
        has_checkpoint = not isinstance(event, Finished) and event.checkpoint is not None
        self._folder, self._started = folder, started
        self._unsaved = event if isinstance(event, Failed) and event.is_unsaved else None
        self._network = None
        with self._notifier.reporting(_WEIGHTS, is_state=True):
            self._network = network_of_end(event)
        self._facts = dict(event.facts)
        self._row.show_ending(
            folder.name,
            ending_text(event, last.test if last else None),
            has_weights=self._network is not None,
            worth_asking=last is not None or self._unsaved is not None,
            may_resume=has_checkpoint and not diverged and self._unsaved is None,
            may_go_on=has_checkpoint and diverged,
            may_be_longer=isinstance(event, Finished) and event.epochs < MOST_EPOCHS,
            is_unsaved=self._unsaved is not None,
        )
        has_learned = isinstance(event, Stopped) or (isinstance(event, Finished) and event.learned)
        if was_followed and has_learned and self._network is not None:
            self.trained_followed.emit(*self._offered(self._network, folder))
        else:
            self.follow_ended.emit()
        if isinstance(event, Finished) and not event.learned:
            sentence = nothing_learned_text(event.test, started.rate)
            self._notifier.fail(_LEARNING, sentence)
        if event.remarks:
            self._notifier.fail(_REMARK, " ".join(event.remarks))

    def may_lose_weights(self) -> bool:
        """Asks before weights that are only in memory are lost; True if there are none."""
        return self._unsaved is None or is_agreed(
            self._row.window(),
            "Discard the trained network?",
            "The network of the last run could not be written to its folder and is only in "
            "memory: if you continue, it is lost.",
            "&Discard it",
            "&Stay",
        )

    def rename(self, old: Path, new: Path) -> None:
        """The folder of a run has another name."""
        if self._folder == old:
            self._folder = new
            self._row.rename(new.name)

    def forget(self, folder: Path) -> None:
        """The folder of a run has gone; a network that is in memory alone can still be saved."""
        if self._folder == folder and self._unsaved is None:
            self.clear()
            self.follow_ended.emit()
            self.discarded.emit()

    def clear(self) -> None:
        """Another run begins; the last one stays in its folder."""
        self._network = self._folder = self._started = self._unsaved = None
        self._row.hide()
        for cause in (_WEIGHTS, _SAVING, _DISCARDING, _RESULT, _LEARNING, _REMARK):
            self._notifier.clear(cause)

    @Slot()
    def use(self) -> None:
        """Offers a copy of the network to the window; then nothing more is to be done.

        One that is only in memory can still be lost, so the row stays.
        """
        if self._network is None or self._folder is None:
            return
        if self._unsaved is None:
            self._row.close_row()
        else:
            words = f"The network of {self._folder.name} is still only in memory: save it."
            self._row.say(words, saved=False)
        self.weights_offered.emit(*self._offered(self._network, self._folder))

    def _offered(self, network: "Network", folder: Path) -> tuple["Network", dict[str, str], Path]:
        """A copy of the network, its facts, and its run's folder."""
        return deepcopy(network), self._facts, folder

    def save(self, target: Path) -> None:
        """Writes the weights with their facts; errors are reported.

        For a complete run whose files could not be written, the result is written beside them.
        """
        if self._network is None:
            return
        from lenet_gui.net.weights_file import save_weights

        unsaved = self._unsaved
        with self._notifier.reporting(_SAVING):
            save_weights(self._network, target, self._facts)
            self._unsaved = None
            self._row.say(f"Saved the weights as {target}.", saved=True)
        if self._unsaved is None and unsaved is not None:
            self._save_result(unsaved, target)

    def _save_result(self, event: Failed, weights: Path) -> None:
        if self._started is None:
            return
        from lenet_gui.training.rescue import write_result_beside

        with self._notifier.reporting(_RESULT):
            result = write_result_beside(event, self._started, weights)
            if result is not None:
                told = f"Saved the weights as {weights} and the result as {result.name}."
                self._row.say(told, saved=True)

    @Slot()
    def _ask_where_to_save(self) -> None:
        name = self._folder.name if self._folder else "weights"
        target = self._ask.save("Save these weights", name, {".safetensors": "Weights"})
        if target is not None:
            self.save(target)

    @Slot()
    def _show_run(self) -> None:
        if self._folder is not None:
            self.show_wanted.emit(self._folder)

    @Slot()
    def _resume(self) -> None:
        if self._folder is not None:
            self.resume_wanted.emit(self._folder)

    @Slot()
    def _discard(self) -> None:
        folder, started = self._folder, self._started
        if folder is None or started is None:
            return
        from lenet_gui.training.run import Run

        with self._notifier.reporting(_DISCARDING):
            if folder.is_dir():  # it may have vanished while the training ran
                Run(folder, started.recipe).delete()
            self._unsaved = None
            self.forget(folder)
