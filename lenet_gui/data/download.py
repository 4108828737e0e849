"""Downloading MNIST from its public mirrors into a folder, verified and file by file."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from lenet_gui.data.fetch import Fetch, FetchFault
from lenet_gui.data.gzip_files import GZIP_OVERHEAD, GzipFault, decompressed, read_content
from lenet_gui.data.mnist_files import PUBLISHED, MnistFile, MnistFiles, is_as_published
from lenet_gui.errors import UserError
from lenet_gui.files import write_atomically

MIRRORS: Final = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)
"""Where the four .gz files lie; each address ends in a slash."""

TIMEOUT_S: Final = 15.0
"""Seconds without any data after which a mirror is given up for a file."""


@dataclass(frozen=True)
class DownloadProgress:
    """The progress of a download.

    Attributes:
        file: the name of the file in progress, such as "train-images-idx3-ubyte.gz".
        received: its bytes so far; they start from 0 when the next mirror is tried.
        total: its size in bytes as the mirror announced it, or None.
        file_index: its place among the files to fetch, 0..files-1.
        files: how many are to be fetched; files that were there already are not counted.
        share: 0..1, how much of the whole download is done (by decompressed size).
    """

    file: str
    received: int
    total: int | None
    file_index: int
    files: int
    share: float


class DownloadCancelled(UserError):  # noqa: N818 - no fault: the person asked for it
    """The download was cancelled."""


def nobody_cancels() -> bool:
    """For a caller without a way to cancel."""
    return False


def nobody_watches(_: DownloadProgress) -> None:
    """For a caller that shows no progress."""


def download_mnist(
    folder: Path,
    progress: Callable[[DownloadProgress], None] = nobody_watches,
    cancelled: Callable[[], bool] = nobody_cancels,
    mirrors: Sequence[str] = MIRRORS,
    files: MnistFiles = PUBLISHED,
    timeout_s: float = TIMEOUT_S,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Brings the four .gz files of MNIST into `folder`, which is made if needed.

    Files that are there and as published stay and are not fetched. Each file is tried at each
    mirror, and moves into place only when it is whole and its decompressed bytes have the
    published SHA-256; files that arrived before a failure or a cancel stay. A mirror that goes
    silent or sends only a trickle (see `data.fetch`) is left for the next. The proxies of the
    environment are used.

    Args:
        folder: where the files go.
        progress: called in the caller's thread, after each piece that arrives.
        cancelled: called in the caller's thread, at least every 0.05 s, also while a
            server is silent; once it returns True, the download ends.
        mirrors: addresses that end in a slash, the first choice first.
        files: the names and checksums.
        timeout_s: seconds without any data after which a mirror is given up for a file.
        clock: a monotonic clock in seconds, for timeouts and speed.

    Raises:
        DownloadCancelled: `cancelled` returned True.
        UserError: no mirror provided a file, or the folder cannot be written.
    """
    wanted = [file for file in files if not _is_there(folder, file)]
    # Smallest first: a folder that cannot be written is noticed before the long wait.
    wanted.sort(key=lambda file: file.bytes)
    download = _Download(tuple(wanted), list(mirrors), progress, cancelled, timeout_s, clock)
    for index, file in enumerate(wanted):
        write_atomically(folder / file.archive, download.archive_of(index))


@dataclass(frozen=True)
class _Download:
    """The files to fetch, the mirrors, and the callbacks."""

    wanted: tuple[MnistFile, ...]
    mirrors: list[str]  # reordered: one that failed comes last for the next files
    progress: Callable[[DownloadProgress], None]
    cancelled: Callable[[], bool]
    timeout_s: float
    clock: Callable[[], float]

    def archive_of(self, index: int) -> bytes:
        """The compressed bytes of one file, verified, from the first mirror that has them."""
        file = self.wanted[index]
        faults: dict[str, FetchFault] = {}
        for mirror in tuple(self.mirrors):
            try:
                archive = self._fetched(mirror + file.archive, index)
                _require_as_published(archive, file)
            except FetchFault as fault:
                faults[mirror] = fault
                self.mirrors.remove(mirror)
                self.mirrors.append(mirror)
            else:
                return archive
        raise UserError(_failure(file, faults))

    def _fetched(self, url: str, index: int) -> bytes:
        """The bytes at `url`, unverified."""
        file = self.wanted[index]
        received = bytearray()
        fetch = Fetch(url, self.timeout_s, file.bytes + GZIP_OVERHEAD, self.clock)
        self._look_for_cancel()
        with closing(fetch.pieces()) as pieces:
            for piece in pieces:
                self._look_for_cancel()
                if piece:
                    received += piece
                    self.progress(self._progress(index, len(received), fetch.total))
        return bytes(received)

    def _look_for_cancel(self) -> None:
        if self.cancelled():
            raise DownloadCancelled(
                "The download of MNIST was cancelled: start it again at any time, complete files "
                "are kept."
            )

    def _progress(self, index: int, received: int, total: int | None) -> DownloadProgress:
        file = self.wanted[index]
        part = min(received / total, 1.0) if total else 0.0
        done = sum(before.bytes for before in self.wanted[:index]) + part * file.bytes
        whole = sum(every.bytes for every in self.wanted)
        return DownloadProgress(
            file.archive, received, total, index, len(self.wanted), done / whole
        )


def _is_there(folder: Path, file: MnistFile) -> bool:
    """Whether the file that would be read is complete and as published."""
    path = file.lies_in(folder)
    if path is None:
        return False
    try:
        return is_as_published(read_content(path, file.bytes), file)
    except UserError:
        return False


def _require_as_published(archive: bytes, file: MnistFile) -> None:
    try:
        content = decompressed(archive, file.bytes)
    except GzipFault as fault:
        raise FetchFault(f"sent a file that {fault}") from fault
    if not is_as_published(content, file):
        raise FetchFault("sent bytes that are not the published ones")


def _failure(file: MnistFile, faults: Mapping[str, FetchFault]) -> str:
    reasons = "; ".join(f"{_server(mirror)}: {fault}" for mirror, fault in faults.items())
    if all(fault.unreachable for fault in faults.values()):
        return (
            f"MNIST could not be downloaded because no mirror can be reached ({reasons}): check "
            "the network connection and try again, or use the built-in digits."
        )
    return (
        f"MNIST could not be downloaded because no mirror has a good {file.archive} ({reasons}): "
        "try again later, or use the built-in digits."
    )


def _server(mirror: str) -> str:
    return urlsplit(mirror).netloc or mirror
