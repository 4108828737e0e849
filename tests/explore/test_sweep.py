"""A sweep: at every value what the bare network answers; breaks, stretches, and cancelling."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.data.drawing import Drawing, fitted_drawing
from lenet_gui.data.ink import trace_ink
from lenet_gui.data.paint import paint
from lenet_gui.explore.dials import DIALS, Dial
from lenet_gui.explore.disturbance import Disturbance
from lenet_gui.explore.movable_ink import MovableInk
from lenet_gui.explore.reader import read_digit
from lenet_gui.explore.sweep import Answers, Breaks, Losses, Sweep, breaks_of, stretches_of
from lenet_gui.explore.sweep_reader import Reader, sweep
from lenet_gui.explore.verdict import verdict_of
from lenet_gui.net.architecture import INPUT_RANGE, Variant
from lenet_gui.net.calibration import calibration_of
from lenet_gui.net.weights_file import load_weights
from lenet_gui.paths import shipped_weights

DRAWING = fitted_drawing([[(0.2, 0.2), (0.7, 0.2), (0.45, 0.8)]])
DIAL = {dial.name: dial for dial in DIALS}


@pytest.fixture(scope="module")
def readers() -> tuple[Reader, ...]:
    """The shipped networks of both variants."""
    found = []
    for variant in Variant:
        loaded = load_weights(shipped_weights(variant), variant)
        found.append(Reader(variant.value, loaded.network, calibration_of(variant, loaded.facts)))
    return tuple(found)


def movable(drawing: Drawing = DRAWING) -> MovableInk:
    steps = trace_ink(paint(drawing))
    assert steps is not None
    return MovableInk(drawing, steps)


@pytest.mark.parametrize("field", ["rotation", "scale", "noise"])
def test_a_sweep_is_what_the_bare_network_answers_at_every_value(
    readers: tuple[Reader, ...], field: str
) -> None:
    ink, base, dial = movable(), Disturbance(down=1.0, seed=5), DIAL[field]
    found = sweep(ink, base, dial, readers)
    assert [each.name for each in found.answers] == ["original", "modern"]
    pictures = np.stack([ink.disturbed(replace(base, **{field: one})) for one in dial.values])
    for reader, each in zip(readers, found.answers, strict=True):
        variant = reader.network.variant
        background, full = INPUT_RANGE[variant]
        assert len(each) == len(dial.values) == 121
        x = torch.tensor(pictures * (full - background) + background)[:, None]
        with torch.inference_mode():
            output = reader.network(x).output.numpy()
        np.testing.assert_allclose(each.outputs, output, rtol=1e-3, atol=2e-3)
        best = output.argmin(axis=1) if variant is Variant.ORIGINAL else output.argmax(axis=1)
        np.testing.assert_array_equal(each.answers, best)
    undisturbed = [
        read_digit(reader.network, trace_ink(paint(DRAWING)).centred).answer for reader in readers
    ]
    assert list(found.undisturbed) == undisturbed == [7, 7]


def test_probabilities_and_what_is_rejected_are_those_of_a_reading(
    readers: tuple[Reader, ...],
) -> None:
    """Of inputs that are digits in 28x28 with paper around: what `read_digit` takes too."""
    ink = movable()
    places = [Disturbance(scale=s, rotation=r) for s in (0.4, 0.7, 1.0) for r in (-80, -40, 0, 60)]
    inks = np.stack([ink.disturbed(each) for each in places])
    inner = inks[:, 2:-2, 2:-2].copy()
    inks = np.pad(inner, ((0, 0), (2, 2), (2, 2)))
    rejected = 0
    for reader in readers:
        for calibration in (
            reader.calibration,
            replace(reader.calibration, j=None, least_margin=40.0),
            replace(reader.calibration, j=4.0, temperature=2.0),
        ):
            found = replace(reader, calibration=calibration).read(inks)
            for number, image in enumerate(inner):
                reading = read_digit(reader.network, image, calibration)
                np.testing.assert_allclose(
                    found.probabilities[number], reading.probabilities, rtol=1e-3, atol=1e-5
                )
                assert found.answers[number] == reading.answer
                assert found.rejected[number] == verdict_of(reading).abstains
                rejected += int(found.rejected[number])
    assert 0 < rejected < 6 * len(places)  # else it has shown nothing


def test_each_network_reads_a_sweep_in_one_batch(
    readers: tuple[Reader, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    network = readers[0].network
    forward = type(network).forward

    def counted(self: torch.nn.Module, x: torch.Tensor) -> object:
        sizes.append(len(x))
        return forward(self, x)

    monkeypatch.setattr(type(network), "forward", counted)
    sweep(movable(), Disturbance(), DIAL["shear"], readers[:1])
    assert sizes == [121, 1]  # and the undisturbed one


def test_a_sweep_ends_in_the_middle_when_its_progress_says_so(
    readers: tuple[Reader, ...],
) -> None:
    told: list[tuple[int, int]] = []

    class Enough(Exception):  # noqa: N818
        pass

    def look(done: int, wanted: int) -> None:
        told.append((done, wanted))
        if done == 40:
            raise Enough

    with pytest.raises(Enough):
        sweep(movable(), Disturbance(), DIAL["shear"], readers, look)
    assert told == [(place, 121) for place in range(41)]


outcomes = st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=1, max_size=30)


@given(outcomes, st.data())
def test_breaks_against_a_plain_loop(given: list[tuple[int, bool]], data: st.DataObject) -> None:
    neutral = data.draw(st.integers(0, len(given) - 1))
    sides = []
    for places in (range(neutral - 1, -1, -1), range(neutral + 1, len(given))):
        turned_away = misread = None
        for place in places:
            answer, rejected = given[place]
            if rejected and turned_away is None:
                turned_away = place
            if not rejected and answer != 1:
                misread = place
                break
        sides.append(Losses(turned_away, misread))
    found = breaks_of(np.array([a for a, _ in given]), np.array([r for _, r in given]), 1, neutral)
    assert found == Breaks(*sides, at_neutral=given[neutral] != (1, False))


@given(outcomes)
def test_stretches_put_together_are_the_answers(pairs: list[tuple[int, bool]]) -> None:
    found = stretches_of(np.array([a for a, _ in pairs]), np.array([w for _, w in pairs]))
    again = [
        (each.answer, each.rejected) for each in found for _ in range(each.first, each.last + 1)
    ]
    assert again == pairs
    assert all(
        (one.answer, one.rejected) != (other.answer, other.rejected)
        for one, other in pairwise(found)
    )


def made(
    dial: Dial,
    digits: list[int],
    variant: Variant = Variant.ORIGINAL,
    rejected: Sequence[int] = (),
    base: Disturbance | None = None,
) -> Sweep:
    """A sweep with given answers, at some places `rejected`, whose undisturbed one is 3."""
    outputs = np.full((len(dial.values), 10), 50.0, np.float32)
    outputs[:, 3] = 20
    outputs[np.arange(len(digits)), digits] = 10
    turned_away = np.isin(np.arange(len(digits)), rejected)
    answers = Answers("made", variant, outputs, outputs / 100, np.array(digits), turned_away)
    return Sweep(dial, base or Disturbance(), (answers,), (3,))


def test_a_sweep_is_told_in_words() -> None:
    dial = DIAL["rotation"]
    digits = [3] * 121
    assert made(dial, digits).text(0) == "read as 3 over the whole range"
    digits[100:] = [8] * 21
    assert made(dial, digits).text(0) == "3 is first misread at +60.0° (as 8)"
    digits[30] = 2
    told = "3 is first misread at −45.0° (as 2) and +60.0° (as 8)"
    assert made(dial, digits).text(0) == told
    digits[60] = 5
    assert made(dial, digits).text(0) == "not read as 3 even at +0.0°"
    told = made(dial, digits, base=Disturbance(scale=2.0, rotation=9.0)).text(0)
    assert told == "not read as 3 even at +0.0°, with the other dials as set"


def test_where_a_digit_is_rejected_is_told_apart_from_where_it_is_misread() -> None:
    dial, digits = DIAL["rotation"], [3] * 121
    digits[96:] = [8] * 25
    digits[10] = 4
    rejected = [*range(6, 20), *range(92, 100)]
    sweep_ = made(dial, digits, rejected=rejected)
    assert sweep_.text(0) == "3 is first rejected at −61.5° and +48.0°, misread at +60.0° (as 8)"
    assert sweep_.text(0, short=True).endswith("misread at +60.0°")
    assert made(dial, digits, rejected=[60]).text(0) == "3 is rejected even at +0.0°"


def test_its_own_digit_and_the_best_other_one() -> None:
    digits = [3, 5, *[3] * 119]
    of = made(DIAL["shear"], digits)
    assert of.own(0)[:3].tolist() == [10, 20, 10]
    assert of.rival(0)[:3].tolist() == [50, 10, 50]
    modern = made(DIAL["shear"], digits, Variant.MODERN)
    np.testing.assert_allclose(modern.rival(0)[:2], [0.5, 0.5])
    assert modern.answers[0].unit == "probability"


def test_the_table_has_all_dials_and_all_ten_figures(readers: tuple[Reader, ...]) -> None:
    base, dial = Disturbance(rotation=10.0, seed=4), DIAL["squeeze"]
    found = sweep(movable(), base, dial, readers)
    head, *lines = found.table()
    assert len(lines) == 121
    assert len(set(head)) == len(head) == 9 + 2 * 13
    for place in (0, 77, 120):
        cells = dict(zip(head, lines[place], strict=True))
        assert float(cells["squeeze (factor)"]) == dial.values[place]
        assert (float(cells["rotation (degrees)"]), int(cells["seed"])) == (10.0, 4)
        for name, each in zip("AB", found.answers, strict=True):
            assert cells[f"{name}_network"] == each.name
            assert int(cells[f"{name}_answer"]) == each.answers[place]
            assert bool(int(cells[f"{name}_rejected"])) == each.rejected[place]
            told = [float(cells[f"{name}_{each.unit}_{digit}"]) for digit in range(10)]
            np.testing.assert_array_equal(np.float32(told), each.measured[place])
