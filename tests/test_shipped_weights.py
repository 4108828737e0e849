"""The shipped weights are what their card says, to the digit."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from lenet_gui.data.digits import DigitSets
from lenet_gui.net.architecture import Variant
from lenet_gui.net.losses import loss_function
from lenet_gui.net.tensor_file import WEIGHTS, read_tensors
from lenet_gui.net.weights_file import load_weights
from lenet_gui.paths import SHIPPED_WEIGHTS, bundled_folder, shipped_weights
from lenet_gui.training.metrics import evaluate
from lenet_gui.training.presets import preset
from lenet_gui.training.recipe import Recipe

CARD = Path(__file__).resolve().parent.parent / "weights" / "README.md"


VARIANTS = {"original": "original", "modern": "modern", "paper-1998": "original"}
MOST_ERRORS = {"original": 65, "modern": 65, "paper-1998": 100}


@pytest.fixture(params=SHIPPED_WEIGHTS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def variant(name: str) -> Variant:
    return Variant(VARIANTS[name])


@pytest.fixture
def file(name: str) -> Path:
    return shipped_weights(name)


def card(name: str) -> dict[str, str]:
    """The rows of the card's table for one file."""
    column = 1 + SHIPPED_WEIGHTS.index(name)
    rows = [line.split("|")[1:-1] for line in CARD.read_text().splitlines() if line[:1] == "|"]
    wide = [row for row in rows if len(row) == 1 + len(SHIPPED_WEIGHTS)]
    return {row[0].strip(" *"): row[column].strip(" *`") for row in wide}


def figures(text: str) -> list[float]:
    return [float(figure.replace(",", "")) for figure in re.findall(r"[\d.,]*\d", text)]


def test_the_bytes(name: str, file: Path) -> None:
    assert hashlib.sha256(file.read_bytes()).hexdigest() == card(name)["SHA-256"]


def test_every_shipped_file_has_a_checksum() -> None:
    committee = bundled_folder("weights", "committee").iterdir()
    for file in (*map(shipped_weights, SHIPPED_WEIGHTS), *committee):
        assert read_tensors(file, WEIGHTS).checked, file.name


def test_the_recipe_in_the_file_is_the_preset_on_the_card(
    name: str, variant: Variant, file: Path
) -> None:
    loaded = load_weights(file, variant)
    told = Recipe.from_json(json.loads(loaded.facts["recipe"]))
    assert told == preset(card(name)["recipe (preset)"])
    assert str(told.seed) == card(name)["seed"]
    assert (
        sum(p.numel() for p in loaded.network.parameters())
        == figures(card(name)["trainable parameters"])[0]
    )


@pytest.mark.parametrize(
    ("which", "loss_row"), [("test", "test loss"), ("training", "training loss")]
)
def test_the_figures(
    name: str, variant: Variant, file: Path, which: str, loss_row: str, real_sets: DigitSets
) -> None:
    loaded = load_weights(file, variant)
    digits = getattr(real_sets, which)
    found = evaluate(
        loaded.network, digits, loss_function(loaded.loss, loaded.j, loaded.temperature)
    )
    row = next(text for head, text in card(name).items() if head.startswith(f"{which} error"))
    percent, wrong = figures(row)
    assert len(found.misses) == wrong
    assert round(100 * wrong / found.digits, 2) == percent
    assert found.loss == pytest.approx(figures(card(name)[loss_row])[0], abs=1e-4)
    if which == "test":
        assert wrong <= MOST_ERRORS[name]
        assert int(loaded.facts["test_errors"]) == wrong
    else:
        first = sum(miss.index < int(loaded.facts["train_digits"]) for miss in found.misses)
        assert int(loaded.facts["train_errors"]) == first


COMMITTEE = [f"{variant}-teacher-{seed}" for variant in Variant for seed in range(3)]


def test_the_committee_is_whole() -> None:
    folder = bundled_folder("weights", "committee")
    assert sorted(file.stem for file in folder.iterdir()) == sorted(COMMITTEE)


@pytest.mark.parametrize("name", COMMITTEE)
def test_a_member_of_the_committee_is_what_the_card_says(name: str, real_sets: DigitSets) -> None:
    file = bundled_folder("weights", "committee") / f"{name}.safetensors"
    loaded = load_weights(file)
    recipe, _, seed = name.rpartition("-")
    told = Recipe.from_json(json.loads(loaded.facts["recipe"]))
    assert told == preset(recipe).with_changes(seed=int(seed))
    (row,) = (line for line in CARD.read_text().splitlines() if f"`{name}`" in line)
    _, _, error, digest, _ = row.split("|")
    assert hashlib.sha256(file.read_bytes()).hexdigest() == digest.strip(" `")
    digits = real_sets.test
    found = evaluate(
        loaded.network, digits, loss_function(loaded.loss, loaded.j, loaded.temperature)
    )
    assert len(found.misses) / len(digits) == pytest.approx(figures(error)[0] / 100)
