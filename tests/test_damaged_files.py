"""Whatever a file holds, reading it ends soon, with little memory, in digits or in one sentence.

Each property damages whole files, or makes them up, and gives them to the program's own readers.
"""

import gzip
import hashlib
import json
import math
import os
import tempfile
import zlib
from pathlib import Path, PurePosixPath

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.data.collections import read_collection
from lenet_gui.data.collections.idx_files import idx_array
from lenet_gui.data.collections.roles import Content
from lenet_gui.data.collections.tree import Entry
from lenet_gui.data.gzip_files import GzipFault, decompressed, read_content
from lenet_gui.data.mnist import load_mnist
from lenet_gui.data.mnist_files import PUBLISHED, MnistFile, MnistFiles
from lenet_gui.data.pictures.ink import ink_of_picture
from lenet_gui.gui.core.settings import (
    Area,
    DockPlace,
    Layout,
    Remembered,
    Settings,
    ThemeChoice,
)
from lenet_gui.paths import old_settings_file, settings_file
from lenet_gui.plain_json import to_plain
from lenet_gui.training.ending import LOG_NAME, RECIPE_NAME
from lenet_gui.training.epoch_files import epoch_files
from lenet_gui.training.journal import History, read_history
from lenet_gui.training.presets import PRESETS
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.result import read_result
from lenet_gui.training.run import Run
from lenet_gui.training.run_folders import run_folders
from lenet_gui.versus.standing import read_standings
from lenet_gui.versus.table import as_json, as_markdown, as_text
from tests.support.bounds import outcome
from tests.support.damage import HOSTILE, damaged, examples, hostile_json
from tests.support.hostile_pictures import a_picture

HERE = Entry(PurePosixPath("digits"), 0, Path("digits"), "digits")


def a_file(content: bytes, name: str = "file") -> Path:
    """A file alone in a folder that is alone in another; they stay until the process ends."""
    file = Path(tempfile.mkdtemp(dir=_folder.name)) / "run" / name
    file.parent.mkdir()
    file.write_bytes(content)
    return file


_folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)

# ---------------------------------------------------------------- IDX and gzip

IMAGES = bytes.fromhex("00000803 00000002 0000001c 0000001c") + bytes(range(256)) * 6 + bytes(32)
LABELS = bytes.fromhex("00000801 00000005 0001020309")
PACKED = [gzip.compress(content, mtime=0) for content in (IMAGES, LABELS, bytes(100_000))]


@examples(60, fuzzed=2000)
@given(damaged([IMAGES, LABELS, *PACKED, PACKED[0] + PACKED[1]]))
def test_idx_and_gzip(content: bytes) -> None:
    file = a_file(content)
    found = outcome(lambda: read_content(file, 200_000), megabytes=20)
    file.unlink()
    if found is not None:
        assert len(found) <= 200_000
        for kind in Content:
            digits = outcome(lambda kind=kind: idx_array(HERE, found, kind), megabytes=20)
            assert digits is None or digits.dtype.kind in "uif"


@st.composite
def members(draw: st.DrawFn) -> bytes:
    """Gzip of many members, some of them empty, some bombs, some no members at all."""
    bomb = zlib.compressobj(9, wbits=31)
    made = bomb.compress(bytes(draw(st.integers(1, 50)) * 1_000_000)) + bomb.flush()
    kinds = (gzip.compress(b"", mtime=0), gzip.compress(b"x" * 1000, mtime=0), made, b"\0", b"\x1f")
    picked = draw(st.lists(st.tuples(st.sampled_from(kinds), st.integers(1, 2000)), max_size=5))
    return b"".join(kind * (count if len(kind) < 100 else 1) for kind, count in picked)


@examples(20, fuzzed=200)
@given(members(), st.integers(0, 10_000_000))
def test_gzip_of_many_members(content: bytes, largest: int) -> None:
    def read() -> bytes | None:
        try:
            return decompressed(content, largest)
        except GzipFault:
            return None

    found = outcome(read, megabytes=40)
    assert found is None or len(found) <= largest


@examples(20, fuzzed=500)
@given(st.data())
def test_a_folder_of_mnist(data: st.DataObject) -> None:
    labels = LABELS[:4] + bytes((0, 0, 0, 2, 7, 3))
    contents = {file.name: labels if "labels" in file.name else IMAGES for file in PUBLISHED}
    files = MnistFiles(
        *(
            MnistFile(name, len(content), hashlib.sha256(content).hexdigest())
            for name, content in contents.items()
        )
    )
    folder = a_file(b"").parent
    for name, content in contents.items():
        packed = gzip.compress(content, mtime=0)
        if data.draw(st.booleans()):
            packed = data.draw(damaged([packed, content]))
        (folder / f"{name}.gz").write_bytes(packed)
    found = outcome(lambda: load_mnist(folder, files), megabytes=20)
    assert found is None or len(found.test) == 2
    own = outcome(lambda: read_collection(folder), megabytes=20)
    assert own is None or (len(own.sets.test) == 2 and own.name == "run")


# ---------------------------------------------------------------- pictures


PICTURES = [
    *(a_picture("PNG", mode) for mode in ("L", "RGB", "RGBA", "LA", "P", "1", "I;16")),
    a_picture("JPEG"),
    a_picture("JPEG", "RGB", progressive=True),
    a_picture("JPEG", "CMYK"),
    a_picture("GIF", "P"),
    a_picture("BMP", "RGB"),
    a_picture("BMP", "1"),
    a_picture("PPM", "RGB"),
    a_picture("ICO", "RGBA", sizes=[(24, 24)]),
    a_picture("ICO", "RGBA", sizes=[(16, 16)], bitmap_format="bmp"),
    a_picture("WEBP", "RGBA", lossless=True),
    a_picture("AVIF", "RGBA"),
    a_picture("JPEG2000", "RGB"),
    a_picture("JPEG2000", "L", no_jp2=True),
    a_picture("HEIF", "RGB"),
    *(
        a_picture("TIFF", mode, compression=packing)
        for mode, packing in (
            ("L", None), ("RGB", "tiff_lzw"), ("RGB", "tiff_deflate"), ("1", "group4"),
            ("RGB", "jpeg"), ("F", "tiff_lzw"), ("L", "packbits"), ("CMYK", "tiff_adobe_deflate"),
        )
    ),
    b"P2\n# seven\n5 5\n9\n" + b"9 0 0 0 9 " * 5,
    b"P5\n6 6\n99\n" + bytes(range(36)),
]  # fmt: skip


@examples(150, fuzzed=3000)
@given(damaged(PICTURES), st.booleans())
def test_pictures(content: bytes, from_a_file: bool) -> None:
    source = a_file(content, "seven.png") if from_a_file and content else content
    found = outcome(lambda: ink_of_picture(source))
    if isinstance(source, Path):
        source.unlink()
    if found is not None:
        assert np.isfinite(found.ink).all()
        assert 0 <= found.ink.min() <= found.ink.max() <= 1


# ---------------------------------------------------------------- recipes, results, logs

RECIPES = [recipe.as_dict() for recipe in PRESETS.values()]
SCORE = {"loss": 1.5, "accuracy": 0.99, "errors": 100, "digits": 10_000}
EPOCH = {
    "epoch": 1,
    "epochs": 2,
    "step": 10,
    "train": SCORE,
    "test": SCORE,
    "validation": None,
    "on_the_fly_loss": 2.0,
    "on_the_fly_accuracy": 0.9,
    "learning_rate": 0.1,
    "confusion": [[0] * 10] * 10,
    "seconds": 1.0,
}
RESULT = {
    "recipe": RECIPES[0],
    "changes": ["learning_rate 1 up to epoch 2"],
    "data": "MNIST training",
    "training_digits": 60_000,
    "parameters": 60_000,
    "epochs": [EPOCH, {**EPOCH, "epoch": 2, "validation": SCORE}],
    "remark": {"seconds": 1.0},
}
STEPS = {
    "event": "steps",
    "step": 5,
    "epoch": 1,
    "loss": 1.0,
    "accuracy": 0.5,
    "learning_rate": 0.1,
    "digits_seen": 50,
}
LOG = [
    {"event": "started", "recipe": RECIPES[0], "steps_per_epoch": 10, "resumed_from_epoch": None},
    STEPS,
    {"event": "epoch", **EPOCH},
    {"event": "epoch", **EPOCH, "epoch": 2, "validation": SCORE},
    {"event": "finished"},
]


@examples(100, fuzzed=2000)
@given(st.data())
def test_recipes(data: st.DataObject) -> None:
    text = data.draw(hostile_json(RECIPES[data.draw(st.integers(0, len(RECIPES) - 1))]))
    content = text.encode("utf-8", "surrogatepass")
    found = outcome(lambda: Recipe.from_json(content), megabytes=50)
    file = a_file(content, RECIPE_NAME)
    assert outcome(lambda: Run.open(file.parent).recipe, megabytes=50) == found
    if found is not None:
        assert Recipe.from_json(found.to_json()) == found


@examples(60, fuzzed=1500)
@given(hostile_json(RESULT))
def test_results(text: str) -> None:
    file = a_file(text.encode("utf-8", "surrogatepass"), "result.json")
    outcome(lambda: read_result(file), megabytes=50)
    kept = outcome(lambda: read_standings(file.parent), megabytes=50)
    assert kept is not None
    for told in (as_text, as_markdown, as_json):
        assert outcome(lambda told=told: (told(kept),), megabytes=50) is not None


def check(history: History) -> None:
    """Nothing is in a history that plots could not show."""
    assert history.steps_per_epoch is None or history.steps_per_epoch > 0
    for point in history.steps:
        assert 0 <= point.accuracy <= 1
        assert isinstance(point.loss, float)
        assert not math.isinf(point.loss)
    for epoch in history.epochs:
        for score in (epoch.train, epoch.test, epoch.validation):
            assert score is None or 0 <= score.errors <= score.digits > 0
            assert score is None or not math.isinf(score.loss)


@examples(100, fuzzed=2000)
@given(st.data())
def test_logs(data: st.DataObject) -> None:
    lines = [json.dumps(record) for record in LOG]
    for _ in range(data.draw(st.integers(1, 2))):
        place = data.draw(st.integers(0, len(lines) - 1))
        lines[place] = data.draw(hostile_json(LOG[place % len(LOG)]))
    content = "\n".join(lines).encode("utf-8", "surrogatepass")
    if data.draw(st.booleans()):
        content = data.draw(damaged([content]))
    file = a_file(content, LOG_NAME)
    history = outcome(lambda: read_history(file), megabytes=50)
    if history is not None:
        check(history)
    (run,) = outcome(lambda: run_folders(file.parent.parent), megabytes=50)
    assert run.folder == file.parent
    file.unlink()


# ---------------------------------------------------------------- settings

DOCK = DockPlace("training", Area.BOTTOM, (0, 500, 1024, 200))
SETTINGS = {
    **to_plain(Remembered(pen_width=0.1, recipe=json.dumps(RECIPES[0]))),
    "layout": to_plain(Layout((10, 10, 1024, 700), docks=(DOCK,))),
}
OLD = b"""[General]
[canvas]
pen-width=0.1
[files]
folder=/a/\\x5b66
[layout]
geometry="@ByteArray(\\x1\\xd9\\0)"
state=@ByteArray(state)
version=1
[view]
theme=dark
"""


@examples(60, fuzzed=2000)
@given(hostile_json(SETTINGS), damaged([OLD]))
def test_settings(text: str, old: bytes) -> None:
    for file, content in (
        (old_settings_file(), old),
        (settings_file(), text.encode("utf-8", "surrogatepass")),
    ):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        settings = outcome(Settings, megabytes=50)
        assert settings is not None
        remembered = settings.remembered
        assert remembered.pen_width is None or 0 < remembered.pen_width < 1
        if remembered.layout is not None:
            for each in (remembered.layout, *remembered.layout.docks):
                assert all(abs(figure) <= 100_000 for figure in each.rectangle)
        settings.remember(theme=ThemeChoice.DARK)
        assert Settings().remembered.theme is ThemeChoice.DARK
        settings_file().unlink(missing_ok=True)


# ---------------------------------------------------------------- names in folders

NAMES = (
    "epoch-0001.safetensors",
    "epoch-9999999999.safetensors",
    "epoch-99999999999999999999.safetensors",
    "epoch-00001.safetensors",
    "epoch-10001.safetensors",
    "epoch-١٢٣٤.safetensors",
    "epoch-0002.safetensors\n",
    "epoch-0003.safetensors\x1b[31m",
)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@examples(20, fuzzed=500)
@given(st.lists(st.sampled_from(NAMES) | st.text(max_size=20), max_size=6))
def test_names_of_epochs_and_runs(names: list[str]) -> None:
    folder = a_file(b"").parent
    for name in names:
        try:
            (folder / name).touch()
        except (OSError, ValueError):
            continue
    found = outcome(lambda: epoch_files(folder), megabytes=20)
    assert found is not None
    assert set(found) <= {1}
    for make in (os.mkfifo, Path.mkdir):
        run = Path(tempfile.mkdtemp(dir=folder))
        make(run / LOG_NAME)
        (run / "checkpoint.safetensors").touch()
    runs = outcome(lambda: run_folders(folder), megabytes=20)
    assert runs is not None
    assert [run.resumable for run in runs] == [True, True]


def test_every_hostile_value_is_in_a_recipe_once() -> None:
    """What the examples of a property leave to chance."""
    for name in RECIPES[0]:
        for value in HOSTILE:
            outcome(lambda name=name, value=value: Recipe.from_json({**RECIPES[0], name: value}))
