"""A network as PyTorch's state_dict (.pth), with a short Python file beside it that loads it."""

import io
from collections import OrderedDict
from contextlib import suppress
from itertools import count
from pathlib import Path

import torch
from torch import Tensor

from lenet_gui.files import write_atomically
from lenet_gui.model_files.described import DescribedNetwork
from lenet_gui.model_files.plain_network import plain_state
from lenet_gui.model_files.plain_source import SOURCE_NAME, plain_source
from lenet_gui.net.tensor_file import WEIGHTS
from lenet_gui.safe_reading import read_ordinary


def write_state_dict(model: DescribedNetwork, target: Path) -> Path:
    """Writes `target` and, beside it, the file that loads it, both or none.

    A file that is there already and is not the same stays: the next free name is taken.

    Returns:
        The Python file.

    Raises:
        UserError: a file cannot be written.
    """
    content = io.BytesIO()
    torch.save(_with_facts(plain_state(model.network), model.told), content)
    source = plain_source(model).encode()
    beside = _place_beside(target, source)
    is_new = not beside.exists()
    if is_new:
        write_atomically(beside, source)
    try:
        write_atomically(target, content.getvalue())
    except BaseException:
        if is_new:
            with suppress(OSError):
                beside.unlink()
        raise
    return beside


def _with_facts(state: dict[str, Tensor], facts: dict[str, str]) -> "OrderedDict[str, Tensor]":
    """A state_dict as a module's own, which also keeps versions of its layers beside the tensors.

    The facts are there too: `load_state_dict` does not look at them, this program does.
    """
    with_facts = OrderedDict(state)
    with_facts._metadata = {WEIGHTS.key: facts}  # type: ignore[attr-defined] # noqa: SLF001
    return with_facts


def _place_beside(target: Path, source: bytes) -> Path:
    """Where the file is already, or can be without replacing another: lenet5.py, lenet5_2.py..."""
    first = target.with_name(SOURCE_NAME)
    if _is_free_for(first, source):
        return first
    numbered = (first.with_stem(f"{first.stem}_{number}") for number in count(2))
    return next(place for place in numbered if _is_free_for(place, source))


def _is_free_for(place: Path, source: bytes) -> bool:
    try:
        return read_ordinary(place, len(source)) == source
    except FileNotFoundError:
        return not place.is_symlink()  # one that leads nowhere
    except OSError:
        return False
