"""Numbers as they are written: back to their values, without a minus before nothing."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lenet_gui.text.figures import (
    a_digit,
    as_test_error,
    comma_list,
    counted,
    duration,
    figure,
    in_percent,
    limit_figure,
    lower_first,
    never_zero,
    percent,
    probability,
    short,
    signed,
    signed_small,
    significant,
    spans,
    told_apart,
    two_digits,
    upper_first,
)

values = st.floats(-1e6, 1e6)


@given(values, st.integers(0, 6))
def test_a_figure_is_its_value_rounded_with_a_true_minus(value: float, digits: int) -> None:
    written = figure(value, digits)
    assert float(written.replace("−", "-")) == pytest.approx(value, abs=0.5 * 10**-digits * 1.001)
    assert "-" not in written
    assert written.lstrip("−0.") or not written.startswith("−")
    assert signed(value, digits).lstrip("+") == written


@given(st.one_of(st.floats(1e6, 1e300), st.floats(-1e300, -1e6)))
def test_a_figure_that_would_be_cut_has_a_power_of_ten(value: float) -> None:
    written = figure(value)
    assert len(written) <= len("−1.23e300")
    assert float(written.replace("−", "-")) == pytest.approx(value, rel=0.0051)
    assert signed(value).lstrip("+") == written
    assert len(limit_figure(abs(value))) <= len("1e300")


@pytest.mark.parametrize(
    ("value", "text"), [(2.0554e30, "2.06e30"), (-1.5e6, "−1.50e6"), (999_999.0, "999999.00")]
)
def test_long_figures_as_they_look(value: float, text: str) -> None:
    assert figure(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-0.0, "0"), (0.0732, "+0.0732"), (-7.6e-4, "−7.6e-4"), (3e-9, "+3e-9")],
)
def test_a_small_figure_is_not_told_as_nothing(value: float, text: str) -> None:
    assert signed_small(value) == text


@given(st.one_of(values, st.floats(-1e-3, 1e-3)), st.integers(0, 6))
@example(0.5, 0)
def test_a_figure_that_stands_alone_reads_0_where_it_is(value: float, digits: int) -> None:
    written = float(never_zero(value, digits).replace("−", "-"))
    assert (written == 0) == (value == 0)
    assert written == pytest.approx(value, rel=0.051, abs=0.5 * 10**-digits * 1.001)


@given(st.floats(1e-12, 9e5))
def test_the_limit_of_a_colour_says_how_large_it_is(limit: float) -> None:
    assert float(limit_figure(limit)) == pytest.approx(limit, rel=0.06)


@given(st.lists(st.one_of(values, st.floats(0.644, 0.6441)), min_size=1, max_size=9))
def test_different_values_are_told_apart(several: list[float]) -> None:
    for write, digits in ((short, 3), (figure, 2), (signed, 2)):
        written = told_apart(several, digits, write, 300)
        assert len(set(written)) == len(set(several))
        assert all(len(each) < 12 for each in told_apart([1.0, 2.5, -3.25], digits, write))


def test_values_are_told_apart_with_no_more_digits_than_it_takes() -> None:
    assert told_apart([0.1, 0.2, 0.2]) == ["0.1", "0.2", "0.2"]
    assert told_apart([1.7159, 1.7158], 2, signed) == ["+1.7159", "+1.7158"]
    assert told_apart([1.7159, 1.7158], 2, signed, 3) == ["+1.716", "+1.716"]
    assert told_apart([1000, 1e-5]) == ["1000", "1e-5"]


@given(values)
def test_a_short_figure_is_its_value(value: float) -> None:
    assert float(short(value).replace("−", "-")) == pytest.approx(value, rel=1e-5)
    assert short(-0.0) == "0"


@given(st.floats(1e-12, 1e9))
def test_two_digits_are_near_enough(value: float) -> None:
    assert float(two_digits(value)) == pytest.approx(value, rel=0.051)


@pytest.mark.parametrize(
    ("value", "text"), [(7.1e-5, "7.1e-5"), (1e-4, "1e-4"), (0.016, "0.016"), (12.0, "12")]
)
def test_two_digits_as_they_look(value: float, text: str) -> None:
    assert two_digits(value) == text


@pytest.mark.parametrize(
    ("limit", "text"), [(0.5, "0.50"), (9.994, "9.99"), (9.996, "10.0"), (99.96, "100")]
)
def test_a_limit_is_short(limit: float, text: str) -> None:
    assert limit_figure(limit) == text


@given(st.floats(0, 1))
def test_a_probability_is_never_said_to_be_sure(share: float) -> None:
    assert probability(share) not in ("0.0 %", "100.0 %")


def test_shares() -> None:
    assert percent(0.98614) == "98.61 %"
    assert percent(0.98614, 1) == "98.6 %"


@given(st.integers(1, 60_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
@example((781, 10_000))
def test_what_an_accuracy_leaves_is_what_was_counted(counted_of: tuple[int, int]) -> None:
    wrong, digits = counted_of
    error = in_percent(1 - (digits - wrong) / digits)
    assert error == in_percent(wrong / digits) == round(100 * wrong / digits, 9)
    if 10_000 % digits == 0:
        assert error == float(f"{100 * wrong / digits:.4f}")


def test_a_test_error_says_on_whose_digits() -> None:
    assert as_test_error(0.9903, "MNIST training") == "MNIST test error 0.97 %"
    assert as_test_error(0.9903, "built-in training") == "test error 0.97 % on built-in digits"
    assert as_test_error(0.9903, "") == "test error 0.97 %"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "0 s"),
        (59.4, "59 s"),
        (59.6, "1 min"),
        (154, "2 min 30 s"),
        (599, "9 min 50 s"),
        (620, "10 min"),
        (3600 * 2 + 300, "2 h 5 min"),
    ],
)
def test_durations_in_words(seconds: float, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ([4], "4"),
        ([1, 2], "1 and 2"),
        ([5, 6, 7], "5 to 7"),
        ([9, 3, 5, 6, 7], "3, 5 to 7 and 9"),
    ],
)
def test_spans_of_numbers(numbers: list[int], text: str) -> None:
    assert spans(numbers) == text


@given(st.sets(st.integers(0, 60), min_size=1))
def test_spans_hold_exactly_the_numbers(numbers: set[int]) -> None:
    found: set[int] = set()
    for part in spans(numbers).replace(" and ", ", ").split(", "):
        low, _, high = part.partition(" to ")
        found |= set(range(int(low), int(high or low) + 1))
    assert found == numbers


def test_words() -> None:
    assert comma_list((0, 1, 3)) == "0, 1, 3"
    assert [a_digit(digit) for digit in (1, 8)] == ["a 1", "an 8"]
    assert lower_first("Not a digit") == "not a digit"
    assert upper_first("output 3, the logit") == "Output 3, the logit"


def test_one_thing_is_not_called_many() -> None:
    assert counted(1, "frame") == "1 frame"
    assert counted(2_000, "frame") == "2,000 frames"


def test_all_but_all_is_not_said_to_be_all() -> None:
    assert percent(1) == "100.00 %"
    assert percent(59_999 / 60_000) == ">99.99 %"
    assert percent(0.9999) == "99.99 %"
    assert percent(0.9996, 1) == ">99.9 %"


def test_figures_beside_each_other_have_as_many_digits() -> None:
    values = (0.47, 0.4774, 12.34, 98.0, 998.7, 1234.4, 1.2e-5, 0, -0.5, 2.06e7)
    assert [significant(each) for each in values] == [
        "0.470", "0.477", "12.3", "98.0", "999", "1234", "1.20e-5", "0.00", "−0.500", "2.06e7",
    ]  # fmt: skip


def test_the_limit_of_the_inputs_range_reads_as_the_range_does() -> None:
    assert limit_figure(1.1749999523162842) == "1.175"
    assert limit_figure(1.7159) == "1.72"
    assert limit_figure(1.5) == "1.50"
