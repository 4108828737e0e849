"""The files that a command writes: none of them is another one's, or one that the command reads."""

import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from lenet_gui.errors import UserError
from lenet_gui.files import is_stream


@dataclass(frozen=True)
class Named:
    """A file of a command and how sentences call it: "--log", "the recipe"."""

    called: str
    file: Path


def check_apart(outputs: Sequence[Named], inputs: Iterable[Named] = ()) -> None:
    """Makes sure, before any work, that no output is written over another one or over an input.

    The files themselves are compared and not their names. Pipes and devices, to which one can only
    append, may have several names.

    Raises:
        UserError: two are one file, or an output would lie in another one as in a folder.
    """
    written = [_Placed(output) for output in outputs if not is_stream(output.file)]
    for one, other in combinations(written, 2):
        earlier, output = one.named, other.named
        if one.own == other.own and is_same_file(earlier.file, output.file):
            raise UserError(
                f"{output.called} {output.file} is another output's file: choose a different one."
            )
        for within, around in ((other, one), (one, other)):
            inner, outer = within.named, around.named
            if around.own in within.above and _lies_in(inner.file, outer.file):
                raise UserError(
                    f"{inner.called} {inner.file} lies in {outer.called} {outer.file}, which is "
                    "going to be a file: choose another place for one of them."
                )
    for source in map(_Placed, inputs):
        for placed in written:
            if source.own == placed.own and is_same_file(source.named.file, placed.named.file):
                output = placed.named
                raise UserError(
                    f"{output.called} {output.file} is {source.named.called} that this command "
                    "reads: choose another place for it."
                )


def check_outside(folder: Path, form: re.Pattern[str], named: Iterable[Named]) -> None:
    """Makes sure that none of `named` is a folder of the command's outputs, or a file in it.

    Args:
        folder: where the command writes files of its own; it need not be there.
        form: of their names, which are in small letters.
        named: other outputs, and inputs.

    Raises:
        UserError: one is the folder, or has the place of such a file.
    """
    for one in named:
        real = Path(os.path.realpath(one.file))
        name = real.name.casefold()  # as some folders know it
        in_it = form.fullmatch(name) and is_same_file(real, folder / name)
        if in_it or is_same_file(real, folder):
            raise UserError(
                f"{one.called} {one.file} is where the epochs' weights go, in "
                f"{folder}: choose another place for one of them."
            )


def is_same_file(one: Path, other: Path) -> bool:
    """Whether two names lead to one file, which need not be there yet.

    They do by links, by "..", and where a folder takes two spellings of a name for one.
    """
    place, rest = _split(one)
    other_place, other_rest = _split(other)
    if not _is_one_place(place, other_place):
        return False
    if rest == other_rest:
        return True
    alike = tuple(map(_folded, rest)) == tuple(map(_folded, other_rest))
    return alike and _is_one_name(place, rest, other_rest)


class _Placed:
    """A named file with a first look at where it lies, so that many are compared soon.

    Names that lead to one file have the same `own`, though not only they; `above` are those of
    the folders that it lies in.
    """

    def __init__(self, named: Named) -> None:
        self.named = named
        self.own = _first_look(named.file)
        self.above = frozenset(map(_first_look, Path(os.path.realpath(named.file)).parents))


def _first_look(path: Path) -> tuple[object, ...]:
    place, rest = _split(path)
    folded = tuple(map(_folded, rest))
    try:
        there = place.stat()
    except OSError:
        return (place, *folded)
    return (there.st_dev, there.st_ino, *folded)


def _lies_in(inner: Path, outer: Path) -> bool:
    if os.path.isdir(outer):  # noqa: PTH112 - as `exists` below; that it is no file, others say
        return False
    real = Path(os.path.realpath(inner))
    return any(is_same_file(parent, outer) for parent in real.parents)


def _split(path: Path) -> tuple[Path, tuple[str, ...]]:
    """Where a name leads: the part of the way that is there, and the names that are to come."""
    real = Path(os.path.realpath(path))
    for place in (real, *real.parents):
        if os.path.exists(place):  # noqa: PTH110 - no error for names that cannot be
            return place, real.parts[len(place.parts) :]
    return real, ()


def _is_one_place(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one == other


def _folded(name: str) -> str:
    """Names that some file system takes for one have this in common."""
    return unicodedata.normalize("NFKC", name).casefold().rstrip(". ")


def _is_one_name(folder: Path, one: Sequence[str], other: Sequence[str]) -> bool:
    """Asks the file system itself, with an empty folder that is removed again."""
    try:
        with tempfile.TemporaryDirectory(prefix=".", dir=folder) as scratch:
            Path(scratch, *one).mkdir(parents=True)
            return Path(scratch, *other).exists()
    except OSError:
        return False
