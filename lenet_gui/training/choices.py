"""The choices that a recipe offers besides those of the network. No torch."""

from enum import StrEnum
from typing import Final

MNIST: Final = "mnist"
"""The `data` of a recipe that trains on MNIST, wherever it is found."""

COMMITTEE: Final = "committee"
"""The `teachers` of a recipe for those that come with the program."""

MOST_EPOCHS: Final = 10_000
"""No recipe has more epochs, and so no run."""

LARGEST_RECIPE: Final = 1 << 20
"""Bytes of a file beyond which it is not read as a recipe; one has about 1,000."""


class Optimiser(StrEnum):
    """What turns gradients into updates."""

    ADAM = "adam"
    SGD = "sgd"  # with the recipe's momentum
    SDLM = "sdlm"  # stochastic diagonal Levenberg-Marquardt, the paper's (App. C)


class Schedule(StrEnum):
    """How the learning rate changes over the epochs, after the warm-up."""

    CONSTANT = "constant"
    COSINE = "cosine"  # down to 0 at the last step
    PAPER = "paper"  # the paper's steps, pass by pass, from 1 down to 1/50 (III-B)


class Order(StrEnum):
    """In which order an epoch goes through the training digits."""

    FRESH = "fresh"  # drawn for each epoch
    CONSTANT = "constant"  # drawn once, as in the paper (III-B)


class Device(StrEnum):
    """Where the training is computed."""

    AUTO = "auto"  # the faster one of CUDA and the CPU, see `device_choice`
    CPU = "cpu"
    CUDA = "cuda"
    MPS = "mps"
