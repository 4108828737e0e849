"""A recipe says everything that decides how a training run ends. No torch."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from lenet_gui.data.distortion import Distortion
from lenet_gui.data.words import BUILTIN as BUILTIN
from lenet_gui.data.words import Transpose as Transpose
from lenet_gui.net.architecture import (
    DEFAULT_J,
    LARGEST_J,
    LARGEST_TEMPERATURE,
    LOSSES,
    RUBBISH_LOSSES,
    Architecture,
    InitialWeights,
    Loss,
    Variant,
)
from lenet_gui.training.checked import Checked
from lenet_gui.training.choices import COMMITTEE as COMMITTEE
from lenet_gui.training.choices import MNIST as MNIST
from lenet_gui.training.choices import MOST_EPOCHS
from lenet_gui.training.choices import Device as Device
from lenet_gui.training.choices import Optimiser as Optimiser
from lenet_gui.training.choices import Order as Order
from lenet_gui.training.choices import Schedule as Schedule
from lenet_gui.training.described import Described, Group, Needs, described
from lenet_gui.training.fields import Choice, Optional, Place, Ranges, Real, Text, Whole

_ORIGINAL = (Variant.ORIGINAL,)
_BY_RBF = Needs("variant", _ORIGINAL, "which has no RBF output to measure it on")
_LIKE_MODERN = Needs("variant", (Variant.MODERN,), "which has other losses")
_RUBBISH_CLASS = Needs("loss", RUBBISH_LOSSES, "which has no rubbish class")
_ONLY_SDLM = Needs("optimiser", (Optimiser.SDLM,), "which has none")
_NOT_SDLM = (Optimiser.ADAM, Optimiser.SGD)


@dataclass(frozen=True, repr=False)
class Recipe(Checked):
    """How to train one network.

    Each field is described once, here: the checks, the form of the window, the options of the
    command line, files and messages are made from it. Strings are accepted for the choices, too
    (`variant="modern"`). The same recipe on the same data with the same number of threads gives
    the same weights, bit for bit, on the CPU.

    Raises:
        RecipeError: a value is invalid; each such field is named.
    """

    name: str = described(
        "original",
        Text(longest=60),
        "Name",
        "The name of the run in lists and plots",
        group=Group.RUN,
        metavar="NAME",
    )
    variant: Variant = described(
        Variant.ORIGINAL,
        Choice({Variant.ORIGINAL: "Original", Variant.MODERN: "Modern"}),
        "Network",
        "The paper's network, or its modern form",
        group=Group.NETWORK,
    )
    architecture: Architecture = described(
        Architecture.LENET5,
        Choice({Architecture.LENET5: "LeNet-5", Architecture.STRONG_TEACHER: "strong teacher"}),
        "Architecture",
        "A LeNet-5, or a strong teacher: a more accurate network of nine layers, for LeNet-5 to "
        "learn from",
        group=Group.NETWORK,
        choice_needs={Architecture.STRONG_TEACHER: _LIKE_MODERN},
    )
    data: str = described(
        MNIST,
        Place(
            words={MNIST: "MNIST", BUILTIN: "built-in digits"},
            asks="The folder of a data set",
            asks_file="The file of a data set",
        ),
        "Data",
        "Where the training and test digits come from",
        group=Group.DATA,
        help="the folder or file of a data set (IDX files, CSV, .npz, pictures), or builtin",
        metavar="PATH|builtin",
    )
    transpose: Transpose = described(
        Transpose.AUTO,
        Choice({Transpose.AUTO: "auto", Transpose.YES: "yes", Transpose.NO: "no"}),
        "Transpose",
        "Exchange rows and columns of a data set's pictures; auto: only those of EMNIST",
        group=Group.DATA,
    )
    training_digits: int | None = described(
        None,
        Optional(Whole(1, 10_000_000), "all"),
        "Digits",
        "Train only on this many of the first training digits; empty for all",
        group=Group.DATA,
        unit="digits",
        help="train on the first N digits",
        steps=(1000, 2000, 5000, 10_000, 15_000, 30_000),
    )
    added_digits: int = described(
        0,
        Whole(0, 1_000_000),
        "Digits added",
        "Digits that the program generates, in addition to the others; never held out",
        group=Group.DIGITS,
        unit="digits",
        help="digits that the program generates, in addition to the training digits",
        steps=(0, 1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000),
        remark="{:,} built-in digits added".format,
    )
    rubbish: int = described(
        0,
        Whole(0, 1_000_000),
        "Rubbish",
        "Pictures that are not digits (letters, scribbles, dots), to learn to reject them",
        group=Group.DIGITS,
        unit="pictures",
        help="pictures that are not digits, in addition to the training digits",
        needs=(_RUBBISH_CLASS,),
        otherwise=0,
        steps=(0, 500, 1000, 2000, 5000, 10_000, 20_000),
        remark="{:,} non-digit pictures added".format,
    )
    teachers_share: float = described(
        0.0,
        Real(0, 1),
        "Teachers",
        "The share of the target that is the posterior of trained networks, the teachers; the "
        "rest is the label",
        group=Group.TEACHERS,
        help="share of the target, 0 to 1, that is the teachers' posterior",
        needs=(
            _RUBBISH_CLASS,
            Needs("optimiser", _NOT_SDLM, "whose curvatures are those of the paper's Eq. 9"),
        ),
        otherwise=0,
        steps=(0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1),
        remark=lambda share: f"{100 * share:g} % taught by a committee",
    )
    teachers: str = described(
        COMMITTEE,
        Place(
            words={COMMITTEE: "shipped committee"},
            asks="The folder with the teachers' weights",
        ),
        "Taught by",
        "The teachers: those that come with the program, or a folder of weights files",
        group=Group.TEACHERS,
        help="the teachers: the shipped ones, or a folder of weights files",
        metavar="committee|DIR",
    )
    validation_share: float = described(
        0.0,
        Real(0, 0.5),
        "Validation",
        "Share of the training digits that is held out at random for validation",
        group=Group.DATA,
        help="hold out this share of the training digits, 0 to 0.5",
        steps=(0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5),
        remark=lambda share: f"{100 * share:g} % held out",
    )
    epochs: int = described(
        20,
        Whole(1, MOST_EPOCHS),
        "Epochs",
        "Passes over the training digits",
        group=Group.OPTIMISER,
        steps=tuple(range(1, 101)),
    )
    batch_size: int = described(
        64,
        Whole(1, 65_536),
        "Batch size",
        "Digits per update; 1 in the paper, which has no larger batches for SDLM",
        group=Group.OPTIMISER,
        unit="digits",
        help="digits per update",
        steps=tuple(2**power for power in range(11)),
    )
    optimiser: Optimiser = described(
        Optimiser.ADAM,
        Choice(
            {
                Optimiser.ADAM: "Adam",
                Optimiser.SGD: "SGD, momentum",
                Optimiser.SDLM: "SDLM, the paper's",
            }
        ),
        "Optimiser",
        "What turns gradients into updates; SDLM is the paper's stochastic diagonal "
        "Levenberg-Marquardt, only for the Original network",
        group=Group.OPTIMISER,
        help="what turns gradients into updates",
        choice_needs={Optimiser.SDLM: _BY_RBF},
    )
    learning_rate: float = described(
        0.001,
        Real(0, 100, above=True),
        "Rate",
        "Learning rate at its highest; eta of SDLM",
        group=Group.OPTIMISER,
        option="--lr",
        help="the learning rate at its highest",
        steps=tuple(base * 10.0**power for power in range(-5, 1) for base in (1, 2, 5)),
    )
    schedule: Schedule = described(
        Schedule.COSINE,
        Choice({schedule: str(schedule) for schedule in Schedule}),
        "Schedule",
        "How the rate changes over the epochs: constant, down to 0 along a cosine, or down to a "
        "fiftieth in the paper's steps",
        group=Group.OPTIMISER,
        help="how the learning rate changes",
    )
    warm_up: float = described(
        0.0,
        Real(0, 10_000),
        "Warm-up",
        "How long the rate rises linearly before the schedule starts",
        group=Group.OPTIMISER,
        unit="epochs",
        help="epochs over which the learning rate first rises",
        no_longer_than="epochs",
        steps=(0, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10),
    )
    momentum: float = described(
        0.9,
        Real(0, 0.9999),
        "Momentum",
        "For SGD (Nesterov): how much of the last update the next one keeps",
        group=Group.OPTIMISER,
        help="for sgd: how much of the last update the next one keeps",
        needs=(Needs("optimiser", (Optimiser.SGD,), "which has none"),),
        steps=(0, 0.5, 0.8, 0.9, 0.95, 0.99),
    )
    mu: float = described(
        0.02,
        Real(0, 100, above=True),
        "mu",
        "For SDLM: keeps steps finite where the curvature is 0; 0.02 in the paper",
        group=Group.OPTIMISER,
        help="for sdlm: keeps steps finite where the curvature is 0",
        needs=(_ONLY_SDLM,),
        steps=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1),
    )
    curvature_digits: int = described(
        500,
        Whole(1, 1_000_000),
        "Measured on",
        "For SDLM: how many digits are drawn before each epoch to measure its curvatures on",
        group=Group.OPTIMISER,
        unit="digits",
        help="digits that sdlm measures its curvatures on",
        needs=(_ONLY_SDLM,),
        steps=(50, 100, 200, 500, 1000, 2000, 5000),
    )
    first_epoch_measures: int = described(
        1,
        Whole(1, 1000),
        "Measures",
        "For SDLM: how often its curvatures are measured in the first epoch, evenly spread",
        group=Group.OPTIMISER,
        help="how often sdlm measures its curvatures in the first epoch",
        needs=(_ONLY_SDLM,),
        steps=(1, 2, 5, 10, 20, 50, 100),
    )
    weight_decay: float = described(
        0.0,
        Real(0, 1),
        "Weight decay",
        "How strongly each update pulls the weights towards 0 (L2)",
        group=Group.OPTIMISER,
        help="how strongly each update pulls the weights towards 0",
        needs=(Needs("optimiser", _NOT_SDLM, "which has none in the paper"),),
        otherwise=0,
        steps=(0, 0.00001, 0.0001, 0.001, 0.01, 0.1),
    )
    averaging: float = described(
        0.0,
        Real(0, 0.99999),
        "Averaging",
        "How much of the running mean of the weights each update keeps; 0 for no averaging",
        group=Group.OPTIMISER,
        steps=(0, 0.9, 0.99, 0.999, 0.9999),
        remark=lambda _: "weights averaged",
    )
    loss: Loss = described(
        Loss.MAP,
        Choice(
            {
                Loss.MAP: "MAP, Eq. 9",
                Loss.DISTANCE: "distance, Eq. 8",
                Loss.CROSS_ENTROPY: "cross-entropy",
                Loss.CROSS_ENTROPY_RUBBISH: "cross-entropy, rubbish class",
            }
        ),
        "Loss",
        "What training minimises",
        group=Group.NETWORK,
        help="what is minimised",
        choice_needs={
            loss: Needs("variant", (variant,), "which has a different kind of output")
            for variant, losses in LOSSES.items()
            for loss in losses
        },
    )
    j: float = described(
        DEFAULT_J,
        Real(0, LARGEST_J),
        "j",
        "The constant of the rubbish class in Eq. 9, above 0 in the paper: the larger it is, the "
        "farther a picture must be from every code to count as no digit",
        group=Group.NETWORK,
        help="the rubbish constant of Eq. 9",
        needs=(Needs("variant", _ORIGINAL, "whose losses have none"),),
        steps=(0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50),
    )
    temperature: float = described(
        1.0,
        Real(0, LARGEST_TEMPERATURE, above=True),
        "Temperature",
        "What the distances and j in Eq. 9 are divided by; 1 in the paper, and above 1 the gaps "
        "between the distances must be wider",
        group=Group.NETWORK,
        help="what the distances and j in Eq. 9 are divided by; 1 in the paper",
        needs=(
            Needs("loss", (Loss.MAP,), "which is not Eq. 9", resets=True),
            Needs("optimiser", _NOT_SDLM, "whose curvatures are those of the paper's Eq. 9"),
        ),
        otherwise=1,
        steps=(0.5, 1, 2, 5, 10, 20),
    )
    initial_weights: InitialWeights = described(
        InitialWeights.INVERSE_SQRT,
        Choice(
            {InitialWeights.PAPER: "2.4/F, the paper's", InitialWeights.INVERSE_SQRT: "1/sqrt(F)"}
        ),
        "First weights",
        "The range from which the first weights are drawn; F is the fan-in of a unit",
        group=Group.NETWORK,
    )
    order: Order = described(
        Order.FRESH,
        Choice({Order.FRESH: "fresh each epoch", Order.CONSTANT: "constant, the paper's"}),
        "Order",
        "The order of the training digits: drawn again for each epoch, or once for all epochs",
        group=Group.OPTIMISER,
    )
    distortions: Distortion | None = described(
        None,
        Ranges(),
        "Distortions",
        "Random changes of each digit, drawn again in each epoch",
        group=Group.DIGITS,
    )
    distorted_share: float = described(
        1.0,
        Real(0, 1),
        "Distorted",
        "Share of the digits that are distorted; the others stay as they are",
        group=Group.DIGITS,
        steps=(0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1),
    )
    seed: int = described(
        0,
        Whole(0, 2**31 - 1),
        "Seed",
        "Decides first weights, order and distortions: the same seed gives the same result",
        group=Group.RUN,
        help="decides first weights, order and distortions",
        steps=(0, *(base * 10**power for power in range(5) for base in (1, 2, 5))),
    )
    device: Device = described(
        Device.AUTO,
        Choice({device: str(device) for device in Device}),
        "Device",
        "Where the training is computed; auto takes a CUDA card if there is one and it is faster, "
        "so not with SDLM or a few digits per update",
        group=Group.RUN,
        help="where the training is computed",
    )

    @classmethod
    def completed(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        """A variant without a loss takes that variant's default loss."""
        if "variant" not in values or "loss" in values:
            return dict(values)
        usual = [losses[0] for variant, losses in LOSSES.items() if variant == values["variant"]]
        return dict(values) | ({"loss": usual[0]} if usual else {})


FIELDS: Final[Mapping[str, Described]] = Recipe.fields()
"""The description of each field, by name, in their order."""
