"""A picture file and a choice of network in, a reading out: what predict and export have in common.

Imports torch and numpy: a command imports this module when it runs.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lenet_gui.cli.given_network import given_lenet5
from lenet_gui.data.class_names import class_names_of
from lenet_gui.data.ink import Box
from lenet_gui.data.pictures.digit import digit_of_picture
from lenet_gui.explore.reader import read_digit
from lenet_gui.explore.reading import Reading
from lenet_gui.net.architecture import Variant
from lenet_gui.net.calibration import Calibration
from lenet_gui.net.lenet5 import LeNet5
from lenet_gui.paths import shipped_weights, weights_file


@dataclass(frozen=True)
class ChosenNetwork:
    """The network to ask, its file, what that says of it, and when its answers are rejected."""

    network: LeNet5
    file: Path
    facts: dict[str, str]
    calibration: Calibration


def chosen_network(args: argparse.Namespace) -> ChosenNetwork:
    """Loads the network that `--variant` and `--weights` choose; without them the Original.

    Raises:
        UserError: the file is missing or wrong, or holds the other variant.
    """
    expected = None if args.variant is None else Variant(args.variant)
    named = args.weights
    file = weights_file(named) if named else shipped_weights(expected or Variant.ORIGINAL)
    loaded = given_lenet5(file, args.form, expected)
    return ChosenNetwork(loaded.network, file, loaded.facts, loaded.calibration)


def read_picture(
    picture: Path, chosen: ChosenNetwork, region: Box | None = None
) -> tuple[Reading, NDArray[np.float32]]:
    """Preprocesses a picture of one digit, which is in a region or anywhere, and reads it.

    Returns:
        The reading, and the digit float32[28, 28] in 0..1 that was read.

    Raises:
        UserError: the picture cannot be read or shows nothing.
    """
    steps = digit_of_picture(picture, region)
    names = class_names_of(chosen.facts)
    return read_digit(chosen.network, steps.centred, chosen.calibration, names), steps.centred
