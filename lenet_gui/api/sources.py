"""Digits and recipes by their names. No torch."""

from os import PathLike, fspath
from typing import Any

from lenet_gui import paths
from lenet_gui.data.digits import DigitSets
from lenet_gui.data.download import download_mnist
from lenet_gui.data.mnist import MnistNotFound
from lenet_gui.data.source import load_digits
from lenet_gui.training.recipe import MNIST, Recipe
from lenet_gui.training.recipe_file import recipe_called


def digits(
    data: str | PathLike[str] = MNIST,
    *,
    training: int | None = None,
    test: int | None = None,
    download: bool = False,
) -> DigitSets:
    """The training and test digits of some data.

    Args:
        data: "mnist" where it is found, "builtin" for the program's own digits, or a folder.
        training: the number of training digits: the first ones of MNIST, None for all; of the
            built-in ones so many are made, 20,000 for None.
        test: the same for the test digits; 2,000 built-in ones for None.
        download: whether "mnist" is downloaded if it is not there yet.

    Returns:
        `training` and `test`: each has `images` uint8 [N, 28, 28], 0 (paper) .. 255 (ink),
        `labels` uint8 [N], and a `name`.

    Raises:
        UserError: the data are wrong or not there, or cannot be downloaded.
        ValueError: a number of digits is negative.
    """
    named = fspath(data)
    chosen = None if named == MNIST else named
    try:
        return load_digits(chosen, training, test)
    except MnistNotFound:
        if not download:
            raise
    download_mnist(paths.mnist_folder())
    return load_digits(chosen, training, test)


def recipe(name: str | PathLike[str], **changes: Any) -> Recipe:
    """A recipe by its name, with some of its fields changed.

    Args:
        name: a preset (see `PRESETS`) or a JSON file.
        changes: fields of `Recipe`, such as `epochs=3, data="builtin", seed=1`.

    Raises:
        UserError: there is no such recipe or field, or a value is wrong; the field is named.
    """
    return recipe_called(fspath(name)).with_changes(**changes)
