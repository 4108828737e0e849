"""`lenet-gui data`: what the preview of the window shows, as text and as JSON."""

import json
from pathlib import Path

import numpy as np
import pytest

from lenet_gui.cli import main
from lenet_gui.data.builtin import builtin_digits


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    digits = builtin_digits(60, 0)
    np.savez(folder / "turned.npz", images=digits.images.transpose(0, 2, 1), labels=digits.labels)
    pixels = digits.images.reshape(60, 784)
    lines = np.column_stack((digits.labels, pixels)).tolist()
    table = "\n".join(",".join(map(str, line)) for line in [*lines, (1, 2, 3)])
    (folder / "table.csv").write_text(table)
    return folder


def test_it_says_what_the_preview_shows(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", str(folder / "turned.npz")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"turned, {folder / 'turned.npz'}"
    assert lines[1] == "48 pictures to train on, 12 to test on"
    assert lines[3].split() == ["class", "training", "test"]
    counts = {row.split()[0]: tuple(map(int, row.split()[1:])) for row in lines[4:15]}
    assert list(counts) == [*"0123456789", "all"]
    assert (
        counts["all"]
        == (48, 12)
        == tuple(
            sum(count[part] for name, count in counts.items() if name != "all") for part in (0, 1)
        )
    )
    assert lines[16].endswith(" Try --transpose yes.")
    assert any("It has one set" in line for line in lines[17:])

    assert main(["data", str(folder / "turned.npz"), "--transpose", "yes", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["name"] == "transposed turned"
    assert told["transposed"]
    assert not told["is_mnist"]
    assert (sum(told["training"]), sum(told["test"])) == (48, 12)
    assert told["read_right"] > 0.7 > told["read_right_exchanged"]
    assert told["files"] == [str(folder / "turned.npz")]


def test_what_was_left_out_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", str(folder / "table.csv")]) == 0
    assert "Left out: rows with another number of columns (1)." in capsys.readouterr().out


@pytest.mark.parametrize("path", ["gone", "."])
def test_what_is_no_data_set_is_one_sentence(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["data", path]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("lenet-gui: ")
    assert err.count("\n") == 1
