"""The runs are looked for off the window's thread, whatever lies among them."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from lenet_gui.gui.library.runs import RunLibrary


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[RunLibrary]:
    library = RunLibrary(lambda: tmp_path / "runs")
    yield library
    library.close_down()


def a_run(folder: Path, name: str, log: str = '{"event": "stopped"}\n') -> Path:
    run = folder / "runs" / name
    run.mkdir(parents=True)
    (run / "log.jsonl").write_text(log)
    (run / "checkpoint.safetensors").touch()
    return run


def test_runs_are_told_when_they_are_found(runs: RunLibrary, qtbot: QtBot, tmp_path: Path) -> None:
    a_run(tmp_path, "one")
    with qtbot.waitSignals([runs.changed, runs.looked], order="strict"):
        runs.look_again()
        assert not runs.is_settled
        assert runs.runs == ()
    assert [run.folder.name for run in runs.runs] == ["one"]
    with qtbot.assertNotEmitted(runs.changed), qtbot.waitSignal(runs.looked):
        runs.look_again()
    assert runs.is_settled


def test_no_thread_but_its_own_touches_the_disk(
    runs: RunLibrary, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_run(tmp_path, "one")
    seen: set[int] = set()
    real = Path.stat

    def stat(path: Path, **options: bool) -> os.stat_result:
        if tmp_path in path.parents:
            seen.add(threading.get_ident())
        return real(path, **options)

    monkeypatch.setattr(Path, "stat", stat)
    with qtbot.waitSignal(runs.looked):
        runs.look_again()
    assert seen
    assert threading.get_ident() not in seen


def test_what_comes_while_it_looks_is_found_too(
    runs: RunLibrary, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_run(tmp_path, "one")
    begun, go_on = threading.Event(), threading.Event()
    real = Path.glob

    def glob(path: Path, pattern: str) -> list[Path]:
        found = list(real(path, pattern))
        begun.set()
        go_on.wait()
        return found

    monkeypatch.setattr(Path, "glob", glob)
    with qtbot.waitSignal(runs.looked):
        runs.look_again()
        begun.wait()
        a_run(tmp_path, "two")  # it has been passed by
        runs.look_again()
        go_on.set()
    assert {run.folder.name for run in runs.runs} == {"one", "two"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipes_devices_and_nonsense_among_the_runs(
    runs: RunLibrary, qtbot: QtBot, tmp_path: Path
) -> None:
    for name in ("pipe", "zeros", "folder", "link"):
        (a_run(tmp_path, name) / "log.jsonl").unlink()
    os.mkfifo(tmp_path / "runs" / "pipe" / "log.jsonl")
    (tmp_path / "runs" / "zeros" / "log.jsonl").symlink_to("/dev/zero")
    (tmp_path / "runs" / "folder" / "log.jsonl").mkdir()
    (tmp_path / "runs" / "link" / "log.jsonl").symlink_to("../pipe/log.jsonl")
    a_run(tmp_path, "nested", "[" * 100_000)
    a_run(tmp_path, "long", '{"event": "finished", "number": 1' + "0" * 100_000 + "}")
    a_run(tmp_path, "whole", '{"event": "finished"}')
    with qtbot.waitSignal(runs.looked):
        runs.look_again()
    assert {run.folder.name for run in runs.runs} == {
        "pipe", "zeros", "folder", "link", "nested", "long", "whole",
    }  # fmt: skip
    assert [run.name for run in runs.runs if not run.resumable] == ["whole"]


def test_the_end_does_not_wait_for_another_look(runs: RunLibrary) -> None:
    runs.look_again()
    runs.look_again()
    runs.close_down()
    assert runs.runs == ()


def test_a_run_is_renamed_and_removed_and_everybody_hears_which(
    runs: RunLibrary, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = a_run(tmp_path, "one")
    a_run(tmp_path, "two")
    with qtbot.waitSignal(runs.looked):
        runs.look_again()
    with qtbot.assertNotEmitted(runs.refused), qtbot.waitSignal(runs.renamed) as told:
        runs.look_again()  # overtaken: it may have seen the old name
        runs.rename(folder, "mine")
        assert runs.is_changing
        assert not runs.is_settled
    assert told.args == [folder, folder.with_name("mine")]
    with qtbot.assertNotEmitted(runs.changed), qtbot.waitSignal(runs.looked):
        pass  # nothing else than what was told
    assert {run.name for run in runs.runs} == {"mine", "two"}
    with qtbot.waitSignals([runs.removed, runs.changed, runs.looked], order="strict"):
        runs.delete(folder.with_name("mine"))
    assert [run.name for run in runs.runs] == ["two"]
    assert not folder.with_name("mine").exists()


def test_what_is_thrown_away_lies_in_the_trash(
    runs: RunLibrary, qtbot: QtBot, own_folders: Path, tmp_path: Path
) -> None:
    with qtbot.waitSignals([runs.removed, runs.looked]):
        runs.throw_away(a_run(own_folders / "data", "one"))
    assert (own_folders / "data" / "Trash" / "files" / "one" / "log.jsonl").exists()
    (own_folders / "data" / "Trash" / "files" / "one").rename(tmp_path / "one")


def test_where_there_is_no_trash_the_run_stays(
    runs: RunLibrary, qtbot: QtBot, own_folders: Path
) -> None:
    folder = a_run(own_folders / "data", "one")
    (own_folders / "data" / "Trash").touch()
    with qtbot.assertNotEmitted(runs.removed), qtbot.waitSignals([runs.not_trashed, runs.looked]):
        runs.throw_away(folder)
    assert folder.exists()


def test_what_cannot_be_done_is_told(runs: RunLibrary, qtbot: QtBot, tmp_path: Path) -> None:
    folder = a_run(tmp_path, "one")
    a_run(tmp_path, "two")
    with qtbot.waitSignal(runs.looked), qtbot.waitSignal(runs.refused) as told:
        runs.rename(folder, "two")
        runs.delete(folder)  # one thing at a time
    assert told.args == ["A run two already exists: type another name."]
    assert {run.name for run in runs.runs} == {"one", "two"}
