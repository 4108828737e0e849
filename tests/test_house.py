"""The house stays as planned: layers of imports, small files, and what a bare import brings in."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent


def test_imports_keep_to_their_layers() -> None:
    """In a process of its own: it silences every logger that there is."""
    code = "import sys; from importlinter.cli import lint_imports as c; sys.exit(c(no_cache=True))"
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=PROJECT
    )
    assert answer.returncode == 0, answer.stdout


LIGHT = {
    ("torch", "numpy", "PySide6"): (
        "lenet_gui.cli",
        "lenet_gui.text.units",
        "lenet_gui.text.figures",
    ),
    ("torch", "numpy"): (
        "lenet_gui.net.architecture",
        "lenet_gui.net.codes",
        "lenet_gui.net.audit",
    ),
    ("torch", "PySide6"): (
        "lenet_gui.net.tensor_file",
        "lenet_gui.text.answers",
        "lenet_gui.training.recipe",
        "lenet_gui.training.device_choice",
        "lenet_gui.training.result",
        "lenet_gui.versus.assumptions",
        "lenet_gui.data.mnist",
    ),
    ("PySide6",): ("lenet_gui.training.trainer", "lenet_gui.pictures.sheet"),
}
"""Modules that bring none of these libraries, together or alone."""


def saying(words: str) -> tuple[str, ...]:
    """The modules that say something of themselves."""
    return tuple(
        ".".join(file.relative_to(PROJECT).with_suffix("").parts)
        for file in (PROJECT / "lenet_gui").rglob("*.py")
        if words in (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "")
    )


SAID = {"torch": "No torch", "PySide6": "No Qt"}
"""The words of a module that says of itself that it brings nothing of a library."""


@pytest.mark.parametrize("heavy", [*LIGHT, ("torch",)], ids="-".join)
def test_light_modules_bring_nothing_heavy(heavy: tuple[str, ...]) -> None:
    modules = LIGHT.get(heavy, ())
    if len(heavy) == 1:
        said = saying(SAID[heavy[0]])
        assert len(said) > 9
        modules += said
    told = f"""
import importlib, sys
for module in {modules!r}:
    importlib.import_module(module)
    print(*[(module, name) for name in {heavy!r} if name in sys.modules])
"""
    answer = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=PROJECT
    )
    assert answer.stdout.split() == []


def test_no_file_has_more_than_400_lines() -> None:
    files = (PROJECT / "lenet_gui").rglob("*.py")
    long = [file for file in files if len(file.read_text(encoding="utf-8").splitlines()) > 400]
    assert long == []


def test_the_profile_of_hypothesis_holds_for_every_property() -> None:
    """A property's own settings say how many examples it wants, and nothing else."""
    for file in (PROJECT / "tests").rglob("test_*.py"):
        for said in re.findall(r"\bsettings\(([^)]*)\)", file.read_text(encoding="utf-8")):
            assert re.fullmatch(r"max_examples=\d+", said) or file.name == "test_fuzz.py", file


def test_the_order_of_the_layers_stands_in_one_place() -> None:
    files = (PROJECT / "lenet_gui").rglob("*.py")
    told = [file for file in files if '"C1", "S2", "C3"' in file.read_text(encoding="utf-8")]
    assert told == [PROJECT / "lenet_gui" / "net" / "layers.py"]


def test_every_file_says_why_it_exists() -> None:
    for file in (PROJECT / "lenet_gui").rglob("*.py"):
        assert file.read_text(encoding="utf-8").startswith('"""'), file


def test_the_library_knows_no_widget() -> None:
    for file in (PROJECT / "lenet_gui" / "gui" / "library").glob("*.py"):
        assert "QtWidgets" not in file.read_text(encoding="utf-8"), file


def test_labels_are_made_where_they_are_made_plain() -> None:
    """Qt reads text as HTML that looks like it, unless it is told not to."""
    gui = PROJECT / "lenet_gui" / "gui"
    made = {
        file.name
        for file in gui.rglob("*.py")
        if re.search(r"QLabel\(|\(QLabel\)", file.read_text(encoding="utf-8"))
    }
    assert made == {"plain.py", "guide_link.py"}  # the latter's are links


def test_nothing_of_mnist_or_the_strokes_is_kept_in_the_project() -> None:
    kept = subprocess.run(
        ["git", "ls-files"],  # noqa: S607
        capture_output=True,
        text=True,
        cwd=PROJECT,
        check=False,
    )
    if kept.returncode != 0:
        pytest.skip("the project is not a git checkout here")
    assert not [name for name in kept.stdout.split() if "ubyte" in name or "jsonl" in name]
