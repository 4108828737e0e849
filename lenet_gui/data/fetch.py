"""Fetching one address over HTTP so that it can be cancelled at any moment.

The HTTP modules are loaded with the first address: an opening window need not wait for them.
"""

import queue
import threading
import time
from collections.abc import Callable, Generator
from typing import Final

from lenet_gui import __version__
from lenet_gui.printable import shortened

CHUNK: Final = 1 << 16
"""The most bytes passed on at a time."""

POLL_S: Final = 0.05
"""Seconds between two checks whether the caller cancels, while nothing arrives."""

LEAST_BYTES: Final = 120_000
"""At least this much must arrive in each `LEAST_OVER_S`; a modem of 56 kbit/s brings 210,000."""

LEAST_OVER_S: Final = 30.0
"""Seconds, the first ones counted from the first byte on."""


_LONGEST_WORDS: Final = 200
"""The most characters of a server's reply that are shown."""


class FetchFault(Exception):  # noqa: N818 - it is a finding about a server, which callers word
    """Why an address could not be fetched, as words after its name and a colon.

    Attributes:
        unreachable: no server answered at all, as when the machine is offline.
    """

    def __init__(self, words: str, unreachable: bool = False) -> None:
        super().__init__(shortened(words, _LONGEST_WORDS))
        self.unreachable = unreachable


class Fetch:
    """One address being fetched. A separate thread waits for the network, the caller never does.

    The name look-up, the connection and a read can each block for long and cannot be
    interrupted; so the caller abandons them instead of waiting for them. The thread ends
    by itself at the next piece or time-out (for a name look-up, the system's).

    Args:
        url: http or https.
        timeout_s: seconds without any data after which the server is given up.
        largest: bytes after which the answer is too long.
        clock: a monotonic clock in seconds.
    """

    def __init__(
        self,
        url: str,
        timeout_s: float,
        largest: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if not url.startswith(("http://", "https://")):
            raise ValueError(f"{url} is neither http nor https")
        self._url = url
        self._timeout_s = timeout_s
        self._largest = largest
        self._clock = clock
        self._total: int | None = None
        self._arrived: queue.SimpleQueue[bytes | FetchFault | None] = queue.SimpleQueue()
        self._left_behind = threading.Event()
        # A daemon, so that a hanging server does not keep the program from ending.
        self._thread = threading.Thread(target=self._run, name=f"fetch {url}", daemon=True)

    @property
    def total(self) -> int | None:
        """The number of bytes that the server announced; None before that, or if it did not."""
        return self._total

    def pieces(self) -> Generator[bytes]:
        """Yields the answer's bytes as they arrive; empty ones every `POLL_S` while none does.

        The caller may stop at any of them: close the iterator, and the address is given up.

        Raises:
            FetchFault: the server cannot be reached, refuses, goes silent for `timeout_s`,
                sends fewer than `LEAST_BYTES` in `LEAST_OVER_S`, too much, or stops too early.
        """
        self._thread.start()
        last_sign = self._clock()
        flow = _Flow()
        try:
            while True:
                try:
                    piece = self._arrived.get(timeout=POLL_S)
                except queue.Empty:
                    if self._clock() - last_sign > self._timeout_s:
                        raise self._silence() from None
                    yield b""
                    continue
                if isinstance(piece, FetchFault):
                    raise piece
                if piece is None:
                    return
                last_sign = self._clock()
                flow.add(len(piece), last_sign)
                yield piece
        finally:
            self._left_behind.set()

    def _silence(self) -> FetchFault:
        return FetchFault(f"did not answer within {self._timeout_s:g} s", unreachable=True)

    def _run(self) -> None:
        """What the thread does: everything that can block."""
        import http.client
        import urllib.error

        try:
            self._receive()
        except urllib.error.HTTPError as error:
            with error:  # it is also the response, and holds the connection
                self._arrived.put(FetchFault(f"answered HTTP {error.code} {error.reason}"))
        except TimeoutError:
            self._arrived.put(self._silence())
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                self._arrived.put(self._silence())
            else:
                self._arrived.put(FetchFault(_words(error.reason), unreachable=True))
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._arrived.put(FetchFault(f"broke off ({_words(error)})"))
        else:
            self._arrived.put(None)

    def _receive(self) -> None:
        import urllib.request

        request = urllib.request.Request(  # noqa: S310 - the scheme was checked
            self._url, headers={"User-Agent": f"lenet-laboratory/{__version__}"}
        )
        with urllib.request.urlopen(request, timeout=self._timeout_s) as response:  # noqa: S310
            announced = response.headers.get("Content-Length", "")
            self._total = int(announced) if announced.isdigit() else None
            received = 0
            # read1, not read: it returns what is there instead of waiting for a whole chunk.
            while not self._left_behind.is_set() and (piece := response.read1(CHUNK)):
                received += len(piece)
                if received > self._largest:
                    raise ValueError(f"more than the {self._largest:,} bytes expected")
                self._arrived.put(piece)
            if self._total is not None and received < self._total:
                raise ValueError(f"{received:,} of {self._total:,} bytes")


class _Flow:
    """How fast an answer arrives."""

    def __init__(self) -> None:
        self._began: float | None = None
        self._bytes = 0  # since then

    def add(self, count: int, now: float) -> None:
        """Counts bytes that have arrived.

        Raises:
            FetchFault: fewer than `LEAST_BYTES` in the last `LEAST_OVER_S`.
        """
        if self._began is None:
            self._began = now
            return
        self._bytes += count
        if now - self._began >= LEAST_OVER_S:
            if self._bytes < LEAST_BYTES:
                raise FetchFault(f"sent no more than {self._bytes:,} bytes in {LEAST_OVER_S:g} s")
            self._began, self._bytes = now, 0


def _words(reason: object) -> str:
    if isinstance(reason, OSError) and reason.strerror:
        return reason.strerror
    return str(reason) or type(reason).__name__
