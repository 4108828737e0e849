"""The shipped weights are what their card says, to the digit."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from lenet_gui.data.mnist import load_mnist
from lenet_gui.net.architecture import Loss, Variant
from lenet_gui.net.losses import loss_function
from lenet_gui.net.weights_file import load_weights
from lenet_gui.paths import bundled
from lenet_gui.training.metrics import evaluate
from lenet_gui.training.presets import preset
from lenet_gui.training.recipe import Recipe

CARD = Path(__file__).resolve().parent.parent / "weights" / "README.md"


@pytest.fixture(params=Variant)
def variant(request: pytest.FixtureRequest) -> Variant:
    return Variant(request.param)


@pytest.fixture
def file(variant: Variant) -> Path:
    return bundled("weights", f"lenet5-{variant}.safetensors")


def card(variant: Variant) -> dict[str, str]:
    """The rows of the card's table for one variant."""
    column = 1 + list(Variant).index(variant)
    rows = [line.split("|")[1:-1] for line in CARD.read_text().splitlines() if line[:1] == "|"]
    return {row[0].strip(" *"): row[column].strip(" *`") for row in rows}


def figures(text: str) -> list[float]:
    return [float(figure.replace(",", "")) for figure in re.findall(r"[\d.,]*\d", text)]


def test_the_bytes(variant: Variant, file: Path) -> None:
    assert hashlib.sha256(file.read_bytes()).hexdigest() == card(variant)["SHA-256"]


def test_the_recipe_in_the_file_is_the_preset_on_the_card(variant: Variant, file: Path) -> None:
    loaded = load_weights(file, variant)
    told = Recipe.from_json(json.loads(loaded.facts["recipe"]))
    assert told == preset(card(variant)["recipe (preset)"])
    assert str(told.seed) == card(variant)["seed"]
    assert (
        sum(p.numel() for p in loaded.network.parameters())
        == figures(card(variant)["trainable parameters"])[0]
    )


@pytest.mark.parametrize(
    ("which", "loss_row"), [("test", "test loss"), ("training", "training loss")]
)
def test_the_figures(
    variant: Variant, file: Path, which: str, loss_row: str, real_mnist: Path
) -> None:
    loaded = load_weights(file, variant)
    digits = getattr(load_mnist(real_mnist), which)
    found = evaluate(loaded.network, digits, loss_function(Loss(loaded.facts["loss"]), loaded.j))
    row = next(text for name, text in card(variant).items() if name.startswith(f"{which} error"))
    percent, wrong = figures(row)
    assert len(found.misses) == wrong
    assert round(100 * wrong / found.digits, 2) == percent
    assert found.loss == pytest.approx(figures(card(variant)[loss_row])[0], abs=1e-4)
    if which == "test":
        assert found.accuracy >= {Variant.ORIGINAL: 0.99, Variant.MODERN: 0.989}[variant]
