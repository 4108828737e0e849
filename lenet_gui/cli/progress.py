"""A bar on stderr that says how far a command is; seen on a terminal only."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from tqdm import tqdm


class Show(Protocol):
    """Moves the bar to so many of so many; what is being done may be another thing now."""

    def __call__(self, done: int, of: int, /, doing: str | None = None) -> None:
        """Shows it."""


@contextmanager
def progress_bar(
    doing: str = "", *, unit: str = "it", stays: bool = False, hidden: bool = False
) -> Iterator[Show]:
    """Shows a bar until the end, and gives what moves it.

    Args:
        doing: what stands before it.
        unit: of what is counted.
        stays: whether it is still seen when all is done.
        hidden: not to show it, on a terminal either.
    """
    with tqdm(desc=doing, unit=unit, leave=stays, disable=True if hidden else None) as bar:

        def show(done: int, of: int, /, doing: str | None = None) -> None:
            if doing is not None:
                bar.set_description(doing, refresh=False)
            bar.total = of
            bar.update(done - bar.n)

        yield show
