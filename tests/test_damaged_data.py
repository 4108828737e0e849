"""Whatever a data set holds, reading it ends soon, with little memory, in pictures or a sentence.

`HOSTILE` makes more than a hundred damaged and malicious data sets, each a folder or a file;
properties damage whole ones at random.
"""

import gzip
import io
import itertools
import os
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from lenet_gui.data.collections import Collection, read_collection, tree
from lenet_gui.errors import UserError
from tests.support.bounds import outcome
from tests.support.damage import damaged, examples

Make = Callable[[Path], Path]

IMAGES = bytes.fromhex("00000803 0000000c 0000001c 0000001c") + bytes(range(256)) * 36 + bytes(192)
LABELS = bytes.fromhex("00000801 0000000c") + bytes(range(10)) + bytes(2)
FOUR = {
    "train-images-idx3-ubyte": IMAGES,
    "train-labels-idx1-ubyte": LABELS,
    "t10k-images-idx3-ubyte": IMAGES,
    "t10k-labels-idx1-ubyte": LABELS,
}
PICTURES = np.frombuffer(IMAGES, np.uint8, offset=16).reshape(12, 28, 28)
CLASSES = np.frombuffer(LABELS, np.uint8, offset=8)
BOMB = bytes(70_000_000)


RUN = str(Path(tempfile.gettempdir()) / f"a-pickle-was-run-{os.getpid()}")


class Pickled:
    """Makes a file where it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str, int]]:
        return os.mkdir, (RUN, 0o700)


def files(folder: Path, contents: dict[str, bytes]) -> Path:
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def four(**changed: bytes) -> Make:
    """The four files, some of them others; "train_images" stands for the first."""

    def make(folder: Path) -> Path:
        names = {name: name.split("-idx")[0].replace("-", "_") for name in FOUR}
        return files(folder, {name: changed.get(names[name], FOUR[name]) for name in FOUR})

    return make


def one(name: str, content: bytes) -> Make:
    """A file alone, which is chosen itself."""
    return lambda folder: files(folder, {name: content}) / name


def npy(array: np.ndarray, **options: bool) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array, **options)
    return stream.getvalue()


def npy_of(header: str, content: bytes = b"") -> bytes:
    written = header.encode("latin1") + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(written) % 65536) + written + content


def npz(**members: bytes | np.ndarray) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(
                f"{name}.npy", npy(member) if isinstance(member, np.ndarray) else member
            )
    return stream.getvalue()


def zipped(contents: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", how) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return stream.getvalue()


def csv_of(rows: int = 12, columns: int = 784, value: str = "7") -> bytes:
    return "\n".join(f"{n % 10}," + ",".join([value] * columns) for n in range(rows)).encode()


def png(width: int = 28, height: int = 28) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(np.arange(width * height, dtype=np.uint8).reshape(height, width)).save(
        stream, "PNG"
    )
    return stream.getvalue()


def tiff_of_a_tile(side: int = 18_432) -> bytes:
    """A TIFF of 28x28 pixels, whose only tile has so many on a side."""
    packer = zlib.compressobj(1)
    tile = b"".join(packer.compress(bytes(side)) for _ in range(side)) + packer.flush()
    # width and height, bits, compression, kind of grey, samples; the tile: sides, place, length
    tags = {256: 28, 257: 28, 258: 8, 259: 8, 262: 1, 277: 1, 322: side, 323: side, 324: 8}
    entries = [struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items()]
    entries.append(struct.pack("<HHII", 325, 4, 1, len(tile)))
    head = b"II*\0" + struct.pack("<I", 8 + len(tile))
    return head + tile + struct.pack("<H", len(entries)) + b"".join(entries) + bytes(4)


def _hidden_table(folder: Path) -> Path:
    """A zip of a gigabyte of nothing that is called its table; the end that says so is hidden.

    What comes after it looks like an end which says that the table is short.
    """
    length = 1 << 30
    sizes = struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, 1, 1, length, 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, length, 1)
    comment = b"PK\x06\x06" + bytes(52)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 46, 0, len(comment))
    with (folder / "a.zip").open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(length)  # no room on the disk
        file.seek(length)
        file.write(b"PK\x06\x06" + sizes + locator + end + comment)
    return folder / "a.zip"


def _said_to_be_packed_large(folder: Path) -> Path:
    """A bomb of arrays, whose table says that it is as large before it is unpacked."""
    length = 200_000_000
    content = bytearray(npz(images=bytes(length), labels=CLASSES))
    struct.pack_into("<L", content, content.index(b"PK\1\2") + 20, length)
    return one("a.npz", bytes(content))(folder)


def _listed_again_and_again(folder: Path) -> Path:
    """An .npz file with one array, which its table has 60 times."""
    content = npz(images=bytes(60_000_000))
    start = content.index(b"PK\1\2")
    table = content[start : content.index(b"PK\5\6")]
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 60, 60, 60 * len(table), start, 0)
    return one("a.npz", content[:start] + 60 * table + end)(folder)


def classes_with(extra: dict[str, bytes]) -> Make:
    """Ten folders of a picture each, and more."""
    return lambda folder: files(folder, {f"{n}/{n}.png": png() for n in range(10)} | extra)


def truncated() -> Iterator[tuple[str, Make]]:
    for key, content in zip(
        ("train_images", "train_labels", "t10k_images", "t10k_labels"), FOUR.values(), strict=True
    ):
        for place in (0, 1, 3, 4, 7, 8, 11, 15, 16, 17, len(content) - 1):
            if place < len(content):
                yield f"{key} cut at {place}", four(**{key: content[:place]})
        for place in (1, 9, 10, 18, 60, -9, -8, -1):
            packed = gzip.compress(content, mtime=0)[:place]
            yield f"gzip of {key} cut at {place}", four(**{key: packed})
    for whole, name in ((npz(images=PICTURES, labels=CLASSES), "a.npz"), (zipped(FOUR), "a.zip")):
        for place in (1, 3, 4, 29, 60, len(whole) // 2, -80, -23, -22, -21, -5, -1):
            yield f"{name} cut at {place}", one(name, whole[:place])
    for place in (1, 8, 20, 33, 40, 60, -13, -1):
        yield f"png cut at {place}", classes_with({"0/1.png": png()[:place]})


def _linked(folder: Path) -> Path:
    files(folder, {"a/0/0.png": png()})
    (folder / "a" / "again").symlink_to(folder)
    (folder / "a" / "0" / "1.png").symlink_to(folder / "a" / "0" / "1.png")
    (folder / "a" / "0" / "2.png").symlink_to("/dev/zero")
    return folder


def _deep(folder: Path) -> Path:
    return files(folder, {"/".join("abcdefghijklm") + "/train-images-idx3-ubyte": IMAGES})


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "train-images-idx3-ubyte")
    return folder


def _folders_called_as_files(folder: Path) -> Path:
    for name in FOUR:
        (folder / name).mkdir()
    return folder


HOSTILE: dict[str, Make] = dict(truncated()) | {
    # counts and dimensions
    "no pictures": four(train_images=IMAGES[:4] + bytes(4) + IMAGES[8:16]),
    "one picture too many": four(train_images=IMAGES[:7] + b"\x0d" + IMAGES[8:]),
    "four thousand million": four(train_images=IMAGES[:4] + b"\xff" * 4 + IMAGES[8:]),
    "sides of 0": four(train_images=IMAGES[:8] + bytes(8) + IMAGES[16:]),
    "huge sides": four(train_images=IMAGES[:8] + b"\xff" * 8 + IMAGES[16:]),
    "sides of 1": four(train_images=IMAGES[:8] + b"\0\0\0\x01" * 2 + IMAGES[16:28]),
    "a long row": four(train_images=b"\0\0\x08\x03\0\0\0\x01\0\0\0\x01\0\0\x24\xc0" + IMAGES[16:]),
    "0 dimensions": four(train_images=b"\0\0\x08\0" + IMAGES[4:]),
    "255 dimensions": four(train_images=b"\0\0\x08\xff" + bytes(1100)),
    "a number of another type": four(train_images=b"\0\0\x0e" + IMAGES[3:]),
    "no type": four(train_images=b"\0\0\x07" + IMAGES[3:]),
    "labels for pictures": four(train_images=LABELS),
    "pictures for labels": four(train_labels=IMAGES),
    "eleven labels": four(train_labels=LABELS[:4] + b"\0\0\0\x0b" + LABELS[8:19]),
    "labels up to 255": four(train_labels=LABELS[:8] + bytes(range(244, 256))),
    "a gzip bomb": four(train_images=gzip.compress(BOMB, 1)),
    "gzip and more": four(train_images=gzip.compress(IMAGES) + b"more"),
    "gzip in gzip": four(train_images=gzip.compress(gzip.compress(IMAGES))),
    "a folder for each file": _folders_called_as_files,
    "another group beside": lambda folder: files(
        folder, FOUR | {f"more-{name}": content for name, content in FOUR.items()}
    ),
    # arrays
    "an array of objects": one(
        "a.npz", npz(images=npy(np.array([Pickled()], object), allow_pickle=True), labels=CLASSES)
    ),
    "a pickle for an array": one("a.npz", npz(images=b"\x80\x04K\x01.", labels=CLASSES)),
    "records": one("a.npz", npz(images=np.zeros(3, "i4,f4"), labels=CLASSES)),
    "dates": one("a.npz", npz(images=np.zeros((12, 4, 4), "M8[s]"), labels=CLASSES)),
    "complex numbers": one("a.npz", npz(images=PICTURES.astype(complex), labels=CLASSES)),
    "text for pictures": one("a.npz", npz(images=PICTURES.astype(str), labels=CLASSES)),
    "text as labels": one("a.npz", npz(images=PICTURES, labels=np.array(["\x1b[31m"] * 12))),
    "not a number": one("a.npz", npz(images=np.full((12, 8, 8), np.nan), labels=CLASSES)),
    "infinite": one("a.npz", npz(images=np.full((12, 8, 8), -np.inf), labels=CLASSES)),
    "one not a number": one(
        "a.npz", npz(images=np.where(PICTURES == 9, np.nan, 1.0), labels=CLASSES)
    ),
    "as large as floats are": one(
        "a.npz", npz(images=np.full((12, 8, 8), 1e308), labels=CLASSES)
    ),
    "as far apart as floats are": one(
        "a.npz", npz(images=np.where(PICTURES > 9, 1e308, -1e308), labels=CLASSES)
    ),
    "colours as large as floats are": one(
        "a.npz", npz(images=np.full((12, 8, 8, 3), 3e38, np.float32), labels=CLASSES)
    ),
    "labels not numbers": one("a.npz", npz(images=PICTURES, labels=np.full(12, np.nan))),
    "labels of halves": one("a.npz", npz(images=PICTURES, labels=CLASSES / 2)),
    "labels below 0": one("a.npz", npz(images=PICTURES, labels=CLASSES.astype(int) - 5)),
    "huge labels": one("a.npz", npz(images=PICTURES, labels=np.full(12, 2**63 - 1))),
    "a single number": one("a.npz", npz(images=np.array(3), labels=CLASSES)),
    "no pictures in an array": one("a.npz", npz(images=PICTURES[:0], labels=CLASSES[:0])),
    "nine dimensions": one("a.npz", npz(images=np.zeros((12, *[1] * 8)), labels=CLASSES)),
    "fewer labels": one("a.npz", npz(images=PICTURES, labels=CLASSES[:5])),
    "a table for labels": one("a.npz", npz(images=PICTURES, labels=np.zeros((12, 0)))),
    "huge shape": one("a.npz", npz(images=npy_of(
        "{'descr': '|u1', 'fortran_order': False, 'shape': (999999999, 28, 28)}"), labels=CLASSES)),
    "negative shape": one("a.npz", npz(images=npy_of(
        "{'descr': '|u1', 'fortran_order': False, 'shape': (-1, -1)}", b"x"), labels=CLASSES)),
    "no shape": one("a.npz", npz(images=npy_of("{'descr': '|u1'}"), labels=CLASSES)),
    "code for a header": one("a.npz", npz(images=npy_of("__import__('os').getcwd()"))),
    "a nested header": one("a.npz", npz(images=npy_of("(" * 5_000 + ")" * 5_000))),
    "a long header": one("a.npz", npz(images=npy_of(" " * 60_000))),
    "an unknown version": one("a.npz", npz(images=b"\x93NUMPY\x09\x00" + bytes(80))),
    "a bomb of arrays": one("a.npz", npz(images=BOMB, labels=CLASSES)),
    "many arrays": one("a.npz", npz(**{f"x{n}": CLASSES for n in range(150)})),
    "no arrays": one("a.npz", zipped({})),
    "other names": one("a.npz", npz(weights=PICTURES, bias=CLASSES, more=CLASSES)),
    "an array alone": one("train-images.npy", npy(PICTURES)),
    # tables
    "an empty table": one("a.csv", b""),
    "a heading alone": one("a.csv", b"label," + b",".join(b"p%d" % n for n in range(784))),
    "a row alone": one("a.csv", csv_of(1)),
    "no columns": one("a.csv", b"1\n2\n3\n"),
    "only commas": one("a.csv", (b"," * 784 + b"\n") * 12),
    "without labels": one("a.csv", csv_of(columns=783)),
    "ragged rows": one("a.csv", b"\n".join(csv_of(1)[: 40 * n] for n in range(1, 40))),
    "an open quote": one("a.csv", csv_of().replace(b",7", b',"7', 1)),
    "quotes everywhere": one("a.csv", b'"' * 3_000),
    "a huge field": one("a.csv", csv_of().replace(b"7", b"7" * 1_200_000, 1)),
    "a long line": one("a.csv", b"1," * 3_000_000),
    "bytes of 0": one("a.csv", bytes(5_000)),
    "UTF-16": one("a.csv", csv_of().decode().encode("utf-16")),
    "no text": one("a.csv", bytes(range(1, 256)) * 40),
    "not numbers in a table": one("a.csv", csv_of(value="nan")),
    "infinite in a table": one("a.csv", csv_of(value="1e999")),
    "words in a table": one("a.csv", csv_of(value="seven")),
    "one level in a table": one("a.csv", csv_of(value="255")),
    "eleven classes": one("a.csv", csv_of(11).replace(b"\n0,", b"\n10,", 1)),
    "a gzip bomb for a table": one("a.csv.gz", gzip.compress(BOMB, 1)),
    "tables of many names": lambda folder: files(folder, {f"{n}.csv": csv_of() for n in "abc"}),
    # archives
    "a zip bomb": one("a.zip", zipped(FOUR | {"train-images-idx3-ubyte": BOMB})),
    "a version of zip to come": one(
        "a.npz",
        npz(images=PICTURES, labels=CLASSES).replace(b"PK\1\2\x14\x03\x14", b"PK\1\2\x14\x03\x99"),
    ),
    "an empty zip": one("a.zip", zipped({})),
    "a zip in a zip": one("a.zip", zipped({"b.zip": zipped(FOUR)})),
    "places outside": one("a.zip", zipped({f"../../../{name}": IMAGES for name in FOUR})),
    "a table of contents too long": one(
        "a.zip", b"PK\x05\x06" + bytes(8) + struct.pack("<II", 1 << 31, 0) + bytes(2)
    ),
    "a table of contents whose length is hidden": _hidden_table,
    "a bomb that is said to be packed large": _said_to_be_packed_large,
    "an array that is listed again and again": _listed_again_and_again,
    "a wrong checksum": one("a.zip", zipped(FOUR).replace(b"\0\0\x08\x03", b"\0\0\x08\x01", 1)),
    "a zip for an npz": one("a.npz", zipped(FOUR)),
    # pictures
    "a picture of no size": classes_with({"0/1.png": png(1, 1)}),
    "a picture of one row": classes_with({"0/1.png": png(300, 1)}),
    "a picture too wide": classes_with({"0/1.png": png(4_000, 5)}),
    "a picture of huge sides": classes_with(
        {"0/1.png": png()[:16] + b"\x7f\xff\xff\xff" * 2 + png()[24:]}
    ),
    "tiles larger than their picture": lambda folder: classes_with({"0/1.tif": tiff_of_a_tile()})(
        folder
    ),
    "text for a picture": classes_with({"0/1.png": b"no picture"}),
    "eleven folders": classes_with({"ten/1.png": png()}),
    "three folders": lambda folder: files(folder, {f"{n}/1.png": png() for n in "abc"}),
    "a table of blank lines beside pictures": lambda folder: files(
        folder, {"labels.txt": b"\n" * 8_000_000, "a.png": png(), "b.png": png()}
    ),
    "names without labels": lambda folder: files(folder, {f"{n}.png": png() for n in "abc"}),
    "folders with odd names": lambda folder: files(
        folder, {f"\x1b[3{n}m\u202e{n}/1.png": png() for n in range(10)}
    ),
    "a picture alone": one("a.png", png()),
    # folders
    "an empty folder": lambda folder: folder,
    "nothing": lambda folder: folder / "gone",
    "a name that cannot be": lambda folder: folder / ("x" * 5_000),
    "a null in a name": lambda folder: folder / "a\0b",
    "links in circles": _linked,
    "too deep": _deep,
    "a pipe": _pipe,
}  # fmt: skip


def state_of(folder: Path) -> dict[str, int]:
    """Everything in a folder, with the time of its last change."""
    found = itertools.islice(folder.rglob("*"), 1_000)
    return {str(path): path.lstat().st_mtime_ns for path in found}


def check(found: Collection | None) -> None:
    """What is read is whole."""
    if found is not None:
        for digits in (found.sets.training, found.sets.test):
            assert len(digits) > 0
            assert digits.images.shape == (len(digits), 28, 28)
        assert found.name.isprintable()
        assert all(name.isprintable() for name in found.class_names)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_every_hostile_data_set_is_read_or_refused_in_a_sentence(tmp_path: Path) -> None:
    assert len(HOSTILE) > 150
    refused = 0
    faults = {}
    for number, (name, make) in enumerate(HOSTILE.items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = make(folder)
        before = state_of(folder)
        try:
            found = outcome(lambda path=path: read_collection(path), megabytes=300)
            check(found)
        except BaseException as error:  # noqa: BLE001 - whatever a reader lets through
            faults[name] = error
            continue
        refused += found is None
        assert state_of(folder) == before, name
    assert not faults
    assert refused > 120
    assert not Path(RUN).exists()


def test_a_folder_of_too_many_files_is_not_gone_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(60):
        (tmp_path / f"{number}.png").touch()
    monkeypatch.setattr(tree, "MOST_FILES", 50)
    monkeypatch.setattr(tree.FolderTree.__init__, "__defaults__", (None, 5, 50))
    assert outcome(lambda: read_collection(tmp_path)) is None


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_zipfile_unpacks_all_at_once_is_not_unpacked(tmp_path: Path, how: int) -> None:
    arrays = {"images.npy": npy(PICTURES), "labels.npy": npy(CLASSES)}
    for name, contents in (("a.zip", FOUR), ("a.npz", arrays)):
        (tmp_path / name).write_bytes(zipped(contents, how))
        with pytest.raises(UserError, match=r"is packed in an unusual way: unpack it first\.$"):
            read_collection(tmp_path / name)


@examples(40, fuzzed=1500)
@given(damaged([npz(images=PICTURES, labels=CLASSES), zipped(FOUR), csv_of(10, 16)]))
def test_damaged_files(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    for name in ("a.npz", "a.zip", "a.csv", "a"):
        file = folder / name
        file.write_bytes(content)
        check(outcome(lambda file=file: read_collection(file), megabytes=100))
        file.unlink()


@examples(25, fuzzed=1000)
@given(damaged([png(), png(40, 30)]), st.sampled_from(("0/1.png", "0/1.jpg", "test/3/1.gif")))
def test_damaged_pictures(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str
) -> None:
    folder = classes_with({name: content})(tmp_path_factory.mktemp("pictures"))
    check(outcome(lambda: read_collection(folder), megabytes=100))
