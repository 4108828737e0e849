"""With a second screen the projector fills that one, and the main window stays where it is."""

import json
import os
import subprocess
import sys
from pathlib import Path

_SCREENS = [
    {
        "name": name,
        "x": x,
        "y": 0,
        "width": width,
        "height": 800,
        "logicalDpi": 96,
        "logicalBaseDpi": 96,
        "dpr": 1,
    }
    for name, x, width in (("laptop", 0, 1280), ("projector", 1280, 1024))
]

_PROGRAM = """
import json
from PySide6.QtCore import QDeadlineTimer
from PySide6.QtWidgets import QApplication
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.torch_loading import TorchLoader

TorchLoader.load = lambda self: None  # it takes longer than all the rest, and is not needed
app = QApplication([])
window = MainWindow()
window.show()
found = []
for _ in range(2):
    window.actions_["projector"].trigger()
    projector = window.projector.window
    until = QDeadlineTimer(20_000)
    while projector.width() != 1024 and not until.hasExpired():
        app.processEvents()
    place = projector.geometry()
    found.append([projector.screen().name(), place.x(), place.width(), projector.isFullScreen()])
    window.actions_["projector"].trigger()
found.append([window.screen().name(), window.isFullScreen()])
window.close()
print(json.dumps(found))
"""


def test_it_fills_the_other_screen(tmp_path: Path) -> None:
    screens = tmp_path / "screens.json"
    screens.write_text(json.dumps({"screens": _SCREENS}), encoding="utf-8")
    platform = {"QT_QPA_PLATFORM": f"offscreen:configfile={screens}"}
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        env=os.environ | platform,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    first, again, main = json.loads(done.stdout.splitlines()[-1])
    assert first == again == ["projector", 1280, 1024, True]
    assert main == ["laptop", False]
