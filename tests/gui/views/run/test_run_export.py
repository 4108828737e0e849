"""What is said of an export is right for one, too."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.views.run.view import RunView
from lenet_gui.training.epoch_files import epoch_file


def test_one_frame_is_one_frame(
    window: MainWindow,
    qtbot: QtBot,
    kept: Path,
    drawn: Callable[[], None],
    in_front: Callable[[], RunView],
    tmp_path: Path,
    name_file: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(1, 5):
        epoch_file(kept / "epochs", number).unlink()
    view = in_front()
    drawn()
    target = tmp_path / "walk.gif"
    with qtbot.waitSignal(window.notifier.noted, timeout=20_000) as told:
        name_file(view.exporter.animation, target)
    assert told.args[0] == f"Saved {target}: 1 frame."
    monkeypatch.setattr(view.context.ask, "folder", lambda _title: tmp_path)
    with qtbot.waitSignal(window.notifier.noted, timeout=20_000) as told:
        view.exporter.pictures()
    assert told.args[0].startswith("Saved 1 picture in ")
