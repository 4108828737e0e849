"""The plots alone: what is drawn, read out, hidden, compared and exported."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from pytestqt.qtbot import QtBot

from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.training.curve_plot import CurvePlot
from lenet_gui.gui.training.curves import Line, Quantity, RunCurves
from lenet_gui.gui.training.plots import PlotsPane
from lenet_gui.gui.training.run_chart import SIZE
from lenet_gui.gui.training.step_line import MOST_POINTS
from lenet_gui.pictures.export import CHART_SCALE
from lenet_gui.training.events import EpochEnded, Score, StepStatistics
from lenet_gui.training.recipe import Recipe

STEPS = 50

NameFile = Callable[[Callable[[], object], Path | None], None]


def epoch(number: int, validation: Score | None = None) -> EpochEnded:
    return EpochEnded(
        epoch=number,
        epochs=4,
        step=number * STEPS,
        train=Score(0.5 / number, 1 - 0.05 / number, 10, 1000),
        test=Score(0.6 / number, 1 - 0.1 / number, 20, 200),
        validation=validation,
        on_the_fly_loss=0.7,
        on_the_fly_accuracy=0.8,
        learning_rate=0.001,
        confusion=tuple(tuple(int(i == j) * 20 for j in range(10)) for i in range(10)),
        seconds=1.0,
    )


def steps(last: int, losses: tuple[float, ...], accuracy: float = 0.5) -> StepStatistics:
    return StepStatistics(
        step=last,
        epoch=1,
        epochs=4,
        step_in_epoch=last,
        steps_per_epoch=STEPS,
        losses=losses,
        loss=float(np.mean(losses)),
        accuracy=accuracy,
        learning_rate=0.001,
        digits_per_second=1000.0,
        seconds_left=10.0,
        digits_seen=last * 10,
    )


@pytest.fixture
def run() -> RunCurves:
    """Two epochs of the Original."""
    curves = RunCurves(Recipe(epochs=4), "2026-11-23 mine 0002", STEPS)
    for number in (1, 2):
        for part in range(5):
            last = (number - 1) * STEPS + (part + 1) * 10
            curves.add(steps(last, tuple(80 / (last - 9 + i) for i in range(10)), last / 100))
        curves.add(epoch(number))
    return curves


@pytest.fixture
def pane(
    qtbot: QtBot, file_dialogs: FileDialogs, notifier: Notifier, run: RunCurves
) -> Iterator[PlotsPane]:
    pane = PlotsPane(file_dialogs, notifier)
    qtbot.addWidget(pane)
    pane.resize(900, 220)
    with qtbot.waitExposed(pane):
        pane.show()
    pane.set_run(run)
    return pane


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


@pytest.fixture(scope="module")
def long_run() -> RunCurves:
    """4 epochs at batch 1: losses of the Original near its floor, some high, one very high."""
    long = RunCurves(Recipe(epochs=4, batch_size=1), "long", 60_000)
    losses = 0.65 + np.random.default_rng(3).exponential(size=(4, 10, 6000)) ** 3
    losses[2, 5, 3000] = 1e6
    for part, some in enumerate(losses.reshape(-1, 6000)):
        long.add(steps((part + 1) * 6000, tuple(some.tolist()), 0.9))
    return long


def shown_all(plot: CurvePlot) -> float:
    """Has the plot find the range that it shows, as its first painting does: pixels an epoch."""
    plot.grab()
    view = plot.plot.getPlotItem().vb
    return float(view.width() / view.viewRect().width())


@pytest.mark.parametrize("log", [True, False])
def test_at_batch_1_a_run_is_drawn_as_a_mean_within_a_band(
    pane: PlotsPane, long_run: RunCurves, log: bool
) -> None:
    pane.log.setChecked(log)
    pane.set_run(long_run)
    pixels = shown_all(pane.loss)
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


def test_what_is_drawn_together_comes_apart_as_one_zooms_in(pane: PlotsPane, qtbot: QtBot) -> None:
    many = RunCurves(Recipe(epochs=4), "many", 1000)
    many.add(steps(4000, tuple(np.random.default_rng(4).random(4000).tolist())))
    pane.set_run(many)
    shown_all(pane.loss)
    assert pane.loss.points(Line.STEP)[0].size < 400
    assert len(pane.loss.band[0])
    for _ in range(9):
        qtbot.keyClick(pane.loss.plot, Qt.Key.Key_Plus)
    assert pane.loss.points(Line.STEP)[0].size == 4000
    assert not len(pane.loss.band[0])
    qtbot.keyClick(pane.loss.plot, Qt.Key.Key_Home)
    shown_all(pane.loss)
    assert pane.loss.points(Line.STEP)[0].size < 400


def test_a_loss_as_good_as_0_does_not_take_all_of_a_logarithmic_axis(pane: PlotsPane) -> None:
    tiny = RunCurves(Recipe(variant="modern", loss="cross-entropy"), "tiny", 60_000)
    losses = np.where(np.arange(60_000) % 4, 0.2, 1e-9)
    losses[::11] = 0  # has no place at all
    tiny.add(steps(60_000, tuple(losses.tolist())))
    pane.set_run(tiny)
    shown_all(pane.loss)
    (low, high) = pane.loss.plot.getPlotItem().vb.viewRange()[1]
    assert 10**low > 0.01
    assert 10**high < 1
    _, ends, _ = pane.loss.band
    assert np.all(np.isfinite(ends))
    assert ends.max() < low  # the band goes down to the axis and beyond


@pytest.mark.parametrize(
    "losses", [(0.6441, 0.6449), (0.65, 0.68), (0.9, 1.1), (0.01, 30.0), (1e-9, 1e9)]
)
@pytest.mark.parametrize("height", [160, 600])
def test_a_logarithmic_axis_has_ticks_whatever_it_shows(
    pane: PlotsPane, losses: tuple[float, float], height: int
) -> None:
    few = RunCurves(Recipe(variant="modern", loss="cross-entropy"), "few", STEPS)
    few.add(steps(2, losses))
    pane.resize(900, height)
    pane.set_run(few)
    shown_all(pane.loss)
    low, high = pane.loss.plot.getPlotItem().vb.viewRange()[1]
    ticks = [each for each in pane.loss.ticks["left"] if low <= each <= high]
    assert len(ticks) >= 2
    assert ticks[-1] - ticks[0] > (high - low) / 4
    axis = pane.loss.plot.getAxis("left")
    assert len(set(axis.tickStrings(ticks, 1, 1))) == len(ticks)  # none reads like another


def test_an_empty_plot_has_no_ticks_and_says_what_comes(pane: PlotsPane, run: RunCurves) -> None:
    pane.set_run(None)
    for empty in (None, RunCurves(Recipe(variant="modern", loss="cross-entropy"), "new", STEPS)):
        pane.set_run(empty)
        for plot, what in ((pane.loss, "loss"), (pane.second, "accuracy")):
            shown_all(plot)
            assert plot.ticks == {"left": [], "bottom": []}
            assert plot.instead == f"While a network is trained its {what} is drawn here."
    pane.set_run(run)
    for plot in (pane.loss, pane.second):
        shown_all(plot)
        assert all(len(ticks) > 1 for ticks in plot.ticks.values())
        assert plot.instead == ""


def test_the_floor_of_eq_9_is_drawn_for_the_original_alone(pane: PlotsPane) -> None:
    assert pane.loss.floor == pytest.approx(np.log(1 + np.exp(-0.1)))
    assert "floor of Eq. 9: log(1 + e^-j) = 0.644" in pane.loss.floor_text
    assert pane.second.floor is None
    pane.set_run(RunCurves(Recipe(variant="modern", loss="cross-entropy"), "other", STEPS))
    assert pane.loss.floor is None
    assert pane.loss.floor_text == ""


def test_the_words_at_the_floor_are_as_many_as_have_room(pane: PlotsPane, qtbot: QtBot) -> None:
    pane.loss.resize(pane.loss.minimumSizeHint())
    qtbot.waitUntil(lambda: pane.loss.floor_text == "floor 0.644")
    pane.resize(1600, 400)
    qtbot.waitUntil(lambda: "log(1 + e^-j) = 0.644" in pane.loss.floor_text)


def test_the_floor_knows_the_temperature(pane: PlotsPane) -> None:
    pane.set_run(RunCurves(Recipe(j=5, temperature=10), "warm", STEPS))
    assert pane.loss.floor == pytest.approx(np.log(1 + np.exp(-0.5)))
    assert "log(1 + e^(-j/T)) = 0.474" in pane.loss.floor_text
    pane.set_run(RunCurves(Recipe(j=8), "cold", STEPS))
    assert "log(1 + e^-j) = 0.000335" in pane.loss.floor_text


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
    step = int(words.partition("each step ")[2] and round(at * STEPS))
    assert f"each step {80 / step:.2g}"[:12] in words
    assert "training 0.5" in words
    assert "test 0.6" in words
    qtbot.mouseMove(pane.legend)
    qtbot.keyClick(pane.loss.plot, Qt.Key.Key_Right)
    assert pane.loss.readout.text() != words
    pane.set_earlier(RunCurves.of_start(_start(), "earlier"))
    qtbot.keyClick(pane.loss.plot, Qt.Key.Key_Left)
    assert "earlier: " in pane.loss.readout.text()
    assert [line[:5] for line in pane.loss.readout.shown] == ["epoch", "earli"]
    pane.grab()
    assert abs(pane.loss.width() - pane.second.width()) <= 1


def _start() -> object:
    from lenet_gui.training.events import Started

    return Started(
        recipe=Recipe(),
        data_name="MNIST training",
        training_digits=500,
        patterns_per_epoch=500,
        validation_digits=0,
        test_digits=100,
        steps_per_epoch=STEPS,
        parameters=60_000,
        device="cpu",
        threads=1,
        folder=None,
        resumed_from_epoch=1,
        history=(epoch(1),),
    )


def test_the_read_out_of_two_runs_is_whole_where_the_plots_are_narrow(
    pane: PlotsPane, run: RunCurves, qtbot: QtBot
) -> None:
    run.add(epoch(3, Score(0.4567, 0.9123, 1, 10)))
    run.add(steps(5000, tuple(np.linspace(12.3456, 0.1234, 4850).tolist())))
    pane.resize(870, 180)  # of a window 1024 pixels wide
    height = pane.loss.plot.height()
    pane.set_earlier(run)
    shown_all(pane.loss)
    with_two = pane.loss.plot.height()
    qtbot.keyClick(pane.loss.plot, Qt.Key.Key_Right)
    first, second = pane.loss.readout.shown
    told = pane.loss.readout.text()
    assert "to" in told.partition("each step")[2].partition("training")[0]  # the band
    for line in (first, second):
        for name in ("step", "training", "test", "validation"):
            assert f"{name} " in line
        assert not line.endswith("…")
    assert pane.loss.plot.height() == with_two  # it does not move what is pointed at
    assert with_two <= height


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


def test_the_legend_hides_lines_and_names_only_what_is_there(
    pane: PlotsPane, run: RunCurves, qtbot: QtBot
) -> None:
    assert not pane.legend.entries[Line.VALIDATION].isVisible()
    run.add(epoch(3, Score(0.4, 0.9, 1, 10)))
    with qtbot.waitSignal(pane.settled):
        pane.mark_changed()
    assert pane.legend.entries[Line.VALIDATION].isVisible()
    assert pane.loss.points(Line.VALIDATION)[0].tolist() == [3]
    entry = pane.legend.entries[Line.STEP]
    qtbot.mouseClick(entry, Qt.MouseButton.LeftButton)
    assert not any(Line.STEP in plot.shown_lines for plot in (pane.loss, pane.second))
    entry.setFocus()
    qtbot.keyClick(entry, Qt.Key.Key_Space)
    assert Line.STEP in pane.loss.shown_lines


def test_a_line_of_many_points_is_one_pixel_wide_and_has_no_more_than_the_plot_can_show(
    pane: PlotsPane, run: RunCurves
) -> None:
    run.add(steps(100_000 + 100, tuple(np.linspace(5, 1, 100_000).tolist())))
    pane.refresh()
    pane.grab()
    assert pane.loss.pen_of(Line.STEP).width() == 1
    assert pane.loss.drawn_points(Line.STEP) <= MOST_POINTS / 4
    finest = run.curve(Quantity.LOSS, Line.STEP)
    assert len(finest.x) <= MOST_POINTS / 4 + 1


def test_the_legend_names_the_run_laid_behind_and_hides_it(pane: PlotsPane, qtbot: QtBot) -> None:
    assert not pane.legend.earlier.isVisible()
    earlier = RunCurves.of_start(_start(), "2026-11-22 19.30 original-quick 0007")
    pane.set_earlier(earlier)
    assert pane.legend.earlier.isVisible()
    assert pane.legend.earlier.text() == "…0 original-quick 0007"
    assert earlier.name in pane.legend.earlier.accessibleName()
    needed = pane.legend.earlier.sizeHint().width()
    qtbot.waitUntil(lambda: pane.legend.earlier.width() >= needed)
    qtbot.mouseClick(pane.legend.earlier, Qt.MouseButton.LeftButton)
    qtbot.keyClick(pane.loss.plot, Qt.Key.Key_Right)
    assert "earlier" not in pane.loss.readout.text()
    qtbot.mouseClick(pane.legend.earlier, Qt.MouseButton.LeftButton)
    assert "earlier" in pane.loss.readout.text()
    pane.set_earlier(None)
    assert not pane.legend.earlier.isVisible()


def test_a_change_of_theme_recolours(pane: PlotsPane) -> None:
    before = pane.loss.pen_of(Line.TRAIN).color()
    palette = QPalette(QColor("#222222"))
    pane.setPalette(palette)
    after = pane.loss.pen_of(Line.TRAIN).color()
    assert before != after
    assert pane.loss.plot.backgroundBrush().color() == palette.color(QPalette.ColorRole.Base)


@pytest.fixture(params=[True, False], ids=["shown", "never shown"])
def exporting(
    request: pytest.FixtureRequest,
    qtbot: QtBot,
    file_dialogs: FileDialogs,
    notifier: Notifier,
    run: RunCurves,
) -> PlotsPane:
    pane = PlotsPane(file_dialogs, notifier)
    qtbot.addWidget(pane)
    if request.param:
        with qtbot.waitExposed(pane):
            pane.show()
    pane.set_run(run)
    return pane


def test_png_is_read_back(
    exporting: PlotsPane, notifier: Notifier, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(notifier.noted):
        exporting.write(tmp_path / "p.png")
    image = QImage(str(tmp_path / "p.png"))
    assert (image.width(), image.height()) == tuple(CHART_SCALE * side for side in SIZE)
    rgb = np.array(image.convertToFormat(QImage.Format.Format_RGB32).constBits()).reshape(
        image.height(), image.width(), 4
    )
    for half in (slice(None, image.width() // 2), slice(image.width() // 2, None)):
        part = rgb[:, half, :3].astype(int)
        vermilion = np.abs(part - [0x00, 0x5E, 0xD5]).sum(axis=2) < 30  # blue comes first
        assert vermilion.sum() > 100  # the test line, in either plot
    again = tmp_path / "again.png"
    exporting.write(again)
    assert again.read_bytes() == (tmp_path / "p.png").read_bytes()


def test_svg_is_read_back(exporting: PlotsPane, tmp_path: Path, run: RunCurves) -> None:
    exporting.set_earlier(run)
    exporting.write(tmp_path / "p.svg")
    root = ET.parse(tmp_path / "p.svg").getroot()  # noqa: S314 - our own file
    assert root.attrib["viewBox"] == f"0 0 {SIZE[0]} {SIZE[1]}"
    texts = {(text.text or "").strip() for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"2026-11-23 mine 0002", "Loss by epoch", "Accuracy by epoch, %"} <= texts
    assert {"each step", "training", "test", "dimmed: 2026-11-23 mine 0002"} <= texts
    assert "floor of Eq. 9: log(1 + e^-j) = 0.644" in texts


def test_csv_has_every_point(exporting: PlotsPane, tmp_path: Path, run: RunCurves) -> None:
    earlier = RunCurves(Recipe(), "earlier", STEPS)
    earlier.add(epoch(1))
    exporting.set_earlier(earlier)
    exporting.write(tmp_path / "p.csv")
    with (tmp_path / "p.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    for curves in (run, earlier):
        for quantity in Quantity:
            for line in Line:
                curve = curves.curve(quantity, line)
                found = [
                    (int(row["step"]), float(row["epoch"]), float(row["value"]))
                    for row in rows
                    if (row["run"], row["quantity"], row["line"]) == (curves.name, quantity, line)
                ]
                assert [step for step, _, _ in found] == curve.steps.tolist()
                np.testing.assert_allclose([x for _, x, _ in found], curve.x)
                assert [y for _, _, y in found] == curve.y.tolist()


def test_of_very_many_steps_the_csv_has_stretches_with_their_extremes(
    exporting: PlotsPane, tmp_path: Path, long_run: RunCurves
) -> None:
    exporting.set_run(long_run)
    exporting.write(tmp_path / "p.csv")
    with (tmp_path / "p.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["quantity"] == "loss"]
    kinds = ("", ", lowest", ", low", ", high", ", highest")
    found = [
        np.array([float(row["value"]) for row in rows if row["line"] == f"each step{kind}"])
        for kind in kinds
    ]
    assert len({len(each) for each in found}) == 1
    mean, lowest, low, high, highest = found
    assert np.all((lowest <= low) & (low <= high) & (high <= highest) & (mean <= highest))
    assert highest.max() == 1e6


def test_a_picture_of_very_many_steps_has_their_band(
    exporting: PlotsPane, tmp_path: Path, long_run: RunCurves, run: RunCurves
) -> None:
    exporting.set_earlier(run)
    exporting.set_run(long_run)
    exporting.write(tmp_path / "p.svg")
    root = ET.parse(tmp_path / "p.svg").getroot()  # noqa: S314 - our own file
    areas = list(root.iter("{http://www.w3.org/2000/svg}polygon"))
    assert len(areas) == 2  # in the plot of the loss, and the legend's sample
    assert max(len(area.attrib["points"].split()) for area in areas) > 200
    exporting.write(tmp_path / "p.npz")
    with np.load(tmp_path / "p.npz") as arrays:
        band = [arrays[f"loss, each step, band {end}"] for end in ("x", "low", "high")]
        assert len({each.size for each in band}) == 1
        assert band[0].size > 100


def test_a_picture_of_a_run_that_has_just_begun_has_no_figures_at_its_axes(
    exporting: PlotsPane, tmp_path: Path
) -> None:
    exporting.set_run(RunCurves(Recipe(), "new", STEPS))
    exporting.write(tmp_path / "p.svg")
    root = ET.parse(tmp_path / "p.svg").getroot()  # noqa: S314 - our own file
    texts = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts.count("Nothing was measured yet.") == 2
    assert not [text for text in texts if text and text[0].isdigit()]


def test_the_dialog_of_the_button_writes_where_it_is_told(
    pane: PlotsPane, qtbot: QtBot, tmp_path: Path, name_file: NameFile
) -> None:
    def export() -> None:
        qtbot.mouseClick(pane.export, Qt.MouseButton.LeftButton)

    name_file(export, tmp_path / "curves.csv")
    assert (tmp_path / "curves.csv").read_text().startswith("run,quantity,line,step,epoch,value")


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (lambda folder: folder / "p.gif", "p.gif must end in .png, .svg, .csv"),
        (lambda folder: _file_in_the_way(folder) / "p.png", "could not be written"),
    ],
)
def test_an_export_that_fails_is_told_and_leaves_nothing(
    pane: PlotsPane,
    qtbot: QtBot,
    notifier: Notifier,
    tmp_path: Path,
    prepare: Callable[[Path], Path],
    words: str,
) -> None:
    target = prepare(tmp_path)
    before = sorted(tmp_path.iterdir())
    with qtbot.waitSignal(notifier.failed) as failed:
        pane.write(target)
    assert words in failed.args[0]
    assert sorted(tmp_path.iterdir()) == before


def test_nothing_to_export_is_told_until_there_is_something(
    pane: PlotsPane, run: RunCurves, notifier: Notifier, qtbot: QtBot, tmp_path: Path
) -> None:
    pane.set_run(None)
    assert not pane.export.isEnabled()
    with qtbot.waitSignal(notifier.failed) as failed:
        pane.write(tmp_path / "p.png")
    assert "train first" in failed.args[0]
    pane.set_run(run)
    assert notifier.shown is None


def test_a_log_that_cannot_be_read_is_told(
    pane: PlotsPane, notifier: Notifier, qtbot: QtBot, tmp_path: Path
) -> None:
    pane.offer_earlier([tmp_path / "gone 0001"])
    pane.earlier.setCurrentIndex(1)
    with qtbot.waitSignal(notifier.failed) as failed:
        pane.earlier.activated.emit(1)
    assert "could not be read" in failed.args[0]
    assert pane.earlier.currentIndex() == 0
    pane.close_down()


def _file_in_the_way(folder: Path) -> Path:
    (folder / "file").write_text("in the way")
    return folder / "file"
