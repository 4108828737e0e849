"""Where the worker gets its digits: loads what a recipe names, keeps the last, downloads MNIST."""

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
"""Told how many digits there are so far, and how many are wanted."""


class LoadingStopped(Exception):  # noqa: N818 - asked for, no fault
    """The person no longer wants the digits."""


class DigitSource:
    """Used by one thread alone.

    Args:
        mirrors: where MNIST is downloaded from.
        files: the names and checksums of its files.
    """

    def __init__(self, mirrors: Sequence[str] = MIRRORS, files: MnistFiles = PUBLISHED) -> None:
        self._mirrors = tuple(mirrors)
        self._files = files
        self._kept: tuple[object, DigitSets] | None = None

    def load(self, recipe: Recipe, control: Control, progress: Progress) -> DigitSets:
        """Both sets of the recipe's data; the same as last time are not made again.

        Raises:
            LoadingStopped: the control says so. Only the built-in digits, which take long, ask it.
            MnistNotFound: the recipe says "mnist", which is in none of the usual places.
            UserError: the folder is wrong, or a file in it is.
        """
        if recipe.data == BUILTIN:
            from lenet_gui.data.builtin import builtin_sets

            training = recipe.training_digits or BUILTIN_TRAINING
            key: object = (BUILTIN, training)
        else:
            folder = find_mnist(None if recipe.data == MNIST else Path(recipe.data))
            key = (str(folder), _stamp(folder))
        key = (key, recipe.added_digits, recipe.rubbish)
        if self._kept is not None and self._kept[0] == key:
            return self._kept[1]
        self._kept = None  # two sets at once would need twice the memory

        def told(done: int, wanted: int) -> None:
            if control.stopping:
                raise LoadingStopped
            progress(done, wanted)

        digits = (
            builtin_sets(training, min(training, BUILTIN_TEST), progress=told)
            if recipe.data == BUILTIN
            else load_mnist(folder, files=self._files)
        )
        digits = with_additions(digits, recipe, told)
        self._kept = (key, digits)
        return digits

    def download(
        self,
        folder: Path,
        progress: Callable[[DownloadProgress], None],
        cancelled: Callable[[], bool],
    ) -> None:
        """Brings MNIST into `folder`; see `data.download.download_mnist`."""
        download_mnist(folder, progress, cancelled, self._mirrors, self._files)


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Tells whether a file in the folder has changed since."""
    facts = [(file.name, file.stat()) for file in sorted(folder.iterdir()) if file.is_file()]
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in facts)
