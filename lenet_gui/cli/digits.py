"""Digits for a command: MNIST that is nowhere is downloaded first, with a progress bar."""

import sys

from lenet_gui.data.digits import DigitSets
from lenet_gui.training.recipe import Recipe


def digits_for(recipe: Recipe) -> DigitSets:
    """The digits of the recipe's data, fetched if it says "mnist" and that is not there yet.

    Raises:
        UserError: the data are wrong, or cannot be downloaded.
    """
    from lenet_gui.data.mnist import MnistNotFound
    from lenet_gui.training.digit_sets import load_digits_of

    try:
        return load_digits_of(recipe)
    except MnistNotFound as reason:
        print(reason, file=sys.stderr)
    _download()
    return load_digits_of(recipe)


def _download() -> None:
    from tqdm import tqdm

    from lenet_gui import paths
    from lenet_gui.data.download import DownloadProgress, download_mnist

    folder = paths.mnist_folder()
    print(f"Downloading MNIST to {folder}", file=sys.stderr)
    with tqdm(total=100, unit="%", disable=None) as bar:

        def show(progress: DownloadProgress) -> None:
            bar.set_description(progress.file)
            bar.update(round(100 * progress.share) - bar.n)

        download_mnist(folder, show)
