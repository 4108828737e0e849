"""What a network answers to one digit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lenet_gui.explore.reading import Reading
from lenet_gui.explore.verdict import Verdict, verdict_of
from lenet_gui.net.layers import OUTPUT
from lenet_gui.text.answers import read_as
from lenet_gui.text.figures import probability

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False, repr=False)
class Answer:
    """The answer of a network, how sure it is, and everything that it computed on the way.

    Made by `Model.read`. Arrays are float32 and not writeable. Two answers are equal if all of
    their numbers are.

    Attributes:
        reading: what the window knows of a digit that was read.
    """

    reading: Reading

    @property
    def digit(self) -> int | None:
        """The digit, 0..9; None if the network rejects the picture."""
        return None if self.is_rejected else self.reading.answer

    @property
    def best(self) -> int:
        """The best digit, 0..9, even if it is rejected: what an evaluation counts."""
        return self.reading.answer

    @property
    def name(self) -> str:
        """What the best is called: "7", or "bag" if the network tells pieces of clothing apart."""
        return self.reading.answer_name

    @property
    def class_names(self) -> tuple[str, ...]:
        """What the ten outputs stand for, "0" to "9" or the classes of another data set."""
        return self.reading.class_names

    @property
    def runner_up(self) -> int:
        """The second best digit, 0..9."""
        return self.reading.runner_up

    @property
    def margin(self) -> float:
        """How far the runner-up is behind, in distance or logits; never negative."""
        return self.reading.margin

    @property
    def is_rejected(self) -> bool:
        """Whether the network takes it for no digit, or is undecided between two."""
        return self._verdict.abstains

    @property
    def reason(self) -> str:
        """Why it is rejected, in a sentence; empty if it is not."""
        return self._verdict.reason

    @property
    def probability(self) -> float:
        """That of the best digit, 0..1."""
        return float(self.reading.probabilities[self.reading.answer])

    @property
    def probabilities(self) -> Floats:
        """Those of the ten digits [10], 0..1; with `rubbish` their sum is 1."""
        return self.reading.probabilities

    @property
    def rubbish(self) -> float | None:
        """The probability of "not a digit", 0..1; None for a network without that class."""
        return self.reading.rubbish

    @property
    def output(self) -> Floats:
        """The output [10]: squared distances (Original, the smallest wins), else logits."""
        return self.reading.output

    @property
    def activations(self) -> dict[str, Floats]:
        """The values of each layer, named and shaped as by `Model.forward` of one digit."""
        return {"input": self.reading.input, **self.reading.activations, OUTPUT: self.output}

    @property
    def _verdict(self) -> Verdict:
        return verdict_of(self.reading)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Answer):
            return NotImplemented
        mine, others = self.activations, other.activations
        return (
            self.reading.kind == other.reading.kind
            and self.reading.calibration == other.reading.calibration
            and mine.keys() == others.keys()
            and all(np.array_equal(mine[name], others[name]) for name in mine)
        )

    __hash__ = None  # type: ignore[assignment]  # it compares arrays

    def __repr__(self) -> str:
        second = self.reading.runner_up_name
        if self.is_rejected:
            said = read_as(self._verdict)
            return f"Answer({said}: it would be {self.name}, runner-up {second})"
        sure = probability(self.probability)
        return f"Answer({self.name}, probability {sure}, runner-up {second})"
