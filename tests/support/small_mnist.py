"""Data sets in MNIST's layout, in small, and mirrors on loopback that have one."""

import gzip
import hashlib
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np

from lenet_gui.data.mnist_files import PUBLISHED, MnistFile, MnistFiles


def idx_bytes(array: np.ndarray) -> bytes:
    """The IDX file of a uint8 array, written from the format's description."""
    sizes = b"".join(struct.pack(">I", size) for size in array.shape)
    return bytes([0, 0, 8, array.ndim]) + sizes + array.astype(np.uint8).tobytes()


@dataclass(frozen=True)
class SmallMnist:
    """A data set: training images and labels, test images and labels."""

    arrays: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]

    @cached_property
    def contents(self) -> dict[str, bytes]:
        """The four files by name."""
        names = [file.name for file in PUBLISHED]
        return {name: idx_bytes(array) for name, array in zip(names, self.arrays, strict=True)}

    @cached_property
    def files(self) -> MnistFiles:
        """The table of these files."""
        return MnistFiles(
            *(
                MnistFile(name, len(content), hashlib.sha256(content).hexdigest())
                for name, content in self.contents.items()
            )
        )

    @cached_property
    def archives(self) -> dict[str, bytes]:
        """The four .gz files by name."""
        return {f"{name}.gz": gzip.compress(content) for name, content in self.contents.items()}

    def write(self, folder: Path, compressed: bool = True) -> Path:
        """Puts the four files into `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in (self.archives if compressed else self.contents).items():
            (folder / name).write_bytes(content)
        return folder


Answer = Callable[[BaseHTTPRequestHandler, bytes], None]


def whole(handler: BaseHTTPRequestHandler, archive: bytes) -> None:
    """The answer of a mirror that has the file."""
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
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/mnist/"


class _Handler(BaseHTTPRequestHandler):
    server: Mirror

    def do_GET(self) -> None:
        name = self.path.removeprefix("/mnist/")
        self.server.asked.append(name)
        try:
            self.server.answer(self, self.server.archives[name])
        except OSError:
            self.close_connection = True  # the client has gone, as it should after a cancel

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the base has it
        pass


@contextmanager
def mirrors(archives: dict[str, bytes]) -> Iterator[Callable[..., Mirror]]:
    """Gives `start(answer=whole)`, which starts a mirror; they end with the context."""
    started: list[tuple[Mirror, threading.Thread]] = []

    def start(answer: Answer = whole) -> Mirror:
        server = Mirror(archives, answer)
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
