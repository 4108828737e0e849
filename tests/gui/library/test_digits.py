"""The digits of the window: read once, off the GUI thread, and anew where they lie elsewhere."""

import gzip
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from lenet_gui import paths
from lenet_gui.gui.core.tasks import Overtaken
from lenet_gui.gui.library import digits as digit_library
from lenet_gui.gui.library.digit_source import DigitSource, LoadingStopped
from lenet_gui.gui.library.digits import DigitLibrary
from lenet_gui.training.control import Control
from lenet_gui.training.recipe import Recipe

LONG = 30_000


@pytest.fixture
def library(small_mnist: Any) -> Iterator[DigitLibrary]:
    library = DigitLibrary(DigitSource(files=small_mnist.files))
    yield library
    library.close_down()


@pytest.fixture
def ten_pictures(tmp_path: Path) -> Path:
    """A data set of a picture for each class."""
    for number in range(10):
        (tmp_path / str(number)).mkdir()
        Image.linear_gradient("L").save(tmp_path / str(number) / "1.png")
    return tmp_path


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(digit_library, "STAND_INS", 20)
    return 20


@pytest.fixture
def changes(library: DigitLibrary) -> list[object]:
    """The sets at every change."""
    heard: list[object] = []
    library.changed.connect(lambda: heard.append(library.sets))
    return heard


def test_without_mnist_built_in_digits_stand_in_and_are_made_once(
    library: DigitLibrary, changes: list[object], few: int, qtbot: QtBot
) -> None:
    assert library.sets is None
    assert not library.are_stand_ins
    library.ask()
    library.ask()  # asked twice, loaded once
    assert library.sets is None
    qtbot.waitUntil(lambda: library.sets is not None, timeout=LONG)
    sets = library.sets
    assert library.are_stand_ins
    assert library.is_missing
    assert len(sets.training) == len(sets.test) == few
    library.ask()
    assert changes == [None, sets]  # missing, and then stood in for


def test_a_folder_without_the_files_is_told_and_a_good_one_is_taken(
    library: DigitLibrary, small_mnist: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    (empty := tmp_path / "empty").mkdir()
    library.set_choice(empty)
    with qtbot.waitSignal(library.failed) as told:
        library.ask()
    assert str(empty) in told.args[0]
    assert library.sets is None
    with qtbot.waitSignal(library.failed):
        library.ask_for_random_digit()
    # What was asked for comes by itself.
    library.set_choice(small_mnist.write(tmp_path / "small"))
    qtbot.waitUntil(lambda: library.sets is not None, timeout=LONG)
    assert not library.are_stand_ins
    assert len(library.sets.training) == 120
    with qtbot.waitSignal(library.failed):
        library.set_choice(empty)
    assert library.sets is None


def test_the_real_mnist_is_read_whole(qtbot: QtBot, real_mnist: Path) -> None:
    library = DigitLibrary()
    library.set_choice(real_mnist)
    library.ask()
    qtbot.waitUntil(lambda: library.sets is not None, timeout=LONG)
    assert (len(library.sets.training), len(library.sets.test)) == (60_000, 10_000)
    library.close_down()


def test_mnist_that_comes_later_takes_the_place_of_its_stand_ins(
    library: DigitLibrary, small_mnist: Any, few: int, qtbot: QtBot
) -> None:
    library.ask()
    qtbot.waitUntil(lambda: library.are_stand_ins, timeout=LONG)
    assert len(library.sets.test) == few
    made = library.sets
    library.look_again()
    assert library.sets is made  # there is still nothing better
    small_mnist.write(paths.mnist_folder())
    library.look_again()
    qtbot.waitUntil(lambda: library.sets is not None and not library.are_stand_ins, timeout=LONG)
    assert library.sets.test.name == "MNIST test"
    assert not library.is_missing


def test_mnist_alone_is_asked_for_without_stand_ins(
    library: DigitLibrary, changes: list[object], qtbot: QtBot
) -> None:
    library.ask_for_mnist()
    qtbot.waitUntil(lambda: library.is_missing, timeout=LONG)
    library.ask_for_mnist()
    assert library.sets is None
    assert changes == [None]


def test_a_random_digit_is_of_mnist_as_soon_as_it_is_there(
    library: DigitLibrary, small_mnist: Any, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(library.supplied, timeout=LONG) as supplied:
        library.ask_for_random_digit()
    assert "MNIST is not on this machine" in supplied.args[1]
    with qtbot.waitSignal(library.supplied):
        library.ask_for_random_digit()
    small_mnist.write(paths.mnist_folder())
    with qtbot.waitSignal(library.supplied, timeout=LONG) as supplied:
        library.ask_for_random_digit()
    words = supplied.args[1]
    assert words.startswith("MNIST test digit ")
    index = int(words.split()[3].rstrip(","))
    ink = supplied.args[0].backdrop.ink
    assert (ink * 255).round().astype(int).tolist() == library.sets.test.images[index].tolist()


def test_a_folder_is_read_before_it_is_chosen(
    library: DigitLibrary, small_mnist: Any, few: int, qtbot: QtBot, tmp_path: Path
) -> None:
    library.ask()
    qtbot.waitUntil(lambda: library.sets is not None, timeout=LONG)
    before = library.sets
    with qtbot.waitSignal(library.refused, timeout=LONG) as refused:
        library.look_at(tmp_path)
    assert str(tmp_path) in refused.args[0]
    assert library.choice is None
    assert library.sets is before
    small = small_mnist.write(tmp_path / "small")
    with qtbot.waitSignal(library.found, timeout=LONG) as found:
        library.look_at(small)
    assert library.sets is before  # until they are taken
    with qtbot.waitSignal(library.taken) as taken:
        library.take(found.args[0])
    assert taken.args == found.args
    assert library.choice == small
    assert len(library.sets.test) == 60


class EndlessSource(DigitSource):
    """Reads until it is told to stop, as a data set of very many pictures is read."""

    begun, stopped = threading.Event(), threading.Event()

    def collection(
        self, choice: object = None, transpose: object = None, progress: Any = None
    ) -> Any:
        self.begun.set()
        try:
            while True:
                progress(1, 2)
        except Overtaken:
            self.stopped.set()
            raise


def test_a_window_that_closes_does_not_wait_for_a_data_set() -> None:
    library = DigitLibrary(EndlessSource())
    library.ask()
    assert EndlessSource.begun.wait(LONG / 1000)
    library.close_down()
    assert EndlessSource.stopped.is_set()


def test_a_training_that_is_stopped_does_not_wait_for_its_data_set(ten_pictures: Path) -> None:
    control = Control()
    control.stop()
    with pytest.raises(LoadingStopped):
        DigitSource().load(Recipe(data=str(ten_pictures)), control, lambda _done, _wanted: None)


def test_a_training_on_the_same_folder_has_the_very_same_digits(
    library: DigitLibrary, small_mnist: Any, qtbot: QtBot
) -> None:
    small_mnist.write(paths.mnist_folder())
    library.ask()
    qtbot.waitUntil(lambda: library.sets is not None, timeout=LONG)
    found: list[Any] = []

    def load(recipe: Recipe) -> None:
        found.append(library.source.load(recipe, Control(), lambda _done, _wanted: None))

    for recipe in (
        Recipe(data="mnist"),
        Recipe(data=str(paths.mnist_folder())),
        Recipe(data="mnist", added_digits=5),
    ):
        thread = threading.Thread(target=load, args=(recipe,))
        thread.start()
        thread.join()
    assert found[0] is found[1] is library.sets
    assert found[2].training is library.sets.training
    assert len(found[2].added) == 5


def test_a_file_that_has_changed_is_read_again(small_mnist: Any) -> None:
    source = DigitSource(files=small_mnist.files)
    folder = small_mnist.write(paths.mnist_folder())
    first = source.collection()
    assert source.collection(folder) is first
    labels = folder / "t10k-labels-idx1-ubyte.gz"
    content = labels.read_bytes()
    labels.unlink()
    labels.with_suffix("").write_bytes(gzip.decompress(content))
    again = source.collection()
    assert again is not first
    assert (again.sets.test.labels == first.sets.test.labels).all()
