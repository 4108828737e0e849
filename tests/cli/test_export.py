import json
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from lenet_gui.cli import export, main
from lenet_gui.explore.reader import read_digit
from lenet_gui.net.architecture import Variant
from lenet_gui.net.weights_file import load_weights
from lenet_gui.pictures import colours
from lenet_gui.pictures.painted import Style
from lenet_gui.pictures.png import render_rgba
from lenet_gui.pictures.single_sheet import map_sheet

Run = Callable[[Sequence[str]], subprocess.CompletedProcess[str]]


def test_the_commands_choices_are_those_of_the_pictures() -> None:
    assert tuple(colours.Scale) == export.COLOUR_SCALES
    assert tuple(colours.Theme) == export.THEMES


def test_all_three_kinds_come_out_and_agree(
    weights: dict[Variant, Path], seven: Path, tmp_path: Path
) -> None:
    for variant in Variant:
        chosen = ["--weights", str(weights[variant])]
        for name in ("all.png", "all.svg", "all.npz"):
            assert main(["export", str(seven), "--out", str(tmp_path / name), *chosen]) == 0
        with Image.open(tmp_path / "all.png") as picture:
            assert picture.width > 3000
        root = ET.parse(tmp_path / "all.svg").getroot()  # noqa: S314 - our own file
        with np.load(tmp_path / "all.npz") as arrays:
            told = json.loads(str(arrays["metadata"]))
            loaded = load_weights(weights[variant])
            reading = read_digit(loaded.network, arrays["image"], loaded.calibration)
            for layer, maps in reading.activations.items():
                assert np.array_equal(arrays[layer], maps)
        assert told["variant"] == variant
        assert told["weights"]["file"] == f"{variant}.safetensors"
        assert told["weights"]["name"] == "drawn"
        assert told["j"] == (100.0 if variant is Variant.ORIGINAL else None)
        assert told["abstains"] is False
        title = root.find("{http://www.w3.org/2000/svg}title")
        assert title is not None
        assert f"answer {told['answer']}, runner-up {told['runner_up']}" in (title.text or "")
        assert f"{variant}.safetensors" in (title.text or "")


def test_the_process_writes_the_same_bytes_twice(
    lenet_gui: Run, weights: dict[Variant, Path], seven: Path, tmp_path: Path
) -> None:
    chosen = ["--weights", str(weights[Variant.ORIGINAL])]
    for suffix in ("png", "npz"):
        command = ["export", str(seven), *chosen, "--out"]
        done = lenet_gui([*command, f"one.{suffix}"])
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert main([*command, str(tmp_path / f"two.{suffix}")]) == 0
        one, two = (tmp_path / f"{name}.{suffix}" for name in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_one_map_is_painted_in_the_chosen_colours_at_the_chosen_scale(
    weights: dict[Variant, Path], seven: Path, tmp_path: Path
) -> None:
    out, arrays = tmp_path / "map.png", tmp_path / "all.npz"
    chosen = ["export", str(seven), "--weights", str(weights[Variant.MODERN]), "--out"]
    look = ["--colours", "per-map", "--theme", "dark", "--scale", "2"]
    assert main([*chosen, str(out), "--layer", "C1", "--map", "3", *look]) == 0
    assert main([*chosen, str(arrays)]) == 0
    with np.load(arrays) as back:
        image = back["image"]
    reading = read_digit(load_weights(weights[Variant.MODERN]).network, image)
    style = Style(colours.Theme.DARK, colours.Scale.PER_MAP, "modern.safetensors")
    right = render_rgba(map_sheet(reading, "C1", 3, style), 2)
    assert np.array_equal(np.asarray(Image.open(out)), right[:, :, :3])


@pytest.mark.parametrize(
    ("out", "options", "sentence"),
    [
        ("a.jpg", [], "must end in .png, .svg, .npz: choose one of them."),
        ("a", [], "must end in .png, .svg, .npz: choose one of them."),
        ("a.png", ["--map", "3"], "Map 3 of which layer? Give the layer as well."),
        (
            "a.png",
            ["--layer", "C3", "--map", "16"],
            "C3 has no map 16: choose one from 0 to 15.",
        ),
        ("a.png", ["--layer", "C3", "--map", "-1"], "C3 has no map -1: choose one from 0 to 15."),
        (
            "a.png",
            ["--scale", "big"],
            "argument --scale: must be a whole number, not 'big' (see lenet-gui export --help).",
        ),
        ("a.png", ["--scale", "0"], "The scale 0 is not possible for this picture"),
        ("a.png", ["--scale", "1000"], "The scale 1000 is not possible for this picture"),
        (
            "a.npz",
            ["--layer", "C3"],
            "--layer has no effect on a .npz file: leave it out or choose another suffix.",
        ),
        ("a.svg", ["--scale", "2"], "--scale has no effect on a .svg file"),
    ],
)
def test_wrong_arguments_are_named_and_nothing_is_written(
    out: str,
    options: list[str],
    sentence: str,
    weights: dict[Variant, Path],
    seven: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    command = ["export", str(seven), "--weights", str(weights[Variant.ORIGINAL])]
    assert main([*command, "--out", str(tmp_path / out), *options]) == 2
    told = capsys.readouterr()
    assert told.err.startswith("lenet-gui: ")
    assert sentence in told.err
    assert told.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_target_that_cannot_be_written_is_named(
    weights: dict[Variant, Path],
    seven: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "file").write_bytes(b"old")
    target = tmp_path / "file" / "a.png"
    command = ["export", str(seven), "--weights", str(weights[Variant.ORIGINAL])]
    assert main([*command, "--out", str(target)]) == 2
    assert f"{target} could not be written" in capsys.readouterr().err
    assert (tmp_path / "file").read_bytes() == b"old"


def test_a_bad_picture_leaves_the_old_file(
    weights: dict[Variant, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    bad, target = tmp_path / "bad.png", tmp_path / "a.svg"
    bad.write_bytes(b"not a picture")
    target.write_bytes(b"old")
    command = ["export", str(bad), "--weights", str(weights[Variant.ORIGINAL])]
    assert main([*command, "--out", str(target)]) == 2
    assert str(bad) in capsys.readouterr().err
    assert target.read_bytes() == b"old"
