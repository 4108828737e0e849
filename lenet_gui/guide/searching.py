"""Finds words in the guide: the sections that have them, the likeliest first. No Qt."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lenet_gui.guide.glossary import Term, terms
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

    What the list of words says of a term that is asked for, by any of its names, comes first. Then
    those that have a word in their title, then those that have them more often. A word is found
    where another begins with it, and by the name that this program has for it.
    """
    wanted = words.lower().split()
    if not wanted:
        return ()
    known = _terms(guide)
    asked = tuple(_explained(guide, known, " ".join(wanted)))
    patterns = [_pattern(_forms(word, known)) for word in wanted]
    ranked = []
    for page in _in_order(guide):
        for section in _sections(page):
            in_title = [bool(pattern.search(section.title)) for pattern in patterns]
            often = [len(pattern.findall(section.text)) for pattern in patterns]
            if not all(title or many for title, many in zip(in_title, often, strict=True)):
                continue
            excerpt = _excerpt(section.text, patterns)
            found = Found(section.place, page.title, section.title, excerpt)
            level = section.level if any(in_title) else 0
            ranked.append((-sum(in_title), level, -sum(often), found))
    others = (found for *_, found in sorted(ranked, key=lambda each: each[:3]))
    first = {each.place for each in asked}
    return (*asked, *(found for found in others if found.place not in first))


def _explained(guide: Guide, known: tuple[Term, ...], words: str) -> Iterator[Found]:
    """The places of the terms of this name, with what they mean."""
    singular = _forms(words, ())
    places: set[Place] = set()
    for term in known:
        if singular.isdisjoint({form for name in term.all_names for form in _forms(name, ())}):
            continue
        if term.place in places:
            continue
        places.add(term.place)
        page = guide.pages[term.place.page]
        section = next(each for each in _sections(page) if each.place == term.place)
        meaning = f"{', '.join(term.names)}: {term.meaning}"
        yield Found(term.place, page.title, section.title, _excerpt(meaning, []))


def _forms(word: str, known: tuple[Term, ...]) -> frozenset[str]:
    """A word, without the ending of its plural, in British spelling, and by the terms it names."""
    forms = {word}
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        forms.add(word[:-1])
    forms |= {_british(form) for form in forms}
    for term in known:
        if forms & set(term.others):
            forms |= set(term.names)
    return frozenset(forms)


def _british(word: str) -> str:
    return re.sub(r"iz(e|ation|er|ing)", r"is\1", word).replace("color", "colour")


def _pattern(forms: frozenset[str]) -> re.Pattern[str]:
    """Finds any of the forms, at the beginning of a word where they begin as words do."""
    any_of = "|".join(
        (r"\b" if form[0].isalnum() else "") + re.escape(form) for form in sorted(forms)
    )
    return re.compile(any_of, re.IGNORECASE)


@cache
def _terms(guide: Guide) -> tuple[Term, ...]:
    return terms(guide)


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


def _excerpt(text: str, patterns: list[re.Pattern[str]]) -> str:
    places = [found.start() for pattern in patterns if (found := pattern.search(text))]
    start = max(0, min(places, default=0) - _AROUND)
    if start:
        start = text.find(" ", start) + 1
    end = start + _LONG
    cut = text[start:end].rsplit(" ", 1)[0] if end < len(text) else text[start:]
    return f"{'…' if start else ''}{cut}{'…' if end < len(text) else ''}"
