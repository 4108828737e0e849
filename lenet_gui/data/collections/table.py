"""Data sets in a table of text (CSV): a row for each picture, with a column for its label."""

import csv
import io
import math
import re
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from lenet_gui.data.collections.label_table import LABELS
from lenet_gui.data.collections.stored import Progress, StoredSet
from lenet_gui.data.collections.tree import Entry
from lenet_gui.errors import UserError

LARGEST_TABLE: Final = 1 << 29
"""Bytes."""

LONGEST_ROW: Final = 1 << 20
"""Bytes; a row of 1,024 pixels has about 4,000."""

LARGEST_SIDE: Final = 128
"""Pixels on a side of a picture in a row."""

WRONG_LENGTH: Final = "rows with another number of columns"
NOT_A_NUMBER: Final = "rows with a pixel that is not a number"
NO_LABEL: Final = "rows without a label"

_NUMBERS: Final = ("id", "index", "", "unnamed: 0", "filename", "file")
"""Headings of columns that are no pixels, such as the number of the row."""

_AT_ONCE: Final = 2_000
_DELIMITERS: Final = (b";", b"\t", b",", b" ")
"""Of those that are as frequent the first: commas may be in the numbers, blanks beside commas."""

_BLANKS: Final = re.compile(rb"[ \t]+")


@dataclass(frozen=True)
class Columns:
    """Which column is what: `label` is -1 for the last; `dropped` are of no use."""

    delimiter: bytes
    count: int
    label: int
    dropped: tuple[int, ...]
    side: int
    has_heading: bool


def has_labels(content: bytes, entry: Entry) -> bool:
    """Whether a table has a column of labels beside its pixels, as far as its width says."""
    try:
        _columns(content, entry)
    except UserError:
        return False
    return True


def is_table(content: bytes, entry: Entry) -> bool:
    """Whether a file of any name is such a table, as far as its first two lines say."""
    beginning = content[: 2 * LONGEST_ROW]
    lines = []
    try:
        columns = _columns(beginning, entry)
        lines = list(islice(_lines(beginning, entry), 2))
    except UserError:
        return False
    _, pixels = _read(lines[-1:], columns, Counter())
    return len(pixels) == 1


def table_set(
    content: bytes, entry: Entry, left_out: Counter[str], progress: Progress | None = None
) -> StoredSet:
    """The pictures and labels in a table.

    Args:
        content: the bytes of the file.
        entry: which file it is, for the messages.
        left_out: gets the number of rows that were left out, for each reason.
        progress: called with the bytes read so far, and of all.

    Raises:
        UserError: it is no table of square pictures with a label, or has no whole row.
    """
    columns = _columns(content, entry)
    labels: list[str] = []
    parts: list[npt.NDArray[Any]] = []
    done = 0
    for rows in _in_parts(_rows(content, entry, columns)):
        done += sum(map(len, rows))
        kept, pixels = _read(rows, columns, left_out)
        labels += kept
        if len(pixels):
            parts.append(pixels)
        if progress:
            progress(done, len(content))
    if not parts:
        reasons = ", ".join(f"{count:,} {reason}" for reason, count in left_out.items())
        raise UserError(
            f"{entry.shown} has no row that can be used ({reasons or 'it is empty'}): choose a "
            "table with a label and the pixels of a picture in each row."
        )
    if any(part.dtype != np.uint8 for part in parts):
        parts = [part.astype(np.float32) for part in parts]
    images = np.concatenate(parts).reshape(-1, columns.side, columns.side)
    return StoredSet(images, np.array(labels))


def _columns(content: bytes, entry: Entry) -> Columns:
    first = next(_lines(content, entry), b"")
    if not first:
        raise UserError(f"{entry.shown} is empty: choose another table.")
    delimiter = max(_DELIMITERS, key=first.count)
    fields = _fields(first, delimiter)
    names = [field.strip().lower() for field in fields]
    numbers = names[1:-1] if delimiter == b"," else [_with_point(one) for one in names[1:-1]]
    has_heading = not all(map(_is_number, numbers)) or names[0] in LABELS
    named = [place for place, name in enumerate(names) if has_heading and name in LABELS]
    dropped: tuple[int, ...] = ()
    if has_heading:
        dropped = tuple(place for place, name in enumerate(names) if name in _NUMBERS)
    pixels = len(fields) - 1 - len(dropped)
    side = math.isqrt(max(0, pixels))
    if side * side != pixels or not 4 <= side <= LARGEST_SIDE:
        whole = math.isqrt(len(fields) - len(dropped))
        if whole >= 4 and whole * whole == len(fields) - len(dropped) and not named:
            raise UserError(
                f"{entry.shown} has pictures of {whole}x{whole} pixels without labels: choose a "
                "table with a column of labels."
            )
        raise UserError(
            f"{entry.shown} has {_counted(len(fields))} in its first row, not a label "
            "and the pixels of a square picture (785 for 28x28): choose another table."
        )
    if named:
        label = named[0]
    else:
        label = _place_of_label(content, entry, delimiter, len(fields), dropped, has_heading)
    return Columns(delimiter, len(fields), label, dropped, side, has_heading)


def _place_of_label(
    content: bytes,
    entry: Entry,
    delimiter: bytes,
    count: int,
    dropped: Sequence[int],
    has_heading: bool,
) -> int:
    """The first column or the last, whichever tells rows apart; the first if both do."""
    kept = [place for place in range(count) if place not in dropped]
    first: set[str] = set()
    last: set[str] = set()
    for number, line in enumerate(_lines(content, entry)):
        if number == 0 and has_heading:
            continue
        if number > _AT_ONCE:
            break
        fields = _fields(line, delimiter)
        if len(fields) == count:
            first.add(fields[kept[0]])
            last.add(fields[kept[-1]])
    is_last = len(first) < 2 <= len(last) or not all(_is_number(_with_point(one)) for one in last)
    return kept[-1] if is_last else kept[0]


def _rows(content: bytes, entry: Entry, columns: Columns) -> Iterator[bytes]:
    lines = _lines(content, entry)
    if columns.has_heading:
        next(lines, None)
    return lines


def _lines(content: bytes, entry: Entry) -> Iterator[bytes]:
    """The lines that are not empty."""
    start = 3 if content.startswith(b"\xef\xbb\xbf") else 0  # a mark of UTF-8
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:4096]:
        raise UserError(f"{entry.shown} is not a table of plain text: save it as CSV in UTF-8.")
    while start < len(content):
        end = content.find(b"\n", start, start + LONGEST_ROW)
        if end < 0:
            end = len(content)
            if end - start >= LONGEST_ROW:
                raise UserError(
                    f"{entry.shown} has a row of more than {LONGEST_ROW:,} bytes: choose another "
                    "table."
                )
        line = content[start:end].strip()
        start = end + 1
        if line:
            yield line


def _in_parts(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    part: list[bytes] = []
    for line in lines:
        part.append(line)
        if len(part) == _AT_ONCE:
            yield part
            part = []
    if part:
        yield part


def _fields(line: bytes, delimiter: bytes) -> list[str]:
    if delimiter == b" ":
        line = _BLANKS.sub(b" ", line)
    text = line.decode("utf-8", "replace")
    if '"' not in text:
        return text.split(delimiter.decode())
    try:
        return next(csv.reader(io.StringIO(text), delimiter=delimiter.decode()), [])
    except csv.Error:  # a field of more than 131,072 characters
        return []


def _read(
    rows: list[bytes], columns: Columns, left_out: Counter[str]
) -> tuple[list[str], npt.NDArray[Any]]:
    """Labels, and pixels [N, side * side]: of type uint8 if they all can be, else float64."""
    labels, texts = [], []
    for row in rows:
        parts = _parts(row, columns)
        if parts is None:
            left_out[WRONG_LENGTH] += 1
        elif not parts[0]:
            left_out[NO_LABEL] += 1
        else:
            labels.append(parts[0])
            texts.append(parts[1])
    pixels = _numbers(texts, columns.side**2)
    good = np.asarray(np.isfinite(pixels).all(axis=1))
    if not good.all():
        left_out[NOT_A_NUMBER] += int((~good).sum())
        labels = [label for label, is_good in zip(labels, good, strict=True) if is_good]
        pixels = pixels[good]
    whole = pixels.astype(np.uint8) if _fit_bytes(pixels) else pixels
    return labels, whole


def _parts(row: bytes, columns: Columns) -> tuple[str, str] | None:
    """The label of a row, and its pixels with commas between; None if it has other columns."""
    if columns.delimiter == b"," and columns.label == 0 and not columns.dropped and b'"' not in row:
        # As most tables are: a tenth of the time.
        if row.count(b",") + 1 != columns.count:
            return None
        first, _, rest = row.partition(b",")
        return first.decode("utf-8", "replace").strip(), rest.decode("utf-8", "replace")
    fields = _fields(row, columns.delimiter)
    if len(fields) != columns.count:
        return None
    gone = {columns.label % columns.count, *columns.dropped}
    label = fields[columns.label].strip()
    kept = [field for place, field in enumerate(fields) if place not in gone]
    if columns.delimiter != b",":
        kept = [_with_point(field) for field in kept]
        label = _with_point(label) if _is_number(_with_point(label)) else label
    return label, ",".join(kept)


def _with_point(number: str) -> str:
    """Where the columns are separated otherwise, a comma is that of a number, as in Germany."""
    return number.replace(",", ".")


def _fit_bytes(pixels: npt.NDArray[np.float64]) -> bool:
    if not pixels.size or pixels.min() < 0 or pixels.max() > 255:
        return False
    return bool((pixels == np.floor(pixels)).all())


def _numbers(texts: list[str], count: int) -> npt.NDArray[np.float64]:
    """The numbers in each text, [N, count]; NaN in rows that have something else."""
    if not texts:
        return np.empty((0, count))
    with warnings.catch_warnings():
        warnings.simplefilter("error", DeprecationWarning)  # of what is not a number
        try:
            found = np.fromstring(",".join(texts), dtype=np.float64, sep=",")
            if found.size == len(texts) * count:
                return found.reshape(-1, count)
        except (DeprecationWarning, ValueError):
            pass
    return np.array([_row(text, count) for text in texts])


def _row(text: str, count: int) -> list[float]:
    try:
        found = [float(field) for field in text.split(",")]
    except ValueError:
        found = []
    return found if len(found) == count else [math.nan] * count


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _counted(columns: int) -> str:
    return "1 column" if columns == 1 else f"{columns:,} columns"
