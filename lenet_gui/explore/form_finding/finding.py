"""Which member of the Modern's family a file holds: what was measured, and what was chosen."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from lenet_gui.net.modern_form import ModernForm
from lenet_gui.net.weights_import.partial_form import PartialForm, distance_from_readme, usual
from lenet_gui.text.figures import percent
from lenet_gui.text.networks import read_as

READS: Final = 0.5
"""A form that reads fewer of the digits does not read them. Assumption."""

BY_CHANCE: Final = 0.01
"""Of forms this near to the most accurate one the form with the smallest loss is the best.

The loss tells more than a few digits do: a wrong range of the inputs costs a network with ReLU
hardly a digit, and much of its certainty. Assumption: 20 of 2,000 digits are three standard
deviations of what chance makes of 98.5 %, or more.
"""

AS_WELL: Final = 0.02
"""Forms within this share of the smallest loss do as well as the best."""


@dataclass(frozen=True)
class MeasuredForm:
    """How many of so many digits a network reads right if it has this form, and its mean loss."""

    form: ModernForm
    right: int
    digits: int
    loss: float

    def __post_init__(self) -> None:
        """Raises: ValueError: impossible numbers."""
        if not 0 <= self.right <= self.digits or self.digits == 0 or not self.loss >= 0:
            raise ValueError(f"{self.right} of {self.digits} digits cannot be right")

    @property
    def accuracy(self) -> float:
        """The share right, 0..1."""
        return self.right / self.digits


@dataclass(frozen=True)
class FormFinding:
    """What is known of a file's form.

    `said`: what the file itself says; `measured`: every form that was tried, the hopeless ones on
    fewer digits, in any order; `data`: the name of the digits; `chosen`: by the user; `enlarged`:
    the best form on the same digits scaled to 32x32, as some programs prepare them.
    """

    said: PartialForm
    measured: tuple[MeasuredForm, ...]
    data: str
    chosen: ModernForm | None = None
    enlarged: MeasuredForm | None = None

    def __post_init__(self) -> None:
        """Raises: ValueError: nothing was measured."""
        if not self.measured:
            raise ValueError("no form was measured")

    @property
    def best(self) -> MeasuredForm:
        """The form that reads most digits; see `BY_CHANCE`. Of equal ones the README's."""
        return min(_most_accurate(self.measured), key=_loss_first)

    @property
    def form(self) -> ModernForm:
        """The form to use: the chosen one, else the best."""
        return self.chosen or self.best.form

    @property
    def equals(self) -> tuple[ModernForm, ...]:
        """The other forms that do as well as the best."""
        limit = self.best.loss * (1 + AS_WELL)
        forms = [one.form for one in _most_accurate(self.measured) if one.loss <= limit]
        return tuple(form for form in forms if form != self.best.form)

    @property
    def reads(self) -> bool:
        """Whether any form reads the digits."""
        return self.best.accuracy >= READS

    def of(self, form: ModernForm) -> MeasuredForm | None:
        """What was measured of a form; None where that was not."""
        return next((one for one in self.measured if one.form == usual(form)), None)

    def choosing(self, form: ModernForm | None) -> "FormFinding":
        """The same with another choice; None for the best."""
        return replace(self, chosen=None if form is None else usual(form))

    @property
    def accuracy(self) -> str:
        """How well the form to use reads: "98.9 % of 2,000 MNIST test digits"; empty if unknown."""
        measured = self.of(self.form)
        if measured is None:
            return ""
        return f"{share(measured)} of {measured.digits:,} {self.data} digits"

    @property
    def sentence(self) -> str:
        """What it was read as, without a full stop.

        Such as "read as ReLU with max pooling, inputs normalised: 98.9 % of 2,000 MNIST test
        digits".
        """
        told = f"read as {read_as(self.form)}"
        if self.accuracy:
            told += f": {self.accuracy}"
        if self.chosen is not None:
            return told if self.chosen == self.best.form else f"{told}, as chosen"
        if not self.reads:
            return f"{told}, the best of {len(self.measured)} forms, none of which reads the digits"
        if len(self.equals) == 1:
            told += f"; {read_as(self.equals[0])} reads them equally well"
        elif self.equals:
            told += f"; {len(self.equals)} other forms read them equally well"
        if self.enlarged is not None and self.is_for_enlarged:
            told += f"; enlarged to 32×32, as it may have learned them, {share(self.enlarged)}"
        return told

    @property
    def is_for_enlarged(self) -> bool:
        """Whether it reads digits that fill its input better than padded ones, by no chance.

        A network that learned digits of several sizes reads both about equally well.
        """
        found = self.enlarged
        return found is not None and found.accuracy > self.best.accuracy + BY_CHANCE


def _most_accurate(measured: Iterable[MeasuredForm]) -> list[MeasuredForm]:
    """Of the forms that were measured to the end, those that read most, but for chance."""
    tried = list(measured)
    digits = max(one.digits for one in tried)
    to_the_end = [one for one in tried if one.digits == digits]
    most = max(one.accuracy for one in to_the_end)
    return [one for one in to_the_end if one.accuracy >= most - BY_CHANCE]


def _loss_first(one: MeasuredForm) -> tuple[float, tuple[int, tuple[int, ...]]]:
    return one.loss, distance_from_readme(one.form)


def share(measured: MeasuredForm) -> str:
    """An accuracy with one decimal: "98.9 %"."""
    return percent(measured.accuracy, 1)
