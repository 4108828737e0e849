import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from lenet_gui.explore.reading import Reading
from lenet_gui.net.architecture import INPUT_RANGE
from lenet_gui.net.layers import ACTIVATION_LAYERS, FEATURE_LAYERS, INPUT
from lenet_gui.pictures.colours import (
    Scale,
    Theme,
    colour_indices,
    diverging_lut,
    limits,
)

# How dichromats see linear RGB (Vienot, Brettel and Mollon, 1999, and Machado et al., 2009).
CONFUSIONS = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}


def linear(srgb: np.ndarray) -> np.ndarray:
    share = srgb / 255.0
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def lab(linear_rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* (D65): an oracle of another making than the Oklab of the program."""
    to_xyz = np.array(
        ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    )
    xyz = np.clip(linear_rgb, 0, 1) @ to_xyz.T / np.array((0.9505, 1.0, 1.089))
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack(
        (116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])), axis=1
    )


@pytest.mark.parametrize("theme", Theme)
def test_the_colours_start_at_the_themes_ground_and_leave_it_evenly_on_both_sides(
    theme: Theme,
) -> None:
    lut = diverging_lut(theme)
    assert lut.shape == (256, 3)
    assert lut.dtype == np.uint8
    lightness = lab(linear(lut))[:, 0]
    centre = lightness[127:129]
    assert (centre > 94).all() if theme is Theme.LIGHT else (centre < 12).all()
    away = -1 if theme is Theme.LIGHT else 1
    positive, negative = lightness[128:], lightness[127::-1]
    for side in (positive, negative):
        steps = np.diff(side) * away
        assert steps.min() > -0.15  # 8-bit colours round
        assert steps.max() < 3 * np.abs(side[-1] - side[0]) / 127
        assert np.abs(side[-1] - side[0]) > 50
    assert np.abs(positive - negative).max() < 8


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("confusion", CONFUSIONS)
def test_sign_and_size_are_told_apart_by_eyes_without_red_or_green(
    theme: Theme, confusion: str
) -> None:
    seen = lab(linear(diverging_lut(theme)) @ np.array(CONFUSIONS[confusion]).T)
    for distance in range(24, 128):
        difference = np.linalg.norm(seen[128 + distance] - seen[127 - distance])
        assert difference > 15, f"+-{distance}/127"
        opposite = np.linalg.norm(seen[128 + distance] - seen[127 - np.arange(8, 128)], axis=1)
        assert opposite.min() > 10, f"{distance}/127"


def test_colours_are_shared_and_cannot_be_changed() -> None:
    lut = diverging_lut(Theme.DARK)
    assert lut is diverging_lut(Theme.DARK)
    with pytest.raises(ValueError, match="read-only"):
        lut[0, 0] = 1


@given(
    arrays.arrays(np.float32, (3, 4, 5), elements=st.floats(-50, 50, width=32)),
    arrays.arrays(np.float32, 3, elements=st.floats(0.125, 20, width=32)),
)
def test_indices_round_the_place_between_minus_and_plus_the_limit(
    maps: np.ndarray, limit: np.ndarray
) -> None:
    indices = colour_indices(maps, limit)
    assert indices.dtype == np.uint8
    exact = 127.5 + 127.5 * maps.astype(float) / limit.astype(float)[:, None, None]
    assert np.abs(np.clip(exact, 0, 255) - indices).max() <= 0.5001


def test_the_ends_and_the_centre_have_their_indices() -> None:
    values = np.array([-2, -1, 0, 1, 2], np.float32)
    assert colour_indices(values, np.full(5, 1, np.float32)).tolist() == [0, 0, 128, 255, 255]
    assert colour_indices(values, 2.0).tolist()[::4] == [0, 255]


def test_maps_that_are_zero_throughout_have_the_colour_of_zero() -> None:
    nothing = np.zeros((2, 3, 3), np.float32)
    assert (colour_indices(nothing, np.zeros(2, np.float32)) == 128).all()


def test_a_scale_per_map_takes_each_maps_largest_value(reading: Reading) -> None:
    found = limits(reading, Scale.PER_MAP)
    assert tuple(found) == ACTIVATION_LAYERS
    for layer in ("C1", "S2", "C3", "S4"):
        for limit, one in zip(found[layer], reading.activations[layer], strict=True):
            assert limit == max(one.max(), -one.min())
    for layer in ("C5", "F6"):
        assert set(found[layer]) == {np.abs(reading.activations[layer]).max()}


def test_a_scale_per_layer_is_one_figure_a_layer(reading: Reading) -> None:
    found = limits(reading, Scale.PER_LAYER)
    for layer in FEATURE_LAYERS:
        assert found[layer].shape == (len(reading.activations[layer]),)
        assert set(found[layer]) == {np.abs(reading.activations[layer]).max()}


def test_the_inputs_scale_is_its_range_so_that_faint_ink_looks_faint(reading: Reading) -> None:
    faint = dataclasses.replace(reading, input=reading.input / 4)
    for one in (reading, faint):
        for scale in (Scale.PER_MAP, Scale.PER_LAYER):
            ink = np.float32(INPUT_RANGE[reading.variant][1])
            assert limits(one, scale)[INPUT].tolist() == [ink]


def test_a_global_scale_is_one_figure_for_everything(reading: Reading) -> None:
    found = limits(reading, Scale.GLOBAL)
    figures = {float(limit) for layer in ACTIVATION_LAYERS for limit in found[layer]}
    largest = max(np.abs(reading.activations[layer]).max() for layer in FEATURE_LAYERS)
    assert figures == {max(float(largest), float(np.float32(INPUT_RANGE[reading.variant][1])))}


@pytest.mark.parametrize("limit", [0.0, 1e-45, 1e-37])
def test_a_limit_that_is_as_good_as_zero_gives_the_colour_of_zero(limit: float) -> None:
    maps = np.array([[-1.0, 0.0, limit, 3e38]], np.float32)
    assert np.array_equal(colour_indices(maps, limit), np.full((1, 4), 128, np.uint8))


def test_values_far_beyond_the_limit_have_the_colours_of_the_ends() -> None:
    maps = np.array([[-3e38, 0.0, 3e38]], np.float32)
    assert colour_indices(maps, 1e-3).tolist() == [[0, 128, 255]]
