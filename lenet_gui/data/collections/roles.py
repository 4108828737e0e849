"""What a file, or an array in one, holds, as its name says: which set, pictures or labels."""

import re
from enum import StrEnum
from typing import Final, NamedTuple, TypeVar

T = TypeVar("T", bound=StrEnum)


class Part(StrEnum):
    """One of the two sets of a data set."""

    TRAINING = "training"
    TEST = "test"


class Content(StrEnum):
    """One of the two arrays of a set."""

    IMAGES = "images"
    LABELS = "labels"


class Role(NamedTuple):
    """`group`: the name without what says the part and the content, in lower case."""

    group: str
    part: Part | None
    content: Content | None


_PARTS: Final = {
    Part.TRAINING: ("training", "train", "trn", "tra", "tr"),
    Part.TEST: ("testing", "t10k", "test10k", "test", "tst", "tes", "te"),
}
_LEFT_OUT: Final = ("validation", "valid", "val", "dev", "extra")
_CONTENTS: Final = {
    Content.IMAGES: (
        *("images", "image", "imgs", "img", "pictures", "pixels", "data", "x"),
        *("features", "inputs", "samples"),
    ),
    Content.LABELS: ("labels", "label", "classes", "class", "targets", "target", "y"),
}
_WORD: Final = re.compile(r"[a-z0-9]+")
_SHORTEST_JOINED: Final = 5
"""Letters of two words without anything between, such as "trainx": shorter ones may be one word."""

_FORMATS: Final = re.compile(r"[-_.]?idx\d?([-_.]?(ubyte|int))?$|[-_.]ubyte$")
_ENDS: Final = (".gz", ".npz", ".npy", ".csv", ".tsv", ".txt", ".idx", ".bin", ".zip")


def stem_of(name: str) -> str:
    """A file's name in lower case without the ends that say its format."""
    stem = name.lower()
    while end := next((end for end in _ENDS if stem.endswith(end) and stem != end), ""):
        stem = stem.removesuffix(end)
    return _FORMATS.sub("", stem) or stem


def role_of(name: str) -> Role:
    """The role that a name says, which may be short: "x_train", "trainX" or "t10k-labels"."""
    stem = stem_of(name)
    words = [part for word in _WORD.findall(stem) for part in _parted(word)]
    part = _named(words, _PARTS)
    content = _named(words, _CONTENTS)
    spoken = {*_words_of(_PARTS), *_words_of(_CONTENTS), "set"}
    return Role("-".join(word for word in words if word not in spoken), part, content)


def part_of_folder(name: str) -> Part | None:
    """The set that a folder's name says."""
    return _named(_WORD.findall(name.lower()), _PARTS)


def is_another_set(name: str) -> bool:
    """Whether a name says a third set, for validation."""
    return not set(_WORD.findall(name.lower())).isdisjoint(_LEFT_OUT)


def _parted(word: str) -> tuple[str, ...]:
    """The set and the content that a word says together, such as "trainx"; else the word itself."""
    parts, contents = _words_of(_PARTS), _words_of(_CONTENTS)
    for cut in range(1, len(word)) if len(word) >= _SHORTEST_JOINED else ():
        first, last = word[:cut], word[cut:]
        if (first in parts and last in contents) or (first in contents and last in parts):
            return first, last
    return (word,)


def _named(words: list[str], table: dict[T, tuple[str, ...]]) -> T | None:
    found = [one for one, spoken in table.items() if not set(spoken).isdisjoint(words)]
    return found[0] if len(found) == 1 else None


def _words_of(table: dict[T, tuple[str, ...]]) -> list[str]:
    return [word for spoken in table.values() for word in spoken]
