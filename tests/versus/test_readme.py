"""What the README says of 1998 is what the program says."""

from pathlib import Path

from lenet_gui.cli import main
from lenet_gui.versus.honesty import as_markdown

README = Path(__file__).resolve().parents[2] / "README.md"


def test_the_list_of_assumptions_and_deviations_is_the_programs() -> None:
    words = " ".join(README.read_text(encoding="utf-8").split())
    for line in filter(None, as_markdown().splitlines()):
        assert " ".join(line.split()) in words


def test_the_table_is_that_of_the_shipped_results(tmp_path: Path) -> None:
    assert main(["results", "--table", str(tmp_path / "table.md")]) == 0
    readme = README.read_text(encoding="utf-8")
    for line in (tmp_path / "table.md").read_text(encoding="utf-8").splitlines():
        assert line in readme
