"""The files below a folder, or in a zip archive, alike: their names, sizes and bytes."""

import errno
import os
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, Self

from lenet_gui.errors import UserError
from lenet_gui.safe_reading import open_ordinary, read_ordinary
from lenet_gui.safe_unpacking import most_unpacked, opened_zip, size_of, unpacked

MOST_FILES: Final = 300_000
"""A data set of a picture for each digit may have as many files."""

DEEPEST: Final = 5
"""Levels of folders below the chosen one that are looked through."""

LARGEST_TOTAL: Final = 2 << 30
"""Bytes that are read of one data set, archives unpacked."""


@dataclass(frozen=True)
class Entry:
    """A file of a tree.

    Attributes:
        place: where it lies in the tree; its names are as they are stored.
        size: in bytes, as the folder or the archive says; not to be relied on.
        path: what is on the disk, the file itself or the archive.
        shown: what it is called in a sentence.
    """

    place: PurePosixPath
    size: int
    path: Path
    shown: str

    @property
    def name(self) -> str:
        """The last part of its place."""
        return self.place.name

    @property
    def folder(self) -> PurePosixPath:
        """The folder that it is in; one of its own name, as Kaggle makes them, does not count."""
        parent = self.place.parent
        return parent.parent if parent.name == self.place.name else parent


class Tree(ABC):
    """The files of a data set, sorted by their places. Close it after use."""

    def __init__(self, root: Path, files: Iterable[Entry], largest: int = LARGEST_TOTAL) -> None:
        self.root = root
        self.files = tuple(sorted(files, key=lambda entry: entry.place.parts))
        self._left = largest

    def read(self, entry: Entry, largest: int) -> bytes:
        """The bytes of a file.

        Raises:
            UserError: it cannot be read, or it, or all that were read, are too large.
        """
        most = min(largest, self._left)
        try:
            content = self._content(entry, most)
        except UserError:
            raise
        except OSError as error:
            if error.errno == errno.EFBIG:
                raise _too_large(entry, largest) from error
            raise UserError(
                f"{entry.shown} could not be read ({error.strerror or error}): "
                "allow reading it, or choose other data."
            ) from error
        except Exception as error:  # damaged archives raise nearly anything
            raise UserError(f"{entry.shown} is damaged: choose another copy.") from error
        if len(content) > most:
            raise _too_large(entry, largest)
        self._left -= len(content)
        return content

    @abstractmethod
    def _content(self, entry: Entry, largest: int) -> bytes:
        """At most one byte more than `largest`."""

    @abstractmethod
    def close(self) -> None:
        """Ends reading."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class FolderTree(Tree):
    """The regular files below a folder, or some of them."""

    def __init__(
        self,
        root: Path,
        files: Iterable[Path] | None = None,
        deepest: int = DEEPEST,
        most_files: int = MOST_FILES,
    ) -> None:
        """Looks through `root`, `deepest` levels of folders below it, or takes the `files` in it.

        Raises:
            UserError: the folder cannot be opened, or has more than `most_files` files.
        """
        found = _files_below(root, deepest, most_files) if files is None else iter(files)
        super().__init__(root, (entry for path in found if (entry := _entry(root, path))))

    def _content(self, entry: Entry, largest: int) -> bytes:
        return read_ordinary(entry.path, largest)

    def close(self) -> None:
        """No file is open."""


class ZipTree(Tree):
    """The files in a zip archive."""

    def __init__(self, archive: Path) -> None:
        """Reads the archive's table of contents.

        Raises:
            UserError: it is not a zip archive, is damaged, or has too many files.
        """
        try:
            self._stream = open_ordinary(archive)
        except OSError as error:
            raise UserError(
                f"{archive} could not be read ({error.strerror or error}): "
                "allow reading it, or choose other data."
            ) from error
        try:
            self._zip = opened_zip(self._stream)
            infos = [info for info in self._zip.infolist() if not info.is_dir()]
        except Exception as error:  # damaged archives raise nearly anything
            self._stream.close()
            if isinstance(error, OSError) and error.errno == errno.EFBIG:
                raise _too_many(archive) from error
            raise UserError(
                f"{archive} is damaged or not a zip archive: choose another copy."
            ) from error
        if len(infos) > MOST_FILES:
            self._stream.close()
            raise _too_many(archive)
        self._infos: dict[PurePosixPath, zipfile.ZipInfo] = {}
        entries = []
        for info in infos:
            place = PurePosixPath(info.filename.replace("\\", "/").lstrip("/"))
            if place.name and not _is_hidden(place) and place not in self._infos:
                self._infos[place] = info
                entries.append(Entry(place, info.file_size, archive, f"{place} in {archive}"))
        # All together, as its files may share their bytes.
        super().__init__(archive, entries, most_unpacked(size_of(self._zip), LARGEST_TOTAL))

    def _content(self, entry: Entry, largest: int) -> bytes:
        return unpacked(self._zip, self._infos[entry.place], largest, entry.shown)

    def close(self) -> None:
        """Closes the archive."""
        self._zip.close()
        self._stream.close()


def _entry(root: Path, path: Path) -> Entry | None:
    """None for what is no regular file, or cannot be looked at."""
    with suppress(OSError):
        if path.is_file():
            place = PurePosixPath(*path.relative_to(root).parts)
            return Entry(place, path.stat().st_size, path, str(path))
    return None


def _files_below(root: Path, deepest: int, most_files: int) -> Iterator[Path]:
    """All files, each folder once, whatever links lead to it."""
    try:
        status = root.stat()
        waiting = [(root, 0)]
        seen = {(status.st_dev, status.st_ino)}
        os.scandir(root).close()
    except OSError as error:
        raise UserError(
            f"{root} cannot be opened ({error.strerror or error}): choose other data."
        ) from error
    count = 0
    while waiting:
        folder, depth = waiting.pop()
        with suppress(OSError), os.scandir(folder) as listing:
            for found in listing:
                count += 1
                if count > most_files:
                    raise _too_many(root, most_files)
                if found.name.startswith((".", "__MACOSX")):
                    continue
                with suppress(OSError):
                    if not found.is_dir():
                        yield Path(found.path)
                    elif depth < deepest:
                        status = found.stat()
                        if (key := (status.st_dev, status.st_ino)) not in seen:
                            seen.add(key)
                            waiting.append((Path(found.path), depth + 1))


def _is_hidden(place: PurePosixPath) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in place.parts)


def _too_many(root: Path, most: int = MOST_FILES) -> UserError:
    return UserError(
        f"{root} has more than {most:,} files: choose the folder of the data set itself."
    )


def _too_large(entry: Entry, largest: int) -> UserError:
    return UserError(
        f"{entry.shown} contains more than {largest:,} bytes, or the data set more than "
        f"{LARGEST_TOTAL >> 30} GB: choose a smaller data set."
    )
