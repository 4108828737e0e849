"""The plots together: legend, comparison, export."""

import csv
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.training.plots.curves import Line, Quantity, RunCurves
from lenet_gui.gui.training.plots.plots_pane import PlotsPane
from lenet_gui.gui.training.plots.run_chart import SIZE, run_chart
from lenet_gui.gui.training.plots.run_table import COLUMNS
from lenet_gui.pictures.chart.model import Level
from lenet_gui.pictures.export import CHART_SCALE
from lenet_gui.training.adjustments import RateChanged
from lenet_gui.training.events import Score
from lenet_gui.training.recipe import Recipe
from tests.support.run_events import STEPS, epoch, started, steps

NameFile = Callable[[Callable[[], object], Path | None], None]


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


def test_the_legend_names_the_run_laid_behind_and_hides_it(pane: PlotsPane, qtbot: QtBot) -> None:
    assert not pane.legend.earlier.isVisible()
    earlier = RunCurves.of_start(started(), "2026-11-22 19.30 original-quick 0007")
    pane.set_earlier(earlier)
    assert pane.legend.earlier.isVisible()
    assert pane.legend.earlier.text() == "earlier: 19.30 original-quick 0007"
    assert earlier.name in pane.legend.earlier.accessibleName()
    needed = pane.legend.earlier.sizeHint().width()
    qtbot.waitUntil(lambda: pane.legend.earlier.width() >= needed)
    assert pane.legend.earlier.words == pane.legend.earlier.text()
    pane.resize(pane.minimumSizeHint().width(), pane.height())  # it gives way in a narrow window
    qtbot.waitUntil(lambda: pane.legend.earlier.words == "earlier")
    pane.resize(1000, pane.height())
    qtbot.mouseClick(pane.legend.earlier, Qt.MouseButton.LeftButton)
    qtbot.keyClick(pane.loss.plot, Qt.Key.Key_Right)
    assert "earlier" not in pane.loss.readout.text()
    qtbot.mouseClick(pane.legend.earlier, Qt.MouseButton.LeftButton)
    assert "earlier" in pane.loss.readout.text()
    pane.set_earlier(None)
    assert not pane.legend.earlier.isVisible()


def test_that_losses_cannot_be_compared_is_said_where_it_is_true(
    pane: PlotsPane, qtbot: QtBot
) -> None:
    said = pane.incomparable
    for recipe, words in (
        (Recipe(epochs=9, learning_rate=0.5), ""),
        (Recipe(j=1), "in j."),
        (Recipe(j=1, temperature=5), "in j and temperature."),
        (Recipe(loss="distance"), "in what their loss is."),
        (Recipe(variant="modern", loss="cross-entropy"), "in what their loss is."),
    ):
        earlier = RunCurves(recipe, "earlier", STEPS)
        earlier.add(epoch(1))
        pane.set_earlier(earlier)
        assert said.isVisible() == bool(words)
        assert said.text().endswith(words)
        assert run_chart(pane.run, earlier, Quantity.ERROR, log=True).foot == said.text()
    qtbot.mouseClick(pane.legend.earlier, Qt.MouseButton.LeftButton)
    assert not said.isVisible()
    qtbot.mouseClick(pane.legend.earlier, Qt.MouseButton.LeftButton)
    assert said.isVisible()
    pane.set_earlier(None)
    assert not said.isVisible()


def test_runs_to_compare_with_are_told_apart_however_narrow_the_list_is(
    pane: PlotsPane, tmp_path: Path, qtbot: QtBot
) -> None:
    names = [f"2026-11-27 original-quick-with-distortions 000{number}" for number in (1, 2)]
    pane.resize(pane.minimumSizeHint().width(), 220)
    pane.offer_earlier([tmp_path / name for name in names])
    shown = []
    for place, name in enumerate(names, 1):
        pane.earlier.setCurrentIndex(place)
        shown.append(pane.earlier.shown)
        assert name in pane.earlier.toolTip().replace("\n", " ")
    assert shown[0] != shown[1]
    assert shown[0].endswith("1")
    pane.earlier.showPopup()
    opened = pane.earlier.view()
    qtbot.waitUntil(opened.isVisible)
    metrics = opened.fontMetrics()
    assert opened.viewport().width() >= metrics.horizontalAdvance(pane.earlier.currentText())
    pane.earlier.hidePopup()


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
    assert {"updates", "training", "test", "dimmed: 2026-11-23 mine 0002"} <= texts
    assert "lowest possible loss: 0.644" in texts


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
                assert [step for step, _, _ in found] == curve.last.tolist()
                np.testing.assert_allclose([x for _, x, _ in found], curve.x)
                assert [y for _, _, y in found] == [float(f"{y:.9g}") for y in curve.y.tolist()]
    (test,) = (
        row["value"]
        for row in rows
        if (row["run"], row["quantity"], row["line"]) == ("earlier", "error", "test")
    )
    assert test == "10.0"  # not 100 * (1 - 0.9), which is 9.999999999999998


def test_of_very_many_steps_the_csv_has_stretches_with_their_extremes(
    exporting: PlotsPane, tmp_path: Path, long_run: RunCurves
) -> None:
    exporting.set_run(long_run)
    exporting.write(tmp_path / "p.csv")
    with (tmp_path / "p.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["quantity"] == "loss"]
    kinds = ("", ", lowest", ", low", ", high", ", highest")
    found = [
        np.array([float(row["value"]) for row in rows if row["line"] == f"updates{kind}"])
        for kind in kinds
    ]
    assert len({len(each) for each in found}) == 1
    updates = [int(row["updates"]) for row in rows if row["line"] == "updates"]
    assert sum(updates) == 4 * 60_000
    lasts = [int(row["step"]) for row in rows if row["line"] == "updates"]
    np.testing.assert_array_equal(np.cumsum(updates), lasts)  # each up to its step
    mean, lowest, low, high, highest = found
    assert np.all((lowest <= low) & (low <= high) & (mean <= highest) & (high <= highest))
    assert np.all((lowest <= mean) & (mean <= highest))
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
    texts = {text.text for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert "updates: mean, and a band with 80 % of them" in texts


def test_npz_and_csv_hold_the_same_rows_and_say_what_they_are(
    exporting: PlotsPane, tmp_path: Path, long_run: RunCurves, run: RunCurves
) -> None:
    run.add(RateChanged(2, 26, 0.0005, 0.001))
    exporting.set_earlier(run)
    exporting.set_run(long_run)
    for name in ("p.npz", "p.csv"):
        exporting.write(tmp_path / name)
    with (tmp_path / "p.csv").open(newline="") as file:
        said = list(csv.DictReader(file))
    words = {kind: [row for row in said if row["quantity"] == kind] for kind in ("about", "recipe")}
    rows = [row for row in said if row["quantity"] not in words]
    with np.load(tmp_path / "p.npz") as arrays:
        for name in COLUMNS:
            there = [row[name] for row in rows]
            if arrays[name].dtype == np.float64:
                figures = np.array([float(each or "nan") for each in there])
                np.testing.assert_array_equal(arrays[name], figures)
            else:
                assert arrays[name].tolist() == there
        assert arrays["about"].tolist() == [row["line"] for row in words["about"]]
        recipe = [f"{row['run']}: {row['line']}" for row in words["recipe"]]
        assert arrays["recipe"].tolist() == recipe
    assert "long: batch_size: 1" in recipe
    assert {row["run"] for row in rows} == {long_run.name, run.name}
    assert {(row["quantity"], row["unit"]) for row in rows} == {
        ("loss", ""), ("accuracy", "%"), ("error", "%"), ("change", "")
    }  # fmt: skip


@pytest.mark.parametrize("log", [True, False])
def test_the_floor_has_its_place_on_the_exported_axis(log: bool) -> None:
    """Also where a band of updates ends above it."""
    run = RunCurves(Recipe(j=2.5), "far from its floor", STEPS)
    assert run.floor == pytest.approx(0.0789, abs=1e-4)
    run.add(steps(4000, tuple(np.random.default_rng(5).uniform(0.12, 4, 4000).tolist())))
    panel = run_chart(run, None, Quantity.ACCURACY, log=log).panels[0]
    assert panel.y.holds(run.floor)
    assert any(isinstance(mark, Level) and mark.at == run.floor for mark in panel.marks)


def test_a_picture_of_a_run_that_has_just_begun_has_no_figures_at_its_axes(
    exporting: PlotsPane, tmp_path: Path
) -> None:
    exporting.set_run(RunCurves(Recipe(), "new", STEPS))
    exporting.write(tmp_path / "p.svg")
    root = ET.parse(tmp_path / "p.svg").getroot()  # noqa: S314 - our own file
    texts = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts.count("Nothing has been measured yet.") == 2
    assert not [text for text in texts if text and text[0].isdigit()]


def test_the_dialog_of_the_button_writes_where_it_is_told(
    pane: PlotsPane, qtbot: QtBot, tmp_path: Path, name_file: NameFile
) -> None:
    def export() -> None:
        qtbot.mouseClick(pane.export, Qt.MouseButton.LeftButton)

    name_file(export, tmp_path / "curves.csv")
    heading = "run,quantity,line,step,epoch,value,updates,digits,unit\n"
    assert (tmp_path / "curves.csv").read_text().startswith(heading)


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
