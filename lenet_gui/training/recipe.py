"""A recipe says everything that decides how a training ends. No torch."""

import dataclasses
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from lenet_gui.data.distortion import Distortion
from lenet_gui.data.source import BUILTIN as BUILTIN
from lenet_gui.errors import UserError
from lenet_gui.net.architecture import (
    DEFAULT_J,
    LARGEST_J,
    LARGEST_TEMPERATURE,
    LOSSES,
    RUBBISH_LOSSES,
    InitialWeights,
    Loss,
    Variant,
)
from lenet_gui.training.fields import Choice, Field, Optional, Real, Text, Whole, problem_with

MNIST = "mnist"
"""The `data` of a recipe that trains on MNIST, wherever it is found."""

COMMITTEE = "committee"
"""The `teachers` of a recipe that are those which come with the program."""


class Optimiser(StrEnum):
    """What turns gradients into updates."""

    ADAM = "adam"
    SGD = "sgd"  # with the recipe's momentum
    SDLM = "sdlm"  # stochastic diagonal Levenberg-Marquardt, the paper's (App. C)


class Schedule(StrEnum):
    """How the learning rate goes over the epochs, after the warm-up."""

    CONSTANT = "constant"
    COSINE = "cosine"  # down to 0 at the last step
    PAPER = "paper"  # the paper's steps, pass by pass, from 1 down to 1/50 (III-B)


class Order(StrEnum):
    """In which order an epoch goes through the training digits."""

    FRESH = "fresh"  # drawn anew for each epoch
    CONSTANT = "constant"  # drawn once, the paper's way (III-B)


class Device(StrEnum):
    """Where the arithmetic is done."""

    AUTO = "auto"  # CUDA if there is one, otherwise the CPU
    CPU = "cpu"
    CUDA = "cuda"
    MPS = "mps"


@dataclass(frozen=True)
class Recipe:
    """How to train one network.

    Strings are taken for the choices too (`variant="modern"`). The same recipe on the same data
    with the same number of threads gives the same weights, bit for bit, on the CPU.

    Raises:
        UserError: a value cannot be; each such field is named, in one sentence.
    """

    name: str = "original"  # for lists and plots
    variant: Variant = Variant.ORIGINAL
    data: str = MNIST  # "mnist", "builtin" or a folder with the four MNIST files
    training_digits: int | None = None  # only the first so many; None for all
    added_digits: int = 0  # so many built-in digits beside them, which are never held out
    rubbish: int = 0  # so many pictures of no digit beside them; the loss needs a class for them
    teachers_share: float = 0.0  # of the target that is trained for: what teachers say; 0..1
    teachers: str = COMMITTEE  # "committee" or a folder with files of weights
    validation_share: float = 0.0  # of the training digits, held out at random; 0..0.5
    epochs: int = 20  # passes over the training digits
    batch_size: int = 64  # digits per update; the last, smaller batch of an epoch counts too
    optimiser: Optimiser = Optimiser.ADAM
    learning_rate: float = 0.001  # at its highest
    schedule: Schedule = Schedule.COSINE
    warm_up: float = 0.0  # epochs over which the rate first rises in a straight line
    momentum: float = 0.9  # of SGD (Nesterov's kind); the others do not use it
    mu: float = 0.02  # of SDLM: keeps steps finite where the curvature is 0
    curvature_digits: int = 500  # of SDLM: from so many its curvature is measured before an epoch
    first_epoch_measures: int = 1  # of SDLM: so often in the first epoch, evenly spread
    weight_decay: float = 0.0  # pull towards 0, in units of the weight (L2)
    averaging: float = 0.0  # of a running mean of the weights, what a step keeps; 0: no mean
    loss: Loss = Loss.MAP  # map and distance for Original, cross-entropy for Modern
    j: float = DEFAULT_J  # rubbish constant of Eq. 9; Modern does not use it
    temperature: float = 1.0  # divides the distances and j in Eq. 9; 1 is the paper's
    initial_weights: InitialWeights = InitialWeights.INVERSE_SQRT
    order: Order = Order.FRESH
    distortions: Distortion | None = None  # drawn anew for each digit in each epoch
    distorted_share: float = 1.0  # of the digits; the others stay as they are
    seed: int = 0  # of the initial weights, the order and the distortions
    device: Device = Device.AUTO

    def __post_init__(self) -> None:
        problems = [
            problem
            for name, field in _FIELDS.items()
            if (problem := problem_with(name, getattr(self, name), field))
        ]
        distortions: object = self.distortions
        if not isinstance(distortions, Distortion | None):
            problems.append(f"distortions must be ranges or nothing, not {self.distortions!r}")
        problems += self._wrong_together({problem.partition(" ")[0] for problem in problems})
        if problems:
            raise UserError(f"The recipe cannot be used: {'; '.join(problems)}.")
        self._normalise()

    def _normalise(self) -> None:
        """Makes choices of strings and floats of whole numbers, so that equal recipes are equal."""
        for name, field in _FIELDS.items():
            value = getattr(self, name)
            object.__setattr__(self, name, field.normalised(value))

    def _wrong_together(self, wrong: set[str]) -> list[str]:
        """What is wrong with fields beside each other, none of which is in `wrong` by itself."""
        problems = []
        if wrong.isdisjoint({"loss", "variant"}) and self.loss not in LOSSES[self.variant]:
            known = " or ".join(LOSSES[self.variant])
            problems.append(
                f"loss {self.loss} is not for the {self.variant.capitalize()} network, "
                f"which takes {known}"
            )
        if wrong.isdisjoint({"warm_up", "epochs"}) and self.warm_up > self.epochs:
            problems.append(f"warm_up ({self.warm_up:g}) is longer than epochs ({self.epochs})")
        if (
            wrong.isdisjoint({"rubbish", "loss"})
            and self.rubbish
            and (self.loss not in RUBBISH_LOSSES)
        ):
            problems.append(
                f"rubbish needs a loss with a rubbish class ({' or '.join(RUBBISH_LOSSES)}), "
                f"which {self.loss} has not"
            )
        if wrong.isdisjoint({"teachers_share", "loss", "optimiser"}) and self.teachers_share:
            if self.loss not in RUBBISH_LOSSES:
                problems.append(
                    f"teachers_share must be 0 with the loss {self.loss}, which has no rubbish "
                    f"class (take {' or '.join(RUBBISH_LOSSES)}), not {self.teachers_share:g}"
                )
            elif self.optimiser == Optimiser.SDLM:
                problems.append(
                    "teachers_share must be 0 with optimiser sdlm, whose curvatures are those of "
                    f"the paper's Eq. 9, not {self.teachers_share:g}"
                )
        if (
            wrong.isdisjoint({"optimiser", "variant"})
            and self.optimiser == Optimiser.SDLM
            and self.variant != Variant.ORIGINAL
        ):
            problems.append(
                "optimiser sdlm is for the Original network alone, because its curvatures are "
                "those of the RBF output; take adam or sgd"
            )
        if (
            wrong.isdisjoint({"weight_decay", "optimiser"})
            and self.weight_decay
            and self.optimiser == Optimiser.SDLM
        ):
            problems.append(
                "weight_decay must be 0 with optimiser sdlm, because the paper's has none, "
                f"not {self.weight_decay:g}"
            )
        if wrong.isdisjoint({"temperature", "loss", "optimiser"}) and self.temperature != 1:
            if self.loss != Loss.MAP:
                problems.append(
                    f"temperature must be 1 with the loss {self.loss}, because it belongs to Eq. 9 "
                    f"(map), not {self.temperature:g}"
                )
            elif self.optimiser == Optimiser.SDLM:
                problems.append(
                    "temperature must be 1 with optimiser sdlm, whose curvatures are those of the "
                    f"paper's Eq. 9, not {self.temperature:g}"
                )
        return problems

    @classmethod
    def from_json(cls, source: str | bytes | dict[str, Any], where: str = "The recipe") -> Self:
        """Reads a recipe; a missing field takes its default.

        Args:
            source: JSON text, or the object that it stands for.
            where: how messages call the source, e.g. "The recipe mine.json".

        Raises:
            UserError: not JSON, not an object, or fields that are unknown or wrong, each named.
        """
        content = source if isinstance(source, dict) else _parsed(source, where)
        known = [field.name for field in dataclasses.fields(cls)]
        problems = [
            f"{_shown(name)} is not a field of a recipe" for name in content if name not in known
        ]
        values = {name: value for name, value in content.items() if name in known}
        try:
            if "variant" in values and "loss" not in values:
                values |= _default_loss(values["variant"])
            if values.get("distortions") is not None:
                values["distortions"] = _read_distortions(values["distortions"])
        except UserError as error:
            problems.append(str(error).removesuffix("."))
            del values["distortions"]
        try:
            recipe = cls(**values)
        except UserError as error:
            reason = str(error).removeprefix("The recipe cannot be used: ").removesuffix(".")
            problems.append(reason)
        if problems:
            raise UserError(f"{where} cannot be used: {'; '.join(problems)}.")
        return recipe

    def as_dict(self) -> dict[str, Any]:
        """The recipe as a JSON object."""
        values = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        plain = {
            name: str(value) if isinstance(value, StrEnum) else value
            for name, value in values.items()
        }
        plain["distortions"] = dataclasses.asdict(self.distortions) if self.distortions else None
        return plain

    def to_json(self) -> str:
        """The recipe as JSON text, one field a line."""
        return json.dumps(self.as_dict(), indent=2, ensure_ascii=False) + "\n"

    def with_changes(self, **changes: Any) -> Self:
        """This recipe with some fields changed, checked again.

        A change of variant without a word on the loss takes that variant's usual loss.

        Raises:
            UserError: an unknown field or a value that cannot be.
        """
        if "variant" in changes and "loss" not in changes:
            usual = _default_loss(changes["variant"])
            if changes["variant"] != self.variant:
                changes |= usual
        unknown = set(changes) - {field.name for field in dataclasses.fields(self)}
        if unknown:
            raise UserError(f"{', '.join(sorted(unknown))}: a recipe has no such field.")
        return dataclasses.replace(self, **changes)


def _parsed(text: str | bytes, where: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError(f"{where} is not JSON ({error}): mend it or choose a preset.") from error
    if not isinstance(content, dict):
        raise UserError(f"{where} must be a JSON object with the fields of a recipe.")
    return content


def _read_distortions(content: object) -> Distortion:
    known = [field.name for field in dataclasses.fields(Distortion)]
    if not isinstance(content, dict):
        raise UserError(f"distortions must be an object with {', '.join(known)}, or null.")
    problems = [f"distortions has no field {_shown(name)}" for name in content if name not in known]
    try:
        ranges = Distortion(**{name: content[name] for name in known if name in content})
    except UserError as error:
        problems.append(str(error).removesuffix("."))
    if problems:
        raise UserError(f"{'; '.join(problems)}.")
    return ranges


def _shown(name: str) -> str:
    """An unknown field's name, fit for a sentence."""
    return name if name.isprintable() and len(name) < 60 else f"{name!r:.60}"


def _default_loss(variant: object) -> dict[str, Loss]:
    known = {str(one): losses[0] for one, losses in LOSSES.items()}
    return {"loss": known[variant]} if isinstance(variant, str) and variant in known else {}


_FIELDS: dict[str, Field] = {
    "name": Text(longest=60),
    "variant": Choice(Variant),
    "data": Text(longest=4096),
    "training_digits": Optional(Whole(1, 10_000_000)),
    "added_digits": Whole(0, 1_000_000),
    "rubbish": Whole(0, 1_000_000),
    "teachers_share": Real(0, 1),
    "teachers": Text(longest=4096),
    "validation_share": Real(0, 0.5),
    "epochs": Whole(1, 10_000),
    "batch_size": Whole(1, 65_536),
    "optimiser": Choice(Optimiser),
    "learning_rate": Real(0, 100, above=True),
    "schedule": Choice(Schedule),
    "warm_up": Real(0, 10_000),
    "momentum": Real(0, 0.9999),
    "mu": Real(0, 100, above=True),
    "curvature_digits": Whole(1, 1_000_000),
    "first_epoch_measures": Whole(1, 1000),
    "weight_decay": Real(0, 1),
    "averaging": Real(0, 0.99999),
    "loss": Choice(Loss),
    "j": Real(0, LARGEST_J),
    "temperature": Real(0, LARGEST_TEMPERATURE, above=True),
    "initial_weights": Choice(InitialWeights),
    "order": Choice(Order),
    "distorted_share": Real(0, 1),
    "seed": Whole(0, 2**31 - 1),
    "device": Choice(Device),
}
