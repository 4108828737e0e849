"""What is changed while a training runs, through the panel: rate, one more epoch, speed, pauses."""

import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from lenet_gui.gui.training.panel import TrainingPanel
from lenet_gui.gui.training.plots.curves import Line, Mark, Quantity
from lenet_gui.gui.training.running.controller import Phase
from lenet_gui.net.lenet5 import LeNet5
from lenet_gui.net.weights_file import load_weights
from lenet_gui.text.figures import duration
from lenet_gui.training.adjustments import EpochAdded, RateChanged
from lenet_gui.training.ending import RunFiles
from lenet_gui.training.epoch_files import epoch_file
from lenet_gui.training.events import (
    EpochEnded,
    Event,
    Finished,
    Paused,
    RepeatsDropped,
    Started,
    StepStatistics,
    Weights,
)
from lenet_gui.training.journal import LOG_NAME
from lenet_gui.training.run import Run
from lenet_gui.training.snapshot import snapshot

WAIT_MS = 100_000
Click = Callable[[Any, str], None]


class Heard(QObject):
    """The events of a panel's training runs; `of` gives those of a kind."""

    def __init__(self, panel: TrainingPanel, qtbot: QtBot) -> None:
        super().__init__(panel)
        self.events: list[Event] = []
        self._qtbot = qtbot
        panel.controller.event_happened.connect(self.hear)

    @Slot(object)
    def hear(self, event: Event) -> None:
        self.events.append(event)

    def of(self, kind: Any) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]

    def wait_for(self, kind: Any, count: int = 1) -> Any:
        self._qtbot.waitUntil(lambda: len(self.of(kind)) >= count, timeout=WAIT_MS)
        return self.of(kind)[-1]


class Said(QObject):
    """What the panel says of repeats at the first event of each kind."""

    def __init__(self, panel: TrainingPanel) -> None:
        super().__init__(panel)
        self.of: dict[type, str] = {}
        self._words = panel.panes.running.repeats
        panel.controller.event_happened.connect(self.hear)

    @Slot(object)
    def hear(self, event: Event) -> None:
        self.of.setdefault(type(event), self._words.text())


@pytest.fixture
def heard(panel: TrainingPanel, qtbot: QtBot) -> Heard:
    return Heard(panel, qtbot)


def begin(panel: TrainingPanel, click: Click, heard: Heard, epochs: int) -> None:
    """Begins a training run that pauses at every epoch."""
    recipe = panel.recipe
    assert recipe is not None
    panel.draft.set_recipe(recipe.with_changes(epochs=epochs))
    panel.panes.running.pauses.setChecked(True)
    click(panel, "start training")
    heard.wait_for(Paused)
    assert panel.controller.phase is Phase.PAUSED


def end(panel: TrainingPanel, qtbot: QtBot, click: Click, button: str) -> None:
    """Presses a button after which the training ends."""
    with qtbot.waitSignal(
        panel.running_changed, timeout=WAIT_MS, check_params_cb=lambda running: not running
    ):
        click(panel, button)


def test_at_a_pause_the_followed_network_is_the_one_that_the_run_keeps(
    panel: TrainingPanel, qtbot: QtBot, click: Click, heard: Heard
) -> None:
    seen: list[Weights] = []

    class Follower(QObject):
        @Slot(object)
        def hear(self, network: LeNet5) -> None:
            seen.append(snapshot(network))

    follower = Follower(panel)
    panel.follow_weights.connect(follower.hear)
    click(panel, "follow training")
    begin(panel, click, heard, 3)
    folder = panel.run_folder
    assert folder is not None
    epochs = RunFiles.in_folder(folder).epochs
    assert epochs is not None

    def is_shown(epoch: int) -> bool:
        kept = snapshot(load_weights(epoch_file(epochs, epoch)).network)
        return bool(seen) and all(np.array_equal(kept[name], seen[-1][name]) for name in kept)

    qtbot.waitUntil(lambda: is_shown(1))
    click(panel, "follow training")
    click(panel, "pause training")
    heard.wait_for(Paused, 2)
    assert not is_shown(2)
    click(panel, "follow training")  # during the pause: at once
    assert is_shown(2)
    end(panel, qtbot, click, "stop training")


def enter(panel: TrainingPanel, text: str) -> None:
    """Writes a rate, without a decision."""
    field = panel.panes.running.rate
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def test_the_rate_of_a_training_is_changed_and_repeated(
    panel: TrainingPanel, qtbot: QtBot, click: Click, heard: Heard
) -> None:
    controls = panel.panes.running
    assert not controls.rate.isVisible()
    begin(panel, click, heard, 3)
    assert controls.rate.isVisible()
    assert controls.rate.value == 0.001
    now = heard.of(StepStatistics)[-1].learning_rate
    assert controls.words.text() == f"now {now:.3g}, by the schedule"
    # What cannot be is said beside the field, and nothing happens.
    enter(panel, "0")
    wrong = "! Rate must be a number above 0 and at most 100."
    assert controls.words.text() == wrong
    QTest.keyClick(controls.rate, Qt.Key.Key_Return)
    assert controls.words.text() == wrong
    QTest.keyClick(controls.rate, Qt.Key.Key_Escape)
    assert controls.rate.value == 0.001
    # Enter decides, and so does an arrow: each holds from the next update on.
    enter(panel, "0.0007")
    assert controls.words.text() == "Enter sets it"
    QTest.keyClick(controls.rate, Qt.Key.Key_Return)
    assert controls.words.text() == "from the next update on"
    QTest.keyClick(controls.rate, Qt.Key.Key_Down)
    assert controls.rate.value == 0.0005
    click(panel, "pause training")
    heard.wait_for(Paused, 2)
    first, second = RateChanged(2, 1, 0.0007, 0.001), RateChanged(2, 1, 0.0005, 0.0007)
    assert heard.of(RateChanged) == [first, second]
    click(panel, "slow motion")  # so that it does not end meanwhile
    enter(panel, "0.0002")
    QTest.keyClick(controls.rate, Qt.Key.Key_Return)
    click(panel, "pause training")
    heard.wait_for(RateChanged, 3)
    end(panel, qtbot, click, "stop training")
    assert not controls.rate.isVisible()
    folder = panel.run_folder
    assert folder is not None
    # A copy that is taken up again does not repeat what is refused.
    copy = Path(shutil.copytree(folder, folder.with_name("a copy")))
    log = copy / LOG_NAME
    late = log.read_text().replace('"batch": 1, "rate": 0.0002', '"batch": 4, "rate": 0.0002')
    log.write_text(late)
    click(panel, "slow motion")
    before = len(heard.of(StepStatistics))
    panel.resume_run(copy)
    heard.wait_for(StepStatistics, before + 1)
    assert controls.repeats.text() == "to be repeated: rate 0.0005 → 0.0002 (epoch 3)"
    click(panel, "do not repeat")
    assert controls.repeats.text() == ""
    assert not controls.no_repeats.isVisible()
    click(panel, "slow motion")
    heard.wait_for(Finished)
    assert len(heard.of(RepeatsDropped)) == 1
    assert Run.open(copy).history().adjustments == (first, second)
    # Taken up again it says what it is going to repeat, and does so.
    said = Said(panel)
    panel.resume_run(folder)
    heard.wait_for(Finished, 2)
    again = RateChanged(3, 1, 0.0002, 0.0005)
    assert heard.of(Started)[-1].repeats == (again,)
    assert said.of[Started] == "to be repeated: rate 0.0005 → 0.0002 (epoch 3)"
    assert said.of[RateChanged] == ""
    assert Run.open(folder).history().adjustments == (first, second, again)


def test_one_more_epoch_becomes_part_of_the_run(
    panel: TrainingPanel, qtbot: QtBot, click: Click, heard: Heard
) -> None:
    end(panel, qtbot, click, "start training")
    folder = panel.run_folder
    end(panel, qtbot, click, "one more epoch")
    assert panel.run_folder == folder
    first, second = heard.of(Finished)
    assert second.seconds == sum(event.seconds for event in heard.of(EpochEnded)) > first.seconds
    took = duration(second.seconds)
    assert panel.ending.words.text().startswith(f"Finished: 3 epochs in {took}, ")
    assert heard.of(EpochAdded) == [EpochAdded(3, 1, 3)]
    assert [event.epoch for event in heard.of(EpochEnded)] == [1, 2, 3]
    assert panel.line.bar.text() == "last run: 3 of 3 epochs done"
    assert folder is not None
    assert [epoch.epoch for epoch in Run.open(folder).history().epochs] == [1, 2, 3]
    # The plots go on where they were: with the steps of the epochs before, and with a mark.
    run = panel.panes.plots.run
    assert run is not None
    steps = run.curve(Quantity.LOSS, Line.STEP).last
    assert steps[0] <= run.steps_per_epoch  # the log keeps means
    assert steps[-1] == heard.of(EpochEnded)[-1].step
    assert run.marks == (Mark(2.0, "one more epoch", "+1 epoch"),)
    end(panel, qtbot, click, "one more epoch")
    assert panel.line.bar.text() == "last run: 4 of 4 epochs done"


def test_slow_motion_is_followed_update_by_update_and_ends_at_once(
    panel: TrainingPanel, qtbot: QtBot, click: Click, heard: Heard
) -> None:
    begin(panel, click, heard, 1000)
    before = len(heard.of(StepStatistics))
    assert not panel.commands.follow.isChecked()
    click(panel, "slow motion")
    assert panel.commands.follow.isChecked()
    networks: list[int] = []
    panel.follow_weights.connect(networks.append)
    click(panel, "pause training")
    heard.wait_for(StepStatistics, before + 2)
    slow = heard.of(StepStatistics)[before:]
    assert all(len(event.losses) == 1 and event.weights for event in slow)
    assert all(after.step == one.step + 1 for one, after in pairwise(slow))
    qtbot.waitUntil(lambda: len(networks) >= 2, timeout=WAIT_MS)
    assert panel.line.figures.text().startswith("slow motion · update ")
    click(panel, "slow motion")
    assert not panel.commands.follow.isChecked()
    click(panel, "slow motion")
    end(panel, qtbot, click, "stop training")
    assert not panel.panes.running.slow.isChecked()
    assert panel.commands.follow.isChecked()  # what was followed stays to be seen
    # Chosen before, it begins with the first update.
    panel.panes.running.pauses.setChecked(False)
    click(panel, "slow motion")
    click(panel, "start training")
    assert heard.wait_for(Started, 2)
    before = len(heard.of(StepStatistics))
    heard.wait_for(StepStatistics, before + 1)
    assert heard.of(StepStatistics)[before].is_slow
    assert panel.close_down(10_000)  # and closing the window is not held up


def test_it_pauses_at_every_epoch(
    panel: TrainingPanel, qtbot: QtBot, click: Click, heard: Heard
) -> None:
    begin(panel, click, heard, 3)
    assert panel.commands.pause.text() == "Resume"
    assert panel.line.figures.text().startswith("paused after epoch 1 · ")
    click(panel, "pause training")
    heard.wait_for(Paused, 2)
    click(panel, "pause at every epoch")
    end(panel, qtbot, click, "pause training")
    assert [event.epoch for event in heard.of(Paused)] == [1, 2]
