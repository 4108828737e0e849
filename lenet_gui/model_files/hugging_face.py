"""A network as a folder in the form of the Hugging Face Hub."""

import json
from pathlib import Path
from typing import Final

from lenet_gui.files import write_folder_atomically
from lenet_gui.model_files.described import DescribedNetwork
from lenet_gui.model_files.model_card import model_card
from lenet_gui.model_files.plain_network import plain_state
from lenet_gui.model_files.plain_source import SOURCE_NAME, plain_source
from lenet_gui.net.tensor_file import WEIGHTS, tensor_bytes
from lenet_gui.paths import FOLDER_WEIGHTS

CONFIG_NAME: Final = "config.json"
CARD_NAME: Final = "README.md"


def write_folder(model: DescribedNetwork, target: Path) -> None:
    """Writes config.json, model.safetensors, README.md and lenet5.py, which loads them.

    The folder is written whole or not at all; it must not exist yet, or be empty.

    Raises:
        UserError: it contains something already, or cannot be written.
    """
    arrays = {name: values.numpy() for name, values in plain_state(model.network).items()}
    config = {
        "model_type": "lenet-5",
        "architectures": ["LeNet5"],
        "num_labels": 10,
        "id2label": {str(number): name for number, name in enumerate(model.class_names)},
        **model.description(),
    }
    texts = {
        CONFIG_NAME: json.dumps(config, indent=2) + "\n",
        CARD_NAME: model_card(model, FOLDER_WEIGHTS),
        SOURCE_NAME: plain_source(model, of_safetensors=True),
    }
    weights = tensor_bytes(WEIGHTS, arrays, model.told)
    files = {name: text.encode() for name, text in texts.items()}
    write_folder_atomically(target, {**files, FOLDER_WEIGHTS: weights})
