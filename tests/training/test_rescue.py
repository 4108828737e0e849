"""What a training run learned is kept at the first other place, and no file is replaced for it."""

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lenet_gui.data.digits import DigitSets
from lenet_gui.net.weights_file import load_weights
from lenet_gui.paths import user_data_folder
from lenet_gui.training.control import Control
from lenet_gui.training.ending import RunFiles, train_and_keep
from lenet_gui.training.events import Event, Failed, Started
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.rescue import Rescued, rescue
from lenet_gui.training.result import read_result
from lenet_gui.training.snapshot import snapshot


@pytest.fixture(scope="module")
def events(sets: DigitSets, tmp_path_factory: pytest.TempPathFactory) -> list[Event]:
    """Of a training run that did all its epochs, and could not write its weights."""
    files = RunFiles.beside(tmp_path_factory.mktemp("full") / "w")
    files.weights.mkdir()
    recipe = Recipe(
        name="small", variant="modern", loss="cross-entropy", epochs=2, batch_size=32,
        learning_rate=0.002, device="cpu", seed=5,
    )  # fmt: skip
    return list(train_and_keep(recipe, sets, files, Control()))


@pytest.fixture
def started(events: list[Event]) -> Started:
    assert isinstance(events[0], Started)
    return events[0]


@pytest.fixture
def failed(events: list[Event]) -> Failed:
    assert isinstance(events[-1], Failed)
    return replace(events[-1], kept_in=None)


@pytest.fixture(autouse=True)
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "working"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def no_folder(tmp_path: Path) -> Path:
    """A place in which nothing can be written."""
    (tmp_path / "file").write_bytes(b"")
    return tmp_path / "file" / "folder"


def check(found: Rescued | None, failed: Failed, weights: Path, result: Path | None) -> None:
    assert found == Rescued(weights, result)
    loaded = load_weights(weights)
    assert loaded.facts == {**failed.facts}
    assert failed.weights is not None
    for name, values in snapshot(loaded.network).items():
        np.testing.assert_array_equal(values, failed.weights[name])
    if result is not None:
        assert len(read_result(result).epochs) == 2


def test_beside_the_place_that_was_wanted(failed: Failed, started: Started, tmp_path: Path) -> None:
    wanted = tmp_path / "mine.safetensors"
    files = tmp_path / "mine-rescued.safetensors", tmp_path / "mine-rescued.json"
    check(rescue(failed, started, wanted), failed, *files)
    before = [file.read_bytes() for file in files]
    again = tmp_path / "mine-rescued-2.safetensors", tmp_path / "mine-rescued-2.json"
    check(rescue(failed, started, wanted), failed, *again)
    assert [file.read_bytes() for file in files] == before
    assert not wanted.exists()


def test_the_next_places_one_after_the_other(
    failed: Failed,
    started: Started,
    working_folder: Path,
    no_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wanted = no_folder / "w"
    here = working_folder
    check(rescue(failed, started, wanted), failed, here / "w-rescued", here / "w-rescued.json")
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    own = user_data_folder() / "rescued"
    check(rescue(failed, started, wanted), failed, own / "w-rescued", own / "w-rescued.json")
    monkeypatch.setenv("XDG_DATA_HOME", str(no_folder))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    last = tmp_path / "temporary"
    last.mkdir()
    check(rescue(failed, started, wanted), failed, last / "w-rescued", last / "w-rescued.json")
    monkeypatch.setattr(tempfile, "tempdir", str(no_folder))
    assert rescue(failed, started, wanted) is None


def test_a_training_in_the_middle_has_no_result(
    failed: Failed, started: Started, tmp_path: Path
) -> None:
    early = replace(failed, history=failed.history[:1])
    weights = tmp_path / "w-rescued"
    check(rescue(early, started, tmp_path / "w"), failed, weights, None)
    assert not weights.with_suffix(".json").exists()
