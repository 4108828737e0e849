"""A model reads, shows its layers and evaluates as the program itself does."""

import json
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import lenet_gui
from lenet_gui.data.input_range import to_input
from tests.support.commands import run_command
from tests.support.other_programs import plain_state

every_network = pytest.mark.parametrize("name", ["original", "modern", "paper-1998"])


@every_network
def test_it_answers_what_the_command_line_answers(
    name: str, ink: lenet_gui.InkSteps, tmp_path: Path
) -> None:
    picture = Image.fromarray(np.uint8(255 * (1 - ink.painted)))
    picture.save(tmp_path / "seven.png")
    weights = ["--weights", name]
    done = run_command(["predict", "seven.png", "--json", *weights], tmp_path)
    (told,) = json.loads(done.stdout)
    model = lenet_gui.load(name)
    file = tmp_path / "seven.png"
    for same in (file, file.read_bytes(), Image.open(file), picture.convert("P")):
        answer = model.read(same)
        assert answer.best == told["answer"]
        assert answer.runner_up == told["runner_up"]
        assert answer.margin == told["margin"]
        assert answer.is_rejected == told["abstains"]
        assert answer.reason == (told["reason"] or "")
        assert answer.digit == (None if told["abstains"] else told["answer"])
        assert answer.probabilities.tolist() == told["probabilities"]
        assert answer.rubbish == told["rubbish"]
        assert answer.probability == max(told["probabilities"])
    read = model.read(lenet_gui.read_picture(np.asarray(picture)))
    assert read.digit == answer.digit
    assert model.read(lenet_gui.read_picture(np.asarray(picture.convert("RGB")))) == read


@every_network
def test_forward_gives_what_the_network_computes(name: str, sets: lenet_gui.DigitSets) -> None:
    model, images = lenet_gui.load(name), sets.test.images[:3]
    layers = model.forward(images)
    x = to_input(images, *model.network.kind.input_values)
    with torch.inference_mode():
        passed = model.network(x)
    assert list(layers) == ["input", "C1", "S2", "C3", "S4", "C5", "F6", "output"]
    assert np.array_equal(layers["input"], x[:, 0].numpy())
    for layer, values in passed.activations.items():
        assert np.array_equal(layers[layer].ravel(), values.numpy().ravel())
    assert np.array_equal(layers["output"], passed.output.numpy())
    assert layers["C5"].shape == (3, 120)
    assert model.read(images[:1]) == model.read(images[:1, None]) == model.read(images[0])
    for same in (images[:, None], np.float32(images) / np.float32(255), layers["input"]):
        again = model.forward(same)
        assert all(np.array_equal(again[layer], layers[layer]) for layer in layers)
    one, answer = model.forward(images[0]), model.read(images[0])
    assert {layer: values.shape for layer, values in one.items()} == {
        layer: values.shape[1:] for layer, values in layers.items()
    }
    assert all(np.array_equal(one[layer], answer.activations[layer]) for layer in one)
    assert len(model.forward(images[:0])["output"]) == 0


@pytest.mark.parametrize(
    ("view", "same"),
    [
        (np.fliplr, lambda image: np.fliplr(image).copy()),
        (np.rot90, lambda image: np.rot90(image).copy()),
        (lambda image: image > 99, lambda image: np.float32(image > 99)),
        (lambda image: (image / 255).astype(">f4"), lambda image: np.float32(image / 255)),
        (lambda image: np.asfortranarray(image)[None], lambda image: image[None]),
    ],
    ids=["mirrored", "turned", "truth values", "other bytes", "by columns"],
)
def test_every_view_of_an_array_is_a_digit(
    view: Callable[[np.ndarray], np.ndarray],
    same: Callable[[np.ndarray], np.ndarray],
    sets: lenet_gui.DigitSets,
) -> None:
    model, image = lenet_gui.load("modern"), sets.test.images[0]
    assert model.read(view(image)) == model.read(same(image))


def test_digits_of_a_wrong_form_are_refused_with_what_is_right(ink: lenet_gui.InkSteps) -> None:
    model, digit = lenet_gui.load(), ink.centred
    for wrong, words in (
        (digit[:20], r"not \[20, 28\]; the pixels of a picture go through read_picture"),
        (digit[None, None, None], r"not \[1, 1, 1, 28, 28\]"),
        (digit * 255, "these are float32 from 0 to 255"),
        (np.int64(digit * 255), "these are int64 from 0 to 255"),
        (digit * np.nan, "these are float32 from nan to nan"),
        ([], r"not \[0\]"),
    ):
        with pytest.raises(ValueError, match=words):
            model.forward(wrong)
        with pytest.raises(ValueError, match=words):
            model.read(wrong)
    with pytest.raises(ValueError, match="one digit is read at a time, not 2"):
        model.read(np.stack([digit, digit]))


def test_the_steps_of_the_preprocessing_can_be_left_out(ink: lenet_gui.InkSteps) -> None:
    model = lenet_gui.load()
    whole = model.preprocessing(ink)
    assert model.read(whole) == model.read(ink) == model.read(ink.centred)
    assert np.array_equal(whole.input, model.forward(ink.centred)["input"])
    without = model.preprocessing(ink, without=["box", "range"])
    assert without.range == lenet_gui.load("modern").input_range
    assert model.read(without) != model.read(ink)
    with pytest.raises(ValueError, match="no such step: 'size'"):
        model.preprocessing(ink, without=["size"])
    faint = lenet_gui.read_strokes([[(0, 0), (0, 1)]], 0.0005)
    with pytest.raises(ValueError, match="no ink is left"):
        model.preprocessing(faint, without=["painted"])


@pytest.mark.parametrize("name", ["original", "modern"])
def test_an_evaluation_counts_the_best_digits(name: str, sets: lenet_gui.DigitSets) -> None:
    model = lenet_gui.load(name)
    found = model.evaluate(sets.test)
    output = model.forward(sets.test.images)["output"]
    best = output.argmin(1) if name == "original" else output.argmax(1)
    wrong = np.flatnonzero(best != sets.test.labels)
    assert [miss.index for miss in found.misses] == wrong.tolist()
    assert found.error == len(wrong) / 60 == 1 - found.accuracy
    assert np.array(found.confusion).trace() == 60 - len(wrong)
    with pytest.raises(ValueError, match="no digits"):
        model.evaluate(sets.test.first(0))


def test_weights_are_saved_with_their_facts(tmp_path: Path, ink: lenet_gui.InkSteps) -> None:
    model = lenet_gui.load("modern")
    model.save(tmp_path / "mine.safetensors")
    again = lenet_gui.load(tmp_path / "mine.safetensors")
    assert again.facts == model.facts
    assert again.read(ink) == model.read(ink) != lenet_gui.load().read(ink)
    assert sum(one.size for one in again.weights.values()) == again.parameters
    with pytest.raises(lenet_gui.UserError, match="check the name"):
        lenet_gui.load(tmp_path / "other.safetensors")


def test_weights_of_other_programs_are_loaded(tmp_path: Path, sets: lenet_gui.DigitSets) -> None:
    torch.save(plain_state(), tmp_path / "plain.pth")
    said = lenet_gui.load(tmp_path / "plain.pth", form=["tanh", "average", "0..1"])
    assert said.name == "Modern"
    shipped = lenet_gui.load("modern").forward(sets.test.images[:9])
    ours = said.forward(sets.test.images[:9])
    assert all(np.allclose(ours[layer], shipped[layer], atol=1e-4) for layer in shipped)
    other = lenet_gui.load(tmp_path / "plain.pth", form=["relu", "max", "normalised", "zero"])
    assert other.name.startswith("Modern, ReLU, max pooling, inputs normalised")
    assert other.input_range == pytest.approx((-0.4242, 2.8215), abs=1e-4)
    with pytest.raises(ValueError, match='"gelu" is none of tanh, relu, '):
        lenet_gui.load(tmp_path / "plain.pth", form="gelu")


def test_weights_are_saved_for_other_programs_as_by_the_command_line(tmp_path: Path) -> None:
    command = ["save-model", "modern", "--to", str(tmp_path / "one.pth")]
    assert run_command(command, tmp_path).returncode == 0
    written = lenet_gui.load("modern").save(tmp_path / "two.pth")
    assert written[0] == tmp_path / "two.pth"
    assert all(file.is_file() for file in written)
    one, two = (torch.load(tmp_path / f"{name}.pth", weights_only=True) for name in ("one", "two"))
    assert all(torch.equal(one[name], two[name]) for name in one)
    with pytest.raises(lenet_gui.UserError, match="must end in"):
        lenet_gui.load().save(tmp_path / "two.txt")


@given(
    factor=st.floats(1e-3, 1e3),
    x=st.floats(-1e3, 1e3),
    y=st.floats(-1e3, 1e3),
    arrays=st.booleans(),
)
@settings(max_examples=10)
def test_the_unit_and_the_place_of_strokes_do_not_matter(
    factor: float, x: float, y: float, arrays: bool
) -> None:
    strokes = [np.array([(0, 0), (4, 0), (1, 6)]), np.array([(1, 3), (4, 3)]), np.array([(9, 9)])]
    moved = [factor * (stroke + np.array((x, y))) for stroke in strokes]
    given_ = moved if arrays else [stroke.tolist() for stroke in moved]
    found, plain = (lenet_gui.read_strokes(each).centred for each in (given_, strokes))
    assert np.allclose(found, plain, atol=2e-3)


@pytest.mark.parametrize(
    ("strokes", "width", "words"),
    [
        ([], 0.1, "no point"),
        ([[]], 0.1, "no point"),
        ([(0.1, 0.2), (0.3, 0.4)], 0.1, r"\[n, 2\] each, not \[2\]"),
        ([[(1, 2, 3)]], 0.1, r"\[n, 2\] each, not \[1, 3\]"),
        ([[(1, np.nan)]], 0.1, "finite"),
        ([[(1, 2)]], 0, "above 0 and at most 1, not 0"),
        ([[(1, 2)]], np.nan, "above 0 and at most 1, not nan"),
    ],
)
def test_strokes_that_cannot_be_are_refused(strokes: list, width: float, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        lenet_gui.read_strokes(strokes, width)


def test_what_is_no_digit_no_ink_and_no_set_is_refused(sets: lenet_gui.DigitSets) -> None:
    model = lenet_gui.load()
    for wrong in (None, {}, "digits"):
        with pytest.raises(TypeError, match=f"arrays of numbers, not {type(wrong).__name__}"):
            model.forward(wrong)
    with pytest.raises(TypeError, match="ink comes from read_picture"):
        model.preprocessing("digit.png")
    with pytest.raises(TypeError, match=r"one set of Digits .* and no DigitSets"):
        model.evaluate(sets)
    with pytest.raises(TypeError, match="not NoneType"):
        lenet_gui.train(None)


def test_what_was_dropped_of_a_picture_is_there(ink: lenet_gui.InkSteps) -> None:
    page = np.full((240, 240), 255, np.uint8)
    page[8:232, 8:232] = 255 * (1 - ink.painted)
    page[4:8, 4:236] = page[232:236, 4:236] = page[4:236, 4:8] = page[4:236, 232:236] = 0
    found = lenet_gui.read_picture(page)
    assert [kind.name for kind in found.picture.kinds] == ["LINE"]
    assert found.picture.ink_with(dropped=True)[5, 100] == 1
    assert lenet_gui.load().read(found).digit == 7
    assert lenet_gui.load().preprocessing(found).painted is found.painted


def test_pixels_that_cannot_be_are_refused() -> None:
    with pytest.raises(TypeError, match=r"pixels are uint8, .* not float64"):
        lenet_gui.read_picture(np.zeros((30, 30)))
    with pytest.raises(ValueError, match="pixels are"):
        lenet_gui.read_picture(np.zeros((30, 30, 2), np.uint8))
    with pytest.raises(lenet_gui.UserError, match="The picture shows no ink"):
        lenet_gui.read_picture(np.zeros((30, 30), np.uint8))


def test_everything_is_short_in_a_notebook_and_can_be_pickled(
    ink: lenet_gui.InkSteps, sets: lenet_gui.DigitSets
) -> None:
    model = lenet_gui.load()
    blank = model.read(np.zeros((28, 28)))
    assert repr(model) == "Model(Original, original-best, 60,000 parameters)"
    assert repr(model.read(ink)).startswith("Answer(7, probability 9")
    assert repr(blank).startswith("Answer(not a digit: it would be ")
    assert blank.digit is None
    assert blank.reason.endswith("it is not a digit.")
    found = [model, model.read(ink), blank, ink, model.preprocessing(ink), sets]
    found += [model.evaluate(sets.test), lenet_gui.PRESETS["original-best"]]
    for one in found:
        assert len(repr(one)) < 420
        assert repr(pickle.loads(pickle.dumps(one))) == repr(one)  # noqa: S301
    for one in (model.read(ink), model.evaluate(sets.test), lenet_gui.PRESETS["original-best"]):
        assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301


def test_several_threads_may_read_with_one_model(sets: lenet_gui.DigitSets) -> None:
    model = lenet_gui.load()
    alone = [model.read(image) for image in sets.test.images]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(model.read, sets.test.images)) == alone
