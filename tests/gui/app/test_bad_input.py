"""Bad input through the real window: one sentence in the message bar, network and drawing stay."""

import gzip
import json
import resource
import shutil
import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from safetensors.torch import load_file, save_file

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.portraits import draw
from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.net.strong_teacher import build_teacher
from lenet_gui.net.weights_file import save_weights
from lenet_gui.training.described import Group
from lenet_gui.training.presets import preset
from tests.support.cut_text import cut_text

LONG = 30_000
NameFile = Callable[[Callable[[], object], Path], None]


@pytest.fixture
def window(window: MainWindow, qtbot: QtBot) -> Iterator[MainWindow]:
    """A window with a three drawn and read, that must stay so whatever comes."""
    draw(window)
    qtbot.waitUntil(lambda: window.live.reading is not None and window.live.is_settled)
    network, drawing, output = (
        window.networks.current,
        window.canvas.drawing,
        window.live.reading.output,
    )
    yield window
    assert window.networks.current is network
    assert window.canvas.drawing == drawing
    qtbot.waitUntil(lambda: window.live.is_settled)
    np.testing.assert_array_equal(window.live.reading.output, output)
    assert window.live.reading.answer == 3
    assert QGuiApplication.overrideCursor() is None


def command(window: MainWindow, name: str) -> Callable[[], object]:
    return window.actions_[name].trigger


# ------------------------------------------------------------------------------ weights


def weights(tmp_path: Path) -> Path:
    file = tmp_path / "some.safetensors"
    save_weights(build(Variant.ORIGINAL, torch.Generator().manual_seed(1)), file, {})
    return file


def changed(file: Path, change: Callable[[dict[str, torch.Tensor]], object]) -> None:
    """As an older version, which knew no checksum, would have written it."""
    header = json.loads(file.read_bytes()[8 : 8 + struct.unpack("<Q", file.read_bytes()[:8])[0]])
    ((key, text),) = header["__metadata__"].items()
    facts = json.loads(text)
    del facts["checksum"]
    tensors = load_file(file)
    change(tensors)
    save_file(tensors, file, metadata={key: json.dumps(facts)})


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1000])


def _other_kind(file: Path) -> None:
    file.write_bytes(b"PK\x03\x04 a picture or a pickle, perhaps" * 20)


def _one_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[-1000] ^= 1
    file.write_bytes(content)


def _wrong_shape(file: Path) -> None:
    changed(file, lambda t: t.update({"C5.weight": torch.zeros(120, 400)}))


def _not_finite(file: Path) -> None:
    changed(file, lambda t: t["C5.weight"].view(-1)[:1].fill_(float("nan")))


def _other_names(file: Path) -> None:
    save_file({"conv1.weight": torch.zeros(6, 1, 5, 5)}, file)


def _strong_teacher(file: Path) -> None:
    save_weights(build_teacher(width=1), file, {})


BAD_WEIGHTS = [
    (_cut, "is not a whole safetensors file of weights"),
    (_other_kind, "is a zip archive without weights of PyTorch"),
    (_one_bit, "is a damaged weights file, its content does not match its checksum"),
    (_wrong_shape, "C5.weight is 120"),
    (_not_finite, "C5.weight contains values that are not finite numbers"),
    (_other_names, "is not a LeNet-5, which has C1 6x1x5x5"),
    (_strong_teacher, "contains a strong teacher, a network of nine layers"),
]


def test_bad_weights(window: MainWindow, name_file: NameFile, tmp_path: Path) -> None:
    for number, (spoil, sentence) in enumerate(BAD_WEIGHTS):
        folder = tmp_path / str(number)
        folder.mkdir()
        file = weights(folder)
        spoil(file)
        name_file(command(window, "load-weights"), file)
        assert f"{file}" in window.messages.text
        assert sentence in window.messages.text


def test_weights_that_are_gone(window: MainWindow, tmp_path: Path) -> None:
    assert not window.networks.load(tmp_path / "gone.safetensors")  # the dialog would not take it
    assert f"There is no weights file {tmp_path / 'gone.safetensors'}" in window.messages.text


def test_weights_of_the_other_variant_switch_the_window_and_say_so(
    window: MainWindow, qtbot: QtBot, name_file: NameFile, tmp_path: Path
) -> None:
    file = tmp_path / "other.safetensors"
    save_weights(build(Variant.MODERN, torch.Generator().manual_seed(1)), file, {})
    name_file(command(window, "load-weights"), file)
    assert "weights of other.safetensors, in the Modern network" in window.messages.text
    qtbot.waitUntil(lambda: window.live.reading.variant is Variant.MODERN)
    assert window.findChild(QToolButton, "variant-modern").isChecked()
    QTest.mouseClick(window.findChild(QToolButton, "variant-original"), Qt.MouseButton.LeftButton)


# ------------------------------------------------------------------------------ MNIST


@pytest.fixture
def mnist(real_mnist: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "mnist"
    shutil.copytree(real_mnist, folder)
    return folder


def _empty(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()


def _one_missing(folder: Path) -> None:
    (folder / "t10k-labels-idx1-ubyte.gz").unlink()


def _truncated(folder: Path) -> None:
    file = folder / "t10k-images-idx3-ubyte.gz"
    file.write_bytes(file.read_bytes()[:100_000])


def _rewritten(folder: Path, change: Callable[[bytes], bytes]) -> None:
    file = folder / "t10k-labels-idx1-ubyte.gz"
    file.write_bytes(gzip.compress(change(gzip.decompress(file.read_bytes())), 1))


def _magic(folder: Path) -> None:
    _rewritten(folder, lambda content: b"\0\0\x08\x02" + content[4:])


def _too_few_labels(folder: Path) -> None:
    _rewritten(folder, lambda c: c[:4] + struct.pack(">I", 9_999) + c[8:-1])


def _bytes_changed(folder: Path) -> None:
    _rewritten(folder, lambda content: content[:-1] + bytes([(content[-1] + 1) % 10]))


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_empty, "contains no files"),
        (_one_missing, "lacks t10k-labels-idx1-ubyte beside"),
        (_truncated, "t10k-images-idx3-ubyte.gz is cut short"),
        (_magic, "t10k-labels-idx1-ubyte.gz is cut short"),
        (_too_few_labels, "9,999 labels for the 10,000 images"),
        (_bytes_changed, "differs from the published MNIST file"),
    ],
)
def test_a_bad_mnist_folder_is_refused_when_it_is_chosen(
    window: MainWindow,
    qtbot: QtBot,
    name_file: NameFile,
    mnist: Path,
    spoil: Callable[[Path], None],
    sentence: str,
) -> None:
    spoil(mnist)
    name_file(command(window, "data-folder"), mnist)
    qtbot.waitUntil(lambda: sentence in window.messages.text, timeout=LONG)
    assert window.digits.choice is None
    assert window.settings.remembered.data.path == ""
    assert window.settings.remembered.folder != str(mnist)  # the next dialog begins elsewhere


def test_a_training_on_a_bad_mnist_folder_says_so(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.training.draft.set_recipe(preset("original-quick").with_changes(data=str(tmp_path)))
    QTest.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: window.messages.text != "", timeout=LONG)
    assert f"{tmp_path} contains no files" in window.messages.text
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=LONG)


def test_a_training_with_teachers_that_are_not_there_says_so(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    recipe = preset("original-quick").with_changes(
        data="builtin", training_digits=40, teachers_share=0.5, teachers=str(tmp_path / "gone")
    )
    window.training.draft.set_recipe(recipe)
    QTest.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: window.messages.text != "", timeout=LONG)
    assert f"teachers' folder {tmp_path / 'gone'} could not be read" in window.messages.text
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=LONG)


# ------------------------------------------------------------------------------ pictures


def _grey(width: int, height: int, bits: int = 1) -> bytes:
    """A grey PNG of zeros, compressed in parts so that it costs no memory."""
    row = b"\0" * (1 + (width * bits + 7) // 8)
    packer = zlib.compressobj(9)
    parts = [row * 100] * (height // 100) + [row * (height % 100)]
    packed = b"".join(map(packer.compress, parts)) + packer.flush()

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    header = struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


BAD_PICTURES = [
    (b"no picture", "cannot be read as a picture"),
    (b"", "is empty"),
    (_grey(1, 1), "is only 1x1 pixels"),
    (_grey(20_000, 20_000), "is too large"),
]


def drop_on(canvas: QWidget, mime: QMimeData) -> None:
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(canvas, QDragEnterEvent(QPoint(40, 40), copy, mime, left, none))
    QApplication.sendEvent(canvas, QDropEvent(QPointF(40, 40), copy, mime, left, none))


@pytest.mark.parametrize("way", ["opened", "dropped", "pasted"])
def test_bad_pictures(
    window: MainWindow, name_file: NameFile, tmp_path: Path, way: str, qtbot: QtBot
) -> None:
    for number, (content, sentence) in enumerate(BAD_PICTURES):
        file = tmp_path / f"digit{number}.png"
        file.write_bytes(content)
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(file))])
        if way == "opened":
            name_file(command(window, "open-picture"), file)
        elif way == "pasted":
            QGuiApplication.clipboard().setMimeData(mime)
            QTest.keySequence(window.canvas, "Ctrl+V")
        else:
            drop_on(window.canvas, mime)
        qtbot.waitUntil(lambda file=file: file.name in window.messages.text)
        assert sentence in window.messages.text


# ------------------------------------------------------------------------------ recipes


@pytest.mark.parametrize(
    ("change", "called"),
    [
        ({"colour": "red"}, ["colour is not a field"]),
        ({"epochs": -3}, ["Epochs must be"]),
        ({"learning_rate": -1, "batch_size": 10**9}, ["Rate must be", "Batch size must be"]),
    ],
)
def test_a_bad_recipe_file(
    window: MainWindow,
    name_file: NameFile,
    tmp_path: Path,
    change: dict[str, object],
    called: list[str],
) -> None:
    before = window.training.recipe
    file = tmp_path / "recipe.json"
    file.write_text(json.dumps({**preset("original-quick").as_dict(), **change}))
    window.training.commands.all_settings.setChecked(True)
    window.training.set_folded(folded=False)
    button = window.findChild(QToolButton, "load recipe")
    name_file(button.click, file)
    assert f"{file}" in window.messages.text
    assert all(field in window.messages.text for field in called)
    now = window.training.recipe  # without MNIST it begins with built-in digits
    assert now is not None
    assert now.with_changes(data=before.data) == before


def test_a_recipe_typed_wrong_is_told_field_by_field_when_started(window: MainWindow) -> None:
    window.training.set_folded(folded=False)
    for field, text in (("epochs", "-2"), ("learning_rate", "fast")):
        editor = window.training.panes.recipe.form.cell(field).editor
        editor.lineEdit().setFocus()
        editor.lineEdit().selectAll()
        QTest.keyClicks(editor.lineEdit(), text)
    QTest.keyClick(window, Qt.Key.Key_F5)
    beside = window.training.panes.recipe.form.title(Group.OPTIMISER).problem
    assert beside.isVisible()
    assert "Epochs must be" in beside.text()
    assert "Rate must be" in beside.text()
    assert "Rate must be" in beside.toolTip()
    assert window.messages.text == ""  # the maps stay where they are
    assert not window.training.is_running
    pane = window.training.panes.recipe
    pane.all_settings.setChecked(True)
    for field, told in (("epochs", "Epochs must be"), ("learning_rate", "Rate must be")):
        QApplication.sendEvent(pane.form.editor(field), QEvent(QEvent.Type.Enter))
        assert pane.explanation.text().startswith(told)  # each of several is read in whole there
        assert cut_text(pane.explanation) == []
    epochs = pane.form.cell("epochs").editor.lineEdit()
    QApplication.sendEvent(pane.form.editor("epochs"), QEvent(QEvent.Type.Enter))
    epochs.selectAll()
    QTest.keyClicks(epochs, "2")
    assert pane.explanation.text().startswith("Epochs: ")


# ------------------------------------------------------------------------------ targets


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process can grow beyond 2,000 bytes, not even pytest's own output.

    Python keeps no bytecode meanwhile: what it could not write whole would stay, and harm the next.
    """
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    writes_bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        sys.dont_write_bytecode = writes_bytecode


@pytest.mark.parametrize(
    ("name", "file"), [("save-weights", "w.safetensors"), ("export-arrays", "a.npz")]
)
def test_a_full_target_keeps_the_old_file(
    window: MainWindow,
    tmp_path: Path,
    name: str,
    file: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / file
    target.write_bytes(b"the old one")
    # Not through the dialog: it would ask whether the old file may go, which others test.
    monkeypatch.setattr(FileDialogs, "save", lambda *_: target)
    with full_disk():
        if name == "save-weights":
            window.networks.save(target)
        else:
            window.actions_[name].trigger()
    assert f"{target} could not be written" in window.messages.text
    assert target.read_bytes() == b"the old one"
    assert [path.name for path in tmp_path.iterdir()] == [file]
