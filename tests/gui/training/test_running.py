"""Training through the panel's own buttons: to the end, held, stopped, resumed, failed, closed."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import QObject, QThread, Slot
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from lenet_gui.data.distortion import PLANAR_AFFINE
from lenet_gui.explore.reader import read_digit
from lenet_gui.gui.core.plain import plain_tip
from lenet_gui.gui.core.settings import ChosenData
from lenet_gui.gui.training.panel import TrainingPanel
from lenet_gui.gui.training.plots.curves import Line, Quantity
from lenet_gui.gui.training.running.controller import Phase
from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import LeNet5
from lenet_gui.net.weights_file import load_weights
from lenet_gui.training.checkpoint import load_checkpoint
from lenet_gui.training.device_choice import DRAWN_THERE
from lenet_gui.training.events import (
    CheckpointSaved,
    CurrentWeights,
    EpochEnded,
    Event,
    Failed,
    Finished,
    Started,
    StepStatistics,
    Stopped,
)
from lenet_gui.training.recipe import Recipe

WAIT_MS = 100_000
Click = Callable[[Any, str], None]
NameFile = Callable[[Callable[[], object], Path | None], None]


class Listener(QObject):
    """Collects what signals carry, and the threads it is told in."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Any] = []
        self.threads: set[QThread] = set()

    @Slot(object)
    def hear(self, told: object) -> None:
        self.heard.append(told)
        self.threads.add(QThread.currentThread())


@pytest.fixture
def events(panel: TrainingPanel) -> list[Event]:
    listener = Listener()
    listener.setParent(panel)
    panel.controller.event_happened.connect(listener.hear)
    return listener.heard


def wait_for(panel: TrainingPanel, qtbot: QtBot, kind: type) -> None:
    """Until an event of that kind has come."""
    with qtbot.waitSignal(
        panel.controller.event_happened,
        timeout=WAIT_MS,
        check_params_cb=lambda event: isinstance(event, kind),
    ):
        pass


def run_to_end(panel: TrainingPanel, qtbot: QtBot, click: Click) -> None:
    with qtbot.waitSignal(
        panel.running_changed, timeout=WAIT_MS, check_params_cb=lambda running: not running
    ):
        click(panel, "start training")


def start_long(panel: TrainingPanel, qtbot: QtBot, click: Click, until: type) -> None:
    """A run that does not end by itself, up to the first event of a kind."""
    recipe = panel.recipe
    assert recipe is not None
    panel.draft.set_recipe(recipe.with_changes(epochs=1000))
    click(panel, "start training")
    wait_for(panel, qtbot, until)


def stop(panel: TrainingPanel, qtbot: QtBot, click: Click) -> None:
    with qtbot.waitSignal(panel.running_changed, timeout=WAIT_MS):
        click(panel, "stop training")
    assert not panel.is_running


def test_a_run_goes_from_start_to_end(
    panel: TrainingPanel, qtbot: QtBot, click: Click, events: list[Event], tmp_path: Path
) -> None:
    run_to_end(panel, qtbot, click)
    kinds = [type(event) for event in events if not isinstance(event, StepStatistics)]
    epoch = [CurrentWeights, EpochEnded, CheckpointSaved]
    assert kinds == [Started, *epoch, *epoch, Finished]
    assert panel.line.bar.value() == panel.line.bar.maximum()
    assert panel.line.bar.text() == "last run: 2 of 2 epochs done"
    last = events[-1]
    assert isinstance(last, Finished)
    assert "Finished: 2 epochs in" in panel.ending.words.text()
    assert f"({last.test.errors} of 60 wrong)" in panel.ending.words.text()
    folder = panel.panes.run_box.folder
    assert folder is not None
    assert folder.parent == tmp_path / "runs"
    assert folder.name.endswith(" tiny 0001")
    assert panel.panes.run_box.name.text() == folder.name
    assert panel.panes.run_box.name.toolTip() == plain_tip(str(folder))
    assert panel.commands.start.isEnabled()


@pytest.mark.skipif(torch.cuda.is_available(), reason="a CUDA card is here")
def test_the_line_says_where_it_is_trained_and_why(
    panel: TrainingPanel, qtbot: QtBot, click: Click, small_recipe: Recipe
) -> None:
    panel.draft.set_recipe(small_recipe.with_changes(device="auto"))
    seen: dict[type, str] = {}

    class Reader(QObject):
        @Slot(object)
        def read(self, event: Event) -> None:
            seen.setdefault(type(event), panel.line.figures.text())

    reader = Reader(panel)
    panel.controller.event_happened.connect(reader.read)
    run_to_end(panel, qtbot, click)
    assert seen[Started] == "on cpu (auto: no CUDA card that torch can use)"
    assert "digits/s" in seen[StepStatistics]
    told = panel.line.bar.toolTip().replace("\n", " ")
    assert told.endswith("; on cpu (auto: no CUDA card that torch can use)")


def test_distortions_that_a_card_draws_are_told_in_the_line(
    panel: TrainingPanel, qtbot: QtBot, click: Click, events: list[Event]
) -> None:
    run_to_end(panel, qtbot, click)
    here = events[0]
    assert isinstance(here, Started)
    distorted = here.recipe.with_changes(device="cuda", distortions=PLANAR_AFFINE)
    panel.line.show_event(replace(here, recipe=distorted, device="cuda"))
    assert panel.line.figures.text() == f"on cuda; {DRAWN_THERE}"
    assert panel.line.bar.toolTip() == plain_tip(panel.line.figures.text())
    panel.line.show_event(here)
    assert panel.line.figures.text() == "on cpu"


def test_plots_have_as_many_points_as_the_events_told(
    panel: TrainingPanel, qtbot: QtBot, click: Click, events: list[Event], small_recipe: Recipe
) -> None:
    panel.draft.set_recipe(small_recipe.with_changes(epochs=5))
    run_to_end(panel, qtbot, click)
    statistics = [event for event in events if isinstance(event, StepStatistics)]
    epochs = [event for event in events if isinstance(event, EpochEnded)]
    plots = panel.panes.plots
    x, y = plots.loss.points(Line.STEP)
    losses = [loss for event in statistics for loss in event.losses]
    assert len(losses) == 5 * 12
    np.testing.assert_allclose(x, np.arange(1, 61) / 12)
    np.testing.assert_allclose(10**y, losses)  # the loss is drawn on a logarithmic axis at first
    x, y = plots.second.points(Line.STEP)
    ends = np.rint(12 * x).astype(int)  # each point is of the steps since the one before
    right = np.cumsum([len(event.losses) * event.accuracy for event in statistics])
    right_until = dict(zip([event.step for event in statistics], right, strict=True))
    steps = np.diff(ends, prepend=0)
    assert np.all(steps >= 10)  # 100 digits at the least
    np.testing.assert_allclose(np.cumsum(y / 100 * steps), [right_until[end] for end in ends])
    x, y = plots.second.points(Line.TEST)
    np.testing.assert_allclose(x, [1, 2, 3, 4, 5])
    np.testing.assert_allclose(y, [100 * epoch.test.accuracy for epoch in epochs])
    x, y = plots.loss.points(Line.TRAIN)
    np.testing.assert_allclose(10**y, [epoch.train.loss for epoch in epochs])
    assert panel.panes.confusion.matrix.confusion == epochs[-1].confusion


def test_while_it_runs_the_recipe_stays_and_no_other_run_begins(
    panel: TrainingPanel, qtbot: QtBot, click: Click, events: list[Event]
) -> None:
    start_long(panel, qtbot, click, StepStatistics)
    assert panel.is_running
    assert not panel.commands.start.isEnabled()
    assert not panel.panes.recipe.form.editor("variant").isEnabled()
    assert "in progress" in panel.panes.recipe.form.editor("variant").toolTip()
    panel.start()
    panel.resume_run(Path("elsewhere"))
    assert panel.line.bar.text().startswith("epoch ")
    assert "digits/s" in panel.line.figures.text()
    assert "left" in panel.line.figures.text()
    stop(panel, qtbot, click)
    assert sum(isinstance(event, Started) for event in events) == 1
    assert panel.panes.recipe.form.editor("variant").isEnabled()


def test_a_pause_holds_everything_until_it_ends(
    panel: TrainingPanel, qtbot: QtBot, click: Click, events: list[Event]
) -> None:
    start_long(panel, qtbot, click, StepStatistics)
    click(panel, "pause training")
    assert panel.controller.phase is Phase.PAUSED
    assert panel.line.pause.text() == "Resume"
    assert panel.line.figures.text().startswith("paused")
    happened = panel.controller.event_happened
    while True:  # what was in progress still arrives
        with qtbot.waitSignal(happened, timeout=300, raising=False) as more:
            pass
        if not more.signal_triggered:
            break
    count = len(events)
    with qtbot.assertNotEmitted(happened, wait=300):
        pass
    with qtbot.waitSignal(happened, timeout=WAIT_MS):
        click(panel, "pause training")
    assert panel.line.pause.text() == "Pause"
    assert len(events) > count
    click(panel, "pause training")
    stop(panel, qtbot, click)  # a stop ends a pause too
    assert isinstance(events[-1], Stopped)


def test_a_stop_in_the_middle_keeps_the_checkpoint_and_the_run_can_be_resumed(
    panel: TrainingPanel, qtbot: QtBot, click: Click, events: list[Event]
) -> None:
    start_long(panel, qtbot, click, CheckpointSaved)
    stop(panel, qtbot, click)
    stopped = events[-1]
    assert isinstance(stopped, Stopped)
    assert stopped.checkpoint is not None
    done = load_checkpoint(stopped.checkpoint).epoch
    assert done == stopped.checkpoint_epoch >= 1
    told = panel.ending.words.text()
    assert f"Stopped in epoch {stopped.epoch}; the network of epoch {done} is kept" in told
    first = panel.panes.run_box.folder
    panel.draft.set_recipe(Recipe(name="other"))

    menu = panel.panes.run_box.findChild(QMenu)
    assert menu is not None
    menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: [offered.text() for offered in menu.actions()] == [first.name])
    (offered,) = menu.actions()
    events.clear()
    offered.trigger()
    wait_for(panel, qtbot, StepStatistics)
    started = events[0]
    assert isinstance(started, Started)
    assert started.resumed_from_epoch == done
    assert panel.panes.recipe.form.editor("name").text() == "tiny"
    assert panel.panes.run_box.folder == first
    assert len(panel.panes.plots.loss.points(Line.TEST)[0]) >= done
    stop(panel, qtbot, click)
    offered = load_checkpoint(stopped.checkpoint)
    events.clear()
    click(panel.ending, "resume this run")
    assert not panel.ending.isVisible()
    wait_for(panel, qtbot, StepStatistics)
    assert isinstance(events[0], Started)
    assert events[0].resumed_from_epoch == offered.epoch
    assert panel.panes.run_box.folder == first
    stop(panel, qtbot, click)
    run = panel.panes.plots.run
    assert run is not None
    kept = run.curve(Quantity.LOSS, Line.STEP)  # every update, also of the epochs before
    assert kept.updates.tolist() == [1] * len(kept.x)
    assert kept.last[: run.steps_per_epoch].tolist() == list(range(1, run.steps_per_epoch + 1))
    assert [mark.words for mark in run.marks] == ["resumed"] * len(run.resumed)
    assert run.resumed == sorted({done, offered.epoch})


def test_closing_in_the_middle_ends_the_thread_and_keeps_the_checkpoint(
    panel: TrainingPanel, qtbot: QtBot, click: Click, events: list[Event]
) -> None:
    start_long(panel, qtbot, click, CheckpointSaved)
    assert panel.close_down()
    folder = panel.panes.run_box.folder
    assert folder is not None
    assert load_checkpoint(folder / "checkpoint.safetensors").epoch >= 1
    count = len(events)
    panel.start()  # nothing begins any more
    assert len(events) == count


def test_closing_during_a_pause_and_without_any_run(
    make_panel: Callable[..., TrainingPanel],
    panel: TrainingPanel,
    qtbot: QtBot,
    click: Click,
) -> None:
    assert make_panel().close_down()
    start_long(panel, qtbot, click, StepStatistics)
    click(panel, "pause training")
    assert panel.close_down()


def test_the_live_view_can_follow(
    panel: TrainingPanel, qtbot: QtBot, click: Click, qapp: object
) -> None:
    seen: list[np.ndarray] = []
    networks: set[int] = set()

    class Follower(Listener):
        @Slot(object)
        def hear(self, told: object) -> None:
            assert isinstance(told, LeNet5)
            super().hear(told)
            networks.add(id(told))
            ink = np.eye(28, dtype=np.float32)
            seen.append(read_digit(told, ink).output.copy())

    follower = Follower()
    panel.follow_weights.connect(follower.hear)
    start_long(panel, qtbot, click, EpochEnded)
    assert not seen  # not asked for yet
    click(panel, "follow training")
    qtbot.waitUntil(lambda: len(seen) >= 3, timeout=WAIT_MS)
    assert all(not np.array_equal(one, two) for one, two in pairwise(seen))
    assert len(networks) == 1
    assert follower.threads == {panel.thread()}
    stop(panel, qtbot, click)
    count = len(seen)
    with qtbot.assertNotEmitted(panel.follow_weights, wait=300):  # its timer may not ring late
        pass
    assert len(seen) == count


def test_weights_are_used_and_saved(
    panel: TrainingPanel,
    qtbot: QtBot,
    click: Click,
    events: list[Event],
    tmp_path: Path,
    name_file: NameFile,
) -> None:
    run_to_end(panel, qtbot, click)
    finished = events[-1]
    assert isinstance(finished, Finished)
    name_file(lambda: click(panel.ending, "save weights"), tmp_path / "mine.safetensors")
    assert "Saved the weights as" in panel.ending.words.text()
    with qtbot.waitSignal(panel.weights_offered) as offered:
        click(panel.ending, "use network")
    assert not panel.ending.isVisible()
    network, facts, folder = offered.args
    assert folder == panel.panes.run_box.folder
    assert network.variant is Variant.MODERN
    assert not network.training
    assert facts["test_accuracy"] == str(finished.test.accuracy)
    for name, parameter in network.named_parameters():
        assert torch.equal(parameter, torch.tensor(finished.weights[name]))

    loaded = load_weights(tmp_path / "mine.safetensors", Variant.MODERN)
    assert loaded.facts == {**facts, "variant": "modern"}
    assert torch.equal(loaded.network.C1.weight, network.C1.weight)


def test_weights_that_cannot_be_saved_are_told(
    panel: TrainingPanel, qtbot: QtBot, click: Click, tmp_path: Path
) -> None:
    run_to_end(panel, qtbot, click)
    (tmp_path / "file").write_text("in the way")
    with qtbot.waitSignal(panel.notifier.failed) as failed:
        panel.ending_controller.save(tmp_path / "file" / "mine.safetensors")
    assert "could not be written" in failed.args[0]
    assert (tmp_path / "file").read_text() == "in the way"


def test_discarding_asks_and_removes_the_run(
    panel: TrainingPanel, qtbot: QtBot, click: Click
) -> None:
    run_to_end(panel, qtbot, click)
    folder = panel.panes.run_box.folder
    click(panel.ending, "discard run")
    assert folder.is_dir()
    assert f"Remove the run {folder.name}" in panel.ending.words.text()
    click(panel.ending, "do not discard")
    assert folder.is_dir()
    assert "Finished" in panel.ending.words.text()
    click(panel.ending, "discard run")
    click(panel.ending, "really discard")
    assert not folder.exists()
    assert not panel.ending.isVisible()
    assert panel.panes.plots.run is None
    assert panel.panes.confusion.matrix.confusion is None


def test_a_run_without_an_epoch_is_discarded_without_a_question(
    panel: TrainingPanel, qtbot: QtBot, click: Click, small_recipe: Recipe
) -> None:
    panel.draft.set_recipe(small_recipe.with_changes(batch_size=1))
    click(panel, "start training")
    wait_for(panel, qtbot, Started)
    stop(panel, qtbot, click)
    assert "before its end: there is no checkpoint" in panel.ending.words.text()
    folder = panel.panes.run_box.folder
    click(panel.ending, "discard run")
    assert not folder.exists()


def test_a_loss_that_is_not_finite_ends_the_run_in_words(
    panel: TrainingPanel, qtbot: QtBot, click: Click, events: list[Event], small_recipe: Recipe
) -> None:
    panel.draft.set_recipe(
        small_recipe.with_changes(
            optimiser="sgd", weight_decay=1, schedule="constant", batch_size=4
        )
    )
    rate = panel.panes.recipe.form.cell("learning_rate").editor
    rate.setFocus()
    rate.selectAll()
    qtbot.keyClicks(rate, "1e2")
    with qtbot.waitSignal(panel.notifier.failed, timeout=WAIT_MS) as failed:
        click(panel, "start training")
    assert "no longer a finite number" in failed.args[0]
    assert "learning rate 100" in failed.args[0]
    assert isinstance(events[-1], Failed)
    assert "failed" in panel.ending.words.text()
    assert not panel.ending.use.isEnabled()
    qtbot.waitUntil(lambda: not panel.is_running)


def test_a_run_that_diverged_goes_on_at_a_tenth_of_the_rate(
    panel: TrainingPanel, qtbot: QtBot, click: Click, events: list[Event], small_recipe: Recipe
) -> None:
    calm = small_recipe.with_changes(
        epochs=1, optimiser="sgd", weight_decay=0.05, schedule="constant", batch_size=2
    )
    panel.draft.set_recipe(calm)
    run_to_end(panel, qtbot, click)
    assert not panel.ending.slower.isVisible()
    folder = panel.panes.run_box.folder
    wild = calm.with_changes(epochs=3, learning_rate=100)
    (folder / "recipe.json").write_text(wild.to_json())
    with qtbot.waitSignal(panel.notifier.failed, timeout=WAIT_MS):
        panel.resume_run(folder)
    assert isinstance(events[-1], Failed)
    qtbot.waitUntil(lambda: not panel.is_running)
    click(panel.ending, "discard run")
    assert not panel.ending.slower.isVisible()  # one question at a time
    click(panel.ending, "do not discard")

    events.clear()
    with qtbot.waitSignal(
        panel.running_changed, timeout=WAIT_MS, check_params_cb=lambda running: not running
    ):
        click(panel.ending, "go on slower")
    started = events[0]
    assert isinstance(started, Started)
    assert started.resumed_from_epoch == 1
    assert started.recipe == wild.with_changes(learning_rate=10)
    assert isinstance(events[-1], Finished)
    assert panel.panes.run_box.folder == folder
    assert Recipe.from_json((folder / "recipe.json").read_text()) == started.recipe
    assert panel.draft.recipe == started.recipe
    with qtbot.waitSignal(panel.weights_offered) as offered:
        click(panel.ending, "use network")
    assert "learning_rate 0.001 up to epoch 1" in str(offered.args[1])


def test_a_run_with_another_recipe_than_its_checkpoints_is_told_by_labels(
    panel: TrainingPanel, qtbot: QtBot, click: Click, small_recipe: Recipe
) -> None:
    panel.draft.set_recipe(small_recipe.with_changes(epochs=1))
    run_to_end(panel, qtbot, click)
    folder = panel.panes.run_box.folder
    (folder / "recipe.json").write_text(small_recipe.with_changes(batch_size=5).to_json())
    with qtbot.waitSignal(panel.notifier.failed, timeout=WAIT_MS) as failed:
        panel.resume_run(folder)
    assert (
        "was made with another recipe: Batch size (10 there, 5 here); use its own"
        in (failed.args[0])
    )
    qtbot.waitUntil(lambda: not panel.is_running)


@pytest.mark.usefixtures("few_calibrating_digits")
def test_rubbish_and_added_digits_are_trained_with(
    panel: TrainingPanel, qtbot: QtBot, click: Click, events: list[Event], small_recipe: Recipe
) -> None:
    recipe = small_recipe.with_changes(
        epochs=1, loss="cross-entropy-rubbish", rubbish=40, added_digits=60
    )
    panel.draft.set_recipe(recipe)
    run_to_end(panel, qtbot, click)
    started = events[0]
    assert isinstance(started, Started)
    assert started.recipe == recipe
    assert (started.training_digits, started.patterns_per_epoch) == (180, 220)
    assert isinstance(events[-1], Finished)


def test_a_folder_without_the_files_is_told_and_nothing_is_left(
    panel: TrainingPanel, qtbot: QtBot, click: Click, tmp_path: Path
) -> None:
    panel.set_data_choice(ChosenData(str(tmp_path / "nowhere")))
    with (
        qtbot.waitSignals([panel.notifier.failed, panel.controller.phase_changed]),
        qtbot.waitSignal(
            panel.running_changed, check_params_cb=lambda running: not running, timeout=WAIT_MS
        ),
    ):
        click(panel, "start training")
    assert not list((tmp_path / "runs").glob("*"))
    assert panel.line.bar.text() == "not training"


def test_a_run_folder_that_cannot_be_made_is_told(
    panel: TrainingPanel, qtbot: QtBot, click: Click, tmp_path: Path
) -> None:
    (tmp_path / "runs").write_text("in the way")
    with qtbot.waitSignal(panel.notifier.failed, timeout=WAIT_MS) as failed:
        click(panel, "start training")
    assert "A folder for the run cannot be created" in failed.args[0]
    qtbot.waitUntil(lambda: panel.controller.phase is Phase.IDLE)


def test_two_runs_lie_over_each_other(panel: TrainingPanel, qtbot: QtBot, click: Click) -> None:
    run_to_end(panel, qtbot, click)
    first = panel.panes.plots.loss.points(Line.TEST)
    run_to_end(panel, qtbot, click)
    plots = panel.panes.plots
    qtbot.waitUntil(lambda: plots.earlier.count() == 2)
    plots.earlier.setFocus()
    qtbot.keyClicks(plots.earlier, "tiny")
    plots.earlier.activated.emit(plots.earlier.currentIndex())
    qtbot.waitUntil(lambda: len(plots.second.points(Line.STEP, earlier=True)[0]) > 0)
    for axis, told in zip(plots.loss.points(Line.TEST, earlier=True), first, strict=True):
        np.testing.assert_allclose(axis, told)
    assert plots.run is not None
    assert plots.run.curve(Quantity.LOSS, Line.TEST).y.size == 2
