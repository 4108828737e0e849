"""Digits for a command: MNIST that is nowhere is downloaded first, with a progress bar."""

from lenet_gui import paths
from lenet_gui.cli.progress import progress_bar
from lenet_gui.cli.streams import note
from lenet_gui.data.builtin import Stream, builtin_digits
from lenet_gui.data.digits import Digits, DigitSets
from lenet_gui.data.download import DownloadProgress, download_mnist
from lenet_gui.data.mnist import MnistNotFound
from lenet_gui.data.source import BUILTIN_TEST, BUILTIN_TRAINING
from lenet_gui.errors import UserError
from lenet_gui.training.digit_sets import load_digits_of
from lenet_gui.training.recipe import BUILTIN, MNIST, Recipe, Transpose


def digits_for(recipe: Recipe) -> DigitSets:
    """The digits of the recipe's data, fetched if it says "mnist" and that is not there yet.

    Raises:
        UserError: the data are wrong, or cannot be downloaded.
    """
    is_own = recipe.data not in (BUILTIN, MNIST)
    doing = "reading data" if is_own else "generating digits"
    try:
        with progress_bar(doing, hidden=not _is_slow(recipe, is_own=is_own)) as show:
            sets = load_digits_of(recipe, show)
    except MnistNotFound:
        _download()
        return load_digits_of(recipe)
    if is_own:
        _look_at_orientation(sets.test)
    return sets


def chosen_set(data: str, name: str, transpose: Transpose = Transpose.AUTO) -> Digits:
    """The "test" or "training" set of some data; of the built-in digits no other set is made.

    Raises:
        UserError: the data are wrong, or cannot be downloaded.
    """
    if data == BUILTIN:
        if name == "test":
            return builtin_digits(BUILTIN_TEST, 0, stream=Stream.TEST)
        return builtin_digits(BUILTIN_TRAINING, 0)
    sets = digits_for(Recipe(data=data, transpose=transpose))
    return sets.test if name == "test" else sets.training


def _is_slow(recipe: Recipe, *, is_own: bool) -> bool:
    """MNIST is read too fast for a bar."""
    return bool(is_own or recipe.data == BUILTIN or recipe.added_digits or recipe.rubbish)


def _look_at_orientation(digits: Digits) -> None:
    """Says so if rows and columns of the pictures seem to be exchanged."""
    from lenet_gui.explore.orientation import orientation_of

    found = orientation_of(digits)
    if found is not None and found.needs_transposing:
        note(f"{digits.name}: {found.text}: try --transpose yes.")


def _download() -> None:
    folder = paths.mnist_folder()
    note(f"MNIST was not found: downloading it to {folder}")
    with progress_bar(unit="%", stays=True) as show:

        def show_file(progress: DownloadProgress) -> None:
            show(round(100 * progress.share), 100, progress.file)

        try:
            download_mnist(folder, show_file)
        except UserError as error:
            options = f"(--data DIR or --data {BUILTIN})"
            raise UserError(f"{str(error).removesuffix('.')} {options}.") from error
