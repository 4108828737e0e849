"""A network as an ONNX file: every layer is a named output, the batch has any size."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from lenet_gui.files import write_atomically
from lenet_gui.model_files.described import PROBABILITIES, RUBBISH, DescribedNetwork
from lenet_gui.model_files.plain_network import CODES, plain_state
from lenet_gui.net.architecture import AMPLITUDE, INPUT_SIDE, SLOPE
from lenet_gui.net.modern_form import Pooling, Squashing
from lenet_gui.net.onnx_facts import add_facts

if TYPE_CHECKING:
    from onnx import ModelProto

INPUT: Final = "input"
BATCH: Final = "N"

_OPERATORS, _FORM = 17, 8
"""The versions of ONNX's operators and of its files: of 2022, so that older programs read it."""

_SQUASHING = {Squashing.TANH: "Tanh", Squashing.RELU: "Relu", Squashing.SIGMOID: "Sigmoid"}
_POOLING = {Pooling.AVERAGE: "AveragePool", Pooling.MAX: "MaxPool"}


def write_onnx(model: DescribedNetwork, target: Path) -> None:
    """Writes the file, whole or not at all; the same network gives the same bytes.

    Raises:
        UserError: the file cannot be written.
    """
    write_atomically(target, onnx_model(model).SerializeToString(deterministic=True))


def onnx_model(model: DescribedNetwork) -> "ModelProto":
    """The graph, with the facts of the network in its metadata.

    The input is `input` [N, 1, 32, 32]; for the outputs see `DescribedNetwork.output_shapes`. The
    weights are called as in `plain_state`.
    """
    from onnx import TensorProto, checker, helper, numpy_helper

    graph = _Graph(model)
    x = helper.make_tensor_value_info(
        INPUT, TensorProto.FLOAT, [BATCH, 1, INPUT_SIDE, INPUT_SIDE], doc_string=model.input_text
    )
    outputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [BATCH, *shape])
        for name, shape in model.output_shapes.items()
    ]
    made = helper.make_model(
        helper.make_graph(
            graph.nodes,
            f"LeNet-5 {model.kind.variant.capitalize()}",
            [x],
            outputs,
            [numpy_helper.from_array(array, name) for name, array in graph.arrays.items()],
            doc_string=f"{model.kind_text}. {model.input_text}",
        ),
        opset_imports=[helper.make_opsetid("", _OPERATORS)],
        ir_version=_FORM,
        producer_name="LeNet Laboratory",
        doc_string=f"LeNet-5 ({model.kind_text}). {model.input_text}",
    )
    described = model.description()
    helper.set_model_props(made, {name: _text(one) for name, one in described.items()})
    add_facts(made, model.told)
    checker.check_model(made, full_check=True)
    return made


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


class _Graph:
    """The nodes and the constants, layer after layer."""

    def __init__(self, model: DescribedNetwork) -> None:
        self.nodes: list[Any] = []
        state = plain_state(model.network)
        self.arrays = {name: values.numpy() for name, values in state.items()}
        self._model = model
        self._squashed(self._convolved(INPUT, "conv1"), "C1")
        self._subsampled("C1", "pool1", "S2")
        self._squashed(self._convolved("S2", "conv2"), "C3")
        self._subsampled("C3", "pool2", "S4")
        self._squashed(self._full(self._add("Flatten", ["S4"], axis=1), "fc1"), "C5")
        self._squashed(self._full("C5", "fc2"), "F6")
        if model.kind.is_original:
            self._distances()
        else:
            self._full("F6", "fc3", "output")
        self._probabilities()

    def _add(self, operator: str, inputs: list[str], name: str = "", **attributes: Any) -> str:
        """A node; without a name its output has one of its own. Returns the output's name."""
        from onnx import helper

        output = name or f"{operator.lower()}{len(self.nodes)}"
        made = helper.make_node(operator, inputs, [output], f"{output}-{operator}", **attributes)
        self.nodes.append(made)
        return output

    def _constant(self, name: str, value: float | list[int] | list[float]) -> str:
        dtype = np.int64 if isinstance(value, list) and isinstance(value[0], int) else np.float32
        self.arrays.setdefault(name, np.array(value, dtype))
        return name

    def _convolved(self, x: str, name: str) -> str:
        return self._add("Conv", [x, f"{name}.weight", f"{name}.bias"])

    def _full(self, x: str, name: str, output: str = "") -> str:
        return self._add("Gemm", [x, f"{name}.weight", f"{name}.bias"], output, transB=1)

    def _squashed(self, sums: str, name: str) -> None:
        kind = self._model.kind
        if not kind.is_original:
            self._add(_SQUASHING[kind.form.squashing], [sums], name)
            return
        scaled = self._add("Mul", [sums, self._constant("slope", SLOPE)])
        raised = self._add("Tanh", [scaled])
        self._add("Mul", [raised, self._constant("amplitude", AMPLITUDE)], name)  # Eq. 6

    def _subsampled(self, x: str, name: str, output: str) -> None:
        kind, two = self._model.kind, [2, 2]
        if not kind.is_original:
            self._add(_POOLING[kind.form.pooling], [x], output, kernel_shape=two, strides=two)
            return
        means = self._add("AveragePool", [x], kernel_shape=two, strides=two)
        sums = self._add("Mul", [means, self._constant("four", 4.0)])
        sides = self._constant("sides", [1, 2])
        coefficient = self._add("Unsqueeze", [f"{name}.coefficient", sides])
        bias = self._add("Unsqueeze", [f"{name}.bias", sides])
        weighted = self._add("Mul", [sums, coefficient])
        self._squashed(self._add("Add", [weighted, bias]), output)

    def _distances(self) -> None:
        """Eq. 7."""
        units = self._add("Unsqueeze", ["F6", self._constant("codes-axis", [1])])  # [N, 1, 84]
        apart = self._add("Sub", [units, CODES])  # [N, 10, 84]
        squared = self._add("Mul", [apart, apart])
        axis = self._constant("units-axis", [2])
        self._add("ReduceSum", [squared, axis], "output", keepdims=0)

    def _probabilities(self) -> None:
        """What follows from Eq. 9 and the calibration; without a rubbish class a softmax."""
        calibration, scores = self._model.calibration, "output"
        if self._model.kind.is_original:
            scores = self._add("Neg", [scores])
        if calibration.temperature != 1:
            temperature = self._constant("temperature", calibration.temperature)
            scores = self._add("Div", [scores, temperature])
        if calibration.j is None:
            self._add("Softmax", [scores], PROBABILITIES, axis=1)
            return
        beyond = self._constant("rubbish-score", -calibration.j / calibration.temperature)
        pads = self._constant("one-more", [0, 0, 0, 1])
        eleven = self._add("Pad", [scores, pads, beyond])
        shares = self._add("Softmax", [eleven], axis=1)
        last = self._constant("rubbish-index", [10])
        first = self._constant("first-index", [0])
        end = self._constant("all-indices", [11])
        classes = self._constant("classes-axis", [1])
        self._add("Slice", [shares, first, last, classes], PROBABILITIES)
        column = self._add("Slice", [shares, last, end, classes])
        self._add("Squeeze", [column, classes], RUBBISH)
