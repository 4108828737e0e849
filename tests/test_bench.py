"""The README shows what `make bench` measured last; the program that measures says what it can."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from table import FIGURES, as_markdown

PROJECT = Path(__file__).resolve().parent.parent
BENCH = PROJECT / "tests" / "benchmarks" / "bench.py"


def test_the_readme_shows_the_figures_of_the_last_measurement() -> None:
    figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    assert as_markdown(figures) in (PROJECT / "README.md").read_text(encoding="utf-8")


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


def test_one_part_is_measured_and_the_others_stay(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_text('{"start": {"seconds": 1}}')
    subprocess.run(
        [sys.executable, str(BENCH), "--only", "long_history", "--out", str(out)],
        capture_output=True,
        check=True,
    )
    figures = json.loads(out.read_text(encoding="utf-8"))
    assert figures["start"] == {"seconds": 1}
    assert figures["long_history"]["steps_drawn"] == 100_000
    assert figures["machine"]["cores"] >= 1


@pytest.mark.parametrize("program", sorted(BENCH.parent.glob("*.py")), ids=lambda p: p.stem)
def test_every_benchmark_says_what_it_measures(program: Path) -> None:
    assert program.read_text(encoding="utf-8").startswith('"""')
