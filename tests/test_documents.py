"""What the documents name is there: files, links, headings, commands, targets and classes."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lenet_gui.cli import build_parser

PROJECT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted(
    [
        PROJECT / "README.md",
        PROJECT / "CHANGELOG.md",
        PROJECT / ".github" / "CONTRIBUTING.md",
        PROJECT / "weights" / "README.md",
        PROJECT / "tests" / "benchmarks" / "README.md",
        *(PROJECT / "lenet_gui" / "guide").glob("*.md"),
    ]
)
every_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda file: str(file.relative_to(PROJECT))
)
FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
NEW_FILE = re.compile(r"`([^`\s]+)`:\n\n```python")
"""The path of a file that an example makes (see `test_contributing`)."""
FOLDERS = ("lenet_gui/", "tests/", "weights/", "assets/", ".github/", "results/", "committee/")
QT = {"QObject", "QThread", "QObjects"}


def prose(document: Path) -> str:
    """The document without its blocks of code."""
    return FENCE.sub("", document.read_text(encoding="utf-8"))


def anchors(document: Path) -> set[str]:
    """What GitHub calls the document's headings."""
    headings = re.findall(r"^#+ (.*)$", prose(document), re.MULTILINE)
    bare = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in bare}


@every_document
def test_every_link_leads_somewhere(document: Path) -> None:
    for link in LINK.findall(prose(document)):
        if link.startswith("https://"):
            continue
        name, _, anchor = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        assert target.exists(), link
        assert target.is_relative_to(PROJECT), link
        assert not anchor or anchor in anchors(target), link


@every_document
def test_every_path_is_there(document: Path) -> None:
    made = NEW_FILE.findall(document.read_text(encoding="utf-8"))
    for code in CODE.findall(prose(document)):
        if code.startswith(FOLDERS) and " " not in code:
            places = (PROJECT / code, document.parent / code)
            assert code in made or any(place.exists() for place in places), code


@every_document
def test_every_target_of_make_is_there(document: Path) -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    (targets,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    text = document.read_text(encoding="utf-8")
    named = re.findall(r"(?:^|`|_FACTOR=\d )make ([a-z]+)", text, re.MULTILINE)
    assert set(named) <= set(targets.split())


def parsers() -> dict[str, argparse.ArgumentParser]:
    """Those of the command line's commands, by name."""
    (subparsers,) = (
        action
        for action in build_parser()._actions  # noqa: SLF001 - argparse gives no other way
        if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001
    )
    return dict(subparsers.choices)


def commands(document: Path) -> Iterator[list[str]]:
    text = document.read_text(encoding="utf-8")
    for line in re.findall(r"\blenet-gui ([a-z][^`\n#]*)", text):
        yield line.split()


@every_document
def test_every_command_and_its_options_are_there(document: Path) -> None:
    known = parsers()
    for command, *arguments in commands(document):
        if command not in known:
            assert not arguments, command  # no command, but a word after the program's name
            continue
        options = {text for text in arguments if text.startswith("--")}
        there = {name for action in known[command]._actions for name in action.option_strings}  # noqa: SLF001
        assert options <= there, command


def test_every_class_that_the_contributing_guide_names_is_there() -> None:
    document = PROJECT / ".github" / "CONTRIBUTING.md"
    folders = (PROJECT / "lenet_gui", PROJECT / "tests" / "support")
    files = (file for folder in folders for file in folder.rglob("*.py"))
    source = "\n".join(file.read_text(encoding="utf-8") for file in files)
    there = set(re.findall(r"^class (\w+)|^([A-Z]\w+) = ", source, re.MULTILINE))
    names = {name for pair in there for name in pair if name} | QT
    for code in CODE.findall(prose(document)):
        found = re.fullmatch(r"([A-Z][a-z]+\w*)(?:\.(\w+))?", code)
        if found:
            assert found[1] in names, code
        if found and found[2]:
            assert re.search(rf"\b(def )?{found[2]}\b( =|\()", source), code


def test_every_function_that_the_contributing_guide_names_is_there() -> None:
    document = PROJECT / ".github" / "CONTRIBUTING.md"
    files = [*(PROJECT / "lenet_gui").rglob("*.py"), *(PROJECT / "tests").rglob("*.py")]
    source = "\n".join(file.read_text(encoding="utf-8") for file in [*files, document])
    for code in CODE.findall(prose(document)):
        if re.fullmatch(r"_?[a-z]+(_[a-z]+)+", code):
            # The name first: so it is found quickly; and what stands before it.
            assert re.search(rf"{code}(?<=[^\w`]{code})\b", source), code
