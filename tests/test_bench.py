"""The page shows what `make bench` measured last; the program that measures says what it can."""

import json
import re
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import bench
import pytest
import updates
from table import FIGURES, PAGE, with_figures

PROJECT = Path(__file__).resolve().parent.parent
BENCH = PROJECT / "tests" / "benchmarks" / "bench.py"


def test_the_page_shows_the_figures_of_the_last_measurement() -> None:
    figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    page = PAGE.read_text(encoding="utf-8")
    assert with_figures(page, figures) == page


def test_the_page_says_how_every_part_is_measured() -> None:
    page = PAGE.read_text(encoding="utf-8")
    patterns = [
        pattern
        for line in page.splitlines()
        if line.startswith("| `") and line.count("|") == 4
        for pattern in re.findall(r"`([^`]+)`", line.split("|")[1])
    ]
    parts = set(json.loads(FIGURES.read_text(encoding="utf-8"))) - {"machine", "data"}
    assert {part for part in parts if not any(fnmatch(part, each) for each in patterns)} == set()
    assert {each for each in patterns if not any(fnmatch(part, each) for part in parts)} == set()
    named = set(re.findall(r"`(\w+\.py)`", page))
    assert all((PAGE.parent / name).is_file() for name in named)


def test_the_page_says_where_the_machine_was_not_quiet() -> None:
    figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    figures["machine"]["taken_by_others"] = 0.31
    page = with_figures(PAGE.read_text(encoding="utf-8"), figures)
    assert "was not quiet: other programs took up to 31% of its cores." in page
    figures["machine"]["taken_by_others"] = 0.03
    assert "was not quiet" not in with_figures(page, figures)


def test_an_unknown_part_is_told_from_those_there_are(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(BENCH), "--only", "nothing", "--out", str(tmp_path / "out.json")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout.startswith("bench: there is no nothing; there is pen_original,")
    assert not (tmp_path / "out.json").exists()


QUICK = """
import runpy, sys
sys.path[0] = {programs!r}
sys.argv[1:] = ["--epochs", "2", "--steps", "100"]
runpy.run_path({programs!r} + "/long_history.py", run_name="__main__")
"""


def test_one_part_is_measured_and_the_others_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its program, in a process of its own, which this one starts: here with fewer steps."""
    (tmp_path / "long_history.py").write_text(QUICK.format(programs=str(BENCH.parent)))
    monkeypatch.setattr(bench, "HERE", tmp_path)
    out = tmp_path / "out.json"
    out.write_text('{"start": {"seconds": 1}}')
    options = ["--only", "long_history", "--out", str(out)]
    monkeypatch.setattr(sys, "argv", [str(BENCH), *options])
    assert bench.main() == 0
    figures = json.loads(out.read_text(encoding="utf-8"))
    assert figures["start"] == {"seconds": 1}
    assert figures["long_history"]["steps_drawn"] == 200
    assert figures["machine"]["cores"] >= 1
    assert 0 <= figures["machine"]["taken_by_others"] <= 1


def test_updates_of_every_way_are_counted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["updates.py", "--seconds", "0.03", "--rounds", "1"])
    monkeypatch.setattr(updates, "WARM_UP", 2)
    assert updates.main() == 0
    counted = json.loads(capsys.readouterr().out)["updates_a_second"]
    assert counted.keys() == {"sdlm", "sdlm_autograd", "sgd_autograd"}
    assert min(counted.values()) > 0


@pytest.mark.parametrize("program", sorted(BENCH.parent.glob("*.py")), ids=lambda p: p.stem)
def test_every_benchmark_says_what_it_measures(program: Path) -> None:
    assert program.read_text(encoding="utf-8").startswith('"""')
