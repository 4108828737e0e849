"""A wheel of the program carries its weights and pictures and works away from the checkout."""

import json
import os
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from PIL import Image, ImageDraw

from lenet_gui.net.architecture import Variant

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    (built,) = WheelBuilder(str(PROJECT)).build(directory=str(folder), versions=["standard"])
    return Path(built)


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh virtual environment with the wheel in it.

    The program alone is installed there; what it depends on is lent by the running environment,
    without that one's own link to the checkout (links are not followed from a lent folder).
    """
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    options = ["--quiet", "--no-deps", "--no-index", "--no-warn-script-location"]
    done = told_by(*pip, "install", *options, str(wheel))
    assert done.returncode == 0, done.stderr
    program = "import sysconfig; print(sysconfig.get_path('purelib'))"
    own = told_by(str(python), "-c", program).stdout.strip()
    Path(own, "lent.pth").write_text("\n".join(site.getsitepackages()) + "\n")
    return python.parent


def told_by(*command: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end, without a word in its environment on where the project lies."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "PIP_", "VIRTUAL_ENV"))
    }
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_wheel_carries_weights_pictures_and_the_guide(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as content:
        inside = set(content.namelist())
    for kind in ("weights", "assets"):
        for file in (PROJECT / kind).rglob("*"):
            if file.is_file() and not file.name.startswith("."):
                assert f"lenet_gui/_bundled/{file.relative_to(PROJECT).as_posix()}" in inside
    pages = {f"lenet_gui/guide/{file.name}" for file in (PROJECT / "lenet_gui/guide").glob("*.md")}
    of_guide = {name for name in inside if name.startswith("lenet_gui/guide/")}
    assert {name for name in of_guide if not name.endswith(".py")} == pages
    assert len(pages) > 9
    modules = {str(file.relative_to(PROJECT)) for file in (PROJECT / "lenet_gui").rglob("*.py")}
    assert {name for name in inside if name.endswith(".py")} == modules
    assert not any(name.startswith(("tests/", "lenet_gui/tests/")) for name in inside)


def test_the_installed_program_finds_every_page_and_picture_of_the_guide(
    scripts: Path, tmp_path: Path
) -> None:
    program = (
        "from lenet_gui.guide.pages import guide, picture_file\n"
        "pages = guide().pages.values()\n"
        "files = [picture_file(page, name) for page in pages for name in page.pictures]\n"
        "print(len(pages), all(file.is_file() and '_bundled' in file.parts for file in files))"
    )
    done = told_by(str(scripts / "python"), "-W", "error", "-c", program, folder=tmp_path)
    many = len([*(PROJECT / "lenet_gui/guide").glob("*.md")])
    assert (done.stderr, done.stdout.split()) == ("", [str(many + 1), "True"])


def test_the_installed_program_is_the_one_that_runs(scripts: Path, tmp_path: Path) -> None:
    program = "import lenet_gui; print(lenet_gui.__file__)"
    done = told_by(str(scripts / "python"), "-W", "error", "-c", program, folder=tmp_path)
    assert done.stderr == ""
    assert Path(done.stdout.strip()).is_relative_to(scripts.parent)


def test_it_reads_a_digit_from_another_folder(scripts: Path, tmp_path: Path) -> None:
    picture = Image.new("L", (120, 120), 255)
    ImageDraw.Draw(picture).line([(35, 25), (85, 25), (55, 95)], fill=0, width=11, joint="curve")
    picture.save(tmp_path / "seven.png")
    command = (str(scripts / "lenet-gui"), "predict", "seven.png", "--json")
    done = told_by(*command, folder=tmp_path)
    assert done.stderr == ""
    (told,) = json.loads(done.stdout)
    assert (told["variant"], told["answer"]) == (Variant.ORIGINAL, 7)


def test_the_shipped_files_are_found_inside_it(scripts: Path, tmp_path: Path) -> None:
    program = "from lenet_gui.paths import bundled; print(bundled('weights', 'README.md'))"
    done = told_by(str(scripts / "python"), "-c", program, folder=tmp_path)
    assert Path(done.stdout.strip()).is_relative_to(scripts.parent), done.stderr
