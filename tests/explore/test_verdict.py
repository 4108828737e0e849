"""A verdict abstains exactly where rubbish is more probable, or where two digits are too near."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lenet_gui.explore.reading import Reading
from lenet_gui.explore.verdict import Outcome, verdict_of
from lenet_gui.net.architecture import Variant
from lenet_gui.net.calibration import Calibration


def reading_of(variant: Variant, output: list[float], calibration: Calibration) -> Reading:
    """A reading that has nothing but outputs; its probabilities are left out."""
    scores = [-y if variant is Variant.ORIGINAL else y for y in output]
    best, second = sorted(range(10), key=lambda digit: -scores[digit])[:2]
    nothing = np.zeros(0, np.float32)
    return Reading(
        variant=variant,
        input=nothing,
        activations={},
        output=np.array(output, np.float32),
        probabilities=nothing,
        rubbish=None,
        answer=best,
        runner_up=second,
        margin=scores[best] - scores[second],
        calibration=calibration,
    )


def outputs(low: float, high: float) -> st.SearchStrategy[list[float]]:
    numbers = st.floats(low, high, width=32)
    return st.lists(numbers, min_size=10, max_size=10, unique=True)


@given(outputs(0, 60), st.floats(0, 60, width=32))
def test_the_original_abstains_where_the_posterior_of_eq_9_prefers_rubbish(
    distances: list[float], j: float
) -> None:
    assume(abs(min(distances) - j) > 1e-6)  # nearer than that their e^-y may be the same number
    verdict = verdict_of(reading_of(Variant.ORIGINAL, distances, Calibration(j)))
    digits, rubbish = [math.exp(-y) for y in distances], math.exp(-j)
    assert verdict.abstains is (rubbish > max(digits))


@given(outputs(-30, 30), st.floats(-30, 30, width=32))
def test_the_modern_abstains_where_its_softmax_prefers_rubbish(
    logits: list[float], j: float
) -> None:
    assume(abs(max(logits) + j) > 1e-6)
    verdict = verdict_of(reading_of(Variant.MODERN, logits, Calibration(j)))
    assert verdict.abstains is (math.exp(-j) > max(math.exp(y) for y in logits))


@given(outputs(-30, 30), st.floats(0, 100))
def test_without_a_rubbish_class_the_margin_alone_makes_it_abstain(
    logits: list[float], least: float
) -> None:
    verdict = verdict_of(reading_of(Variant.MODERN, logits, Calibration(None, least)))
    best, second = sorted(logits)[:-3:-1]
    assert verdict.outcome is (Outcome.UNDECIDED if best - second < least else Outcome.DIGIT)


DISTANCES = [40.0, 60, 50, 14.2, 90, 15.5, 70, 80, 30, 20]
LOGITS = [-3.0, -9, -5, -1.2, -7, -1.5, -6, -8, -4, -2]


@pytest.mark.parametrize(
    ("variant", "output", "calibration", "headline", "reason", "otherwise"),
    [
        (
            *(Variant.ORIGINAL, DISTANCES, Calibration(10.0, 5.0), "Not a digit"),
            "The nearest code is 14.20 away; beyond 10 it is not a digit.",
            "It would be 3, runner-up 5.",
        ),
        (
            *(Variant.ORIGINAL, DISTANCES, Calibration(20.0, 2.5), "Undecided: 3 or 5"),
            "3 and 5 are almost equally near: margin 1.30, at least 2.5 is required.",
            "It would be 3.",
        ),
        (Variant.ORIGINAL, DISTANCES, Calibration(14.5, 1.0), "3", "", ""),
        (
            *(Variant.MODERN, LOGITS, Calibration(0.0), "Not a digit"),
            "The largest logit is −1.20; below 0 it is not a digit.",
            "It would be 3, runner-up 5.",
        ),
        (
            *(Variant.MODERN, LOGITS, Calibration(0.5), "Not a digit"),
            "The largest logit is −1.20; below −0.5 it is not a digit.",
            "It would be 3, runner-up 5.",
        ),
        (
            *(Variant.MODERN, LOGITS, Calibration(None, 1.0), "Undecided: 3 or 5"),
            "3 and 5 are almost equally likely: margin 0.30, at least 1 is required.",
            "It would be 3.",
        ),
        (Variant.MODERN, LOGITS, Calibration(2.0), "3", "", ""),
    ],
)
def test_what_is_said(
    variant: Variant,
    output: list[float],
    calibration: Calibration,
    headline: str,
    reason: str,
    otherwise: str,
) -> None:
    verdict = verdict_of(reading_of(variant, output, calibration))
    assert (verdict.headline, verdict.reason, verdict.otherwise) == (headline, reason, otherwise)
    assert verdict.abstains is bool(reason)


@given(st.sampled_from([34.1, 0.5, 12.0]), st.floats(1e-5, 1e-3))
def test_what_has_passed_a_limit_never_reads_like_the_limit(limit: float, by: float) -> None:
    """Such as "margin 0.50, at least 0.5 is asked" of one that is 0.4996."""
    for output, calibration, names in (
        ([limit + by, *[limit + 50.0] * 9], Calibration(limit), ("is", "beyond")),
        ([1.0, 1.0 + limit - by, *[90.0] * 8], Calibration(80.0, limit), ("margin", "least")),
    ):
        verdict = verdict_of(reading_of(Variant.ORIGINAL, output, calibration))
        assert verdict.abstains
        words = " ".join(verdict.why).replace(";", "").replace(",", "").split()
        given_figure, limit_figure = (float(words[words.index(name) + 1]) for name in names)
        assert given_figure != limit_figure
        assert limit_figure == limit
