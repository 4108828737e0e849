"""The table and the curve of many training runs, through the command line."""

import csv
import json
import math
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PIL import Image

from lenet_gui.cli import main

Run = Callable[..., subprocess.CompletedProcess[str]]


def row(told: str, name: str) -> str:
    return " ".join(next(line for line in told.splitlines() if line.startswith(name)).split())


def test_the_table_tells_mean_deviation_and_source(lenet_gui: Run, results_folder: Path) -> None:
    done = lenet_gui(["results", str(results_folder)])
    assert (done.returncode, done.stderr) == (0, "")
    # 0.94, 1.00 and 0.97 %: the mean is 0.97, the deviation over n-1 is 0.03 (over n: 0.024).
    words = "paper-1998 Original, Adam batch 64, no distortions 3 0.97 ± 0.03 0.94 1.00 3 0.95"
    assert row(done.stdout, "paper-1998 ") == words
    # One seed alone: 1.18 % without a deviation, and the reader is told why.
    words = "modern-seed Modern, Adam batch 64, no distortions 1 1.18 1.18 1.18 2 1.18"
    assert row(done.stdout, "modern-seed ") == words
    assert "Only one seed, so no deviation: modern-seed." in done.stdout


def test_json_holds_every_figure_unrounded(lenet_gui: Run, results_folder: Path) -> None:
    told = json.loads(lenet_gui(["results", str(results_folder), "--json"]).stdout)
    assert [one["recipe"] for one in told] == ["paper-1998", "modern-seed"]
    assert told[0]["test_errors"] == pytest.approx([0.94, 1.0, 0.97])
    assert told[0]["seeds"] == [0, 1, 2]
    assert told[0]["deviation"] == pytest.approx(0.03)
    assert told[0]["source"] == 0.95
    assert told[1]["deviation"] is None


def test_the_table_as_markdown(lenet_gui: Run, results_folder: Path, tmp_path: Path) -> None:
    done = lenet_gui(["results", str(results_folder), "--table", "table.md"])
    assert done.returncode == 0
    lines = (tmp_path / "table.md").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("| recipe | what it is |")
    assert {line.count("|") for line in lines if line.startswith("|")} == {9}
    assert any(line.startswith("| paper-1998 |") and "0.97 ± 0.03" in line for line in lines)


def test_the_curve_lies_on_the_figures_of_1998(
    lenet_gui: Run, results_folder: Path, tmp_path: Path
) -> None:
    done = lenet_gui(["results", str(results_folder), "--curve", "curve.svg"])
    assert done.returncode == 0
    root = ET.fromstring((tmp_path / "curve.svg").read_bytes())  # noqa: S314 - made here
    space = "{http://www.w3.org/2000/svg}"
    texts = {"".join(text.itertext()): text for text in root.iter(f"{space}text")}
    assert "1998: test error settles at 0.95 % around pass 10 to 12" in texts
    assert "1998: training error 0.35 % at pass 19" in texts
    assert "test 0.97 %" in texts
    # The place of each figure follows from two gridlines: the axis is logarithmic.
    lines = [line.get("points", "") for line in root.iter(f"{space}polyline")]
    places = [[tuple(map(float, p.split(","))) for p in line.split()] for line in lines]
    seeds = [place for place in places if len(place) == 3]
    assert len(seeds) == 2 * (3 + 1)  # test and training: three seeds and their mean
    half, two = (float(texts[tick].get("y")) - 4 for tick in ("0.5", "2"))
    level = next(place for place in places if len(place) == 2 and place[0][1] == place[1][1])

    def y(error: float) -> float:
        return half + (two - half) * math.log(error / 0.5, 4)

    assert level[0][1] == pytest.approx(y(0.95), abs=1)
    ends = sorted(place[-1][1] for place in seeds)
    expected = sorted([*map(y, (0.94, 1.0, 0.97, 0.97)), *[y(4.6)] * 4])
    assert ends == pytest.approx(expected, abs=2)  # gridlines lie on whole units


def test_the_curve_as_png_is_the_same_every_time(
    lenet_gui: Run, results_folder: Path, tmp_path: Path
) -> None:
    for name in ("one.png", "two.png"):
        assert lenet_gui(["results", str(results_folder), "--curve", name]).returncode == 0
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()
    with Image.open(tmp_path / "one.png") as picture:
        assert picture.size == (1520, 960)
        colours = {colour for _, colour in picture.getcolors(1 << 20)}
    assert {(0x00, 0x72, 0xB2), (0xD5, 0x5E, 0x00)} <= colours


def test_the_numbers_of_the_curve_are_those_of_the_results(
    lenet_gui: Run, results_folder: Path, tmp_path: Path
) -> None:
    for name in ("curve.csv", "curve.npz"):
        assert lenet_gui(["results", str(results_folder), "--curve", name]).returncode == 0
    with (tmp_path / "curve.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    mean = [(float(row["x"]), float(row["y"])) for row in rows if row["series"] == "test"]
    assert [number for number, _ in mean] == [1, 2, 3]
    assert mean[-1][1] == pytest.approx(0.97)
    seeds = {row["series"] for row in rows if row["series"].startswith("test, seed")}
    assert len(seeds) == 3
    with np.load(tmp_path / "curve.npz") as arrays:
        assert list(zip(arrays["test x"], arrays["test y"], strict=True)) == mean
        assert arrays["1998: training y"].tolist() == [0.35]


def test_broken_files_are_named_and_the_others_shown(
    lenet_gui: Run, results_folder: Path, result_content: Callable[..., dict[str, Any]]
) -> None:
    (results_folder / "a.json").write_text("{")
    impossible = result_content(seed=7, errors=(10_001, 97))
    (results_folder / "b.json").write_text(json.dumps(impossible))
    (results_folder / "c.json").mkdir()
    (results_folder / "z.json").write_text(json.dumps(result_content(seed=1)))
    done = lenet_gui(["results", str(results_folder)])
    assert done.returncode == 2
    assert "0.97 ± 0.03" in row(done.stdout, "paper-1998 ")
    told = done.stderr.splitlines()
    assert [line.split(" ")[1].rpartition("/")[2] for line in told] == [
        *("a.json", "b.json", "c.json", "z.json")
    ]
    assert "Traceback" not in done.stderr
    assert "paper-1998-seed1.json is a run of paper-1998 with the same seed 1" in told[3]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere"], "nowhere does not exist"),
        (["file"], "file is not a folder"),
        (["empty"], "There are no results of training runs in empty"),
        (["empty", "--table", "t.txt"], "--table t.txt must end in .md"),
        (["empty", "--curve", "c.pdf"], "--curve c.pdf must end in .svg, .png, .csv or .npz"),
    ],
)
def test_what_cannot_be_shown_is_one_sentence(
    arguments: list[str], told: str, lenet_gui: Run, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "empty").mkdir()
    done = lenet_gui(["results", *arguments])
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_curve_needs_the_paper_recipe_on_mnist(
    lenet_gui: Run, tmp_path: Path, result_content: Callable[..., dict[str, Any]]
) -> None:
    content = result_content()
    content["data"] = "built-in training"
    (tmp_path / "r.json").write_text(json.dumps(content))
    done = lenet_gui(["results", ".", "--curve", "c.svg"])
    assert done.returncode == 2
    assert "The curve needs results of paper-1998 on MNIST" in done.stderr
    assert not (tmp_path / "c.svg").exists()
    # Nor is it set beside a figure of 1998.
    assert row(done.stdout, "paper-1998 ").endswith("none")
    assert "not comparable with the source: paper-1998." in done.stdout


def test_a_real_training_leaves_a_result_that_is_read(
    lenet_gui: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    train = (
        *("train", "--variant", "modern", "--data", "builtin", "--training-digits", "40"),
        *("--epochs", "2", "--threads", "1", "--device", "cpu", "--out", "w"),
        *("--result", "kept/one.json"),
    )
    assert main(train) == 0
    done = lenet_gui(["results", "kept"])
    assert (done.returncode, done.stderr) == (0, "")
    assert "on 40 digits of built-in training" in done.stdout


def test_the_table_does_without_torch_and_qt(results_folder: Path) -> None:
    program = (
        "import sys, lenet_gui.cli\n"
        f"lenet_gui.cli.main(['results', {str(results_folder)!r}, '--curve', "
        f"{str(results_folder / 'c.svg')!r}])\n"
        "print([m for m in ('torch', 'PySide6', 'safetensors') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
