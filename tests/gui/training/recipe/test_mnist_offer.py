"""MNIST is not there: the panel offers a download, a folder, or the built-in digits."""

import socket
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from lenet_gui import paths
from lenet_gui.gui.core.settings import ChosenData
from lenet_gui.gui.training.panel import TrainingPanel
from lenet_gui.gui.training.running.controller import Phase
from lenet_gui.training.events import Finished, Started
from lenet_gui.training.recipe import Recipe
from tests.support.small_mnist import whole

WAIT_MS = 100_000
Click = Callable[[Any, str], None]
NameFile = Callable[[Callable[[], object], Path | None], None]


@pytest.fixture
def offered(
    make_panel: Callable[..., TrainingPanel], qtbot: QtBot, click: Click, small_recipe: Recipe
) -> Callable[..., TrainingPanel]:
    """A panel that has been asked to train on MNIST, which is nowhere."""

    def do(*mirrors: str) -> TrainingPanel:
        panel = make_panel(*mirrors)
        panel.draft.set_recipe(small_recipe.with_changes(data="mnist", epochs=1))
        with qtbot.waitSignal(panel.controller.mnist_missing, timeout=WAIT_MS):
            click(panel, "start training")
        qtbot.waitUntil(lambda: not panel.is_running)
        assert panel.offer.isVisible()
        assert "not found" in panel.offer.words.text()
        return panel

    return do


def started(panel: TrainingPanel, qtbot: QtBot, act: Callable[[], object]) -> Started:
    """What the next training says at its start; waits for its end."""
    heard: list[Started] = []

    def last(event: object) -> bool:
        if isinstance(event, Started):
            heard.append(event)
        return isinstance(event, Finished)

    with qtbot.waitSignal(panel.controller.event_happened, timeout=WAIT_MS, check_params_cb=last):
        act()
    qtbot.waitUntil(lambda: not panel.is_running)
    assert not panel.offer.isVisible()
    return heard[0]


def test_mnist_is_downloaded_and_the_training_goes_on(
    offered: Callable[..., TrainingPanel], mirror: Callable[..., Any], qtbot: QtBot, click: Click
) -> None:
    panel = offered(mirror().address)
    shares: list[float] = []
    panel.controller.download_progressed.connect(lambda progress: shares.append(progress.share))
    event = started(panel, qtbot, lambda: click(panel, "download MNIST"))
    assert (event.data_name, event.training_digits) == ("MNIST training", 120)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert len(list(paths.mnist_folder().iterdir())) == 4


def test_a_download_is_cancelled(
    offered: Callable[..., TrainingPanel], mirror: Callable[..., Any], qtbot: QtBot, click: Click
) -> None:
    def silent(handler: BaseHTTPRequestHandler, archive: bytes) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(archive)))
        handler.end_headers()
        handler.wfile.write(archive[:20])
        handler.server.closing.wait()  # type: ignore[attr-defined]

    panel = offered(mirror(silent).address)
    with qtbot.waitSignal(panel.controller.download_progressed, timeout=WAIT_MS):
        click(panel, "download MNIST")
    assert panel.controller.phase is Phase.DOWNLOADING
    assert not panel.is_running
    assert not panel.commands.start.isEnabled()
    with qtbot.waitSignal(panel.notifier.failed, timeout=WAIT_MS) as failed:
        click(panel, "cancel download")
    assert "was cancelled" in failed.args[0]
    qtbot.waitUntil(lambda: panel.controller.phase is Phase.IDLE)
    assert panel.offer.download.isVisible()
    assert not list(paths.mnist_folder().glob("*images*"))


def test_closing_during_a_download(
    offered: Callable[..., TrainingPanel], mirror: Callable[..., Any], qtbot: QtBot, click: Click
) -> None:
    def silent(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        handler.server.closing.wait()  # type: ignore[attr-defined]

    panel = offered(mirror(silent).address)
    with qtbot.waitSignal(panel.controller.phase_changed):
        click(panel, "download MNIST")
    assert panel.close_down()


def test_a_mirror_without_the_files_is_told(
    offered: Callable[..., TrainingPanel], mirror: Callable[..., Any], qtbot: QtBot, click: Click
) -> None:
    def nothing(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        handler.send_error(404)

    panel = offered(mirror(nothing).address)
    with qtbot.waitSignal(panel.notifier.failed, timeout=WAIT_MS) as failed:
        click(panel, "download MNIST")
    assert "MNIST could not be downloaded" in failed.args[0]
    qtbot.waitUntil(lambda: panel.commands.start.isEnabled())
    assert panel.offer.download.isVisible()


def test_a_download_without_a_network_is_told_and_can_be_tried_again(
    offered: Callable[..., TrainingPanel], qtbot: QtBot, click: Click
) -> None:
    with socket.socket() as unheard:  # bound and not listening: connections are refused
        unheard.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unheard.getsockname()[1]}/"
        panel = offered(address, address)
        with qtbot.waitSignal(panel.notifier.failed, timeout=WAIT_MS) as failed:
            click(panel, "download MNIST")
    assert "127.0.0.1" in failed.args[0]
    assert panel.offer.isVisible()
    assert not panel.offer.bar.isVisible()
    assert not list(paths.mnist_folder().glob("*"))


def test_a_download_that_succeeds_takes_away_that_one_failed(
    offered: Callable[..., TrainingPanel],
    mirror: Callable[..., Any],
    qtbot: QtBot,
    click: Click,
) -> None:
    is_broken = True

    def at_first_nothing(handler: BaseHTTPRequestHandler, archive: bytes) -> None:
        if is_broken:
            handler.send_error(404)
        else:
            whole(handler, archive)

    panel = offered(mirror(at_first_nothing).address)
    notifier = panel.notifier
    with qtbot.waitSignal(notifier.failed, timeout=WAIT_MS):
        click(panel, "download MNIST")
    qtbot.waitUntil(lambda: panel.commands.start.isEnabled())
    assert notifier.shown is not None
    assert "could not be downloaded" in notifier.shown.sentence
    is_broken = False
    with qtbot.waitSignal(notifier.noted, timeout=WAIT_MS) as noted:
        started(panel, qtbot, lambda: click(panel, "download MNIST"))
    assert "has been downloaded" in noted.args[0]
    assert notifier.hidden == ()  # nothing stands behind the note


def test_a_folder_is_chosen_instead(
    offered: Callable[..., TrainingPanel],
    qtbot: QtBot,
    click: Click,
    small_folder: Path,
    name_file: NameFile,
) -> None:
    panel = offered()

    with qtbot.waitSignal(panel.missing.data_named) as named:  # the window shows it
        name_file(lambda: click(panel, "choose folder"), small_folder)
    assert named.args == [str(small_folder)]
    assert not panel.is_running
    assert panel.offer.isVisible()
    seen = ChosenData(str(small_folder), name="small", training=120)
    event = started(panel, qtbot, lambda: panel.set_data_choice(seen))
    assert event.recipe.data == str(small_folder)


def test_the_built_in_digits_are_taken_instead_and_called_so(
    offered: Callable[..., TrainingPanel], qtbot: QtBot, click: Click
) -> None:
    panel = offered()
    panel.draft.set_recipe(panel.recipe.with_changes(training_digits=60))
    words: list[str] = []
    panel.controller.loading.connect(lambda _: words.append(panel.line.bar.text()))
    event = started(panel, qtbot, lambda: click(panel, "use built-in digits"))
    assert event.data_name == "built-in training"
    assert (event.training_digits, event.test_digits) == (60, 60)
    assert words[-1] == "generating digits and test digits: 120 of 120"


def test_not_now_puts_the_offer_away(offered: Callable[..., TrainingPanel], click: Click) -> None:
    panel = offered()
    click(panel, "no digits")
    assert not panel.offer.isVisible()


def test_writing_many_built_in_digits_can_be_stopped(
    make_panel: Callable[..., TrainingPanel],
    qtbot: QtBot,
    click: Click,
    small_recipe: Recipe,
    tmp_path: Path,
) -> None:
    panel = make_panel()
    panel.draft.set_recipe(small_recipe.with_changes(data="builtin", training_digits=5_000_000))
    with qtbot.waitSignal(
        panel.controller.loading, timeout=WAIT_MS, check_params_cb=lambda told: told.done > 0
    ):
        click(panel, "start training")
    assert panel.line.bar.text().startswith("generating digits and test digits: ")
    with qtbot.waitSignal(panel.running_changed, timeout=WAIT_MS):
        click(panel, "stop training")
    assert panel.line.bar.text() == "not training"
    assert not (tmp_path / "runs").exists()
