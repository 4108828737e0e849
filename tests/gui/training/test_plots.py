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
from lenet_gui.gui.training.curve_plot import MANY_POINTS
from lenet_gui.gui.training.curves import Line, Quantity, RunCurves
from lenet_gui.gui.training.plots import PlotsPane
from lenet_gui.gui.training.run_chart import SIZE
from lenet_gui.gui.training.thinned import MOST_POINTS
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


def test_a_run_of_a_million_steps_is_drawn_with_few_points(pane: PlotsPane) -> None:
    long = RunCurves(Recipe(epochs=20, batch_size=1), "long", 60_000)
    losses = np.random.default_rng(3).exponential(size=(20, 100, 600))
    losses[11, 50, 300] = 1000.0
    for part, some in enumerate(losses.reshape(-1, 600)):
        long.add(steps((part + 1) * 600, tuple(some.tolist()), 0.9))
    pane.set_run(long)
    x, y = pane.loss.points(Line.STEP)
    assert MOST_POINTS / 2 <= x.size <= MOST_POINTS
    assert x[-1] == 20
    assert 10 ** y.max() == pytest.approx(1000)  # a peak is not lost
    assert x[y.argmax()] == pytest.approx(11 + (50 * 600 + 301) / 60_000)
    x, y = pane.second.points(Line.STEP)
    assert x.size == 2000
    np.testing.assert_allclose(y, 90)


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


def test_lines_of_many_points_are_one_pixel_wide_and_thinned_out(
    pane: PlotsPane, run: RunCurves
) -> None:
    run.add(steps(100_000 + 100, tuple(np.linspace(5, 1, 100_000).tolist())))
    pane.refresh()
    pane.grab()
    assert pane.loss.pen_of(Line.STEP).width() == 1
    assert len(pane.loss.points(Line.STEP)[0]) > MANY_POINTS
    assert pane.loss.drawn_points(Line.STEP) < 10_000


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
