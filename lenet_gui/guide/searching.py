"""Finds words in the guide: the sections that have them, the likeliest first. No Qt."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lenet_gui.guide.pages import Guide, Page, plain
from lenet_gui.guide.places import Place

_AROUND = 40
"""Characters of an excerpt before the word that was found."""

_LONG = 110
"""Characters of an excerpt."""


@dataclass(frozen=True)
class Found:
    """A section that has all the words: its page's title, its own, and some of what it says."""

    place: Place
    page_title: str
    title: str
    excerpt: str


@dataclass(frozen=True)
class _Section:
    place: Place
    title: str
    level: int
    text: str


def find(guide: Guide, words: str) -> tuple[Found, ...]:
    """The sections that hold every word, in whatever letters; none without words.

    Those that have a word in their title come first, then those that have them more often.
    """
    wanted = words.lower().split()
    if not wanted:
        return ()
    ranked = []
    for page in _in_order(guide):
        for section in _sections(page):
            title, text = section.title.lower(), section.text.lower()
            if not all(word in title or word in text for word in wanted):
                continue
            in_title = sum(word in title for word in wanted)
            often = sum(text.count(word) for word in wanted)
            excerpt = _excerpt(section.text, wanted)
            found = Found(section.place, page.title, section.title, excerpt)
            ranked.append((-in_title, section.level if in_title else 0, -often, found))
    return tuple(found for *_, found in sorted(ranked, key=lambda each: each[:3]))


def _in_order(guide: Guide) -> Iterator[Page]:
    for chapter in guide.chapters:
        yield from chapter.pages


@cache
def _sections(page: Page) -> tuple[_Section, ...]:
    return tuple(_cut(page))


def _cut(page: Page) -> Iterator[_Section]:
    headings = iter(page.headings)
    here, lines, fenced = next(headings), [], False
    for line in page.text.split("\n"):
        fenced ^= line.startswith("```")
        if fenced or not re.match(r"#+ ", line):
            lines.append(_spoken(line))
        elif lines:
            yield _section(page, here.title, here.anchor, here.level, lines)
            here, lines = next(headings), []
        else:
            lines.append("")  # the page's own title
    yield _section(page, here.title, here.anchor, here.level, lines)


def _section(page: Page, title: str, anchor: str, level: int, lines: list[str]) -> _Section:
    place = Place(page.name, "" if level == 1 else anchor)
    return _Section(place, title, level, " ".join(" ".join(lines).split()))


def _spoken(line: str) -> str:
    """A line as it is read: without the marks of tables, lists and code."""
    if re.fullmatch(r"[|\s:-]*", line) or line.startswith(("```", "![")):
        return ""
    return plain(re.sub(r"^[-|] |\s*\|\s*", " ", line))


def _excerpt(text: str, wanted: list[str]) -> str:
    places = [place for word in wanted if (place := text.lower().find(word)) >= 0]
    start = max(0, min(places, default=0) - _AROUND)
    if start:
        start = text.find(" ", start) + 1
    end = start + _LONG
    cut = text[start:end].rsplit(" ", 1)[0] if end < len(text) else text[start:]
    return f"{'…' if start else ''}{cut}{'…' if end < len(text) else ''}"
