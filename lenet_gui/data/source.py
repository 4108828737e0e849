"""What `--data` means: MNIST where it is found, a folder of it, or the built-in digits."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from lenet_gui.data.digits import Digits, DigitSets
from lenet_gui.data.mnist import find_mnist, load_mnist
from lenet_gui.data.words import BUILTIN as BUILTIN

BUILTIN_TRAINING: Final = 20_000
BUILTIN_TEST: Final = 2_000


def load_digits(
    data: str | Path | None = None,
    training: int | None = None,
    test: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> DigitSets:
    """The training and test digits that `data` chooses.

    Args:
        data: None searches for MNIST (see `find_mnist`), the word "builtin" makes the built-in
            digits, and anything else is a folder with the MNIST files.
        training: the number of training digits. Of MNIST they are the first ones, at most
            all, which None takes too; of the built-in digits that many are made, 20,000 for
            None, and the longer set begins with the shorter one.
        test: the same for the test digits; 2,000 built-in ones for None.
        progress: called with the digits made so far and in all, while built-in digits are made,
            which takes long for many; never called for MNIST.

    Raises:
        MnistNotFound: MNIST was searched for and is in none of the usual places.
        UserError: the folder is wrong, or a file in it is.
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
    sets = load_mnist(find_mnist(Path(data) if data is not None else None))
    return DigitSets(_first(sets.training, training), _first(sets.test, test))


def _first(digits: Digits, count: int | None) -> Digits:
    return digits if count is None else digits.first(count)
