"""A network as a program of torch.export (.pt2): the batch has any size."""

import io
import json
from pathlib import Path
from typing import Final

import torch

from lenet_gui.files import write_atomically
from lenet_gui.model_files.described import DescribedNetwork
from lenet_gui.model_files.plain_network import PlainLeNet5
from lenet_gui.net.architecture import INPUT_SIDE

DESCRIPTION: Final = "lenet-laboratory.json"
"""The extra file in which the description of the network is."""


def write_program(model: DescribedNetwork, target: Path) -> None:
    """Writes the file, whole or not at all.

    It is read by `torch.export.load`; its module takes images [N, 1, 32, 32] in the network's input
    range and returns a dict, see `DescribedNetwork.output_shapes`.

    Raises:
        UserError: the file cannot be written.
    """
    two = torch.zeros(2, 1, INPUT_SIDE, INPUT_SIDE)  # one would be taken for the only batch
    program = torch.export.export(
        PlainLeNet5(model), (two,), dynamic_shapes=({0: torch.export.Dim("batch")},)
    )
    content = io.BytesIO()
    described = json.dumps(model.description(), indent=2)
    torch.export.save(program, content, extra_files={DESCRIPTION: described})
    write_atomically(target, content.getvalue())
