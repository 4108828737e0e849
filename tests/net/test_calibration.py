"""When a network abstains is read from its facts, and every wrong value is told."""

from pathlib import Path

import pytest
import torch

from lenet_gui.errors import UserError
from lenet_gui.net.architecture import ANSWER_J, LEAST_MARGIN, Loss, Variant
from lenet_gui.net.calibration import Calibration, calibration_of
from lenet_gui.net.lenet5 import build
from lenet_gui.net.weights_file import load_weights, save_weights


@pytest.mark.parametrize(
    ("variant", "loss", "knows_rubbish"),
    [
        (Variant.ORIGINAL, None, True),
        (Variant.ORIGINAL, Loss.MAP, True),
        (Variant.ORIGINAL, Loss.DISTANCE, False),
        (Variant.MODERN, None, False),
        (Variant.MODERN, Loss.CROSS_ENTROPY, False),
        (Variant.MODERN, Loss.CROSS_ENTROPY_RUBBISH, True),
    ],
)
def test_the_loss_of_its_training_says_whether_a_network_knows_rubbish(
    variant: Variant, loss: Loss | None, knows_rubbish: bool, tmp_path: Path
) -> None:
    path = tmp_path / "weights.safetensors"
    network = build(variant, torch.Generator().manual_seed(1))
    save_weights(network, path, {} if loss is None else {"loss": str(loss)})
    found = load_weights(path).calibration
    assert found == Calibration(ANSWER_J[variant] if knows_rubbish else None, LEAST_MARGIN[variant])


def test_a_file_gives_its_own_calibration(tmp_path: Path) -> None:
    path = tmp_path / "weights.safetensors"
    facts = {"loss": "cross-entropy-rubbish", "answer_j": "-2.5", "least_margin": "0.75"}
    save_weights(build(Variant.MODERN, torch.Generator().manual_seed(1)), path, facts)
    assert load_weights(path).calibration == Calibration(-2.5, 0.75)
    assert load_weights(path).loss is Loss.CROSS_ENTROPY_RUBBISH


def test_an_originals_answers_have_at_least_the_j_of_its_training_and_its_temperature() -> None:
    facts = {"j": "50.0", "temperature": "10.0"}
    assert calibration_of(Variant.ORIGINAL, facts) == Calibration(50.0, temperature=10.0)
    assert calibration_of(Variant.ORIGINAL, {"j": "8"}) == Calibration(ANSWER_J[Variant.ORIGINAL])
    given = {**facts, "answer_j": "43.5"}
    assert calibration_of(Variant.ORIGINAL, given) == Calibration(43.5, temperature=10.0)
    assert calibration_of(Variant.MODERN, {"loss": "cross-entropy-rubbish", "j": "50"}).j == 0


@pytest.mark.parametrize(
    ("variant", "facts", "sentence"),
    [
        (Variant.ORIGINAL, {"answer_j": "-1"}, "j of answers (answer_j) as '-1', which is not"),
        (Variant.ORIGINAL, {"answer_j": "far"}, "'far', which is not a number from 0 to 100"),
        (Variant.ORIGINAL, {"temperature": "0"}, "temperature (temperature) as '0', which is not"),
        (Variant.ORIGINAL, {"answer_j": "nan"}, "'nan', which is not a number from 0 to 100"),
        (Variant.MODERN, {"answer_j": "-101"}, "'-101', which is not a number from -100 to 100"),
        (Variant.MODERN, {"least_margin": "inf"}, "least margin (least_margin) as 'inf', which"),
        (Variant.MODERN, {"least_margin": "-0.1"}, "'-0.1', which is not a number from 0 to 100"),
    ],
)
def test_a_value_that_cannot_be_is_told_in_a_sentence(
    variant: Variant, facts: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="not a number"):
        calibration_of(variant, facts)
    path = tmp_path / "odd.safetensors"
    save_weights(build(variant, torch.Generator().manual_seed(1)), path, facts)
    with pytest.raises(UserError) as caught:
        load_weights(path)
    assert str(caught.value).startswith(f"{path} gives its ")
    assert sentence in str(caught.value)
    assert str(caught.value).endswith(": choose another file.")
