"""What the card of the weights and the README say of 1998 is what the program says."""

import re
from pathlib import Path

import pytest

from lenet_gui.cli import main
from lenet_gui.net.architecture import Variant
from lenet_gui.net.audit import audit
from lenet_gui.net.weight_arrays import read_facts
from lenet_gui.paths import shipped_weights
from lenet_gui.training.presets import PRESETS
from lenet_gui.versus.assumptions import as_markdown
from lenet_gui.versus.audit_rows import audit_rows
from lenet_gui.versus.standing import shipped_standings
from lenet_gui.versus.table import mean_text

PROJECT = Path(__file__).resolve().parents[2]
README = PROJECT / "README.md"
CARD = PROJECT / "weights" / "README.md"
TRAINING = PROJECT / "lenet_gui" / "guide" / "training.md"
COMMANDS = PROJECT / "lenet_gui" / "guide" / "command-line.md"


def test_the_list_of_assumptions_and_deviations_is_the_programs() -> None:
    words = " ".join(CARD.read_text(encoding="utf-8").split())
    for line in filter(None, as_markdown().splitlines()):
        assert " ".join(line.split()) in words


def test_the_audit_is_the_programs() -> None:
    lines = CARD.read_text(encoding="utf-8").splitlines()
    rows = [audit_rows(audit(variant)) for variant in Variant]
    for original, modern in zip(*rows, strict=True):
        row = (original[0], *original[2:6], *modern[4:6])
        assert f"| {' | '.join(row)} |" in lines


def test_the_weights_are_as_good_as_the_readme_says() -> None:
    readme = README.read_text(encoding="utf-8")
    for name in ("original", "modern"):
        facts = read_facts(shipped_weights(name))
        errors = int(facts["test_errors"])
        told = (
            f"| {name.capitalize()} | **{100 - errors / 100:.2f} %** ({errors} of 10,000 wrong) |"
        )
        assert told in readme


def test_the_table_is_that_of_the_shipped_results(tmp_path: Path) -> None:
    assert main(["results", "--table", str(tmp_path / "table.md")]) == 0
    card = CARD.read_text(encoding="utf-8")
    for line in (tmp_path / "table.md").read_text(encoding="utf-8").splitlines():
        assert line in card


def test_the_readmes_errors_of_1998_are_those_of_the_shipped_results() -> None:
    readme = " ".join(README.read_text(encoding="utf-8").split())
    kept = {standing.name: standing for standing in shipped_standings().standings}
    plain, distorted = kept["paper-1998"], kept["paper-1998-distorted"]
    assert plain.source is not None
    assert distorted.source is not None
    assert (
        f"misses {mean_text(plain)} % of the test digits without distortions and "
        f"{mean_text(distorted)} % with them; the paper reports {plain.source.error:.2f} % and "
        f"{distorted.source.error:.2f} %."
    ) in readme


@pytest.mark.parametrize("document", [README, CARD, TRAINING, COMMANDS], ids=lambda each: each.stem)
def test_every_recipe_that_a_command_names_is_a_preset(document: Path) -> None:
    named = re.findall(r"--recipe ([a-z0-9-]+)", document.read_text(encoding="utf-8"))
    assert named
    assert set(named) <= PRESETS.keys()
