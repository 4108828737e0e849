"""Digits and recipes by their names. No torch."""

import warnings
from os import PathLike, fspath
from typing import Any

from lenet_gui import paths
from lenet_gui.data.digits import Digits, DigitSets
from lenet_gui.data.download import download_mnist
from lenet_gui.data.mnist import MnistNotFound
from lenet_gui.data.source import BUILTIN, first_digits, load_collection, load_digits
from lenet_gui.data.words import Transpose
from lenet_gui.training.recipe import MNIST, Recipe
from lenet_gui.training.recipe_file import recipe_called


def digits(
    data: str | PathLike[str] = MNIST,
    *,
    training: int | None = None,
    test: int | None = None,
    transpose: str = Transpose.AUTO,
    download: bool = False,
) -> DigitSets:
    """The training and test digits of some data.

    What a data set has that cannot be used, such as a row without a label, is left out with a
    warning.

    Args:
        data: "mnist" where it is found, "builtin" for the program's own digits, or the folder or
            file of a data set with ten classes.
        training: the number of training digits: the first ones of a data set, None for all; of
            the built-in ones so many are made, 20,000 for None.
        test: the same for the test digits; 2,000 built-in ones for None.
        transpose: "yes" or "no": whether rows and columns of a data set's pictures are exchanged;
            "auto" for those that are known to need it.
        download: whether "mnist" is downloaded if it is not there yet.

    Returns:
        `training` and `test`: each has `images` uint8 [N, 28, 28], 0 (paper) .. 255 (ink),
        `labels` uint8 [N], and a `name`.

    Raises:
        UserError: the data are wrong or not there, or cannot be downloaded.
        ValueError: a number of digits is negative, or `transpose` is another word.
    """
    named, turned = fspath(data), Transpose(transpose)
    if named == BUILTIN:
        return load_digits(BUILTIN, training, test)
    chosen = None if named == MNIST else named
    try:
        found = load_collection(chosen, turned)
    except MnistNotFound:
        if not download:
            raise
        download_mnist(paths.mnist_folder())
        found = load_collection(chosen, turned)
    for reason, count in found.left_out.items():
        warnings.warn(f"{found.path}: {count:,} left out: {reason}", stacklevel=2)
    return first_digits(found.sets, training, test)


def corrupted(digits: Digits, corruption: str, *, seed: int = 0) -> Digits:
    """The digits as a bad camera, pen or paper would give them: one of the 15 ways of MNIST-C.

    Args:
        digits: may be empty.
        corruption: "fog", "rotate", "shot noise" or "shot_noise", ... (see the guide).
        seed: 0 or more; the same seed gives the same digits.

    Raises:
        ValueError: there is no such corruption, or the seed is negative.
    """
    from lenet_gui.data.corruptions.table import CORRUPTIONS
    from lenet_gui.data.corruptions.table import corrupted as made

    known = {one.title: one for one in CORRUPTIONS}
    title = corruption.replace("_", " ")
    if title not in known:
        raise ValueError(f"no such corruption: {corruption!r}; there are {', '.join(known)}")
    return made(digits, known[title], seed)


def recipe(name: str | PathLike[str], **changes: Any) -> Recipe:
    """A recipe by its name, with some of its fields changed.

    Args:
        name: a preset (see `PRESETS`) or a JSON file.
        changes: fields of `Recipe`, such as `epochs=3, data="builtin", seed=1`.

    Raises:
        UserError: there is no such recipe or field, or a value is wrong; the field is named.
    """
    return recipe_called(fspath(name)).with_changes(**changes)
