"""What the pictures show: every map in its colours, every figure, nothing clipped."""

import dataclasses

import numpy as np
import pytest

from lenet_gui.errors import UserError
from lenet_gui.explore.reading import Reading
from lenet_gui.explore.verdict import verdict_of
from lenet_gui.net.architecture import Variant
from lenet_gui.net.calibration import Calibration
from lenet_gui.net.codes import CODES
from lenet_gui.net.layers import ACTIVATION_LAYERS, INPUT
from lenet_gui.pictures.colours import (
    Scale,
    Theme,
    colour_indices,
    diverging_lut,
    limits,
)
from lenet_gui.pictures.export import Part, sheet_of
from lenet_gui.pictures.lettering import text_width
from lenet_gui.pictures.network_sheet import network_sheet
from lenet_gui.pictures.painted import Style
from lenet_gui.pictures.sheet import PALETTES, Anchor, Patch, Rectangle, Sheet, Text
from lenet_gui.pictures.single_sheet import layer_sheet, map_sheet
from lenet_gui.text.figures import probability

STYLES = [
    Style(Theme.LIGHT, Scale.PER_MAP),
    Style(Theme.DARK, Scale.PER_LAYER, "best.safetensors"),
    Style(Theme.LIGHT, Scale.GLOBAL, "x" * 200),
]


def texts(sheet: Sheet) -> list[str]:
    return [item.text for item in sheet.items if isinstance(item, Text)]


def patches(sheet: Sheet) -> dict[str, Patch]:
    return {item.label: item for item in sheet.items if isinstance(item, Patch)}


def expected(reading: Reading, layer: str, index: int, style: Style) -> np.ndarray:
    one = reading.values(layer)[index]
    limit = limits(reading, style.scale)[layer][index]
    return diverging_lut(style.theme)[colour_indices(one, limit)]


def all_sheets(reading: Reading, style: Style) -> list[Sheet]:
    return [
        network_sheet(reading, style),
        *(layer_sheet(reading, layer, style) for layer in ACTIVATION_LAYERS),
        *(map_sheet(reading, layer, 0, style) for layer in ACTIVATION_LAYERS),
    ]


def assert_nothing_is_clipped_or_overlaps(sheet: Sheet) -> None:
    boxes = []
    for item in sheet.items:
        if isinstance(item, Text):
            width = text_width(item.text, item.size)
            before = {Anchor.LEFT: 0, Anchor.MIDDLE: width // 2, Anchor.RIGHT: width}
            left = item.x - before[item.anchor]
            assert left >= 8, item
            assert left + width <= sheet.width - 8, item
            assert item.y - item.size >= 0, item
            if item.text:
                boxes.append((left, item.y - 0.7 * item.size, left + width, item.y, item))
    for i, (left, top, right, bottom, one) in enumerate(boxes):
        for left2, top2, right2, bottom2, other in boxes[:i]:
            apart = right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
            assert apart, (one, other)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: f"{style.theme}-{style.scale}")
def test_nothing_is_clipped_and_no_text_overlaps_another(reading: Reading, style: Style) -> None:
    for sheet in all_sheets(reading, style):
        assert_nothing_is_clipped_or_overlaps(sheet)


def test_a_sheet_refuses_what_lies_outside_of_it() -> None:
    with pytest.raises(ValueError, match="outside"):
        Sheet("t", 10, 10, "#ffffff", (Rectangle(5, 5, 6, 1, "#000000"),))
    with pytest.raises(ValueError, match="outside"):
        Sheet("t", 10, 10, "#ffffff", (Text(11, 5, "a", 8, "#000000"),))


@pytest.mark.parametrize("style", STYLES, ids=lambda style: f"{style.theme}-{style.scale}")
def test_the_picture_of_all_layers_shows_every_map_in_its_colours(
    reading: Reading, style: Style
) -> None:
    shown = patches(network_sheet(reading, style))
    assert np.array_equal(shown[INPUT].colours, expected(reading, INPUT, 0, style))
    for layer, count in (("C1", 6), ("S2", 6), ("C3", 16), ("S4", 16)):
        for index in range(count):
            one = shown[f"{layer} map {index}"]
            assert np.array_equal(one.colours, expected(reading, layer, index, style))
            assert one.cell_width == one.cell_height
    for layer, shape in (("C5", (4, 30)), ("F6", (12, 7))):
        limit = float(limits(reading, style.scale)[layer][0])
        values = reading.activations[layer].reshape(shape)
        colours = diverging_lut(style.theme)[colour_indices(values, limit)]
        assert np.array_equal(shown[layer].colours, colours)


def test_the_maps_of_a_row_have_one_size_and_c1_is_at_least_84_units_wide(
    reading: Reading,
) -> None:
    shown = patches(network_sheet(reading, Style()))
    for layer, count in (("C1", 6), ("S2", 6), ("C3", 16), ("S4", 16)):
        assert len({shown[f"{layer} map {index}"].width for index in range(count)}) == 1
    assert shown["C1 map 0"].width == 84


def test_the_picture_names_variant_answer_margin_sizes_and_weights(reading: Reading) -> None:
    sheet = network_sheet(reading, Style(weights_name="best.safetensors"))
    told = texts(sheet)
    assert f"LeNet-5 {reading.variant.capitalize()}" in told
    assert "weights best.safetensors" in told
    assert str(reading.answer) in told
    assert f"runner-up {reading.runner_up}" in told
    assert any(text.startswith(f"margin {reading.margin:.2f}") for text in told)
    for size in ("6 @ 28×28", "6 @ 14×14", "16 @ 10×10", "16 @ 5×5", "120 @ 1×1"):
        assert any(text.startswith(size) for text in told)
    assert "84 units as 12×7" in told
    assert f"answer {reading.answer}, runner-up {reading.runner_up}" in sheet.title
    assert "best.safetensors" in sheet.title


def test_the_original_shows_f6_beside_the_ten_codes_with_their_distances(
    original: Reading,
) -> None:
    sheet = network_sheet(original, Style())
    shown, told = patches(sheet), texts(sheet)
    lut, limit = diverging_lut(Theme.LIGHT), float(limits(original, Scale.PER_LAYER)["F6"][0])
    for digit in range(10):
        code = np.array(CODES[digit], np.float32).reshape(12, 7)
        colours = lut[colour_indices(code, limit)]
        assert np.array_equal(shown[f"code of {digit}"].colours, colours)
        assert f"{original.output[digit]:.2f}" in told
    assert told.count("smallest") == 1
    assert original.rubbish is not None
    assert f"not a digit {probability(original.rubbish)}" in told


def test_the_modern_shows_logits_and_probabilities(reading: Reading) -> None:
    if reading.variant is not Variant.MODERN:
        return
    told = texts(network_sheet(reading, Style()))
    for digit in range(10):
        assert f"{reading.output[digit]:+z.2f}".replace("-", "−") in told
        assert probability(float(reading.probabilities[digit])) in told
    assert not any("not a digit" in text for text in told)


def test_bars_are_as_long_as_their_figures(original: Reading) -> None:
    output = np.arange(10, 110, 10, dtype=np.float32)
    shares = np.zeros(10, np.float32)
    reading = dataclasses.replace(
        original, output=output, probabilities=shares, answer=0, runner_up=1, margin=10.0
    )
    sheet = network_sheet(reading, Style())
    bars = {PALETTES[Theme.LIGHT].bar, PALETTES[Theme.LIGHT].accent}
    found = [r for r in sheet.items if isinstance(r, Rectangle) and r.colour in bars]
    lengths = [r.width for r in found if r.height == 12]
    assert lengths == [round(128 * figure / 100) for figure in output.tolist()]


@pytest.mark.parametrize("style", STYLES, ids=lambda style: f"{style.theme}-{style.scale}")
@pytest.mark.parametrize("calibration", [Calibration(5.0), Calibration(100.0, 90.5)], ids=str)
def test_a_picture_says_that_there_is_no_answer_and_why(
    original: Reading, style: Style, calibration: Calibration
) -> None:
    reading = dataclasses.replace(original, calibration=calibration)
    verdict = verdict_of(reading)
    for sheet in all_sheets(reading, style):
        assert_nothing_is_clipped_or_overlaps(sheet)
        assert verdict.headline.lower() in sheet.title
        assert "answer" not in sheet.title
    told = texts(network_sheet(reading, style))
    for line in (verdict.headline, *verdict.why, verdict.otherwise):
        assert line in told
    assert f"runner-up {reading.runner_up}" not in told  # nothing stands as an answer does


@pytest.mark.parametrize("scale", Scale)
def test_the_legend_gives_the_limits_in_figures(original: Reading, scale: Scale) -> None:
    told = texts(network_sheet(original, Style(scale=scale)))
    found = limits(original, scale)
    c1 = [f"{limit:.2f}" for limit in found["C1"].tolist()]
    if scale is Scale.PER_MAP:
        assert all(f"±{figure}" in told for figure in c1)
    elif scale is Scale.PER_LAYER:
        assert f"+{c1[0]}" in told
        assert f"−{c1[0]}" in told
        assert "+1.175" in told
    else:
        bars = [text for text in told if text.startswith("−") and "." in text]
        assert bars == [f"−{found[INPUT][0]:.3f}"]


def test_one_layer_alone_has_its_maps_larger_and_numbered(reading: Reading) -> None:
    style = Style()
    small = patches(network_sheet(reading, style))
    sheet = layer_sheet(reading, "C3", style)
    shown = patches(sheet)
    assert set(shown) == {f"C3 map {index}" for index in range(16)} | {"colour scale"}
    for index in range(16):
        name = f"C3 map {index}"
        assert np.array_equal(shown[name].colours, small[name].colours)
        assert shown[name].width == 2 * small[name].width
        assert str(index) in texts(sheet)


def test_one_map_alone_is_large_and_small_maps_carry_their_values(reading: Reading) -> None:
    style = Style(scale=Scale.PER_MAP)
    sheet = map_sheet(reading, "S4", 15, style)
    shown = patches(sheet)["S4 map 15"]
    assert np.array_equal(shown.colours, expected(reading, "S4", 15, style))
    assert shown.width >= 384
    told = texts(sheet)
    for value in reading.activations["S4"][15].ravel().tolist():
        assert f"{value:+z.2f}".replace("-", "−") in told
    unit = map_sheet(reading, "F6", 83, style)
    assert f"{reading.activations['F6'][83]:+z.2f}".replace("-", "−") in texts(unit)
    assert "F6 unit 83" in patches(unit)


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        (("C9", None), "There is no layer C9: choose one of Input, C1, S2, C3, S4, C5, F6."),
        (("C9", 2), "There is no layer C9: choose one of Input, C1, S2, C3, S4, C5, F6."),
        (("C1", 6), "C1 has no map 6: choose one from 0 to 5."),
        (("C1", -1), "C1 has no map -1: choose one from 0 to 5."),
        (("Input", 1), "Input has no map 1: its only one is 0."),
        ((None, 3), "Map 3 of which layer? Give the layer as well."),
    ],
)
def test_a_part_that_is_not_there_is_named(
    original: Reading, part: tuple[str | None, int | None], sentence: str
) -> None:
    with pytest.raises(UserError) as caught:
        sheet_of(original, Part(*part), Style())
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "<0.1 %"), (0.0004, "<0.1 %"), (0.0006, "0.1 %"), (0.5, "50.0 %"), (1.0, ">99.9 %")],
)
def test_probabilities_are_never_said_to_be_nought_or_certain(share: float, text: str) -> None:
    assert probability(share) == text


@pytest.mark.parametrize("is_wide", [False, True])
def test_outputs_that_stand_for_other_classes_are_named_and_nothing_overlaps(
    reading: Reading, is_wide: bool
) -> None:
    begin = "W" * 22 if is_wide else "name of the garment"
    names = tuple(f"{begin} {number}" for number in range(10))
    for calibration in (reading.calibration, Calibration(0.0, least_margin=1e6)):
        named = dataclasses.replace(reading, class_names=names, calibration=calibration)
        sheet = network_sheet(named, STYLES[0])
        assert_nothing_is_clipped_or_overlaps(sheet)
        said = [text.removesuffix(", smallest") for text in texts(sheet)]
        assert is_wide or set(names) <= set(said)
        assert sum(text.startswith(begin[:9]) for text in said) >= 10
        assert any("margin" in text for text in said)
