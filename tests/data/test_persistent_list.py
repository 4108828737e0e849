"""A list that grows without changing follows tuples, whatever grows out of what."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.data.persistent_list import PersistentList

items = st.lists(st.integers(0, 3), max_size=6)


@given(items, st.lists(st.tuples(st.integers(0, 99), st.integers(0, 6), st.integers(0, 3))))
def test_lists_that_grow_out_of_one_another_follow_tuples(
    first: list[int], steps: list[tuple[int, int, int]]
) -> None:
    """Each step takes a list made before, cuts it to a beginning, and appends an item."""
    made, expected = [PersistentList(first)], [tuple(first)]
    for which, kept, item in steps:
        place = which % len(made)
        made.append(made[place][:kept].appended(item))
        expected.append((*expected[place][:kept], item))
        for one, other in zip(made, expected, strict=True):
            assert tuple(one) == other
            assert len(one) == len(other)
    for one, as_tuple in zip(made, expected, strict=True):
        assert one == as_tuple
        assert as_tuple == one
        assert hash(one) == hash(PersistentList(as_tuple))
        for another, its_tuple in zip(made, expected, strict=True):
            assert (one == another) == (as_tuple == its_tuple)


@given(items, st.slices(8), st.integers(-8, 8))
def test_parts_are_those_of_a_tuple(given_items: list[int], part: slice, place: int) -> None:
    made, expected = PersistentList(given_items), tuple(given_items)
    assert made[part] == expected[part]
    if -len(expected) <= place < len(expected):
        assert made[place] == expected[place]
    else:
        with pytest.raises(IndexError, match="no item"):
            made[place]
    assert list(reversed(made)) == list(reversed(expected))


def test_it_is_equal_to_nothing_else() -> None:
    assert PersistentList([1]) != [1]
    assert PersistentList() == ()
    assert PersistentList([1]) != PersistentList([2])
    assert repr(PersistentList([1, 2])) == "PersistentList([1, 2])"


def test_a_list_that_is_one_already_is_taken_as_it_is() -> None:
    made = PersistentList("abc")
    assert PersistentList.of(made) is made
    assert PersistentList.of("abc") == made


def test_growing_and_looking_at_what_it_grew_from_takes_no_copy_of_a_long_list() -> None:
    long = PersistentList(range(100_000)).appended(0).appended(0)
    tracemalloc.start()
    grown = [long.appended(number) for number in range(100)]
    assert all(each[:-1] == long for each in grown)
    assert grown[0][100_001:] == (0, 0)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100_000
