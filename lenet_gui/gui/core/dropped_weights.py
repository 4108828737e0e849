"""Whether what is dragged over the window is a file of weights, and not a picture."""

from pathlib import Path

from PySide6.QtCore import QMimeData

from lenet_gui.net.foreign.recognise import FileKind, recognise

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
    ".npz",
)
"""Files that are meant as weights, also where they are of a kind that is not read."""

_WEIGHTS = {FileKind.TORCH_ZIP, FileKind.TORCH_LEGACY, FileKind.ONNX, FileKind.SAFETENSORS}


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
        return recognise(path).kind in _WEIGHTS
    except (OSError, ValueError):
        return False
