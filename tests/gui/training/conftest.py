"""A training panel on few digits, and a mirror on loopback that has them."""

import gzip
import hashlib
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.data.builtin import builtin_sets
from lenet_gui.data.download import MIRRORS
from lenet_gui.data.mnist_files import PUBLISHED, MnistFile, MnistFiles
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.training.digit_source import DigitSource
from lenet_gui.gui.training.panel import TrainingPanel
from lenet_gui.training.recipe import Recipe

WAIT_MS = 60_000
"""For what takes as long as it takes; never reached by a program in order."""


@dataclass(frozen=True)
class SmallMnist:
    """300 training and 150 test digits in MNIST's layout: the .gz files and their table."""

    archives: dict[str, bytes]
    files: MnistFiles

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True)
        for name, content in self.archives.items():
            (folder / name).write_bytes(content)
        return folder


@pytest.fixture(scope="session")
def small_mnist() -> SmallMnist:
    sets = builtin_sets(300, 150, seed=3)
    arrays = (sets.training.images, sets.training.labels, sets.test.images, sets.test.labels)
    contents = [_idx(array) for array in arrays]
    files = MnistFiles(
        *(
            MnistFile(file.name, len(content), hashlib.sha256(content).hexdigest())
            for file, content in zip(PUBLISHED, contents, strict=True)
        )
    )
    archives = {
        file.archive: gzip.compress(content) for file, content in zip(files, contents, strict=True)
    }
    return SmallMnist(archives, files)


@pytest.fixture
def small_folder(small_mnist: SmallMnist, tmp_path: Path) -> Path:
    """The folder of the small digits."""
    return small_mnist.write(tmp_path / "small")


@pytest.fixture
def small_recipe(small_folder: Path) -> Recipe:
    """Two quick epochs on the small digits."""
    return Recipe(name="tiny", variant="modern", data=str(small_folder), epochs=2, batch_size=10,
                  loss="cross-entropy", seed=4, device="cpu")  # fmt: skip


@pytest.fixture
def make_panel(
    qtbot: QtBot, small_mnist: SmallMnist, tmp_path: Path
) -> Iterator[Callable[..., TrainingPanel]]:
    """Opens panels with runs in `tmp_path / "runs"`; they are closed down at the end."""
    panels: list[TrainingPanel] = []

    def make(*mirrors: str) -> TrainingPanel:
        source = DigitSource(mirrors or MIRRORS, small_mnist.files)
        panel = TrainingPanel(Notifier(), source, lambda: tmp_path / "runs")
        qtbot.addWidget(panel)
        panel.resize(1024, 260)
        panel.set_folded(folded=False)
        with qtbot.waitExposed(panel):
            panel.show()
        panels.append(panel)
        return panel

    yield make
    for panel in panels:
        assert panel.close_down(10_000)


@pytest.fixture
def panel(make_panel: Callable[..., TrainingPanel], small_recipe: Recipe) -> TrainingPanel:
    """A panel whose form says `small_recipe`."""
    panel = make_panel()
    panel.form.set_recipe(small_recipe)
    return panel


@pytest.fixture
def click(qtbot: QtBot) -> Callable[[QWidget, str], None]:
    """Clicks the button of that name, which must be there to be clicked."""

    def do(widget: QWidget, name: str) -> None:
        button = widget.findChild(QAbstractButton, name)
        assert button is not None, name
        assert button.isVisible(), name
        assert button.isEnabled(), name
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    return do


Answer = Callable[[BaseHTTPRequestHandler, bytes], None]


class Mirror(ThreadingHTTPServer):
    """On 127.0.0.1; `closing` ends answers that hang."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, archives: dict[str, bytes], answer: Answer) -> None:
        self.archives, self.answer = archives, answer
        self.closing = threading.Event()
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class _Handler(BaseHTTPRequestHandler):
    server: Mirror

    def do_GET(self) -> None:
        try:
            self.server.answer(self, self.server.archives[self.path.removeprefix("/")])
        except OSError:
            self.close_connection = True  # the client has gone, as after a cancel

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the base has it
        pass


def _whole(handler: BaseHTTPRequestHandler, archive: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(archive)))
    handler.end_headers()
    handler.wfile.write(archive)


@pytest.fixture
def whole() -> Answer:
    """The answer of a mirror that has the file."""
    return _whole


@pytest.fixture
def mirror(
    small_mnist: SmallMnist, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Mirror]]:
    """Starts mirrors of the small digits: `mirror()`, or with an answer of its own."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    started: list[tuple[Mirror, threading.Thread]] = []

    def start(answer: Answer = _whole) -> Mirror:
        server = Mirror(small_mnist.archives, answer)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        started.append((server, thread))
        return server

    yield start
    for server, thread in started:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _idx(array: np.ndarray) -> bytes:
    sizes = b"".join(struct.pack(">I", size) for size in array.shape)
    return bytes([0, 0, 8, array.ndim]) + sizes + array.tobytes()
