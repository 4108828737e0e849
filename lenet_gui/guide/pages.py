"""The guide's pages as they are on disk: their headings, the contents, and what they link to."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from pathlib import Path

from lenet_gui.guide.places import BEGINNING, Place, anchor_of
from lenet_gui.paths import bundled

_FOLDER = "lenet_gui/guide"
_CARD = "weights/README.md"
"""Beside the weights, where those who find the files look; the guide shows it as a page, too."""

_FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^(#+) (.*)$", re.MULTILINE)
_ENTRY = re.compile(r"^(?:-|\|) \[[^\]]*\]\(([^)#]+)\)", re.MULTILINE)
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Heading:
    """A heading of a page; `level` 1 is the page's own title."""

    level: int
    title: str
    anchor: str


@dataclass(frozen=True)
class Page:
    """A page: what links call it, its path in the project, and its Markdown."""

    name: str
    path: str
    text: str

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """All headings, in order; of two that are alike the second's anchor ends in -1."""
        found: list[Heading] = []
        bare = _FENCE.sub("", self.text)
        for marks, words in _HEADING.findall(bare):
            title = plain(words)
            anchor = anchor_of(title)
            many = sum(anchor_of(each.title) == anchor for each in found)
            found.append(Heading(len(marks), title, f"{anchor}-{many}" if many else anchor))
        return tuple(found)

    @property
    def title(self) -> str:
        """The first heading."""
        return self.headings[0].title

    @property
    def links(self) -> tuple[str, ...]:
        """Where the page's links lead, as they are written, pictures left out."""
        return tuple(link for _, link in _LINK.findall(_FENCE.sub("", self.text)))

    @property
    def pictures(self) -> tuple[str, ...]:
        """The page's pictures, as they are written."""
        return tuple(name for _, name in _PICTURE.findall(_FENCE.sub("", self.text)))

    def picture_words(self, picture: str) -> str:
        """What a picture of the page shows, in words; empty for one that it does not have."""
        found = _PICTURE.findall(_FENCE.sub("", self.text))
        return next((words for words, name in found if name == picture), "")

    def resolved(self, link: str) -> str:
        """The path in the project that a link of this page means, without its anchor."""
        name = link.partition("#")[0]
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.path), name))


@dataclass(frozen=True)
class Chapter:
    """Pages under one heading of the contents."""

    title: str
    pages: tuple[Page, ...]


class Guide:
    """All pages, by name, and their order."""

    def __init__(self, pages: Mapping[str, Page]) -> None:
        self.pages = pages
        self._by_path = {page.path: page for page in pages.values()}
        self.chapters = self._read_contents()

    def place_of(self, page: Page, link: str) -> Place | None:
        """Where a link on a page leads; None if that is no place of the guide."""
        if re.match(r"[a-z]+:", link):
            return None
        name, _, anchor = link.partition("#")
        target = self._by_path.get(page.resolved(link)) if name else page
        return None if target is None else Place(target.name, anchor)

    def has(self, place: Place) -> bool:
        """Whether there is such a page, and such a heading on it."""
        page = self.pages.get(place.page)
        if page is None:
            return False
        return not place.anchor or any(each.anchor == place.anchor for each in page.headings)

    def _read_contents(self) -> tuple[Chapter, ...]:
        """The first page's headings, and the pages that its lists and tables begin with."""
        first = self.pages[BEGINNING.page]
        parts = re.split(r"^## (.*)$", first.text, flags=re.MULTILINE)
        chapters = [Chapter("", (first,))]
        for title, text in zip(parts[1::2], parts[2::2], strict=True):
            places = [self.place_of(first, link) for link in _ENTRY.findall(text)]
            pages = tuple(self.pages[place.page] for place in places if place is not None)
            if pages:
                chapters.append(Chapter(plain(title), pages))
        return tuple(chapters)


@cache
def guide() -> Guide:
    """The guide that comes with the program."""
    pages = {}
    for file in sorted(guide_folder().glob("*.md")):
        text = file.read_text(encoding="utf-8")
        pages[file.stem] = Page(file.stem, f"{_FOLDER}/{file.name}", text)
    kind, name = posixpath.split(_CARD)
    card = bundled(kind, name).read_text(encoding="utf-8")
    pages["shipped-weights"] = Page("shipped-weights", _CARD, card)
    return Guide(pages)


def guide_folder() -> Path:
    """The folder of the guide's pages."""
    return Path(str(resources.files("lenet_gui"))) / "guide"


def picture_file(page: Page, picture: str) -> Path:
    """The file of a picture on a page.

    Raises:
        UserError: it is not there.
    """
    kind, name = posixpath.split(page.resolved(picture))
    return bundled(kind, name)


def plain(words: str) -> str:
    """A line of Markdown without its marks: links as their words, no stars and backticks."""
    words = _LINK.sub(r"\1", _PICTURE.sub("", words))
    return re.sub(r"[`*]|(?<!\w)_|_(?!\w)", "", words).strip()
