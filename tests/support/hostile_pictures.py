"""Picture files as damage, malice or chance make them: whole ones cut, contradicted or swollen."""

import gzip
import io
import struct
import zlib
from collections.abc import Iterator

import numpy as np
from PIL import Image

KINDS = (
    ("PNG", "L"), ("JPEG", "RGB"), ("GIF", "P"), ("BMP", "RGB"), ("TIFF", "RGB"), ("WEBP", "RGB"),
    ("PPM", "RGB"), ("ICO", "RGBA"), ("AVIF", "RGB"), ("JPEG2000", "RGB"), ("HEIF", "RGB"),
)  # fmt: skip
PLACES = (3, 11, 0.25, 0.5, 0.75)
"""Where files are cut: bytes, or shares of their length."""
TOO_MANY = 2**32 - 1


def a_picture(kind: str, mode: str = "L", **options: object) -> bytes:
    """A seven of few strokes as a file of a kind."""
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    levels = np.full((40, 30), 240, np.uint8)
    levels[8:12, 6:24] = levels[12:34, 16:20] = 10
    stream = io.BytesIO()
    Image.fromarray(levels).convert(mode).save(stream, kind, **options)
    return stream.getvalue()


def refused_pictures() -> dict[str, bytes]:
    """Files by name that hold no picture of a digit that can be read."""
    made: dict[str, bytes] = {}
    for make in (_cut, _png, _jpeg, _others, _containers, _bombs, _of_no_digit, _no_pictures):
        for name, content in make():
            assert name not in made, name
            made[name] = content
    return made


def odd_pictures() -> dict[str, bytes]:
    """Files by name that are odd, and can be read."""
    grey = Image.open(io.BytesIO(a_picture("PNG")))
    levels = np.asarray(grey)
    palette = Image.fromarray((levels < 100).astype(np.uint8), "P")
    palette.putpalette([255, 255, 255, 255, 255, 255])
    frames = [grey.convert("P"), *(Image.new("P", grey.size, n) for n in range(9))]
    white_ink = np.full((40, 30, 4), 255, np.uint8)
    white_ink[..., 3] = 255 - levels
    black_ink = white_ink * np.array([0, 0, 0, 1], np.uint8)
    png, gif = a_picture("PNG"), a_picture("GIF", "P")
    return {
        "animated.gif": _saved(frames[0], "GIF", save_all=True, append_images=frames[1:]),
        "animated.png": _saved(frames[0], "PNG", save_all=True, append_images=frames[1:]),
        "animated.webp": _saved(grey, "WEBP", save_all=True, append_images=frames[1:]),
        "pages.tiff": _saved(grey, "TIFF", save_all=True, append_images=frames[1:]),
        "cmyk.jpg": a_picture("JPEG", "CMYK"),
        "cmyk.tiff": a_picture("TIFF", "CMYK"),
        "lab.tiff": a_picture("TIFF", "LAB"),
        "ycbcr.tiff": a_picture("TIFF", "YCbCr", compression="jpeg"),
        "16-bit.png": _saved(Image.fromarray(levels.astype(np.uint16) * 257)),
        "floats.tiff": a_picture("TIFF", "F"),
        "1-bit.png": a_picture("PNG", "1"),
        "white-ink.png": _saved(Image.fromarray(white_ink)),
        "black-ink.png": _saved(Image.fromarray(black_ink)),
        "white-ink.webp": _saved(Image.fromarray(white_ink), "WEBP", lossless=True, exact=True),
        "palette-with-alpha.png": _saved(palette, transparency=bytes([0, 255])),
        "two-alphas.gif": _saved(palette, "GIF", transparency=0),
        "more-behind.png": png + b"more" * 100,
        "wrong-suffix.png": a_picture("JPEG"),
        "no-suffix": a_picture("BMP"),
        "long-comment.png": png[:33] + _chunk(b"tEXt", b"Comment\0" + b"x" * 100_000) + png[33:],
        "endless-part.png": png[:33] + struct.pack(">I", TOO_MANY) + png[37:],
        "no-size.gif": gif[:6] + bytes(4) + gif[10:],
        "unknown-part.png": png[:33] + _chunk(b"quIz", bytes(50)) + png[33:],
    }


def _saved(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def _cut() -> Iterator[tuple[str, bytes]]:
    """Every kind, ended too early at every kind of place."""
    for kind, mode in KINDS:
        whole = a_picture(kind, mode)
        for place in PLACES:
            length = place if isinstance(place, int) else int(place * len(whole))
            yield f"cut at {place}.{kind.lower()}", whole[:length]


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


def _made_png(width: int, height: int, bits: int = 8, colours: int = 0, **more: bytes) -> bytes:
    """A PNG of zeros whose header says what it likes; `more` are chunks before its pixels."""
    header = struct.pack(">IIBBBBB", width, height, bits, colours, 0, 0, 0)
    chunks = [(b"IHDR", header), *((kind.encode(), content) for kind, content in more.items())]
    if "IDAT" not in more:
        chunks.append((b"IDAT", zlib.compress(bytes(2000))))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in (*chunks, (b"IEND", b"")))


def _png() -> Iterator[tuple[str, bytes]]:
    whole = a_picture("PNG")
    for name, width, height in (
        ("no width", 0, 40), ("no height", 30, 0), ("neither", 0, 0), ("wide", 2**31 - 1, 4),
        ("most", TOO_MANY, TOO_MANY), ("more rows than there are", 30, 4000),
    ):  # fmt: skip
        yield f"{name}.png", _made_png(width, height)
    for bits, colours in ((3, 0), (16, 3), (8, 1), (8, 7), (255, 255), (0, 0)):
        yield f"{bits} bits of colours {colours}.png", _made_png(30, 40, bits, colours)
    yield "no palette.png", _made_png(30, 40, 8, 3)
    yield "no pixels.png", _made_png(30, 40, IDAT=b"")
    yield "pixels that are not packed.png", _made_png(30, 40, IDAT=bytes(range(256)) * 8)
    yield "wrong check.png", whole[:29] + b"\0\0\0\0" + whole[33:]
    yield "header twice as long.png", whole[:8] + struct.pack(">I", 26) + whole[12:]


def _jpeg() -> Iterator[tuple[str, bytes]]:
    whole = a_picture("JPEG", "RGB")
    frame = whole.index(b"\xff\xc0") + 4
    for name, place, content in (
        ("no rows", frame + 1, b"\0\0"), ("no columns", frame + 3, b"\0\0"),
        ("no bits", frame, b"\0"), ("no colours", frame + 5, b"\0"),
        ("255 colours", frame + 5, b"\xff"), ("most", frame + 1, b"\xff\xff\xff\xff"),
    ):  # fmt: skip
        yield f"{name}.jpg", whole[:place] + content + whole[place + len(content) :]
    yield "no tables.jpg", whole[:20] + whole[whole.index(b"\xff\xc0") :]
    yield "no picture.jpg", whole[:20] + b"\xff\xd9"
    scans = _saved(Image.open(io.BytesIO(whole)), "JPEG", progressive=True)
    last = scans.rindex(b"\xff\xda")
    yield "endless scans.jpg", scans[:-2] + scans[last:-2] * 500 + scans[-2:]


def _others() -> Iterator[tuple[str, bytes]]:
    bitmap, tiff, gif = a_picture("BMP", "RGB"), a_picture("TIFF"), a_picture("GIF", "P")
    for name, width, height in (("no width", 0, 40), ("most", 2**31 - 1, 2**31 - 1)):
        yield f"{name}.bmp", bitmap[:18] + struct.pack("<ii", width, height) + bitmap[26:]
    yield "wrong bits.bmp", bitmap[:28] + struct.pack("<H", 7) + bitmap[30:]
    yield "pixels outside.bmp", bitmap[:10] + struct.pack("<I", TOO_MANY) + bitmap[14:]
    (first,) = struct.unpack_from("<I", tiff, 4)
    yield "directory outside.tiff", tiff[:4] + struct.pack("<I", TOO_MANY) + tiff[8:]
    yield "no entries.tiff", tiff[:first] + b"\0\0" + tiff[first + 2 :]
    for tag, value in ((256, 0), (257, TOO_MANY), (258, 77), (259, 34000), (273, TOO_MANY)):
        place = tiff.index(struct.pack("<H", tag), first) + 8
        yield f"tag {tag}.tiff", tiff[:place] + struct.pack("<I", value) + tiff[place + 4 :]
    yield "no frames.gif", gif[:13] + b"\x3b"
    for name, header in (
        ("no numbers", "P5"), ("letters", "P5 a b 255"), ("less than none", "P5 -30 40 255"),
        ("no width", "P5 0 40 255"), ("no levels", "P5 30 40 0"), ("levels", "P5 30 40 65536"),
        ("most", "P5 99999999 99999999 255"), ("digits", "P5 " + "9" * 5000), ("plain", "P2 9 9 9"),
    ):  # fmt: skip
        yield f"{name}.pgm", header.encode() + b"\n" + bytes(9)
    for count in (0, 1, 65_535):
        yield f"{count} pictures.ico", struct.pack("<HHH", 0, 1, count)
    entry = struct.pack("<BBBBHHII", 16, 16, 0, 0, 1, 32, 100, TOO_MANY)
    yield "picture outside.ico", struct.pack("<HHH", 0, 1, 1) + entry


def _containers() -> Iterator[tuple[str, bytes]]:
    webp, jp2 = a_picture("WEBP", "RGB"), a_picture("JPEG2000", "RGB")
    yield "no length.webp", webp[:4] + bytes(4) + webp[8:16] + bytes(4) + webp[20:]
    frame = jp2.index(b"\xff\x4f\xff\x51") + 8
    for name, sides in (
        ("most", (TOO_MANY, TOO_MANY)), ("none", (0, 0)), ("large", (30_000, 30_000)),
    ):  # fmt: skip
        size = struct.pack(">II", *sides)
        yield f"{name}.j2k", jp2[frame - 8 : frame] + size + jp2[frame + 8 :]
        of_parts = jp2[frame + 8 : frame + 16] + size + jp2[frame + 24 :]
        yield f"{name}.jp2", jp2[:frame] + size + of_parts
    for kind in ("AVIF", "HEIF"):
        whole = a_picture(kind, "RGB")
        place = whole.index(b"ispe") + 8
        for name, side in (("most", TOO_MANY), ("none", 0), ("large", 30_000)):
            changed = whole[:place] + struct.pack(">II", side, side) + whole[place + 8 :]
            yield f"{name}.{kind.lower()}", changed


def _bombs() -> Iterator[tuple[str, bytes]]:
    """Small files that become large."""
    zeros = zlib.compressobj(9)
    packed = b"".join(zeros.compress(bytes(10_001)) for _ in range(10_000)) + zeros.flush()
    yield "100 million pixels.png", _made_png(10_000, 10_000, IDAT=packed)
    yield "more than all.png", _made_png(200_000, 200_000, 1, IDAT=packed)
    yield "a long colour profile.png", _made_png(30, 40, iCCP=b"profile\0\0" + packed)
    yield "a long text.png", _made_png(30, 40, zTXt=b"Comment\0\0" + packed)
    strip = gzip.compress(bytes(50_000_000))[10:-8]
    tiff = a_picture("TIFF", compression="tiff_adobe_deflate")
    yield "a long strip.tiff", tiff[:8] + strip[: len(tiff) - 8]
    image = Image.new("1", (12_000, 12_000))
    yield "144 million pixels.tiff", _saved(image, "TIFF", compression="group4")
    yield "144 million pixels.gif", b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + bytes(20)
    header = struct.pack("<HHHBBBBHHII", 0, 1, 1, 16, 16, 0, 0, 1, 32, 99, 22)
    yield "a large picture.ico", header + _made_png(20_000, 20_000)


def _of_no_digit() -> Iterator[tuple[str, bytes]]:
    """Whole pictures."""
    for width, height in ((1, 1), (3, 40), (30, 2), (20_000, 1)):
        yield f"{width} by {height}.png", _saved(Image.new("L", (width, height), 200))
    for colour in ("white", "black", "red"):
        yield f"{colour}.png", _saved(Image.new("RGB", (40, 40), colour))
    yield "all transparent.png", _saved(Image.new("RGBA", (40, 40), (90, 90, 90, 0)))
    for value in (float("nan"), float("inf")):
        levels = np.full((40, 40), value, np.float32)
        levels[10:20] = -value
        yield f"{value}.tiff", _saved(Image.fromarray(levels), "TIFF")
    noise = np.random.default_rng(0).integers(0, 256, (300, 300)).astype(np.uint8)
    yield "noise.png", _saved(Image.fromarray(noise))
    dots = np.full((400, 400), 255, np.uint8)
    dots[::4, ::4] = 0
    yield "ten thousand dots.png", _saved(Image.fromarray(dots))


def _no_pictures() -> Iterator[tuple[str, bytes]]:
    for name, content in (
        ("nothing", b""), ("a byte", b"\x89"), ("zeros", bytes(5000)), ("text", b"seven\n" * 9),
        ("page", b"<!DOCTYPE html><html><body>404</body></html>"), ("vector", b"<svg></svg>"),
        ("document", b"%PDF-1.7\n%\xe2\xe3"), ("script", b"%!PS-Adobe-3.0 EPSF-3.0\n showpage"),
        ("packed", gzip.compress(b"seven")), ("archive", b"PK\x05\x06" + bytes(18)),
        ("pointer", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"),
        ("layers", b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 40, 30, 8, 3) + bytes(50)),
        ("array", b"\x93NUMPY\1\0v\0" + b"{'descr': '|u1'}" + bytes(99)),
    ):  # fmt: skip
        yield f"{name}.png", content
