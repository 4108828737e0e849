"""No output of a command is written over another one, or over a file that the command reads."""

import contextlib
import io
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lenet_gui.cli import main
from lenet_gui.cli.outputs import Named, check_apart, check_outside, is_same_file
from lenet_gui.errors import UserError
from lenet_gui.net.architecture import Variant
from lenet_gui.training.epoch_files import NAME
from lenet_gui.training.presets import PRESETS

Run = Callable[[Sequence[str]], subprocess.CompletedProcess[str]]

SMALL = ("train", "--data", "builtin", "--training-digits", "40", "--epochs", "1", "--device")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@contextlib.contextmanager
def a_folder() -> Iterator[Path]:
    """The current one, with a folder in it, one in that, and links to both."""
    with TemporaryDirectory() as name, contextlib.chdir(name):
        Path("a/b").mkdir(parents=True)
        Path("link").symlink_to("a")
        Path("deep").symlink_to("a/b")
        yield Path(name)


def spellings(folder: Path, file: str) -> list[str]:
    """Names of `file` in `a`, which need not be there."""
    names = [
        f"a/{file}",
        f"./a//{file}",
        f"a/b/../{file}",
        f"deep/../{file}",
        f"link/{file}",
        f"link/b/../{file}",
        f"a/../a/{file}",
        str(folder / "a" / file),
        str(folder / "link" / ".." / "a" / file),
        f"to-{file}",
        f"on-{file}",
    ]
    if not os.path.lexists(f"to-{file}"):
        Path(f"to-{file}").symlink_to(f"a/{file}")
        Path(f"on-{file}").symlink_to(f"to-{file}")
    if Path("a", file).is_file():
        os.link(f"a/{file}", f"same-{file}")
        names.append(f"same-{file}")
    return names


def answer(arguments: Sequence[str]) -> tuple[int, str, str]:
    """Exit status, stdout and stderr."""
    with (
        contextlib.redirect_stdout(io.StringIO()) as out,
        contextlib.redirect_stderr(io.StringIO()) as err,
    ):
        status = main(arguments)
    return status, out.getvalue(), err.getvalue()


def contents(folder: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


WRITTEN = ("--out", "--log", "--result", "its checkpoint", "an epoch of it", "its epochs")
READ = ("--recipe", "--resume", "a teacher")


@settings(max_examples=300)
@given(data=st.data())
def test_any_two_files_of_a_training_that_are_one_are_refused(data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(WRITTEN))
    other = data.draw(st.sampled_from([role for role in (*WRITTEN, *READ) if role != one]))
    if (one, other) == ("its checkpoint", "--resume"):
        return  # a training run goes on where it was
    with a_folder() as folder:
        shared = {
            "its checkpoint": "w.checkpoint",
            "its epochs": "w.epochs",
            "an epoch of it": "w.epochs/epoch-0003.safetensors",
        }
        fixed = {one, other} & shared.keys()
        if len(fixed) > 1 or (fixed and "--out" in {one, other}):
            return  # these follow from one name
        name = shared[fixed.pop()] if fixed else "f.safetensors"
        (folder / "a" / name).parent.mkdir(exist_ok=True)
        if {one, other} & set(READ) or (data.draw(st.booleans()) and name != "w.epochs"):
            (folder / "a" / name).write_text(PRESETS["modern-quick"].to_json())
        if "/" in name:
            names = [*spellings(folder, "w.epochs")[:8]]
            names = [f"{place}/epoch-0003.safetensors" for place in names]
        else:
            names = spellings(folder, name)
        options = {"--out": "a/w"}
        for role in (one, other):
            spelled = data.draw(st.sampled_from(names))
            if role == "a teacher":
                options |= {"--teachers": str(Path(spelled).parent), "--teachers-share": "0.5"}
                if not spelled.endswith(".safetensors"):
                    return
            elif role.startswith("--"):
                options[role] = spelled
        before = contents(folder)
        arguments = [part for option in options.items() for part in option]
        if "--recipe" not in options:
            arguments += ["--recipe", "original-quick"]
        status, out, err = answer([*SMALL, "cpu", *arguments])
        assert (status, out) == (2, ""), arguments
        assert err.startswith("lenet-gui: ")
        assert err.count("\n") == 1
        assert any(
            said in err for said in ("another output's file", "this command", "the epochs' weights")
        )
        assert contents(folder) == before


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            ["--result", "sub/../w"],
            "--result sub/../w is another output's file: choose a different one.",
        ),
        (["--log", "link/w"], "--log link/w is another output's file: choose a different one."),
        (
            ["--log", "w.epochs/epoch-0007.safetensors"],
            "--log w.epochs/epoch-0007.safetensors is where the epochs' weights go",
        ),
        (["--result", "w.epochs"], "--result w.epochs is where the epochs' weights go"),
        (
            ["--recipe", "mine.json", "--log", "sub/../mine.json"],
            "--log sub/../mine.json is the recipe that this command reads: choose another place",
        ),
        (["--resume", "link/w"], "--out w is the checkpoint that this command reads: choose"),
        (
            ["--log", "w.checkpoint/log", "--out", "w"],
            "--log w.checkpoint/log lies in the checkpoint w.checkpoint, which is going to be",
        ),
        (["--result", "r", "--log", "r/log"], "--log r/log lies in --result r, which is"),
        (
            ["--out", "mine.PTH"],
            "mine.PTH ends as files of PyTorch weights do, and training writes safetensors: let it",
        ),
        (["--out", "mine.onnx"], "mine.onnx ends as files of ONNX do, and training writes"),
    ],
)
def test_what_is_said(
    options: list[str], sentence: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "sub").mkdir()
    (here / "link").symlink_to(".")
    (here / "mine.json").write_text(PRESETS["modern-quick"].to_json())
    before = sorted(here.rglob("*"))
    recipe = [] if "--recipe" in options else ["--recipe", "modern-quick"]
    assert main([*SMALL, "cpu", "--out", "w", *recipe, *options]) == 2
    assert f"lenet-gui: {sentence}" in capsys.readouterr().err
    assert sorted(here.rglob("*")) == before


def test_the_digits_of_a_training_are_no_output(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "digits").mkdir()
    for name in ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"):
        (here / "digits" / name).write_bytes(b"")
        (here / "digits" / name.replace("train", "t10k")).write_bytes(b"")
    (here / "log").symlink_to("digits/t10k-labels-idx1-ubyte")
    assert main(["train", "--data", "digits", "--out", "w", "--log", "log"]) == 2
    assert "--log log is a file of digits that this command reads" in capsys.readouterr().err


def test_a_log_among_the_epochs_stays_possible(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*SMALL, "cpu", "--out", "w", "--log", "w.epochs/log.jsonl"]) == 0
    assert (here / "w.epochs" / "log.jsonl").read_text().count("finished") == 1


@pytest.mark.parametrize("suffix", [".png", ".svg", ".npz"])
def test_an_export_spares_what_it_reads(
    suffix: str,
    seven: Path,
    weights: Mapping[Variant, Path],
    here: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    picture, network = here / f"seven{suffix}", here / f"weights{suffix}"
    picture.write_bytes(seven.read_bytes())
    network.write_bytes(weights[Variant.ORIGINAL].read_bytes())
    (here / "sub").mkdir()
    (here / f"link{suffix}").symlink_to(picture)
    before = contents(here)
    for out, read in (
        (picture, "the picture"),
        (Path(f"sub/../seven{suffix}"), "the picture"),
        (Path(f"link{suffix}"), "the picture"),
        (Path(f"./weights{suffix}"), "the weights file"),
    ):
        assert main(["export", str(picture), "--out", str(out), "--weights", str(network)]) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err == (
            f"lenet-gui: --out {out} is {read} that this command reads: choose another place for "
            "it.\n"
        )
    assert contents(here) == before


def test_a_table_and_a_curve_spare_each_other_and_the_results(
    results_folder: Path, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = results_folder / "paper-1998-seed1.json"
    (here / "t.md").symlink_to(result)
    (here / "c.csv").symlink_to("t.md")
    before = contents(results_folder)
    assert main(["results", str(results_folder), "--table", "t.md"]) == 2
    assert "--table t.md is a result that this command reads" in capsys.readouterr().err
    assert main(["results", "--table", "t.md", "--curve", "c.csv"]) == 2
    assert (
        "--curve c.csv is another output's file: choose a different one." in capsys.readouterr().err
    )
    assert contents(results_folder) == before


def test_files_that_are_two_are_none_of_its_business(here: Path) -> None:
    names = ("a", "b", "a.checkpoint", "sub/a", "sub/sub/a", "..a", "ä", "a ", "x" * 250)
    check_apart([Named("--out", Path(name)) for name in names], [Named("the recipe", Path("c"))])
    assert not (here / "sub").exists()
    check_apart([Named("--log", Path("/dev/null"))], [Named("the recipe", Path("/dev/null"))])


def test_two_spellings_of_a_name_are_asked_of_the_folder_itself(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Most folders on Linux tell them apart; the others are imitated."""
    pairs = [("W", "w"), ("deep/W", "DEEP/w"), ("a\u0308", "ä"), ("w.", "w")]
    (here / "lower").mkdir()
    if (here / "LOWER").exists():
        pytest.skip("this folder knows no case")
    assert not any(is_same_file(Path(one), Path(other)) for one, other in pairs)

    def exists_in_any_spelling(path: Path) -> bool:
        return any(path.parent.parent.rglob("*"))

    loud = Named("--log", Path("w.epochs/EPOCH-0001.safetensors"))
    check_outside(Path("w.epochs"), NAME, [loud])
    monkeypatch.setattr(Path, "exists", exists_in_any_spelling)
    with pytest.raises(UserError, match="is where the epochs' weights go"):
        check_outside(Path("w.epochs"), NAME, [loud])
    assert all(is_same_file(Path(one), Path(other)) for one, other in pairs)
    assert not is_same_file(Path("W"), Path("v"))
    assert [path.name for path in here.iterdir()] == ["lower"]


def test_an_output_in_a_folder_that_cannot_be_looked_into_is_told_later(here: Path) -> None:
    (here / "file").write_bytes(b"")
    assert not is_same_file(Path("file/W"), Path("file/w"))
    with pytest.raises(UserError, match="--log file/log lies in --out file"):
        check_apart([Named("--out", Path("file")), Named("--log", Path("file/log"))])


def test_by_the_real_command(lenet_gui: Run, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    done = lenet_gui(["train", "--out", "n", "--result", "sub/../n", "--data", "builtin"])
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "lenet-gui: --result sub/../n is another output's file: choose a different one.\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["sub"]
