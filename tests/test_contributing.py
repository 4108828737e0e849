"""The examples of the contributing guide, applied to a copy of the program, work as they stand."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
GUIDE = PROJECT / ".github" / "CONTRIBUTING.md"

EXAMPLE = re.compile(r"`([^`\s]+)`:\n\n```(python|diff)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
"""A file's path with a colon, and under it the file, or what changes in it."""


def examples() -> list[tuple[str, str, str]]:
    """Path, kind and text of each, in their order."""
    return EXAMPLE.findall(GUIDE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program and its tests with every example in it."""
    place = tmp_path_factory.mktemp("copy")
    for name in ("lenet_gui", "tests", "weights", "assets"):
        shutil.copytree(PROJECT / name, place / name)
    shutil.copy(PROJECT / "pyproject.toml", place)
    for path, kind, text in examples():
        file = place / path
        if kind == "python":
            assert not file.exists(), f"{path} is there already"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        else:
            file.write_text(changed(file.read_text(encoding="utf-8"), text), encoding="utf-8")
    return place


def changed(text: str, diff: str) -> str:
    """`text` with the lines of one hunk changed, wherever they stand."""
    lines = diff.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] != "+")
    after = "".join(line[1:] for line in lines if line[0] != "-")
    assert text.count(before) == 1, f"these lines of the guide are not those of the file:\n{diff}"
    return text.replace(before, after)


def ran(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_there_is_an_example_of_a_view_and_one_of_a_field() -> None:
    paths = [path for path, _, _ in examples()]
    assert "lenet_gui/gui/core/view_table.py" in paths
    assert "lenet_gui/training/recipe.py" in paths


def test_the_examples_pass_their_tests_and_those_of_every_view_and_field(copy: Path) -> None:
    own = [path for path, kind, _ in examples() if kind == "python" and path.startswith("tests/")]
    every = (
        "tests/training/test_recipe.py::test_every_field_is_drawn_in_the_property_above",
        "tests/training/test_recipe.py::test_every_field_has_a_wrong_value_above",
        "tests/training/test_recipe.py::test_json_and_back_gives_the_same_recipe",
        "tests/training/test_recipe.py::test_a_field_is_fully_described",
        "tests/gui/training/recipe/test_form.py::test_nothing_of_a_loaded_recipe_is_lost",
        "tests/gui/training/recipe/test_form.py::test_every_field_of_a_recipe_is_in_the_form",
        "tests/cli/test_train.py::test_every_field_of_a_recipe_has_an_option_with_a_help",
        "tests/gui/app/test_empty_views.py::test_every_view_says_what_it_will_show",
        "tests/gui/app/test_view_stack.py::test_every_tab_can_be_seen_in_a_small_window",
        "tests/gui/app/test_view_stack.py::test_a_tab_and_a_key_bring_each_view",
    )
    done = ran(copy, "-m", "pytest", "-q", "-p", "no:xdist", *own, *every)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_examples_keep_to_the_rules(copy: Path) -> None:
    for command in (("check",), ("format", "--check")):
        done = ran(copy, "-m", "ruff", *command, "--no-cache", "lenet_gui", "tests")
        assert done.returncode == 0, done.stdout
    code = "import sys; from importlinter.cli import lint_imports as c; sys.exit(c(no_cache=True))"
    done = ran(copy, "-c", code)
    assert done.returncode == 0, done.stdout
