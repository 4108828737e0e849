"""The settings of earlier versions, an INI file written by Qt, if they are plain text.

Qt's own reader is not used: a value `@Variant(...)` in such a file can run code when it is read.
The places of window and docks are left out: only Qt can read their bytes.
"""

import re
from pathlib import Path
from typing import Any

from lenet_gui.safe_reading import read_ordinary

_MAX_BYTES = 1_000_000


def read_old_settings(file: Path) -> dict[str, Any]:
    """The fields of `settings.Remembered` that the file has, in the terms of JSON.

    What is not understood is left out; without a file, or with one that is not text, everything.
    """
    try:
        lines = read_ordinary(file, _MAX_BYTES).decode("utf-8").split("\n")
    except (OSError, ValueError):
        return {}
    section, found = "", dict[str, str]()
    for line in lines:
        key, is_pair, written = line.partition("=")
        if line.startswith("["):
            section = line.strip("[] \r")
        elif is_pair and (text := _text(written.strip(" \r"))) is not None:
            found[f"{section}/{key}"] = text
    plain: dict[str, Any] = {new: found[old] for old, new in _TEXTS.items() if old in found}
    if (width := found.get("canvas/pen-width")) and _NUMBER.fullmatch(width):
        plain["pen_width"] = float(width)
    if (folded := found.get("training/folded")) is not None:
        plain["training_is_folded"] = folded != "no"
    return plain


_TEXTS = {
    "network/variant": "variant",
    "view/scale": "scale",
    "view/theme": "theme",
    "files/folder": "folder",
    "data/mnist": "mnist_folder",
    "training/recipe": "recipe",
}
_NUMBER = re.compile(r"\d+(\.\d+)?")


def _text(written: str) -> str | None:
    """A value without its quotes and escapes; None if it is a list or a value of Qt's."""
    quoted = len(written) >= 2 and written[0] == written[-1] == '"'
    if not quoted and re.search(r'[,;"]', _ESCAPE.sub("", written)):
        return None
    text = _ESCAPE.sub(_character, written[1:-1] if quoted else written)
    if text.startswith("@@"):  # a literal @ is written like this
        return text[1:]
    return None if text.startswith("@") else text


_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{1,8})|([0-7]{1,8})|(.))")
_LETTERS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def _character(escape: re.Match[str]) -> str:
    hexadecimal, octal, letter = escape.groups()
    if letter is not None:
        return _LETTERS.get(letter, letter)
    code = int(hexadecimal, 16) if hexadecimal else int(octal, 8)
    return chr(code) if code <= _LAST_CODE else ""


_LAST_CODE = 0x10FFFF
