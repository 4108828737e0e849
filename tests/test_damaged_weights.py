"""Files of weights, checkpoints and the epochs of a run, damaged or made up: used, or refused."""

import math
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.explore.run_reader import load_epoch, read_run
from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import LeNet5, build
from lenet_gui.net.weight_arrays import read_facts
from lenet_gui.net.weights_file import load_weights, save_weights
from lenet_gui.training.checkpoint import (
    Checkpoint,
    load_checkpoint,
    restore,
    save_checkpoint,
    weight_tensors,
)
from lenet_gui.training.descent import Descent
from lenet_gui.training.ending import LOG_NAME
from lenet_gui.training.epoch_files import epoch_file
from lenet_gui.training.events import EpochEnded, Score
from lenet_gui.training.facts import facts_of_training
from lenet_gui.training.optimiser import make_optimiser
from lenet_gui.training.recipe import Recipe
from tests.support.bounds import outcome
from tests.support.damage import damaged, examples, hostile_tensors, unsealed

RECIPE = Recipe(name="small", variant="modern", loss="cross-entropy", epochs=9)
SCORE = Score(1.5, 0.9, 10, 100)
ENDED = EpochEnded(1, 9, 10, SCORE, SCORE, None, 1.0, 0.5, 0.1, ((0,) * 10,) * 10, 1.0)


def network() -> LeNet5:
    return build(Variant.MODERN, torch.Generator().manual_seed(1))


def optimiser_of(trained: LeNet5) -> Descent:
    return make_optimiser(RECIPE, trained.parameters())


def step(trained: LeNet5, optimiser: Descent) -> None:
    """What the first step after a checkpoint does."""
    trained.zero_grad()
    trained(torch.zeros(1, 1, 32, 32)).output.sum().backward()
    optimiser.step()


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Of this module alone."""
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


@pytest.fixture(scope="module")
def weights(folder: Path) -> bytes:
    """A whole file of weights."""
    save_weights(network(), folder / "whole", facts_of_training(RECIPE, "few", 1, SCORE, SCORE))
    return (folder / "whole").read_bytes()


@pytest.fixture(scope="module")
def checkpoint(folder: Path) -> bytes:
    """A whole checkpoint, after one step of Adam."""
    trained = network()
    optimiser = optimiser_of(trained)
    step(trained, optimiser)
    kept = Checkpoint(RECIPE, (ENDED,), "9-0", weight_tensors(trained), optimiser.state())
    save_checkpoint(kept, folder / "checkpoint")
    return (folder / "checkpoint").read_bytes()


def made_otherwise(content: bytes, data: st.DataObject) -> bytes:
    if data.draw(st.booleans()):
        content = unsealed(content)
    return data.draw(damaged([content]) | hostile_tensors(content))


def check(loaded: LeNet5) -> None:
    assert all(bool(parameter.isfinite().all()) for parameter in loaded.parameters())
    assert loaded(torch.zeros(1, 1, 32, 32)).output.shape == (1, 10)


@examples(60, fuzzed=1500)
@given(st.data())
def test_weights(weights: bytes, folder: Path, data: st.DataObject) -> None:
    file = folder / "weights.safetensors"
    file.write_bytes(made_otherwise(weights, data))
    found = outcome(lambda: load_weights(file), megabytes=100)
    outcome(lambda: read_facts(file), megabytes=100)
    if found is not None:
        check(found.network)
        for figure in (found.j, found.temperature, found.calibration.least_margin):
            assert math.isfinite(figure)


@examples(40, fuzzed=1000)
@given(st.data())
def test_checkpoints(checkpoint: bytes, folder: Path, data: st.DataObject) -> None:
    file = folder / "checkpoint.safetensors"
    file.write_bytes(made_otherwise(checkpoint, data))
    trained = network()
    optimiser = optimiser_of(trained)

    def go_on() -> Checkpoint:
        found = load_checkpoint(file)
        restore(found, trained, optimiser, file)
        return found

    found = outcome(go_on, megabytes=100)
    if found is not None:
        step(trained, optimiser)
        assert all(epoch.test.digits > 0 for epoch in found.history)


@examples(20, fuzzed=400)
@given(st.data())
def test_the_epochs_of_a_run(
    weights: bytes, checkpoint: bytes, folder: Path, data: st.DataObject
) -> None:
    run = Path(tempfile.mkdtemp(dir=folder))
    (run / "epochs").mkdir()
    for number in range(data.draw(st.integers(0, 2))):
        epoch_file(run / "epochs", number).write_bytes(made_otherwise(weights, data))
    (run / "checkpoint.safetensors").write_bytes(made_otherwise(checkpoint, data))
    (run / "weights.safetensors").write_bytes(made_otherwise(weights, data))
    (run / LOG_NAME).write_bytes(data.draw(st.binary(max_size=50)))
    history = outcome(lambda: read_run(run), megabytes=100)
    if history is not None:
        assert all(0 <= error <= 1 for error in history.test_errors.values())
        assert history.last <= 10_000
        for epoch in history.epochs:
            calibration = history.calibration(epoch)
            assert calibration.j is None or math.isfinite(calibration.j)
            assert all(np.isfinite(values).all() for values in epoch.weights.values())
            check(load_epoch(epoch))
