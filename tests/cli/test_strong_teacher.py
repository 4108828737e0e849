"""A strong teacher by the command line: trained, measured, a LeNet-5's teacher, else refused."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from lenet_gui.cli import digits, main
from lenet_gui.net import strong_teacher
from lenet_gui.net.weights_file import load_any_weights, load_weights
from lenet_gui.training import abstention
from lenet_gui.training.journal import read_history
from lenet_gui.training.presets import preset
from lenet_gui.training.result import read_result

SMALL = [
    *("train", "--data", "builtin", "--training-digits", "40", "--epochs", "2"),
    *("--threads", "1", "--added-digits", "4", "--rubbish", "6", "--batch-size", "10"),
]
TEACHER = "teachers/t.safetensors"


@pytest.fixture(scope="module", autouse=True)
def narrow() -> Iterator[None]:
    """So that the processor can train and measure one in a moment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strong_teacher, "TEACHER_WIDTH", 2)
        patch.setattr(abstention, "DIGITS", 200)
        patch.setattr(digits, "BUILTIN_TEST", 50)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where one has been trained, with everything that a training run can leave."""
    folder = tmp_path_factory.mktemp("strong")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        files = ["--out", TEACHER, "--result", "r.json", "--log", "log.jsonl"]
        assert main([*SMALL, "--recipe", "strong-teacher", "--seed", "3", *files]) == 0
    return folder


@pytest.fixture
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(folder)
    return folder


def test_weights_result_log_and_epochs_are_as_of_any_training(here: Path) -> None:
    loaded = load_any_weights(here / TEACHER)
    assert loaded.checked
    assert loaded.facts["architecture"] == "strong-teacher"
    assert loaded.facts["name"] == "strong-teacher"
    assert loaded.facts["answer_j"]
    recipe = preset("strong-teacher").with_changes(
        data="builtin",
        training_digits=40,
        epochs=2,
        added_digits=4,
        rubbish=6,
        batch_size=10,
        seed=3,
    )
    assert json.loads(loaded.facts["recipe"]) == recipe.as_dict()
    result = read_result(here / "r.json")
    assert (result.recipe, len(result.epochs)) == (recipe, 2)
    assert float(loaded.facts["test_accuracy"]) == pytest.approx(1 - result.test_error)
    assert read_history(here / "log.jsonl").outcome == "finished"
    epochs = sorted(path.name for path in (here / f"{TEACHER}.epochs").iterdir())
    assert epochs == [f"epoch-000{number}.safetensors" for number in range(3)]


def test_it_says_what_it_trains_and_goes_on_from_its_checkpoint(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = ["--resume", f"{TEACHER}.checkpoint", "--out", TEACHER]
    before = (here / TEACHER).read_bytes()
    assert main(["train", "--threads", "1", "--device", "cpu", *files]) == 0
    assert (here / TEACHER).read_bytes() != before  # another device in its recipe
    assert load_any_weights(here / TEACHER).facts["epochs"] == "2"
    told = capsys.readouterr().out
    assert told.startswith("Strong teacher, ")
    assert "continuing after epoch 2" in told
    assert "test error " in told


@pytest.mark.parametrize("variant", ["original", "modern"])
def test_a_lenet5_learns_from_it_and_from_a_lenet5(
    variant: str, here: Path, weights: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    beside = here / "teachers" / "original.safetensors"
    beside.write_bytes(weights["original"].read_bytes())
    taught = ["--recipe", f"{variant}-best", "--teachers", "teachers", "--device", "cpu"]
    assert main([*SMALL, *taught, "--epochs", "1", "--out", "s"]) == 0
    assert "70 % taught by teachers" in capsys.readouterr().out
    assert load_weights(here / "s").network.variant == variant
    beside.unlink()


def test_it_is_measured(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", TEACHER, "--data", "builtin"]) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"Strong teacher, {TEACHER}\nbuilt-in test: ")
    assert "error  " in told
    assert main(["evaluate", TEACHER, "--data", "builtin", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["architecture"], report["variant"]) == ("strong-teacher", "modern")
    assert f"({report['errors']:,} digits)" in told


def _predict(_: Path, picture: Path) -> Sequence[str]:
    return ["predict", str(picture), "--weights", TEACHER]


def _export(_: Path, picture: Path) -> Sequence[str]:
    return ["export", str(picture), "--weights", TEACHER, "--out", "maps.png"]


def _window(_: Path, picture: Path) -> Sequence[str]:
    return ["--weights", TEACHER]


@pytest.mark.parametrize("command", [_predict, _export, _window])
def test_where_a_lenet5_is_wanted_it_is_refused_in_a_sentence(
    command: Callable[[Path, Path], Sequence[str]],
    here: Path,
    seven: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(list(command(here, seven))) == 2
    assert capsys.readouterr().err == (
        f"lenet-gui: {TEACHER} contains a strong teacher, a network of nine layers for "
        "LeNet-5 to learn from: choose weights of a LeNet-5, or train one with the file's folder "
        "as its teachers.\n"
    )


def test_it_is_no_original(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = ["--recipe", "strong-teacher", "--variant", "original", "--out", "w"]
    assert main([*SMALL, *wrong]) == 2
    told = capsys.readouterr().err
    assert (
        "--architecture cannot be strong-teacher with --variant original, which has other losses"
        in told
    )
