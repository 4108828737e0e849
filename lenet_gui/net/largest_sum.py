"""How large the sums of a network without an upper end can become, by its weights. No torch."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np

from lenet_gui.errors import UserError
from lenet_gui.net.array_layers import Floats
from lenet_gui.net.tensor_file import WEIGHTS

LARGEST_SUM: Final = 1e30
"""Beyond it, single precision may overflow, of sums or of what is computed from them."""

_LARGEST_INPUT: Final = 3.0
"""No input scale goes further: normalised, ink is 2.82."""


def check_sums(path: Path, arrays: Mapping[str, Floats]) -> None:
    """Checks that no sum of a Modern with these weights can overflow, if it has ReLU.

    Raises:
        UserError: one can; the message names the file.
    """
    if largest_sum(arrays) > LARGEST_SUM:
        raise UserError(
            f"{path} contains weights so large that sums of a network with ReLU can overflow: "
            f"{WEIGHTS.remedy}."
        )


def largest_sum(arrays: Mapping[str, Floats]) -> float:
    """No sum of a Modern with ReLU is larger, whatever is drawn.

    Args:
        arrays: its weights by the names of `net.weight_arrays.parameter_shapes`.
    """
    largest = _LARGEST_INPUT
    for layer in ("C1", "C3", "C5", "F6", "output"):
        weight, bias = (arrays[f"{layer}.{one}"].astype(np.float64) for one in ("weight", "bias"))
        largest = float((np.abs(weight).reshape(len(bias), -1).sum(axis=1) * largest).max())
        largest += float(np.abs(bias).max())
    return largest
