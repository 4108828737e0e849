"""One plot of a training run: what is drawn, with which ticks, and what is read off."""

import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from lenet_gui.gui.training.plots.curve_plot import CurvePlot
from lenet_gui.gui.training.plots.curves import Line, Quantity, RunCurves
from lenet_gui.gui.training.plots.plots_pane import PlotsPane
from lenet_gui.gui.training.plots.run_table import run_rows
from lenet_gui.gui.training.plots.step_line import MOST_POINTS
from lenet_gui.text.figures import significant
from lenet_gui.training.events import Score
from lenet_gui.training.journal import History, StepPoint
from lenet_gui.training.recipe import Recipe
from tests.support.menus import choose, right_click
from tests.support.run_events import STEPS, epoch, started, steps

ShowAll = Callable[[CurvePlot], float]


def test_curves_grow_as_events_come(run: RunCurves) -> None:
    before = run.curve(Quantity.LOSS, Line.STEP)
    assert before.x.size == 100
    many = tuple(float(i) for i in range(1000))
    run.add(steps(1100, many))
    after = run.curve(Quantity.LOSS, Line.STEP)
    assert after.x.size == 1100
    assert before.x.size == 100  # a curve once taken stays as it was
    np.testing.assert_allclose(after.y[100:], many)
    np.testing.assert_allclose(after.x, np.arange(1, 1101) / STEPS)
    np.testing.assert_allclose(run.curve(Quantity.ERROR, Line.TEST).y, [10, 5])


def test_a_run_that_goes_on_keeps_its_updates_and_tells_of_how_many_a_point_is(
    run: RunCurves,
) -> None:
    """Those that are still known one by one; of the others the log has means."""
    log = tuple(StepPoint(last, 1 + (last - 1) // STEPS, 1.0, 0.5, 0.001, 10 * last)
                for last in (20, 50, 75, 100, 130))  # fmt: skip
    past = History(run.recipe, STEPS, log, tuple(run.epochs), "stopped")
    again = replace(started(), resumed_from_epoch=2, history=tuple(run.epochs))
    run.add(steps(120, (9.0,) * 20))  # of an epoch that was not whole
    for known, updates in ((run, [1] * 100), (None, [20, 30, 25, 25])):
        curve = RunCurves.of_start(again, "it", past, known).curve(Quantity.LOSS, Line.STEP)
        assert curve.updates.tolist() == updates
        assert curve.last.tolist() == np.cumsum(updates).tolist()
    # Trained by another program meanwhile, up to an epoch that was not known here.
    more = replace(again, resumed_from_epoch=3, history=(*run.epochs, epoch(3)))
    further = replace(past, steps=(*log[:4], replace(log[4], step=150)))
    curve = RunCurves.of_start(more, "it", further, run).curve(Quantity.LOSS, Line.STEP)
    assert curve.updates.tolist() == [1] * 100 + [50]
    # Another training, in the same folder.
    other = replace(again, history=(replace(run.epochs[0], seconds=9.0), run.epochs[1]))
    curve = RunCurves.of_start(other, "it", past, run).curve(Quantity.LOSS, Line.STEP)
    assert curve.updates.tolist() == [20, 30, 25, 25]
    # A log that begins in the middle.
    late = replace(past, steps=log[2:4])
    curve = RunCurves.of_history(late, "it").curve(Quantity.ACCURACY, Line.STEP)
    assert curve.updates.tolist() == [25, 25]
    rows = [row for row in run_rows([RunCurves.of_history(past, "it")]) if row[2] == Line.STEP]
    assert [row[3::3] for row in rows[:5]] == [
        ("20", "20"), ("50", "30"), ("75", "25"), ("100", "25"), ("130", "30")
    ]  # fmt: skip


@pytest.mark.parametrize("log", [True, False])
def test_at_batch_1_a_run_is_drawn_as_a_mean_within_a_band(
    pane: PlotsPane, long_run: RunCurves, log: bool, show_all: ShowAll
) -> None:
    pane.log.setChecked(log)
    pane.set_run(long_run)
    pixels = show_all(pane.loss)
    x, y = pane.loss.points(Line.STEP)
    assert np.all(np.diff(x)[1:-1] * pixels >= 2.9)  # the first and the last end with the steps
    assert x.size > 4 * pixels / 7
    assert (x[0], x[-1]) == (1 / 60_000, 4)
    band_x, low, high = (10**each if log and n else each for n, each in enumerate(pane.loss.band))
    y = 10**y if log else y
    np.testing.assert_array_equal(band_x, x)
    spike = y.argmax()
    assert x[spike] == pytest.approx(2 + (5 * 6000 + 3000) / 60_000, abs=7 / pixels)
    calm = np.delete(np.arange(x.size), spike)
    np.testing.assert_allclose(y[calm], 0.65 + 6, rtol=0.5)
    np.testing.assert_allclose(low, 0.65 + np.log(1 / 0.9) ** 3, atol=0.01)
    np.testing.assert_allclose(high, 0.65 + np.log(10) ** 3, rtol=0.3)
    x, y = pane.second.points(Line.STEP)
    np.testing.assert_allclose(y, 90)
    assert not len(pane.second.band[0])  # where all are alike there is no band


def test_the_accuracy_of_steps_is_that_of_at_least_a_hundred_digits() -> None:
    """At batch 1 a publication may be of three digits: 0, 33, 67 or 100 per cent."""
    run = RunCurves(Recipe(batch_size=1), "one by one", STEPS)
    right = np.random.default_rng(6).random(3000) < 0.9
    for first in range(0, 3000, 3):
        run.add(steps(first + 3, (1.0,) * 3, float(right[first : first + 3].mean())))
    curve = run.curve(Quantity.ACCURACY, Line.STEP)
    assert curve.last[0] == 102
    assert curve.y[0] == pytest.approx(100 * right[:102].mean())
    np.testing.assert_allclose(curve.y, 90, atol=12)
    batches = RunCurves(Recipe(batch_size=128), "batches", STEPS)
    batches.add(steps(1, (1.0,), 0.5))
    assert batches.curve(Quantity.ACCURACY, Line.STEP).y.tolist() == [50]


def test_what_is_drawn_together_comes_apart_as_one_zooms_in(
    pane: PlotsPane, qtbot: QtBot, show_all: ShowAll
) -> None:
    many = RunCurves(Recipe(epochs=4), "many", 1000)
    many.add(steps(4000, tuple(np.random.default_rng(4).random(4000).tolist())))
    pane.set_run(many)
    show_all(pane.loss)
    assert pane.loss.points(Line.STEP)[0].size < 400
    assert len(pane.loss.band[0])
    for _ in range(9):
        qtbot.keyClick(pane.loss.plot, Qt.Key.Key_Plus)
    assert pane.loss.points(Line.STEP)[0].size == 4000
    assert not len(pane.loss.band[0])
    qtbot.keyClick(pane.loss.plot, Qt.Key.Key_Home)
    show_all(pane.loss)
    assert pane.loss.points(Line.STEP)[0].size < 400


def test_a_loss_as_good_as_0_does_not_take_all_of_a_logarithmic_axis(
    pane: PlotsPane, show_all: ShowAll
) -> None:
    tiny = RunCurves(Recipe(variant="modern", loss="cross-entropy"), "tiny", 60_000)
    losses = np.where(np.arange(60_000) % 4, 0.2, 1e-9)
    losses[::11] = 0  # has no place at all
    tiny.add(steps(60_000, tuple(losses.tolist())))
    pane.set_run(tiny)
    show_all(pane.loss)
    (low, high) = pane.loss.plot.getPlotItem().vb.viewRange()[1]
    assert 10**low > 0.01
    assert 10**high < 1
    _, ends, _ = pane.loss.band
    assert np.all(np.isfinite(ends))
    assert ends.max() < low  # the band goes down to the axis and beyond


@pytest.mark.parametrize("height", [160, 600])
def test_a_logarithmic_axis_has_ticks_whatever_it_shows(
    pane: PlotsPane, height: int, show_all: ShowAll
) -> None:
    pane.resize(900, height)
    for losses in ((0.6441, 0.6449), (0.65, 0.68), (0.9, 1.1), (0.01, 30.0), (1e-9, 1e9)):
        few = RunCurves(Recipe(variant="modern", loss="cross-entropy"), "few", STEPS)
        few.add(steps(2, losses))
        pane.set_run(few)
        show_all(pane.loss)
        low, high = pane.loss.plot.getPlotItem().vb.viewRange()[1]
        assert low <= np.log10(losses[0]) < np.log10(losses[1]) <= high
        ticks = [each for each in pane.loss.ticks["left"] if low <= each <= high]
        assert len(ticks) >= 2
        assert ticks[-1] - ticks[0] > (high - low) / 4
        axis = pane.loss.plot.getAxis("left")
        assert len(set(axis.tickStrings(ticks, 1, 1))) == len(ticks)  # none reads like another


def test_an_empty_plot_has_no_ticks_and_says_what_comes(
    pane: PlotsPane, run: RunCurves, show_all: ShowAll
) -> None:
    pane.set_run(None)
    for empty in (None, RunCurves(Recipe(variant="modern", loss="cross-entropy"), "new", STEPS)):
        pane.set_run(empty)
        for plot, what in ((pane.loss, "loss"), (pane.second, "accuracy")):
            show_all(plot)
            assert plot.ticks == {"left": [], "bottom": []}
            assert plot.instead == f"While a network is trained, its {what} is drawn here."
    pane.set_run(run)
    for plot in (pane.loss, pane.second):
        show_all(plot)
        assert all(len(ticks) > 1 for ticks in plot.ticks.values())
        assert plot.instead == ""


def test_the_floor_of_eq_9_is_drawn_for_the_original_alone(pane: PlotsPane) -> None:
    assert pane.loss.floor == pytest.approx(np.log(1 + np.exp(-0.1)))
    assert pane.loss.floor_line.words == "lowest possible loss: 0.644"
    assert "(Eq. 9):\nlog(1 + e^−j) = 0.644\nj = 0.1" in pane.loss.floor_line.explanation
    assert pane.second.floor is None
    pane.set_run(RunCurves(Recipe(variant="modern", loss="cross-entropy"), "other", STEPS))
    assert pane.loss.floor is None
    assert pane.loss.floor_line.words == ""


def test_the_words_at_the_floor_are_as_many_as_have_room(pane: PlotsPane, qtbot: QtBot) -> None:
    pane.loss.resize(pane.loss.minimumSizeHint())
    qtbot.waitUntil(lambda: pane.loss.floor_line.words == "lowest 0.644")
    pane.resize(1600, 400)
    qtbot.waitUntil(lambda: pane.loss.floor_line.words == "lowest possible loss: 0.644")


def test_the_floor_knows_the_temperature(pane: PlotsPane) -> None:
    pane.set_run(RunCurves(Recipe(j=5, temperature=10), "warm", STEPS))
    assert pane.loss.floor == pytest.approx(np.log(1 + np.exp(-0.5)))
    assert (
        "log(1 + e^(−j/T)) = 0.474\nj = 5, temperature T = 10" in pane.loss.floor_line.explanation
    )
    pane.set_run(RunCurves(Recipe(j=8), "cold", STEPS))
    assert pane.loss.floor_line.words.endswith(": 0.000335")


def test_the_scale_goes_between_logarithmic_and_linear(pane: PlotsPane, qtbot: QtBot) -> None:
    logarithms = pane.loss.points(Line.STEP)[1]
    qtbot.mouseClick(pane.log, Qt.MouseButton.LeftButton, pos=QPoint(6, pane.log.height() // 2))
    linear = pane.loss.points(Line.STEP)[1]
    np.testing.assert_allclose(10**logarithms, linear)


def test_accuracy_turns_into_error_and_a_zero_has_no_place_on_a_logarithmic_axis(
    pane: PlotsPane, run: RunCurves
) -> None:
    run.add(steps(110, (0.0,) * 10, accuracy=1.0))
    pane.refresh()
    assert np.isnan(pane.loss.points(Line.STEP)[1][-1])
    assert pane.second.points(Line.STEP)[1][-1] == 100
    pane.error.setChecked(True)
    assert pane.second.quantity is Quantity.ERROR
    assert np.isnan(pane.second.points(Line.STEP)[1][-1])
    np.testing.assert_allclose(10 ** pane.second.points(Line.TEST)[1], [10, 5])
    pane.log.setChecked(False)
    assert pane.second.points(Line.STEP)[1][-1] == 0
    pane.grab()


def test_the_read_out_says_the_nearest_values(pane: PlotsPane, qtbot: QtBot) -> None:
    view = pane.loss.plot.getPlotItem().vb
    place = view.mapViewToScene(view.viewRect().center()).toPoint()
    qtbot.mouseMove(pane.loss.plot.viewport(), place)
    words = pane.loss.readout.text()
    at = float(words.removeprefix("epoch ").partition(":")[0])
    assert at == pytest.approx(view.viewRect().center().x(), abs=0.02)
    assert f"update {significant(80 / round(at * STEPS))}; after epoch" in words
    epoch = 1 if at < 1.5 else 2
    assert words.endswith(
        f"after epoch {epoch}: training {0.5 / epoch:.3f}, test {0.6 / epoch:.3f}"
    )
    qtbot.mouseMove(pane.legend)
    qtbot.keyClick(pane.loss.plot, Qt.Key.Key_Right)
    assert pane.loss.readout.text() != words
    pane.set_earlier(RunCurves.of_start(started(), "earlier"))
    qtbot.keyClick(pane.loss.plot, Qt.Key.Key_Left)
    assert "earlier: " in pane.loss.readout.text()
    assert [line[:5] for line in pane.loss.readout.shown] == ["epoch", "earli"]
    pane.grab()
    assert abs(pane.loss.width() - pane.second.width()) <= 1


def test_the_read_out_of_two_runs_is_whole_where_the_plots_are_narrow(
    pane: PlotsPane, run: RunCurves, qtbot: QtBot, show_all: ShowAll
) -> None:
    run.add(epoch(3, Score(0.4567, 0.9123, 1, 10)))
    run.add(steps(5000, tuple(np.linspace(12.3456, 0.1234, 4850).tolist())))
    pane.resize(870, 180)  # of a window 1024 pixels wide
    height = pane.loss.plot.height()
    pane.set_earlier(run)
    show_all(pane.loss)
    with_two = pane.loss.plot.height()
    qtbot.keyClick(pane.loss.plot, Qt.Key.Key_Right)
    first, second = pane.loss.readout.shown
    told = pane.loss.readout.text()
    assert "to" in told.partition("updates")[2].partition("training")[0]  # the band
    for line in (first, second):
        for name in ("step", "3: train", "test", "valid."):
            assert f"{name} " in line
        assert not line.endswith("…")
    qtbot.keyClick(pane.second.plot, Qt.Key.Key_Right)
    assert not any(line.startswith(",") or ": ," in line for line in pane.second.readout.shown)
    assert pane.loss.plot.height() == with_two  # it does not move what is pointed at
    assert with_two <= height


def test_what_the_range_beside_a_mean_holds_is_named(
    pane: PlotsPane, qtbot: QtBot, show_all: ShowAll
) -> None:
    """One update is so high that the mean of its neighbours lies above the middle 80 % of them."""
    losses = np.where(np.arange(4000) % 2, 0.327, 0.47)
    losses[7::16] = 1.6
    run = RunCurves(Recipe(epochs=4), "spikes", 1000)
    run.add(steps(4000, tuple(losses.tolist())))
    pane.resize(1400, 220)
    pane.set_run(run)
    show_all(pane.loss)
    qtbot.keyClick(pane.loss.plot, Qt.Key.Key_Right)
    said = re.fullmatch(
        r"epoch [\d.]+: mean of [\d,]+ updates (0\.\d{3}) \(80 % of them (.{5}) to (.{5,})\)",
        pane.loss.readout.text(),
    )
    assert said is not None
    low, mean, high = (float(said[number]) for number in (2, 1, 3))
    assert low <= high < mean
    (shown,) = pane.loss.readout.shown
    assert f"80 % of them {said[2]} to {said[3]}" in shown


def test_an_update_of_fewer_digits_says_of_how_many(
    pane: PlotsPane, qtbot: QtBot, show_all: ShowAll
) -> None:
    """The last of an epoch: 10,000 digits are 78 updates of 128 digits, and one of 16."""
    recipe = Recipe(epochs=1, batch_size=128)
    begun = replace(started(), recipe=recipe, patterns_per_epoch=10_000, steps_per_epoch=79)
    run = RunCurves.of_start(replace(begun, resumed_from_epoch=None, history=()), "it")
    run.add(steps(79, (0.5,) * 78 + (2.0,)))
    ends = ((40, 5120), (79, 10_000))
    logged = tuple(StepPoint(last, 1, 0.5, 0.9, 0.001, seen) for last, seen in ends)
    past = RunCurves.of_history(History(recipe, 79, logged), "it")
    for curves, digits in ((run, [128] * 78 + [16]), (past, [5120, 4880])):
        found = curves.curve(Quantity.LOSS, Line.STEP)
        assert found.measured.digits.tolist() == digits
    pane.set_run(run)
    show_all(pane.loss)
    for _ in range(40):
        qtbot.keyClick(pane.loss.plot, Qt.Key.Key_Right)
    assert pane.loss.readout.text() == "epoch 1.00: update 2.00 (16 digits)"
    for _ in range(4):
        qtbot.keyClick(pane.loss.plot, Qt.Key.Key_Left)
    assert pane.loss.readout.text().endswith(": update 0.500")
    rows = [row for row in run_rows([run]) if row[2] == Line.STEP]
    assert rows[78][3:8] == ("79", "1", "2.0", "1", "16")


def test_keys_zoom_and_show_all_again(pane: PlotsPane, qtbot: QtBot) -> None:
    view = pane.loss.plot.getPlotItem().vb
    pane.grab()
    whole = view.viewRect().width()
    qtbot.keyClick(pane.loss.plot, Qt.Key.Key_Plus)
    assert view.viewRect().width() < whole
    qtbot.keyClick(pane.loss.plot, Qt.Key.Key_Minus)
    assert view.viewRect().width() == pytest.approx(whole)
    qtbot.keyClick(pane.loss.plot, Qt.Key.Key_Plus)
    qtbot.keyClick(pane.loss.plot, Qt.Key.Key_Home)
    pane.grab()
    assert view.viewRect().width() == pytest.approx(whole, rel=0.1)
    qtbot.keyClick(pane.loss.plot, Qt.Key.Key_Plus)
    middle = pane.loss.plot.mapFromScene(view.sceneBoundingRect().center())
    qtbot.mouseDClick(pane.loss.plot.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    pane.grab()
    assert view.viewRect().width() == pytest.approx(whole, rel=0.1)


def test_a_line_of_many_points_is_one_pixel_wide(pane: PlotsPane) -> None:
    """Wide lines of many points are slow; a mean within a band has few."""
    many = RunCurves(Recipe(epochs=4), "many", STEPS)
    many.add(steps(1500, (1.0,) * 1500))
    pane.resize(3600, 200)  # there is a pixel for each
    pane.set_run(many)
    pane.grab()
    assert pane.loss.points(Line.STEP)[0].size == 1500
    assert pane.loss.pen_of(Line.STEP).width() == 1
    assert not len(pane.loss.band[0])


def test_of_many_steps_no_more_is_drawn_than_the_plot_can_show(
    pane: PlotsPane, run: RunCurves
) -> None:
    run.add(steps(100_000 + 100, tuple(np.linspace(5, 1, 100_000).tolist())))
    pane.refresh()
    pane.grab()
    assert pane.loss.drawn_points(Line.STEP) < 400
    assert pane.loss.pen_of(Line.STEP).width() == 2
    finest = run.curve(Quantity.LOSS, Line.STEP)
    assert len(finest.x) <= MOST_POINTS / 4 + 1


def test_a_change_of_theme_recolours(pane: PlotsPane) -> None:
    before = pane.loss.pen_of(Line.TRAIN).color()
    palette = QPalette(QColor("#222222"))
    pane.setPalette(palette)
    after = pane.loss.pen_of(Line.TRAIN).color()
    assert before != after
    assert pane.loss.plot.backgroundBrush().color() == palette.color(QPalette.ColorRole.Base)


def test_what_is_read_off_a_plot_and_all_its_points_are_copied(
    pane: PlotsPane, run: RunCurves, qtbot: QtBot
) -> None:
    plot = pane.loss.plot
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    read = pane.loss.readout.text()
    assert "update 1.51" in read
    qtbot.keyClick(plot, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == read
    right_click(plot.viewport())
    assert choose(pane.loss.findChild(QMenu), "Copy the read-out") == read
    qtbot.waitUntil(lambda: pane.loss.findChild(QMenu) is None)
    right_click(plot.viewport())
    rows = choose(pane.loss.findChild(QMenu), "Copy as table").splitlines()
    assert rows[0] == "run\tquantity\tline\tstep\tepoch\tvalue\tupdates\tdigits\tunit"
    lines = [row.split("\t") for row in rows[1:]]
    assert {line[1] for line in lines} == {"loss"}
    steps = run.curve(Quantity.LOSS, Line.STEP)
    values = [float(line[5]) for line in lines if line[2] == Line.STEP]
    assert values == [float(f"{y:.9g}") for y in steps.y.tolist()]
    assert {line[6] for line in lines if line[2] == Line.STEP} == {"1"}
    assert {line[6] for line in lines if line[2] != Line.STEP} == {""}
