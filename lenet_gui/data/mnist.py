"""Finding the MNIST files on this machine and reading them, with every check."""

import os
from pathlib import Path
from typing import Final

from lenet_gui import paths
from lenet_gui.data.digits import Digits, DigitSets
from lenet_gui.data.idx import LARGEST_CONTENT, REMEDY, images_of, labels_of, read_content
from lenet_gui.data.mnist_files import PUBLISHED, MnistFile, MnistFiles, is_as_published
from lenet_gui.errors import UserError

ENVIRONMENT_VARIABLE: Final = "LENET_GUI_DATA"
"""The environment variable for a folder with the MNIST files."""

_A_LITTLE: Final = 1 << 16
"""Bytes by which a file may be longer than published and still be recognised."""


class MnistNotFound(UserError):  # noqa: N818 - no fault: the caller may download or do without
    """MNIST is in none of the places where it is looked for."""


def find_mnist(choice: Path | None = None) -> Path:
    """The folder with the four MNIST files, each plain or .gz.

    Looked for in `choice`; without one, in the folder given by LENET_GUI_DATA, then in the
    program's folder for MNIST among the user's data. Only the presence of the files is
    checked: `load_mnist` reads and checks them.

    Raises:
        UserError: `choice` is given and is not a folder or lacks a file; nothing else is tried.
        MnistNotFound: there is no choice, and no place has all four files.
    """
    if choice is not None:
        folder = _from_home(choice)
        _require_all(folder, PUBLISHED)
        return folder
    reasons = []
    for folder in _usual_places():
        missing = _what_is_missing(folder, PUBLISHED)
        if missing is None:
            return folder
        reasons.append(f"{folder} {missing}")
    if len(reasons) < 2:
        reasons.insert(0, f"{ENVIRONMENT_VARIABLE} is not set")
    raise MnistNotFound(
        f"MNIST was not found ({', '.join(reasons)}): download it, choose the folder with "
        "its four files, or use the built-in digits."
    )


def load_mnist(folder: Path, verify: bool = True, files: MnistFiles = PUBLISHED) -> DigitSets:
    """Reads the four MNIST files in `folder`, each plain or .gz (.gz is taken if both are there).

    Args:
        folder: where they are.
        verify: whether the bytes must be those published (SHA-256 after decompression). Without
            it any data set in MNIST's layout is read: complete files, 28x28, labels 0..9, as many
            labels as images.
        files: the names and checksums.

    Returns:
        "MNIST training" (60,000 digits) and "MNIST test" (10,000 digits).

    Raises:
        UserError: the folder or a file is missing, or a file is unreadable, cut short, of the
            wrong kind or size, does not match its labels, or is not as published.
    """
    folder = _from_home(folder)
    _require_all(folder, files)
    return DigitSets(
        _load(folder, files.training_images, files.training_labels, "MNIST training", verify),
        _load(folder, files.test_images, files.test_labels, "MNIST test", verify),
    )


def _usual_places() -> list[Path]:
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    own = paths.mnist_folder()
    return [_from_home(Path(named)), own] if named else [own]


def _from_home(folder: Path) -> Path:
    """The folder that a "~" means; if it means none, the name as it is."""
    return Path(os.path.expanduser(folder))  # noqa: PTH111 - which raises no RuntimeError


def _require_all(folder: Path, files: MnistFiles) -> None:
    missing = _what_is_missing(folder, files)
    if missing is not None:
        raise UserError(
            f"{folder} {missing}: choose the folder with the four MNIST files, "
            "or download MNIST again."
        )


def _what_is_missing(folder: Path, files: MnistFiles) -> str | None:
    """What `folder` lacks, as words after its name; None if all files are there."""
    try:
        if not folder.exists():
            return "does not exist"
        if not folder.is_dir():
            return "is not a folder"
        missing = [file.archive for file in files if file.lies_in(folder) is None]
    except OSError as error:
        return f"cannot be opened ({error.strerror or error})"
    if len(missing) == len(files):
        return f"contains none of the MNIST files {', '.join(missing)}"
    return f"lacks {', '.join(missing)}" if missing else None


def _load(
    folder: Path, images_file: MnistFile, labels_file: MnistFile, name: str, verify: bool
) -> Digits:
    images_path, images_content = _read(folder, images_file, verify)
    labels_path, labels_content = _read(folder, labels_file, verify)
    images = images_of(images_content, images_path)
    labels = labels_of(labels_content, labels_path)
    if len(images) != len(labels):
        raise UserError(
            f"{labels_path} has {len(labels):,} labels for the {len(images):,} images of "
            f"{images_path.name}, so they do not belong together: delete both and download "
            "MNIST again."
        )
    if verify:
        _require_as_published(images_content, images_path, images_file)
        _require_as_published(labels_content, labels_path, labels_file)
    return Digits(images, labels, name)


def _read(folder: Path, file: MnistFile, verify: bool) -> tuple[Path, bytes]:
    """The path and the decompressed bytes of a file that was there a moment ago."""
    path = file.lies_in(folder) or folder / file.archive
    return path, read_content(path, file.bytes + _A_LITTLE if verify else LARGEST_CONTENT)


def _require_as_published(content: bytes, path: Path, file: MnistFile) -> None:
    if not is_as_published(content, file):
        raise UserError(
            f"{path} differs from the published MNIST file (other size or SHA-256): {REMEDY}."
        )
