"""A network is chosen for a view alone, with keys or from a file, and not at another's cost."""

import shutil
from pathlib import Path

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.library.network_list import IN_TRAINING, SHOWN
from lenet_gui.gui.widgets.network_choice import FROM_FILE, NetworkChoice
from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import LeNet5, build
from lenet_gui.net.weights_file import save_weights
from lenet_gui.paths import runs_folder


@pytest.fixture
def choice(window: MainWindow, qtbot: QtBot) -> NetworkChoice:
    window.view_stack.turn_to("unit")
    context = window.view_stack.view.context
    choice = NetworkChoice(context.network_list, context.ask)
    qtbot.addWidget(choice)
    choice.show()
    return choice


def answer_with(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    """The next file dialog is answered."""
    answer = ("" if path is None else str(path), "")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_o: answer)


def go_to(choice: NetworkChoice, name: str) -> None:
    """With the arrow keys."""
    passed = [choice.currentText()]
    choice.textActivated.connect(passed.append)
    down = choice.findText(name) > choice.currentIndex()
    for _ in range(choice.count()):
        if passed[-1] == name:
            return
        QTest.keyClick(choice, Qt.Key.Key_Down if down else Qt.Key.Key_Up)
    pytest.fail(f"{name} cannot be reached")


def same_weights(one: LeNet5, other: LeNet5) -> bool:
    pairs = zip(one.parameters(), other.parameters(), strict=True)
    return all(torch.equal(a, b) for a, b in pairs)


def test_what_is_in_use_is_followed_and_shipped_networks_are_not_put_to_use(
    window: MainWindow, choice: NetworkChoice, qtbot: QtBot
) -> None:
    assert choice.currentText() == SHOWN
    assert choice.network is window.networks.current
    with qtbot.waitSignal(choice.network_changed) as told:
        window.networks.switch(Variant.MODERN)
    assert told.args == [window.networks.current]
    used = window.networks.current
    with qtbot.waitSignal(choice.network_changed) as told:
        go_to(choice, "Original, shipped")
    assert told.args[0].variant is Variant.ORIGINAL
    assert choice.network is told.args[0]
    assert window.networks.current is used


def test_the_network_in_training_is_listed_while_one_is_followed(
    window: MainWindow, choice: NetworkChoice, qtbot: QtBot, tmp_path: Path
) -> None:
    """Then the choice is the window's, which shows what the training has ended with."""
    assert choice.findText(IN_TRAINING) == -1
    network = build(Variant.MODERN, torch.Generator().manual_seed(0))
    window.networks.follow(network, None)
    go_to(choice, IN_TRAINING)
    assert choice.network is not None
    assert choice.network.network is network
    with qtbot.waitSignal(choice.network_changed) as told:
        window.networks.show_trained(network, {}, tmp_path)
    assert choice.currentText() == SHOWN
    assert choice.findText(IN_TRAINING) == -1
    assert told.args == [choice.network] == [window.networks.shown]
    window.networks.leave_followed()
    assert choice.network is window.networks.current


def test_a_file_is_chosen_and_a_bad_one_leaves_the_choice(
    window: MainWindow,
    choice: NetworkChoice,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    good = tmp_path / "mine.safetensors"
    assert window.networks.save(good)
    answer_with(monkeypatch, good)
    with qtbot.waitSignal(choice.network_changed):
        go_to(choice, FROM_FILE)
    assert choice.currentText() == "mine.safetensors"
    taken = choice.network
    assert taken is not None
    assert same_weights(taken.network, window.networks.current.network)

    bad = tmp_path / "bad.safetensors"
    bad.write_bytes(b"no weights")
    answer_with(monkeypatch, bad)
    with qtbot.waitSignal(choice.failed) as told:
        go_to(choice, FROM_FILE)
    assert "bad.safetensors" in told.args[0]
    assert choice.currentText() == "mine.safetensors"
    assert choice.network is taken

    answer_with(monkeypatch, None)
    go_to(choice, FROM_FILE)
    assert choice.currentText() == "mine.safetensors"


def test_in_use_is_the_network_that_the_window_shows(
    window: MainWindow, choice: NetworkChoice
) -> None:
    used = window.networks.current
    network = build(Variant.MODERN, torch.Generator().manual_seed(0))
    window.networks.follow(network, None)
    assert choice.currentText() == SHOWN
    assert choice.network is window.networks.shown
    assert choice.network.network is network
    window.networks.leave_followed()
    assert choice.network is used


def test_a_file_opened_in_one_list_is_in_all(
    window: MainWindow, choice: NetworkChoice, tmp_path: Path, qtbot: QtBot
) -> None:
    context = window.view_stack.view.context
    other = NetworkChoice(context.network_list, context.ask)
    qtbot.addWidget(other)
    file = tmp_path / "mine.safetensors"
    assert window.networks.save(file)
    assert choice.load(file)
    assert other.currentText() == SHOWN
    go_to(other, "mine.safetensors")
    assert other.network is choice.network  # read once
    (tmp_path / "b").mkdir()
    namesake = tmp_path / "b" / file.name
    save_weights(build(Variant.MODERN, torch.Generator().manual_seed(1)), namesake, {})
    assert window.networks.load(namesake)  # with the menu
    assert f"mine.safetensors ({namesake.parent})" in other.names
    assert choice.currentText() == other.currentText() == "mine.safetensors"
    assert other.network is choice.network


def test_a_kept_run_is_in_the_list_by_its_name_until_it_is_gone(
    window: MainWindow, choice: NetworkChoice, qtbot: QtBot
) -> None:
    run = runs_folder() / "2026-01-02 mine 0003"
    run.mkdir(parents=True)
    (run / "log.jsonl").write_text('{"event": "finished"}\n')
    with qtbot.waitSignal(window.runs.changed):
        window.runs.look_again()
    assert run.name not in choice.names  # it has no weights yet
    network = build(Variant.MODERN, torch.Generator().manual_seed(1))
    save_weights(network, run / "weights.safetensors", {})
    with qtbot.waitSignal(window.runs.changed):
        window.runs.look_again()
    go_to(choice, run.name)
    assert same_weights(choice.network.network, network)
    assert choice.network.origin == run.name
    (run / "weights.safetensors").write_bytes(b"no weights")
    with qtbot.assertNotEmitted(choice.network_changed), qtbot.waitSignal(window.runs.changed):
        window.runs.look_again()  # what was read stays
    shutil.rmtree(run)
    with qtbot.waitSignal(choice.network_changed):
        window.runs.look_again()
    assert choice.currentText() == SHOWN
    assert choice.network is window.networks.current


def test_a_run_keeps_its_place_in_every_list_when_it_is_renamed(
    window: MainWindow, choice: NetworkChoice, qtbot: QtBot
) -> None:
    run = runs_folder() / "2026-01-02 mine 0003"
    (run / "epochs").mkdir(parents=True)
    (run / "log.jsonl").write_text('{"event": "steps"}\n')
    network = build(Variant.MODERN, torch.Generator().manual_seed(1))
    save_weights(network, run / "epochs" / "epoch-0002.safetensors", {})
    with qtbot.waitSignal(window.runs.changed):
        window.runs.look_again()
    go_to(choice, run.name)  # it was cut off: the newest weights are those of an epoch
    assert choice.network.origin == f"{run.name}, epoch 2"
    assert window.networks.load(choice.network.run / "epochs" / "epoch-0002.safetensors")
    window.networks.switch(Variant.ORIGINAL)

    now = run.with_name("best so far")
    with qtbot.waitSignal(choice.network_changed) as told, qtbot.waitSignal(window.runs.looked):
        window.runs.rename(run, now.name)
    assert told.args == [choice.network]
    assert choice.currentText() == now.name
    assert choice.network.origin == "best so far, epoch 2"
    assert same_weights(choice.network.network, network)
    window.networks.switch(Variant.MODERN)
    assert window.networks.current.origin == "best so far, epoch 2"
    assert "best so far, epoch 2" in window.windowTitle()
    with qtbot.waitSignals([window.networks.changed, window.networks.shown_changed]):
        window.runs.rename(now, "Modern, shipped")
    assert window.networks.current.origin == "Modern, shipped, epoch 2"
    assert choice.currentText() == "Modern, shipped (run)"
    assert len(set(choice.names)) == len(choice.names)
    with qtbot.waitSignal(choice.network_changed):
        window.runs.delete(now.with_name("Modern, shipped"))
    assert choice.currentText() == SHOWN
    assert window.networks.current.run is not None  # it answers as long as nothing else is chosen
