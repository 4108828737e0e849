"""A weights file with a flipped bit is refused in a sentence, or holds what it held."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from lenet_gui.errors import UserError
from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.net.network import Network
from lenet_gui.net.strong_teacher import build_teacher
from lenet_gui.net.weights_file import LoadedWeights, load_any_weights, load_weights, save_weights
from lenet_gui.training.facts import facts_of_training
from lenet_gui.training.recipe import Recipe

STRONG = "strong-teacher"
HEADER = 2000
"""So many of the first bytes are not the tensors' values."""


def load(content: bytes, *, strong: bool) -> LoadedWeights[Network] | str:
    """What is in a file, or the sentence that it is refused with."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "weights"
        file.write_bytes(content)
        try:
            return load_any_weights(file) if strong else load_weights(file)
        except UserError as error:
            return str(error).replace(str(file), "FILE")


@pytest.fixture(scope="module", params=[*Variant, STRONG])
def content(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[bytes, LoadedWeights[Network], bool]:
    """The bytes of a whole file, what is in it, and whether it is a strong teacher's."""
    file = tmp_path_factory.mktemp("whole") / "weights"
    facts = facts_of_training(Recipe(), "some digits", 3, None, None)
    generator = torch.Generator().manual_seed(1)
    strong = request.param == STRONG
    network = build_teacher(generator, width=2) if strong else build(request.param, generator)
    save_weights(network, file, facts)
    whole = load(file.read_bytes(), strong=strong)
    assert isinstance(whole, LoadedWeights)
    assert whole.checked
    return file.read_bytes(), whole, strong


@settings(max_examples=200)
@given(data=st.data())
def test_a_flipped_bit(
    content: tuple[bytes, LoadedWeights[Network], bool], data: st.DataObject
) -> None:
    before, whole, strong = content
    last = data.draw(st.sampled_from([HEADER, len(before)]))
    place, bit = data.draw(st.integers(0, last - 1)), data.draw(st.integers(0, 7))
    damaged = bytearray(before)
    damaged[place] ^= 1 << bit
    found = load(bytes(damaged), strong=strong)
    if isinstance(found, str):
        assert "FILE" in found
        assert "\n" not in found
        return
    assert (found.facts, found.checked) == (whole.facts, True)
    wanted = dict(whole.network.named_parameters())
    for name, parameter in found.network.named_parameters():
        assert torch.equal(parameter, wanted[name])
