"""What is read of other programs, how large it may be, and the refusal of other kinds. No torch."""

from pathlib import Path
from typing import Final

from lenet_gui.errors import UserError
from lenet_gui.file_kinds import PACKED, FileKind

ACCEPTED: Final = "safetensors, PyTorch's .pth or .pt, or ONNX"
"""The kinds of files of other programs that are read."""

KINDS: Final = frozenset(
    {FileKind.SAFETENSORS, FileKind.TORCH_ZIP, FileKind.TORCH_LEGACY, FileKind.ONNX}
)
"""The same; a safetensors file may be this program's own."""

LARGEST: Final = 1 << 24
"""Bytes of a file: twenty times those of a LeNet-5 in double precision with Adam's state."""

MOST_VALUES: Final = 1 << 20
"""Of one tensor: LeNet-5's largest has 48,000."""

MOST_TENSORS: Final = 10_000

MOST_VALUES_IN_ALL: Final = 1 << 22
"""Of all tensors: sixty times a LeNet-5. Tensors may share bytes, so a file's size is no bound."""


def refusal(path: Path, kind: FileKind) -> UserError:
    """The sentence for a file of a kind that is not read."""
    what = kind.value
    if kind is FileKind.ZIP:
        what = "a zip archive without weights of PyTorch"
    elif kind is FileKind.PICKLE and path.suffix.lower() in {".pth", ".pt"}:
        what = "a Python pickle that torch.save did not write, which could run any code"
    return UserError(f"{path} is {what}: {_REMEDIES.get(kind, _CHOOSE)}.")


_CHOOSE = f"choose a file of weights ({ACCEPTED})"
_EXPORT = f"save its weights where they were made as {ACCEPTED}"
_ARRAYS = f"save them as {ACCEPTED}"
_STATE_DICT = "load it where it was made, and save model.state_dict() with torch.save instead"
_REMEDIES = {
    **dict.fromkeys((FileKind.HDF5, FileKind.KERAS, FileKind.TFLITE), _EXPORT),
    **dict.fromkeys((FileKind.NPY, FileKind.NPZ, FileKind.MATLAB), _ARRAYS),
    **dict.fromkeys((FileKind.PICKLE, FileKind.TORCHSCRIPT), _STATE_DICT),
    **dict.fromkeys(PACKED, "unpack it first"),
    FileKind.EXPORTED_PROGRAM: _STATE_DICT,
    FileKind.EMPTY: "choose another file",
    FileKind.POINTER: "fetch the file with git lfs pull",
    FileKind.WEB_PAGE: "download the file itself",
    FileKind.ZIP: f"unpack it, or {_CHOOSE}",
}
