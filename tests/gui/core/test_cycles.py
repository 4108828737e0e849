"""Cycles of objects are collected in the GUI thread, whichever thread makes more objects."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from lenet_gui.gui.core.cycles import CycleCollector, collect_due


class Knot:
    """An object that only the search for cycles can find."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def any_thread_collects() -> Iterator[None]:
    """Python as it begins."""
    gc.enable()
    yield
    gc.disable()


@pytest.mark.usefixtures("any_thread_collects")
def test_a_background_thread_collects_nothing(qtbot: QtBot) -> None:
    collector = CycleCollector()
    collector.start()
    ended_in: list[threading.Thread] = []
    weakref.finalize(Knot(), lambda: ended_in.append(threading.current_thread()))
    many: list[list[int]] = []
    busy = threading.Thread(target=lambda: many.extend([] for _ in range(200_000)))
    busy.start()
    busy.join()
    assert ended_in == []
    qtbot.waitUntil(lambda: len(ended_in) == 1)
    assert ended_in == [threading.main_thread()]


def test_nothing_older_than_asked_for_is_collected() -> None:
    gc.collect()
    ended = weakref.finalize(Knot(), int)
    gc.collect(0)  # of few objects, at once
    assert not ended.alive
    knot = Knot()
    ended = weakref.finalize(knot, int)
    gc.collect(1)
    gc.collect(1)  # among the oldest now
    del knot
    many = [[] for _ in range(2 * gc.get_threshold()[0])]
    for _ in range(2 * gc.get_threshold()[1]):
        many.extend([] for _ in range(2 * gc.get_threshold()[0]))
        collect_due(oldest=1)
    assert ended.alive
    gc.collect()
    assert not ended.alive
