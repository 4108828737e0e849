"""The guide's list of words: each term with its place, its meaning, and its other names."""

import re
from dataclasses import dataclass
from functools import cache

from lenet_gui.guide.pages import Guide, plain
from lenet_gui.guide.places import Place

PAGE = "words"
_ROW = re.compile(r"^\| \[([^\]]+)\]\(([^)]+)\) \| (.*?) \| (.*?) ?\|$", re.MULTILINE)


@dataclass(frozen=True)
class Term:
    """A row of the list.

    `names` are what this program calls it, and `others` what is said elsewhere: in other programs,
    books and courses. All are in small letters.
    """

    names: tuple[str, ...]
    others: tuple[str, ...]
    place: Place
    meaning: str

    @property
    def all_names(self) -> tuple[str, ...]:
        """By which it can be asked for."""
        return self.names + self.others


@cache
def terms(guide: Guide) -> tuple[Term, ...]:
    """All terms, in the order of the list."""
    page = guide.pages[PAGE]
    found = []
    for names, link, meaning, others in _ROW.findall(page.text):
        place = guide.place_of(page, link)
        if place is not None:
            found.append(Term(_names(names), _names(others), place, plain(meaning)))
    return tuple(found)


def _names(cell: str) -> tuple[str, ...]:
    """Between commas and brackets: "sum (a)" is called both."""
    parts = re.split(r"[,()…]", plain(cell).lower())
    return tuple(part.strip() for part in parts if part.strip())
