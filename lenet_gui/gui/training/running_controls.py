"""What can be changed while a training runs: its rate, its speed, and whether it pauses."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QPalette
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QWidget

from lenet_gui.gui.core.guide_link import GuideLabel, explain
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.text_size import grow_indicator
from lenet_gui.gui.core.theme import UNIT, warning
from lenet_gui.gui.training.recipe.editors import NumberField
from lenet_gui.gui.training.running.controller import Phase, TrainingController
from lenet_gui.gui.training.text import rate_now_text, repeats_text
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.gui.widgets.link_button import LinkButton
from lenet_gui.guide.places import WHILE_IT_TRAINS, field_place
from lenet_gui.training.adjustments import NewRate, NoRepeats
from lenet_gui.training.events import (
    EpochAdded,
    Event,
    RateChanged,
    RepeatsDropped,
    Started,
    StepStatistics,
)
from lenet_gui.training.recipe import FIELDS

_RATE = FIELDS["learning_rate"]


class RateField(NumberField):
    """A learning rate. Enter and the arrows decide on it, Escape gives up what was entered."""

    decided = Signal()
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__(_RATE.steps)
        self.setObjectName("running rate")
        self.setAccessibleName("Learning rate of the current training run")
        set_tip(self, _RATE.tooltip, "From the next update on; the schedule continues from there.")
        self.editingFinished.connect(self.decided)

    @property
    def problem(self) -> str:
        """What is wrong with what is entered; empty where nothing is."""
        if _RATE.kind.accepts(self.value):
            return ""
        return f"{_RATE.label} must be {_RATE.kind.wanted}"

    def stepBy(self, steps: int) -> None:
        super().stepBy(steps)
        self.decided.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class RunningControls(QWidget):
    """A row over the plots; speed and pauses can be chosen before a training run, too.

    What belongs to a training run alone has its room always: nothing moves when one begins or ends.

    Args:
        controller: of the training.
        follow: whether the views follow the training, as they do in slow motion.
        parent: Qt's.
    """

    def __init__(
        self, controller: TrainingController, follow: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        explain(self, WHILE_IT_TRAINS)
        self._controller = controller
        self._follow = follow
        self._followed_before = True
        self._is_training = False
        self._started: Started | None = None
        self._refuses_repeats = False
        self._now = 0.0  # the rate of the last update
        self._wanted: float | None = None  # that the training has not heard of yet
        self.slow = _check_box("slow motion", "One update per second, and every view follows it")
        self.pauses = _check_box(
            "pause at every epoch",
            "Training pauses at the end of each epoch; Resume continues it",
        )
        self._of_training = QWidget()
        self.rate = RateField()
        label = GuideLabel(_RATE.label, field_place("learning_rate"))
        label.setBuddy(self.rate)
        self.words = ElidedLabel()
        self.words.setObjectName("running rate words")
        self.repeats = ElidedLabel()
        self.repeats.setObjectName("repeats")
        self.no_repeats = LinkButton("Do not repeat")
        self.no_repeats.setObjectName("do not repeat")
        set_tip(self.no_repeats, "Continue without the changes made before the run was resumed")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        for box in (self.slow, self.pauses):
            layout.addWidget(box)
            layout.addSpacing(UNIT)
        layout.addWidget(self._of_training, stretch=1)
        row = QHBoxLayout(self._of_training)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT // 2)
        row.addWidget(label)
        row.addWidget(self.rate)
        row.addSpacing(UNIT // 2)
        row.addWidget(self.words, stretch=1)
        row.addWidget(self.repeats)
        row.addWidget(self.no_repeats)
        policy = self._of_training.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._of_training.setSizePolicy(policy)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.slow.toggled.connect(self._set_slow)
        self.pauses.toggled.connect(self._set_pauses)
        self.rate.changed.connect(self._show_words)
        self.rate.decided.connect(self._decide)
        self.rate.given_up.connect(self._show_rate)
        self.no_repeats.clicked.connect(self._refuse_repeats)
        controller.phase_changed.connect(self._show_phase)
        controller.event_happened.connect(self._take)
        self._show_phase(controller.phase)

    @Slot(object)
    def _show_phase(self, phase: Phase) -> None:
        if phase is Phase.LOADING:
            self._is_training = True
            self._started = self._wanted = None
            self._refuses_repeats = False
            self._now = 0.0
        elif phase is Phase.IDLE and self._is_training:
            self._is_training = False
            self._followed_before = True  # what was followed stays to be seen
            self.slow.setChecked(False)
        self.rate.setEnabled(phase in (Phase.RUNNING, Phase.PAUSED))
        self._show_of_training()

    @Slot(object)
    def _take(self, event: Event) -> None:
        match event:
            case Started():
                self._started = event
                self._show_rate()
            case RateChanged() | EpochAdded() | RepeatsDropped() if self._started is not None:
                is_being_changed = self._is_being_changed
                self._started = self._started.after(event)
                self._wanted = None if isinstance(event, RateChanged) else self._wanted
                if not is_being_changed:
                    self._show_rate()
            case StepStatistics():
                self._now = event.learning_rate
                self._show_words()
                return
        self._show_of_training()

    @property
    def controller(self) -> TrainingController:
        """What it controls."""
        return self._controller

    @property
    def _is_being_changed(self) -> bool:
        """Whether something else is entered than what the training has or is going to have."""
        known = self._started.rate if self._started and self._wanted is None else self._wanted
        return self.rate.value != known

    @Slot()
    def _decide(self) -> None:
        value = self.rate.value
        if self.rate.problem or not self._is_being_changed or not isinstance(value, int | float):
            return
        self._wanted = float(value)
        self._controller.ask(NewRate(self._wanted))
        self._show_words()

    @Slot()
    def _show_rate(self) -> None:
        """Puts the rate of the training into the field."""
        if self._started is not None:
            self.rate.value = self._started.rate if self._wanted is None else self._wanted
        self._show_words()

    @Slot()
    def _show_words(self) -> None:
        problem = self.rate.problem if self._started is not None else ""
        palette = QPalette()
        if problem:
            palette.setColor(QPalette.ColorRole.WindowText, warning(self))
        self.words.setPalette(palette)
        self.rate.setAccessibleDescription(problem)
        if problem:
            self.words.setText(f"! {problem}.")
        elif self._started is None:
            self.words.setText("")
        elif self._is_being_changed:
            self.words.setText("Enter sets it")
        elif self._wanted is not None:
            self.words.setText("from the next update on")
        else:
            self.words.setText(rate_now_text(self._started.rate, self._now))

    def _show_of_training(self) -> None:
        self._of_training.setVisible(self._is_training and self._started is not None)
        is_told = self._is_training and self._started and not self._refuses_repeats
        repeats = self._started.repeats if self._started and is_told else ()
        self.repeats.setText(repeats_text(repeats))
        self.no_repeats.setVisible(bool(repeats))

    @Slot()
    def _refuse_repeats(self) -> None:
        self._refuses_repeats = True
        self._controller.ask(NoRepeats())
        self._show_of_training()

    @Slot(bool)
    def _set_slow(self, slow: bool) -> None:
        self._controller.slow_motion = slow
        if slow:
            self._followed_before = self._follow.isChecked()
            self._follow.setChecked(True)
        elif not self._followed_before:
            self._follow.setChecked(False)

    @Slot(bool)
    def _set_pauses(self, wanted: bool) -> None:
        self._controller.pauses_at_epochs = wanted


def _check_box(text: str, tooltip: str) -> QCheckBox:
    box = QCheckBox(text)
    grow_indicator(box)
    box.setObjectName(text)
    box.setAccessibleName(text.capitalize())
    set_tip(box, tooltip)
    return box
