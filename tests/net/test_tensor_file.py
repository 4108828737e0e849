"""Files of arrays carry a checksum of their content: damage is told, older files are read."""

import json
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors import safe_open
from safetensors.numpy import save_file

from lenet_gui.errors import UserError
from lenet_gui.net import tensor_file
from lenet_gui.net.tensor_file import Kind, TensorFile, read_tensors, write_tensors

KIND = Kind("test-kind", "test file", "a whole test file", "choose another file")
OTHER = Kind("other-kind", "other file", "a whole other file", "choose another file")

ARRAYS = {
    "a": np.arange(6, dtype=np.float32).reshape(2, 3),
    "b.step": np.array(3, dtype=np.float32),
    "c": np.array([[[-0.0, np.nan, np.inf]]], dtype=np.float64),
    "d": np.array([1, -2], dtype=np.int64),
    "e": np.zeros((0, 4), dtype=np.uint8),
}
TOLD = {"name": "as told", "history": [1, 2.5, None, {"deep": "é \udcff"}], "checked": True}

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    write_tensors(tmp_path / "file", KIND, ARRAYS, TOLD)
    return tmp_path / "file"


def refusal(file: Path, kind: Kind = KIND) -> str:
    with pytest.raises(UserError) as caught:
        read_tensors(file, kind)
    sentence = str(caught.value)
    assert str(file) in sentence
    assert "\n" not in sentence
    return sentence


def read(file: Path) -> TensorFile | str:
    """What is in a file, or the sentence that it is refused with."""
    try:
        return read_tensors(file, KIND)
    except UserError as error:
        return str(error)


def is_whole(found: TensorFile) -> bool:
    return (found.told, found.checked) == (TOLD, True) and same(found.arrays, ARRAYS)


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one.keys() == other.keys() and all(
        (one[name].dtype, one[name].shape, one[name].tobytes())
        == (other[name].dtype, other[name].shape, other[name].tobytes())
        for name in one
    )


SHRUNK = """
import os, sys
from pathlib import Path
from lenet_gui.net import tensor_file
file = Path(sys.argv[1])
decode = tensor_file.deserialize
def shrink_and_decode(content):
    os.truncate(file, 0)
    return decode(content)
tensor_file.deserialize = shrink_and_decode
assert tensor_file.read_tensors(file, tensor_file.WEIGHTS).arrays["large"].sum() == 1 << 20
"""


def test_a_file_that_shrinks_while_it_is_read_does_not_end_the_program(tmp_path: Path) -> None:
    """As one that is just being copied, or lies on a disk that fails."""
    save_file({"large": np.ones(1 << 20, np.float32)}, tmp_path / "file")
    subprocess.run([sys.executable, "-c", SHRUNK, str(tmp_path / "file")], check=True)


def rewritten(file: Path, change: Callable[[dict, dict], None]) -> None:
    """Writes a file again with its metadata and arrays changed, the checksum as it was."""
    with safe_open(file, framework="numpy") as opened:
        metadata = opened.metadata()
        arrays = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118
    change(metadata, arrays)
    save_file(arrays, file, metadata=metadata)


def test_what_is_written_is_read_and_checked(file: Path) -> None:
    found = read_tensors(file, KIND)
    assert found.checked
    assert found.told == TOLD
    assert same(found.arrays, ARRAYS)


def test_the_same_content_gives_the_same_bytes(file: Path, tmp_path: Path) -> None:
    backwards = dict(reversed(ARRAYS.items()))
    write_tensors(tmp_path / "again", KIND, backwards, dict(reversed(TOLD.items())))
    assert (tmp_path / "again").read_bytes() == file.read_bytes()


@given(told=st.dictionaries(st.text(), json_values, max_size=4))
def test_any_object_comes_back(told: dict[str, Any]) -> None:
    told.pop("checksum", None)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        write_tensors(file, KIND, {"a": ARRAYS["a"]}, told)
        found = read_tensors(file, KIND)
    assert found.checked
    assert json.dumps(found.told, sort_keys=True) == json.dumps(told, sort_keys=True)


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a whole file."""
    file = tmp_path_factory.mktemp("whole") / "file"
    write_tensors(file, KIND, ARRAYS, TOLD)
    return file.read_bytes()


def test_every_flipped_bit_is_refused_or_changes_nothing(content: bytes, tmp_path: Path) -> None:
    file, damaged, refused = tmp_path / "damaged", bytearray(content), 0
    for place in range(len(content)):
        for bit in range(8):
            damaged[place] ^= 1 << bit
            file.write_bytes(damaged)
            found = read(file)
            if isinstance(found, str):
                assert str(file) in found
                refused += 1
            else:
                assert is_whole(found)
            damaged[place] ^= 1 << bit
    assert refused > 8 * 0.9 * len(content)  # but for spaces


@settings(max_examples=200)
@given(data=st.data())
def test_bytes_that_are_cut_out_or_overwritten_are_refused_or_change_nothing(
    content: bytes, data: st.DataObject
) -> None:
    begin = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(begin, min(len(content), begin + 100)))
    instead = data.draw(st.binary(max_size=100))
    with TemporaryDirectory() as folder:
        file = Path(folder) / "damaged"
        file.write_bytes(content[:begin] + instead + content[end:])
        found = read(file)
    assert str(file) in found if isinstance(found, str) else is_whole(found)


def replaced(old: str, new: str) -> Callable[[dict, dict], None]:
    """A change of the text in the metadata."""

    def change(metadata: dict[str, str], _: dict) -> None:
        metadata[KIND.key] = metadata[KIND.key].replace(old, new)

    return change


@pytest.mark.parametrize(
    "change",
    [
        lambda _, arrays: arrays["a"].__setitem__((0, 0), 1),
        lambda _, arrays: arrays["c"].__setitem__((0, 0, 0), 0.0),  # was -0
        lambda _, arrays: arrays.update(a=arrays["a"].reshape(3, 2)),
        lambda _, arrays: arrays.update(a=arrays["a"].view(np.int32)),
        lambda _, arrays: arrays.update(f=arrays.pop("a")),
        lambda _, arrays: arrays.pop("e"),
        lambda _, arrays: arrays.update(f=arrays["a"]),
        lambda metadata, _: metadata.update({"test-kinc": metadata.pop(KIND.key)}),
        replaced("as told", "as tolt"),
        replaced("checksum", "checksun"),
        replaced("sha256:", "sha356:"),
        replaced("}", "]"),
    ],
)
def test_whatever_is_changed_is_told(change: Callable[[dict, dict], None], file: Path) -> None:
    rewritten(file, change)
    assert refusal(file) == (
        f"{file} is a damaged test file, its content does not match its checksum: "
        "choose another file."
    )


def test_an_older_file_is_read_and_said_to_be_unchecked(tmp_path: Path) -> None:
    file = tmp_path / "old"
    save_file(ARRAYS, file, metadata={KIND.key: json.dumps(TOLD)})
    found = read_tensors(file, KIND)
    assert not found.checked
    assert found.told == TOLD
    assert same(found.arrays, ARRAYS)


@pytest.mark.parametrize(
    "metadata", [None, {"format": "pt"}, {"hash": "sha256:" + "0" * 64, "note": '"checksum"'}]
)
def test_a_file_of_another_program_is_read(metadata: dict | None, tmp_path: Path) -> None:
    save_file(ARRAYS, tmp_path / "other", metadata=metadata)
    found = read_tensors(tmp_path / "other", KIND)
    assert (found.told, found.checked) == (None, False)
    assert same(found.arrays, ARRAYS)


def test_a_whole_file_of_another_kind_is_not_called_damaged(file: Path) -> None:
    assert read_tensors(file, OTHER).told is None


def test_what_cannot_be_read(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "There is no test file" in refusal(tmp_path / "gone")
    assert "There is no test file" in refusal(tmp_path)
    assert "could not be read (File name too long)" in refusal(tmp_path / ("x" * 300))
    monkeypatch.setattr(tensor_file, "LARGEST", 100)
    assert refusal(file) == f"{file} is too large for a whole test file: choose another file."


def test_a_type_that_is_not_known_is_named(tmp_path: Path) -> None:
    header = b'{"a":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}}'
    file = tmp_path / "eighth"
    file.write_bytes(len(header).to_bytes(8, "little") + header + bytes(4))
    assert (
        refusal(file)
        == f"{file}: a is of the type F8_E4M3, and this program needs F32: choose another file."
    )


def test_text_without_end_is_refused_before_it_is_read(tmp_path: Path) -> None:
    header = b'{"__metadata__":{"test-kind":"{\\"a\\":[' + b"[]," * (6 << 20) + b'[]]}"}}'
    file = tmp_path / "file"
    file.write_bytes(len(header).to_bytes(8, "little") + header)
    tracemalloc.start()
    assert "is not a whole test file" in refusal(file)
    assert tracemalloc.get_traced_memory()[1] < 2.5 * len(header)
    tracemalloc.stop()
