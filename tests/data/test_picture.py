"""Pictures of every kind become ink; what is no picture of a digit is refused in a sentence."""

import gzip
import io
import os
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from lenet_gui.data.drawing import Backdrop, Drawing, PenPoint, Stroke
from lenet_gui.data.ink import trace_ink
from lenet_gui.data.paint import paint
from lenet_gui.data.pictures.file import pixels_of_image
from lenet_gui.data.pictures.formats import SUFFIXES
from lenet_gui.data.pictures.ink import ink_of_picture, ink_of_pixels
from lenet_gui.data.pictures.limits import LONGEST_SIDE, MOST_PIXELS
from lenet_gui.errors import UserError


def a_seven(side: int = 96) -> np.ndarray:
    """A seven, uint8 [side, side], light on black, clean and of full contrast."""
    corners = (PenPoint(0.25, 0.25), PenPoint(0.75, 0.22), PenPoint(0.4, 0.8))
    raster = paint(Drawing((Stroke(corners[:2]), Stroke(corners[1:]))))
    image = Image.fromarray(np.rint(raster * 255).astype(np.uint8))
    return np.asarray(image.resize((side, side), Image.Resampling.BOX))


SEVEN = a_seven()


def saved(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """The bytes of the picture's file."""
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def png(width: int, height: int, bits: int = 1) -> bytes:
    """A grey PNG of zeros, compressed row by row so that it costs no memory."""
    row = b"\0" * (1 + (width * bits + 7) // 8)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    header = struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


@pytest.mark.parametrize("suffix", [each for kind in SUFFIXES.values() for each in kind])
def test_every_suffix_that_a_dialog_offers_can_be_read(tmp_path: Path, suffix: str) -> None:
    if suffix in SUFFIXES["HEIF"]:
        pytest.importorskip("pillow_heif", reason="HEIC needs pillow-heif").register_heif_opener()
    file = tmp_path / f"seven{suffix}"
    Image.fromarray(SEVEN).convert("1" if suffix == ".pbm" else "L").save(file)
    assert trace_ink(ink_of_picture(file).ink) is not None


def assert_a_seven(content: bytes, tolerance: float = 0.012) -> None:
    np.testing.assert_allclose(ink_of_picture(content).ink, SEVEN / 255, atol=tolerance)


def test_the_clean_seven_itself() -> None:
    assert_a_seven(saved(Image.fromarray(SEVEN)), 1e-6)


def test_dark_on_light_is_the_same_as_light_on_dark() -> None:
    assert_a_seven(saved(Image.fromarray(255 - SEVEN)), 1e-6)


@pytest.mark.parametrize("kind", ["BMP", "GIF", "TIFF", "PPM", "WEBP", "ICO", "JPEG2000"])
def test_other_formats(kind: str) -> None:
    options = {"lossless": True} if kind == "WEBP" else {"sizes": [(96, 96)]}
    assert_a_seven(saved(Image.fromarray(SEVEN), kind, **options))


@pytest.mark.parametrize("kind", ["AVIF", "HEIF"])
def test_formats_of_phones(kind: str) -> None:
    if kind == "HEIF":
        pytest.importorskip("pillow_heif", reason="HEIC needs pillow-heif").register_heif_opener()
    upright = Image.fromarray(SEVEN).convert("RGB")
    turned = upright.transpose(Image.Transpose.ROTATE_90)
    turned.getexif()[0x0112] = 6
    options = {"exif": turned.getexif()} if kind == "AVIF" else {}
    assert_a_seven(saved(upright, kind, quality=95), 0.12)
    assert_a_seven(saved(turned, kind, quality=95, **options), 0.12)


def test_without_its_reader_a_heic_picture_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    for brands in (b"heic\0\0\0\0mif1heic", b"mif1\0\0\0\0mif1heixMiHB"):
        header = (8 + len(brands)).to_bytes(4, "big") + b"ftyp" + brands
        assert refusal(header + bytes(200)) == (
            "The picture is a HEIC picture, which the package pillow-heif reads: install it (pip "
            "install pillow-heif), or save the picture as JPEG or PNG."
        )
    avif = saved(Image.fromarray(SEVEN).convert("RGB"), "AVIF")
    assert ink_of_picture(avif).digits == 1


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "LA", "P", "CMYK"])
def test_every_mode(mode: str) -> None:
    image = Image.fromarray(255 - SEVEN).convert(mode)
    assert_a_seven(saved(image, "TIFF"))


def test_black_and_white() -> None:
    image = Image.fromarray(SEVEN).convert("1", dither=Image.Dither.NONE)
    ink = ink_of_picture(saved(image)).ink
    np.testing.assert_array_equal(ink, SEVEN >= 128)


@pytest.mark.parametrize("bits", [8, 10, 12, 14, 16])
@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_of_which_fewer_may_be_used(bits: int, kind: str) -> None:
    image = Image.fromarray((SEVEN.astype(np.uint32) * (2**bits - 1) // 255).astype(np.uint16))
    assert image.mode == "I;16"
    assert_a_seven(saved(image, kind), 2e-3)


def test_parts_of_a_large_picture_of_sixteen_bits_have_one_white() -> None:
    """It is read in parts, one of which is dark."""
    levels = np.full((60, 4200), 4000, np.uint16)
    levels[:, :2100] = 900
    pixels = pixels_of_image(Image.fromarray(levels))
    assert pixels.colours[:, 0] == pytest.approx(900 / 4095)
    assert pixels.colours[:, -1] == pytest.approx(4000 / 4095)


@pytest.mark.parametrize("kind", [np.int32, np.float32])
def test_levels_of_unknown_unit(kind: type) -> None:
    image = Image.fromarray(SEVEN.astype(kind) * 1000 - 7000)
    assert_a_seven(saved(image, "TIFF"), 1e-4)


def test_what_is_transparent_lies_over_white() -> None:
    black = np.zeros((*SEVEN.shape, 4), np.uint8)
    black[..., 3] = SEVEN  # black ink on nothing
    assert_a_seven(saved(Image.fromarray(black)))


def test_a_palette_with_a_transparent_colour() -> None:
    image = Image.fromarray((SEVEN >= 128).astype(np.uint8), "P")
    image.putpalette([0, 0, 0, 10, 10, 10])
    ink = ink_of_picture(saved(image, transparency=0)).ink
    np.testing.assert_allclose(ink, SEVEN >= 128, atol=0.05)


def test_the_cameras_orientation_is_applied() -> None:
    turned = Image.fromarray(SEVEN).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise by 90 degrees when shown
    assert_a_seven(saved(turned, exif=exif), 1e-6)


def test_pale_ink_on_grey_paper_is_stretched() -> None:
    assert_a_seven(saved(Image.fromarray((150 - SEVEN * 0.2).astype(np.uint8))), 0.03)
    assert_a_seven(saved(Image.fromarray((90 + SEVEN * 0.2).astype(np.uint8))), 0.03)


def test_colours_count_by_their_brightness() -> None:
    blue_on_yellow = np.full((*SEVEN.shape, 3), (250, 240, 120), np.uint8)
    blue_on_yellow[SEVEN >= 128] = (20, 30, 160)
    ink = ink_of_picture(saved(Image.fromarray(blue_on_yellow))).ink
    np.testing.assert_allclose(ink, SEVEN >= 128, atol=0.02)
    np.testing.assert_allclose(ink_of_pixels(blue_on_yellow).ink, ink, atol=0.01)


def test_a_photograph_gives_the_digit_and_not_its_noise() -> None:
    big = a_seven(700) / 255
    down, right = np.mgrid[0:700, 0:700] / 700
    light = 150 + 40 * right + 20 * down  # falls from one side
    noise = np.random.default_rng(0).normal(0, 4, big.shape)
    photo = np.clip(light * (1 - 0.7 * big) + noise, 0, 255).astype(np.uint8)
    found = ink_of_picture(saved(Image.fromarray(photo), "JPEG", quality=85))
    assert found.ink[big == 0].mean() < 0.002
    clean, taken = (
        trace_ink(raster)
        for raster in (
            paint(Drawing(backdrop=Backdrop(found.ink))),
            paint(Drawing(backdrop=Backdrop(ink_of_picture(saved(Image.fromarray(SEVEN))).ink))),
        )
    )
    assert clean is not None
    assert taken is not None
    correlation = np.corrcoef(clean.centred.ravel(), taken.centred.ravel())[0, 1]
    assert correlation > 0.97


def test_a_large_picture_is_reduced() -> None:
    content = saved(Image.fromarray(a_seven(224)).resize((3000, 2000)), "JPEG")
    height, width = ink_of_picture(content).ink.shape
    assert max(height, width) <= LONGEST_SIDE
    assert height / width == pytest.approx(2 / 3, abs=0.01)


def test_ink_that_runs_over_the_border_is_still_ink() -> None:
    page = np.full((60, 60), 240, np.uint8)
    page[:, 25:35] = 20
    ink = ink_of_picture(saved(Image.fromarray(page))).ink
    np.testing.assert_allclose(ink[:, 25:35], 1, atol=1e-6)
    assert ink[:, :25].max() == 0


def test_real_digits_come_through_unchanged(real_mnist: Path) -> None:
    content = gzip.decompress((real_mnist / "t10k-images-idx3-ubyte.gz").read_bytes())
    for digit in np.frombuffer(content, np.uint8, offset=16).reshape(-1, 28, 28)[:200]:
        for page in (digit, 255 - digit):
            ink = ink_of_picture(saved(Image.fromarray(page))).ink
            np.testing.assert_allclose(ink, digit / 255, atol=1e-6)


def test_a_second_time_changes_nothing() -> None:
    pale = (200 - SEVEN * 0.4).astype(np.uint8)
    once = ink_of_picture(saved(Image.fromarray(pale))).ink
    again = ink_of_picture(saved(Image.fromarray(np.rint(once * 255).astype(np.uint8)))).ink
    np.testing.assert_allclose(again, once, atol=0.5 / 255 + 1e-6)


def test_pixels_are_the_picture_they_come_from() -> None:
    rgb = np.repeat(SEVEN[..., None], 3, axis=2)
    np.testing.assert_allclose(ink_of_pixels(rgb).ink, SEVEN / 255, atol=1e-6)
    with pytest.raises(ValueError, match=r"\[h, w, 3\]"):
        ink_of_pixels(SEVEN)
    with pytest.raises(UserError, match=NO_INK):
        ink_of_pixels(np.zeros_like(rgb))


def refusal(source: Path | str | bytes) -> str:
    with pytest.raises(UserError) as refused:
        ink_of_picture(source)
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


NO_INK = "shows no ink that stands out from its background: choose a PNG"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"no picture at all", "cannot be read as a picture"),
        (saved(Image.fromarray(SEVEN))[:200], "cannot be read as a picture"),
        (saved(Image.new("L", (1, 1))), "is only 1x1 pixels"),
        (saved(Image.new("L", (50, 2))), "is only 50x2 pixels"),
        (saved(Image.new("L", (64, 64))), NO_INK),
        (saved(Image.new("RGB", (64, 64), "white")), NO_INK),
        (saved(Image.new("RGBA", (64, 64), (9, 9, 9, 0))), NO_INK),
        (saved(Image.new("F", (64, 64), 3.5), "TIFF"), NO_INK),
        (saved(Image.new("F", (64, 64), float("nan")), "TIFF"), "cannot be read as a picture"),
        (png(20_000, 20_000), "is too large"),
        (png(10_000, 10_000), "is too large (10000x10000 pixels)"),
        (png(MOST_PIXELS // 4 + 1, 4), "is too large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_pictures_are_refused_by_name(content: bytes, sentence: str, tmp_path: Path) -> None:
    file = tmp_path / "digit.png"
    file.write_bytes(content)
    assert refusal(file).startswith(f"{file} {sentence}")
    assert refusal(str(file)).startswith(f"{file} {sentence}")
    assert refusal(content).startswith(f"The picture {sentence}")


def test_of_a_picture_of_many_colours_without_ink_nothing_untrue_is_said() -> None:
    noise = np.random.default_rng(0).normal(200, 2, (300, 300, 3)).astype(np.uint8)
    assert len(np.unique(noise.reshape(-1, 3), axis=0)) > 1000
    assert refusal(saved(Image.fromarray(noise))) == (
        "The picture shows no ink that stands out from its background: "
        "choose a PNG or JPEG picture of one digit."
    )


def test_a_folder_is_no_picture(tmp_path: Path) -> None:
    assert refusal(tmp_path).startswith(f"{tmp_path} is a folder")


def test_a_missing_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.png").startswith(f"{tmp_path / 'gone.png'} does not exist")
    assert "cannot be read" in refusal("nul\0byte.png")


def test_a_file_used_as_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    assert "cannot be read" in refusal(tmp_path / "file" / "digit.png")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert "it is not a regular file" in refusal(tmp_path / "pipe.png")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything may be read here"
)
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    file = tmp_path / "secret.png"
    file.write_bytes(saved(Image.fromarray(SEVEN)))
    file.chmod(0)
    assert f"{file} cannot be read" in refusal(file)


DAMAGED = [
    saved(Image.fromarray(SEVEN[::3, ::3]), kind) for kind in ("PNG", "JPEG", "GIF", "BMP", "TIFF")
]


@settings(max_examples=150)
@given(
    st.sampled_from(DAMAGED),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=4),
    st.integers(0, 2000),
)
@example(b"GIF89a", [], 2000)
def test_damaged_files_give_ink_or_one_sentence(
    content: bytes, changes: list[tuple[int, int]], length: int
) -> None:
    damaged = bytearray(content)
    for place, value in changes:
        damaged[place % len(damaged)] = value
    try:
        ink = ink_of_picture(bytes(damaged[: max(length, 1)])).ink
    except UserError:
        return
    assert np.isfinite(ink).all()
    assert ink.max() == pytest.approx(1, abs=0.05)


def test_dark_ink_on_black_paper_has_a_finite_strength() -> None:
    """Paper without light gives no measure of the shade elsewhere."""
    levels = np.zeros((15, 18), np.uint8)
    levels[11:] = 128
    levels[11:, 13:15] = 0
    found = ink_of_pixels(np.repeat(levels[:, :, None], 3, axis=2))
    assert np.isfinite(found.all_ink).all()
