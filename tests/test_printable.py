"""Text of others is shown as text: nothing that a terminal or a label obeys is left in it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.errors import UserError
from lenet_gui.printable import printable, shortened

anything = st.text(st.characters(exclude_categories=()), max_size=300)
odd = st.text(st.characters(categories=("Cc", "Cf", "Cs", "Zl", "Zp", "L")), max_size=300)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("epoch-0007.safetensors", "epoch-0007.safetensors"),
        ("Größe 数字 ٣ 👩‍🔬", "Größe 数字 ٣ 👩‍🔬"),
        ("Screenshot at 9.41\u202fAM.png", "Screenshot at 9.41\u202fAM.png"),
        ("\x1b[2Jgone", r"\x1b[2Jgone"),
        ("one\ntwo\r\tthree", r"one\ntwo\r\tthree"),
        ("exe\u202egnp.digit", r"exe\u202egnp.digit"),
        ("a\u2028b\u2066c\ufeff", r"a\u2028b\u2066c\ufeff"),
        ("\x7f\x9b31m", r"\x7f\x9b31m"),
        ("caf\udce9", r"caf\udce9"),  # a byte that is no UTF-8
        ("\U000e0041", r"\U000e0041"),
    ],
)
def test_what_cannot_be_seen_is_written_out(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(anything | odd)
def test_nothing_is_left_that_would_be_obeyed(text: str) -> None:
    shown = printable(text)
    assert not {unicodedata.category(c) for c in shown if c not in "\u200c\u200d"} & {
        "Cc", "Cf", "Cs", "Zl", "Zp",
    }  # fmt: skip
    assert printable(shown) == shown
    assert len(shown.splitlines()) <= 1
    shown.encode()


@given(anything | odd, st.integers(3, 80))
def test_a_long_text_keeps_its_ends(text: str, longest: int) -> None:
    shown = shortened(text, longest)
    assert len(shown) <= longest
    assert shown == printable(shown)
    if len(printable(text)) <= longest and len(text) <= 2 * longest:
        assert shown == printable(text)
    else:
        assert "…" in shown


def test_a_text_without_measure_costs_nothing() -> None:
    assert shortened("\x1b" * 100_000_000) == shortened("\x1b" * 1000)


@given(anything | odd)
def test_the_sentence_of_an_error_is_one_line(text: str) -> None:
    assert str(UserError(f"{text} cannot be read.")) == f"{printable(text)} cannot be read."


def test_no_sentence_is_without_measure() -> None:
    sentence = str(UserError(f"{'x' * 100_000} is no weights file: choose another."))
    assert len(sentence) == 5000
    assert sentence.endswith("x is no weights file: choose another.")
