"""The network in use is there again at the next start."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from lenet_gui.explore import open_weights
from lenet_gui.explore.form_finding import measuring
from lenet_gui.gui.app.start import use_last_network
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.settings import Settings
from lenet_gui.gui.library.networks import Networks
from lenet_gui.net.architecture import Variant
from lenet_gui.net.modern_form import InputScale, ModernForm
from lenet_gui.paths import shipped_weights
from lenet_gui.training.ending import RunFiles
from tests.support.other_programs import normalised, plain_state, torch_file

LONG = 20_000


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A file of the Modern's weights."""
    return Path(shutil.copy(shipped_weights("modern"), tmp_path / "mine.safetensors"))


@pytest.fixture
def restarted(window: MainWindow, qtbot: QtBot) -> Callable[[], MainWindow]:
    """`restarted()`: closes the window and opens the next one, with the network used last."""

    def do() -> MainWindow:
        window.close()
        again = MainWindow()
        qtbot.addWidget(again)
        use_last_network(again)
        return again

    return do


def used(networks: Networks) -> str:
    return "" if networks.current is None else networks.current.origin


def test_a_file_of_weights(
    window: MainWindow, restarted: Callable[[], MainWindow], mine: Path
) -> None:
    window.weights.use(mine)
    again = restarted()
    assert used(again.networks) == "mine.safetensors"
    assert again.networks.current.variant is Variant.MODERN
    again.networks.switch(Variant.ORIGINAL)
    again.networks.switch(Variant.MODERN)
    assert used(again.networks) == "mine.safetensors"
    assert Settings().remembered.weights == str(mine)
    again.networks.use_shipped()
    assert Settings().remembered.weights == ""
    assert Settings().remembered.variant is Variant.MODERN
    again.close()


def test_weights_of_another_program_are_not_measured_again(
    window: MainWindow,
    restarted: Callable[[], MainWindow],
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (measuring, open_weights):
        monkeypatch.setattr(module, "DIGITS", 60)
    monkeypatch.setattr(measuring, "ROUNDS", ((30, 0.3),))
    file = tmp_path / "lenet.pth"
    file.write_bytes(torch_file(normalised(plain_state())))
    with qtbot.waitSignal(window.networks.loaded, timeout=LONG):
        window.weights.use(file)
    monkeypatch.setattr(measuring, "ROUNDS", ())
    again = restarted()
    assert used(again.networks) == "lenet.pth"
    assert again.networks.current.form == ModernForm(inputs=InputScale.NORMALISED)
    again.close()


def test_the_network_of_a_run_that_is_renamed(
    window: MainWindow, restarted: Callable[[], MainWindow], mine: Path, tmp_path: Path
) -> None:
    files = RunFiles.in_folder(tmp_path / "2026-01-31 quick")
    files.weights.parent.mkdir()
    files.log.write_text("{}\n")
    mine.rename(files.weights)
    window.weights.use(files.weights)
    renamed = tmp_path / "2026-01-31 best"
    files.weights.parent.rename(renamed)
    window.networks.rename_run(files.weights.parent, renamed)
    assert Settings().remembered.weights == str(RunFiles.in_folder(renamed).weights)
    again = restarted()
    assert used(again.networks).startswith("2026-01-31 best")
    again.close()


@pytest.mark.parametrize("content", [None, b"<!doctype html><html>"])
def test_a_file_that_cannot_be_used_any_more_is_told_and_the_shipped_network_used(
    window: MainWindow,
    restarted: Callable[[], MainWindow],
    mine: Path,
    content: bytes | None,
) -> None:
    window.weights.use(mine)
    mine.unlink()
    if content is not None:
        mine.write_bytes(content)
    again = restarted()
    assert used(again.networks) == "shipped weights"
    assert again.networks.current.variant is Variant.MODERN
    assert str(mine) in again.messages.text
    assert again.messages.text.endswith("It was used last; the shipped Modern is used now.")
    assert Settings().remembered.weights == ""
    again.close()
