"""Files of other programs, damaged or made up: read whole, or refused in a sentence."""

import io
import json
import pickletools
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.net.weight_arrays import parameter_shapes
from lenet_gui.net.weights_import.reading import (
    ImportedWeights,
    import_weights,
    is_of_another_program,
)
from tests.support.bounds import outcome
from tests.support.damage import damaged, examples, hostile_json
from tests.support.other_programs import (
    OnnxMade,
    onnx_file,
    others,
    plain_state,
    safetensors_file,
    torch_file,
    zip_file,
)

STATE = plain_state()
TORCH = torch_file({"state_dict": STATE, "epoch": 3})
LEGACY = torch_file(STATE, legacy=True)
SAFETENSORS = safetensors_file(STATE)
LARGE = 2**40


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of this module alone."""
    return tmp_path_factory.mktemp("imported") / "weights"


@pytest.fixture
def try_to_read(file: Path) -> Callable[[bytes], ImportedWeights | None]:
    return lambda content: read(file, content)


def read(file: Path, content: bytes) -> ImportedWeights | None:
    """What is in the content; None where it is refused in a sentence, as all else must be."""
    file.write_bytes(content)
    is_of_another_program(file)
    found = outcome(lambda: import_weights(file), megabytes=150)
    assert file.read_bytes() == content
    if found is not None:
        for name, shape in parameter_shapes(found.variant).items():
            assert found.arrays[name].shape == shape
            assert found.arrays[name].dtype == np.float32
            assert np.isfinite(found.arrays[name]).all()
    return found


def in_zip(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@examples(30, fuzzed=1500)
@given(st.data())
def test_bytes(file: Path, data: st.DataObject) -> None:
    read(file, data.draw(damaged([TORCH, LEGACY, SAFETENSORS, *others().values()])))


@examples(20, fuzzed=1000)
@given(st.data())
def test_what_is_in_an_archive(file: Path, data: st.DataObject) -> None:
    """The pickle too, which then has the archive's right checksum and comes to its reader."""
    files = in_zip(TORCH)
    for _ in range(data.draw(st.integers(1, 2))):
        name = data.draw(st.sampled_from((*["archive/data.pkl"] * 4, *sorted(files))))
        if data.draw(st.integers(0, 5)) == 0:
            files.pop(name, None)
        elif name in files:
            files[name] = data.draw(damaged([files[name]]))
    read(file, zip_file(files))


@examples(20, fuzzed=1000)
@given(st.data())
def test_the_header_of_safetensors(file: Path, data: st.DataObject) -> None:
    size = int.from_bytes(SAFETENSORS[:8], "little")
    header = json.loads(SAFETENSORS[8 : 8 + size])
    text = data.draw(hostile_json(header)).encode("utf-8", "surrogatepass")
    told = data.draw(st.sampled_from((len(text),) * 6 + (0, len(text) - 1, LARGE, 2**64 - 1)))
    read(file, struct.pack("<Q", max(0, told)) + text + SAFETENSORS[8 + size :])


# ---------------------------------------------------------------- made up


def pickled(*parts: bytes) -> bytes:
    """An archive whose pickle has these steps."""
    return zip_file(in_zip(TORCH) | {"archive/data.pkl": b"\x80\x02" + b"".join(parts) + b"."})


def hidden_pickle(steps: bytes) -> bytes:
    """An archive of two pickles, of which torch reads the one that is not called as usual."""
    hidden, harmless = b"\x80\x02" + steps + b".", b"\x80\x02}."
    return zip_file({"a/DATA.PKL": hidden, "a/data.pkl": harmless, "a/version": b"3\n"})


def storage_of(size: bytes) -> bytes:
    """The archive with another number of values in the storage of a tensor."""
    content = in_zip(TORCH)["archive/data.pkl"]
    size_of_first = next(
        place
        for step, argument, place in pickletools.genops(content)
        if step.name.startswith("BININT") and argument == 150
    )
    changed = content[:size_of_first] + size + content[size_of_first + 2 :]
    return zip_file(in_zip(TORCH) | {"archive/data.pkl": changed})


def bomb() -> bytes:
    """An archive whose pickle is a thousand times as long unpacked."""
    return zip_file({"archive/data.pkl": bytes(1 << 24)}, zipfile.ZIP_DEFLATED)


def overlapping() -> bytes:
    """Many entries that are the same bytes of the file."""
    content = zip_file({"archive/data.pkl": bytes(100_000)})
    place = content.rindex(b"PK\x01\x02")
    entry, end = content[place:-22], content[-22:]
    count = 1000
    end = end[:8] + struct.pack("<HHI", count, count, len(entry) * count) + end[16:]
    return content[:place] + entry * count + end


def tensor_header(shape: list[int], end: int, kind: str = "F32") -> bytes:
    entry = {"dtype": kind, "shape": shape, "data_offsets": [0, end]}
    text = json.dumps({"conv1.weight": entry}).encode()
    return struct.pack("<Q", len(text)) + text


MADE_UP = {
    "a list in a list in a list ...": lambda: pickled(b"(l" * 400_000),
    "many lists": lambda: pickled(b"(" + b"]" * 900_000 + b"t"),
    "more bytes than any": lambda: pickled(b"}" * (2 << 20)),
    "a number of a million digits": lambda: pickled(b"\x8b" + struct.pack("<I", 900_000)),
    "bytes without end": lambda: pickled(b"cbuiltins\nbytearray\n", b"J\xff\xff\xff\x7f\x85R"),
    "a tensor of a size": lambda: pickled(b"ctorch\nTensor\n", b"J\xff\xff\xff\x7f\x85R"),
    "doubled again and again": lambda: pickled(b"]q\x00" + b"h\x00h\x00\x86q\x00" * 1000),
    "a cycle": lambda: pickled(b"}q\x00X\x05\x00\x00\x00modelh\x00s"),
    "no pickle": lambda: pickled(),
    "a storage of 2 GB": lambda: storage_of(b"J\xff\xff\xff\x7f"),
    "a storage of less than nothing": lambda: storage_of(b"J\xff\xff\xff\xff"),
    "an empty archive": lambda: zip_file({}),
    "only an end": lambda: b"PK\x05\x06" + bytes(18),
    "a bomb": bomb,
    "overlapping": overlapping,
    "many files": lambda: zip_file({f"archive/data/{n}": b"" for n in range(6000)}),
    "huge dimensions": lambda: tensor_header([2**31, 2**31, 4], 0),
    "more dimensions than numpy has": lambda: tensor_header([1] * 100, 4) + bytes(4),
    "no values": lambda: tensor_header([0, 1, 5, 5], 0),
    "an unknown type": lambda: tensor_header([1], 4, "F4_E2M1") + bytes(4),
    "a header without end": lambda: struct.pack("<Q", 1 << 39) + b"{",
    "a header of spaces": lambda: struct.pack("<Q", 1 << 20) + b"{" + b" " * (1 << 20),
    "a file of zeros": lambda: bytes(5000),
    "an empty dict": lambda: torch_file({}),
    "names that are no text": lambda: torch_file({3: torch.zeros(6), (1, 2): torch.zeros(6)}),
    "strange names": lambda: torch_file({"\x1b[31mred\n\u202e": torch.zeros(6)}),
    "a sparse tensor": lambda: torch_file({"a": torch.zeros(6, 6).to_sparse()}),
    "a tensor without values": lambda: torch_file({"a": torch.zeros(6, device="meta")}),
    "infinity after rounding": lambda: torch_file(
        {name: one.double() * 1e300 for name, one in STATE.items()}
    ),
    "a view of everything": lambda: torch_file(
        {"conv1.weight": torch.zeros(1).expand(1 << 30), "fc1.bias": torch.zeros(6)[1:]}
    ),
    "many views of one number": lambda: torch_file(
        {f"{n}": torch.zeros(1).expand(1 << 20) for n in range(60)}
    ),
    "a pickle under another name": lambda: hidden_pickle(
        b"cbuiltins\nbytearray\nJ\xff\xff\xff\x7f\x85R"
    ),
    "many tensors": lambda: torch_file({f"{n}": torch.zeros(1) for n in range(400)}),
}


@pytest.mark.parametrize("name", MADE_UP)
def test_made_up(name: str, try_to_read: Callable[[bytes], ImportedWeights | None]) -> None:
    assert try_to_read(MADE_UP[name]()) is None


def cut(content: bytes) -> list[bytes]:
    """A file cut off in its head, in its middle and just before its end."""
    size = len(content)
    return [content[:place] for place in (1, 5, 9, 40, 500, size // 2, size - 30, size - 1)]


@pytest.mark.parametrize("content", [TORCH, LEGACY, SAFETENSORS], ids=["zip", "legacy", "st"])
def test_truncated(content: bytes, try_to_read: Callable[[bytes], ImportedWeights | None]) -> None:
    for part in cut(content):
        assert try_to_read(part) is None


# ---------------------------------------------------------------- ONNX


@examples(20, fuzzed=1000)
@given(st.data())
def test_onnx(file: Path, data: st.DataObject) -> None:
    onnx = pytest.importorskip("onnx", reason="the extra onnx is not installed")
    made = data.draw(st.sampled_from((OnnxMade(), OnnxMade("Relu", "MaxPool", as_matmul=True))))
    content = onnx_file(STATE, made)
    if data.draw(st.booleans()):
        read(file, data.draw(damaged([content])))
        return
    model = onnx.ModelProto.FromString(content)
    for _ in range(data.draw(st.integers(1, 3))):
        damage_graph(data, model.graph)
    read(file, model.SerializeToString())


@pytest.mark.parametrize("part", ["initializer", "node", "input of a node"])
@pytest.mark.parametrize("size", [760_000, 4_000_000])
def test_a_graph_of_very_many_parts(part: str, size: int, file: Path) -> None:
    onnx = pytest.importorskip("onnx", reason="the extra onnx is not installed")
    model = onnx.ModelProto(ir_version=8)
    model.graph.input.add(name="t0")
    for place in range(900):
        model.graph.node.add(input=[f"t{place}"], output=[f"t{place + 1}"], op_type="Identity")
    parts = {"initializer": b"\x2a\x00", "node": b"\x0a\x00", "input of a node": b""}
    graph = parts[part] * (size // 2)
    if part == "input of a node":
        many = b"\x0a\x00" * (size // 2)
        graph = b"\x0a" + number(len(many)) + many
    graph = model.graph.SerializeToString() + graph
    assert read(file, b"\x08\x08\x3a" + number(len(graph)) + graph) is None


def number(value: int) -> bytes:
    """As protocol buffers write one: seven bits a byte."""
    written = b""
    while value > 127:
        written += bytes([value & 127 | 128])
        value >>= 7
    return written + bytes([value])


def damage_graph(data: st.DataObject, graph: Any) -> None:
    node = data.draw(st.sampled_from(list(graph.node)))
    tensor = data.draw(st.sampled_from(list(graph.initializer)))
    names = [name for one in graph.node for name in (*one.input, *one.output)]
    match data.draw(st.integers(0, 8)):
        case 0:
            tensor.dims[0] = data.draw(st.sampled_from((0, -1, 1, 2**31, 2**62)))
        case 1:
            tensor.data_type = data.draw(st.integers(0, 30))
        case 2:
            tensor.raw_data = data.draw(st.binary(max_size=50))
        case 3:
            node.op_type = data.draw(st.sampled_from(("", "Loop", "If", "Conv", "Gemm", "Add")))
        case 4:
            if node.input:
                node.input[-1] = data.draw(st.sampled_from((*names, "", "gone")))
        case 5:
            del node.output[:]
        case 6:
            if node.attribute:
                attribute = data.draw(st.sampled_from(list(node.attribute)))
                attribute.type = data.draw(st.integers(0, 14))
                attribute.ints.extend([2**62, -1])
        case 7:
            del graph.input[:]
        case _:
            graph.node.remove(node)
