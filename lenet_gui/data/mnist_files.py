"""The four files that MNIST consists of, as published, and where they are in a folder."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple


@dataclass(frozen=True)
class MnistFile:
    """One file as published.

    Attributes:
        name: of the plain IDX file; the compressed one adds ".gz".
        bytes: its size, decompressed.
        sha256: of the decompressed bytes, as 64 lower-case hexadecimal digits. (The compressed
            bytes may differ between copies.)
    """

    name: str
    bytes: int
    sha256: str

    @property
    def archive(self) -> str:
        """The name of the compressed file, which is what the mirrors hold."""
        return f"{self.name}.gz"

    def lies_in(self, folder: Path) -> Path | None:
        """The file in `folder`, compressed before plain, or None if it is not there."""
        for name in (self.archive, self.name):
            if (folder / name).is_file():
                return folder / name
        return None


class MnistFiles(NamedTuple):
    """The four files of a data set in MNIST's layout."""

    training_images: MnistFile
    training_labels: MnistFile
    test_images: MnistFile
    test_labels: MnistFile


PUBLISHED: Final = MnistFiles(
    MnistFile(
        "train-images-idx3-ubyte",
        47_040_016,
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    ),
    MnistFile(
        "train-labels-idx1-ubyte",
        60_008,
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    ),
    MnistFile(
        "t10k-images-idx3-ubyte",
        7_840_016,
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    ),
    MnistFile(
        "t10k-labels-idx1-ubyte",
        10_008,
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    ),
)
"""MNIST (Y. LeCun, C. Cortes, C. Burges): 60,000 training and 10,000 test digits."""


def is_as_published(content: bytes, file: MnistFile) -> bool:
    """Whether decompressed `content` is `file`, byte for byte."""
    return len(content) == file.bytes and hashlib.sha256(content).hexdigest() == file.sha256
