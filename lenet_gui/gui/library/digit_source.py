"""The source of all digits: MNIST read once for all threads, built-in digits, downloads."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from lenet_gui.data.digits import DigitSets
from lenet_gui.data.download import MIRRORS, DownloadProgress, download_mnist
from lenet_gui.data.mnist import find_mnist, load_mnist
from lenet_gui.data.mnist_files import PUBLISHED, MnistFiles
from lenet_gui.data.source import BUILTIN_TEST, BUILTIN_TRAINING
from lenet_gui.training.control import Control
from lenet_gui.training.digit_sets import with_additions
from lenet_gui.training.recipe import BUILTIN, MNIST, Recipe

Progress = Callable[[int, int], None]
"""Called with the number of digits so far, and of all."""


class LoadingStopped(Exception):  # noqa: N818 - asked for, no fault
    """The user no longer needs the digits."""


class DigitSource:
    """Keeps what it read or made last, so that equal requests get the same arrays.

    `mnist` may be called by any thread, `load` and `download` only by the training thread.

    Args:
        mirrors: where MNIST is downloaded from.
        files: the names and checksums of its files.
    """

    def __init__(self, mirrors: Sequence[str] = MIRRORS, files: MnistFiles = PUBLISHED) -> None:
        self._mirrors = tuple(mirrors)
        self._files = files
        self._reading = threading.Lock()
        self._mnist: tuple[object, DigitSets] | None = None
        self._made: tuple[tuple[object, ...], DigitSets] | None = None

    def mnist(self, choice: Path | None = None) -> DigitSets:
        """MNIST in a folder, or in the usual places; read again only if a file has changed.

        A second thread that calls meanwhile waits, and gets the same digits.

        Raises:
            MnistNotFound: there is no choice, and it is in none of the usual places.
            UserError: the folder is wrong, or a file in it is.
        """
        with self._reading:
            folder = find_mnist(choice)
            key = folder, _stamp(folder)
            if self._mnist is None or self._mnist[0] != key:
                self._mnist = None  # two sets at once would need twice the memory
                self._mnist = key, load_mnist(folder, files=self._files)
            return self._mnist[1]

    def has_written(self, recipe: Recipe) -> bool:
        """Whether what the program writes for a recipe is there; may be called by any thread."""
        made = self._made
        if made is None:
            return False
        (base, *additions), _ = made  # as `load` keeps them
        return _written_base(recipe) in (None, base) and additions == _additions(recipe)

    def load(self, recipe: Recipe, control: Control, progress: Progress) -> DigitSets:
        """Both sets of the recipe's data; not made again if they are the same as last time.

        Raises:
            LoadingStopped: the control says so. Only for the built-in digits, which take long.
            MnistNotFound: the recipe says "mnist", which is in none of the usual places.
            UserError: the folder is wrong, or a file in it is.
        """
        training = recipe.training_digits or BUILTIN_TRAINING
        base: object = _written_base(recipe)
        found = None
        if base is None:
            base = found = self.mnist(None if recipe.data == MNIST else Path(recipe.data))
        key = (base, *_additions(recipe))
        if self._made is not None and self._made[0] == key:
            return self._made[1]
        self._made = None  # as above

        def told(done: int, wanted: int) -> None:
            if control.stopping:
                raise LoadingStopped
            progress(done, wanted)

        if found is None:
            from lenet_gui.data.builtin import builtin_sets

            found = builtin_sets(training, min(training, BUILTIN_TEST), progress=told)
        digits = with_additions(found, recipe, told)
        self._made = key, digits
        return digits

    def download(
        self,
        folder: Path,
        progress: Callable[[DownloadProgress], None],
        cancelled: Callable[[], bool],
    ) -> None:
        """Downloads MNIST into `folder`; see `data.download.download_mnist`."""
        download_mnist(folder, progress, cancelled, self._mirrors, self._files)


def _written_base(recipe: Recipe) -> tuple[str, int] | None:
    """Stands for the built-in digits of a recipe; None where it trains on others."""
    if recipe.data != BUILTIN:
        return None
    return BUILTIN, recipe.training_digits or BUILTIN_TRAINING


def _additions(recipe: Recipe) -> list[int]:
    return [recipe.added_digits, recipe.rubbish]


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Whether a file in the folder has changed since."""
    facts = [(file.name, file.stat()) for file in sorted(folder.iterdir()) if file.is_file()]
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in facts)
