"""`lenet-gui evaluate --corrupt`: one table in words, as CSV and as JSON, and a sheet."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from lenet_gui.cli import digits, main
from lenet_gui.data.builtin import Stream, builtin_digits
from lenet_gui.data.corruptions.table import CORRUPTIONS
from lenet_gui.explore.robustness import Robustness, robustness_of
from lenet_gui.net.architecture import Variant
from lenet_gui.net.weights_file import load_any_weights

TEST = 12
"""So many digits has the built-in test set here."""


@pytest.fixture(scope="module", autouse=True)
def _few_built_in_digits() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(digits, "BUILTIN_TEST", TEST)
        yield


@pytest.fixture(scope="module")
def found(weights: dict[Variant, Path]) -> list[Robustness]:
    """What there is to say of both networks, with seed 3."""
    networks = [load_any_weights(file).network for file in weights.values()]
    return list(robustness_of(networks, builtin_digits(TEST, 0, stream=Stream.TEST), 3))


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    capsys.readouterr()
    options = ["--corrupt", "--data", "builtin", "--seed", "3"]
    assert main(["evaluate", *map(str, arguments), *options]) == 0
    return capsys.readouterr().out


def test_the_table_in_its_three_forms(
    weights: dict[Variant, Path], found: list[Robustness], capsys: pytest.CaptureFixture[str]
) -> None:
    files = list(weights.values())
    lines = said(capsys, *files).splitlines()
    assert lines[:3] == [
        f"Original, {files[0]}",
        f"Modern, {files[1]}",
        f"built-in test: {TEST} digits, corrupted with seed 3",
    ]
    assert lines[4].split() == ["error", "original.safetensors", "modern.safetensors"]
    rows = {line[:23].strip(): line[23:].replace(" %", "").split() for line in lines[5:] if line}
    wanted = {
        "clean": [one.clean_error for one in found],
        **{each.title: [one.error(each.name) for one in found] for each in CORRUPTIONS},
        "mean of the corruptions": [one.mean_error for one in found],
    }
    assert list(rows) == list(wanted)
    assert rows == {
        name: [f"{100 * error:.2f}" for error in errors] for name, errors in wanted.items()
    }

    table = list(csv.DictReader(io.StringIO(said(capsys, *files, "--csv"))))
    assert [row["corruption"] for row in table] == list(wanted)
    for row in table:
        shown = [float(row[f"{file} (error in %)"]) for file in files]
        assert shown == pytest.approx([100 * error for error in wanted[row["corruption"]]])
        assert (row["data"], row["digits"], row["seed"]) == ("built-in test", f"{TEST}", "3")

    told = json.loads(said(capsys, *files, "--json"))
    assert (told["data"], told["digits"], told["seed"]) == ("built-in test", TEST, 3)
    for network, file, one in zip(told["networks"], files, found, strict=True):
        assert network == {
            "weights": str(file),
            "variant": file.stem,
            "clean_error": one.clean_error,
            "corrupted_error": {name: one.error(name) for name in one.corrupted},
            "mean_corrupted_error": one.mean_error,
        }


def test_a_sheet_shows_one_digit_under_all_of_them(
    weights: dict[Variant, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arrays = tmp_path / "sheet.npz"
    said(capsys, *weights.values(), "--sheet", arrays, "--digit", 5)
    with np.load(arrays) as held:
        digit = builtin_digits(TEST, 0, stream=Stream.TEST).select(np.array([5]))
        np.testing.assert_array_equal(held["images"][0], digit.images[0])
        assert held["label"] == digit.labels[0]
        assert held["names"].tolist() == ["clean", *(each.title for each in CORRUPTIONS)]
        assert held["answers"].shape == (2, 16)
    drawing = tmp_path / "sheet.svg"
    said(capsys, weights[Variant.MODERN], "--sheet", drawing)
    text = drawing.read_text(encoding="utf-8")
    assert all(each.title.capitalize() in text for each in CORRUPTIONS)
    assert "modern.safetensors: " in text


def test_several_networks_are_evaluated_one_after_another(
    weights: dict[Variant, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(file) for file in weights.values()]
    alone = []
    for file in files:
        assert main(["evaluate", file, "--data", "builtin", "--json"]) == 0
        alone.append(json.loads(capsys.readouterr().out))
    assert main(["evaluate", *files, "--data", "builtin", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == alone
    assert main(["evaluate", *files, "--data", "builtin"]) == 0
    out = capsys.readouterr().out
    assert out.index(f"Original, {files[0]}") < out.index(f"Modern, {files[1]}")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--csv"], "--csv has no effect without --corrupt: add it, or leave it out."),
        (["--seed", "0"], "--seed has no effect without --corrupt: add it, or leave it out."),
        (["--corrupt", "--csv", "--json"], "--csv and --json are two forms of one table"),
        (["--corrupt", "--digit", "1"], "--digit has no effect without --sheet FILE"),
        (["--corrupt", "--seed", "-1"], "--seed must lie between 0 and 4294967295, not -1."),
        (["--corrupt", "--seed", "x"], "must be a whole number, not 'x'"),
        (["--corrupt", "--sheet", "a.gif"], "a.gif must end in .png, .svg, .npz"),
        (["--corrupt", "--sheet", "a.png", "--digit", "12"], "choose one from 0 to 11."),
    ],
)
def test_options_that_do_not_fit_are_one_sentence(
    options: list[str],
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["evaluate", "modern", "--data", "builtin", *options]) == 2
    out, err = capsys.readouterr()
    assert sentence in err
    assert err.count("\n") == 1
    assert out == ""
