"""A sweep: what networks answer while one dial goes through its whole range. No torch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.explore.dials import DIALS, Dial
from lenet_gui.explore.disturbance import Disturbance
from lenet_gui.explore.reading import Floats
from lenet_gui.net.architecture import DIGITS, Variant


@dataclass(frozen=True, eq=False)
class Answers:
    """What one network answers to n inputs; arrays are not writeable.

    `outputs` float32 [n, 10]: distances (Original) or logits (Modern). `probabilities`
    float32 [n, 10]: as in `Reading`. `answers` intp [n]: the best digits. `rejected` bool [n]:
    where the network abstains (`explore.verdict`). `name` is for users. `class_names`: what the
    outputs stand for.
    """

    name: str
    variant: Variant
    outputs: Floats = field(repr=False)
    probabilities: Floats = field(repr=False)
    answers: NDArray[np.intp] = field(repr=False)
    rejected: NDArray[np.bool_] = field(repr=False)
    class_names: tuple[str, ...] = field(default=DIGIT_NAMES, repr=False)

    def __len__(self) -> int:
        return len(self.answers)

    def said(self, number: int) -> str:
        """The answer to an input: "7", and "7?" where it is rejected."""
        name = self.class_names[int(self.answers[number])]
        return f"{name}?" if self.rejected[number] else name

    @property
    def measured(self) -> Floats:
        """Float32 [n, 10]: distances of the Original, probabilities of the Modern."""
        return self.outputs if self.variant is Variant.ORIGINAL else self.probabilities

    @property
    def unit(self) -> str:
        """What `measured` is: "distance" or "probability"."""
        return unit_of(self.variant)


@dataclass(frozen=True)
class Losses:
    """The places nearest to the neutral one where recognition fails, on one side of it.

    `rejected`: where the network first abstains; None if it never does, or misreads before.
    `misread`: where it first gives another digit; None if it never does.
    """

    rejected: int | None
    misread: int | None

    @property
    def first(self) -> int | None:
        """Where recognition fails first."""
        return self.misread if self.rejected is None else self.rejected


@dataclass(frozen=True)
class Breaks:
    """Where recognition fails, on both sides of the neutral place.

    `at_neutral`: whether it fails at the neutral place already.
    """

    left: Losses
    right: Losses
    at_neutral: bool = False

    @property
    def rejected(self) -> tuple[int, ...]:
        """Where the network first abstains: of each side at most one place."""
        return _places(self.left.rejected, self.right.rejected)

    @property
    def misread(self) -> tuple[int, ...]:
        """Where the network first gives another digit: of each side at most one place."""
        return _places(self.left.misread, self.right.misread)

    @property
    def first(self) -> tuple[int, ...]:
        """Where recognition fails first: of each side at most one place."""
        return _places(self.left.first, self.right.first)


@dataclass(frozen=True)
class Stretch:
    """Neighbouring places, `last` included, that have one answer, given or rejected."""

    first: int
    last: int
    answer: int
    rejected: bool


@dataclass(frozen=True, eq=False)
class Sweep:
    """All answers over a dial: `answers` of one network or two, each of as many as it has places.

    `base`: the values of the other dials. `undisturbed`: the digit that each network answers to the
    drawing as it is.
    """

    dial: Dial
    base: Disturbance
    answers: tuple[Answers, ...]
    undisturbed: tuple[int, ...]

    @property
    def has_two_units(self) -> bool:
        """Whether both distances and probabilities are shown, which have no common axis."""
        return len({each.unit for each in self.answers}) > 1

    def breaks(self, number: int) -> Breaks:
        """Where the recognition of network `number` fails."""
        each = self.answers[number]
        return breaks_of(each.answers, each.rejected, self.undisturbed[number], self.dial.neutral)

    def own(self, number: int) -> Floats:
        """Float32 [n]: how far, or how probable, the undisturbed answer's digit is."""
        return self.answers[number].measured[:, self.undisturbed[number]]

    def rival(self, number: int) -> Floats:
        """Float32 [n]: the same of the best other digit."""
        each = self.answers[number]
        others = np.delete(each.measured, self.undisturbed[number], axis=1)
        best: Floats = others.min(1) if each.variant is Variant.ORIGINAL else others.max(1)
        return best

    def stretches(self, number: int) -> tuple[Stretch, ...]:
        """The answers of network `number` from the first place to the last."""
        each = self.answers[number]
        return stretches_of(each.answers, each.rejected)

    def text_at(self, place: int) -> str:
        """What is read at a place of the dial: "+12°: A 7, B 3 (rejected)"."""
        told = [
            f"{name} {each.class_names[each.answers[place]]}"
            + (" (rejected)" if each.rejected[place] else "")
            for name, each in zip("AB", self.answers, strict=False)
        ]
        return f"{self.dial.text(place)}: {', '.join(told)}"

    def text(self, number: int, *, short: bool = False) -> str:
        """What the sweep shows for network `number`, in a sentence without its name.

        A short one leaves out what it is misread as.
        """
        dial, found = self.dial, self.breaks(number)
        answers, names = self.answers[number].answers, self.answers[number].class_names
        own = names[self.undisturbed[number]]
        if found.at_neutral:
            if answers[dial.neutral] == self.undisturbed[number]:
                told = f"{own} is rejected even at {dial.text(dial.neutral)}"
            else:
                told = f"not read as {own} even at {dial.text(dial.neutral)}"
            return f"{told}, with the other dials as set" if self._others_are_turned else told
        misread = [
            dial.text(place) + ("" if short else f" (as {names[answers[place]]})")
            for place in found.misread
        ]
        rejected = [dial.text(place) for place in found.rejected]
        parts = [
            f"{what} at {' and '.join(places)}"
            for what, places in (("rejected", rejected), ("misread", misread))
            if places
        ]
        if not parts:
            return f"read as {own} over the whole range"
        return f"{own} is first {', '.join(parts)}"

    @property
    def _others_are_turned(self) -> bool:
        return self.dial.set(self.base, self.dial.neutral) != Disturbance(seed=self.base.seed)

    def table(self, networks: Sequence[str] = ()) -> Iterator[list[str]]:
        """The sweep as lines of cells, the first with the names of the columns.

        Every line has all dials and the seed, so that it can be drawn again; then, for each
        network A and B, its name, the answer, whether it is rejected (1), and the ten distances or
        probabilities (0..1).

        Args:
            networks: their names where those of the answers are too short.
        """
        called = networks or [each.name for each in self.answers]
        names = "AB"[: len(self.answers)]
        head = [*(dial.column for dial in DIALS), "seed"]
        for name, each in zip(names, self.answers, strict=True):
            head += [f"{name}_network", f"{name}_answer", f"{name}_rejected"]
            head += [f"{name}_{each.unit}_{digit}" for digit in range(DIGITS)]
        yield head
        for place in range(len(self.dial.values)):
            at = self.dial.set(self.base, place)
            cells = [repr(getattr(at, dial.name)) for dial in DIALS]
            cells.append(str(at.seed))
            for network, each in zip(called, self.answers, strict=True):
                answer = each.class_names[each.answers[place]]
                cells += [network, answer, str(int(each.rejected[place]))]
                cells += [f"{value:.9g}" for value in each.measured[place].tolist()]
            yield cells


def unit_of(variant: Variant) -> str:
    """What a variant's answers are measured by here: "distance" or "probability"."""
    return "distance" if variant is Variant.ORIGINAL else "probability"


def breaks_of(
    answers: NDArray[np.intp], rejected: NDArray[np.bool_], own: int, neutral: int
) -> Breaks:
    """The nearest places on both sides of `neutral` where `own` is not given as the answer."""
    misread = (answers != own) & ~rejected
    places = np.arange(len(answers))
    left, right = places[:neutral][::-1], places[neutral + 1 :]
    return Breaks(
        _losses(left, rejected, misread),
        _losses(right, rejected, misread),
        bool(rejected[neutral] or misread[neutral]),
    )


def stretches_of(answers: NDArray[np.intp], rejected: NDArray[np.bool_]) -> tuple[Stretch, ...]:
    """Neighbours with one answer, put together."""
    pairs = list(zip(answers.tolist(), rejected.tolist(), strict=True))
    found, first = [], 0
    for (answer, is_rejected), group in groupby(pairs):
        last = first + len(list(group)) - 1
        found.append(Stretch(first, last, answer, is_rejected))
        first = last + 1
    return tuple(found)


def _losses(
    outwards: NDArray[np.intp], rejected: NDArray[np.bool_], misread: NDArray[np.bool_]
) -> Losses:
    """Those of the places of one side, the nearest first."""
    turned_away, wrong = outwards[rejected[outwards]], outwards[misread[outwards]]
    lost = outwards[(rejected | misread)[outwards]]
    is_rejected_first = len(turned_away) > 0 and turned_away[0] == lost[0]
    return Losses(
        int(turned_away[0]) if is_rejected_first else None,
        int(wrong[0]) if len(wrong) else None,
    )


def _places(*places: int | None) -> tuple[int, ...]:
    return tuple(place for place in places if place is not None)
