"""A run gets another name or goes, unless it is being trained, and never at another's cost."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.errors import UserError
from lenet_gui.training.lock import locked
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.run import Run
from lenet_gui.training.run_changes import delete_run, rename_run, throw_run_away


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run.create(tmp_path / "runs", Recipe(name="mine"))


def refused(folder: Path, name: str) -> str:
    before = sorted(folder.parent.iterdir())
    with pytest.raises(UserError) as caught:
        rename_run(folder, name)
    assert sorted(folder.parent.iterdir()) == before
    return str(caught.value)


def test_a_run_gets_another_name_and_keeps_what_it_holds(run: Run) -> None:
    renamed = rename_run(run.folder, "  with teachers, größer ")
    assert renamed == run.folder.parent / "with teachers, größer"
    assert Run.open(renamed).recipe == run.recipe
    assert not run.folder.exists()
    assert rename_run(renamed, renamed.name) == renamed
    assert [path.name for path in renamed.iterdir()] == ["recipe.json"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "A run needs a name: type one."),
        (" \t ", "A run needs a name: type one."),
        ("a/b", "A run's name cannot contain “/”: type another name."),
        ("a\\b", "cannot contain “\\”:"),
        ("what?", "cannot contain “?”:"),
        ("a\nb", "cannot contain “\\n”:"),
        ("a\0b", "cannot contain “\\x00”:"),
        ("\u202eb", "cannot contain “\\u202e”:"),
        ("..", "cannot begin or end with a dot"),
        (".hidden", "cannot begin or end with a dot"),
        ("end.", "cannot begin or end with a dot"),
        ("ö" * 101, "The name is too long: type a shorter one."),
    ],
)
def test_names_that_no_run_can_have(run: Run, name: str, told: str) -> None:
    assert told in refused(run.folder, name)


def test_a_name_is_given_once(run: Run) -> None:
    (run.folder.parent / "empty").mkdir()  # which a plain rename would replace
    (run.folder.parent / "gone").symlink_to("nowhere")
    for name in ("empty", "gone"):
        assert refused(run.folder, name) == f"A run {name} already exists: type another name."


def test_a_run_in_training_is_neither_renamed_nor_removed(run: Run) -> None:
    with locked(*run.files.written_whole):
        assert "Another training run is writing" in refused(run.folder, "other")
        with pytest.raises(UserError, match="Another training run is writing"):
            delete_run(run.folder)
        with pytest.raises(UserError, match="Another training run is writing"):
            throw_run_away(run.folder, lambda _folder: pytest.fail("it is in training"))
    assert run.recipe_file.exists()


def test_a_run_that_has_gone_is_told_and_not_made_anew(run: Run) -> None:
    delete_run(run.folder)
    assert "could not be renamed" in refused(run.folder, "other")
    with pytest.raises(UserError, match="could not be removed"):
        delete_run(run.folder)
    with pytest.raises(UserError, match="no longer exists"):
        throw_run_away(run.folder, lambda _folder: True)
    assert not run.folder.exists()


def test_the_trash_says_whether_it_took_the_run(run: Run) -> None:
    asked: list[Path] = []
    assert not throw_run_away(run.folder, lambda folder: bool(asked.append(folder)))
    assert asked == [run.folder]
    assert run.folder.exists()
    assert throw_run_away(run.folder, lambda _folder: True)


@given(st.text(max_size=12))
def test_whatever_is_typed_the_run_stays_beside_the_others(name: str) -> None:
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        run = Run.create(place, Recipe())
        try:
            folder = rename_run(run.folder, name)
        except UserError:
            folder = run.folder
        assert folder.parent == place
        assert list(place.iterdir()) == [folder]
        assert Run.open(folder).recipe == run.recipe
