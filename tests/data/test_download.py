"""The real download against real servers on loopback, in order and out of order."""

import gzip
import socket
import threading
from contextlib import closing, nullcontext
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from lenet_gui.data.download import (
    MIRRORS,
    DownloadCancelled,
    DownloadProgress,
    download_mnist,
)
from lenet_gui.data.fetch import LEAST_BYTES, LEAST_OVER_S, Fetch, FetchFault
from lenet_gui.data.mnist import load_mnist
from lenet_gui.data.mnist_files import PUBLISHED
from lenet_gui.errors import UserError

BY_SIZE = [
    "t10k-labels-idx1-ubyte.gz",
    "train-labels-idx1-ubyte.gz",
    "t10k-images-idx3-ubyte.gz",
    "train-images-idx3-ubyte.gz",
]
FIRST = BY_SIZE[0]


def begin(handler: BaseHTTPRequestHandler, length: int | None) -> None:
    """The head of a good answer."""
    handler.send_response(200)
    if length is not None:
        handler.send_header("Content-Length", str(length))
    handler.end_headers()


def send(handler: BaseHTTPRequestHandler, archive: bytes) -> None:
    begin(handler, len(archive))
    handler.wfile.write(archive)


def cut_short(handler: BaseHTTPRequestHandler, archive: bytes) -> None:
    begin(handler, len(archive))
    handler.wfile.write(archive[: len(archive) // 2])
    handler.close_connection = True


def cut_short_without_a_length(handler: BaseHTTPRequestHandler, archive: bytes) -> None:
    begin(handler, None)
    handler.wfile.write(archive[: len(archive) // 2])
    handler.close_connection = True


def without_a_length(handler: BaseHTTPRequestHandler, archive: bytes) -> None:
    begin(handler, None)
    handler.wfile.write(archive)
    handler.close_connection = True


def changed(handler: BaseHTTPRequestHandler, archive: bytes) -> None:
    content = bytearray(gzip.decompress(archive))
    content[-1] ^= 1
    send(handler, gzip.compress(bytes(content)))


def damaged(handler: BaseHTTPRequestHandler, archive: bytes) -> None:
    send(handler, archive[:-8] + bytes(8))


def a_page_instead(handler: BaseHTTPRequestHandler, archive: bytes) -> None:
    send(handler, b"<html>Please sign in to this network.</html>")


def not_found(handler: BaseHTTPRequestHandler, archive: bytes) -> None:
    handler.send_error(404)


def not_found_in_red(handler: BaseHTTPRequestHandler, archive: bytes) -> None:
    handler.send_response(404, "\x1b[31mNot\x9bFound\x07" + "!" * 10_000)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def not_http(handler: BaseHTTPRequestHandler, archive: bytes) -> None:
    handler.wfile.write(b"\x1b]0;title\x07 HTTP/9.9 \x1b[2J<b>200</b>\r\n\r\n")
    handler.close_connection = True


def endless(handler: BaseHTTPRequestHandler, archive: bytes) -> None:
    begin(handler, None)
    while True:
        handler.wfile.write(bytes(1 << 16))


def silent(handler: BaseHTTPRequestHandler, archive: bytes) -> None:
    handler.server.closing.wait()  # type: ignore[attr-defined]


def silent_after_the_head(handler: BaseHTTPRequestHandler, archive: bytes) -> None:
    begin(handler, len(archive))
    handler.wfile.write(archive[:10])
    handler.server.closing.wait()  # type: ignore[attr-defined]


def nobody_there() -> str:
    """The address of a port that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{listener.getsockname()[1]}/mnist/"


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_four_files_come_and_can_be_read(tmp_path: Path, small_mnist: Any, mirror: Any) -> None:
    server = mirror()
    folder = tmp_path / "new" / "mnist"
    download_mnist(folder, mirrors=[server.address], files=small_mnist.files)
    assert server.asked == BY_SIZE
    assert names_in(folder) == sorted(BY_SIZE)
    for name, archive in small_mnist.archives.items():
        assert gzip.decompress((folder / name).read_bytes()) == gzip.decompress(archive)
    assert len(load_mnist(folder, files=small_mnist.files).training) == 12


def test_an_answer_without_a_length_is_read_to_its_end(
    tmp_path: Path, small_mnist: Any, mirror: Any
) -> None:
    seen: list[DownloadProgress] = []
    download_mnist(
        tmp_path, seen.append, mirrors=[mirror(without_a_length).address], files=small_mnist.files
    )
    assert {progress.total for progress in seen} == {None}
    assert len(load_mnist(tmp_path, files=small_mnist.files).test) == 7


def test_progress_is_told_in_the_callers_thread(
    tmp_path: Path, small_mnist: Any, mirror: Any
) -> None:
    seen: list[DownloadProgress] = []
    threads = set()

    def watch(progress: DownloadProgress) -> None:
        seen.append(progress)
        threads.add(threading.current_thread())

    download_mnist(tmp_path, watch, mirrors=[mirror().address], files=small_mnist.files)
    assert threads == {threading.current_thread()}
    assert list(dict.fromkeys((p.file, p.file_index, p.files) for p in seen)) == [
        (name, index, 4) for index, name in enumerate(BY_SIZE)
    ]
    last = {progress.file: progress for progress in seen}
    for name, archive in small_mnist.archives.items():
        assert last[name].received == last[name].total == len(archive)
    shares = [progress.share for progress in seen]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_good_files_are_not_fetched_again(
    small_mnist_folder: Path, small_mnist: Any, mirror: Any
) -> None:
    server = mirror()
    download_mnist(small_mnist_folder, mirrors=[server.address], files=small_mnist.files)
    assert server.asked == []


def test_only_missing_and_bad_files_are_fetched(
    small_mnist_folder: Path, small_mnist: Any, mirror: Any
) -> None:
    name = PUBLISHED.test_images.name
    (small_mnist_folder / f"{name}.gz").unlink()
    (small_mnist_folder / name).write_bytes(small_mnist.contents[name])  # plain, and good
    (small_mnist_folder / BY_SIZE[0]).unlink()
    archive = small_mnist_folder / BY_SIZE[3]
    archive.write_bytes(archive.read_bytes()[:-20])
    server, seen = mirror(), []
    download_mnist(
        small_mnist_folder, seen.append, mirrors=[server.address], files=small_mnist.files
    )
    assert server.asked == [BY_SIZE[0], BY_SIZE[3]]
    assert {progress.files for progress in seen} == {2}
    load_mnist(small_mnist_folder, files=small_mnist.files)


def test_a_bad_plain_file_does_not_stand_in_the_way(
    tmp_path: Path, small_mnist: Any, mirror: Any
) -> None:
    small_mnist.write(tmp_path, compressed=False)
    (tmp_path / PUBLISHED.test_labels.name).write_bytes(b"nothing")
    server = mirror()
    download_mnist(tmp_path, mirrors=[server.address], files=small_mnist.files)
    assert server.asked == [BY_SIZE[0]]
    load_mnist(tmp_path, files=small_mnist.files)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (not_found, "answered HTTP 404 Not Found"),
        (not_found_in_red, r"answered HTTP 404 \\x1b\[31mNot\\x9bFound\\x07!!!"),
        (not_http, r"broke off \(\\x1b\]0;title\\x07 HTTP/9\.9 \\x1b\[2J<b>200</b>"),
        (cut_short, r"broke off \(\d+ of \d+ bytes\)"),
        (cut_short_without_a_length, "sent a file that is cut short"),
        (changed, "sent bytes that are not the published ones"),
        (damaged, "sent a file that is damaged"),
        (a_page_instead, "sent a file that is not a gzip file"),
        (endless, r"broke off \(more than the [\d,]+ bytes expected\)"),
        (silent, "did not answer within 0.2 s"),
        (silent_after_the_head, "did not answer within 0.2 s"),
    ],
)
def test_the_second_mirror_helps_out(
    tmp_path: Path, small_mnist: Any, mirror: Any, answer: Any, words: str
) -> None:
    first, second = mirror(answer), mirror()
    falls_silent = "did not answer" in words
    download_mnist(
        tmp_path / "two",
        mirrors=[first.address, second.address],
        files=small_mnist.files,
        timeout_s=0.5 if falls_silent else 30.0,  # the good mirror must answer within it too
    )
    assert names_in(tmp_path / "two") == sorted(BY_SIZE)
    load_mnist(tmp_path / "two", files=small_mnist.files)
    # One failure is enough: the next files are asked of the mirror that works.
    assert first.asked == [FIRST]
    assert second.asked == BY_SIZE

    # Alone, the same mirror gives a sentence, and nothing is left in the folder.
    with pytest.raises(UserError, match=words) as caught:
        download_mnist(
            tmp_path / "one",
            mirrors=[first.address],
            files=small_mnist.files,
            timeout_s=0.2 if falls_silent else 30.0,
        )
    assert str(caught.value).startswith("MNIST could not be downloaded because no mirror ")
    assert str(caught.value).endswith(" or use the built-in digits.")
    assert names_in(tmp_path / "one") == []


def test_each_file_may_come_from_another_mirror(
    tmp_path: Path, small_mnist: Any, mirror: Any
) -> None:
    def only_images(handler: BaseHTTPRequestHandler, archive: bytes) -> None:
        (send if "images" in handler.path else not_found)(handler, archive)

    def only_labels(handler: BaseHTTPRequestHandler, archive: bytes) -> None:
        (send if "labels" in handler.path else not_found)(handler, archive)

    mirrors = [mirror(only_images).address, mirror(only_labels).address]
    download_mnist(tmp_path, mirrors=mirrors, files=small_mnist.files)
    load_mnist(tmp_path, files=small_mnist.files)


def test_files_from_before_a_failure_stay(tmp_path: Path, small_mnist: Any, mirror: Any) -> None:
    def only_labels(handler: BaseHTTPRequestHandler, archive: bytes) -> None:
        (send if "labels" in handler.path else changed)(handler, archive)

    mirrors = [mirror(only_labels).address, mirror(not_found).address]
    with pytest.raises(UserError) as caught:
        download_mnist(tmp_path, mirrors=mirrors, files=small_mnist.files)
    first, second = (address.split("/")[2] for address in mirrors)
    assert str(caught.value) == (
        f"MNIST could not be downloaded because no mirror has a good {BY_SIZE[2]} "
        f"({first}: sent bytes that are not the published ones; "
        f"{second}: answered HTTP 404 Not Found): "
        "try again later, or use the built-in digits."
    )
    assert names_in(tmp_path) == sorted(BY_SIZE[:2])


def test_offline_is_said_in_one_sentence(
    tmp_path: Path, small_mnist: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "*")
    mirrors = [nobody_there(), nobody_there()]
    first, second = (address.split("/")[2] for address in mirrors)
    with pytest.raises(UserError) as caught:
        download_mnist(tmp_path, mirrors=mirrors, files=small_mnist.files)
    assert str(caught.value) == (
        "MNIST could not be downloaded because no mirror can be reached "
        f"({first}: Connection refused; {second}: Connection refused): "
        "check the network connection and try again, "
        "or use the built-in digits."
    )
    assert names_in(tmp_path) == []


def test_a_download_cancelled_before_it_begins_asks_for_nothing(
    tmp_path: Path, small_mnist: Any, mirror: Any
) -> None:
    server = mirror()
    with pytest.raises(DownloadCancelled, match=r"^The download of MNIST was cancelled: start it"):
        download_mnist(
            tmp_path, cancelled=lambda: True, mirrors=[server.address], files=small_mnist.files
        )
    assert server.asked == []


@pytest.mark.parametrize("answer", [silent, silent_after_the_head])
def test_a_cancel_does_not_wait_for_a_silent_server(
    tmp_path: Path, small_mnist: Any, mirror: Any, answer: Any
) -> None:
    # The server says nothing until the test is over, and its time-out is far away: the download
    # can only end by the cancel.
    server = mirror(answer)
    with pytest.raises(DownloadCancelled):
        download_mnist(
            tmp_path,
            cancelled=lambda: bool(server.asked),
            mirrors=[server.address, mirror().address],
            files=small_mnist.files,
            timeout_s=3600,
        )
    assert names_in(tmp_path) == []


def test_a_cancel_while_a_slow_server_trickles(
    tmp_path: Path, small_mnist: Any, mirror: Any
) -> None:
    next_byte = threading.Semaphore(1)
    gone = threading.Event()

    def byte_by_byte(handler: BaseHTTPRequestHandler, archive: bytes) -> None:
        begin(handler, len(archive))
        try:
            for value in archive:
                next_byte.acquire()
                handler.wfile.write(bytes([value]))
        finally:
            gone.set()

    seen: list[DownloadProgress] = []

    def watch(progress: DownloadProgress) -> None:
        seen.append(progress)
        next_byte.release()  # each byte is sent when the one before it has been reported

    with pytest.raises(DownloadCancelled):
        download_mnist(
            tmp_path,
            watch,
            cancelled=lambda: len(seen) >= 5,
            mirrors=[mirror(byte_by_byte).address],
            files=small_mnist.files,
            timeout_s=3600,
        )
    assert [progress.received for progress in seen] == [1, 2, 3, 4, 5]
    assert names_in(tmp_path) == []
    next_byte.release(1000)
    assert gone.wait(10)  # the server was let go


class Trickle:
    """A server that sends so many bytes a second, by a clock that the download goes by."""

    def __init__(self, bytes_per_s: int) -> None:
        self.now = 0.0
        self._bytes_per_s = bytes_per_s
        self._next = threading.Semaphore(1)

    def clock(self) -> float:
        return self.now

    def answer(self, handler: BaseHTTPRequestHandler, archive: bytes) -> None:
        begin(handler, len(archive))
        for first in range(0, len(archive), self._bytes_per_s):
            self._next.acquire()
            handler.wfile.write(archive[first : first + self._bytes_per_s])

    def heard(self, received: int) -> None:
        """A second has passed when its bytes have come, and the next ones may."""
        if received % self._bytes_per_s == 0:
            self.now += 1
            self._next.release()

    def close(self) -> None:
        """Nobody is kept waiting."""
        self._next.release(1_000_000)


def test_a_server_that_trickles_is_left_for_the_next(
    tmp_path: Path, small_mnist: Any, mirror: Any
) -> None:
    with closing(Trickle(1)) as trickle:
        first, second = mirror(trickle.answer), mirror()
        heard: list[int] = []

        def watch(progress: DownloadProgress) -> None:
            heard.append(progress.received)
            trickle.heard(progress.received)

        download_mnist(
            tmp_path,
            watch,
            mirrors=[first.address, second.address],
            files=small_mnist.files,
            clock=trickle.clock,
        )
    assert (first.asked, second.asked) == ([FIRST], BY_SIZE)
    assert heard[:30] == list(range(1, 31))
    load_mnist(tmp_path, files=small_mnist.files)


def test_a_trickle_without_another_mirror_is_one_sentence(
    tmp_path: Path, small_mnist: Any, mirror: Any
) -> None:
    words = r"sent no more than 30 bytes in 30 s\): try again later, or use the built-in digits\.$"
    with closing(Trickle(1)) as trickle, pytest.raises(UserError, match=words):
        download_mnist(
            tmp_path,
            lambda progress: trickle.heard(progress.received),
            mirrors=[mirror(trickle.answer).address],
            files=small_mnist.files,
            clock=trickle.clock,
        )
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("missing", [0, 1])
def test_a_server_is_given_up_below_the_least_rate_alone(mirror: Any, missing: int) -> None:
    long = bytes(3 * LEAST_BYTES)
    with closing(Trickle(LEAST_BYTES // round(LEAST_OVER_S) - missing)) as trickle:
        server = mirror(lambda handler, _: trickle.answer(handler, long))
        fetch = Fetch(server.address + FIRST, 15, len(long), trickle.clock)
        received = 0
        slow = pytest.raises(FetchFault, match=r"^sent no more than 119,970 bytes in 30 s$")
        with slow if missing else nullcontext(), closing(fetch.pieces()) as pieces:
            for piece in pieces:
                received += len(piece)
                if piece:
                    trickle.heard(received)
    assert (received == len(long)) is not bool(missing)


def test_a_cancel_keeps_the_files_that_are_complete(
    tmp_path: Path, small_mnist: Any, mirror: Any
) -> None:
    server = mirror()
    with pytest.raises(DownloadCancelled):
        download_mnist(
            tmp_path,
            cancelled=lambda: len(server.asked) == 3,
            mirrors=[server.address],
            files=small_mnist.files,
        )
    assert names_in(tmp_path) == sorted(BY_SIZE[:2])
    download_mnist(tmp_path, mirrors=[server.address], files=small_mnist.files)
    assert server.asked == [*BY_SIZE[:3], *BY_SIZE[2:]]


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, small_mnist: Any, mirror: Any
) -> None:
    (tmp_path / "file").touch()
    server = mirror()
    with pytest.raises(UserError, match=f"file/mnist/{FIRST} could not be written"):
        download_mnist(
            tmp_path / "file" / "mnist", mirrors=[server.address], files=small_mnist.files
        )
    assert server.asked == [FIRST]  # found out with the smallest file


def test_the_public_mirrors() -> None:
    assert MIRRORS == (
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
        "https://storage.googleapis.com/cvdf-datasets/mnist/",
    )


def test_other_schemes_are_refused(tmp_path: Path, small_mnist: Any) -> None:
    with pytest.raises(ValueError, match="neither http nor https"):
        download_mnist(tmp_path, mirrors=["file:///etc/"], files=small_mnist.files)
