"""`import lenet_gui` offers the names that the guide lists, with types, and loads nothing heavy."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import lenet_gui
from lenet_gui.guide.pages import guide

PROJECT = Path(__file__).resolve().parent.parent.parent
PAGE = guide().pages["python"].text
HEAVY = ("torch", "PySide6", "numpy", "PIL", "scipy")

PROGRAM = f"""
import sys, lenet_gui
dir(lenet_gui), lenet_gui.UserError, lenet_gui.__version__
print([name for name in {HEAVY!r} if name in sys.modules])
lenet_gui.PRESETS, lenet_gui.recipe, lenet_gui.digits
print([name for name in ("torch", "PySide6") if name in sys.modules])
"""


def test_the_import_loads_nothing_heavy_and_recipes_and_digits_do_without_torch() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["[]", "[]"]


def test_the_guide_lists_every_name_and_no_other() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert sorted(listed) == dir(lenet_gui) == sorted(lenet_gui.__all__)
    assert len(set(listed)) == len(listed)
    for name in listed:
        assert getattr(lenet_gui, name) is not None


def test_another_name_is_refused_as_by_any_module() -> None:
    with pytest.raises(AttributeError, match="module 'lenet_gui' has no attribute 'laod'"):
        getattr(lenet_gui, "laod")  # noqa: B009
    assert not hasattr(lenet_gui, "Path")


def test_every_name_has_its_type_and_the_examples_of_the_guide_are_right(tmp_path: Path) -> None:
    """By mypy under strict; with `make lint` before, its cache makes this quick."""
    examples = re.findall(r"^```python\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    named = [f"lenet_gui.{name}\n" for name in lenet_gui.__all__]
    wrong = "lenet_gui.laod  # type: ignore[attr-defined]\n"  # unused, if any name would do
    kept = 'other: lenet_gui.Model = lenet_gui.load("modern")\nread: lenet_gui.Answer = answer\n'
    file = tmp_path / "examples.py"
    file.write_text("\n".join([*examples, *named, wrong, kept]), encoding="utf-8")
    star = tmp_path / "star.py"
    names = [name for name in lenet_gui.__all__ if name != "__version__"]
    star.write_text("\n".join(["from lenet_gui import *", *names]), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", str(file), str(star)],
        capture_output=True,
        text=True,
        check=False,
        cwd=PROJECT,
    )
    assert done.returncode == 0, done.stdout + done.stderr
