"""Showing text from outside: file names, words in files, answers of servers.

It may hold what a terminal or a label would obey: escape sequences, line breaks, marks that turn
the direction of writing. All such text is shown with `printable`.
"""

import unicodedata
from typing import Final

LONGEST_NAME: Final = 60
"""Names inside files, and other words from outside, are cut to this many characters."""

_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode's categories of controls, formats, lone surrogates, line and paragraph separators."""

_JOINERS: Final = "\u200c\u200d"
"""Formats that belong to the spelling of some scripts, and to emoji."""


def printable(text: str) -> str:
    r"""`text` on one line, with all that cannot be seen written out, such as "\x1b" or "\u202e".

    That are control characters, marks of direction and other invisible formats, separators of
    lines, and lone surrogates, which represent bytes of file names that are not UTF-8.
    """
    if text.isprintable():
        return text
    return "".join(map(_seen, text))


def shortened(text: str, longest: int = LONGEST_NAME) -> str:
    """`printable` text of at most `longest` characters (at least 3), cut in the middle with "…"."""
    # What is cut off anyway is not examined: it may be very long.
    shown = printable(text if len(text) <= 2 * longest else f"{text[:longest]}{text[-longest:]}")
    if len(shown) <= longest and len(text) <= 2 * longest:
        return shown
    end = (longest - 1) // 3
    return f"{shown[: longest - 1 - end]}…{shown[len(shown) - end :]}"


def _seen(character: str) -> str:
    if unicodedata.category(character) in _INVISIBLE and character not in _JOINERS:
        return character.encode("unicode_escape").decode("ascii")
    return character
