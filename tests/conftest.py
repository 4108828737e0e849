"""What every test has: an offscreen Qt, folders of its own, and the optional real data."""

import os
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest

PROJECT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("LENET_GUI_SHARED", PROJECT.parent / "shared"))


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """User folders (data, settings) that belong to this test alone."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    monkeypatch.delenv("LENET_GUI_DATA", raising=False)
    return home


@pytest.fixture(scope="session")
def real_mnist() -> Path:
    """The folder of the real MNIST files, where it lies beside the project."""
    folder = SHARED / "mnist"
    if not (folder / "train-images-idx3-ubyte.gz").is_file():
        pytest.skip(f"the real MNIST files are not at {folder}")
    return folder


@pytest.fixture(scope="session")
def real_strokes() -> Path:
    """The file of real pen strokes, where it lies beside the project."""
    file = SHARED / "strokes" / "strokes-dev.jsonl.gz"
    if not file.is_file():
        pytest.skip(f"the real pen strokes are not at {file}")
    return file
