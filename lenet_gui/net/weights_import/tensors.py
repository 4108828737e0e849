"""The tensors of a safetensors file, whatever their names, in single precision. No torch."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lenet_gui.errors import UserError
from lenet_gui.net.array_layers import Floats
from lenet_gui.net.weights_import.accepted import MOST_TENSORS, MOST_VALUES
from lenet_gui.printable import shortened


def in_single_precision(tensors: Mapping[str, NDArray[Any]], path: Path) -> dict[str, Floats]:
    """Half, single, double precision or whole numbers as float32; what is too large as infinity.

    Raises:
        UserError: a tensor is larger than any of LeNet-5, or there are too many.
    """
    if len(tensors) > MOST_TENSORS:
        raise UserError(f"{path} holds far more than a LeNet-5: choose another file.")
    made: dict[str, Floats] = {}
    for name, tensor in tensors.items():
        if tensor.size > MOST_VALUES:
            raise UserError(
                f"{path}: {shortened(name)} has {tensor.size:,} values, and LeNet-5's largest "
                "tensor 48,000: choose another file."
            )
        with np.errstate(over="ignore"):
            made[name] = np.ascontiguousarray(tensor, dtype=np.float32)
    return made
