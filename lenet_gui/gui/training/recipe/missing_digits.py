"""What to do if MNIST is missing: download it, or use other digits."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.settings import ChosenData
from lenet_gui.gui.training.recipe.expectations import Expectations
from lenet_gui.gui.training.recipe.mnist_offer import MnistOffer
from lenet_gui.gui.training.recipe.recipe_draft import RecipeDraft
from lenet_gui.gui.training.running.controller import Phase, TrainingController
from lenet_gui.training.events import Event, Failed
from lenet_gui.training.fields import Place
from lenet_gui.training.recipe import BUILTIN, FIELDS, MNIST

_DOWNLOAD = "download"  # a cause


class MissingDigits(QObject):
    """Does what the row of offers requests.

    At a first start without MNIST the recipe begins with built-in digits.

    Signals: `downloaded()` MNIST is in the program's own folder now; `start_wanted()` the
    training that could not start can start now; `data_named(str)` a folder or file of a data set is
    chosen, which nobody has seen yet.
    """

    downloaded = Signal()
    start_wanted = Signal()
    data_named = Signal(str)

    def __init__(
        self,
        controller: TrainingController,
        draft: RecipeDraft,
        expectations: Expectations,
        ask: FileDialogs,
        notifier: Notifier,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.offer = MnistOffer()
        self._controller = controller
        self._draft = draft
        self._expectations = expectations
        self._ask = ask
        self._notifier = notifier
        self._first = draft.recipe
        self._is_start_held_up = False  # while the offer is shown
        self._starts_with = ""  # the data set that is shown, and with which a held up start goes on
        self._start_when_idle = False
        controller.mnist_missing.connect(self._offer_digits)
        controller.event_happened.connect(self._take)
        controller.download_progressed.connect(self.offer.show_progress)
        controller.download_ended.connect(self._download_ended)
        expectations.changed.connect(self._expectations_changed)
        draft.data_chosen.connect(self._data_chosen)
        self.offer.download_wanted.connect(self.download)
        self.offer.cancel_wanted.connect(self._cancel_download)
        self.offer.folder_wanted.connect(self._ask_for_folder)
        self.offer.builtin_wanted.connect(self._use_builtin)
        self.offer.refused.connect(self.put_away)

    @Slot()
    def download(self) -> None:
        """Downloads MNIST; a training run that waits for it starts then."""
        if self._controller.phase is Phase.IDLE:
            self._is_start_held_up &= not self.offer.isHidden()
            self._notifier.clear(_DOWNLOAD)
            self.offer.show_download()
            self._controller.download()

    def set_data_choice(self, data: ChosenData) -> None:
        """Digits are chosen elsewhere in the window: the missing ones are not needed any more."""
        self._expectations.set_chosen_data(data)
        self._draft.set_data_choice(data)
        if self._controller.phase is Phase.IDLE:
            goes_on = (
                self._is_start_held_up and self._starts_with and self._starts_with == data.path
            )
            self.put_away()
            if goes_on:
                self.start_wanted.emit()

    @Slot()
    def put_away(self) -> None:
        """Nothing is missing any more, or nothing needs it."""
        self._is_start_held_up, self._starts_with = False, ""
        self._notifier.clear(_DOWNLOAD)
        self.offer.hide()

    def go_on(self) -> None:
        """The thread is free: a training run that waited for MNIST starts."""
        if self._start_when_idle:
            self._start_when_idle = False
            self.start_wanted.emit()

    @Slot(str)
    def _offer_digits(self, sentence: str) -> None:
        self._is_start_held_up = True
        self.offer.offer(sentence)

    @Slot(object)
    def _take(self, event: Event) -> None:
        """Where a training run cannot even begin, the next dialog does not begin in its folder."""
        recipe = self._draft.recipe
        if isinstance(event, Failed) and self._controller.phase is Phase.LOADING and recipe:
            self._ask.take_back(Path(recipe.data))

    @Slot()
    def _cancel_download(self) -> None:
        self.offer.show_cancelling()
        self._controller.stop()

    @Slot(str)
    def _download_ended(self, trouble: str) -> None:
        if trouble:
            self.offer.offer(trouble)
            self._notifier.refuse(_DOWNLOAD, trouble)
            return
        self.offer.hide()
        self._notifier.note("MNIST has been downloaded and verified.")
        self.downloaded.emit()
        self._expectations.look()
        self._expectations.set_chosen_data(ChosenData())
        self._draft.set_data_choice(ChosenData())
        # The thread is about to report that it is free.
        self._start_when_idle = self._is_start_held_up

    @Slot()
    def _ask_for_folder(self) -> None:
        kind = FIELDS["data"].kind
        assert isinstance(kind, Place)  # noqa: S101 - a place is what the field is
        folder = self._ask.folder(kind.asks)
        if folder is not None:
            self._draft.choose_data(str(folder))

    @Slot()
    def _use_builtin(self) -> None:
        self._draft.choose_data(BUILTIN)

    @Slot()
    def _data_chosen(self) -> None:
        """Digits are chosen; a training run that waits for some starts, if they were seen before.

        What nobody has seen is shown first. Then it starts, if it is taken.
        """
        if self._controller.phase is not Phase.IDLE:
            return
        data = str(self._draft.values["data"])
        is_unseen = data not in (MNIST, BUILTIN, self._draft.data)
        is_awaited = self._is_start_held_up and not self.offer.isHidden()
        if not is_awaited:
            self.put_away()
        self._starts_with = data if is_awaited and is_unseen else ""
        if is_unseen:
            self.data_named.emit(data)
        elif is_awaited:
            self.start_wanted.emit()

    @Slot()
    def _expectations_changed(self) -> None:
        untouched = self._draft.recipe == self._first and self._first is not None
        if self._expectations.mnist_is_missing and untouched and not self._draft.is_locked:
            self._draft.use_builtin()
        self._first = None
