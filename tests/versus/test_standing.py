"""Results grouped and averaged, with figures computed by hand."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lenet_gui.net.architecture import DEFAULT_J
from lenet_gui.net.codes import CODES
from lenet_gui.pictures.chart.frame import frames_of
from lenet_gui.pictures.chart.numbers import chart_rows
from lenet_gui.pictures.chart.sheet import chart_sheet
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.lines import stretches
from lenet_gui.pictures.methods_chart import WIDTH, entries, methods_chart, methods_height
from lenet_gui.pictures.sheet import Line, Rectangle, Text
from lenet_gui.pictures.versus_chart import versus_chart
from lenet_gui.training.presets import preset
from lenet_gui.versus.assumptions import Kind, as_markdown, statements
from lenet_gui.versus.curves import curves_of
from lenet_gui.versus.published import FIG_9
from lenet_gui.versus.standing import read_standings
from lenet_gui.versus.table import notes, what_it_is

Content = Callable[..., dict[str, Any]]


@pytest.fixture
def keep(tmp_path: Path) -> Callable[..., Path]:
    """`keep(*contents)`: a folder with these results."""

    def kept(*contents: dict[str, Any]) -> Path:
        for number, content in enumerate(contents):
            (tmp_path / f"{number}.json").write_text(json.dumps(content))
        return tmp_path

    return kept


def test_runs_of_other_digits_stand_apart(
    keep: Callable[..., Path], result_content: Content
) -> None:
    fewer = result_content(errors=(500, 400))
    fewer["training_digits"] = 1000
    fewer["recipe"]["training_digits"] = 1000
    kept = read_standings(keep(result_content(seed=0), fewer))
    assert [(one.mean, one.is_comparable) for one in kept.standings] == [
        (pytest.approx(0.97), True),
        (pytest.approx(4.0), False),
    ]
    assert kept.of("paper-1998") is kept.standings[0]
    assert kept.of("modern-best") is None
    assert kept.standings[1].source is None


def test_runs_that_learned_nothing_are_told(
    keep: Callable[..., Path], result_content: Content
) -> None:
    contents = [result_content(seed=seed) for seed in range(3)]
    contents[1] |= {"learned": False}
    contents[2] |= {"learned": True}
    kept = read_standings(keep(*contents))
    assert kept.standings[0].unlearned == (1,)
    (told,) = (note for note in notes(kept) if "learned" in note)
    assert told == (
        "paper-1998: learned nothing with seed 1; its answers are no better than giving the same "
        "one every time."
    )


def test_runs_not_made_alike_are_told(keep: Callable[..., Path], result_content: Content) -> None:
    contents = (result_content(seed=0, j=0.1), result_content(seed=1, j=0.2))
    kept = read_standings(keep(*contents))
    assert kept.standings[0].differing == ("j",)
    assert any("differ in their settings (j)" in note for note in notes(kept))


def test_the_mean_curve_goes_as_far_as_every_seed_does(
    keep: Callable[..., Path], result_content: Content
) -> None:
    folder = keep(
        result_content(seed=0, errors=(200, 100, 90), on_the_fly=(0.9, 0.95, 0.99)),
        result_content(seed=1, errors=(300, 110), on_the_fly=(0.8, 0.93)),
    )
    curves = curves_of(read_standings(folder).standings[0])
    assert np.allclose(curves.mean_test, [(1, 2.5), (2, 1.05)])
    assert np.allclose(curves.mean_training, [(1, 15.0), (2, 6.0)])
    assert curves.last_pass == 3
    assert curves.text(2) == "pass 2: test 1.05 % (1.00 to 1.10), training 6.00 %"
    assert curves.text(3) == ""


@pytest.mark.parametrize("size", [(560, 300), (760, 480), (1600, 1000)])
@pytest.mark.parametrize("theme", Theme)
def test_curves_of_any_size_lie_on_the_page(
    theme: Theme,
    size: tuple[int, int],
    keep: Callable[..., Path],
    result_content: Content,
) -> None:
    errors = (9800, 300, *[0] * 23)  # from the worst to no error at all, in 25 passes
    content = result_content(errors=errors, on_the_fly=[0.0, *[1.0] * 24])
    curves = curves_of(read_standings(keep(content)).standings[0])
    chart = versus_chart(curves)
    sheet = chart_sheet(chart, size, theme)  # refuses what lies outside
    (frame,) = frames_of(chart, size)
    (training, test) = (
        item
        for item in sheet.items
        if isinstance(item, Line) and item.width > 2 and len(item.points) > 2
    )
    assert len(test.points) == len(training.points) == 25
    assert test.points[-1] == (pytest.approx(frame.right), pytest.approx(frame.bottom))
    for x, y in (*test.points, *training.points):
        assert frame.left <= x <= frame.right
        assert frame.top <= y <= frame.bottom
    for number in range(1, 26):
        assert round(frame.value_under(frame.x(number))) == number
    assert frame.value_under(frame.left - 30) is None


@pytest.mark.parametrize("change", ["held out", "taken up", "fewer digits"])
def test_what_did_not_learn_all_of_mnist_by_one_recipe_is_not_compared(
    change: str, keep: Callable[..., Path], result_content: Content
) -> None:
    content = result_content("modern-seed")
    assert read_standings(keep(content)).of("modern-seed") is not None
    if change == "held out":
        content["recipe"]["validation_share"] = 0.5
    elif change == "taken up":
        content["changes"] = ["learning_rate 0.1 up to epoch 1"]
    else:
        content["recipe"]["training_digits"] = 30_000
    kept = read_standings(keep(content))
    assert kept.of("modern-seed") is None
    assert kept.standings[0].source is None
    assert "not comparable with the source: modern-seed" in " ".join(notes(kept))


def test_a_dashed_line_keeps_its_rhythm_round_a_corner() -> None:
    dashes = stretches(Line(((0, 0), (12, 0), (12, 8)), 1, "#000000", dash=5))
    assert np.allclose(
        [point for dash in dashes for point in dash],
        [(0, 0), (5, 0), (10, 0), (12, 0), (12, 0), (12, 3)],
    )


def test_the_published_chart_is_sorted_and_its_bars_are_true(
    keep: Callable[..., Path], result_content: Content
) -> None:
    kept = read_standings(keep(result_content("original-best", errors=(100, 50))))
    rows = entries(kept)
    assert len(rows) == len(FIG_9) + 1
    assert [row.error for row in rows] == sorted((row.error for row in rows), reverse=True)
    assert rows[-1].is_ours
    chart = methods_chart(kept)
    sheet = chart_sheet(chart, (WIDTH, methods_height(chart)))
    bars = [item for item in sheet.items if isinstance(item, Rectangle)]
    factor = bars[0].width / rows[0].error
    assert [bar.width for bar in bars] == [
        pytest.approx(row.error * factor, abs=0.6) for row in rows
    ]
    names = [item.text for item in sheet.items if isinstance(item, Text)]
    assert "ours: original-best" in names


def test_the_table_says_what_a_network_learned_from(
    keep: Callable[..., Path], result_content: Content
) -> None:
    taught = {"added_digits": 4000, "rubbish": 300, "teachers_share": 0.25}
    (standing,) = read_standings(keep(result_content("original-best", **taught))).standings
    assert what_it_is(standing).endswith(
        "4,000 built-in digits added, 300 non-digit pictures added, 25 % taught by a committee"
    )


def test_the_admissions_give_the_figures_of_the_recipes() -> None:
    told = {one.topic: one.text for one in statements()}
    assert len(told) == len(statements())
    assert f"{preset('paper-1998').learning_rate:g}" in told["eta"]
    assert "0.0005" in told["eta"]
    share = preset("original-best").teachers_share
    assert preset("modern-best").teachers_share == share
    assert f"{100 * share:g} % of its target" in told["original-best"]
    assert str(preset("paper-1998").curvature_digits) in told["The running estimate"]
    assert "its caption says so" in told["Training error"]  # Fig. 5: "measured on-the-fly"
    assert not [text for text in told.values() if "does not say how" in text]
    assert "stride" not in told["Modern C3"].partition("229,342.")[0]
    markdown = as_markdown()
    assert all(f"### {kind}" in markdown for kind in Kind)
    assert markdown.count("\n- ") == len(statements())


def test_the_shares_of_a_drawing_that_is_a_code_are_those_of_eq_9() -> None:
    (told,) = (one.text for one in statements() if one.topic == "Shown probabilities")
    squares = [sum((a - b) ** 2 for a, b in zip(CODES[6], code, strict=True)) for code in CODES]
    digit, rubbish = math.exp(-squares[6]), math.exp(-DEFAULT_J)
    whole = rubbish + sum(math.exp(-y) for y in squares)
    shares = f'only {100 * digit / whole:.0f} % and "not a digit" {100 * rubbish / whole:.0f} %.'
    assert shares == 'only 52 % and "not a digit" 48 %.'
    assert told.endswith(shares)


def test_errors_in_tables_have_no_rounding_of_binary_sums(
    keep: Callable[..., Path], result_content: Content
) -> None:
    on_the_fly = (0.9219, 0.9219)
    contents = (
        result_content(seed=seed, errors=(452, 57 + seed), on_the_fly=on_the_fly)
        for seed in range(4)
    )
    (standing,) = read_standings(keep(*contents)).standings
    assert standing.errors == (0.57, 0.58, 0.59, 0.6)
    assert standing.mean == 0.585
    rows = list(chart_rows(versus_chart(curves_of(standing))))[1:]
    assert {y for _, series, _, _, y in rows if series.startswith("training")} == {7.81}
    assert {y for _, series, x, _, y in rows if series.startswith("test") and x == 1} == {4.52}
