"""The screen, the command line and the documents use plain words, one for one thing."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
DOCUMENTS = [
    PROJECT / "README.md",
    PROJECT / "CHANGELOG.md",
    PROJECT / ".github" / "CONTRIBUTING.md",
    PROJECT / "weights" / "README.md",
    PROJECT / "tests" / "benchmarks" / "README.md",
    *sorted((PROJECT / "lenet_gui" / "guide").glob("*.md")),
]
CODE = re.compile(r"^```.*?^```$|`[^`\n]+`|\]\([^)\s]+\)", re.DOTALL | re.MULTILINE)

INSTEAD = {
    r"withheld": "hidden",
    r"anew|afresh": "again",
    r"excite\w*": "activate",
    r"rub(s|bed|bing)? out": "erase",
    r"trainings|a training(?= (is|was|has|that|runs|goes|on)\b|[.,;:])": "training run",
    r"own recipe:": "custom recipe",
    r"look(s|ed|ing)? back": "replay",
    r"(is|are) told": "is shown, is reported",
    r"mend(s|ed|ing)?": "correct",
    r"(?<!there )is no (whole|number|digit|folder|file|list|text)": "is not a",
    r"in the mean": "mean",
    r"document that this program grew from": "PyTorch LeNet-5 README",
    r"way of the ink": "preprocessing",
    r"(take|takes|taken|taking) away": "export, remove",
    r"go(es)? on with": "continue, resume",
    r"under way": "in progress",
}
"""Words that a native reader would stumble over, and what to write. See `guide/words.md`, too."""


def strings(file: Path) -> Iterator[str]:
    """The strings of a module but its docstrings, with dots for what is filled in."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    parts = {
        id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in ast.walk(node)
    }
    parts |= {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values
            )
        elif (
            isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts
        ):
            yield node.value


def unplain(text: str) -> list[str]:
    """The words in a text for which there are better ones, with these."""
    return [
        f"{text[max(0, found.start() - 40) : found.end() + 40]!r}: write {better}"
        for words, better in INSTEAD.items()
        for found in re.finditer(rf"\b({words})(?!\w)", text, re.IGNORECASE)
    ]


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [
        ("Draw a digit, and it is told.", False),
        ("The trainings are done.", False),
        ("A training digit is read again.", True),
        ("Go through the training set anew.", False),
    ],
)
def test_what_is_looked_for_is_found(text: str, is_plain: bool) -> None:
    assert (not unplain(text)) is is_plain


def test_the_strings_of_the_program_are_plain() -> None:
    for file in sorted((PROJECT / "lenet_gui").rglob("*.py")):
        assert not unplain("\n".join(strings(file))), file.relative_to(PROJECT)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: str(file.relative_to(PROJECT)))
def test_the_documents_are_plain(document: Path) -> None:
    text = CODE.sub("", document.read_text(encoding="utf-8"))
    if document.name == "CHANGELOG.md":
        text = text.partition("## [0.1.0]")[0]
    assert not unplain(" ".join(text.split()))
