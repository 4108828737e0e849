"""The form of imported weights is found by measuring, and remembered."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional

from lenet_gui.data.builtin import Stream, builtin_digits
from lenet_gui.data.digits import Digits
from lenet_gui.explore import open_weights
from lenet_gui.explore.form_finding import known_forms, measuring
from lenet_gui.explore.form_finding.finding import FormFinding, MeasuredForm, share
from lenet_gui.explore.form_finding.known_forms import KnownForms
from lenet_gui.explore.form_finding.measuring import measure
from lenet_gui.net.modern_form import Border, InputScale, ModernForm, Pooling, Squashing
from lenet_gui.net.weights_import.partial_form import PartialForm, partial_form
from lenet_gui.net.weights_import.reading import ImportedWeights, import_weights
from tests.support.other_programs import (
    State,
    normalised,
    plain_state,
    symmetric,
    torch_file,
    with_sigmoid,
)

FEW = 100


@pytest.fixture(scope="module")
def digits() -> Digits:
    return builtin_digits(FEW, 0, stream=Stream.TEST)


def imported(state: State, folder: Path) -> ImportedWeights:
    file = folder / "lenet.pth"
    file.write_bytes(torch_file(state))
    return import_weights(file)


@pytest.mark.parametrize(
    ("change", "form"),
    [
        (lambda s: s, ModernForm()),
        (symmetric, ModernForm(inputs=InputScale.SYMMETRIC)),
        (
            lambda s: normalised(with_sigmoid(s)),
            ModernForm(Squashing.SIGMOID, inputs=InputScale.NORMALISED),
        ),
    ],
)
def test_the_form_is_found(
    change: Callable[[State], State],
    form: ModernForm,
    digits: Digits,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(measuring, "ROUNDS", ((30, 0.3),))
    told: list[int] = []

    def progress(done: int, wanted: int) -> None:
        told.append(done)
        assert wanted == 2 * 30

    found = measure(imported(change(plain_state()), tmp_path), digits, progress=progress)
    assert found.form == form
    assert found.reads
    assert found.best.accuracy > 0.9
    assert found.sentence.startswith("read as ")
    assert f" of {FEW} built-in test digits" in found.sentence
    assert told == sorted(told)
    assert len(found.measured) == 30
    assert {one.digits for one in found.measured} == {30, FEW}  # some were hopeless


def test_a_network_for_digits_that_fill_its_input_is_told(
    digits: Digits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = partial_form(["tanh", "average", "0..1"])
    lenet = imported(plain_state(), tmp_path)
    assert "32×32" not in measure(lenet, digits, said).sentence  # it has learned padded ones
    # Digits made smaller: enlarged they are as it has learned them.
    small = np.zeros_like(digits.images)
    small[:, 4:-4, 4:-4] = np.asarray(
        functional.interpolate(torch.tensor(digits.images)[:, None].float(), (20, 20))
    )[:, 0]
    found = measure(lenet, replace(digits, images=small), said)
    assert found.enlarged is not None
    assert found.enlarged.accuracy > found.best.accuracy
    assert found.sentence.endswith(
        f"; enlarged to 32×32, as it may have learned them, {share(found.enlarged)}"
    )
    file = tmp_path / "known.json"
    KnownForms(file).keep("digest", found)
    assert KnownForms(file).get("digest") == found


def test_what_is_said_is_not_measured(digits: Digits, tmp_path: Path) -> None:
    said = partial_form(["tanh", "average", "0..1"])
    found = measure(imported(plain_state(), tmp_path), digits, said)
    assert [one.form for one in found.measured] == [ModernForm()]


def test_a_network_that_no_form_reads_with(digits: Digits, tmp_path: Path) -> None:
    state = {name: torch.zeros_like(one) for name, one in plain_state().items()}
    found = measure(imported(state, tmp_path), digits)
    assert not found.reads
    assert found.form == ModernForm()  # of equals the README's
    assert "none of which reads the digits" in found.sentence


def test_a_network_that_reads_no_pictures_of_other_classes_is_tried_on_digits(
    digits: Digits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_weights, "test_digits", lambda: digits)
    said = partial_form(["tanh", "average", "0..1"])
    clothes = Digits(
        digits.images, (digits.labels + 1) % 10, "clothes test", class_names=tuple("abcdefghij")
    )
    lenet = imported(plain_state(), tmp_path)
    found = open_weights.measure_on(lenet, clothes, said)
    assert found.reads
    assert f" of {FEW} built-in test digits" in found.sentence
    # One that reads neither is spoken of as on the pictures in use.
    nothing = imported({k: torch.zeros_like(v) for k, v in plain_state().items()}, tmp_path)
    assert "clothes" in open_weights.measure_on(nothing, clothes, said).sentence


RELU = ModernForm(Squashing.RELU, Pooling.MAX, InputScale.NORMALISED, Border.ZERO)


def finding(*measured: tuple[ModernForm, int, float]) -> FormFinding:
    forms = tuple(MeasuredForm(form, right, 2000, loss) for form, right, loss in measured)
    return FormFinding(PartialForm(), forms, "MNIST test")


def test_the_sentence_says_what_was_measured() -> None:
    found = finding((RELU, 1978, 0.03), (ModernForm(), 1200, 1.0))
    assert found.sentence == (
        "read as ReLU with max pooling, inputs normalised, padded with zeros: "
        "98.9 % of 2,000 MNIST test digits"
    )
    assert found.choosing(ModernForm()).sentence == (
        "read as tanh with average pooling, inputs 0..1: 60.0 % of 2,000 MNIST test digits, "
        "as chosen"
    )


def test_a_network_that_reads_digits_of_several_sizes_is_not_said_to_need_large_ones() -> None:
    found = finding((RELU, 1985, 0.023))
    for right in (1991, 1985, 1940):
        enlarged = MeasuredForm(RELU, right, 2000, 0.017)
        assert "enlarged" not in replace(found, enlarged=enlarged).sentence
    poorer = finding((RELU, 1944, 0.098))
    enlarged = MeasuredForm(RELU, 1970, 2000, 0.046)
    assert replace(poorer, enlarged=enlarged).sentence.endswith("learned them, 98.5 %")


def test_of_forms_that_do_as_well_the_smaller_loss_counts_then_the_usual_one() -> None:
    assert finding((RELU, 1978, 0.03), (ModernForm(), 1980, 0.3)).form == RELU
    assert finding((RELU, 1965, 0.03), (ModernForm(), 1970, 0.3)).sentence.endswith("test digits")
    assert finding((RELU, 1955, 0.03), (ModernForm(), 1980, 0.3)).form == ModernForm()
    equal = finding((RELU, 1978, 0.03), (ModernForm(), 1978, 0.03))
    assert equal.form == ModernForm()
    assert equal.sentence.endswith(
        "; ReLU with max pooling, inputs normalised, padded with zeros reads them equally well"
    )


def test_what_was_found_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_forms, "MOST", 3)
    file = tmp_path / "forms.json"
    found = finding((RELU, 1978, 0.03), (ModernForm(), 1200, 1.0)).choosing(ModernForm())
    KnownForms(file).keep("a", found)
    assert KnownForms(file).get("a") == found
    assert KnownForms(file).get("b") is None
    for number in range(3):
        KnownForms(file).keep(f"{number}", found)
    assert KnownForms(file).get("a") is None
    assert len(json.loads(file.read_text())) == 3


def test_what_reads_no_digits_is_measured_again_by_the_next_process(tmp_path: Path) -> None:
    file = tmp_path / "forms.json"
    here, nothing = KnownForms(file), finding((RELU, 250, 2.3), (ModernForm(), 190, 2.3))
    here.keep("a", nothing)
    assert here.get("a") == nothing
    assert KnownForms(file).get("a") is None
    here.keep("a", nothing.choosing(RELU))
    assert KnownForms(file).get("a") == nothing.choosing(RELU)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[1]", b"[" * 9000, b"\xff", b'[{"digest": "a"}]']
)
def test_a_damaged_memory_is_ignored(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "forms.json"
    file.write_bytes(content)
    known = KnownForms(file)
    assert known.get("a") is None
    found = finding((RELU, 1978, 0.03))
    known.keep("a", found)
    assert KnownForms(file).get("a") == found


def test_words_of_a_form() -> None:
    assert partial_form(["relu", "max"]) == PartialForm(Squashing.RELU, Pooling.MAX)
    assert partial_form(["ReLU", "Max"]) == partial_form(["relu", "max"])
    with pytest.raises(ValueError, match="exclude each other"):
        partial_form(["relu", "tanh"])
    with pytest.raises(ValueError, match='"tan" is none of tanh, relu'):
        partial_form(["tan"])
    assert len(PartialForm().members()) == 30
    assert PartialForm().members()[0] == ModernForm()
