"""Small folders in MNIST's layout, and a mirror on loopback that holds them."""

import gzip
import hashlib
import inspect
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from lenet_gui.data.builtin import sets
from lenet_gui.data.mnist_files import PUBLISHED, MnistFile, MnistFiles


@pytest.fixture(scope="module", autouse=True)
def _digits_are_written_anew() -> Iterator[None]:
    """As the program does it: nothing is remembered here of digits written before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sets, "digit_image", inspect.unwrap(sets.digit_image))
        yield


def idx_bytes(array: np.ndarray) -> bytes:
    """The IDX file of a uint8 array, written from the format's description."""
    return (
        bytes([0, 0, 8, array.ndim])
        + b"".join(struct.pack(">I", n) for n in array.shape)
        + array.astype(np.uint8).tobytes()
    )


@dataclass
class SmallMnist:
    """A data set in MNIST's layout: its arrays, its files' contents and their table."""

    arrays: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
    contents: dict[str, bytes] = field(init=False)
    files: MnistFiles = field(init=False)

    def __post_init__(self) -> None:
        names = [file.name for file in PUBLISHED]
        self.contents = {
            name: idx_bytes(array) for name, array in zip(names, self.arrays, strict=True)
        }
        self.files = MnistFiles(
            *(
                MnistFile(name, len(content), hashlib.sha256(content).hexdigest())
                for name, content in self.contents.items()
            )
        )

    def archives(self) -> dict[str, bytes]:
        """The four .gz files by name."""
        return {f"{name}.gz": gzip.compress(content) for name, content in self.contents.items()}

    def write(self, folder: Path, compressed: bool = True) -> Path:
        """Puts the four files into `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in (self.archives() if compressed else self.contents).items():
            (folder / name).write_bytes(content)
        return folder


@pytest.fixture(scope="session")
def idx_file() -> Callable[[np.ndarray], bytes]:
    """Writes an array as IDX."""
    return idx_bytes


@pytest.fixture(scope="session")
def small_mnist() -> SmallMnist:
    """Twelve training digits and seven test digits of noise."""
    chance = np.random.default_rng(5)
    return SmallMnist(
        (
            chance.integers(0, 256, (12, 28, 28), dtype=np.uint8),
            np.arange(12, dtype=np.uint8) % 10,
            chance.integers(0, 256, (7, 28, 28), dtype=np.uint8),
            np.array([9, 8, 7, 6, 5, 4, 3], dtype=np.uint8),
        )
    )


@pytest.fixture
def small_mnist_folder(small_mnist: SmallMnist, tmp_path: Path) -> Path:
    """A folder with the four .gz files of `small_mnist`."""
    return small_mnist.write(tmp_path / "small")


Answer = Callable[[BaseHTTPRequestHandler, bytes], None]


def whole(handler: BaseHTTPRequestHandler, archive: bytes) -> None:
    """The answer of a mirror in order."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(archive)))
    handler.end_headers()
    handler.wfile.write(archive)


class Mirror(ThreadingHTTPServer):
    """A mirror on 127.0.0.1; `answer` says how it behaves, `asked` what it was asked for."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, archives: dict[str, bytes], answer: Answer) -> None:
        self.archives = archives
        self.answer = answer
        self.asked: list[str] = []
        self.closing = threading.Event()  # an answer that hangs waits for it
        super().__init__(("127.0.0.1", 0), MirrorHandler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/mnist/"


class MirrorHandler(BaseHTTPRequestHandler):
    server: Mirror

    def do_GET(self) -> None:
        name = self.path.removeprefix("/mnist/")
        self.server.asked.append(name)
        try:
            self.server.answer(self, self.server.archives[name])
        except OSError:
            self.close_connection = True  # the client has gone, as it should after a cancel

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as above
        pass


@pytest.fixture
def mirror(
    small_mnist: SmallMnist, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Mirror]]:
    """Starts mirrors of `small_mnist`: `mirror(answer=whole)`."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    started: list[tuple[Mirror, threading.Thread]] = []

    def start(answer: Answer = whole) -> Mirror:
        server = Mirror(small_mnist.archives(), answer)
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


@pytest.fixture(autouse=True)
def no_fetch_outlives_its_test() -> Iterator[None]:
    """A thread that still fetches must end once its server is gone."""
    yield
    for thread in threading.enumerate():
        if thread.name.startswith("fetch "):
            thread.join(10)
            assert not thread.is_alive(), f"{thread.name} hangs"
