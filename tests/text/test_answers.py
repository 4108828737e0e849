"""Answers in words, of readings whose figures are known."""

from dataclasses import replace

import numpy as np
import pytest

from lenet_gui.explore.reading import Reading
from lenet_gui.explore.two_networks import agreement
from lenet_gui.explore.verdict import Outcome, Verdict, verdict_of
from lenet_gui.net.architecture import Variant
from lenet_gui.net.calibration import Calibration
from lenet_gui.text.answers import beside_answer, best_output, margin, probabilities, read_as


def reading(variant: Variant, rubbish: float | None) -> Reading:
    output = np.arange(10, dtype=np.float32) * (-1 if variant is Variant.MODERN else 1) - 0.5
    shares = np.full(10, 0.02, np.float32)
    shares[0] = 0.82
    nothing = np.zeros(0, np.float32)
    return Reading(variant, nothing, {}, output, shares, rubbish, 0, 1, 1.0, Calibration(10.0))


def test_the_figures_beside_an_answer() -> None:
    distance, logit = reading(Variant.ORIGINAL, 0.0001), reading(Variant.MODERN, None)
    assert best_output(distance) == "distance −0.50"
    assert best_output(logit) == "logit −0.50"
    assert margin(distance) == "margin 1.00"
    assert probabilities(distance) == ("probability 82.0 %", "not a digit <0.1 %")
    assert probabilities(logit) == ("probability 82.0 %",)
    assert beside_answer(distance)[:2] == ("runner-up 1", "margin 1.00 (distance)")
    assert beside_answer(logit) == ("runner-up 1", "margin 1.00 (logits)", "probability 82.0 %")


def test_of_other_classes_than_digits_nothing_is_called_a_digit() -> None:
    garments = replace(reading(Variant.ORIGINAL, 0.5), class_names=tuple("abcdefghij"))
    assert probabilities(garments)[1] == "none of these 50.0 %"
    far = replace(garments, calibration=Calibration(-1.0))
    verdict = verdict_of(far)
    assert (verdict.headline, read_as(verdict)) == ("None of these", "none of these")
    assert "digit" not in verdict.reason
    assert agreement(far, far).sentence == "Both say “none of these”"


@pytest.mark.parametrize(
    ("outcome", "headline", "text"),
    [
        (Outcome.DIGIT, "7", "7"),
        (Outcome.DIGIT, "Bag", "Bag"),
        (Outcome.NOT_A_DIGIT, "Not a digit", "not a digit"),
        (Outcome.UNDECIDED, "Undecided: 3 or 5", "undecided: 3 or 5"),
    ],
)
def test_what_is_read(outcome: Outcome, headline: str, text: str) -> None:
    assert read_as(Verdict(outcome, headline)) == text
