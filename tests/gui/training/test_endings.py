"""However a run ends, what it learned is offered; what could not be kept is said."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.gui.training.page import Page
from lenet_gui.gui.training.panel import TrainingPanel
from lenet_gui.net.lenet5 import LeNet5
from lenet_gui.net.weights_file import load_weights
from lenet_gui.training.epoch_files import EpochKeeper
from lenet_gui.training.events import CheckpointSaved, Failed, Finished, Stopped, Weights
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.result import read_result
from tests.support.dialogs import Pressing

WAIT_MS = 100_000
Click = Callable[[Any, str], None]
NameFile = Callable[[Callable[[], object], Path | None], None]


class FullDisk:
    """Has no room any more for files of some names, or for any."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.names: set[str] = set()
        self.is_full = False
        replace = Path.replace

        def checked(file: Path, target: Path) -> Path:
            if self.is_full or target.name in self.names:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return replace(file, target)

        monkeypatch.setattr(Path, "replace", checked)


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> FullDisk:
    return FullDisk(monkeypatch)


class Ends(QObject):
    """Keeps the last events of runs."""

    def __init__(self, panel: TrainingPanel) -> None:
        super().__init__(panel)
        self.newest: object = None
        panel.controller.event_happened.connect(self.hear)

    @Slot(object)
    def hear(self, event: object) -> None:
        self.newest = event

    @property
    def failed(self) -> Failed:
        assert isinstance(self.newest, Failed)
        return self.newest


@pytest.fixture
def ends(panel: TrainingPanel) -> Ends:
    return Ends(panel)


def run_to_end(panel: TrainingPanel, qtbot: QtBot, click: Click) -> Path:
    """Gives the run's folder."""
    with qtbot.waitSignal(
        panel.running_changed, timeout=WAIT_MS, check_params_cb=lambda running: not running
    ):
        click(panel, "start training")
    folder = panel.panes.run_box.folder
    assert folder is not None
    return folder


def used(panel: TrainingPanel, qtbot: QtBot, click: Click) -> LeNet5:
    """The network that "Use this network" offers."""
    with qtbot.waitSignal(panel.weights_offered) as offered:
        click(panel.ending, "use network")
    network = offered.args[0]
    assert isinstance(network, LeNet5)
    return network


def same(network: LeNet5, weights: Weights) -> bool:
    return all(
        torch.equal(parameter, torch.tensor(weights[name]))
        for name, parameter in network.named_parameters()
    )


def test_the_trained_network_that_finds_no_room_is_used_and_saved_elsewhere(
    panel: TrainingPanel,
    qtbot: QtBot,
    click: Click,
    ends: Ends,
    full_disk: FullDisk,
    tmp_path: Path,
    name_file: NameFile,
) -> None:
    full_disk.names = {"epoch-0002.safetensors"}
    folder = run_to_end(panel, qtbot, click)
    weights = ends.failed.weights
    assert weights is not None
    sentence = panel.notifier.error("training")
    assert f"{folder / 'epochs' / 'epoch-0002.safetensors'} could not be written (No space" in (
        sentence
    )
    assert "free some space" in sentence
    told = panel.ending.words.text()
    assert told.startswith("Not kept on disk: the trained network is only in memory (test acc")
    assert not panel.ending.dismiss.isVisible()
    assert panel.ending.save.text() == "Save somewhere else…"
    assert same(used(panel, qtbot, click), weights)
    assert panel.ending.words.text().endswith(f"{folder.name} is still only in memory: save it.")
    click(panel.ending, "discard run")  # asks, also after they were used
    click(panel.ending, "do not discard")

    place = tmp_path / "elsewhere" / "mine.safetensors"
    place.parent.mkdir()
    (place.parent / "mine.json").write_text("precious")
    name_file(lambda: click(panel.ending, "save weights"), place)
    loaded = load_weights(place)
    assert same(loaded.network, weights)
    assert loaded.facts == {**ends.failed.facts}
    assert len(read_result(place.parent / "mine-2.json").epochs) == 2
    assert (place.parent / "mine.json").read_text() == "precious"
    assert panel.ending.words.text() == (
        f"Saved the weights as {place} and the result as mine-2.json."
    )
    assert panel.ending.dismiss.isVisible()
    assert panel.ending.save.text() == "Save…"
    click(panel.ending, "close ending")
    assert not panel.ending.isVisible()


def test_a_place_that_takes_nothing_either_keeps_the_network_on_offer(
    panel: TrainingPanel,
    qtbot: QtBot,
    click: Click,
    ends: Ends,
    full_disk: FullDisk,
    tmp_path: Path,
    name_file: NameFile,
) -> None:
    full_disk.names = {"epoch-0002.safetensors", "mine.safetensors"}
    run_to_end(panel, qtbot, click)
    name_file(lambda: click(panel.ending, "save weights"), tmp_path / "mine.safetensors")
    assert "mine.safetensors could not be written (No space left" in (
        panel.notifier.error("saving trained weights")
    )
    assert panel.ending.save.text() == "Save somewhere else…"
    assert not panel.ending.dismiss.isVisible()
    name_file(lambda: click(panel.ending, "save weights"), tmp_path / "other.safetensors")
    assert panel.notifier.error("saving trained weights") == ""
    assert ends.failed.weights is not None
    assert same(load_weights(tmp_path / "other.safetensors").network, ends.failed.weights)


@pytest.mark.parametrize(
    ("name", "words", "kept_in"),
    [
        (
            "weights.safetensors",
            "All epochs are done; the checkpoint of the last one is kept (test accuracy",
            "checkpoint.safetensors",
        ),
        (
            "checkpoint.safetensors",
            "The training failed; its network is kept as epoch-0001.safetensors (test accuracy",
            "epoch-0001.safetensors",
        ),
    ],
)
def test_what_another_file_of_the_run_holds_is_offered_and_can_be_left(
    name: str,
    words: str,
    kept_in: str,
    panel: TrainingPanel,
    qtbot: QtBot,
    click: Click,
    ends: Ends,
    full_disk: FullDisk,
) -> None:
    full_disk.names = {name}
    folder = run_to_end(panel, qtbot, click)
    assert f"{folder / name} could not be written (No space left" in (
        panel.notifier.error("training")
    )
    assert panel.ending.words.text().startswith(words)
    assert ends.failed.kept_in is not None
    assert ends.failed.kept_in.name == kept_in
    assert ends.failed.weights is not None
    assert panel.ending.dismiss.isVisible()
    assert same(used(panel, qtbot, click), ends.failed.weights)
    assert not panel.ending.isVisible()  # there is nothing more to do
    full_disk.names = set()
    run_to_end(panel, qtbot, click)  # nothing is asked
    assert isinstance(ends.newest, Finished)


def test_once_there_is_room_the_run_is_finished_from_its_checkpoint(
    panel: TrainingPanel, qtbot: QtBot, click: Click, ends: Ends, full_disk: FullDisk
) -> None:
    full_disk.names = {"weights.safetensors"}
    folder = run_to_end(panel, qtbot, click)
    weights = ends.failed.weights
    assert weights is not None
    full_disk.names = set()
    with qtbot.waitSignal(
        panel.running_changed, timeout=WAIT_MS, check_params_cb=lambda running: not running
    ):
        panel.resume_run(folder)
    assert isinstance(ends.newest, Finished)
    assert same(load_weights(folder / "weights.safetensors").network, weights)
    assert panel.notifier.error("training") == ""


def test_another_training_does_not_begin_over_a_network_in_memory_unasked(
    panel: TrainingPanel,
    qtbot: QtBot,
    click: Click,
    ends: Ends,
    full_disk: FullDisk,
) -> None:
    full_disk.names = {"epoch-0002.safetensors"}
    run_to_end(panel, qtbot, click)
    full_disk.names = set()
    failed = ends.failed
    stay = Pressing("Stay")
    click(panel, "start training")
    assert "is only in memory: if you continue, it is lost" in stay.asked
    assert not panel.is_running
    assert failed.weights is not None
    assert same(used(panel, qtbot, click), failed.weights)
    lose = Pressing("Discard it")
    run_to_end(panel, qtbot, click)
    assert lose.asked
    assert isinstance(ends.newest, Finished)


def start_long(panel: TrainingPanel, qtbot: QtBot, click: Click, recipe: Recipe) -> Path:
    """Starts a run, waits until its first epoch is kept, and gives its folder."""
    panel.draft.set_recipe(recipe)
    with qtbot.waitSignal(
        panel.controller.event_happened,
        timeout=WAIT_MS,
        check_params_cb=lambda event: isinstance(event, CheckpointSaved),
    ):
        click(panel, "start training")
    folder = panel.panes.run_box.folder
    assert folder is not None
    return folder


def test_a_disk_that_is_full_in_the_middle_leaves_the_network_of_that_moment(
    panel: TrainingPanel,
    qtbot: QtBot,
    click: Click,
    ends: Ends,
    full_disk: FullDisk,
    small_recipe: Recipe,
    tmp_path: Path,
    name_file: NameFile,
) -> None:
    folder = start_long(panel, qtbot, click, small_recipe.with_changes(epochs=10_000))
    full_disk.is_full = True
    qtbot.waitUntil(lambda: not panel.is_running, timeout=WAIT_MS)
    full_disk.is_full = False
    failed = ends.failed
    assert "could not be written (No space left" in panel.notifier.error("training")
    assert failed.weights is not None
    assert same(used(panel, qtbot, click), failed.weights)
    name_file(lambda: click(panel.ending, "save weights"), tmp_path / "mine.safetensors")
    assert same(load_weights(tmp_path / "mine.safetensors").network, failed.weights)
    assert not (tmp_path / "mine.json").exists()  # the training was not complete
    shutil.rmtree(folder)
    click(panel.ending, "discard run")
    assert not panel.ending.isVisible()
    assert panel.notifier.error("discarding the run") == ""


def test_a_log_that_vanishes_is_said_at_the_end(
    panel: TrainingPanel, qtbot: QtBot, click: Click, ends: Ends, small_recipe: Recipe
) -> None:
    folder = start_long(panel, qtbot, click, small_recipe.with_changes(epochs=10_000))
    log = folder / "log.jsonl"
    log.unlink()
    with qtbot.waitSignal(panel.running_changed, timeout=WAIT_MS):
        click(panel, "stop training")
    assert isinstance(ends.newest, Stopped)
    assert panel.notifier.error("end of the run") == (
        f"The log {log} was removed or replaced during training, so it is incomplete: "
        "leave a log in place until the end."
    )
    assert same(load_weights(folder / "weights.safetensors").network, ends.newest.weights)
    panel.draft.set_recipe(small_recipe)
    run_to_end(panel, qtbot, click)
    assert panel.notifier.error("end of the run") == ""


def test_a_fault_of_the_program_does_not_deny_the_checkpoint(
    panel: TrainingPanel, qtbot: QtBot, click: Click, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = EpochKeeper.keep

    def faulty(keeper: EpochKeeper, number: int, *told: Any) -> None:
        if number == 2:
            raise RuntimeError("no memory")
        keep(keeper, number, *told)

    monkeypatch.setattr(EpochKeeper, "keep", faulty)
    with qtbot.waitSignal(panel.fault_found, timeout=WAIT_MS):
        run_to_end(panel, qtbot, click)
    assert "an error in the program (RuntimeError: no memory)" in panel.notifier.error("training")
    assert panel.ending.words.text().startswith(
        "The training failed; its last good checkpoint is kept"
    )


def test_a_run_that_learned_nothing_says_so_and_what_to_try(
    panel: TrainingPanel, qtbot: QtBot, click: Click, ends: Ends, small_recipe: Recipe
) -> None:
    panel.draft.set_recipe(small_recipe.with_changes(learning_rate=10))
    run_to_end(panel, qtbot, click)
    finished = ends.newest
    assert isinstance(finished, Finished)
    assert not finished.learned
    assert panel.ending.words.text().startswith("Finished: 2 epochs in ")
    assert ", but nothing was learned, test accuracy" in panel.ending.words.text()
    assert panel.notifier.error("nothing learned") == (
        f"The network learned nothing: {finished.test.errors} of 60 test digits wrong is no "
        "better than giving the same answer every time; try a smaller learning rate than 10, "
        "or more epochs."
    )
    panel.draft.set_recipe(small_recipe.with_changes(epochs=6, batch_size=4))
    run_to_end(panel, qtbot, click)
    assert panel.notifier.error("nothing learned") == ""
    assert "nothing was learned" not in panel.ending.words.text()


def test_the_end_of_a_run_takes_the_place_of_its_progress_and_moves_nothing(
    panel: TrainingPanel, qtbot: QtBot, click: Click
) -> None:
    plots = panel.panes.plots
    panel.panes.show_page(Page.PLOTS)
    before = plots.height()

    def middle(part: QWidget) -> int:
        return part.geometry().center().y()

    run_to_end(panel, qtbot, click)
    assert panel.ending.isVisible()
    assert not panel.line.bar.isVisible()
    assert panel.line.start.isVisible()
    qtbot.waitUntil(lambda: middle(panel.ending) == middle(panel.line))  # side by side
    assert plots.height() == before
    qtbot.waitUntil(lambda: panel.ending.words.shown == panel.ending.words.text())
    panel.resize(panel.ending.minimumSizeHint().width() + 60, panel.height())
    qtbot.waitUntil(panel.line.bar.isVisible)  # too narrow for both: one below the other
    assert panel.ending.geometry().top() > panel.line.geometry().bottom()
    panel.resize(1024, panel.height())
    qtbot.waitUntil(lambda: not panel.line.bar.isVisible())
    click(panel, "close ending")
    qtbot.waitUntil(panel.line.bar.isVisible)
    assert panel.line.bar.text() == "last run: 2 of 2 epochs done"


def test_a_run_for_which_there_is_no_room_at_all_leaves_no_folder(
    panel: TrainingPanel, qtbot: QtBot, click: Click, full_disk: FullDisk, tmp_path: Path
) -> None:
    full_disk.names = {"recipe.json"}
    with qtbot.waitSignal(panel.notifier.failed, timeout=WAIT_MS) as failed:
        click(panel, "start training")
    assert "recipe.json could not be written (No space left" in failed.args[0]
    qtbot.waitUntil(lambda: not panel.is_running)
    assert list((tmp_path / "runs").iterdir()) == []
