"""Whether what is dragged over the window are weights or a data set, and not a picture."""

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QMimeData

from lenet_gui.file_kinds import kind_of
from lenet_gui.net.weights_import.accepted import KINDS

_SUFFIXES = (
    ".safetensors",
    ".pth",
    ".pt",
    ".pt2",
    ".onnx",
    ".h5",
    ".hdf5",
    ".keras",
    ".pkl",
)
"""Files that are meant as weights, also where they are of a kind that is not read."""

_DATA = (".npz", ".npy", ".csv", ".tsv", ".zip", ".csv.gz", "ubyte", "ubyte.gz")
"""The ends of names of files that are meant as data sets; a folder is, too."""


def is_file_of_window(mime: QMimeData) -> bool:
    """Whether the window itself takes what is dragged, wherever it is dropped."""
    return weights_in(mime) is not None or data_in(mime) is not None


def data_in(mime: QMimeData) -> Path | None:
    """The one folder or file that is dragged, if it is meant as a data set."""
    files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if len(files) != 1:
        return None
    (path,) = files
    return path if path.name.lower().endswith(_DATA) or _is_folder(path) else None


def _is_folder(path: Path) -> bool:
    """As far as can be seen; never an error."""
    with suppress(OSError):
        return path.is_dir()
    return False


def weights_in(mime: QMimeData) -> Path | None:
    """The first file of weights among what is dragged; None where there is none."""
    for url in mime.urls():
        if url.isLocalFile() and _may_be_weights(path := Path(url.toLocalFile())):
            return path
    return None


def _may_be_weights(path: Path) -> bool:
    if path.suffix.lower() in _SUFFIXES:
        return True
    try:
        return kind_of(path) in KINDS
    except (OSError, ValueError):
        return False
