"""The words beside the lines of a chart: each beside its own, none over another."""

from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.pictures.chart.flags import GAP, Flag, flags_of

ROOM = (0.0, 400.0)


def width_of(words: str) -> float:
    return 5.0 * len(words)


def at(*places: float) -> list[Flag]:
    marks = [(place, (f"rate {number} and more", f"rate {number}")) for number, place in
             enumerate(places)]  # fmt: skip
    return flags_of(marks, ROOM, width_of)


def test_of_lines_close_together_every_one_has_its_words_beside_it() -> None:
    first, second = at(100, 104)
    assert first.span[1] == 100 - GAP
    assert second.span[0] == 104 + GAP
    assert first.row == second.row == 0
    three = at(100, 104, 108)
    assert [each.row for each in three] == [0, 1, 0]
    assert three[1].words == "rate 1 and more"


def test_at_the_right_end_words_are_left_of_their_line() -> None:
    (alone,) = at(395)
    assert alone.is_left
    assert alone.span[1] == 395 - GAP
    assert not alone.row


def test_words_that_have_no_room_may_be_left_out() -> None:
    found = flags_of([(at, (f"rate {at}", "")) for at in (100, 104, 108)], ROOM, width_of)
    assert [each.words for each in found] == ["rate 100", "", "rate 108"]
    assert not any(each.row for each in found)


@given(st.lists(st.floats(20, 250), max_size=6).map(sorted))
def test_no_words_meet_others_or_another_s_line(places: list[float]) -> None:
    found = at(*places)
    assert [each.x for each in found] == places
    for one in found:
        assert ROOM[0] <= one.span[0]
        assert one.span[1] <= ROOM[1]
        for other in found:
            if one is not other and one.row == other.row:
                assert one.span[1] <= other.span[0] or other.span[1] <= one.span[0]
            if one is not other and other.row >= one.row:
                assert not one.span[0] < other.x < one.span[1]
