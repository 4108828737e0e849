"""The dials of a disturbance: the values of each, their names, and the paper's claims."""

from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np

from lenet_gui.explore.disturbance import Disturbance
from lenet_gui.text.figures import true_minus


@dataclass(frozen=True)
class Claim:
    """The range in which, according to the paper's authors, recognition works, and its text."""

    low: float
    high: float
    text: str


@dataclass(frozen=True)
class Dial:
    """One of a disturbance's values.

    `name` is that of its field in `Disturbance`; `title` and `help` are for users, `form` writes
    a value times `factor` with its unit. `values` increase, and `neutral` is the place of the one
    that leaves the digit as it is. The dial's places are evenly spaced, whatever the steps of the
    values. `claim`: None if the paper gives no figure. `unit`: that of the values in tables.
    """

    name: str
    title: str
    help: str
    form: str
    values: tuple[float, ...] = field(repr=False)
    neutral: int
    claim: Claim | None = None
    factor: float = 1.0
    unit: str = "pixels"

    @property
    def column(self) -> str:
        """What tables call it: "rotation (degrees)"."""
        return f"{self.name} ({self.unit})"

    def text(self, place: int) -> str:
        """The value with its unit, such as "+12.5°"."""
        return self.value_text(self.values[place])

    def value_text(self, value: float) -> str:
        """Any value of this kind with its unit."""
        return true_minus(self.form.format(value * self.factor + 0.0))

    @property
    def are_factors(self) -> bool:
        """Whether the values are factors, evenly spread in their logarithm."""
        return self.form.startswith("×")

    def tick_text(self, value: float) -> str:
        """A value as it is written at an axis: no more decimals than it has."""
        before, after = self.form.split("{")[0], self.form.split("}")[1]
        return true_minus(f"{before}{value * self.factor + 0.0:.3g}{after}")

    def place_of(self, value: float) -> float:
        """The place of a value; a fraction between two places."""
        if self.are_factors:
            return float(np.interp(np.log(value), np.log(self.values), np.arange(len(self.values))))
        return float(np.interp(value, self.values, np.arange(len(self.values))))

    def set(self, disturbance: Disturbance, place: int) -> Disturbance:
        """`disturbance` with this dial at a place."""
        change: dict[str, Any] = {self.name: self.values[place]}
        return replace(disturbance, **change)


STEPS: Final = 120
"""From the first to the last place of every dial."""


def _even(low: float, high: float) -> tuple[float, ...]:
    values = np.round(np.linspace(low, high, STEPS + 1), 9)
    return tuple(float(value) for value in values)


def _factors(largest: float) -> tuple[float, ...]:
    exponents = np.linspace(-1, 1, STEPS + 1)
    return tuple(float(value) for value in largest**exponents)


_MIDDLE = STEPS // 2

DIALS: Final = (
    Dial(
        "right",
        "Move across",
        "To the right (+) or to the left (−), in pixels of the 32×32 input",
        "{:+z.2f} px",
        _even(-15, 15),
        _MIDDLE,
    ),
    Dial(
        "down",
        "Move down",
        "Down (+) or up (−), in pixels of the 32×32 input",
        "{:+z.2f} px",
        _even(-15, 15),
        _MIDDLE,
    ),
    Dial(
        "scale",
        "Scale",
        "How many times as large, strokes included; above about ×1.6 it no longer fits",
        "×{:.2f}",
        _factors(3),
        _MIDDLE,
        Claim(0.5, 2.0, "a factor of 2"),
        unit="factor",
    ),
    Dial(
        "rotation",
        "Rotation",
        "Clockwise (+) or anticlockwise (−), in degrees",
        "{:+z.1f}°",
        _even(-90, 90),
        _MIDDLE,
        Claim(-30.0, 30.0, "±30°"),
        unit="degrees",
    ),
    Dial(
        "squeeze",
        "Squeeze",
        "How many times as tall; its width is divided by the same factor",
        "×{:.2f}",
        _factors(2),
        _MIDDLE,
        unit="factor",
    ),
    Dial(
        "shear",
        "Shear",
        "Pixels to the right for each pixel upwards: 1 leans by 45°",
        "{:+z.2f}",
        _even(-1.2, 1.2),
        _MIDDLE,
        unit="pixels per pixel",
    ),
    Dial(
        "width",
        "Stroke width",
        "How much wider (+) or thinner (−) the strokes get, in pixels of the 32×32 input",
        "{:+z.2f} px",
        _even(-2, 4),
        40,
    ),
    Dial(
        "noise",
        "Noise",
        "The share of the input's pixels that are inverted",
        "{:.1f} %",
        _even(0, 0.6),
        0,
        Claim(0.0, 0.1, "10 %"),
        factor=100.0,
        unit="share of pixels",
    ),
)
"""All dials, in the order in which they are shown."""

CLAIM_SOURCE: Final = "the paper, III-E"
"""The source of the claims."""

NO_CLAIM: Final = "the paper gives no figure"


def turned(disturbance: Disturbance, but: str = "") -> str:
    """The dials that are not neutral, in words: "rotation +24.0°, noise 5.0 %, seed 0".

    Empty if all are; the dial named `but` is left out. The seed is included if there is noise.
    """
    rest = Disturbance()
    parts = [
        f"{dial.title.lower()} {dial.value_text(getattr(disturbance, dial.name))}"
        for dial in DIALS
        if dial.name != but and getattr(disturbance, dial.name) != getattr(rest, dial.name)
    ]
    if disturbance.noise or but == "noise":
        parts.append(f"seed {disturbance.seed}")
    return ", ".join(parts)
