"""Without a display the program says so instead of letting Qt abort."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from lenet_gui.errors import UserError
from lenet_gui.gui.app.display import check_display

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="displays are announced on Linux")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("display", ["", ":7093", "nonsense", "127.0.0.1:52999", ":x"])
def test_no_display_or_a_dead_one(display: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if display:
        monkeypatch.setenv("DISPLAY", display)
    with pytest.raises(UserError, match="There is no display"):
        check_display()


def test_a_platform_without_a_screen_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen:size=100x100")
    check_display()


def test_a_wayland_display_that_answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    with pytest.raises(UserError):
        check_display()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-7"))
        server.listen(1)
        check_display()


def test_the_program_ends_with_one_sentence_and_status_2() -> None:
    hidden = {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"}
    ended = subprocess.run(
        [sys.executable, "-m", "lenet_gui"],
        env={name: value for name, value in os.environ.items() if name not in hidden},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.startswith("lenet-gui: There is no display")
    assert ended.stderr.count("\n") == 1
