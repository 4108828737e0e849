"""`lenet-gui train --seeds`: each run as if it were alone, whatever happens to the others."""

import json
import os
import shlex
import signal
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.cli import main
from lenet_gui.cli.seeds import MOST_SEEDS, seeds_of
from lenet_gui.errors import UserError
from lenet_gui.net.weights_file import load_weights
from lenet_gui.training.checkpoint import load_checkpoint
from lenet_gui.training.journal import read_history
from tests.support.commands import Command

Run = Callable[[Sequence[str]], subprocess.CompletedProcess[str]]

SMALL = [
    *("train", "--data", "builtin", "--training-digits", "120", "--epochs", "2"),
    *("--batch-size", "20", "--device", "cpu", "--threads", "1"),
]
LONGER = ["--training-digits", "160", "--epochs", "3", "--batch-size", "2", "--lr", "0.0005"]
"""80 steps an epoch, long enough to be caught before the last one ends."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@given(st.sets(st.integers(0, 2**31 - 1), min_size=1, max_size=MOST_SEEDS).map(sorted))
def test_seeds_are_read_one_by_one(seeds: list[int]) -> None:
    assert seeds_of(",".join(map(str, seeds))) == tuple(seeds)
    assert seeds_of(" , ".join(map(str, seeds))) == tuple(seeds)


@given(st.integers(0, 2**31 - 1 - MOST_SEEDS), st.integers(1, MOST_SEEDS))
def test_ranges_hold_both_their_ends(first: int, count: int) -> None:
    last = first + count - 1
    assert seeds_of(f"{first}..{last}") == tuple(range(first, first + count))


def test_numbers_and_ranges_go_together_in_their_order() -> None:
    assert seeds_of("7,0..2, 9") == (7, 0, 1, 2, 9)


@given(st.text(max_size=30) | st.text("0123456789.,- ", max_size=30))
def test_any_text_is_a_list_or_one_sentence(text: str) -> None:
    with suppress(UserError):
        seeds = seeds_of(text)
        assert 1 <= len(seeds) == len(set(seeds)) <= MOST_SEEDS


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            ["--seeds", "some"],
            "--seeds some is not a list of seeds: write numbers and ranges, such as 0.",
        ),
        (["--seeds", ""], "is not a list of seeds"),
        (["--seeds", "1,,2"], "--seeds 1,,2 is not a list of seeds"),
        (["--seeds=-1"], "--seeds -1 is not a list of seeds"),
        (["--seeds", "٣"], "is not a list of seeds"),
        (["--seeds", "7..0"], "--seeds 7..0 has a descending range: write 0..7."),
        (["--seeds", "0..3,2"], "--seeds 0..3,2 lists the seed 2 twice: list it once."),
        (["--seeds", "0..64"], "--seeds 0..64 are more than 64 seeds: train them with several"),
        (["--seeds", "0..63,64"], "--seeds 0..63,64 are more than 64 seeds"),
        (["--seeds", "2147483648"], "must be a whole number from 0 to 2147483647, not 2147483648"),
        (["--seeds", "0..999999999999"], "must be a whole number from 0 to 2147483647"),
        (
            ["--seeds", "0..1", "--seed", "3"],
            "--seed is for one training run and --seeds for several",
        ),
        (
            ["--seeds", "0..1", "--out", "a.b/w.safetensors"],
            "write {seed} where the seed belongs, as in a.b/w-{seed}.safetensors.",
        ),
        (["--seeds", "0..1", "--out", "."], "--out . is one file, but there are 2 seeds"),
        (["--seeds", "0,1", "--log", "l"], "--log l is one file, but there are 2 seeds: write"),
        (["--seeds", "0,1", "--log", "/dev/null"], "--log /dev/null is one file, but there are 2"),
        (["--seeds", "0,1", "--result", "r.json"], "as in r-{seed}.json."),
        (["--seeds", "0,1", "--resume", "r"], "--resume r is one file, but there are 2 seeds"),
        (["--seeds", "0,1", "--resume", "r{seed}"], "There is no checkpoint r0: check the name."),
        (["--seeds", "0,1", "--out", "{seed}/../w"], "the checkpoint 1/../w.checkpoint is another"),
        (["--seeds", "0,1", "--log", "w-{seed}"], "--log w-0 is another output's file: choose"),
        (["--seeds", "1,11", "--log", "w-1{seed}"], "--out w-11 is another output's file"),
        (["--seeds", "1,11", "--log", "w-1{seed}.epochs"], "--log w-11.epochs is where"),
        (["--seeds", "0,1", "--log", "linked-{seed}"], "--log linked-1 is another output's file"),
        (["--seeds", "8,9"], "w-9.epochs is another output's file: choose a different one."),
    ],
)
def test_what_cannot_be_is_one_sentence(
    options: list[str], sentence: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "linked-0").symlink_to("x")
    (here / "linked-1").symlink_to("x")
    (here / "w-8.epochs").mkdir()
    (here / "w-9.epochs").symlink_to("w-8.epochs")
    assert main([*SMALL, "--out", "w-{seed}", *options]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("lenet-gui: ")
    assert err.count("\n") == 1
    assert sentence in err


def content(file: Path) -> bytes:
    """What a training run with its seed decides of a file: the time that it took, it does not."""
    told = file.read_bytes()
    if file.suffix == ".json":
        return json.dumps({**json.loads(told), "remark": None}).encode()
    return told


@pytest.mark.parametrize("variant", ["original", "modern"])
def test_each_ends_as_with_its_seed_alone(
    variant: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = [*SMALL, "--variant", variant, "--distortions", "affine", "--validation-share", "0.2"]
    files = ["--log", "several/{seed}.jsonl", "--result", "several/{seed}.json"]
    assert main([*recipe, "--seeds", "2,0..1", "--out", "several/{seed}", *files]) == 0
    out = capsys.readouterr().out
    for seed in range(3):
        own = ["--out", f"alone/{seed}", "--result", f"alone/{seed}.json"]
        assert main([*recipe, "--seed", str(seed), *own, "--log", f"alone/{seed}.jsonl"]) == 0
        assert f"\nseed {seed}: done in " in out
    alone = {file.relative_to("alone"): file for file in Path("alone").rglob("*")}
    several = {file.relative_to("several"): file for file in Path("several").rglob("*")}
    assert alone.keys() == several.keys()
    assert len(alone) == 3 * (4 + 1 + 3)
    for name, file in several.items():
        if file.is_file() and file.suffix not in {".jsonl", ".checkpoint"}:  # which tell times
            assert content(file) == content(alone[name]), name
    one, other = (load_checkpoint(Path(there, "1.checkpoint")) for there in ("alone", "several"))
    assert one.recipe == other.recipe
    assert one.optimiser.keys() == other.optimiser.keys()
    for what, tensor in one.optimiser.items():
        assert tensor.tolist() == other.optimiser[what].tolist()
    recipes = [read_history(Path(f"several/{seed}.jsonl")).recipe for seed in range(3)]
    assert [one.seed for one in recipes if one is not None] == [0, 1, 2]
    assert "3 of 3 seeds done: mean test error " in out.splitlines()[-1]


def test_ctrl_c_keeps_what_is_done_and_one_command_goes_on_with_all(
    lenet_gui: Run, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    several = [*SMALL, *LONGER, "--seeds", "2,0..1", "--out", "w-{seed}", "--result", "{seed}.json"]
    pipe = tmp_path_factory.mktemp("output") / "pipe"
    os.mkfifo(pipe)
    process = Command(several, tmp_path, pipe)
    with pipe.open() as output:
        assert any("seed 0: epoch 1 of 3" in line for line in output)
        process.send_signal(signal.SIGINT)
        out = output.read()
    ended = process.wait()
    assert (ended.returncode, ended.stderr) == (130, "")
    *_, stopped, summary, goes_on, command = out.splitlines()
    assert stopped.startswith("seed 0: stopped in epoch ")
    assert summary.startswith("1 of 3 seeds done: mean test error ")
    assert goes_on == "to continue those that are not done:"
    names = sorted(path.name for path in tmp_path.iterdir())
    whole = [f"w-{seed}{more}" for seed in (0, 2) for more in (".checkpoint", ".epochs")]
    assert names == sorted(["2.json", "w-2", *whole])
    done = (tmp_path / "w-2").read_bytes()

    again = shlex.split(command)
    assert again[:4] == ["lenet-gui", "train", "--resume", "w-{seed}.checkpoint"]
    resumed = lenet_gui(again[1:])
    assert (resumed.returncode, resumed.stderr) == (0, "")
    assert "\nseed 0: continuing after epoch " in resumed.stdout
    assert "seed 1: going on" not in resumed.stdout
    assert "3 of 3 seeds done" in resumed.stdout.splitlines()[-1]
    assert (tmp_path / "w-2").read_bytes() == done
    assert load_weights(tmp_path / "w-1").facts["epochs"] == "3"
    assert all((tmp_path / f"{seed}.json").exists() for seed in range(3))
    alone = lenet_gui([*SMALL, *LONGER, "--seed", "0", "--out", "alone"])
    assert alone.returncode == 0
    assert (tmp_path / "w-0").read_bytes() == (tmp_path / "alone").read_bytes()


def test_one_that_cannot_be_taken_up_does_not_take_the_others_along(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*SMALL, "--epochs", "1", "--seed", "0", "--out", "w-0"]) == 0
    other = [*SMALL, "--epochs", "1", "--seed", "1", "--batch-size", "30"]
    assert main([*other, "--out", "w-1"]) == 0
    capsys.readouterr()
    resume = ["--resume", "w-{seed}.checkpoint", "--epochs", "2", "--threads", "1"]
    assert main(["train", "--seeds", "0..2", *resume, "--out", "v-{seed}"]) == 2
    out, err = capsys.readouterr()
    told, end = err.splitlines()
    assert told == (
        "lenet-gui: seed 1: w-1.checkpoint was made with another recipe: --batch-size (30 there, "
        "20 here); use its own or start a new training run."
    )
    assert end == "lenet-gui: 1 of 3 training runs failed (seeds 1): the reasons are given above."
    assert "seed 0: continuing after epoch 1" in out
    assert out.splitlines()[-1].startswith("2 of 3 seeds done: mean test error ")
    assert [load_weights(here / f"v-{seed}").facts["seed"] for seed in (0, 2)] == ["0", "2"]
    assert not (here / "v-1").exists()


def test_those_that_diverge_are_said_each_with_how_to_go_on(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Each step multiplies the weights by -99; the first epoch ends just before the overflow.
    absurd = ["--variant", "modern", "--optimiser", "sgd", "--lr", "100", "--momentum", "0"]
    absurd += ["--weight-decay", "1", "--schedule", "constant", "--warm-up", "0", "--epochs", "3"]
    few = ["--training-digits", "40", "--batch-size", "4", "--seeds", "3,5", "--out", "w-{seed}"]
    assert main([*SMALL, *absurd, *few]) == 2
    out, err = capsys.readouterr()
    *told, end = err.splitlines()
    for seed, sentence in zip((3, 5), told, strict=True):
        assert sentence.startswith(f"lenet-gui: seed {seed}: The loss is no longer a finite number")
        again = shlex.split(sentence.partition("to continue from it: ")[2])
        assert again[:4] == ["lenet-gui", "train", "--resume", f"w-{seed}.checkpoint"]
        assert again[4:6] == ["--out", f"w-{seed}"]
    assert (
        end
        == "lenet-gui: 2 of 2 training runs failed (seeds 3 and 5): the reasons are given above."
    )
    assert "done" not in out


def test_one_seed_needs_no_place_in_the_names(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*SMALL, "--seeds", "7", "--out", "w"]) == 0
    assert "1 of 1 seeds done" in capsys.readouterr().out
    assert load_weights(here / "w").facts["seed"] == "7"
