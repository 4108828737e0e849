"""Data sets that are recognised, and what else may be said of them. No other is called MNIST."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.data.collections.stored import Stored, StoredSet
from lenet_gui.data.digits import DIGIT_SIDE
from lenet_gui.data.mnist_files import MnistFile, MnistFiles

FASHION: Final = (
    "T-shirt/top", "trouser", "pullover", "dress", "coat",
    "sandal", "shirt", "sneaker", "bag", "ankle boot",
)  # fmt: skip
"""The classes of Fashion-MNIST (H. Xiao, K. Rasul, R. Vollgraf, 2017), in order."""

KUZUSHIJI: Final = ("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo")
"""The classes of Kuzushiji-MNIST (T. Clanuwat et al., 2018), in order."""

_CHECKSUMS: Final[Mapping[str, Mapping[str, str]]] = {
    "Fashion-MNIST": {
        "training images": "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
        "training labels": "25c81989df183df01b3e8a0aad5dffbe",
        "test images": "bef4ecab320f06d8554ea6380940ec79",
        "test labels": "bb300cfdad3c16e7a12a480ee83cd310",
    },
    "KMNIST": {
        "training images": "bdb82020997e1d708af4cf47b453dcf7",
        "training labels": "e144d726b3acfaa3e44228e80efcd344",
        "test images": "5c965bf0a639b31b8f53240b1b52f4d7",
        "test labels": "7320c461ea6c1c855c0b718fb2a4b134",
    },
}
"""The MD5 of the published files, compressed."""

_FASHION_NAME: Final = re.compile(r"fashion", re.IGNORECASE)
_KUZUSHIJI_NAME: Final = re.compile(r"kuzushiji|kmnist", re.IGNORECASE)
_MNIST_NAME: Final = re.compile(r"(?<![a-z])mnist", re.IGNORECASE)
_RELATIVE_NAME: Final = re.compile(r"fashion|kuzushiji", re.IGNORECASE)

_PLAIN_FOLDERS: Final = frozenset(
    {"raw", "data", "dataset", "datasets", "processed", "files", "gzip", "images", "archive"}
    | {"train", "training", "test", "testing"}
)
"""Names of folders and files that say nothing of the data set in them."""


ARRAYS: Final = ("training images", "training labels", "test images", "test labels")
"""The four arrays of a data set, in the order in which files are read."""


def unlike_mnist(stored: Stored, files: MnistFiles) -> tuple[str, ...]:
    """Which of its four arrays are not MNIST's, byte for byte, in whatever form they are stored."""
    test = stored.test or StoredSet(stored.training.images[:0], stored.training.labels[:0])
    found = (
        _are_images(stored.training, files.training_images),
        _are_labels(stored.training, files.training_labels),
        _are_images(test, files.test_images),
        _are_labels(test, files.test_labels),
    )
    return tuple(name for name, is_same in zip(ARRAYS, found, strict=True) if not is_same)


def well_known_name(stored: Stored) -> str | None:
    """The name of a data set whose files are as published."""
    found = (name for name, sums in _CHECKSUMS.items() if dict(stored.checksums) == dict(sums))
    return next(found, None)


def class_names(name: str, names: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """What classes 0 to 9 are called in a data set of this name, and a sentence if not by digits.

    Args:
        name: of the data set.
        names: what its labels call them.
    """
    if names != DIGIT_NAMES:
        return names, ""
    for form, known, title in (
        (_FASHION_NAME, FASHION, "Fashion-MNIST"),
        (_KUZUSHIJI_NAME, KUZUSHIJI, "KMNIST"),
    ):
        if form.search(name):
            return known, f"The classes are called as in {title}, which its name says it is."
    return names, ""


def own_name(path: Path) -> str:
    """What a file or folder that is not MNIST is called: by its name, never "MNIST"."""
    name = path.name
    for folder in (path, *path.parents):
        stem = folder.name if folder != path or path.is_dir() else _without_end(folder.name)
        if stem and stem.lower() not in _PLAIN_FOLDERS:
            name = stem
            break
    name = name or "digits"
    if _MNIST_NAME.search(name) and not _RELATIVE_NAME.search(name):
        return f"own data ({path.name if path.suffix else name})"
    return name


def is_emnist(name: str) -> bool:
    """Whether the name of a file is one of EMNIST's, whose pictures are transposed."""
    return name.lower().startswith("emnist-")


def _without_end(name: str) -> str:
    for end in (".gz", ".npz", ".npy", ".csv", ".tsv", ".zip", ".txt"):
        name = name[: -len(end)] if name.lower().endswith(end) else name
    return name


def _are_images(stored: StoredSet, file: MnistFile) -> bool:
    images = stored.images
    shape = images.shape
    if images.dtype != np.uint8 or images.size != len(images) * DIGIT_SIDE**2:
        return False
    header = b"".join(
        number.to_bytes(4, "big") for number in (0x803, shape[0], DIGIT_SIDE, DIGIT_SIDE)
    )
    if len(header) + images.size != file.bytes:
        return False
    return _is(header, np.ascontiguousarray(images).tobytes(), file)


def _are_labels(stored: StoredSet, file: MnistFile) -> bool:
    labels = stored.labels
    if 8 + len(labels) != file.bytes:
        return False
    if labels.dtype.kind in "SU":
        try:
            labels = labels.astype(np.int64)
        except ValueError:
            return False
    if not len(labels) or labels.dtype.kind not in "uif":
        return False
    if not 0 <= labels.min() <= labels.max() <= 255:
        return False
    header = b"".join(number.to_bytes(4, "big") for number in (0x801, len(labels)))
    return _is(header, labels.astype(np.uint8).tobytes(), file)


def _is(header: bytes, content: bytes, file: MnistFile) -> bool:
    return hashlib.sha256(header + content).hexdigest() == file.sha256
