"""Forms in which courses, toolboxes and archives hand out digits, and what is said of the rest."""

import gzip
import pickle
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
from PIL import Image

from lenet_gui.data.collections import Collection, read_collection
from lenet_gui.errors import UserError

Arrays = tuple[np.ndarray, np.ndarray]


def is_same(found: Collection, arrays: Arrays) -> bool:
    """Whether the set, divided in two, has these pictures with their labels, in any order."""
    sets = (found.sets.training, found.sets.test)
    images = np.concatenate([one.images for one in sets])
    labels = np.concatenate([one.labels for one in sets])
    listed = [
        sorted((image.tobytes(), int(label)) for image, label in zip(*pair, strict=True))
        for pair in ((images, labels), arrays)
    ]
    return listed[0] == listed[1]


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read_collection(path)
    return str(caught.value)


# ---------------------------------------------------------------- arrays


@pytest.mark.parametrize(
    "keys",
    [
        ("trainX", "trainY", "testX", "testY"),
        ("Xtrain", "ytrain", "Xtest", "ytest"),
        ("trainImages", "trainLabels", "testImages", "testLabels"),
    ],
)
def test_names_of_arrays_written_in_one(
    keys: tuple[str, ...], ten_each: Arrays, tmp_path: Path
) -> None:
    np.savez(tmp_path / "mine.npz", **dict(zip(keys, ten_each * 2, strict=True)))
    found = read_collection(tmp_path / "mine.npz")
    assert found.counts == ((3,) * 10, (3,) * 10)


@pytest.mark.parametrize("keys", [("features", "targets"), ("digits", "labels"), ("inputs", "out")])
def test_names_of_pictures_and_labels(
    keys: tuple[str, ...], ten_each: Arrays, tmp_path: Path
) -> None:
    np.savez(tmp_path / "mine.npz", **dict(zip(keys, ten_each, strict=True)))
    assert is_same(read_collection(tmp_path / "mine.npz"), ten_each)


def test_pictures_of_both_sets_are_no_pictures_and_labels(ten_each: Arrays, tmp_path: Path) -> None:
    np.savez(tmp_path / "mine.npz", x_train=ten_each[0], x_test=ten_each[0])
    assert "has no arrays of pictures and labels (it has x_train, x_test)" in refusal(
        tmp_path / "mine.npz"
    )


@pytest.mark.parametrize(
    ("images", "labels"),
    [
        (lambda images: np.moveaxis(images, 0, -1), lambda labels: labels[:, None]),
        (
            lambda images: np.moveaxis(np.stack([images] * 3, 3), 0, -1),
            lambda labels: labels[None],
        ),
        (lambda images: images.reshape(30, -1).T, lambda labels: labels[None]),
    ],
    ids=["grey", "colour", "pixels"],
)
def test_pictures_along_the_last_side_as_matlab_has_them(
    images: Callable[[np.ndarray], np.ndarray],
    labels: Callable[[np.ndarray], np.ndarray],
    ten_each: Arrays,
    tmp_path: Path,
) -> None:
    np.savez(tmp_path / "mine.npz", X=images(ten_each[0]), y=labels(ten_each[1]))
    assert is_same(read_collection(tmp_path / "mine.npz"), ten_each)


def test_too_few_labels_are_counted_in_the_right_number(ten_each: Arrays, tmp_path: Path) -> None:
    np.savez(tmp_path / "mine.npz", X=ten_each[0], y=ten_each[1][:1])
    assert "has 1 label for 30 pictures" in refusal(tmp_path / "mine.npz")


def test_pictures_whose_label_is_no_number_are_left_out(ten_each: Arrays, tmp_path: Path) -> None:
    labels = ten_each[1].astype(np.float64)
    labels[4] = np.nan
    np.savez(tmp_path / "mine.npz", images=ten_each[0], labels=labels)
    found = read_collection(tmp_path / "mine.npz")
    assert found.left_out == {"pictures without a label": 1}
    assert is_same(found, (np.delete(ten_each[0], 4, 0), np.delete(ten_each[1], 4)))


@pytest.mark.parametrize("names", [("images", "labels"), ("X", "y"), ("own_images", "own_labels")])
def test_an_array_a_file_of_one_set(
    names: tuple[str, str], ten_each: Arrays, tmp_path: Path
) -> None:
    for name, array in zip(names, ten_each, strict=True):
        np.save(tmp_path / f"{name}.npy", array)
        np.save(tmp_path / f"{name}_val.npy", array[:2])
    for path in (tmp_path, tmp_path / f"{names[1]}.npy"):
        assert is_same(read_collection(path), ten_each)
    (tmp_path / f"{names[1]}.npy").unlink()
    assert "is not a data set that can be read" in refusal(tmp_path / f"{names[0]}.npy")


@pytest.mark.parametrize("form", ["digit {0}", "Number_{0}", "num{0}", "{0} - {1}", "{0}_{1}"])
def test_names_of_classes_that_are_digits(form: str, ten_each: Arrays, tmp_path: Path) -> None:
    words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    names = np.array([form.format(label, words[label]) for label in ten_each[1]])
    few = ten_each[1] != 4  # fewer than ten are enough of digits
    np.savez(tmp_path / "mine.npz", images=ten_each[0][few], labels=names[few])
    found = read_collection(tmp_path / "mine.npz")
    assert found.are_digits
    assert is_same(found, (ten_each[0][few], ten_each[1][few]))


@pytest.mark.parametrize("form", ["level {}", "digit {} of blue", "digit 1{}", "{} {}"])
def test_names_of_classes_with_numbers_that_are_no_digits(
    form: str, ten_each: Arrays, tmp_path: Path
) -> None:
    names = np.array([form.format(label, (label + 1) % 10) for label in ten_each[1]])
    np.savez(tmp_path / "mine.npz", images=ten_each[0], labels=names)
    found = read_collection(tmp_path / "mine.npz")
    assert found.class_names == tuple(sorted(set(names)))


# ---------------------------------------------------------------- tables


def lines_of(arrays: Arrays, number: str, between: str) -> str:
    rows = zip(*arrays, strict=True)
    return "\n".join(
        between.join([str(label), *(number % level for level in image.ravel())])
        for image, label in rows
    )


@pytest.mark.parametrize("name", ["digits.txt", "digits.data", "zip.train", "optdigits.tra"])
def test_a_table_of_another_name(name: str, ten_each: Arrays, tmp_path: Path) -> None:
    (tmp_path / name).write_text(lines_of(ten_each, "%d", " "))
    (tmp_path / "notes.txt").write_text("Digits of our course,\nwritten in spring.\n")
    for path in (tmp_path / name, tmp_path):
        assert is_same(read_collection(path), ten_each)


def test_two_tables_as_usps_has_them(ten_each: Arrays, tmp_path: Path) -> None:
    for name in ("zip.train.gz", "zip.test.gz"):
        (tmp_path / name).write_bytes(gzip.compress(lines_of(ten_each, "%.4f ", " ").encode()))
    assert read_collection(tmp_path).counts == ((3,) * 10, (3,) * 10)


def test_a_table_with_decimal_commas(ten_each: Arrays, tmp_path: Path) -> None:
    text = lines_of((ten_each[0] / 255, ten_each[1]), "%.5f", ";").replace(".", ",")
    (tmp_path / "mine.csv").write_text(text)
    assert is_same(read_collection(tmp_path / "mine.csv"), ten_each)


# ---------------------------------------------------------------- what is said


def test_the_note_on_labels_in_names_is_a_sentence(ten_each: Arrays, tmp_path: Path) -> None:
    for number, (image, label) in enumerate(zip(*ten_each, strict=True)):
        Image.fromarray(image).save(tmp_path / f"{number:05}-num{label}.png")
    assert read_collection(tmp_path).notes[0] == (
        "The label of a picture is the number after a word such as label in its file's name."
    )


def test_the_class_that_does_not_belong_there_is_named(ten_each: Arrays, tmp_path: Path) -> None:
    labels = ten_each[1].astype("U8")
    labels[3] = "unsorted"
    np.savez(tmp_path / "mine.npz", images=ten_each[0], labels=labels)
    assert "has 11 classes (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, unsorted)" in refusal(
        tmp_path / "mine.npz"
    )
    letters = np.array([chr(ord("a") + number % 26) for number in range(30)])
    np.savez(tmp_path / "mine.npz", images=ten_each[0], labels=letters)
    assert "has 26 classes (a, b, c, d, e, f, …, u, v, w, x, y, z)" in refusal(
        tmp_path / "mine.npz"
    )


def test_of_classes_from_1_to_10_the_0_is_asked_for(ten_each: Arrays, tmp_path: Path) -> None:
    labels = np.where(ten_each[1] == 0, 10, ten_each[1])
    np.savez(tmp_path / "svhn.npz", images=ten_each[0], labels=labels)
    told = "Its classes are 1 to 10: if they are digits and 10 is a 0, as in SVHN, write 0 for it."
    assert told in read_collection(tmp_path / "svhn.npz").notes
    np.savez(tmp_path / "digits.npz", images=ten_each[0], labels=ten_each[1])
    assert told not in read_collection(tmp_path / "digits.npz").notes


def test_a_sparse_table_is_told(tmp_path: Path) -> None:
    (tmp_path / "usps").write_text("7 1:-1 2:-0.5 3:1e-3 4:1 9:1\n" * 9)
    assert "usps is a table in the sparse form of LIBSVM, which is not read" in refusal(
        tmp_path / "usps"
    )


def test_a_packed_pickle_is_told(tmp_path: Path) -> None:
    (tmp_path / "mnist.pkl.gz").write_bytes(gzip.compress(pickle.dumps([1, 2])))
    assert "mnist.pkl.gz is a Python pickle" in refusal(tmp_path / "mnist.pkl.gz")


def test_of_a_folder_what_holds_the_data_is_told(tmp_path: Path) -> None:
    """As Arrow files of a library of data sets lie beside their descriptions."""
    (tmp_path / "dataset_info.json").write_text("{}")
    (tmp_path / "mnist-train.arrow").write_bytes(b"ARROW1\0\0")
    assert "mnist-train.arrow is an Arrow file" in refusal(tmp_path)


def test_of_a_folder_without_endings_the_content_tells(tmp_path: Path) -> None:
    (tmp_path / "data_batch_1").write_bytes(pickle.dumps({b"labels": [1]}))
    (tmp_path / "readme").write_text("Batches.")
    assert "data_batch_1 is a Python pickle" in refusal(tmp_path)


def test_an_archive_in_an_archive_is_to_be_unpacked(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "inner.zip", "w") as inner:
        inner.writestr("a.txt", "1")
    with ZipFile(tmp_path / "outer.zip", "w") as outer:
        outer.write(tmp_path / "inner.zip", "digits/inner.zip")
    assert "inner.zip in " in refusal(tmp_path / "outer.zip")
    assert "is a zip archive: unpack it first" in refusal(tmp_path / "outer.zip")
