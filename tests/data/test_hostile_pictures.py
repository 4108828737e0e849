"""Damaged or hostile pictures: each is answered in one sentence, with little memory."""

import json
from pathlib import Path

import numpy as np
import pytest

from lenet_gui.data.pictures.ink import ink_of_picture
from tests.support.bounds import outcome
from tests.support.commands import run_command
from tests.support.hostile_pictures import odd_pictures, refused_pictures


@pytest.fixture(scope="module")
def hostile() -> dict[str, bytes]:
    return refused_pictures()


def test_each_is_refused_with_little_memory(
    hostile: dict[str, bytes], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert len(hostile) >= 100
    read = []
    for name, content in hostile.items():
        file = tmp_path / name
        file.write_bytes(content)
        if outcome(lambda file=file: ink_of_picture(file), megabytes=100) is not None:
            read.append(name)
        assert file.read_bytes() == content
    assert read == []
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(hostile)
    assert capfd.readouterr() == ("", "")


def test_the_command_line_answers_each_in_one_sentence(
    hostile: dict[str, bytes], tmp_path: Path
) -> None:
    files = []
    for name, content in hostile.items():
        files.append(tmp_path / name)
        files[-1].write_bytes(content)
    done = run_command(["predict", "--json", *map(str, files)], tmp_path)
    assert done.returncode == 2
    entries = json.loads(done.stdout)
    lines = done.stderr.splitlines()
    assert [entry["picture"] for entry in entries] == [str(file) for file in files]
    assert lines == [f"lenet-gui: {entry['error']}" for entry in entries]
    for file, entry in zip(files, entries, strict=True):
        assert entry["error"].startswith(f"{file} ")
        assert entry["error"].endswith(".")


@pytest.mark.parametrize(("name", "content"), odd_pictures().items(), ids=list(odd_pictures()))
def test_what_is_only_odd_is_read(name: str, content: bytes, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    found = outcome(lambda: ink_of_picture(file), megabytes=100)
    assert found is not None
    seven = np.zeros((40, 30), np.bool_)
    seven[8:12, 6:24] = seven[12:34, 16:20] = True
    np.testing.assert_array_equal(found.ink > 0.5, seven)
