"""`lenet-gui train`: real processes, also interrupted and killed, and its wrong arguments."""

import json
import os
import shlex
import signal
import subprocess
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

import pytest

from lenet_gui.cli import main
from lenet_gui.data.distortion import PLANAR_AFFINE
from lenet_gui.net.architecture import Variant
from lenet_gui.net.weights_file import load_weights
from lenet_gui.training.checkpoint import load_checkpoint
from lenet_gui.training.described import Group
from lenet_gui.training.epoch_files import epoch_files
from lenet_gui.training.journal import read_history
from lenet_gui.training.presets import PRESETS
from lenet_gui.training.recipe import FIELDS
from lenet_gui.training.result import read_result
from tests.support.commands import Command, run_command

Run = Callable[[Sequence[str]], subprocess.CompletedProcess[str]]

SMALL = [
    *("train", "--data", "builtin", "--training-digits", "240", "--epochs", "3"),
    *("--batch-size", "2", "--lr", "0.0005", "--threads", "1", "--device", "cpu", "--seed", "3"),
]
"""120 steps an epoch, long enough to be caught in the middle of one."""


def until_the_middle_of_epoch_2(folder: Path) -> tuple[Command, TextIO]:
    """Starts a training run of SMALL in `folder` and waits for the first steps of its epoch 2.

    The log is a pipe, so the wait ends as soon as that line is written. It is to be kept open: a
    writer without a reader would fail.
    """
    pipe = folder / "pipe.jsonl"
    os.mkfifo(pipe)
    command = Command([*SMALL, "--out", "w", "--log", pipe.name], folder)
    log = pipe.open()
    for line in log:
        record = json.loads(line)
        if record["event"] == "steps" and record["epoch"] == 2:
            return command, log
    log.close()
    pytest.fail(f"the training ended: {command.wait()}")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a command of this process runs in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The weights of a training run of SMALL that nothing disturbed."""
    folder = tmp_path_factory.mktemp("uninterrupted")
    run_command([*SMALL, "--out", "w"], folder).check_returncode()
    return folder / "w"


def test_a_training_killed_in_the_middle_of_an_epoch_ends_the_same_when_resumed(
    lenet_gui: Run, uninterrupted: Path, tmp_path: Path
) -> None:
    process, log = until_the_middle_of_epoch_2(tmp_path)
    process.send_signal(signal.SIGKILL)
    assert process.wait().returncode == -signal.SIGKILL
    log.close()
    assert not (tmp_path / "w").exists()
    assert load_checkpoint(tmp_path / "w.checkpoint").epoch == 1
    resumed = lenet_gui(["train", "--resume", "w.checkpoint", "--out", "w", "--threads", "1"])
    assert resumed.returncode == 0, resumed.stderr
    assert "continuing after epoch 1" in resumed.stdout
    assert (tmp_path / "w").read_bytes() == uninterrupted.read_bytes()
    whole = epoch_files(uninterrupted.with_name("w.epochs"))
    kept = epoch_files(tmp_path / "w.epochs")
    assert list(kept) == list(whole) == [0, 1, 2, 3]
    assert all(kept[number].read_bytes() == whole[number].read_bytes() for number in whole)
    left = ["pipe.jsonl", "w", "w.checkpoint", "w.epochs"]
    assert sorted(path.name for path in tmp_path.iterdir()) == left


def test_a_second_training_to_the_same_place_is_refused_and_the_first_ends_well(
    lenet_gui: Run, uninterrupted: Path, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, log = until_the_middle_of_epoch_2(here)
    first.send_signal(signal.SIGSTOP)  # so that it cannot end before
    (here / "link").symlink_to("w")
    sentence = (
        "lenet-gui: Another training run is writing {}: wait until it has ended, or choose "
        "another place.\n"
    ).format
    assert refused(lenet_gui([*SMALL, "--out", "w", "--seed", "4"])) == sentence("w")
    for out in ("link", f"../{here.name}/w"):
        assert main([*SMALL, "--out", out, "--seed", "4"]) == 2
        assert capsys.readouterr().err == sentence(out)
    assert main(["train", "--resume", "w.checkpoint", "--out", "w"]) == 2
    assert capsys.readouterr().err == sentence("w")
    first.send_signal(signal.SIGCONT)
    assert json.loads(log.read().splitlines()[-1])["event"] == "finished"
    log.close()
    assert first.wait().returncode == 0
    assert (here / "w").read_bytes() == uninterrupted.read_bytes()
    left = ["link", "pipe.jsonl", "w", "w.checkpoint", "w.epochs"]
    assert sorted(path.name for path in here.iterdir()) == left


def test_ctrl_c_keeps_the_checkpoint_and_says_how_to_go_on(uninterrupted: Path, here: Path) -> None:
    process, log = until_the_middle_of_epoch_2(here)
    process.send_signal(signal.SIGINT)
    stopped = process.wait()
    log.close()
    assert stopped.returncode == 130
    assert "Traceback" not in stopped.stderr
    assert "stopped in epoch 2; the checkpoint of epoch 1 is kept" in stopped.stdout
    again = shlex.split(stopped.stdout.splitlines()[-1])
    # The threads decide how sums are rounded; the log was a pipe whose reader may be gone.
    files = ["--resume", "w.checkpoint", "--out", "w"]
    assert again == ["lenet-gui", "train", *files, "--threads", "1"]
    assert main(again[1:]) == 0
    assert (here / "w").read_bytes() == uninterrupted.read_bytes()


def quick(*options: str) -> list[str]:
    return [
        *("train", "--data", "builtin", "--training-digits", "40", "--epochs", "1"),
        *("--device", "cpu", "--threads", "1", "--out", "w", *options),
    ]


@pytest.mark.parametrize("variant", Variant)
def test_it_writes_weights_with_the_facts_of_their_training(
    variant: Variant, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(quick("--variant", variant, "--seed", "9", "--log", "log.jsonl")) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{variant.capitalize()}, ")
    assert "epoch 1 of 1 · train " in out
    assert out.rstrip().endswith("weights in w")
    loaded = load_weights(here / "w", variant)
    recipe = json.loads(loaded.facts["recipe"])
    assert recipe["name"] == f"{variant}-quick"
    assert (recipe["seed"], recipe["training_digits"], recipe["epochs"]) == (9, 40, 1)
    assert loaded.facts["data"] == "built-in training"
    assert 0 <= float(loaded.facts["test_accuracy"]) <= 1
    history = read_history(here / "log.jsonl")
    assert history.outcome == "finished"
    assert history.recipe is not None
    assert history.recipe.as_dict() == recipe


def test_options_change_the_recipe_of_a_file(here: Path) -> None:
    recipe = PRESETS["modern-seed"].with_changes(name="mine", batch_size=5)
    (here / "mine.json").write_text(recipe.to_json())
    options = ["--optimiser", "sgd", "--lr", "0.25", "--distortions", "affine", "--momentum", "0.5"]
    assert main(quick("--recipe", "mine.json", "--validation-share", "0.5", *options)) == 0
    found = json.loads(load_weights(here / "w").facts["recipe"])
    changed = recipe.with_changes(
        data="builtin",
        training_digits=40,
        epochs=1,
        device="cpu",
        optimiser="sgd",
        learning_rate=0.25,
        momentum=0.5,
        validation_share=0.5,
        distortions=PLANAR_AFFINE,
    )
    assert found == changed.as_dict()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_recipe_may_come_through_a_pipe_but_not_without_end(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(here / "pipe")
    recipe = PRESETS["modern-quick"].with_changes(name="piped").to_json()
    writer = threading.Thread(target=lambda: (here / "pipe").write_text(recipe))
    writer.start()
    assert main(quick("--recipe", "pipe")) == 0
    writer.join()
    assert json.loads(load_weights(here / "w").facts["recipe"])["name"] == "piped"
    capsys.readouterr()
    assert main(quick("--recipe", "/dev/zero")) == 2
    assert "The recipe /dev/zero is too large: it has more than" in capsys.readouterr().err


def test_presets_by_name_and_distortions_left_out(here: Path) -> None:
    name = "paper-1998-distorted"
    assert PRESETS[name].distortions is not None
    assert main(quick("--recipe", name, "--distortions", "none", "--warm-up", "0")) == 0
    found = json.loads(load_weights(here / "w").facts["recipe"])
    assert (found["name"], found["distortions"]) == (name, None)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--recipe", "best"], "no recipe 'best'; the known ones are "),
        (
            ["--recipe", "broken.json"],
            "The recipe broken.json is not valid JSON (wrong at line 1, column 102)",
        ),
        (["--recipe", "odd.json"], "The recipe odd.json cannot be used: speed is not a field of a"),
        (["--recipe", "."], "The recipe . could not be read"),
        (["--epochs", "-1"], "--epochs must be a whole number from 1 to 10000, not -1"),
        (["--epochs", "many"], "--epochs must be a whole number from 1 to 10000, not 'many'"),
        (
            ["--training-digits", "some"],
            "--training-digits must be a whole number from 1 to 10000000, or all, not 'some'",
        ),
        (["--training-digits", "all", "--epochs", "-1"], "cannot be used: --epochs must be"),
        (["--lr", "much"], "--lr must be a number above 0 and at most 100, not 'much'"),
        (
            ["--threads", "all"],
            "argument --threads: must be a whole number, not 'all' (see lenet-gui",
        ),
        (["--lr", "0"], "--lr must be a number above 0 and at most 100, not 0.0"),
        (["--batch-size", "0"], "--batch-size must be a whole number from 1 to 65536, not 0"),
        (["--seed", "-4"], "--seed must be a whole number from 0 to 2147483647, not -4"),
        (["--device", "tpu"], "--device must be auto or cpu or cuda or mps, not 'tpu'"),
        (["--variant", "lenet-4"], "--variant must be original or modern, not 'lenet-4'"),
        (["--loss", "cross-entropy"], "--loss cannot be cross-entropy with --variant original"),
        (["--variant", "modern", "--loss", "map"], "--loss cannot be map with --variant modern"),
        (["--teachers-share", "2"], "--teachers-share must be a number from 0 to 1, not 2.0"),
        (
            ["--variant", "modern", "--teachers-share", "0.5"],
            "--teachers-share must be 0 with --loss cross-entropy, which has no rubbish class",
        ),
        (
            ["--teachers-share", "0.5", "--teachers", "gone"],
            "The teachers' folder gone could not be read (No such file or directory): choose a",
        ),
        (
            ["--teachers-share", "0.5", "--teachers", "empty"],
            "folder empty contains no weights (*",
        ),
        (["--distortions", "wild"], "--distortions must be none or affine, not 'wild'"),
        (["--threads", "0"], "--threads must be from 1 to 1024, not 0"),
        (["--resume", "gone"], "There is no checkpoint gone: check the name."),
        (["--resume", "broken.json"], "broken.json is not a whole checkpoint"),
        (["--out", "."], "is a folder: name a file in it"),
        (["--out", "pipe"], "pipe is not a regular file: choose another place"),
        (["--out", "x" * 300], "cannot be written (File name too long)"),
        (["--out", "x" * 250], "x.checkpoint cannot be written (File name too long)"),
        (["--log", "x" * 300], "cannot be written (File name too long)"),
        (["--recipe", "{" * 300], "could not be read (File name too long)"),
        (["--resume", "x" * 300], "could not be read (File name too long)"),
        (["--data", "x" * 300], "cannot be opened (File name too long)"),
        (["--out", "broken.json/w"], "broken.json/w cannot be written"),
        (["--log", "broken.json/log"], "broken.json/log cannot be written"),
        (
            ["--log", "w.checkpoint"],
            "--log w.checkpoint is another output's file: choose",
        ),
        (["--result", "w"], "--result w is another output's file: choose a different one."),
        (["--data", "empty"], "empty contains no files: choose IDX files"),
        (["--data", "gone"], "gone does not exist"),
        (["--training-digits", "3", "--validation-share", "0.1"], "leaves one part empty"),
    ],
)
def test_wrong_arguments_are_one_sentence(
    options: list[str], sentence: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "broken.json").write_text("{" + " " * 100)
    (here / "odd.json").write_text('{"speed": 3}')
    (here / "empty").mkdir()
    os.mkfifo(here / "pipe")
    before = sorted(here.iterdir())
    assert main(quick(*options)) == 2
    out, err = capsys.readouterr()
    assert sentence in err
    assert err.startswith("lenet-gui: ")
    assert err.count("\n") == 1
    assert out == ""
    assert sorted(here.iterdir()) == before


def test_a_file_in_the_place_of_the_epochs_is_told_before_the_training(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "w.epochs").write_bytes(b"mine")
    assert main(quick()) == 2
    assert "w.epochs, where the epochs' weights go, is not a folder" in capsys.readouterr().err
    (here / "w.epochs").unlink()
    (here / "w.epochs" / "epoch-0000.safetensors").mkdir(parents=True)
    assert main(quick()) == 2
    assert "epoch-0000.safetensors is a folder" in capsys.readouterr().err
    assert [path.name for path in here.iterdir()] == ["w.epochs"]


def test_a_missing_out_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--data", "builtin"]) == 2
    assert "the following arguments are required: --out" in capsys.readouterr().err


def test_a_failure_ends_with_a_sentence_and_keeps_old_weights(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "w").write_bytes(b"the old ones")
    absurd = ["--optimiser", "sgd", "--lr", "100", "--weight-decay", "1", "--momentum", "0"]
    assert main(quick(*absurd, "--batch-size", "1", "--schedule", "constant")) == 2
    assert "no longer a finite number in epoch 1 at learning rate" in capsys.readouterr().err
    assert (here / "w").read_bytes() == b"the old ones"


def test_a_training_that_diverged_says_how_to_go_on_and_it_does(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Each step multiplies the weights by -99; the first epoch ends just before the overflow.
    absurd = ["--variant", "modern", "--optimiser", "sgd", "--lr", "100", "--momentum", "0"]
    absurd += ["--weight-decay", "1", "--schedule", "constant", "--warm-up", "0", "--epochs", "3"]
    outputs = ["--log", "log.jsonl", "--result", "result.json"]
    assert main([*quick(*absurd), "--batch-size", "4", *outputs]) == 2
    sentence = capsys.readouterr().err
    assert sentence.count("\n") == 1
    assert "the checkpoint of epoch 1 is kept at w.checkpoint; to continue from it" in sentence
    again = shlex.split(sentence.partition("to continue from it: ")[2])
    kept = ["--threads", "1", "--result", "result.json", "--log", "log.jsonl"]
    assert again[-8:] == ["--lr", "10", *kept]
    assert not (here / "w").exists()
    assert not (here / "result.json").exists()
    again[again.index("--lr") + 1] = "1e-30"
    assert main([*again[1:], "--epochs", "2"]) == 0
    assert (
        "continuing after epoch 1 (learning_rate 100.0 up to epoch 1; " in capsys.readouterr().out
    )
    facts = load_weights(here / "w").facts
    assert facts["changes"] == "learning_rate 100.0 up to epoch 1; epochs 3 up to epoch 1"


def test_resuming_with_another_recipe_is_refused(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(quick()) == 0
    capsys.readouterr()
    assert main(["train", "--resume", "w.checkpoint", "--out", "v", "--seed", "77"]) == 2
    assert (
        "w.checkpoint was made with another recipe: --seed (0 there, 77 here); use its"
        in capsys.readouterr().err
    )
    assert not (here / "v").exists()


def test_mnist_that_is_nowhere_and_cannot_be_downloaded(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")  # nobody listens there
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert main(["train", "--out", "w"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("MNIST was not found: downloading it to ")
    assert err.count("\n") == 2
    assert err.splitlines()[-1].startswith("lenet-gui: ")
    assert "could not be downloaded" in err.splitlines()[-1]
    assert err.endswith("or use the built-in digits (--data DIR or --data builtin).\n")


def test_every_field_of_a_recipe_has_an_option_with_a_help(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main(["train", "--help"])
    out = capsys.readouterr().out
    told = " ".join(out.split())
    for field in FIELDS.values():
        assert f"  {field.option} " in out, field.name
        assert field.help in told
    assert all(f"changes to the recipe: {group}:\n" in out for group in Group)


def refused(run: subprocess.CompletedProcess[str]) -> str:
    """The one sentence that a command was refused with."""
    assert run.returncode == 2
    assert run.stdout == ""
    assert run.stderr.startswith("lenet-gui: ")
    assert run.stderr.count("\n") == 1
    return run.stderr


def test_an_unknown_recipe_lists_the_known_ones(lenet_gui: Run, tmp_path: Path) -> None:
    sentence = refused(lenet_gui(["train", "--recipe", "nonsense", "--out", "w"]))
    known = ", ".join(PRESETS)
    assert f"There is no recipe 'nonsense'; the known ones are {known}." in sentence
    assert "paper-1998, " in known
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            ["--variant", "modern", "--optimiser", "sdlm"],
            "--optimiser cannot be sdlm with --variant modern, which has no RBF output",
        ),
        (
            ["--recipe", "paper-1998", "--variant", "modern"],
            "--optimiser cannot be sdlm with --variant modern",
        ),
        (
            ["--variant", "modern", "--rubbish", "5"],
            "with --loss cross-entropy, which has no rubbish class, not 5 (or choose map or cross-",
        ),
        (
            ["--loss", "distance", "--rubbish", "5"],
            "--rubbish must be 0 with --loss distance, which has no rubbish class, not 5 (or choo",
        ),
        (["--rubbish", "-5"], "--rubbish must be a whole number from 0 to 1000000, not -5"),
        (["--mu", "0"], "--mu must be a number above 0 and at most 100, not 0"),
        (["--curvature-digits", "0"], "--curvature-digits must be a whole number from 1 to"),
        (["--order", "sorted"], "--order must be fresh or constant, not 'sorted'"),
        (["--distorted-share", "1.5"], "--distorted-share must be a number from 0 to 1, not 1.5"),
        (["--schedule", "stairs"], "--schedule must be constant or cosine or paper, not 'stairs'"),
    ],
)
def test_what_a_recipe_cannot_be_is_said_and_why(
    options: list[str], sentence: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(quick(*options)) == 2
    out, err = capsys.readouterr()
    assert sentence in err
    assert err.startswith("lenet-gui: The recipe cannot be used: ")
    assert err.count("\n") == 1
    assert out == ""
    assert not list(here.iterdir())


def test_sdlm_for_modern_is_refused_by_the_real_command(lenet_gui: Run) -> None:
    sentence = refused(lenet_gui(quick("--variant", "modern", "--optimiser", "sdlm")))
    assert "--optimiser cannot be sdlm with --variant modern" in sentence


def test_a_recipe_file_with_a_negative_range_says_which(lenet_gui: Run, tmp_path: Path) -> None:
    recipe = PRESETS["paper-1998-distorted"].as_dict()
    recipe["distortions"] |= {"shear": -0.25, "elastic": -1}
    (tmp_path / "mine.json").write_text(json.dumps(recipe))
    sentence = refused(lenet_gui(["train", "--recipe", "mine.json", "--out", "w"]))
    assert "The recipe mine.json cannot be used: " in sentence
    assert "distortion's shear must lie between 0 and 1, not -0.25" in sentence
    assert "distortion's elastic must lie between 0 and 4, not -1" in sentence
    assert [path.name for path in tmp_path.iterdir()] == ["mine.json"]


@pytest.mark.usefixtures("few_calibrating_digits")
def test_a_network_learns_from_the_shipped_committee(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(quick("--recipe", "modern-best", "--added-digits", "4", "--rubbish", "6")) == 0
    assert "70 % taught by committee" in capsys.readouterr().out
    taught = load_weights(here / "w")
    recipe = json.loads(taught.facts["recipe"])
    assert (recipe["name"], recipe["teachers"]) == ("modern-best", "committee")


PAPER = [
    *("train", "--recipe", "paper-1998-distorted", "--data", "builtin", "--training-digits", "30"),
    *("--epochs", "2", "--rubbish", "6", "--added-digits", "4", "--curvature-digits", "8"),
    *("--device", "cpu", "--threads", "1", "--seed", "4", "--out", "w"),
]


@pytest.mark.usefixtures("few_calibrating_digits")
def test_the_papers_training_writes_weights_and_a_result(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*PAPER, "--result", "results/r.json", "--log", "log.jsonl"]) == 0
    out = capsys.readouterr().out
    assert "recipe paper-1998-distorted: 2 epochs of 34 digits" in out
    assert "and 6 non-digit pictures, affine distortions, on cpu" in out
    result = read_result(here / "results" / "r.json")
    recipe = PRESETS["paper-1998-distorted"].with_changes(
        data="builtin",
        training_digits=30,
        added_digits=4,
        rubbish=6,
        epochs=2,
        curvature_digits=8,
        device="cpu",
        seed=4,
    )
    assert result.recipe == recipe
    assert (result.data, result.training_digits) == ("built-in training", 34)
    assert (result.parameters, len(result.epochs)) == (60_000, 2)
    facts = load_weights(here / "w").facts
    assert float(facts["test_accuracy"]) == pytest.approx(1 - result.test_error)
    history = read_history(here / "log.jsonl")
    assert history.steps_per_epoch == 40


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        (".", "is a folder: name a file in it"),
        ("file/r.json", "file/r.json cannot be written ("),
        ("pipe", "pipe is not a regular file: choose another place"),
        ("x" * 300, "cannot be written (File name too long)"),
    ],
)
def test_a_result_that_cannot_be_written_is_told_before_the_training(
    path: str, sentence: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "file").write_bytes(b"")
    os.mkfifo(here / "pipe")
    before = sorted(here.iterdir())
    assert main(quick("--result", path)) == 2
    out, err = capsys.readouterr()
    assert sentence in err
    assert err.count("\n") == 1
    assert out == ""
    assert sorted(here.iterdir()) == before


def test_a_resumed_training_clears_away_what_a_killed_one_left(
    here: Path, leftover: Callable[[Path], Path]
) -> None:
    assert main(quick()) == 0
    other = here / "w.epochs" / ".mine.part"
    other.write_bytes(b"mine")
    left = [leftover(here / name) for name in ("w.checkpoint", "w.epochs/epoch-0002", "other")]
    assert all(file.is_file() for file in left)
    assert main(quick("--resume", "w.checkpoint")) == 0
    assert not any(file.exists() for file in left)
    assert other.read_bytes() == b"mine"


@pytest.mark.parametrize("rate", ["0.002", "100"])
def test_a_training_that_learned_nothing_says_so_and_what_to_try(
    rate: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--training-digits", "400", "--epochs", "4", "--batch-size", "10"]
    assert main(quick("--variant", "modern", *options, "--lr", rate, "--result", "r.json")) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    learned = rate != "100"
    assert read_result(here / "r.json").learned is learned
    assert ("but it learned nothing: test error " in last) is not learned
    words = (
        "no better than giving the same answer every time; try a smaller --lr than 100, "
        "or more epochs"
    )
    assert (words in last) is not learned
    assert last.endswith("; weights in w")
