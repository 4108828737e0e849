"""Training by the Python API: the same as on the command line, with events and an early end."""

from pathlib import Path

import pytest

import lenet_gui
from lenet_gui.events import EpochEnded, Event, Finished, Started
from tests.support.commands import run_command

SMALL = {"data": "builtin", "training_digits": 60, "epochs": 2, "device": "cpu"}


def small(name: str = "original-quick") -> lenet_gui.Recipe:
    return lenet_gui.recipe(name, **SMALL)


def test_it_trains_what_the_command_line_trains(tmp_path: Path) -> None:
    command = (
        "train --recipe original-quick --data builtin --training-digits 60 --epochs 2 "
        "--device cpu --threads 1 --out one.safetensors"
    )
    done = run_command(command.split(), tmp_path)
    assert done.returncode == 0, done.stderr
    events: list[Event] = []
    out = tmp_path / "two.safetensors"
    result = lenet_gui.train(small(), on_event=events.append, out=out, threads=1)
    assert out.read_bytes() == (tmp_path / "one.safetensors").read_bytes()
    assert isinstance(events[0], Started)
    assert result.end is events[-1]
    assert result.epochs == tuple(event for event in events if isinstance(event, EpochEnded))
    assert isinstance(result.end, Finished)
    assert result.is_complete
    assert repr(result).startswith("TrainingResult(original-quick, 2 epochs, test error ")
    # In memory alone, and continued from the checkpoint, it is the same.
    saved = tmp_path / "three.safetensors"
    lenet_gui.train(small(), threads=1).model.save(saved)
    assert saved.read_bytes() == out.read_bytes()
    longer = small().with_changes(epochs=3)
    more = lenet_gui.train(longer, resume=f"{out}.checkpoint", out=out, threads=1)
    assert [epoch.epoch for epoch in more.epochs] == [1, 2, 3]
    assert more.epochs[:2] == result.epochs


def test_it_stops_when_it_is_asked_to_and_gives_what_was_learned(
    sets: lenet_gui.DigitSets,
) -> None:
    control = lenet_gui.Control()

    def stop(event: Event) -> None:
        if isinstance(event, EpochEnded):
            control.stop()

    recipe = small("modern-quick")
    stopped = lenet_gui.train(recipe, sets, on_event=stop, control=control, threads=1)
    assert not stopped.is_complete
    assert stopped.test == stopped.epochs[0].test
    assert stopped.model.evaluate(sets.test).score == stopped.test
    assert "1 epoch, stopped, test error" in repr(stopped)
    at_once = lenet_gui.train(recipe, sets, control=control, threads=1)
    assert at_once.test is None
    assert repr(at_once) == "TrainingResult(modern-quick, 0 epochs, stopped)"


def test_an_exception_of_the_caller_ends_it_and_frees_its_files(
    tmp_path: Path, sets: lenet_gui.DigitSets
) -> None:
    out = tmp_path / "mine.safetensors"

    def fail(event: Event) -> None:
        raise KeyboardInterrupt

    for _ in range(2):
        with pytest.raises(KeyboardInterrupt) as caught:
            lenet_gui.train(small(), sets, on_event=fail, out=out, threads=1)
        assert caught.tb is not None  # it is held, as a notebook does
    assert not list(tmp_path.glob("*.lock"))


def test_weights_are_not_kept_under_the_name_of_another_format(
    tmp_path: Path, sets: lenet_gui.DigitSets
) -> None:
    with pytest.raises(lenet_gui.UserError, match="training writes safetensors"):
        lenet_gui.train(small(), sets, out=tmp_path / "mine.pth", threads=1)
    assert not list(tmp_path.iterdir())


def test_a_training_run_that_fails_raises_its_sentence(sets: lenet_gui.DigitSets) -> None:
    events: list[Event] = []
    changes = {"learning_rate": 100, "weight_decay": 1, "momentum": 0, "batch_size": 1}
    recipe = lenet_gui.recipe("original-quick", **SMALL, optimiser="sgd", warm_up=0, **changes)
    with pytest.raises(lenet_gui.UserError, match="choose a smaller rate"):
        lenet_gui.train(recipe, sets, on_event=events.append, threads=1)
    assert isinstance(events[-1], lenet_gui.events.Failed)


def test_recipes_are_presets_or_files_with_changes(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text(small().to_json())
    assert lenet_gui.recipe(file) == small()
    assert lenet_gui.recipe("original-quick") == lenet_gui.PRESETS["original-quick"]
    assert repr(small()) == (
        "Recipe(name='original-quick', data='builtin', training_digits=60, epochs=2, "
        "batch_size=128, learning_rate=0.008, warm_up=0.3, j=50.0, temperature=20.0, device='cpu')"
    )
    assert eval(repr(small()), {"Recipe": lenet_gui.Recipe}) == small()  # noqa: S307
    for wrong, words in (
        ({"epoch": 3}, "epoch: a recipe has no such field"),
        ({"epochs": 0}, "epochs must be"),
        ({"optimiser": "adma"}, "optimiser must be"),
    ):
        with pytest.raises(lenet_gui.UserError, match=words):
            lenet_gui.recipe("original-quick", **wrong)
    with pytest.raises(lenet_gui.UserError, match="the known ones are original-quick, "):
        lenet_gui.train("original")


def test_data_that_are_not_there_are_reported() -> None:
    with pytest.raises(lenet_gui.UserError, match="MNIST was not found"):
        lenet_gui.digits()
    with pytest.raises(lenet_gui.UserError, match="does not exist"):
        lenet_gui.digits("nowhere")
    with pytest.raises(ValueError, match="threads are at least 1, not 0"):
        lenet_gui.train(small(), threads=0)


def test_other_data_sets_are_read_and_what_is_left_out_is_a_warning(tmp_path: Path) -> None:
    rows = [[label, *[0] * 300, *[200] * 84, *[0] * 400] for label in range(10)] * 3
    lines = [",".join(map(str, row)) for row in rows]
    for name in ("train.csv", "test.csv"):
        (tmp_path / name).write_text("\n".join([*lines, "7,1,2"]) + "\n")
    with pytest.warns(UserWarning, match="2 left out: rows with another number of columns"):
        sets = lenet_gui.digits(tmp_path, training=20)
    assert (len(sets.training), len(sets.test)) == (20, 30)
    clothes = tuple(f"class {label}" for label in range(10))
    own = [
        lenet_gui.Digits(one.images, one.labels, "own", clothes)
        for one in (sets.training, sets.test)
    ]
    recipe = small().with_changes(training_digits=None)
    trained = lenet_gui.train(recipe, lenet_gui.DigitSets(*own), threads=1)
    assert trained.model.class_names == clothes
    assert lenet_gui.load().class_names == tuple("0123456789")
    with pytest.raises(ValueError, match="'maybe' is not a valid"):
        lenet_gui.digits(tmp_path, transpose="maybe")


def test_digits_are_corrupted_by_name(sets: lenet_gui.DigitSets) -> None:
    fog = lenet_gui.corrupted(sets.test, "fog")
    assert fog.images.mean() > sets.test.images.mean()
    assert (fog.labels == sets.test.labels).all()
    assert (lenet_gui.corrupted(sets.test, "fog").images == fog.images).all()
    assert (lenet_gui.corrupted(sets.test, "fog", seed=1).images != fog.images).any()
    noisy = [lenet_gui.corrupted(sets.test, name).images for name in ("shot noise", "shot_noise")]
    assert (noisy[0] == noisy[1]).all()
    with pytest.raises(ValueError, match="no such corruption: 'snow'; there are shot noise, "):
        lenet_gui.corrupted(sets.test, "snow")


def test_mnist_is_downloaded_only_if_that_is_wanted(
    monkeypatch: pytest.MonkeyPatch, sets: lenet_gui.DigitSets
) -> None:
    asked: list[Path] = []

    def download(folder: Path) -> None:
        asked.append(folder)
        raise lenet_gui.UserError("No network.")

    monkeypatch.setattr("lenet_gui.api.sources.download_mnist", download)
    with pytest.raises(lenet_gui.UserError, match="not found"):
        lenet_gui.digits()
    assert not asked
    with pytest.raises(lenet_gui.UserError, match="No network"):
        lenet_gui.digits(download=True)
    assert len(asked) == 1
