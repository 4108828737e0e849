"""`lenet-gui train --resume` on a run that was changed while it ran: it says so and repeats it."""

from pathlib import Path

import numpy as np
import pytest

from lenet_gui.cli import main
from lenet_gui.cli.digits import digits_for
from lenet_gui.net.weights_file import load_weights
from lenet_gui.training.adjustments import EpochAdded, NewRate, OneMoreEpoch, RateChanged
from lenet_gui.training.control import Control
from lenet_gui.training.events import StepStatistics
from lenet_gui.training.journal import read_history
from lenet_gui.training.presets import preset
from lenet_gui.training.run import Run


def test_a_run_that_was_changed_is_taken_up_with_its_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    small = {"data": "builtin", "training_digits": 40, "epochs": 2, "batch_size": 4}
    recipe = preset("modern-quick").with_changes(**small, device="cpu")
    digits = digits_for(recipe)

    def trained(name: str, stop: int) -> Path:
        """The folder of a run that is changed before update 14 and stops after update `stop`."""
        control, run = Control(), Run.create(tmp_path / name, recipe)
        for event in run.train(digits, control, publish_every_s=0, threads=1):
            if isinstance(event, StepStatistics) and event.step == 13:
                control.ask(NewRate(0.0003))
                control.ask(OneMoreEpoch())
            if isinstance(event, StepStatistics) and event.step == stop:
                control.stop()
        return run.folder

    checkpoint = trained("stopped", 16) / "checkpoint.safetensors"
    whole = load_weights(trained("whole", 0) / "weights.safetensors").network.state_dict()
    command = ["train", "--resume", str(checkpoint), "--threads", "1"]
    assert main([*command, "--out", "w"]) == 0
    said = capsys.readouterr().out
    rate = f"rate {recipe.learning_rate:g} → 0.0003"
    again = f"what was changed after that is changed again: {rate} in epoch 2; one more epoch in"
    assert again in said
    assert f"\n{rate}, from batch 4 of epoch 2\n" in said
    assert "epoch 3 of 3 · train " in said
    for name, values in load_weights(tmp_path / "w").network.state_dict().items():
        np.testing.assert_array_equal(values, whole[name])
    # A rate that is named decides anew; the epoch stays.
    assert main([*command, "--out", "v", "--lr", "0.0001"]) == 0
    said = capsys.readouterr().out
    assert "is changed again: one more epoch in epoch 2" in said
    changes = load_weights(tmp_path / "v").facts["changes"]
    assert changes == (
        f"learning_rate {recipe.learning_rate} up to epoch 1; epochs 2 up to batch 3 of epoch 2"
    )
    # Also that which the recipe has had all along; with --seeds as without.
    rate = str(recipe.learning_rate)
    for name, seeds in (("u", []), ("t", ["--seeds", str(recipe.seed)])):
        log = tmp_path / f"{name}.jsonl"
        assert main([*command, *seeds, "--out", name, "--lr", rate, "--log", str(log)]) == 0
        first, second = read_history(log).adjustments
        assert first == RateChanged(2, 1, recipe.learning_rate, recipe.learning_rate)
        assert isinstance(second, EpochAdded)
