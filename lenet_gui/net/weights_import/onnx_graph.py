"""A LeNet-5 in an ONNX file: its tensors, and what the graph says of squashing, pooling, inputs.

The graph is followed from its input to its output, through the layers of LeNet-5 in their order;
what is not among them is refused by its name. The package onnx is an optional extra. No torch.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from lenet_gui.errors import UserError
from lenet_gui.net.array_layers import Floats
from lenet_gui.net.onnx_facts import facts_of
from lenet_gui.net.weights_import.accepted import MOST_VALUES
from lenet_gui.net.weights_import.onnx_layers import GraphError, LayersInOrder
from lenet_gui.net.weights_import.partial_form import PartialForm
from lenet_gui.printable import shortened

if TYPE_CHECKING:
    from onnx import GraphProto, NodeProto, TensorProto

LARGEST: Final = 3 << 18
"""Bytes; a LeNet-5 in double precision has 500,000.

Protocol buffers can take two hundred times as much memory as their file has.
"""

_MOST_NODES: Final = 1_000
_MOST_NAMES: Final = 10_000
"""Of inputs, outputs and attributes of all nodes."""
_EXTERNAL: Final = 1  # TensorProto.EXTERNAL


def read_onnx(content: bytes, path: Path) -> tuple[dict[str, Floats], PartialForm, dict[str, str]]:
    """The tensors in the shapes of PyTorch's layers, and what the graph says of the form.

    A graph that this program wrote, the Original's too, is not followed: its facts, the last of the
    three, say what it is. They are empty for any other.

    Raises:
        UserError: the extra is missing, the file is damaged, keeps its tensors elsewhere, or is
            another network; the message names the node.
    """
    try:
        import onnx
        from google.protobuf.message import DecodeError
    except ImportError as error:
        raise UserError(
            f'{path} is an ONNX file, which needs the extra onnx: pip install "lenet-laboratory'
            '[onnx]", or save its weights as a PyTorch state_dict or safetensors.'
        ) from error
    if len(content) > LARGEST:
        raise UserError(f"{path} is too large for a LeNet-5 as ONNX: choose another file.")
    try:
        model = onnx.ModelProto.FromString(content)
    except (DecodeError, ValueError, RecursionError) as error:
        raise UserError(
            f"{path} is a damaged ONNX file (truncated, or changed): copy or export it again."
        ) from error
    try:
        if facts := facts_of(model):
            return _weights_in(model.graph), PartialForm(), facts
        return *_followed(model.graph), {}
    except GraphError as error:
        raise UserError(
            f"{path} is not a LeNet-5 that this program can have: {error}; export a plain LeNet-5."
        ) from error


def _weights_in(graph: "GraphProto") -> dict[str, Floats]:
    """Of a file of this program: a layer's have names of two parts, others are mere numbers."""
    named = {one.name: one for one in graph.initializer if "." in one.name or one.name == "codes"}
    return {name: _array(one, name) for name, one in named.items()}


def _followed(graph: "GraphProto") -> tuple[dict[str, Floats], PartialForm]:
    _check_size(graph)
    _check_names(graph)
    constants = _constants(graph)
    inputs = [one.name for one in graph.input if one.name not in constants]
    if len(inputs) != 1:
        raise GraphError(f"its graph has {len(inputs)} inputs")
    layers = LayersInOrder()
    at = inputs[0]
    seen: set[str] = set()
    while True:
        following = [one for one in graph.node if at in one.input and one.op_type not in _OF_SHAPES]
        if not following or (layers.are_complete and following[0].op_type not in _OF_LAYERS):
            return layers.ended()  # what follows the outputs makes no other ones
        if at in seen:
            raise GraphError("its graph runs in a circle")
        seen.add(at)
        if len(following) > 1:
            kinds = ", ".join(shortened(one.op_type, 20) for one in following[:3])
            raise GraphError(f"its graph branches ({kinds})")
        node = following[0]
        layers.take(node.op_type, _attributes(node), _operands(node, at, constants))
        if not node.output:
            raise GraphError(f"its {shortened(node.op_type, 20)} has no output")
        at = node.output[0]


_OF_LAYERS = frozenset({"Conv", "Gemm", "MatMul", "Add"})
_OF_SHAPES = frozenset({"Shape"})
"""Nodes that look at a tensor's shape alone: what they compute is the shape of a Reshape."""


def _operands(
    node: "NodeProto", at: str, constants: dict[str, Floats]
) -> tuple[Floats | None, ...]:
    """The constants among a node's inputs; None for the tensor that is followed.

    Raises:
        GraphError: an input is neither.
    """
    operands: list[Floats | None] = []
    for name in node.input:
        if name == at:
            operands.append(None)
        elif name in constants:
            operands.append(constants[name])
        elif node.op_type in _RESHAPES and operands:
            break  # the shape is computed, from that of the tensor itself
        elif name:
            kind = shortened(node.op_type, 20)
            raise GraphError(f"{shortened(name)}, an input of {kind}, is not a tensor of the file")
    return tuple(operands)


_RESHAPES = frozenset({"Reshape", "Squeeze", "Dropout"})


def _constants(graph: "GraphProto") -> dict[str, Floats]:
    tensors = {one.name: one for one in graph.initializer}
    for node in graph.node:
        if node.op_type == "Constant" and node.output:
            for attribute in node.attribute:
                if attribute.name == "value":
                    tensors[node.output[0]] = attribute.t
    found = {name: _array(one, name) for name, one in tensors.items()}
    for node in graph.node:  # numbers written in the node itself
        if node.op_type == "Constant" and node.output:
            for attribute in node.attribute:
                if attribute.name in {"value_float", "value_int"}:
                    number = attribute.f if attribute.name == "value_float" else attribute.i
                    found[node.output[0]] = np.array(number, np.float32)
        if node.op_type == "Identity" and node.input and node.input[0] in found and node.output:
            found[node.output[0]] = found[node.input[0]]
    return found


def _array(tensor: "TensorProto", name: str) -> Floats:
    from onnx import numpy_helper

    if tensor.data_location == _EXTERNAL or tensor.external_data:
        raise GraphError(
            f"it keeps {shortened(name)} in another file: export it with everything in one file"
        )
    values = 1
    for side in tensor.dims:
        values *= max(side, 0)
    if values > MOST_VALUES or len(tensor.dims) > 8:
        raise GraphError(f"{shortened(name)} is larger than any tensor of LeNet-5")
    try:
        with np.errstate(all="ignore"):
            return np.asarray(numpy_helper.to_array(tensor)).astype(np.float32)
    except (ValueError, TypeError, KeyError, OverflowError, AttributeError) as error:
        raise GraphError(f"{shortened(name)} is not a whole tensor of numbers") from error


_FLOAT, _INT, _STRING, _INTS = 1, 2, 3, 7  # AttributeProto.AttributeType
_ATTRIBUTES = {
    **dict.fromkeys(("kernel_shape", "strides", "dilations", "pads"), _INTS),
    **dict.fromkeys(("group", "transA", "transB"), _INT),
    **dict.fromkeys(("alpha", "beta", "value"), _FLOAT),
    **dict.fromkeys(("auto_pad", "mode"), _STRING),
}
"""Those that matter, and their types."""


def _attributes(node: "NodeProto") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in node.attribute:
        kind = _ATTRIBUTES.get(one.name)
        if kind is None:
            continue
        if one.type != kind:
            raise GraphError(f"the {one.name} of its {shortened(node.op_type, 20)} is damaged")
        values = {_FLOAT: one.f, _INT: one.i, _STRING: one.s, _INTS: list(one.ints)}
        found[one.name] = values[kind]
    return found


def _check_size(graph: "GraphProto") -> None:
    """Far more than any LeNet-5 has would be gone through again and again."""
    if len(graph.node) > _MOST_NODES:
        raise GraphError(f"its graph has {len(graph.node):,} nodes")
    names = sum(len(one.input) + len(one.output) + len(one.attribute) for one in graph.node)
    if max(names, len(graph.initializer), len(graph.input)) > _MOST_NAMES:
        raise GraphError("its graph has more inputs, or tensors, than any LeNet-5")


def _check_names(graph: "GraphProto") -> None:
    """Names that are not UTF-8 come as bytes."""
    names = [one.name for one in (*graph.input, *graph.initializer)]
    for node in graph.node:
        names += [node.op_type, *node.input, *node.output, *(one.name for one in node.attribute)]
    if any(isinstance(name, bytes) for name in names):
        raise GraphError("its names are damaged")
