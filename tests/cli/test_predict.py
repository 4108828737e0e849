import json
import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from lenet_gui.cli import main
from lenet_gui.data.drawing import Drawing
from lenet_gui.data.ink import trace_ink
from lenet_gui.data.paint import paint
from lenet_gui.data.pictures.ink import ink_of_picture
from lenet_gui.explore.reader import read_digit
from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.net.weights_file import load_weights, save_weights
from lenet_gui.paths import SHIPPED_WEIGHTS, bundled

Run = Callable[[Sequence[str]], subprocess.CompletedProcess[str]]


@pytest.mark.parametrize("variant", Variant)
def test_json_gives_what_the_network_makes_of_the_pictures_ink(
    variant: Variant,
    weights: dict[Variant, Path],
    seven: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["predict", str(seven), "--weights", str(weights[variant]), "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    steps = trace_ink(paint(Drawing(backdrop=ink_of_picture(seven))))
    assert steps is not None
    loaded = load_weights(weights[variant])
    reading = read_digit(loaded.network, steps.centred, loaded.calibration)
    output = "distances" if variant is Variant.ORIGINAL else "logits"
    assert told == {
        "picture": str(seven),
        "variant": str(variant),
        "answer": reading.answer,
        "runner_up": reading.runner_up,
        "margin": reading.margin,
        "abstains": False,
        "reason": None,
        output: reading.output.tolist(),
        "probabilities": reading.probabilities.tolist(),
        "rubbish": reading.rubbish,
    }


def test_a_region_says_where_the_digit_is(
    seven: Path, weights: dict[Variant, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = np.array(Image.open(seven).convert("L"))
    height, width = alone.shape
    both = tmp_path / "both.png"
    Image.fromarray(np.hstack((alone, alone))).save(both)
    command = ["predict", "--weights", str(weights[Variant.MODERN])]
    assert main([*command, str(both)]) == 2
    assert "several digits (2)" in capsys.readouterr().err
    assert main([*command, str(seven), "--json"]) == 0
    (usual,) = json.loads(capsys.readouterr().out)
    assert main([*command, str(both), "--region", f"{width},0,{width},{height}", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found | {"picture": ""} == usual | {"picture": ""}


@pytest.mark.parametrize(
    ("region", "said"),
    [
        ("1,2,3", "must be four whole numbers of pixels, left, top, width and height"),
        ("a,0,9,9", "not 'a,0,9,9'"),
        ("0,0,3,90", "must be at least 4 pixels wide and high, not 3x90"),
        ("-1,0,9,9", "must begin in the picture, at 0,0 or later, not -1,0,9,9"),
        ("9000,0,9,9", "pixels, and the chosen region lies outside"),
    ],
)
def test_a_region_that_is_of_no_use_is_refused_in_a_sentence(
    seven: Path, region: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["predict", str(seven), f"--region={region}"]) == 2
    assert said in capsys.readouterr().err


def test_a_region_is_for_one_picture(seven: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["predict", str(seven), str(seven), "--region", "0,0,9,9"]) == 2
    assert "--region is for a single picture, and there are 2" in capsys.readouterr().err


def test_words_give_answer_runner_up_margin_and_all_ten_outputs(
    weights: dict[Variant, Path], seven: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for variant in Variant:
        command = ["predict", str(seven), "--weights", str(weights[variant])]
        assert main([*command, "--json"]) == 0
        (right,) = json.loads(capsys.readouterr().out)
        assert main(command) == 0
        first, digits, outputs, shares = capsys.readouterr().out.splitlines()
        assert first.startswith(
            f"{seven}: {right['answer']}, runner-up {right['runner_up']}, "
            f"margin {right['margin']:.2f}"
        )
        assert ("not a digit" in first) is (variant is Variant.ORIGINAL)
        assert digits.split() == ["digit", *"0123456789"]
        name, *figures = outputs.split()
        assert [float(figure) for figure in figures] == pytest.approx(
            right["distances" if name == "distance" else "logits"], abs=0.006
        )
        assert shares.split()[0] == "probability"
        assert shares.count("%") == 10
        assert len({len(line) for line in (digits, outputs)}) == 1


@pytest.mark.parametrize(
    ("variant", "facts", "headline", "reason", "without_rubbish"),
    [
        (Variant.ORIGINAL, {}, "Not a digit. ", r"The nearest code is [\d.]+ away; beyond 10 ", 0),
        (
            Variant.MODERN,
            {"loss": "cross-entropy-rubbish", "answer_j": "-50"},
            "Not a digit. ",
            r"The largest logit is -?[\d.]+; below 50 it is not a digit\.",
            0,
        ),
        (
            Variant.MODERN,
            {"answer_j": "-50", "least_margin": "60"},
            r"Undecided: \d or \d. ",
            r"\d and \d are almost equally likely: margin [\d.]+, at least 60 is required\.",
            1,
        ),
    ],
)
def test_a_network_abstains_and_says_why(
    variant: Variant,
    facts: dict[str, str],
    headline: str,
    reason: str,
    without_rubbish: bool,
    seven: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "network.safetensors"
    save_weights(build(variant, torch.Generator().manual_seed(7)), file, facts)
    command = ["predict", str(seven), "--weights", str(file)]
    assert main([*command, "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert told["abstains"] is True
    assert re.match(reason, told["reason"].replace("−", "-"))
    assert (told["rubbish"] is None) is bool(without_rubbish)
    assert main(command) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert re.match(re.escape(f"{seven}: ") + headline, first)
    otherwise = f"It would be {told['answer']}, runner-up {told['runner_up']}, margin "
    assert f" {told['reason']} {otherwise}" in first


def test_dark_on_light_and_light_on_dark_are_read_alike(
    weights: dict[Variant, Path],
    seven: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    turned = tmp_path / "turned.png"
    Image.fromarray(255 - np.asarray(Image.open(seven))).save(turned)
    file = str(weights[Variant.MODERN])
    assert main(["predict", str(seven), str(turned), "--weights", file, "--json"]) == 0
    one, other = json.loads(capsys.readouterr().out)
    assert one["logits"] == pytest.approx(other["logits"], abs=1e-5)


def test_one_bad_picture_among_good_ones_is_named_and_the_good_ones_are_answered(
    lenet_gui: Run, weights: dict[Variant, Path], seven: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.png").write_bytes(b"")
    Image.new("L", (30, 30), 99).save(tmp_path / "grey.png")
    file = str(weights[Variant.ORIGINAL])
    good = str(seven)
    pictures = ["nowhere.png", good, "empty.png", "grey.png", good]
    done = lenet_gui(["predict", *pictures, "--weights", file])
    assert done.returncode == 2
    assert done.stdout.count(f"{seven}: ") == 2
    complaints = done.stderr.splitlines()
    assert len(complaints) == 3
    for line, name in zip(complaints, ("nowhere.png", "empty.png", "grey.png"), strict=True):
        assert line.startswith("lenet-gui: ")
        assert name in line
        assert line.endswith(".")


def test_in_json_a_bad_picture_is_an_entry_with_its_error(
    weights: dict[Variant, Path], seven: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "1x1.png"
    Image.new("L", (1, 1)).save(bad)
    file = str(weights[Variant.ORIGINAL])
    assert main(["predict", str(bad), str(seven), "--weights", file, "--json"]) == 2
    told = capsys.readouterr()
    broken, good = json.loads(told.out)
    assert broken.keys() == {"picture", "error"}
    assert told.err == f"lenet-gui: {broken['error']}\n"
    assert good["picture"] == str(seven)


def wrong_variant(path: Path, right: dict[Variant, Path]) -> str:
    path.write_bytes(right[Variant.MODERN].read_bytes())
    return "contains weights of the Modern network, not of the Original"


def truncated(path: Path, right: dict[Variant, Path]) -> str:
    path.write_bytes(right[Variant.ORIGINAL].read_bytes()[:-100])
    return "is not a whole safetensors file"


def missing(path: Path, right: dict[Variant, Path]) -> str:
    return "There is no weights file"


def not_a_number(path: Path, right: dict[Variant, Path]) -> str:
    network = build(Variant.ORIGINAL, torch.Generator().manual_seed(1))
    with torch.no_grad():
        next(network.parameters()).fill_(float("nan"))
    save_weights(network, path, {})
    return "contains values that are not finite"


def strange_j(path: Path, right: dict[Variant, Path]) -> str:
    save_weights(build(Variant.ORIGINAL, torch.Generator().manual_seed(1)), path, {"j": "many"})
    return "gives its rubbish constant (j) as 'many', which is not a number from 0 to 100"


def strange_margin(path: Path, right: dict[Variant, Path]) -> str:
    network = build(Variant.ORIGINAL, torch.Generator().manual_seed(1))
    save_weights(network, path, {"least_margin": "-1"})
    return "gives its least margin (least_margin) as '-1', which is not a number from 0 to 100"


@pytest.mark.parametrize(
    "spoil", [wrong_variant, truncated, missing, not_a_number, strange_j, strange_margin]
)
def test_bad_weights_are_answered_in_one_sentence(
    spoil: Callable[[Path, dict[Variant, Path]], str],
    weights: dict[Variant, Path],
    seven: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    bad = tmp_path / "bad.safetensors"
    sentence = spoil(bad, weights)
    assert main(["predict", str(seven), "--weights", str(bad), "--variant", "original"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert sentence in told.err
    assert str(bad) in told.err
    assert told.err.count("\n") == 1


@pytest.mark.parametrize("variant", Variant)
def test_without_a_file_the_shipped_weights_answer(
    variant: Variant,
    seven: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    try:
        bundled("weights", f"lenet5-{variant}.safetensors")
    except Exception as reason:  # noqa: BLE001 - whatever keeps it from being there
        pytest.skip(str(reason))
    monkeypatch.chdir(tmp_path)
    (tmp_path / variant).write_bytes(b"mine")  # no file was asked for
    assert main(["predict", str(seven), "--variant", variant, "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert told["variant"] == variant
    assert told["answer"] == 7


def test_a_picture_that_pillow_complains_of_is_one_sentence_all_the_same(
    weights: dict[Variant, Path],
    tmp_path: Path,
    lenet_gui: Run,
) -> None:
    Image.new("RGB", (30, 30)).save(tmp_path / "odd.tiff")
    content = bytearray((tmp_path / "odd.tiff").read_bytes())
    samples_per_pixel = content.index(b"\x15\x01\x03\x00\x01\x00\x00\x00\x03\x00")
    content[samples_per_pixel + 8 : samples_per_pixel + 10] = b"\x00\x08"
    (tmp_path / "odd.tiff").write_bytes(content)
    done = lenet_gui(["predict", "odd.tiff", "--weights", str(weights[Variant.MODERN])])
    assert done.returncode == 2
    assert done.stderr.startswith("lenet-gui: odd.tiff cannot be read as a picture")
    assert done.stderr.count("\n") == 1


def test_outputs_out_of_all_measure_stay_in_their_columns(
    seven: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    network = build(Variant.MODERN, torch.Generator().manual_seed(1))
    with torch.no_grad():
        network.get_parameter("output.weight").mul_(1e20)
    save_weights(network, tmp_path / "w", {})
    assert main(["predict", str(seven), "--weights", str(tmp_path / "w")]) == 0
    logits = capsys.readouterr().out.splitlines()[2].split()
    assert logits[0] == "logit"
    assert len([float(logit) for logit in logits[1:]]) == 10


def test_the_shipped_weights_have_names(
    seven: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    outputs = []
    for name in SHIPPED_WEIGHTS:
        assert main(["predict", str(seven), "--weights", name, "--json"]) == 0
        (told,) = json.loads(capsys.readouterr().out)
        assert told["answer"] == 7
        outputs.append(told.get("distances") or told["logits"])
    assert len({tuple(output) for output in outputs}) == 3
    (tmp_path / "original").write_bytes(b"mine")  # a file of the user's goes before a name
    assert main(["predict", str(seven), "--weights", "original"]) == 2
    assert "original is not a whole safetensors file" in capsys.readouterr().err
