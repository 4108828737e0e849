"""The tensors in a file of torch.save, read by torch's reader that runs no code.

Before torch sees a file, its pickle is looked through, unread: what names anything but tensors is
refused, and so is what is longer than any state_dict. torch is loaded with the first file.
"""

import io
import pickletools
import zipfile
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lenet_gui.errors import UserError
from lenet_gui.file_kinds import TORCH_MAGIC, names_in_zip
from lenet_gui.net.array_layers import Floats
from lenet_gui.net.tensor_file import WEIGHTS
from lenet_gui.net.weights_import.accepted import MOST_TENSORS, MOST_VALUES, MOST_VALUES_IN_ALL
from lenet_gui.printable import shortened

if TYPE_CHECKING:
    from torch import Tensor

_LONGEST_PICKLE: Final = 1 << 20
"""Bytes; that of a LeNet-5 with its optimiser's state has some thousands."""
_MOST_STEPS: Final = 200_000
_LEGACY_PICKLES: Final = 5
"""The older form: a number, a version, the machine, the state, the list of its storages."""

_HARMLESS: Final = frozenset(
    {
        "collections OrderedDict",
        "collections Counter",
        "torch Size",
        "torch device",
        "torch.nn.parameter Parameter",
        "torch._utils _rebuild_tensor",
        "torch._utils _rebuild_tensor_v2",
        "torch._utils _rebuild_parameter",
        "builtins set",
        "__builtin__ set",
        *(
            f"torch {kind}Storage"
            for kind in (
                *("Double", "Float", "Half", "BFloat16", "Long", "Int", "Short", "Char", "Byte"),
                *("Bool", "ComplexFloat", "ComplexDouble"),
            )
        ),
        *(
            f"torch {kind}"
            for kind in (
                *("float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8"),
                *("uint8", "bool"),
            )
        ),
    }
)
"""All that a pickle of tensors names; others could be given numbers that fill the memory."""

_OTHER_TENSORS: Final = {
    "torch._utils _rebuild_qtensor": "quantised tensors",
    "torch._utils _rebuild_sparse_tensor": "sparse tensors",
    "torch._utils _rebuild_meta_tensor_no_storage": "tensors without values (of the device meta)",
    "torch._utils _rebuild_tensor_v3": "tensors of a type that is rarely used, such as float8",
}

_REMEDY = "save model.state_dict() alone with torch.save"


Held = tuple[dict[str, Floats], dict[str, str]]
"""The tensors of a state_dict by name; the facts of a network that this program has saved."""


def read_zip(content: bytes, path: Path) -> Held:
    """What a file holds that torch.save writes today.

    Raises:
        UserError: it is damaged, or holds something else than a state_dict.
    """
    if not names_in_zip(io.BytesIO(content)):
        raise _damaged(path)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if any(one.compress_type != zipfile.ZIP_STORED or one.flag_bits & 1 for one in entries):
            raise UserError(
                f"{path} is compressed inside, as torch.save never writes: {_REMEDY} again."
            )
        if sum(one.file_size for one in entries) > len(content):
            raise _damaged(path)
        try:
            pickles = [archive.read(one) for one in entries if _is_pickle(one)]
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise _damaged(path) from error
    for each in pickles:
        if len(each) > _LONGEST_PICKLE:
            raise _too_long(path)
        _look_through(io.BytesIO(each), 1, path)
    return _loaded(content, path)


def read_legacy(content: bytes, path: Path) -> Held:
    """The same for a file as torch.save wrote it before 2020.

    Raises:
        UserError: it is damaged, or holds something else than a state_dict.
    """
    assert content[2:].startswith(TORCH_MAGIC)  # noqa: S101 - recognised before
    _look_through(io.BytesIO(content), _LEGACY_PICKLES, path)
    return _loaded(content, path)


def _is_pickle(entry: zipfile.ZipInfo) -> bool:
    """Whether torch may take it for its pickle: it finds names whatever their case is."""
    return entry.filename.rpartition("/")[2].lower() == "data.pkl"


def _look_through(file: io.BytesIO, pickles: int, path: Path) -> None:
    """Takes pickles apart into their steps, without taking any.

    Raises:
        UserError: one names a class that no state_dict has, or there are too many steps.
    """
    steps = 0
    try:
        for _ in range(pickles):
            for step, argument, place in pickletools.genops(file):
                steps += 1
                if steps > _MOST_STEPS or (place or 0) > _LONGEST_PICKLE:
                    raise _too_long(path)
                if step.name in {"INST", "STACK_GLOBAL", "EXT1", "EXT2", "EXT4"}:
                    raise UserError(
                        f"{path} is in a form of pickle that is not read, as it could run any "
                        f"code: {_REMEDY}, without pickle_protocol."
                    )
                if step.name == "GLOBAL" and argument in _OTHER_TENSORS:
                    raise UserError(
                        f"{path} holds {_OTHER_TENSORS[argument]}, which are not read: make plain "
                        f"ones in single precision of them where they were made, and {_REMEDY}."
                    )
                if step.name == "GLOBAL" and argument not in _HARMLESS:
                    raise _more_than_tensors(path, str(argument).replace(" ", "."))
    except (ValueError, EOFError, IndexError, OverflowError, DeprecationWarning) as error:
        # The last of names with invalid escapes, where warnings are errors.
        raise _damaged(path) from error


def _more_than_tensors(path: Path, what: str) -> UserError:
    return UserError(
        f"{path} holds more than tensors ({shortened(what)}), and loading that could run any code: "
        f"load it where it was made, and {_REMEDY}."
    )


def _too_long(path: Path) -> UserError:
    return UserError(f"{path} holds far more than the weights of a LeNet-5: {_REMEDY}.")


def _damaged(path: Path) -> UserError:
    return UserError(
        f"{path} is a damaged file of PyTorch (truncated, or changed): copy or download it again."
    )


# ---------------------------------------------------------------- what torch has read


def _loaded(content: bytes, path: Path) -> Held:
    import torch

    try:
        held = torch.load(io.BytesIO(content), map_location="cpu", weights_only=True)
    except Exception as error:  # whatever torch says of damaged content
        raise _damaged(path) from error
    state = _state_in(held, path)
    tensors = {
        name: one
        for name, one in state.items()
        if isinstance(name, str) and isinstance(one, torch.Tensor)
    }
    if sum(min(one.numel(), MOST_VALUES) for one in tensors.values()) > MOST_VALUES_IN_ALL:
        raise _too_long(path)
    arrays = {name: _array(one, name, path) for name, one in tensors.items()}
    return arrays, _facts_beside(state)


def _facts_beside(state: Mapping[Any, Any]) -> dict[str, str]:
    """Those that `model_files.state_dict` writes where PyTorch itself keeps versions of layers."""
    metadata = getattr(state, "_metadata", None)
    facts = metadata.get(WEIGHTS.key) if isinstance(metadata, Mapping) else None
    is_told = isinstance(facts, Mapping) and all(
        isinstance(name, str) and isinstance(one, str) for name, one in facts.items()
    )
    return dict(facts) if facts and is_told else {}


_NETWORKS = ("state_dict", "model_state_dict", "model", "net", "network", "weights", "params")
"""Under these names programs keep a network's state_dict, beside other things."""

_NO_NETWORK = ("optim", "sched", "scaler", "ema", "config", "args", "hyper")
"""In the names of what they keep beside it."""

_DEEPEST = 2


def _state_in(held: object, path: Path, depth: int = 0) -> Mapping[Any, Any]:
    """The state_dict in what a file holds: itself, or under a name.

    Raises:
        UserError: there is none, or more than one.
    """
    if not isinstance(held, Mapping):
        raise UserError(
            f"{path} holds {_kind_of(held)}, not a state_dict (tensors by name): {_REMEDY}."
        )
    if len(held) > MOST_TENSORS:
        raise _too_long(path)
    if _has_weights(held):
        return held
    inner = {
        name: one for name, one in _some(held) if isinstance(one, Mapping) and _has_any(one, depth)
    }
    usual = [name for name in _NETWORKS if name in inner]
    likely = usual or [
        name for name in inner if not any(word in str(name).lower() for word in _NO_NETWORK)
    ]
    if len(likely) > 1:
        told = " and ".join(shortened(str(name)) for name in likely[:2])
        raise UserError(f"{path} holds more than one network ({told}): {_REMEDY}.")
    if not likely and _has_tensors(held):
        return held
    if not likely or depth == _DEEPEST:
        raise UserError(f"{path} holds no state_dict (tensors by name): {_REMEDY}.")
    return _state_in(inner[likely[0]], path, depth + 1)


def _has_any(held: Mapping[Any, Any], depth: int) -> bool:
    """Whether there are weights in it, or in what it holds."""
    if _has_weights(held):
        return True
    return depth < _DEEPEST and any(
        isinstance(one, Mapping) and _has_any(one, depth + 1) for _, one in _some(held)
    )


def _some(held: Mapping[Any, Any]) -> Iterator[tuple[Any, Any]]:
    return islice(held.items(), 50)


def _has_weights(held: Mapping[Any, Any]) -> bool:
    """Whether there are tensors of two dimensions or more: others may be an epoch or a loss."""
    import torch

    some = (one for name, one in _some(held) if isinstance(name, str))
    return any(isinstance(one, torch.Tensor) and one.dim() > 1 for one in some)


def _has_tensors(held: Mapping[Any, Any]) -> bool:
    import torch

    return any(isinstance(name, str) and isinstance(one, torch.Tensor) for name, one in _some(held))


def _kind_of(held: object) -> str:
    import torch

    return "a single tensor" if isinstance(held, torch.Tensor) else f"a {type(held).__name__}"


def _array(tensor: "Tensor", name: str, path: Path) -> Floats:
    """Its values in single precision."""
    import torch

    usable = tensor.layout is torch.strided and tensor.device.type == "cpu"
    if not usable or tensor.is_quantized or tensor.is_complex():
        kind = str(tensor.dtype).removeprefix("torch.")
        raise UserError(
            f"{path}: {shortened(name)} is not a plain tensor of numbers ({kind}): {_REMEDY}."
        )
    if tensor.numel() > MOST_VALUES:
        raise UserError(
            f"{path}: {shortened(name)} has {tensor.numel():,} values, and LeNet-5's largest "
            "tensor 48,000: choose another file."
        )
    values: Floats = tensor.detach().to(torch.float32).contiguous().clone().numpy()
    return values
