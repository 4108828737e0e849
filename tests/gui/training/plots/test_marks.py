"""What was changed while a run ran, marked in its plots, read off them and exported."""

import csv
import re
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QPoint, QPointF
from pytestqt.qtbot import QtBot

from lenet_gui.gui.training.plots.curves import Mark, Quantity, RunCurves
from lenet_gui.gui.training.plots.mark_lines import Beside, words_beside
from lenet_gui.gui.training.plots.plots_pane import PlotsPane
from lenet_gui.gui.training.plots.run_chart import CHANGED, SIZE, run_chart
from lenet_gui.pictures.chart.frame import frames_of
from lenet_gui.training.adjustments import EpochAdded, RateChanged
from lenet_gui.training.journal import History
from lenet_gui.training.recipe import Recipe
from tests.support.run_events import STEPS, started, steps

SLOWER, LONGER = RateChanged(2, 26, 0.0005, 0.001), EpochAdded(4, 1, 4)
MARKS = (
    Mark(1.5, "rate 0.001 → 0.0005", "rate 0.0005"),
    Mark(3.0, "one more epoch", "+1 epoch"),
)


@pytest.fixture
def run() -> RunCurves:
    """Three epochs, the rate changed in the middle of the second, and a fourth one wanted."""
    curves = RunCurves(Recipe(epochs=3), "2026-11-23 mine 0002", STEPS)
    first, second, third = (
        steps(number * STEPS, tuple(3 / (number + i) for i in range(STEPS))) for number in (1, 2, 3)
    )
    for event in (first, SLOWER, second, third, LONGER):
        curves.add(event)
    return curves


def test_changes_are_marked_in_both_plots(pane: PlotsPane, run: RunCurves) -> None:
    assert pane.loss.marks == pane.second.marks == MARKS
    run.add(RateChanged(4, 26, 0.0001, 0.0005))
    pane.refresh()
    assert pane.loss.marks[2:] == (Mark(3.5, "rate 0.0005 → 0.0001", "rate 0.0001"),)
    recipe = Recipe(epochs=3)
    pane.set_run(RunCurves.of_history(History(recipe, STEPS, adjustments=(LONGER,)), "other"))
    assert pane.loss.marks == MARKS[1:]
    pane.set_run(None)
    assert pane.loss.marks == ()


def test_words_stand_beside_their_lines_and_leave_others_free(pane: PlotsPane) -> None:
    assert pane.loss.mark_words[0] == MARKS[0].words
    pane.resize(480, 260)
    pane.grab()
    assert pane.loss.mark_words[0] == MARKS[0].brief
    # Right of a line, else left of it, else none; in few words, else in fewer.
    three = [Mark(0, 8 * letter, 4 * letter) for letter in "abc"]
    for places, expected in (
        ((0, 20, 40), [Beside("aaaaaaaa"), Beside("bbbbbbbb"), Beside("cccccccc", is_left=True)]),
        ((0, 5, 41), [Beside("aaaa"), Beside("bbbbbbbb"), Beside("cccccccc", is_left=True)]),
        ((1, 2, 3), [Beside(), Beside(), Beside("cccccccc")]),
        ((-9, 30, 90), [Beside(), Beside("bbbbbbbb"), Beside()]),
    ):
        assert words_beside(places, three, 42, len) == expected


def test_a_change_is_read_off_at_its_line_alone(pane: PlotsPane, qtbot: QtBot) -> None:
    plot = pane.loss.plot
    view = plot.getPlotItem().vb

    def read_off(epoch: float) -> str:
        """Moves the pointer up and down there: of moves that come fast the plot misses some."""
        down = cycle((0, 1))

        def is_there() -> bool:
            _, (low, high) = view.viewRange()
            scene = view.mapViewToScene(QPointF(epoch, (low + high) / 2))
            qtbot.mouseMove(plot.viewport(), plot.mapFromScene(scene) + QPoint(0, next(down)))
            found = re.match(r"epoch ([\d.]+)", pane.loss.readout.text())
            return found is not None and abs(float(found[1]) - epoch) < 0.02

        qtbot.waitUntil(is_there)
        return pane.loss.readout.text()

    assert MARKS[0].words in read_off(1.5)
    assert "rate" not in read_off(1.0)


def test_an_exported_chart_has_marks_words_and_legend(pane: PlotsPane, tmp_path: Path) -> None:
    pane.write(tmp_path / "p.svg")
    root = ET.parse(tmp_path / "p.svg").getroot()  # noqa: S314 - our own file
    texts = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    for words in (MARKS[0].words, MARKS[1].words):
        assert texts.count(words) == 2  # in either plot
    assert texts.count(CHANGED) == 1
    pane.write(tmp_path / "p.csv")
    with (tmp_path / "p.csv").open(encoding="utf-8", newline="") as file:
        changes = [row for row in csv.reader(file) if row[1] == "change"]
    name = "2026-11-23 mine 0002"
    assert changes == [
        [name, "change", MARKS[0].words, "75", "1.5", "0.0005", "", "", ""],
        [name, "change", MARKS[1].words, "150", "3", "4", "", "", ""],
    ]
    copied = [line.split("\t") for line in pane.loss.as_table().splitlines()]
    assert [line for line in copied if line[1] == "change"] == changes


def test_of_marks_close_together_each_has_its_words_beside_its_line(run: RunCurves) -> None:
    for batch in (27, 28):
        run.add(RateChanged(2, batch, 0.0001, 0.0005))
    chart = run_chart(run, None, Quantity.ACCURACY, log=True)
    for frame in frames_of(chart, SIZE):
        flags = [over for over in frame.over if over.mast is not None]
        assert [over.words for over in flags] == [mark.words for mark in run.marks]
        for over, mark in zip(flags, run.marks, strict=True):
            assert abs(over.x - frame.x(mark.at)) <= 4
        assert [over.line for over in flags] == [0, 1, 0, 0]
        (title,) = (over for over in frame.over if over.mast is None)
        assert title.line == 2


def test_where_a_run_was_resumed_is_marked(pane: PlotsPane, tmp_path: Path) -> None:
    """With what was changed there; one that goes on after its end was not interrupted."""
    recipe = Recipe(epochs=3)
    slower = RateChanged(3, 1, 0.0001, 0.001)
    past = History(recipe, STEPS, outcome="stopped", resumed=(1, 2))
    again = RunCurves.of_start(replace(started(), adjustments=(slower,)), "again", past)
    again.add(RateChanged(3, 26, 0.0005, 0.0001))
    assert again.resumed == [1]  # it goes on after the first epoch, once more
    pane.set_run(RunCurves.of_history(replace(past, adjustments=(slower,)), "other"))
    resumed = Mark(1.0, "resumed", "resumed")
    both = Mark(2.0, "resumed, rate 0.001 → 0.0001", "resumed, rate 0.0001")
    assert pane.loss.marks == pane.second.marks == (resumed, both)
    copied = [line.split("\t") for line in pane.loss.as_table().splitlines()[1:]]
    assert [line[2:] for line in copied] == [
        ["resumed", "50", "1", "1", "", "", ""],
        ["resumed", "100", "2", "2", "", "", ""],
        ["rate 0.001 → 0.0001", "100", "2", "0.0001", "", "", ""],
    ]
    finished = replace(past, outcome="finished", resumed=())
    assert RunCurves.of_start(started(), "longer", finished).marks == ()
