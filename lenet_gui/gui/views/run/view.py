"""Replays a run: a slider goes through its epochs, and everything follows."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from lenet_gui.explore.array_reader import read_with_arrays
from lenet_gui.explore.reading import Reading
from lenet_gui.explore.run_history import LAYERS_WITH_KERNELS, KeptEpoch, RunHistory
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.tasks import Job, Tasks
from lenet_gui.gui.core.text_size import wear
from lenet_gui.gui.views.run.arrangement import RunArrangement
from lenet_gui.gui.views.run.epoch_maps import EpochMaps
from lenet_gui.gui.views.run.epoch_networks import EpochNetworks
from lenet_gui.gui.views.run.error_curve import ErrorCurve
from lenet_gui.gui.views.run.export import Frames
from lenet_gui.gui.views.run.exporter import RunExporter
from lenet_gui.gui.views.run.kernel_panel import KernelPanel
from lenet_gui.gui.views.run.page import exported_epoch
from lenet_gui.gui.views.run.run_choice import RunChoice
from lenet_gui.gui.views.run.state import RunState
from lenet_gui.gui.views.run.text import NO_RUN, answer_text, run_facts, when
from lenet_gui.gui.views.run.transport import Transport
from lenet_gui.gui.views.view import Answer, LiveState, View, ViewContext
from lenet_gui.gui.widgets.beside import Beside
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.gui.widgets.empty_state import OPEN_TRAINING, OPEN_TRAINING_TIP, EmptyState
from lenet_gui.gui.widgets.scrolled import scrolled
from lenet_gui.net.layers import MAP_LAYERS, Unit
from lenet_gui.pictures.exported import Exported, Facts
from lenet_gui.pictures.grid.layers import cell_of
from lenet_gui.printable import printable
from lenet_gui.training.run_folders import EpochsStamp, epochs_stamp

LOOK_EVERY_MS = 1000
"""So often does it look for new runs and new epochs, while it is in front."""

_EPOCH = "network of an epoch"  # a cause
_WIDE = 620  # usual pixels: room for maps and kernels side by side


class RunView(View):
    """The chosen run's epoch at the slider: maps, kernels, and in the Answer panel its answer."""

    def __init__(self, context: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("run_view")
        self._history: RunHistory | None = None
        self._wanted: RunState | None = None
        self._networks = EpochNetworks()
        self._seen: EpochsStamp = ()
        self._reading: Reading | None = None
        self._kernel_limit = 0.0
        self._takes_focus = False
        self.choice = RunChoice(context)
        self.transport = Transport()
        if not context.is_operated:
            self.transport.hide()
        self.exporter = RunExporter(
            context.ask, context.notifier, self._frames, lambda: self.transport.frame_ms
        )
        self.curve = ErrorCurve()
        self.maps = EpochMaps(context.commands)
        self.answer_line = ElidedLabel()
        self.answer_line.setObjectName("run_answer")
        self.troubles = ElidedLabel()
        self.troubles.setObjectName("run_troubles")
        self.kernels = KernelPanel(context.commands)
        self.hint = EmptyState(link=OPEN_TRAINING, tip=OPEN_TRAINING_TIP)
        self.hint.followed.connect(self.training_wanted)
        self.hint.say(NO_RUN)
        self._tasks = Tasks(self)
        self._tasks.done.connect(self._take)
        self._tasks.shown.connect(self._note_stamp)
        self._tasks.failed.connect(self._refuse)
        self._tasks.progressed.connect(self._tell_progress)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_EVERY_MS)
        self._look.timeout.connect(self._look_again)
        self._arrange()
        self.choice.chosen.connect(self._choose)
        self.choice.missed.connect(self._want_nothing)
        self.transport.moved.connect(self._show_epoch)
        self.curve.chosen.connect(self._go_to)
        self.kernels.chosen.connect(self._go_to)
        context.runs.renamed.connect(self._rename)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.UNIT)
        top.addWidget(self.choice, 1)
        top.addWidget(self.exporter)
        below = Beside(_WIDE, (self.maps, 1, 7), (self.kernels, 1, 6))
        lines = (self.troubles, self.transport, self.answer_line)
        content = RunArrangement(self.curve, lines, below)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.hint)
        self.pages.addWidget(scrolled(content))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT // 2)
        whole.setSpacing(theme.UNIT // 2)
        whole.addLayout(top)
        whole.addWidget(self.pages, 1)
        wear(self.answer_line, theme.title_font)
        wear(self.troubles, theme.small_font)
        self.troubles.hide()

    @property
    def history(self) -> RunHistory | None:
        """The run that is shown; None while none is."""
        return self._history

    @property
    def is_settled(self) -> bool:
        """Whether no run is being read, and none looked for."""
        return not self._tasks.is_busy and self.context.runs.is_settled

    @property
    def epoch(self) -> KeptEpoch | None:
        """The epoch at the slider."""
        return self._history.epochs[self.transport.slider.value()] if self._history else None

    @property
    def reading(self) -> Reading | None:
        """What the epoch's network makes of the drawing; None without ink."""
        return self._reading

    @property
    def answer(self) -> Answer | None:
        """Of the epoch's network."""
        history, epoch = self._history, self.epoch
        if history is None or epoch is None or self.pages.currentIndex() == 0:
            return None
        who = f"{when(epoch)}, {printable(history.folder.name)}"
        calibration, names = history.calibration(epoch), history.class_names
        return Answer(who, history.variant, calibration, names, self._reading)

    @property
    def state(self) -> RunState:
        if self._wanted is not None and not self.choice.is_wishing:
            return self._wanted
        layer, number = self.kernels.chosen_map
        folder, transport = self.choice.folder, self.transport
        return RunState(
            "" if folder is None else folder.name,
            None if self.epoch is None else self.epoch.number,
            layer,
            number,
            transport.rate.currentData(),
            transport.is_playing,
        )

    def restore(self, state: RunState) -> None:
        """Chooses an epoch; if the run has to be read first, as soon as it is."""
        self.transport.stop()
        self.transport.set_rate(state.rate)
        self.kernels.choose_map(state.layer, state.map)
        if self._history is not None and self._history.folder.name == state.run:
            self._wanted = None
            self._go_on(state)
            return
        if state.run:
            self._wanted = state
            self.choice.look()
            self.choice.choose_name(state.run)

    def show_run(self, folder: Path) -> None:
        self._wanted = None
        self.choice.look()
        self.choice.choose_name(folder.name)

    @Slot(object, object)
    def _rename(self, old: Path, new: Path) -> None:
        """The choice lists the new name already; the run is shown as it was."""
        if self.choice.folder == old:
            self.restore(replace(self.state, run=new.name))

    @Slot()
    def _want_nothing(self) -> None:
        """The run of a state is not there."""
        self._wanted = None

    def _go_on(self, state: RunState) -> None:
        """At the epoch of a state, played where it is."""
        history = self._history
        if history is not None and state.epoch is not None:
            self.transport.slider.setValue(history.nearest(state.epoch))
        self.transport.play.setChecked(state.is_playing and self.isVisible())

    def show_unit(self, unit: Unit) -> None:
        """Follows the kernels of its map, and holds it among the maps."""
        if unit.layer in LAYERS_WITH_KERNELS:
            self.kernels.choose_map(unit.layer, unit.map)
        if unit.layer in MAP_LAYERS:
            self.maps.hold(cell_of(unit))

    @property
    def provenance(self) -> Facts:
        return run_facts(self._history, self.epoch, self._live_state, self._reading)

    def exported(self) -> Exported | None:
        history, epoch, live_state = self._history, self.epoch, self._live_state
        if history is None or epoch is None:
            return None
        steps = None if live_state is None or self._reading is None else live_state.steps
        return exported_epoch(
            history,
            self.transport.slider.value(),
            self.answer_line.text(),
            (self.maps.as_block(560), self.kernels.strip.as_block(340)),
            self.kernels.strip.kernels,
            None if steps is None or self._reading is None else (self._reading, steps.centred),
        )

    def show_live(self, live_state: LiveState) -> None:
        """Another drawing; the network of the window has no part in this view."""
        self._live_state = live_state
        self._read()

    def close_down(self) -> None:
        self._look.stop()
        self.transport.stop()
        self._tasks.close_down()
        self.exporter.close_down()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Whoever walks along the tabs by keys stays there.
        self._takes_focus = not isinstance(QApplication.focusWidget(), QTabBar)
        self._look_again()
        self._look.start()
        self._take_focus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look.stop()
        self.transport.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.transport.take_key(event):
            super().keyPressEvent(event)

    # ---------------------------------------------------------------- the run

    @Slot()
    def _look_again(self) -> None:
        """New runs are listed, and a run that has new epochs is read again."""
        self.choice.look()
        folder = self.choice.folder
        if folder is None:
            self._show_hint(NO_RUN)
        elif not self._tasks.is_busy:
            self._ask(folder, self._seen)

    @Slot(object)
    def _choose(self, folder: Path) -> None:
        self.transport.stop()
        if not self.choice.is_wishing and (self._wanted is None or self._wanted.run != folder.name):
            self._wanted = None
        if self._history is not None and self._history.folder != folder:
            self._history = None
            self._show_hint(f"{printable(folder.name)} is being read…")
        self._ask(folder)

    def _ask(self, folder: Path, seen: EpochsStamp = ()) -> None:
        """Reads a run, unless it is as it was `seen`; its disk may be slow even to say that."""
        known = (
            self._history if self._history is not None and self._history.folder == folder else None
        )

        def read(job: Job) -> RunHistory | None:
            stamp = epochs_stamp(folder)
            if stamp == seen:
                return None
            job.show(stamp)
            from lenet_gui.explore.run_reader import read_run

            return read_run(folder, known, job.progress)

        self._tasks.ask(read)

    @Slot(object)
    def _note_stamp(self, stamp: EpochsStamp) -> None:
        self._seen = stamp

    @Slot(int, int)
    def _tell_progress(self, done: int, wanted: int) -> None:
        if self._history is None:
            self._show_hint(f"Epoch {done} of {wanted} is being read…")

    @Slot(object)
    def _take(self, history: RunHistory | None) -> None:
        if history is None:
            return  # nothing new
        slider = self.transport.slider
        before, epoch = self._history, self.epoch
        at_end = before is None or slider.value() == slider.maximum()
        newest = len(history.epochs) - 1
        place = newest if at_end or epoch is None else history.nearest(epoch.number)
        if self.transport.is_playing and epoch is not None:
            place = history.nearest(epoch.number)
        self._history = history
        self._kernel_limit = max(
            float(np.abs(one.weights["C1.weight"]).max()) for one in history.epochs
        )
        wanted = self._wanted
        if not self.choice.is_wishing:
            self._wanted = None
        self.transport.set_places([one.number for one in history.epochs], history.last, place)
        self.troubles.setText(" ".join(history.troubles))
        self.troubles.setVisible(bool(history.troubles))
        self.pages.setCurrentIndex(1)
        self._show_epoch()
        if wanted is not None and wanted.run == history.folder.name:
            self._go_on(wanted)
        self._take_focus()

    def _take_focus(self) -> None:
        """The keys go through the run as soon as it is there."""
        if self._takes_focus and self._history is not None and self.isVisible():
            self._takes_focus = False
            self.transport.slider.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _refuse(self, sentence: str) -> None:
        self._history, self._wanted = None, None
        self.choice.refuse()
        self._show_hint(sentence)

    def _show_hint(self, sentence: str) -> None:
        self.transport.stop()
        self._reading = None
        self.context.notifier.clear(_EPOCH)
        self.exporter.check()
        self.hint.say(sentence, offers=sentence == NO_RUN)
        self.pages.setCurrentIndex(0)
        self.answered.emit()

    # ---------------------------------------------------------------- the epoch

    @Slot(int)
    def _go_to(self, place: int) -> None:
        self.transport.stop()
        self.transport.slider.setValue(place)

    @Slot()
    def _show_epoch(self) -> None:
        history, epoch = self._history, self.epoch
        if history is None or epoch is None:
            return
        place = self.transport.slider.value()
        self.curve.show_run(history, place)
        self.kernels.show_run(history, place)
        self._read()

    def _read(self) -> None:
        """Reads the drawing with the epoch's network."""
        history, epoch, live_state = self._history, self.epoch, self._live_state
        if history is None or epoch is None:
            return
        self._reading = None
        steps = None if live_state is None else live_state.steps
        with self.context.notifier.reporting(_EPOCH, is_state=True):
            if steps is not None:
                network, calibration = self._networks.network(epoch), history.calibration(epoch)
                names = history.class_names
                self._reading = read_with_arrays(network, steps.centred, calibration, names)
        self.exporter.check()
        kernels = epoch.weights["C1.weight"].reshape(6, 5, 5)
        self.maps.show_epoch(kernels, self._kernel_limit, self._reading)
        self.answer_line.setText(answer_text(history, epoch, self._reading))
        self.answered.emit()

    # ---------------------------------------------------------------- taking it away

    def _frames(self) -> Frames | None:
        live_state = self._live_state
        if self._history is None or live_state is None or live_state.steps is None:
            return None
        return Frames(self._history, live_state.steps.centred.copy(), theme.theme_of(self))
