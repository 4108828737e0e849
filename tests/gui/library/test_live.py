"""Looks follow each other as the window paints them: the newest ink wins and nothing queues up."""

import numpy as np
import pytest
import torch
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lenet_gui.data.drawing import Drawing, PenPoint, Stroke
from lenet_gui.gui.library import live as live_module
from lenet_gui.gui.library.live import LiveReader
from lenet_gui.net.architecture import Variant
from lenet_gui.net.array_network import ArrayNetwork
from lenet_gui.net.lenet5 import build


def drawing(*across: float) -> Drawing:
    """A line through some places at half the height."""
    return Drawing((Stroke(tuple(PenPoint(x, 0.5, 0.1) for x in across)),))


@pytest.fixture
def live(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> LiveReader:
    """A reader whose window never paints unless it is told so."""
    monkeypatch.setattr(live_module, "PAINTED_WITHIN_MS", 600_000)
    reader = LiveReader()
    network = build(Variant.ORIGINAL, torch.Generator().manual_seed(1))
    with qtbot.waitSignal(reader.read):
        reader.set_network(ArrayNetwork(Variant.ORIGINAL, network.as_arrays()))
    reader.painted()
    return reader


def go_on() -> None:
    """Everything that can be done at once is done."""
    for _ in range(10):
        QApplication.processEvents()


def test_of_many_drawings_the_newest_is_read(live: LiveReader, qtbot: QtBot) -> None:
    seen = []
    live.read.connect(lambda *_: seen.append(live.drawing))
    drawings = [drawing(0.3, 0.3 + 0.05 * n) for n in range(1, 9)]
    for one in drawings:
        live.set_drawing(one)
    qtbot.waitUntil(lambda: bool(seen))
    go_on()
    assert seen == drawings[-1:]
    assert live.is_settled


def test_the_next_look_waits_for_the_paint_and_takes_what_is_newest_then(
    live: LiveReader, qtbot: QtBot
) -> None:
    seen = []
    live.read.connect(lambda *_: seen.append(live.drawing))
    first, second, third = (drawing(0.3, end) for end in (0.4, 0.5, 0.6))
    live.set_drawing(first)
    qtbot.waitUntil(lambda: seen == [first])
    live.set_drawing(second)
    go_on()
    live.set_drawing(third)
    go_on()
    assert seen == [first]
    assert not live.is_settled
    live.painted()
    qtbot.waitUntil(lambda: seen == [first, third])
    live.painted()
    go_on()
    assert seen == [first, third]


def test_a_window_that_does_not_paint_is_read_all_the_same(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_module, "PAINTED_WITHIN_MS", 1)
    reader = LiveReader()
    for end in (0.4, 0.5, 0.6):
        with qtbot.waitSignal(reader.read):
            reader.set_drawing(drawing(0.3, end))
        assert reader.steps is not None


def test_a_network_that_changes_reads_the_same_drawing_anew(live: LiveReader, qtbot: QtBot) -> None:
    with qtbot.waitSignal(live.read):
        live.set_drawing(drawing(0.3, 0.7))
    live.painted()
    before, steps = live.reading, live.steps
    other = build(Variant.MODERN, torch.Generator().manual_seed(2))
    with qtbot.waitSignal(live.read):
        live.set_network(ArrayNetwork(Variant.MODERN, other.as_arrays()))
    assert before is not None
    assert live.reading is not None
    assert live.reading.variant is Variant.MODERN
    assert live.steps is steps
    assert not np.array_equal(before.output, live.reading.output)
