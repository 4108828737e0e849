"""LeNet-5 as ONNX: tensors and form from the graph; other graphs are refused by what they have."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lenet_gui.errors import UserError
from lenet_gui.net.modern_form import Border, InputScale, Pooling, Squashing
from lenet_gui.net.weight_arrays import read_weights
from lenet_gui.net.weights_import.partial_form import PartialForm
from lenet_gui.net.weights_import.reading import import_weights, is_of_another_program
from lenet_gui.paths import shipped_weights
from tests.support.other_programs import OnnxMade, onnx_file, plain_state

onnx = pytest.importorskip("onnx", reason="the extra onnx is not installed")

OWN = read_weights(shipped_weights("modern")).arrays
USUAL = (Squashing.TANH, Pooling.AVERAGE)
DEEP = 5_000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "lenet.onnx"


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (OnnxMade(), PartialForm(*USUAL, border=Border.ZERO)),
        (OnnxMade(padding=0), PartialForm(*USUAL)),
        (
            OnnxMade("Relu", "MaxPool", as_matmul=True),
            PartialForm(Squashing.RELU, Pooling.MAX, border=Border.ZERO),
        ),
        (
            OnnxMade("Sigmoid", "MaxPool", 0, before=(("Sub", 0.1307), ("Div", 0.3081))),
            PartialForm(Squashing.SIGMOID, Pooling.MAX, InputScale.NORMALISED),
        ),
        (
            OnnxMade(before=(("Div", 255), ("Mul", 2), ("Sub", 1))),
            PartialForm(*USUAL, InputScale.SYMMETRIC, Border.ZERO),
        ),
        (OnnxMade(before=(("Div", 255),)), PartialForm(*USUAL, InputScale.UNIT, Border.ZERO)),
    ],
)
def test_the_graph_says_the_form(made: OnnxMade, said: PartialForm, file: Path) -> None:
    file.write_bytes(onnx_file(plain_state(), made))
    assert is_of_another_program(file)
    found = import_weights(file)
    assert found.said == said
    for name, one in found.arrays.items():
        np.testing.assert_array_equal(one, OWN[name])


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (OnnxMade("LeakyRelu"), "it has the operation LeakyRelu"),
        (OnnxMade(changed={"Flatten": "Transpose"}), "it has the operation Transpose"),
        (OnnxMade(changed={"Tanh": "Identity"}), "nothing squashes after C1 and C3 and C5 and F6"),
        (OnnxMade(padding=1), "the Conv of C1 has another padding than 0 or 2"),
        (
            OnnxMade(attributes={"AveragePool": {"kernel_shape": [3, 3]}}),
            "its AveragePool after C1 is not of 2x2 with steps of 2",
        ),
        (OnnxMade(attributes={"Conv": {"strides": [2, 2]}}), "the Conv of C1 is not of 5x5"),
        (OnnxMade(before=(("Mul", 3),)), "it multiplies its input by 3 and adds 0"),
        (OnnxMade(attributes={"Gemm": {"alpha": 0.5}}), "the Gemm of C5 scales or turns"),
    ],
)
def test_other_graphs_are_refused_by_what_they_have(
    made: OnnxMade, sentence: str, file: Path
) -> None:
    file.write_bytes(onnx_file(plain_state(), made))
    with pytest.raises(UserError) as raised:
        import_weights(file)
    told = str(raised.value)
    assert f"is not a LeNet-5 that this program can have: {sentence}" in told
    # A state_dict would hide what the graph shows, and be read as another network.
    assert told.endswith("; export a plain LeNet-5.")


def in_a_circle(model: Any) -> None:
    model.graph.node[1].output[0] = model.graph.node[0].input[0]


def branching(model: Any) -> None:
    model.graph.node.append(model.graph.node[1])


def elsewhere(model: Any) -> None:
    tensor = model.graph.initializer[0]
    tensor.data_location = 1
    tensor.external_data.add(key="location", value="../../etc/passwd")


def of_huge_dimensions(model: Any) -> None:
    model.graph.initializer[0].dims[0] = 2**40


def without_values(model: Any) -> None:
    model.graph.initializer[0].raw_data = b"12"


def of_words(model: Any) -> None:
    model.graph.initializer[0].data_type = 8


def of_no_type(model: Any) -> None:
    model.graph.initializer[0].data_type = 99


def with_many_nodes(model: Any) -> None:
    model.graph.node.extend([model.graph.node[1]] * 2000)


def pooled_before_it_is_squashed(model: Any) -> None:
    first, second = model.graph.node[1], model.graph.node[2]
    first.op_type, second.op_type = second.op_type, first.op_type
    first.attribute.extend(second.attribute)


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (in_a_circle, "its graph runs in a circle"),
        (branching, "its graph branches (Tanh, Tanh)"),
        (elsewhere, "it keeps conv1.weight in another file"),
        (of_huge_dimensions, "conv1.weight is larger than any tensor of LeNet-5"),
        (without_values, "conv1.weight is not a whole tensor of numbers"),
        (of_words, "conv1.weight is not a whole tensor of numbers"),
        (of_no_type, "conv1.weight is not a whole tensor of numbers"),
        (with_many_nodes, "its graph has 2,013 nodes"),
        (pooled_before_it_is_squashed, "it takes averages after C1 before the tanh, not after"),
    ],
)
def test_hostile_graphs(damage: Callable[[Any], None], sentence: str, file: Path) -> None:
    model = onnx.ModelProto.FromString(onnx_file(plain_state()))
    damage(model)
    file.write_bytes(model.SerializeToString())
    with pytest.raises(UserError, match=r"is not a LeNet-5 that this program can have") as raised:
        import_weights(file)
    assert sentence in str(raised.value)


def in_field(field: int, inner: bytes) -> bytes:
    """A message as a field of another one."""
    size = len(inner)
    return bytes([field << 3 | 2, size & 127 | 128, size >> 7 & 127 | 128, size >> 14]) + inner


def test_messages_in_messages_without_end(file: Path) -> None:
    inner = b""
    for _ in range(DEEP):  # a graph in the attribute of a node of a graph ...
        inner = in_field(1, in_field(5, in_field(6, inner)))
    file.write_bytes(b"\x08\x08" + in_field(7, inner))
    with pytest.raises(UserError, match="is a damaged ONNX file"):
        import_weights(file)


def test_max_pooling_before_the_squashing_is_the_same(file: Path) -> None:
    model = onnx.ModelProto.FromString(onnx_file(plain_state(), OnnxMade("Relu", "MaxPool")))
    pooled_before_it_is_squashed(model)
    del model.graph.node[2].attribute[:]
    file.write_bytes(model.SerializeToString())
    assert import_weights(file).said == PartialForm(Squashing.RELU, Pooling.MAX, border=Border.ZERO)


def test_without_the_extra_the_sentence_names_it(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_bytes(onnx_file(plain_state()))
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(UserError, match=r'pip install "lenet-laboratory\[onnx\]"'):
        import_weights(file)


def test_a_truncated_file(file: Path) -> None:
    file.write_bytes(onnx_file(plain_state())[:-100])
    with pytest.raises(UserError, match="is a damaged ONNX file"):
        import_weights(file)
