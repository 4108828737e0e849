"""Files as damage or malice leaves them: whole ones with bytes, or values in JSON, made otherwise.

Few examples in `make test`, thousands in `make fuzz`: `examples`.
"""

import copy
import json
import math
import re
import struct
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st


def examples(few: int, fuzzed: int) -> Callable[[Any], Any]:
    """How many examples a property has in `make test`, and in each round of `make fuzz`."""
    return settings(max_examples=few if settings.default.derandomize else fuzzed)


# ---------------------------------------------------------------- bytes


@st.composite
def damaged(draw: st.DrawFn, contents: Sequence[bytes]) -> bytes:
    """One of some whole contents, damaged at one to four places."""
    content = bytearray(draw(st.sampled_from(contents)))
    for _ in range(draw(st.integers(1, 4))):
        draw(st.sampled_from(_DAMAGES))(draw, content)
    return bytes(content)


def _place(draw: st.DrawFn, content: bytearray) -> int:
    """Anywhere, but often near the beginning, where headers are."""
    last = max(0, len(content) - 1)
    return draw(st.integers(0, min(last, 64)) | st.integers(0, last))


def _flip(draw: st.DrawFn, content: bytearray) -> None:
    if content:
        content[_place(draw, content)] ^= 1 << draw(st.integers(0, 7))


def _set(draw: st.DrawFn, content: bytearray) -> None:
    place = _place(draw, content)
    form = draw(st.sampled_from(("<H", ">H", "<I", ">I", "<Q", ">Q")))
    most = 2 ** (8 * struct.calcsize(form)) - 1
    number = draw(st.sampled_from((0, 1, most, most // 2, most // 2 + 1)) | st.integers(0, most))
    content[place : place + struct.calcsize(form)] = struct.pack(form, number)


def _cut(draw: st.DrawFn, content: bytearray) -> None:
    del content[_place(draw, content) :]


def _drop(draw: st.DrawFn, content: bytearray) -> None:
    place = _place(draw, content)
    del content[place : place + draw(st.integers(1, 32))]


def _insert(draw: st.DrawFn, content: bytearray) -> None:
    place = _place(draw, content)
    content[place:place] = draw(st.binary(min_size=1, max_size=32))


def _repeat(draw: st.DrawFn, content: bytearray) -> None:
    place = _place(draw, content)
    piece = content[place : place + draw(st.integers(1, 256))]
    content[place:place] = piece * draw(st.integers(1, 20))


_DAMAGES = (_flip, _flip, _set, _cut, _drop, _insert, _repeat)


# ---------------------------------------------------------------- JSON

_RAW = {
    "@nested@": "[" * 20_000 + "]" * 20_000,
    "@open@": '{"a":' * 3_000,
    "@long@": "9" * 5_000,
    "@wide@": "9" * 400,
    "@infinite@": "1e999",
}
"""What stands in JSON for these strings; Python's writer would not write it."""

HOSTILE = (
    *_RAW,
    None,
    True,
    False,
    0,
    -1,
    1,
    9_999_999_999,
    2**63,
    10**30,
    0.5,
    -0.0,
    1e308,
    5e-324,
    math.nan,
    math.inf,
    -math.inf,
    "",
    "x" * 10_000,
    "NaN",
    "\x1b[31mred\x07",
    "a\nb\u202ec\u2028",
    "<b>bold</b>",
    "~nobody-at-all/x",
    "/dev/zero",
    "\ud800",
    [],
    {},
    [[]],
    [None] * 20,
    {"": {}},
    {"a": [1]},
)
"""Values that no honest file has."""


@st.composite
def hostile_json(draw: st.DrawFn, content: Any) -> str:
    """The text of a JSON value with one to three of its parts made otherwise."""
    made = copy.deepcopy(content)
    for _ in range(draw(st.integers(1, 3))):
        inner, key = _a_part(draw, made)
        kind = draw(st.sampled_from(("value", "value", "value", "gone", "renamed", "twice")))
        if inner is None or key is None:
            made = _hostile(draw)
        elif kind == "gone":
            del inner[key]
        elif kind == "renamed" and isinstance(inner, dict):
            inner[draw(st.sampled_from(("", "\x1b]0;x\x07", "x" * 500, "event")))] = inner.pop(key)
        elif kind == "twice" and isinstance(inner, list):
            inner.append(copy.deepcopy(inner[key]))
        else:
            inner[key] = _hostile(draw)
    text = json.dumps(made)
    for word, raw in _RAW.items():
        text = text.replace(f'"{word}"', raw)
    return _DEEP.sub(lambda told: "[" * int(told[1]) + "]" * int(told[1]), text)


_DEEP = re.compile(r'"@deep (\d+)@"')


def _hostile(draw: st.DrawFn) -> Any:
    """One of the values, for whoever gets it to change; or lists in lists, near what can be."""
    if draw(st.integers(0, 15)) == 0:
        return f"@deep {draw(st.integers(500, 1000))}@"
    return copy.deepcopy(draw(st.sampled_from(HOSTILE)))


def _a_part(draw: st.DrawFn, content: Any) -> tuple[Any, Any]:
    """A container and a key in it; None where there is nothing inside."""
    inner, key = None, None
    at = content
    while isinstance(at, dict | list) and at:
        inner = at
        keys = list(at) if isinstance(at, dict) else range(len(at))
        key = draw(st.sampled_from(list(keys)))
        at = at[key]
        if draw(st.integers(0, 3)) == 0:
            break
    return inner, key


# ---------------------------------------------------------------- safetensors


def unsealed(content: bytes) -> bytes:
    """The same safetensors file without its checksum, as older ones are, and made-up ones."""
    header, data = _header(content)
    for name, text in header["__metadata__"].items():
        told = json.loads(text)
        kept = {key: value for key, value in told.items() if not str(value).startswith("sha256:")}
        assert kept != told
        header["__metadata__"][name] = json.dumps(kept)
    packed = json.dumps(header).encode()
    return struct.pack("<Q", len(packed)) + packed + data


@st.composite
def hostile_tensors(draw: st.DrawFn, content: bytes) -> bytes:
    """A whole safetensors file with its header, or the JSON in its metadata, made otherwise."""
    header, data = _header(content)
    if draw(st.booleans()):
        ((name, told),) = header["__metadata__"].items()
        header["__metadata__"][name] = draw(hostile_json(json.loads(told)))
        text = json.dumps(header)
    else:
        text = draw(hostile_json(header))
    packed = text.encode("utf-8", "surrogatepass")
    told_size = draw(st.sampled_from((len(packed),) * 8 + (0, len(packed) - 1, 2**40, 2**64 - 1)))
    return struct.pack("<Q", max(0, told_size)) + packed + data


def _header(content: bytes) -> tuple[dict[str, Any], bytes]:
    size = int.from_bytes(content[:8], "little")
    return json.loads(content[8 : 8 + size]), content[8 + size :]
