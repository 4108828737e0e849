"""Other data sets are read, under their own names, with the names of their classes."""

import csv
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
from PIL import Image

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.data.collections import Collection, read_collection
from lenet_gui.data.collections.known import FASHION
from lenet_gui.data.words import Transpose
from lenet_gui.errors import UserError

Arrays = tuple[np.ndarray, np.ndarray]
WriteIdx = Callable[[np.ndarray], bytes]
NAMES = ("ant", "bee", "cat", "dog", "eel", "fox", "gnu", "hen", "ibis", "jay")


def write_idx(folder: Path, idx_file: WriteIdx, arrays: Arrays, prefix: str = "") -> Path:
    """The same pictures as both sets, as four IDX files."""
    folder.mkdir(parents=True)
    for part in ("train", "test"):
        for kind, array in zip(("images-idx3", "labels-idx1"), arrays, strict=True):
            (folder / f"{prefix}{part}-{kind}-ubyte").write_bytes(idx_file(array))
    return folder


def write_pictures(folder: Path, arrays: Arrays, names: tuple[str, ...] = DIGIT_NAMES) -> Path:
    for number, (image, label) in enumerate(zip(*arrays, strict=True)):
        place = folder / names[label]
        place.mkdir(parents=True, exist_ok=True)
        Image.fromarray(image).save(place / f"{number}.png")
    return folder


def write_table(
    file: Path, arrays: Arrays, *, last: bool = False, heading: bool = False, quoted: bool = False
) -> Path:
    rows = [list(map(str, image.ravel())) for image in arrays[0]]
    if heading:
        rows.insert(0, [f"pixel{n}" for n in range(len(rows[0]))])
    labels = (["label"] if heading else []) + [str(label) for label in arrays[1]]
    with file.open("w", newline="") as opened:
        quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
        writer = csv.writer(opened, quoting=quoting)
        for row, label in zip(rows, labels, strict=True):
            writer.writerow([*row, label] if last else [label, *row])
    return file


def same(found: Collection, arrays: Arrays) -> bool:
    """Whether the pictures are there, in both sets or divided among them."""
    images = np.concatenate((found.sets.training.images, found.sets.test.images))
    labels = np.concatenate((found.sets.training.labels, found.sets.test.labels))

    def listed(images: np.ndarray, labels: np.ndarray) -> set[tuple[bytes, int]]:
        return {(image.tobytes(), int(label)) for image, label in zip(images, labels, strict=True)}

    return listed(images, labels) == listed(*arrays)


def test_own_idx_files_are_called_after_their_folder(
    idx_file: WriteIdx, ten_each: Arrays, tmp_path: Path
) -> None:
    found = read_collection(write_idx(tmp_path / "own subset" / "raw", idx_file, ten_each))
    assert found.name == "own subset"
    assert found.sets.training.name == "own subset training"
    assert found.are_digits
    assert found.counts == ((3,) * 10, (3,) * 10)
    assert same(found, ten_each)


def test_emnist_is_turned_upright_and_need_not_be(
    idx_file: WriteIdx, ten_each: Arrays, tmp_path: Path
) -> None:
    images, labels = ten_each
    folder = write_idx(
        tmp_path / "gzip", idx_file, (images.transpose(0, 2, 1), labels), "emnist-digits-"
    )
    found = read_collection(folder)
    assert (found.name, found.transposed) == ("emnist-digits", True)
    assert same(found, ten_each)
    as_stored = read_collection(folder, Transpose.NO)
    assert as_stored.name == "untransposed emnist-digits"
    assert as_stored.fingerprint != found.fingerprint
    other = read_collection(write_idx(tmp_path / "upright", idx_file, ten_each))
    assert other.fingerprint == found.fingerprint


def test_several_data_sets_in_a_folder_are_told_and_a_file_chooses_one(
    idx_file: WriteIdx, ten_each: Arrays, tmp_path: Path
) -> None:
    folder = write_idx(tmp_path / "gzip", idx_file, ten_each, "emnist-digits-")
    for file in write_idx(tmp_path / "more", idx_file, ten_each, "emnist-mnist-").iterdir():
        file.rename(folder / file.name)
    with pytest.raises(UserError) as caught:
        read_collection(folder)
    assert str(caught.value) == (
        f"{folder} has several data sets (emnist-digits, emnist-mnist): choose a file of the one "
        "that you want."
    )
    found = read_collection(folder / "emnist-mnist-test-labels-idx1-ubyte")
    assert found.name == "emnist-mnist"
    write_idx(tmp_path / "both" / "one", idx_file, ten_each)
    write_idx(tmp_path / "both" / "two", idx_file, ten_each)
    with pytest.raises(UserError, match=r"\(one, two\): choose the folder of the one"):
        read_collection(tmp_path / "both")


def test_fashion_has_its_classes_and_letters_are_refused(
    idx_file: WriteIdx, ten_each: Arrays, tmp_path: Path
) -> None:
    folder = write_idx(tmp_path / "FashionMNIST" / "raw", idx_file, ten_each)
    found = read_collection(folder)
    assert (found.name, found.class_names) == ("FashionMNIST", FASHION)
    assert not found.are_digits
    letters = write_idx(tmp_path / "letters", idx_file, (ten_each[0], np.arange(30) % 26 + 1))
    with pytest.raises(UserError) as caught:
        read_collection(letters)
    assert str(caught.value) == (
        f"{letters} has 26 classes (1 to 26), and the networks tell 10 apart: choose a data set "
        "of 10 classes."
    )


@pytest.mark.parametrize(
    "options", [{}, {"last": True}, {"heading": True}, {"quoted": True, "heading": True}]
)
def test_a_table(options: dict[str, bool], ten_each: Arrays, tmp_path: Path) -> None:
    images = np.clip(ten_each[0], 1, 255) if options.get("last") else ten_each[0]
    found = read_collection(write_table(tmp_path / "mine.csv", (images, ten_each[1]), **options))
    assert found.name == "mine"
    assert (len(found.sets.training), len(found.sets.test)) == (24, 6)
    assert "It has one set, of which 6 pictures" in found.notes[-1]
    assert same(found, (images, ten_each[1]))


def test_a_table_of_32x32_loses_its_margin(ten_each: Arrays, tmp_path: Path) -> None:
    wide = np.pad(ten_each[0], ((0, 0), (2, 2), (2, 2)))
    found = read_collection(write_table(tmp_path / "wide.csv", (wide, ten_each[1])))
    assert same(found, ten_each)
    assert "Pictures of 32x32 pixels were reduced to 28x28" in found.notes[0]


def test_bad_rows_of_a_table_are_counted(ten_each: Arrays, tmp_path: Path) -> None:
    file = write_table(tmp_path / "mine.csv", ten_each)
    lines = file.read_text().splitlines()
    lines[3] = lines[3].rsplit(",", 2)[0]
    lines[4] = lines[4].replace(",0,", ",nan,", 1)
    lines[5] = lines[5].replace(",0,", ",ten,", 1)
    lines[6] = "," + lines[6].split(",", 1)[1]
    file.write_text("\n".join(lines))
    found = read_collection(file)
    assert found.left_out == {
        "rows with another number of columns": 1,
        "rows with a pixel that is not a number": 2,
        "rows without a label": 1,
    }
    assert sum(map(sum, found.counts)) == 26


def test_a_test_table_without_labels_is_told(ten_each: Arrays, tmp_path: Path) -> None:
    write_table(tmp_path / "train.csv", ten_each, heading=True)
    np.savetxt(tmp_path / "test.csv", ten_each[0].reshape(30, -1), fmt="%d", delimiter=",")
    found = read_collection(tmp_path)
    assert found.notes[0] == "test.csv has no labels and is not used."
    assert read_collection(tmp_path / "train.csv").name == tmp_path.name
    assert same(found, ten_each)


@pytest.mark.parametrize(
    "keys",
    [
        ("x_train", "y_train", "x_test", "y_test"),
        ("train_images", "train_labels", "test_images", "test_labels"),
        ("images", "labels"),
        ("X", "y"),
        ("data", "target"),
        ("arr_0", "arr_1"),
    ],
)
def test_arrays_of_usual_names(keys: tuple[str, ...], ten_each: Arrays, tmp_path: Path) -> None:
    np.savez(tmp_path / "mine.npz", **dict(zip(keys, ten_each * 2, strict=False)))
    found = read_collection(tmp_path / "mine.npz")
    assert found.name == "mine"
    assert same(found, ten_each)


@pytest.mark.parametrize(
    ("change", "note"),
    [
        (lambda images: images.astype(np.float32) / 255, "Levels from 0 to 1 were multiplied"),
        (lambda images: images / 127.5 - 1, "Levels from -1 to 1 were spread"),
        (lambda images: images[:, None], ""),
        (lambda images: np.repeat(images[..., None], 3, axis=3), ""),
        (lambda images: images.reshape(30, 784).astype(np.int64), ""),
        (lambda images: 255 - images, "Dark ink on light paper was turned into white on black"),
    ],
)
def test_arrays_of_other_levels_and_forms(
    change: Callable[[np.ndarray], np.ndarray], note: str, ten_each: Arrays, tmp_path: Path
) -> None:
    np.savez(tmp_path / "mine.npz", images=change(ten_each[0]), labels=np.eye(10)[ten_each[1]])
    found = read_collection(tmp_path / "mine.npz")
    assert same(found, ten_each)
    assert note in " ".join(found.notes)


def test_an_array_a_file_as_kmnist_has_them(ten_each: Arrays, tmp_path: Path) -> None:
    for part in ("train", "test"):
        np.savez(tmp_path / f"kmnist-{part}-imgs.npz", ten_each[0])
        np.savez(tmp_path / f"kmnist-{part}-labels.npz", ten_each[1])
    for path in (tmp_path, tmp_path / "kmnist-test-imgs.npz"):
        found = read_collection(path)
        assert found.name == "kmnist"
        assert found.class_names[:3] == ("o", "ki", "su")
        assert same(found, ten_each)


def test_small_pictures_are_scaled_to_the_size_of_digits(tmp_path: Path) -> None:
    images = np.zeros((20, 16, 16), np.uint8)
    images[:, 2:14, 7:9] = 255
    np.savez(tmp_path / "usps.npz", images=images, labels=np.arange(20) % 10)
    found = read_collection(tmp_path / "usps.npz")
    image = found.sets.test.images[0]
    rows, columns = np.nonzero(image > 200)
    assert (rows.min(), rows.max()) == (7, 20)  # 12 of 16 rows, 15 of 20, in the middle of 28
    assert (columns.min(), columns.max()) == (13, 14)
    assert image[:4].max() == 0
    assert found.notes[0].startswith("Pictures of 16x16 pixels were scaled to 20")


def test_a_folder_for_each_class(ten_each: Arrays, tmp_path: Path) -> None:
    write_pictures(tmp_path / "animals" / "train", ten_each, NAMES)
    write_pictures(tmp_path / "animals" / "test", ten_each, NAMES)
    (tmp_path / "animals" / "test" / "ant" / "broken.png").write_bytes(b"\x89PNG and no more")
    (tmp_path / "animals" / "README.txt").write_text("Animals.")
    done: list[tuple[int, int]] = []
    found = read_collection(
        tmp_path / "animals", progress=lambda made, wanted: done.append((made, wanted))
    )
    assert (found.name, found.class_names) == ("animals", NAMES)
    assert found.left_out == {"files that cannot be read as pictures": 1}
    assert same(found, ten_each)
    assert done[0] == (0, 61)


def test_long_names_of_classes_stay_different(ten_each: Arrays, tmp_path: Path) -> None:
    names = tuple(f"a genus of bees and wasps {name} of the southern islands" for name in NAMES)
    found = read_collection(write_pictures(tmp_path, ten_each, names))
    assert len(set(found.class_names)) == 10
    assert same(found, ten_each)


def test_pictures_stand_as_the_camera_was_held(ten_each: Arrays, tmp_path: Path) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6  # held upright: the sensor's rows run down the picture
    for number, (image, label) in enumerate(zip(*ten_each, strict=True)):
        (tmp_path / str(label)).mkdir(exist_ok=True)
        place = tmp_path / str(label) / f"{number}.png"
        Image.fromarray(np.ascontiguousarray(np.rot90(image))).save(place, exif=turned)
    assert same(read_collection(tmp_path), ten_each)


def test_digits_in_words_are_digits(ten_each: Arrays, tmp_path: Path) -> None:
    words = ("Zero", "one", "two", "three", "four", "five", "six", "SEVEN", "eight", "nine")
    found = read_collection(write_pictures(tmp_path / "own", ten_each, words))
    assert found.sets.test.class_names == DIGIT_NAMES
    assert same(found, ten_each)
    write_pictures(tmp_path / "own", ten_each, ("ten", *words[1:]))
    with pytest.raises(UserError, match="has 11 classes"):
        read_collection(tmp_path / "own")


def test_pictures_of_dark_ink_with_the_label_in_their_names(
    ten_each: Arrays, tmp_path: Path
) -> None:
    for number, (image, label) in enumerate(zip(*ten_each, strict=True)):
        Image.fromarray(255 - image).convert("RGB").save(tmp_path / f"{label}_{number:03}.png")
    found = read_collection(tmp_path)
    assert same(found, ten_each)
    assert found.notes[0] == (
        "The label of a picture is the number at the beginning of its file's name."
    )


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("filename,label\n", "{name}.png,{label}\n"),
        ("id;width;Class\n", "{name};28;{label}\n"),
        ("", "pictures/{name}.png {label}\n"),
        ("gone.png,ant\n", "{name}.png,{label}\n"),
    ],
)
def test_pictures_with_their_labels_in_a_table(
    heading: str, row: str, ten_each: Arrays, tmp_path: Path
) -> None:
    pictures = tmp_path / "own" / "pictures"
    pictures.mkdir(parents=True)
    table = heading
    for number, (image, label) in enumerate(zip(*ten_each, strict=True)):
        Image.fromarray(image).save(pictures / f"a{number:03}.png")
        table += row.format(name=f"a{number:03}", label=NAMES[label])
    Image.fromarray(ten_each[0][0]).save(pictures / "unknown.png")
    (tmp_path / "own" / "labels.csv").write_text(table)
    found = read_collection(tmp_path / "own")
    assert same(found, ten_each)
    assert found.class_names == NAMES
    assert found.left_out == {"pictures without a label in the table": 1}
    assert found.notes[0] == "The label of a picture is in labels.csv."
    others = (b"size,date\n28,today\n" * 40, b"", b"\0,\0\n" * 9, b"a000.png," + bytes(1 << 18))
    for other in others:
        (tmp_path / "own" / "labels.csv").write_bytes(other)
        with pytest.raises(UserError, match="has 31 pictures without labels"):
            read_collection(tmp_path / "own")


@pytest.mark.parametrize(
    ("paper", "ink", "told"),
    [
        (240, 60, "Levels from 15 (paper) to 195 (ink) were spread to 0 to 255."),
        (90, 200, "Levels from 90 (paper) to 200 (ink) were spread to 0 to 255."),
        (0, 120, "Levels from 0 (paper) to 120 (ink) were spread to 0 to 255."),
        (253, 20, ""),
    ],
)
def test_grey_paper_and_faint_ink(
    paper: int, ink: int, told: str, ten_each: Arrays, tmp_path: Path
) -> None:
    images, labels = ten_each
    levels = np.rint(paper + images / 255.0 * (ink - paper)).astype(np.uint8)
    found = read_collection(write_pictures(tmp_path / "own", (levels, labels)))
    spread = [note for note in found.notes if "spread" in note]
    assert spread == ([told] if told else [])
    if told:
        kept = np.concatenate((found.sets.training.images, found.sets.test.images))
        assert sorted(kept.sum(axis=(1, 2), dtype=np.int64)) == pytest.approx(
            sorted(images.sum(axis=(1, 2), dtype=np.int64)), rel=0.02
        )


def test_pictures_without_paper_keep_their_levels(tmp_path: Path) -> None:
    photographs = np.random.default_rng(0).integers(40, 200, (20, 28, 28), np.uint8)
    np.savez(tmp_path / "photos.npz", images=photographs, labels=np.arange(20) % 10)
    found = read_collection(tmp_path / "photos.npz")
    assert same(found, (photographs, np.arange(20) % 10))


def test_light_ink_on_a_transparent_ground(ten_each: Arrays, tmp_path: Path) -> None:
    for number, (image, label) in enumerate(zip(*ten_each, strict=True)):
        white = np.full((28, 28, 4), 255, np.uint8)
        white[..., 3] = image
        (tmp_path / str(label)).mkdir(exist_ok=True)
        Image.fromarray(white).save(tmp_path / str(label) / f"{number}.png")
    assert same(read_collection(tmp_path), ten_each)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.parquet", b"PAR1" + bytes(60), "is a Parquet file, which is not read"),
        ("a.h5", b"\x89HDF\r\n\x1a\n", "is an HDF5 file (.h5, as Keras writes), which is not read"),
        ("a.mat", b"MATLAB 5.0 MAT-file", "is a MATLAB file"),
        (
            "a.pkl",
            b"\x80\x04K\x01.",
            "is a Python pickle, which could run any code: save its",
        ),
        ("a.tar.gz", b"\x1f\x8b\x08", "is a tar archive: unpack it first"),
        ("a.xz", b"\xfd7zXZ\0", "is compressed with xz: unpack it first"),
        ("a.csv.url", b"<!DOCTYPE html>", "is a web page"),
        ("a.csv", b"\n<html><body>", "is a web page, not the file that it offers"),
        ("a.zip", b"version https://git-lfs", "is only a pointer of Git LFS: fetch the file"),
        ("a.png", b"\x89PNG", "is a single picture"),
        ("a", b"", "is empty"),
        ("a.zip", b"PK\3\4", "is damaged or not a zip archive"),
    ],
)
def test_other_files_are_told_what_they_are(
    name: str, content: bytes, told: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError) as caught:
        read_collection(tmp_path / name)
    assert f"{tmp_path / name} {told}" in str(caught.value)


def test_a_spreadsheet_is_no_archive_of_files(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "digits.xlsx", "w") as archive:
        for name in ("[Content_Types].xml", "xl/workbook.xml"):
            archive.writestr(name, "<xml/>")
    with pytest.raises(UserError, match="is a spreadsheet: save it as CSV"):
        read_collection(tmp_path / "digits.xlsx")
