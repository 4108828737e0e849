"""What `--data` means: MNIST where it is found, a data set of one's own, or the built-in digits."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lenet_gui.data.digits import DigitSets
from lenet_gui.data.mnist import find_mnist, require_mnist
from lenet_gui.data.mnist_files import PUBLISHED, MnistFiles
from lenet_gui.data.words import BUILTIN as BUILTIN
from lenet_gui.data.words import Transpose as Transpose

if TYPE_CHECKING:
    from lenet_gui.data.collections import Collection

BUILTIN_TRAINING: Final = 20_000
BUILTIN_TEST: Final = 2_000


def load_digits(
    data: str | Path | None = None,
    training: int | None = None,
    test: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    transpose: Transpose = Transpose.AUTO,
) -> DigitSets:
    """The training and test digits that `data` chooses.

    Args:
        data: None searches for MNIST (see `find_mnist`), the word "builtin" makes the built-in
            digits, and anything else is the folder or file of a data set: MNIST, if its bytes
            are, or any other (see `read_collection`).
        training: the number of training digits. Of a data set they are the first ones, at most
            all, which None takes too; of the built-in digits that many are made, 20,000 for
            None, and the longer set begins with the shorter one.
        test: the same for the test digits; 2,000 built-in ones for None.
        progress: called with the digits made or read so far and in all, where that takes long.
        transpose: whether rows and columns of a data set's pictures are exchanged; not those of
            the built-in digits.

    Raises:
        MnistNotFound: MNIST was searched for and is in none of the usual places.
        UserError: the data set is wrong, or a file of it is.
        ValueError: a number of digits is negative.
    """
    if data == BUILTIN:
        # Imported here, because the built-in digits import the whole preprocessing.
        from lenet_gui.data.builtin import builtin_sets

        return builtin_sets(
            BUILTIN_TRAINING if training is None else training,
            BUILTIN_TEST if test is None else test,
            progress=progress,
        )
    return first_digits(load_collection(data, transpose, progress).sets, training, test)


def first_digits(sets: DigitSets, training: int | None, test: int | None) -> DigitSets:
    """The first ones of both sets, at most all, which None takes too.

    Raises:
        ValueError: a number is negative.
    """
    return DigitSets(
        sets.training if training is None else sets.training.first(training),
        sets.test if test is None else sets.test.first(test),
    )


def load_collection(
    data: str | Path | None = None,
    transpose: Transpose = Transpose.AUTO,
    progress: Callable[[int, int], None] | None = None,
    mnist: MnistFiles = PUBLISHED,
) -> "Collection":
    """The data set that `data` chooses, with how it was read; None is MNIST, found and verified.

    Arguments and errors are those of `load_digits`; `mnist` are the checksums of MNIST.
    """
    from lenet_gui.data.collections import read_collection

    if data is None:
        folder = find_mnist()
        found = read_collection(folder, transpose, mnist, progress)
        require_mnist(found)
        return found
    return read_collection(Path(data), transpose, mnist, progress)
