"""The formats in which a network can be saved: one table for the command, the window, the guide.

torch and onnx are loaded only when a file is written.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lenet_gui.errors import UserError
from lenet_gui.files import check_folder, check_writable

if TYPE_CHECKING:
    from lenet_gui.model_files.described import DescribedNetwork


@dataclass(frozen=True)
class ModelFormat:
    """A format: its name, the suffixes of its files, what reads it, and what writes it.

    A format without a suffix is a folder. `check` raises a UserError where it cannot be written at
    all. `write` returns the files that it has written beside the target, which it is given.
    """

    name: str
    suffixes: tuple[str, ...]
    read_by: str
    write: "Callable[[DescribedNetwork, Path], tuple[Path, ...]]"
    check: Callable[[], None] = lambda: None

    @property
    def suffix(self) -> str:
        """The usual suffix; empty for a folder."""
        return self.suffixes[0] if self.suffixes else ""

    @property
    def ending(self) -> str:
        """How the names of its files end: ".pth or .pt", "a folder"."""
        return " or ".join(self.suffixes) or "a folder"

    @property
    def title(self) -> str:
        """Its name in a list: "ONNX (.onnx)", "Hugging Face folder"."""
        return self.name if self.is_folder else f"{self.name} ({self.ending})"

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder of files."""
        return not self.suffixes


def save_model(model: "DescribedNetwork", target: Path, form: ModelFormat) -> tuple[Path, ...]:
    """Writes a network, whole or not at all.

    Returns:
        What was written: `target` first, then files beside it.

    Raises:
        UserError: something that is needed is not installed, or the target cannot be written.
    """
    form.check()
    if form.is_folder:
        check_folder(target)
    else:
        check_writable(target)
    return (target, *form.write(model, target))


def format_of(named: str) -> ModelFormat:
    """The format that a target's name asks for: by its suffix, or a folder.

    A name that ends in a slash, has no suffix, or is that of a folder which exists, is a folder's.

    Raises:
        UserError: the suffix is none of the known ones.
    """
    target = Path(named)
    is_only_suffix = target.name.lower() in _BY_SUFFIX  # such as ".onnx"
    suffix = target.name if is_only_suffix else target.suffix
    if named.endswith(_SEPARATORS) or not suffix or target.is_dir():
        return HUGGING_FACE
    found = _BY_SUFFIX.get(suffix.lower())
    if found is None:
        known = ", ".join(_BY_SUFFIX)
        raise UserError(
            f"{target} must end in {known}, or in / for a folder in the form of Hugging Face: "
            "choose one of them."
        )
    return found


def check_named_as_weights(target: Path) -> None:
    """Makes sure that the name of a file for trained weights does not promise another format.

    Raises:
        UserError: it ends as the files of another format do.
    """
    promised = _BY_SUFFIX.get(target.suffix.lower(), WEIGHTS)
    if promised is not WEIGHTS:
        raise UserError(
            f"{target} ends as files of {promised.name} do, and training writes safetensors: "
            f"let it end in {WEIGHTS.suffix}, and save the trained network as {target.suffix} with "
            "lenet-gui save-model."
        )


_SEPARATORS = tuple({"/", os.sep})


def _check_onnx() -> None:
    if find_spec("onnx") is None:
        raise UserError(
            "ONNX files need the optional package onnx, which is not installed: run pip install "
            '"lenet-laboratory[onnx]".'
        )


def _write_onnx(model: "DescribedNetwork", target: Path) -> tuple[Path, ...]:
    from lenet_gui.model_files.onnx_file import write_onnx

    write_onnx(model, target)
    return ()


def _write_program(model: "DescribedNetwork", target: Path) -> tuple[Path, ...]:
    from lenet_gui.model_files.exported_program import write_program

    write_program(model, target)
    return ()


def _write_state_dict(model: "DescribedNetwork", target: Path) -> tuple[Path, ...]:
    from lenet_gui.model_files.state_dict import write_state_dict

    return (write_state_dict(model, target),)


def _write_folder(model: "DescribedNetwork", target: Path) -> tuple[Path, ...]:
    from lenet_gui.model_files.hugging_face import write_folder

    write_folder(model, target)
    return ()


def _write_weights(model: "DescribedNetwork", target: Path) -> tuple[Path, ...]:
    from lenet_gui.net.weights_file import save_weights

    save_weights(model.network, target, dict(model.facts))
    return ()


ONNX: Final = ModelFormat(
    "ONNX", (".onnx",), "onnxruntime and most other runtimes", _write_onnx, _check_onnx
)
STATE_DICT: Final = ModelFormat(
    "PyTorch weights", (".pth", ".pt"), "PyTorch, with lenet5.py beside it", _write_state_dict
)
PROGRAM: Final = ModelFormat(
    "PyTorch program", (".pt2",), "torch.export.load, without any other file", _write_program
)
HUGGING_FACE: Final = ModelFormat(
    "Hugging Face folder", (), "the Hugging Face Hub, and PyTorch with its lenet5.py", _write_folder
)
WEIGHTS: Final = ModelFormat(
    "Weights", (".safetensors",), "this program, with everything it knows", _write_weights
)

FORMATS: Final = (ONNX, STATE_DICT, PROGRAM, HUGGING_FACE, WEIGHTS)

_BY_SUFFIX = {suffix: form for form in FORMATS for suffix in form.suffixes}
