"""What the commands are run on: weights of both variants, and pictures of digits."""

import subprocess
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest
import torch
from PIL import Image, ImageDraw

from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.net.weights_file import save_weights
from tests.support.commands import run_command


@pytest.fixture(scope="session")
def weights(tmp_path_factory: pytest.TempPathFactory) -> dict[Variant, Path]:
    """A weights file of each variant, with drawn weights."""
    folder = tmp_path_factory.mktemp("weights")
    files = {}
    for variant in Variant:
        files[variant] = folder / f"{variant}.safetensors"
        network = build(variant, torch.Generator().manual_seed(7))
        # A network that never learned is far from every code: with this j it answers all the same.
        facts = {"j": "0.5", "name": "drawn", "answer_j": "100"}
        save_weights(network, files[variant], facts)
    return files


@pytest.fixture(scope="session")
def seven(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture of a seven, dark on light."""
    picture = Image.new("L", (80, 80), 255)
    ImageDraw.Draw(picture).line([(20, 15), (60, 15), (35, 65)], fill=0, width=6)
    file = tmp_path_factory.mktemp("pictures") / "seven.png"
    picture.save(file)
    return file


@pytest.fixture
def lenet_gui(tmp_path: Path) -> Callable[[Sequence[str]], subprocess.CompletedProcess[str]]:
    """Runs the command in a process and a folder of its own."""
    return partial(run_command, folder=tmp_path)
