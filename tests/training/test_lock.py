"""One training run at a time writes a file, and one that was killed holds nothing."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lenet_gui.data.digits import DigitSets
from lenet_gui.errors import UserError
from lenet_gui.training.control import Control
from lenet_gui.training.ending import RunFiles, train_and_keep
from lenet_gui.training.events import EpochEnded, Finished
from lenet_gui.training.journal import Journal, read_history
from lenet_gui.training.lock import locked, remove_stale_locks
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.run import Run

HOLDS = """
import sys
from pathlib import Path
from lenet_gui.training.lock import locked, remove_stale_locks
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(place: Path) -> subprocess.Popen[str]:
    """Another process that holds a place until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(place)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def refusal(*places: Path) -> str:
    with pytest.raises(UserError) as caught, locked(*places):
        pass
    return str(caught.value)


def test_another_process_is_refused_until_the_first_has_ended(tmp_path: Path) -> None:
    place = tmp_path / "w"
    process = holder(place)
    assert refusal(tmp_path / "other", place) == (
        f"Another training run is writing {place}: wait until it has ended, or choose another "
        "place."
    )
    process.communicate("")
    with locked(place):
        assert [path.name for path in tmp_path.iterdir()] == [".w.lenet-lock"]
    assert not list(tmp_path.iterdir())


def test_a_killed_process_holds_nothing_and_what_it_left_is_removed(tmp_path: Path) -> None:
    place = tmp_path / "w"
    process = holder(place)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert (tmp_path / ".w.lenet-lock").exists()
    with locked(place):
        assert refusal(place)
    assert not list(tmp_path.iterdir())


def test_what_killed_processes_left_is_removed_and_what_is_held_is_not(tmp_path: Path) -> None:
    killed, living = holder(tmp_path / "killed"), holder(tmp_path / "living")
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    (tmp_path / ".text.lenet-lock").write_text("mine")
    (tmp_path / ".folder.lenet-lock").mkdir()
    (tmp_path / ".link.lenet-lock").symlink_to("precious")
    os.mkfifo(tmp_path / ".pipe.lenet-lock")
    (tmp_path / "precious").write_bytes(b"")
    (tmp_path / ".other.lock").write_bytes(b"")
    before = {path.name for path in tmp_path.iterdir()}
    remove_stale_locks(tmp_path)
    assert before - {path.name for path in tmp_path.iterdir()} == {".killed.lenet-lock"}
    assert refusal(tmp_path / "living")
    living.communicate("")
    remove_stale_locks(tmp_path / "gone")


def test_one_place_by_several_names(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "link").symlink_to("w")
    names = [tmp_path / "w", tmp_path / "sub" / ".." / "w", tmp_path / "link"]
    with locked(*names):
        for name in names:
            assert f"is writing {name}: " in refusal(name)
        with locked(tmp_path / "v", tmp_path / "sub" / "w"):
            pass


def test_where_there_can_be_no_lock_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / ".w.lenet-lock").mkdir()
    with locked(tmp_path / "file" / "w", tmp_path / "w", tmp_path / ("x" * 255)):
        pass


def test_a_file_of_that_name_that_was_there_stays(tmp_path: Path) -> None:
    (tmp_path / ".w.lenet-lock").write_text("mine")
    with locked(tmp_path / "w"):
        assert refusal(tmp_path / "w")
    assert (tmp_path / ".w.lenet-lock").read_text() == "mine"


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    with locked(tmp_path / "new" / "w"):
        assert refusal(tmp_path / "new" / "w")


def files(folder: Path, **changes: Path) -> RunFiles:
    return RunFiles.beside(folder / "w", **changes)


def test_a_second_training_is_refused_and_the_first_ends_well(
    recipe: Recipe, sets: DigitSets, tmp_path: Path
) -> None:
    own = files(tmp_path, log=tmp_path / "log", result=tmp_path / "result")
    events = train_and_keep(recipe, sets, own, Control())
    begun = [next(events), next(events)]
    for other in (
        own,
        RunFiles.beside(tmp_path / "w.checkpoint"),
        RunFiles.beside(tmp_path / "v", result=tmp_path / "result"),
        RunFiles.beside(tmp_path / "v", log=tmp_path / "log"),
    ):
        with pytest.raises(
            UserError, match=r"^Another training run is writing .*: wait until it has"
        ):
            next(train_and_keep(recipe, sets, other, Control()))
    assert isinstance([*begun, *events][-1], Finished)
    assert read_history(tmp_path / "log").outcome == "finished"
    left = ["log", "result", "w", "w.checkpoint", "w.epochs"]
    assert sorted(path.name for path in tmp_path.iterdir()) == left
    assert isinstance(list(train_and_keep(recipe, sets, own, Control()))[-1], Finished)


def test_a_run_that_is_trained_elsewhere_is_neither_taken_up_nor_discarded(
    recipe: Recipe, sets: DigitSets, tmp_path: Path
) -> None:
    run = Run.create(tmp_path, recipe)
    events = run.train(sets, Control())
    for event in events:
        if isinstance(event, EpochEnded) and event.epoch == 2:
            break
    same = Run.open(run.folder)
    with pytest.raises(UserError, match="Another training run is writing"):
        next(same.train(sets, Control(), resume=True))
    with pytest.raises(UserError, match="Another training run is writing"):
        same.delete()
    events.close()
    assert isinstance(list(same.train(sets, Control(), resume=True))[-1], Finished)
    assert not [path for path in run.folder.iterdir() if path.name.startswith(".")]
    same.delete()
    assert not list(tmp_path.iterdir())


def test_a_log_that_is_being_written_can_be_read_and_not_written(tmp_path: Path) -> None:
    with Journal(tmp_path / "log"):
        assert read_history(tmp_path / "log").epochs == ()
        with pytest.raises(UserError, match=r"Another training run is writing the log .*log: wait"):
            Journal(tmp_path / "log")
    with Journal(tmp_path / "log"):
        pass


def test_a_pipe_may_be_the_log_of_several(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reading = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    with Journal(tmp_path / "pipe"), Journal(tmp_path / "pipe"):
        pass
    os.close(reading)
