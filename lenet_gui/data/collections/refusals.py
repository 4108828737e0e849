"""What a file is that is no data set that can be read, in a sentence that says what can."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from lenet_gui.data.collections.tree import Entry
from lenet_gui.errors import UserError
from lenet_gui.safe_reading import open_ordinary

ACCEPTED: Final = (
    "choose IDX files as MNIST has them, a CSV table, an .npz file, or a folder of pictures for "
    "each class"
)

_BEGINNINGS: Final = (
    (b"PAR1", "a Parquet file"),
    (b"\x89HDF\r\n\x1a\n", "an HDF5 file"),
    (b"MATLAB 5.0", "a MATLAB file"),
    (b"ARROW1", "an Arrow file"),
    (b"\x80\x02", "a pickle, which may run code when it is read"),
    (b"\x80\x03", "a pickle, which may run code when it is read"),
    (b"\x80\x04", "a pickle, which may run code when it is read"),
    (b"\x80\x05", "a pickle, which may run code when it is read"),
    (b"BZh", "a bzip2 archive: unpack it first"),
    (b"\xfd7zXZ", "an xz archive: unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it first"),
    (b"Rar!", "a RAR archive: unpack it first"),
    (b"version https://git-lfs", "a pointer of Git LFS and not the file itself: download the file"),
    (b"SQLite format 3", "a database"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a single picture"),
    (b"\xff\xd8\xff", "a single picture"),
    (b"GIF8", "a single picture"),
    (b"BM", "a single picture"),
)
"""How files of other kinds begin, and what they are."""

_ENDS: Final = {
    ".parquet": "a Parquet file",
    ".arrow": "an Arrow file",
    ".feather": "an Arrow file",
    ".h5": "an HDF5 file",
    ".hdf5": "an HDF5 file",
    ".mat": "a MATLAB file",
    ".pkl": "a pickle, which may run code when it is read",
    ".pickle": "a pickle, which may run code when it is read",
    ".pt": "a file of PyTorch's tensors",
    ".pth": "a file of PyTorch's tensors",
    ".safetensors": "a file of weights",
    ".arff": "an ARFF file",
    ".tfrecord": "a file of TensorFlow's records",
    ".xlsx": "a spreadsheet: save it as CSV",
    ".ods": "a spreadsheet: save it as CSV",
    ".json": "a JSON file",
    ".jsonl": "a JSON file",
    ".tar": "a tar archive: unpack it first",
    ".tgz": "a tar archive: unpack it first",
    ".tar.gz": "a tar archive: unpack it first",
    ".bz2": "a bzip2 archive: unpack it first",
    ".xz": "an xz archive: unpack it first",
    ".7z": "a 7z archive: unpack it first",
    ".rar": "a RAR archive: unpack it first",
    ".html": "a web page",
}
"""The ends of names, and what such files are."""

_BEGINNING: Final = 512


def refusal_of_file(path: Path) -> UserError:
    """For a file that is read as nothing else."""
    try:
        with open_ordinary(path) as file:
            begin = file.read(_BEGINNING)
    except OSError as error:
        return UserError(
            f"{path} could not be read ({error.strerror or error}): allow reading it, or choose "
            "other data."
        )
    return UserError(_sentence(str(path), _kind_of_bytes(begin) or _kind_of_name(path.name)))


def is_web_page(begin: bytes) -> bool:
    """Whether a file that begins so is the page of a download, and not what it offers."""
    return begin[:_BEGINNING].lstrip()[:15].lower().startswith((b"<!doctype", b"<html"))


def refusal_of_folder(root: Path, files: Sequence[Entry]) -> UserError:
    """For a folder or archive without a data set."""
    if not files:
        return UserError(f"{root} contains no files: {ACCEPTED}.")
    for entry in files:
        kind = _kind_of_name(entry.name)
        if kind:
            return UserError(_sentence(entry.shown, kind))
    return UserError(
        f"{root} contains no data set that can be read ({len(files):,} files): {ACCEPTED}."
    )


def _sentence(name: str, kind: str) -> str:
    if not kind:
        return f"{name} is not a data set that can be read: {ACCEPTED}."
    if ": " in kind:
        what, advice = kind.split(": ")
        return f"{name} is {what}: {advice}, or {ACCEPTED}."
    return f"{name} is {kind}, which is not read: {ACCEPTED}."


def _kind_of_bytes(begin: bytes) -> str:
    if not begin:
        return "empty"
    if is_web_page(begin):
        return "a web page"
    if begin[257:262] == b"ustar":
        return "a tar archive: unpack it first"
    return next((kind for mark, kind in _BEGINNINGS if begin.startswith(mark)), "")


def _kind_of_name(name: str) -> str:
    lower = name.lower()
    return next((kind for end, kind in _ENDS.items() if lower.endswith(end)), "")
