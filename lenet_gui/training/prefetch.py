"""Work done one step ahead, on an idle core."""

import threading
from collections.abc import Iterator
from queue import Queue
from typing import TypeVar

T = TypeVar("T")


def prefetch(items: Iterator[T]) -> Iterator[T]:
    """The same items in their order; the next is made in another thread while one is used.

    The thread ends with the items, or when the iterator is closed, which waits for the item that
    is being made. An exception in the thread is raised here, in its place.
    """
    made: Queue[tuple[T] | BaseException | None] = Queue()
    wanted = threading.Semaphore(1)  # one item may be ready
    closed = threading.Event()

    def make() -> None:
        try:
            while True:
                wanted.acquire()
                if closed.is_set():
                    return
                made.put((next(items),))
        except StopIteration:
            made.put(None)
        except BaseException as error:  # noqa: BLE001 - raised where the item is asked for
            made.put(error)

    thread = threading.Thread(target=make, name="one step ahead", daemon=True)
    thread.start()
    try:
        while (got := made.get()) is not None:
            if isinstance(got, BaseException):
                raise got
            wanted.release()
            yield got[0]
    finally:
        closed.set()
        wanted.release()
        thread.join()
