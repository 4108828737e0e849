"""The training panel's one line: buttons, progress bar, time left, speed, loss and accuracy."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QWidget,
)

from lenet_gui.gui.core.guide_link import explain
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.text_size import grow_indicator, hold_least, hold_words, wear
from lenet_gui.gui.core.theme import UNIT, text_font, title_font
from lenet_gui.gui.training.running.actions import ActionButton, TrainingActions
from lenet_gui.gui.training.running.controller import Phase
from lenet_gui.gui.training.running.worker import LoadingProgress
from lenet_gui.gui.training.text import progress_text, start_text
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.guide.places import TRAINING
from lenet_gui.text.figures import never_zero, percent
from lenet_gui.training.events import (
    EpochEnded,
    Event,
    Finished,
    Paused,
    Started,
    StepStatistics,
)

_FULL = 10_000  # steps of the bar


class ProgressLine(QWidget):
    """Shows events; all commands go through the actions."""

    def __init__(self, actions: TrainingActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        explain(self, TRAINING)
        self._actions = actions
        self._phase = Phase.IDLE
        self._figures = ""
        self._held = "paused"
        self._device = ""  # in words, of the training shown
        self.fold = ActionButton(actions.fold, "fold training")
        self.fold.setText("Training")
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        wear(self.fold, title_font)
        self.fold.setAutoRaise(True)
        self.start = ActionButton(actions.start, "start training")
        self.pause = ActionButton(actions.pause, "pause training")
        self.stop = ActionButton(actions.stop, "stop training")
        # Wide enough for both of its texts, so that nothing jumps.
        hold_words(self.pause, "Resume", "Pause", beside=2 * UNIT)
        self.bar = QProgressBar()
        self.bar.setObjectName("training progress")
        self.bar.setAccessibleName("Training progress")
        self.bar.setRange(0, _FULL)
        wear(self.bar, text_font)
        self.bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        hold_least(self.bar, 16 * UNIT)
        self.figures = ElidedLabel()
        wear(self.figures, text_font)
        self.figures.setObjectName("training figures")
        self.follow = QCheckBox("follow")
        grow_indicator(self.follow)
        self.follow.setObjectName("follow training")
        self.follow.setAccessibleName("Follow training")
        set_tip(self.follow, actions.follow.statusTip())
        self.follow.toggled.connect(actions.follow.setChecked)
        actions.follow.toggled.connect(self.follow.setChecked)
        actions.fold.changed.connect(self._show_fold)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        for widget in (self.fold, self.start, self.pause, self.stop):
            layout.addWidget(widget)
        layout.addSpacing(UNIT // 2)
        layout.addWidget(self.bar, stretch=1)
        layout.addSpacing(UNIT // 2)
        layout.addWidget(self.figures)
        layout.addSpacing(UNIT // 2)
        layout.addWidget(self.follow)
        self._show_fold()
        self.show_idle()

    @property
    def width_without_progress(self) -> int:
        """The width in pixels of what stays when the progress is hidden."""
        parts = (self.fold, self.start, self.follow)
        return sum(part.sizeHint().width() for part in parts) + 3 * UNIT

    def show_progress(self, *, shown: bool) -> None:
        """Shows or hides the bar, its figures and the buttons."""
        for part in (self.pause, self.stop, self.bar, self.figures):
            part.setVisible(shown)

    def show_idle(self) -> None:
        """Nothing is trained, and nothing was since the start."""
        self._show_bar("not training", 0)
        self._figures = ""
        self.figures.setText("")

    def show_phase(self, phase: Phase) -> None:
        """Shows what the thread does; figures come with the events."""
        self._phase = phase
        self._actions.show_phase(phase)
        if phase is not Phase.PAUSED:
            self._held = "paused"
        if phase is Phase.LOADING:
            self._figures = ""
            self._show_bar("loading digits", 0)
        elif phase is Phase.STOPPING:
            self.bar.setRange(0, _FULL)
            self._show_bar("stopping", self.bar.value())
        self._show_figures()

    def show_loading(self, progress: LoadingProgress) -> None:
        """The digits are being read, or written by the program."""
        if progress.wanted:
            words = f"generating digits and test digits: {progress.done:,} of {progress.wanted:,}"
            self._show_bar(words, progress.done / progress.wanted)
        else:
            self._show_bar("loading digits", 0)

    def show_event(self, event: Event) -> None:
        """Moves the bar."""
        match event:
            case Started():
                done, epochs = event.resumed_from_epoch or 0, event.epochs
                self._show_bar(f"epoch {min(done + 1, epochs)} of {epochs}", done / epochs)
                self._figures = self._device = start_text(event)
                set_tip(self.bar, self._device)
            case StepStatistics():
                share = event.step / (event.epochs * event.steps_per_epoch)
                if self._phase is not Phase.STOPPING:
                    self._show_bar(f"epoch {event.epoch} of {event.epochs}", share)
                self._figures = progress_text(event)
            case EpochEnded():
                set_tip(
                    self.bar,
                    f"After epoch {event.epoch}: test accuracy {percent(event.test.accuracy)}, "
                    f"test loss {never_zero(event.test.loss, 4)}; {self._device}",
                )
            case Paused():
                self._held = f"paused after epoch {event.epoch}"
            case Finished():
                self._show_bar(f"last run: {event.epochs} of {event.epochs} epochs done", 1)
                self._figures = (
                    f"test accuracy {percent(event.test.accuracy)} · "
                    f"test loss {never_zero(event.test.loss, 4)}"
                )
            case _:
                return
        self._show_figures()

    def show_end(self, words: str) -> None:
        """A run ended before its last epoch."""
        self._show_bar(words, self.bar.value() / _FULL)
        self._figures = ""  # there is no remaining time, and no speed
        self._show_figures()

    def _show_bar(self, words: str, share: float) -> None:
        self.bar.setFormat(words)  # first: whoever hears of the value reads them
        self.bar.setValue(round(_FULL * share))

    def _show_figures(self) -> None:
        is_held = self._phase is Phase.PAUSED
        self.figures.setText(f"{self._held} · {self._figures}" if is_held else self._figures)

    @Slot()
    def _show_fold(self) -> None:
        opened = self._actions.fold.isChecked()
        arrow = Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow
        self.fold.setArrowType(arrow)
        self.fold.setText("Training")
        self.fold.setAccessibleName(
            "Collapse the training panel" if opened else "Expand the training panel"
        )
