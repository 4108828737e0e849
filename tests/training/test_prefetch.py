"""One step ahead: the same items, no more made than wanted, errors passed on, no thread left."""

import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.training.prefetch import prefetch

NAME = "one step ahead"


def left() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == NAME]


@given(st.lists(st.integers()))
def test_the_items_are_the_same(items: list[int]) -> None:
    assert list(prefetch(iter(items))) == items
    assert not left()


def test_an_item_is_made_elsewhere_while_the_one_before_is_used() -> None:
    second = threading.Event()

    def items() -> Iterator[int]:
        yield threading.get_ident()
        second.set()
        yield 0

    used = prefetch(items())
    assert next(used) != threading.get_ident()
    assert second.wait(10)  # nobody has asked for it yet
    assert list(used) == [0]


def test_no_more_than_one_item_lies_ready() -> None:
    made = []
    barrier = threading.Barrier(2)

    def items() -> Iterator[int]:
        for number in range(10):
            made.append(number)
            if number == 1:
                barrier.wait(10)
            yield number

    used = prefetch(items())
    next(used)
    barrier.wait(10)
    used.close()
    assert made == [0, 1]
    assert not left()


def test_what_goes_wrong_comes_in_its_place() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise OSError("gone")

    used = prefetch(items())
    assert next(used) == 1
    with pytest.raises(OSError, match="gone"):
        next(used)
    assert not left()
