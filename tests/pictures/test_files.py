"""The written files, read back: PNG, SVG and NPZ."""

import base64
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from lenet_gui.errors import UserError
from lenet_gui.explore.reading import Reading
from lenet_gui.net.architecture import INPUT_RANGE, Variant
from lenet_gui.pictures.arrays import npz_bytes, reading_arrays
from lenet_gui.pictures.colours import Scale, Theme, colour_indices, diverging_lut, limits
from lenet_gui.pictures.export import (
    READING_SUFFIXES,
    check_suffix,
    exported_reading,
    exported_sheet,
    save,
)
from lenet_gui.pictures.network_sheet import network_sheet
from lenet_gui.pictures.painted import Style
from lenet_gui.pictures.png import DEFAULT_SCALE, largest_scale, png_bytes, render_rgba
from lenet_gui.pictures.sheet import Patch, Sheet
from lenet_gui.pictures.single_sheet import layer_sheet, map_sheet
from lenet_gui.pictures.svg import svg_bytes

SVG = "{http://www.w3.org/2000/svg}"
STYLE = Style(Theme.DARK, Scale.PER_MAP, "best.safetensors")


def place_of(sheet: Sheet, label: str) -> Patch:
    return next(i for i in sheet.items if isinstance(i, Patch) and i.label == label)


def c1_colours(reading: Reading, index: int) -> np.ndarray:
    limit = limits(reading, STYLE.scale)["C1"][index]
    return diverging_lut(STYLE.theme)[colour_indices(reading.activations["C1"][index], limit)]


@pytest.mark.parametrize("scale", [1, 3])
def test_every_pixel_of_a_map_in_a_png_has_the_colour_of_its_activation(
    reading: Reading, scale: int
) -> None:
    sheet = network_sheet(reading, STYLE)
    picture = Image.open(io.BytesIO(png_bytes(sheet, scale)))
    assert picture.mode == "RGB"
    assert picture.size == (sheet.width * scale, sheet.height * scale)
    assert picture.info == {}
    pixels = np.asarray(picture)
    for index in (0, 5):
        patch = place_of(sheet, f"C1 map {index}")
        size, x, y = 84 * scale, patch.x * scale, patch.y * scale
        shown = pixels[y : y + size, x : x + size]
        cell = 3 * scale
        colours = c1_colours(reading, index)
        assert np.array_equal(shown, colours.repeat(cell, axis=0).repeat(cell, axis=1))


def test_by_default_a_map_of_c1_has_at_least_four_times_the_windows_84_pixels(
    original: Reading,
) -> None:
    sheet = network_sheet(original, Style())
    width = place_of(sheet, "C1 map 0").width * DEFAULT_SCALE
    assert width >= 4 * 84


def test_the_text_is_drawn_and_stays_sharp_at_every_scale(original: Reading) -> None:
    sheet = map_sheet(original, "C1", 0, Style())
    inked = []
    for scale in (1, 2, 4):
        pixels = render_rgba(sheet, scale)
        title = pixels[30 * scale : 52 * scale, 32 * scale : 240 * scale, :3].min(axis=2)
        assert title.min() < 60  # the ink, not only its soft edge
        inked.append((title < 128).mean())
    assert max(inked) < 1.5 * min(inked)


def _ends(columns: np.ndarray) -> tuple[slice, slice]:
    """The left and the right half of what has ink in these columns."""
    low, high = int(columns.min()), int(columns.max()) + 1
    return slice(low, (low + high) // 2), slice((low + high) // 2, high)


def test_the_signs_that_the_font_lacks_are_drawn() -> None:
    from lenet_gui.pictures.lettering import draw_text, text_width
    from lenet_gui.pictures.sheet import Anchor

    def drawn(text: str, size: int) -> np.ndarray:
        page = Image.new("RGB", (3 * size, 2 * size), "#ffffff")
        draw_text(page, (size // 2, size + size // 2), text, size, "#000000", Anchor.LEFT)
        return 255 - np.asarray(page)[:, :, 0].astype(int)

    for size in (10, 12, 14, 48, 64):
        minus, cross, plus = (drawn(sign, size) for sign in "−×+")
        rows, columns = np.nonzero(minus > 100)
        assert np.ptp(columns) > 3 * np.ptp(rows)
        assert 0.25 * plus.sum() < minus.sum() < 0.85 * plus.sum()
        assert cross.sum() > 0.7 * plus.sum()
        assert text_width("−1.72", size) == text_width("+1.72", size)
        arrow = drawn("→", size)
        left, right = (arrow[:, half] for half in _ends(np.nonzero(arrow)[1]))
        assert right.sum() > 1.2 * left.sum()  # with a head at its right
        assert (arrow.max(axis=0) > 0).sum() > (minus.max(axis=0) > 0).sum()
    assert np.array_equal(drawn("日", 24), drawn("?", 24))
    for index, letter in (("ᵢ", "i"), ("ⱼ", "j")):
        low, full = (np.nonzero(drawn(sign, 24) > 100)[0] for sign in (index, letter))
        assert np.ptp(low) < np.ptp(full)
        assert low.max() > (36 if letter == "i" else full.max() - 3)  # below the baseline
        assert text_width(index, 24) < text_width(letter, 24)


def test_the_same_reading_gives_the_same_bytes(reading: Reading, image: np.ndarray) -> None:
    for make in (
        lambda: png_bytes(network_sheet(reading, STYLE), 2),
        lambda: svg_bytes(network_sheet(reading, STYLE)),
        lambda: npz_bytes(reading_arrays(reading, image, {"name": "best"})),
    ):
        assert make() == make()


def test_the_clipboard_gets_the_same_pixels_as_the_file(original: Reading) -> None:
    sheet = layer_sheet(original, "S4", Style())
    pixels = render_rgba(sheet, 2)
    assert pixels.dtype == np.uint8
    assert pixels.flags.c_contiguous
    assert (pixels[:, :, 3] == 255).all()
    file = np.asarray(Image.open(io.BytesIO(png_bytes(sheet, 2))))
    assert np.array_equal(pixels[:, :, :3], file)


@pytest.mark.parametrize("scale", [0, -1, 17])
def test_a_scale_that_cannot_be_had_is_an_error(original: Reading, scale: int) -> None:
    sheet = map_sheet(original, "C1", 0, Style())
    assert largest_scale(sheet) == 16
    with pytest.raises(UserError, match=rf"The scale {scale} is not possible .* from 1 to 16\."):
        png_bytes(sheet, scale)


def test_the_page_of_all_layers_has_a_smaller_largest_scale(original: Reading) -> None:
    sheet = network_sheet(original, Style())
    largest = largest_scale(sheet)
    assert 8 <= largest < 16
    assert sheet.width * sheet.height * largest**2 <= 120_000_000
    with pytest.raises(UserError, match=f"from 1 to {largest}"):
        render_rgba(sheet, largest + 1)


def test_an_svg_is_well_formed_and_holds_true_text(reading: Reading) -> None:
    sheet = network_sheet(reading, Style(weights_name='a<b>&"c"\x01\ud800.safetensors'))
    root = ET.fromstring(svg_bytes(sheet))  # noqa: S314 - our own file
    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == f"0 0 {sheet.width} {sheet.height}"
    title = root.find(f"{SVG}title")
    assert title is not None
    assert f"answer {reading.answer}" in (title.text or "")
    told = [element.text for element in root.iter(f"{SVG}text")]
    assert f"LeNet-5 {reading.variant.capitalize()}" in told
    assert 'weights a<b>&"c"??.safetensors' in told


def test_the_pictures_in_an_svg_are_the_maps_in_sharp_squares(reading: Reading) -> None:
    sheet = network_sheet(reading, STYLE)
    root = ET.fromstring(svg_bytes(sheet))  # noqa: S314 - our own file
    found = {}
    for element in root.iter(f"{SVG}image"):
        label = element.find(f"{SVG}title")
        assert label is not None
        found[label.text] = element
    element = found["C1 map 3"]
    assert (element.get("width"), element.get("height")) == ("84", "84")
    kind, data = element.get("{http://www.w3.org/1999/xlink}href", "").split(",")
    assert kind == "data:image/png;base64"
    pixels = np.asarray(Image.open(io.BytesIO(base64.b64decode(data))))
    cell = 3 * DEFAULT_SCALE
    assert pixels.shape == (28 * cell, 28 * cell, 3)
    assert np.array_equal(pixels[::cell, ::cell], c1_colours(reading, 3))
    assert np.array_equal(pixels[cell - 1 :: cell, cell - 1 :: cell], c1_colours(reading, 3))


def test_arrays_come_back_bit_for_bit_with_what_they_are(
    reading: Reading, image: np.ndarray, tmp_path: Path
) -> None:
    target = tmp_path / "all.npz"
    save(exported_reading(reading, image, {"file": "best.safetensors"}), target)
    with np.load(target, allow_pickle=False) as back:
        assert np.array_equal(back["image"], image)
        assert np.array_equal(back["input"], reading.input)
        for layer, maps in reading.activations.items():
            assert back[layer].dtype == np.float32
            assert np.array_equal(back[layer], maps)
        assert np.array_equal(back["output"], reading.output)
        assert np.array_equal(back["probabilities"], reading.probabilities)
        told = json.loads(str(back["metadata"]))
    background, ink = INPUT_RANGE[reading.variant]
    assert told["variant"] == reading.variant
    assert told["weights"] == {"file": "best.safetensors"}
    assert (told["input_background"], told["input_ink"]) == (background, ink)
    assert (told["answer"], told["runner_up"]) == (reading.answer, reading.runner_up)
    assert told["margin"] == reading.margin
    assert told["output"] == ("distances" if reading.variant is Variant.ORIGINAL else "logits")
    assert told["rubbish"] == reading.rubbish
    assert (told["abstains"], told["reason"]) == (False, None)
    assert (told["j"], told["least_margin"]) == (reading.calibration.j, 0.0)


def test_pictures_are_written_by_their_suffix(original: Reading, tmp_path: Path) -> None:
    sheet = map_sheet(original, "S2", 1, Style())
    save(exported_sheet(sheet), tmp_path / "a.PNG", scale=1)
    save(exported_sheet(sheet), tmp_path / "new" / "a.svg")
    assert (tmp_path / "a.PNG").read_bytes() == png_bytes(sheet, 1)
    assert (tmp_path / "new" / "a.svg").read_bytes() == svg_bytes(sheet)


def test_wrong_suffixes_are_named(original: Reading, image: np.ndarray, tmp_path: Path) -> None:
    sheet = map_sheet(original, "S2", 1, Style())
    with pytest.raises(UserError, match=r"a\.npz must end in \.png, \.svg: choose"):
        save(exported_sheet(sheet), tmp_path / "a.npz")
    with pytest.raises(UserError, match=r"a\.csv must end in \.png, \.svg, \.npz: choose"):
        save(exported_reading(original, image), tmp_path / "a.csv")
    with pytest.raises(UserError, match=r"a\.jpg must end in \.png, \.svg, \.npz: choose"):
        check_suffix(Path("a.jpg"), READING_SUFFIXES)
    assert exported_reading(original, image).suffixes == READING_SUFFIXES
    assert list(tmp_path.iterdir()) == []


def test_a_full_target_leaves_the_old_file_and_no_other(original: Reading, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    target = tmp_path / "a.png"
    target.write_bytes(b"old")
    sheet = map_sheet(original, "S2", 1, Style())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))  # as if 2,000 bytes were free
    try:
        with pytest.raises(UserError, match=r"a\.png could not be written .* free some space"):
            save(exported_sheet(sheet), target, scale=4)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]


def test_a_failed_export_leaves_the_old_file_and_no_other(
    original: Reading, image: np.ndarray, tmp_path: Path
) -> None:
    target = tmp_path / "a.png"
    target.write_bytes(b"old")
    with pytest.raises(UserError, match="is not possible"):
        save(exported_sheet(map_sheet(original, "S2", 1, Style())), target, scale=99)
    assert target.read_bytes() == b"old"
    with pytest.raises(UserError, match="could not be written"):
        save(exported_reading(original, image), target / "b.npz")
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]
