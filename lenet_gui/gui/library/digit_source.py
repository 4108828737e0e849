"""The source of all digits: a data set read once for all threads, built-in ones, downloads."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from lenet_gui.data.collections import Collection, read_collection
from lenet_gui.data.collections.reading import files_of_collection
from lenet_gui.data.digits import DigitSets
from lenet_gui.data.download import MIRRORS, DownloadProgress, download_mnist
from lenet_gui.data.mnist import find_mnist, require_mnist
from lenet_gui.data.mnist_files import PUBLISHED, MnistFiles
from lenet_gui.data.source import BUILTIN_TEST, BUILTIN_TRAINING
from lenet_gui.data.words import Transpose
from lenet_gui.training.control import Control
from lenet_gui.training.digit_sets import with_additions
from lenet_gui.training.recipe import BUILTIN, MNIST, Recipe

Progress = Callable[[int, int], None]
"""Called with the number of digits so far, and of all."""


class LoadingStopped(Exception):  # noqa: N818 - asked for, no fault
    """The user no longer needs the digits."""


class DigitSource:
    """Keeps what it read or made last, so that equal requests get the same arrays.

    `collection` may be called by any thread, `load` and `download` only by the training thread.

    Args:
        mirrors: where MNIST is downloaded from.
        files: the names and checksums of its files.
    """

    def __init__(self, mirrors: Sequence[str] = MIRRORS, files: MnistFiles = PUBLISHED) -> None:
        self._mirrors = tuple(mirrors)
        self._files = files
        self._reading = threading.Lock()
        self._found: tuple[object, Collection] | None = None
        self._made: tuple[tuple[object, ...], DigitSets] | None = None

    def collection(
        self,
        choice: Path | None = None,
        transpose: Transpose = Transpose.AUTO,
        progress: Progress | None = None,
    ) -> Collection:
        """A data set, or MNIST in the usual places; read again only if a file has changed.

        A second thread that calls meanwhile waits, and gets the same digits.

        Args:
            choice: its folder or file; None for MNIST.
            transpose: whether rows and columns are exchanged.
            progress: called while it is read; what it raises ends the reading.

        Raises:
            MnistNotFound: there is no choice, and it is in none of the usual places.
            UserError: the data set is wrong, or a file of it is.
        """
        with self._reading:
            place = find_mnist() if choice is None else choice
            key = place, transpose, _stamp(files_of_collection(place))
            if self._found is None or self._found[0] != key:
                self._found = None  # two sets at once would need twice the memory
                self._found = key, read_collection(place, transpose, self._files, progress)
            found = self._found[1]
        if choice is None:
            require_mnist(found)
        return found

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
            LoadingStopped: the control says so.
            MnistNotFound: the recipe says "mnist", which is in none of the usual places.
            UserError: the data set is wrong, or a file of it is.
        """
        training = recipe.training_digits or BUILTIN_TRAINING

        def check(*_: int) -> None:
            if control.stopping:
                raise LoadingStopped

        def told(done: int, wanted: int) -> None:
            check()
            progress(done, wanted)

        base: object = _written_base(recipe)
        found = None
        if base is None:
            chosen = None if recipe.data == MNIST else Path(recipe.data)
            base = found = self.collection(chosen, recipe.transpose, check).sets
        key = (base, *_additions(recipe))
        if self._made is not None and self._made[0] == key:
            return self._made[1]
        self._made = None  # as above
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


def _stamp(files: Sequence[Path]) -> tuple[tuple[str, int, int], ...]:
    """Whether a file has changed since."""
    facts = [(str(file), file.stat()) for file in files if file.exists()]
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in facts)
