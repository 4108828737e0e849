"""Results as files: what a training run writes is read back; damaged files are named."""

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from lenet_gui.data.digits import DigitSets
from lenet_gui.errors import UserError
from lenet_gui.training.control import Control
from lenet_gui.training.ending import RunFiles, RunKeeper
from lenet_gui.training.events import EpochEnded, Event, Finished
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.result import read_result
from lenet_gui.training.trainer import train

TrainAll = Callable[..., list[Event]]


def written(events: list[Event], file: Path) -> Path:
    with TemporaryDirectory() as folder:
        files = RunFiles.beside(Path(folder) / "weights", result=file)
        with RunKeeper(files) as keeper:
            for event in events:
                keeper.keep(event)
    return file


@pytest.fixture(scope="module")
def ended(sets: DigitSets) -> list[Event]:
    """The events of a small training with a validation split."""
    recipe = Recipe(
        name="small", optimiser="sdlm", learning_rate=1e-4, curvature_digits=20, epochs=2,
        training_digits=60, validation_share=0.2, batch_size=8, seed=7, device="cpu",
    )  # fmt: skip
    return list(train(recipe, sets, None, Control()))


def test_a_result_tells_recipe_epochs_and_error(ended: list[Event], tmp_path: Path) -> None:
    found = read_result(written(ended, tmp_path / "results" / "small.json"))
    finished = ended[-1]
    assert isinstance(finished, Finished)
    assert found.recipe == ended[0].recipe
    assert (found.data, found.training_digits, found.parameters) == ("small training", 48, 60_000)
    assert found.seconds == pytest.approx(finished.seconds, abs=0.06)
    epochs = [event for event in ended if isinstance(event, EpochEnded)]
    assert len(found.epochs) == len(epochs) == 2
    for one, event in zip(found.epochs, epochs, strict=True):
        assert one.epoch == event.epoch
        assert (one.train, one.test, one.validation) == (event.train, event.test, event.validation)
        assert one.on_the_fly_loss == event.on_the_fly_loss
        assert one.on_the_fly_accuracy == event.on_the_fly_accuracy
    assert found.test_error == finished.test.errors / 80
    assert found.epochs[-1].validation == finished.validation


def test_what_depends_on_the_machine_is_apart(ended: list[Event], tmp_path: Path) -> None:
    content = json.loads(written(ended, tmp_path / "small.json").read_text())
    assert set(content["remark"]) == {"seconds", "device", "threads", "processor"}
    assert content["recipe"] == ended[0].recipe.as_dict()
    text = json.dumps({name: value for name, value in content.items() if name != "remark"})
    assert "seconds" not in text
    assert str(tmp_path) not in text


def test_a_training_taken_up_again_leaves_the_result_of_a_whole_one(
    recipe: Recipe, sets: DigitSets, train_all: TrainAll, tmp_path: Path
) -> None:
    whole = read_result(written(train_all(recipe), tmp_path / "whole.json"))
    control, kept = Control(), tmp_path / "kept"
    stopped = []
    for event in train(recipe, sets, kept, control):
        stopped.append(event)
        if isinstance(event, EpochEnded):
            control.stop()
    written(stopped, tmp_path / "part.json")
    assert not (tmp_path / "part.json").exists()  # a stopped one has no result
    again = read_result(written(train_all(recipe, resume=kept), tmp_path / "part.json"))
    assert (again.recipe, again.epochs) == (whole.recipe, whole.epochs)
    assert len(again.epochs) == 3


def test_a_training_taken_up_with_another_rate_says_so(
    recipe: Recipe, train_all: TrainAll, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    first = train_all(recipe.with_changes(epochs=2), kept)
    slower = recipe.with_changes(learning_rate=0.0005, epochs=3)
    resumed = train_all(slower, resume=kept)
    found = read_result(written(resumed, tmp_path / "part.json"))
    assert found.changes == ("learning_rate 0.002 up to epoch 2", "epochs 2 up to epoch 2")
    epochs = [event for event in (*first, *resumed) if isinstance(event, EpochEnded)]
    assert found.seconds == pytest.approx(sum(epoch.seconds for epoch in epochs), abs=0.06)


def test_a_training_that_failed_leaves_an_old_result(
    recipe: Recipe, train_all: TrainAll, tmp_path: Path
) -> None:
    (tmp_path / "old.json").write_text("the old one")
    absurd = recipe.with_changes(
        optimiser="sgd", learning_rate=100, weight_decay=1, momentum=0, batch_size=8
    )
    written(train_all(absurd), tmp_path / "old.json")
    assert (tmp_path / "old.json").read_text() == "the old one"


def test_a_result_that_cannot_be_written_is_one_sentence(
    ended: list[Event], tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError, match=r"result\.json could not be written"):
        written(ended, tmp_path / "file" / "result.json")


def _damage(content: dict[str, Any], place: tuple[str | int, ...], value: object) -> None:
    inner: Any = content
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("epochs",), []),
        (("epochs",), None),
        (("epochs", 0), 3),
        (("epochs", 0, "epoch"), "first"),
        (("epochs", 0, "epoch"), float("inf")),
        (("epochs", 0, "epoch"), 2),
        (("epochs", 1, "test"), None),
        (("epochs", 1, "test", "digits"), 0),
        (("epochs", 1, "test", "errors"), 81),
        (("epochs", 1, "test", "accuracy"), -0.5),
        (("epochs", 1, "on_the_fly_accuracy"), 7),
        (("epochs", 1, "validation"), "none"),
        (("recipe",), 5),
        (("remark",), None),
        (("remark", "seconds"), "long"),
        (("parameters",), None),
        (("training_digits",), "all"),
    ],
)
def test_a_damaged_result_is_named(
    place: tuple[str | int, ...], value: object, ended: list[Event], tmp_path: Path
) -> None:
    file = written(ended, tmp_path / "damaged.json")
    content = json.loads(file.read_text())
    _damage(content, place, value)
    file.write_text(json.dumps(content))
    words = r"damaged\.json is not a result of a training run: remove it"
    with pytest.raises(UserError, match=words):
        read_result(file)


def test_a_missing_field_or_an_impossible_recipe_is_named(
    ended: list[Event], tmp_path: Path
) -> None:
    file = written(ended, tmp_path / "result.json")
    whole = json.loads(file.read_text())
    for name in ("recipe", "data", "training_digits", "parameters", "epochs", "remark"):
        file.write_text(json.dumps({key: value for key, value in whole.items() if key != name}))
        with pytest.raises(UserError, match="is not a result of a training"):
            read_result(file)
    _damage(whole, ("recipe", "epochs"), -1)
    file.write_text(json.dumps(whole))
    with pytest.raises(
        UserError, match=r"The recipe in .*result\.json cannot be used: epochs must"
    ):
        read_result(file)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"3", b"null", b'"text"', b"\xff\xfe\xfa", b"[" * 100_000]
)
def test_what_is_no_result_at_all(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_bytes(content)
    with pytest.raises(UserError, match=r"other\.json is not a result of a training"):
        read_result(file)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_result(share: float, ended: list[Event], tmp_path: Path) -> None:
    file = written(ended, tmp_path / "cut.json")
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(UserError, match="is not a result of a training"):
        read_result(file)


def test_a_missing_result_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.json", tmp_path):
        with pytest.raises(UserError, match="could not be read"):
            read_result(path)
