"""Damaged checkpoints: a flipped bit changes nothing or is told, and so is any junk in them."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors import safe_open
from safetensors.torch import save

from lenet_gui.data.digits import DigitSets
from lenet_gui.errors import UserError
from lenet_gui.net.weights_file import load_weights
from lenet_gui.training.checkpoint import Checkpoint, load_checkpoint
from lenet_gui.training.control import Control
from lenet_gui.training.epoch_files import epoch_file
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.trainer import train

HEADER = 12_000
"""So many of the first bytes are not the tensors' values, or few of them."""

RECIPE = Recipe(
    name="small",
    epochs=2,
    training_digits=40,
    validation_share=0.2,
    averaging=0.5,
    batch_size=8,
    device="cpu",
)

JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(10**17, 10**400)
    | st.floats()
    | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@pytest.fixture(scope="module")
def folder(sets: DigitSets, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a training run, with its checkpoint and its epochs."""
    folder = tmp_path_factory.mktemp("run")
    for _ in train(RECIPE, sets, folder / "checkpoint", Control(), epochs=folder / "epochs"):
        pass
    return folder


def loaded(content: bytes) -> Checkpoint | str:
    """The checkpoint of these bytes, or the sentence that they are refused with."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "checkpoint"
        file.write_bytes(content)
        try:
            return load_checkpoint(file)
        except UserError as error:
            return str(error).replace(str(file), "FILE")


def is_sentence(text: str) -> bool:
    return "FILE" in text and "\n" not in text


def same(one: Checkpoint, other: Checkpoint) -> bool:
    parts = ("weights", "trained", "optimiser")
    return replace(one, weights={}, trained={}, optimiser={}) == replace(
        other, weights={}, trained={}, optimiser={}
    ) and all(
        getattr(one, part).keys() == getattr(other, part).keys()
        and all(torch.equal(getattr(other, part)[n], t) for n, t in getattr(one, part).items())
        for part in parts
    )


@st.composite
def flips(draw: st.DrawFn) -> tuple[bool, float, int]:
    """Whether among the first bytes, where among them, and which bit."""
    return draw(st.booleans()), draw(st.floats(0, 1, exclude_max=True)), draw(st.integers(0, 7))


def flipped(content: bytes, flip: tuple[bool, float, int]) -> bytes:
    in_header, share, bit = flip
    damaged = bytearray(content)
    damaged[int(share * (HEADER if in_header else len(content)))] ^= 1 << bit
    return bytes(damaged)


@settings(max_examples=150)
@given(flip=flips())
def test_a_flipped_bit_of_a_checkpoint(folder: Path, flip: tuple[bool, float, int]) -> None:
    content = (folder / "checkpoint").read_bytes()
    whole, found = loaded(content), loaded(flipped(content, flip))
    assert isinstance(whole, Checkpoint)
    assert whole.checked
    assert is_sentence(found) if isinstance(found, str) else same(found, whole)


@settings(max_examples=100)
@given(flip=flips(), number=st.integers(0, 2))
def test_a_flipped_bit_of_an_epochs_file(
    folder: Path, flip: tuple[bool, float, int], number: int
) -> None:
    whole = load_weights(epoch_file(folder / "epochs", number))
    with TemporaryDirectory() as place:
        file = epoch_file(Path(place), number)
        file.write_bytes(flipped(epoch_file(folder / "epochs", number).read_bytes(), flip))
        try:
            found = load_weights(file)
        except UserError as error:
            sentence = str(error)
        else:
            sentence = str(file)
            assert found.facts == whole.facts
            states = found.network.state_dict(), whole.network.state_dict()
            assert all(torch.equal(states[0][name], states[1][name]) for name in states[1])
    assert str(file) in sentence


def places(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a JSON value."""
    yield way
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*way, key))
    elif isinstance(value, list):
        for key, inner in enumerate(value):
            yield from places(inner, (*way, key))


def with_junk(told: Any, way: tuple[str | int, ...], junk: Any) -> Any:
    if not way:
        return junk
    inner = told
    for key in way[:-1]:
        inner = inner[key]
    inner[way[-1]] = junk
    return told


@settings(max_examples=200)
@given(data=st.data(), junk=JUNK)
def test_any_junk_anywhere_is_a_checkpoint_or_a_sentence(
    folder: Path, data: st.DataObject, junk: Any
) -> None:
    """Without a checksum, as older versions wrote them."""
    with safe_open(folder / "checkpoint", framework="pt") as file:
        ((key, text),) = file.metadata().items()
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    told = json.loads(text)
    del told["checksum"]
    way = data.draw(st.sampled_from(sorted(places(told), key=str)))
    found = loaded(save(tensors, metadata={key: json.dumps(with_junk(told, way, junk))}))
    if isinstance(found, str):
        assert is_sentence(found)
    else:
        assert not found.checked
        assert [epoch.epoch for epoch in found.history] == [1, 2]
        assert all(0 <= epoch.test.errors <= epoch.test.digits for epoch in found.history)


@pytest.mark.parametrize(
    ("way", "junk"),
    [
        (("history",), "abc"),
        (("history",), []),
        (("history",), {}),
        (("history", 0), 3),
        (("history", 0), "x"),
        (("history", 0, "train"), [1]),
        (("history", 0, "epoch"), 7),
        (("history", 0, "epoch"), "1"),
        (("history", 0, "seconds"), float("inf")),
        (("history", 0, "step"), 10**300),
        (("history", 0, "confusion", 3, 3), float("inf")),
        (("history", 0, "confusion", 3), 5),
        (("history", 0, "test", "digits"), 0),
        (("history", 0, "test", "loss"), 10**400),
        (("changes",), 5),
        (("recipe",), [[]]),
    ],
)
def test_junk_that_is_told(folder: Path, way: tuple[str | int, ...], junk: Any) -> None:
    with safe_open(folder / "checkpoint", framework="pt") as file:
        ((key, text),) = file.metadata().items()
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    told = json.loads(text)
    del told["checksum"]
    content = save(tensors, metadata={key: json.dumps(with_junk(told, way, junk))})
    assert loaded(content) == "FILE is a damaged checkpoint: start a new training run."
