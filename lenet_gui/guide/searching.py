"""Finds words in the guide: the sections that have them, the likeliest first. No Qt."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from lenet_gui.guide.glossary import Term, terms
from lenet_gui.guide.pages import Guide, Page, plain
from lenet_gui.guide.places import Place

_AROUND = 40
"""Characters of an excerpt before the word that was found."""

_LONG = 110
"""Characters of an excerpt."""

_RULE = re.compile(r"\|[\s|:-]*-[\s|:-]*")
"""What is under the headings of a table."""

_SHORT = 4
"""Letters of a word that may be the beginning of many others."""


@dataclass(frozen=True)
class Found:
    """A section that has all the words: its page's title, its own, and some of what it says.

    `word` is the first of the words as the section has it.
    """

    place: Place
    page_title: str
    title: str
    excerpt: str
    word: str


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
    in its other forms, where another begins with it, and by the name that this program has for it.
    """
    wanted = words.lower().split()
    if not wanted:
        return ()
    known = terms(guide)
    patterns = [_pattern(_forms(word, known)) for word in wanted]
    asked = tuple(_explained(guide, known, " ".join(wanted), patterns[0]))
    ranked = []
    for page in _in_order(guide):
        for section in _sections(page):
            in_title = [bool(pattern.search(section.title)) for pattern in patterns]
            often = [len(pattern.findall(section.text)) for pattern in patterns]
            if not all(title or many for title, many in zip(in_title, often, strict=True)):
                continue
            excerpt = _excerpt(section.text, patterns)
            word = _as_written(patterns[0], section.text, section.title)
            found = Found(section.place, page.title, section.title, excerpt, word)
            level = section.level if any(in_title) else 0
            ranked.append((-sum(in_title), level, -sum(often), found))
    others = (found for *_, found in sorted(ranked, key=lambda each: each[:3]))
    first = {each.place for each in asked}
    return (*asked, *(found for found in others if found.place not in first))


def _explained(
    guide: Guide, known: tuple[Term, ...], words: str, first: re.Pattern[str]
) -> Iterator[Found]:
    """The places of the terms of this name, with what they mean."""
    singular = _own_forms(words)
    places: set[Place] = set()
    for term in known:
        if singular.isdisjoint({form for name in term.all_names for form in _own_forms(name)}):
            continue
        if term.place in places:
            continue
        places.add(term.place)
        page = guide.pages[term.place.page]
        section = next(each for each in _sections(page) if each.place == term.place)
        meaning = f"{', '.join(term.names)}: {term.meaning}"
        word = _as_written(first, section.text, section.title)
        yield Found(term.place, page.title, section.title, _excerpt(meaning, []), word)


def _forms(word: str, known: tuple[Term, ...]) -> frozenset[str]:
    """A word, its other forms, in British spelling, and by the terms it names."""
    forms = _own_forms(word)
    for term in known:
        if not forms.isdisjoint(term.others):
            forms |= set(term.names)
    return forms


@lru_cache(4096)
def _own_forms(word: str) -> frozenset[str]:
    forms = {word, *_singular(word), *_stems(word)}
    return frozenset(forms | {_british(form) for form in forms})


def _singular(word: str) -> Iterator[str]:
    """Of a plural: "maps", "categories"."""
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        yield word[:-1]
    if len(word) > 4 and word.endswith("ies"):
        yield f"{word[:-3]}y"


def _stems(word: str) -> Iterator[str]:
    """With what the other forms of a verb begin: "resumed" as "resum", "stopping" as "stop"."""
    if len(word) > _SHORT and word.endswith("e"):
        yield f"{word[:-1]}ing"
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2:
            continue
        yield stem if len(stem) >= _SHORT else f"{stem}e"  # "used" as "use", not "us"
        if len(stem) >= _SHORT and stem[-1] == stem[-2] and stem[-1] not in "aeiousz":
            yield stem[:-1]


def _as_written(pattern: re.Pattern[str], *texts: str) -> str:
    """What a pattern finds first in the texts; empty if it finds nothing."""
    return next((found[0] for text in texts if (found := pattern.search(text))), "")


def _british(word: str) -> str:
    return re.sub(r"iz(e|ation|er|ing)", r"is\1", word).replace("color", "colour")


def _pattern(forms: frozenset[str]) -> re.Pattern[str]:
    """Finds any of the forms, at the beginning of a word where they begin as words do."""
    any_of = "|".join(
        (r"\b" if form[0].isalnum() else "") + re.escape(form) for form in sorted(forms)
    )
    return re.compile(any_of, re.IGNORECASE)


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
            lines.append(line)
        elif lines:
            yield _section(page, here.title, here.anchor, here.level, lines)
            here, lines = next(headings), []
        else:
            lines.append("")  # the page's own title
    yield _section(page, here.title, here.anchor, here.level, lines)


def _section(page: Page, title: str, anchor: str, level: int, lines: list[str]) -> _Section:
    place = Place(page.name, "" if level == 1 else anchor)
    return _Section(place, title, level, _spoken(lines))


def _spoken(lines: list[str]) -> str:
    """Lines as they are read: without marks of tables, lists and code, and headings of tables.

    Only together, as a link may go on in the next line.
    """
    said = []
    for line, after in pairwise([*lines, ""]):
        is_heading = line.startswith("|") and _RULE.fullmatch(after)
        if is_heading or _RULE.fullmatch(line) or line.startswith("```"):
            continue
        said.append(_row(line) if line.startswith("|") else line.removeprefix("- "))
    return plain(" ".join(" ".join(said).split()))


def _row(line: str) -> str:
    """A row of a table: what it is about, and what is said of that."""
    first, *others = (cell.strip() for cell in line.strip("| ").split("|"))
    more = ", ".join(cell for cell in others if cell)
    return f"{first}: {more}." if more else f"{first}."


def _excerpt(text: str, patterns: list[re.Pattern[str]]) -> str:
    places = [found.start() for pattern in patterns if (found := pattern.search(text))]
    start = max(0, min(places, default=0) - _AROUND)
    if start:
        start = text.find(" ", start) + 1
    end = start + _LONG
    cut = text[start:end].rsplit(" ", 1)[0] if end < len(text) else text[start:]
    return f"{'…' if start else ''}{cut}{'…' if end < len(text) else ''}"
