"""Files of weights as other programs write them, made of the shipped Modern; and no such files."""

import io
import json
import pickle
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from safetensors.torch import save
from torch import Tensor, nn

from lenet_gui.net.modern_form import DEVIATION, MEAN
from lenet_gui.net.weights_file import load_weights
from lenet_gui.paths import shipped_weights

State = dict[str, Tensor]

NAMES = {"C1": "conv1", "C3": "conv2", "C5": "fc1", "F6": "fc2", "output": "fc3"}


def plain_state() -> State:
    """The shipped Modern under the names of tutorials, its C5 as a full layer."""
    network = load_weights(shipped_weights("modern")).network
    state = {}
    for name, one in network.named_parameters():
        layer, _, kind = name.partition(".")
        value = one.detach().clone()
        state[f"{NAMES[layer]}.{kind}"] = value.flatten(1) if name == "C5.weight" else value
    return state


def for_other_inputs(state: State, factor: float, summand: float) -> State:
    """The same network for inputs factor * v + summand where it had v, its border scaled too."""
    made = dict(state)
    made["conv1.weight"] = state["conv1.weight"] / factor
    made["conv1.bias"] = state["conv1.bias"] - made["conv1.weight"].sum((1, 2, 3)) * summand
    return made


def normalised(state: State) -> State:
    """The same network for normalised inputs."""
    return for_other_inputs(state, 1 / DEVIATION, -MEAN / DEVIATION)


def symmetric(state: State) -> State:
    """The same network for inputs of -1..1."""
    return for_other_inputs(state, 2, -1)


def with_sigmoid(state: State) -> State:
    """The same network with sigmoids: tanh(a) = 2 s(2a) - 1, and pooling takes means."""
    made = dict(state)
    for place, name in enumerate(NAMES.values()):
        weight, bias = state[f"{name}.weight"], state[f"{name}.bias"]
        if place:  # what came as 2s - 1 comes as s
            bias = bias - weight.flatten(1).sum(1)
            weight = 2 * weight
        if name != "fc3":
            weight, bias = 2 * weight, 2 * bias
        made[f"{name}.weight"], made[f"{name}.bias"] = weight, bias
    return made


def torch_file(held: object, *, legacy: bool = False) -> bytes:
    """What torch.save writes."""
    file = io.BytesIO()
    torch.save(held, file, _use_new_zipfile_serialization=not legacy)
    return file.getvalue()


def safetensors_file(state: State) -> bytes:
    """What safetensors.torch.save_file writes."""
    return save({name: one.contiguous() for name, one in state.items()})


class Bomb:
    """Writes a file when it is unpickled, as a malicious pickle would run a program."""

    def __init__(self, target: str) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return open, (self.target, "w")


def zip_file(files: Mapping[str, bytes], how: int = zipfile.ZIP_STORED) -> bytes:
    """A zip archive with these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def script_file() -> bytes:
    """A TorchScript archive's files, as torch.jit.save names them."""
    names = ("net/data.pkl", "net/constants.pkl", "net/code/__torch__.py", "net/version")
    return zip_file(dict.fromkeys(names, b"1"))


def npz_file(state: State) -> bytes:
    """What numpy.savez writes."""
    made = io.BytesIO()
    np.savez(made, **{name: one.numpy() for name, one in state.items()})
    return made.getvalue()


def others() -> dict[str, bytes]:
    """Files that are no weights, or of programs whose weights are not read, by their names."""
    state = {"conv1.bias": torch.zeros(6)}
    return {
        "model.h5": b"\x89HDF\r\n\x1a\n" + bytes(100),
        "model.keras": zip_file({"metadata.json": b"{}", "model.weights.h5": b""}),
        "script.pt": script_file(),
        "exported.pt2": zip_file({"lenet/archive_format": b"pt2", "lenet/models/m.json": b""}),
        "weights.npz": npz_file(state),
        "plain.pkl": pickle.dumps({"conv1.bias": [0.0] * 6}),
        "plain.pth": pickle.dumps({"conv1.bias": [0.0] * 6}, protocol=4),
        "pointer.safetensors": b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9",
        "page.pth": b"\n<!DOCTYPE html>\n<html><title>Not found</title></html>",
        "config.json": json.dumps({"model_type": "lenet"}).encode(),
        "empty.pth": b"",
        "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(50),
        "packed.tar.gz": b"\x1f\x8b\x08" + bytes(50),
        "other.zip": zip_file({"readme.txt": b"weights"}),
        "lite.tflite": struct.pack("<I", 28) + b"TFL3" + bytes(50),
    }


# ---------------------------------------------------------------- ONNX


@dataclass
class OnnxMade:
    """How an ONNX file of a plain LeNet-5 differs from PyTorch's usual export."""

    squashing: str = "Tanh"
    pooling: str = "AveragePool"
    padding: int = 2
    as_matmul: bool = False
    before: tuple[tuple[str, float], ...] = ()
    """Nodes that scale the input, with their constants."""
    changed: Mapping[str, str] = field(default_factory=dict)
    """Other kinds of nodes, by those that they replace."""
    attributes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def onnx_file(state: State, made: OnnxMade | None = None) -> bytes:
    """A LeNet-5 as ONNX, node for node as PyTorch exports it."""
    from onnx import TensorProto, helper, numpy_helper

    made = made or OnnxMade()
    tensors = {name: one.numpy() for name, one in state.items()}
    nodes: list[Any] = []
    at = "input"

    def add(kind: str, *inputs: str, **attributes: Any) -> None:
        nonlocal at
        outgoing = f"{kind}_{len(nodes)}"
        kind = made.changed.get(kind, kind)
        attributes |= made.attributes.get(kind, {})
        nodes.append(helper.make_node(kind, [at, *inputs], [outgoing], **attributes))
        at = outgoing

    for kind, constant in made.before:
        tensors[f"constant{len(nodes)}"] = np.array(constant, np.float32)
        add(kind, f"constant{len(nodes)}")
    for name in NAMES.values():
        weight, bias = f"{name}.weight", f"{name}.bias"
        if name.startswith("conv"):
            pads = [made.padding if name == "conv1" else 0] * 4
            add("Conv", weight, bias, kernel_shape=[5, 5], pads=pads, strides=[1, 1])
            add(made.squashing)
            add(made.pooling, kernel_shape=[2, 2], strides=[2, 2])
            continue
        if name == "fc1":
            add("Flatten", axis=1)
        if made.as_matmul:
            tensors[weight] = np.ascontiguousarray(tensors[weight].T)
            add("MatMul", weight)
            add("Add", bias)
        else:
            add("Gemm", weight, bias, transB=1)
        if name != "fc3":
            add(made.squashing)
    add("LogSoftmax", axis=1)
    side = 32 - 2 * made.padding
    graph = helper.make_graph(
        nodes,
        "lenet",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["n", 1, side, side])],
        [helper.make_tensor_value_info(at, TensorProto.FLOAT, ["n", 10])],
        [numpy_helper.from_array(one, name) for name, one in tensors.items()],
    )
    return bytes(helper.make_model(graph, producer_name="pytorch").SerializeToString())


class Module(nn.Module):
    """A network of a program's own, which torch.save can write whole."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
