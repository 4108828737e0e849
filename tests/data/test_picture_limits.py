"""Large and hostile pictures: read within 400 MB, or refused by their header; and in silence."""

import io
import os
import struct
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from lenet_gui.data.pictures.file import read_pixels
from lenet_gui.data.pictures.found import NotOneDigitError
from lenet_gui.data.pictures.ink import ink_of_picture, ink_of_pixels
from lenet_gui.data.pictures.levels import separating_levels
from lenet_gui.data.pictures.limits import LONGEST_SIDE, MOST_PIXELS
from lenet_gui.data.silence import silent_libtiff, silent_stderr
from lenet_gui.errors import UserError
from tests.support.bounds import bounded

WIDE, HIGH = 8192, 6144
"""50 megapixels, as phones make them."""


TOO_LARGE = (12_000, 24_000)
"""Of a bitmap in an icon, which says twice its height."""
PART = 64
"""So many rows are packed at once."""


def chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


def png(width: int, height: int, colours: int, bits: int = 8) -> bytes:
    """A PNG of a dark bar on light, packed in small parts so that making it takes no memory."""
    samples = {0: 1, 2: 3, 4: 2, 6: 4}[colours]
    pixel = b"\xe0" * (samples * bits // 8)
    light = b"\0" + pixel * width
    black = b"\x10" * len(pixel) if colours in (0, 2) else b"\x10" * (len(pixel) - 1) + b"\xff"
    dark = b"\0" + pixel * (width // 3) + black * (width // 3)
    dark += pixel * (width - 2 * (width // 3))
    packer = zlib.compressobj(1)
    first, last = height // 4 + 1, 3 * height // 4
    packed = b"".join(
        packer.compress(row * min(PART, rows - done))
        for row, rows in ((light, first), (dark, last - first), (light, height - last))
        for done in range(0, rows, PART)
    )
    packed += packer.flush()
    header = struct.pack(">IIBBBBB", width, height, bits, colours, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def saved(mode: str, kind: str, size: tuple[int, int] = (WIDE, HIGH), **options: object) -> bytes:
    """The same bar as a file of another kind."""
    image = Image.new(mode, size, "white")
    width, height = size
    image.paste("black", (width // 3, height // 4, 2 * width // 3, 3 * height // 4))
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


LARGE: dict[str, Callable[[], bytes]] = {
    "grey PNG": lambda: png(WIDE, HIGH, 0),
    "transparent PNG": lambda: png(WIDE, HIGH, 6),
    "PNG of 16 bits": lambda: png(WIDE, HIGH, 0, bits=16),
    "JPEG": lambda: saved("RGB", "JPEG"),
    "progressive JPEG": lambda: saved("RGB", "JPEG", progressive=True, subsampling=0),
    "TIFF in strips": lambda: saved("RGB", "TIFF", compression="tiff_lzw"),
}


@pytest.mark.parametrize("kind", LARGE)
def test_fifty_megapixels_are_read_within_400_mb(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "large"
    file.write_bytes(LARGE[kind]())
    with bounded(seconds=60, megabytes=400):
        ink = ink_of_picture(file).ink
    height, width = ink.shape
    assert max(ink.shape) <= LONGEST_SIDE
    assert ink[height // 2, width // 2] > 0.9
    assert ink[height // 8, width // 8] < 0.1


@pytest.mark.parametrize(("width", "height"), [(WIDE * 1024, 6), (8, HIGH * 1024)])
def test_a_line_of_fifty_megapixels_is_read_within_400_mb(width: int, height: int) -> None:
    content = png(width, height, 6)
    with bounded(seconds=60, megabytes=400), pytest.raises(UserError, match="is only"):
        ink_of_picture(content)  # reduced, nothing is left of it


def test_ten_thousand_marks_are_told_soon() -> None:
    page = np.full((300, 300, 3), 240, np.uint8)
    page[2:296:3, 2:296:3] = 20
    with bounded(), pytest.raises(NotOneDigitError, match="9604 separate marks"):
        ink_of_pixels(page)


@pytest.mark.parametrize("is_high", [False, True])
def test_a_strip_with_dark_and_light_ink_is_read(is_high: bool) -> None:
    strip = np.full((5, 400, 3), 128, np.uint8)
    strip[1:4, 100:102] = 0
    strip[1:4, 300:302] = 255
    found = ink_of_pixels(strip.transpose(1, 0, 2) if is_high else strip)
    assert found.digits == 1


@pytest.mark.parametrize(
    ("make", "most"),
    [
        (lambda: png(MOST_PIXELS // 4 + 1, 4, 0), 64),
        (lambda: saved("RGB", "WEBP", (6000, 4000), lossless=True, quality=0, method=0), 21),
        (lambda: saved("RGB", "TIFF", compression="tiff_lzw", strip_size=1 << 30), 43),
        (lambda: b"P3\n2000 2000\n255\n" + b"9 " * 100, 1),
        (lambda: b"P6\n2000 2000\n200\n" + b"9" * 100, 1),
    ],
    ids=["PNG", "WebP", "TIFF of one strip", "plain PPM", "PPM of few levels"],
)
def test_what_would_take_more_is_refused_by_its_header(
    make: Callable[[], bytes], most: int, tmp_path: Path
) -> None:
    file = tmp_path / "large"
    file.write_bytes(make())
    sentence = rf"is too large \(\d+x\d+ pixels\): .* to at most {most} million pixels\."
    with bounded(megabytes=60), pytest.raises(UserError, match=sentence):
        ink_of_picture(file)


def icon(picture: bytes, times: int = 1) -> bytes:
    """An icon that says of itself to have 16 x 16 pixels."""
    header = struct.pack("<HHH", 0, 1, times)
    entry = struct.pack("<BBBBHHII", 16, 16, 0, 0, 1, 32, len(picture), 6 + 16 * times)
    return header + entry * times + picture


@pytest.mark.parametrize(
    "make",
    [
        lambda: png(12_000, 12_000, 0, bits=8),
        lambda: struct.pack("<IiiHHIIiiII", 40, *TOO_LARGE, 1, 1, *[0] * 6) + bytes(10_000),
        lambda: struct.pack("<IHHHH", 12, *TOO_LARGE, 1, 1) + bytes(10_000),
    ],
    ids=["PNG", "bitmap", "old bitmap"],
)
def test_an_icon_is_not_larger_than_it_says(make: Callable[[], bytes]) -> None:
    picture = make()
    for times in (1, 65_535):
        with bounded(megabytes=60), pytest.raises(UserError, match="is too large: crop or reduce"):
            ink_of_picture(icon(picture, times))


def test_a_jpeg_of_endless_scans_is_refused() -> None:
    content = saved("L", "JPEG", (600, 400), progressive=True)
    last = content.rindex(b"\xff\xda")
    scan = content[last:-2]
    assert ink_of_picture(content).ink.max() == 1
    with bounded(), pytest.raises(UserError, match="cannot be read as a picture"):
        ink_of_picture(content[:-2] + scan * 1000 + content[-2:])


def test_a_file_larger_than_any_picture_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "hole.bmp").open("wb") as hole:
        hole.truncate(1 << 40)
    with bounded(megabytes=20), pytest.raises(UserError, match="is too large: it has more than"):
        ink_of_picture(tmp_path / "hole.bmp")


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_large_picture_is_turned_as_the_camera_was(turn: int) -> None:
    image = Image.new("L", (1100, 800), 255)
    image.paste(0, (150, 100, 450, 250))
    exif = Image.Exif()
    exif[0x0112] = turn
    stream = io.BytesIO()
    image.save(stream, "PNG", exif=exif)
    upright = {
        1: lambda a: a, 2: np.fliplr, 3: lambda a: np.rot90(a, 2), 4: np.flipud, 5: np.transpose,
        6: lambda a: np.rot90(a, 3), 7: lambda a: np.rot90(a, 2).T, 8: np.rot90,
    }[turn](np.asarray(image.reduce(2)) < 128)  # fmt: skip
    np.testing.assert_array_equal(ink_of_picture(stream.getvalue()).ink > 0.5, upright)


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "LA", "P", "1", "I;16", "F"])
def test_parts_put_together_are_the_whole(mode: str) -> None:
    """What is reduced in four parts is what the whole, converted and reduced at once, would be."""
    random = np.random.default_rng(0)
    levels = random.integers(0, 256, (2060, 2100)).astype(np.uint8)
    image = Image.fromarray(levels)
    if mode in ("I;16", "F"):
        wide = levels.astype(np.uint16 if mode == "I;16" else np.float32) * 257
        wide[0, 0], wide[0, 1] = 0, 65535
        image = Image.fromarray(wide)
        whole = np.asarray(image.convert("I").convert("F").reduce(3)) / np.float32(65535)
    else:
        image = image.convert(mode)
        whole = np.asarray(image.convert("RGB").reduce(3).convert("L"), np.float32) / 255
    stream = io.BytesIO()
    image.save(stream, "TIFF")
    read = separating_levels(read_pixels(stream.getvalue()))
    if mode == "F":
        whole = (whole - whole.min()) / (whole.max() - whole.min())
    np.testing.assert_allclose(read, whole, atol=1 / 255 if mode in ("1", "LA", "RGBA") else 1e-6)


def test_a_damaged_tiff_is_refused_in_silence(capfd: pytest.CaptureFixture[str]) -> None:
    content = saved("RGB", "TIFF", (300, 200), compression="tiff_lzw")
    refused = 0
    for place in range(8, len(content), 7):
        damaged = content[:place] + bytes(5) + content[place + 5 :]
        try:
            ink_of_picture(damaged)
        except UserError:
            refused += 1
    for packing in ("tiff_deflate", "jpeg", "group4"):
        whole = saved(
            "1" if packing == "group4" else "RGB", "TIFF", (300, 200), compression=packing
        )
        for damaged in (whole[: len(whole) // 2] + bytes(len(whole) // 2), whole[:200]):
            with pytest.raises(UserError):
                ink_of_picture(damaged)
    assert refused
    assert capfd.readouterr() == ("", "")


def test_only_what_is_inside_is_silenced(capfd: pytest.CaptureFixture[str]) -> None:
    os.write(2, b"before ")
    with silent_stderr():
        os.write(2, b"inside ")
    os.write(2, b"after")
    assert capfd.readouterr().err == "before after"
    with pytest.raises(ValueError, match="told"), silent_stderr():
        raise ValueError("told")
    os.write(2, b"still there")
    assert capfd.readouterr().err == "still there"


@pytest.mark.skipif(sys.platform == "win32", reason="there libtiff is a part of Pillow's library")
def test_nobody_elses_lines_are_lost_while_a_tiff_is_read(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with silent_libtiff():
        os.write(2, b"of another thread")
    assert capfd.readouterr().err == "of another thread"
