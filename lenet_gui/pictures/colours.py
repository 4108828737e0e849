"""Colours of activations: zero-centred, perceptually uniform, safe for red-green blindness.

Positive values are orange to red-brown, negative ones blue, and zero has the theme's own
lightness. The window uses these colours on every frame and the exported pictures the same ones,
so that both say the same.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from lenet_gui.net.layers import FEATURE_LAYERS, INPUT

if TYPE_CHECKING:
    from lenet_gui.explore.reading import Reading

COLOURS = 256


class Theme(StrEnum):
    """A picture's theme: zero is light on LIGHT and dark on DARK."""

    LIGHT = "light"
    DARK = "dark"


class Scale(StrEnum):
    """What shares one colour scale: every map its own, a layer's maps, or all layers."""

    PER_MAP = "per-map"
    PER_LAYER = "per-layer"
    GLOBAL = "global"


@dataclass(frozen=True)
class _Ramp:
    """Ends of a diverging scale in Oklab's polar form: lightness, chroma, hue in degrees."""

    centre_lightness: float
    end_lightness: float
    chroma: float
    negative_hue: float
    positive_hue: float


_RAMPS = {
    Theme.LIGHT: _Ramp(0.975, 0.42, 0.12, negative_hue=255.0, positive_hue=46.0),
    Theme.DARK: _Ramp(0.21, 0.80, 0.10, negative_hue=245.0, positive_hue=60.0),
}

_CHROMA_KNEE = 0.75
"""The fraction at which the chroma is full; before, it rises with the distance."""


@cache
def diverging_lut(theme: Theme) -> npt.NDArray[np.uint8]:
    """The 256 colours of a theme, uint8[256, 3] in RGB, not writeable.

    Index 0 is the lowest value (-limit), 255 the highest (+limit); zero lies between 127 and 128.
    Lightness is linear in the distance from zero and the same on both sides, so that size can be
    read without seeing hue.
    """
    ramp = _RAMPS[theme]
    position = (np.arange(COLOURS) - 127.5) / 127.5  # -1..1
    distance = np.abs(position)
    lightness = ramp.centre_lightness + (ramp.end_lightness - ramp.centre_lightness) * distance
    reach = np.minimum(distance / _CHROMA_KNEE, 1.0)
    chroma = ramp.chroma * reach * (2.0 - reach)
    hue = np.deg2rad(np.where(position < 0, ramp.negative_hue, ramp.positive_hue))
    red_green_blue = _oklab_to_srgb(lightness, chroma * np.cos(hue), chroma * np.sin(hue))
    lut = np.rint(255 * np.clip(red_green_blue, 0.0, 1.0)).astype(np.uint8)
    lut.flags.writeable = False
    return lut


def _oklab_to_srgb(
    lightness: npt.NDArray[np.float64], a: npt.NDArray[np.float64], b: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Oklab (Bjorn Ottosson, 2020) to sRGB in 0..1; outside of the gamut it leaves that range."""
    cone = np.stack(
        (
            lightness + 0.3963377774 * a + 0.2158037573 * b,
            lightness - 0.1055613458 * a - 0.0638541728 * b,
            lightness - 0.0894841775 * a - 1.2914855480 * b,
        ),
        axis=-1,
    )
    to_linear = np.array(
        (
            (4.0767416621, -3.3077115913, 0.2309699292),
            (-1.2684380046, 2.6097574011, -0.3413193965),
            (-0.0041960863, -0.7034186147, 1.7076147010),
        )
    )
    linear = np.maximum(cone**3 @ to_linear.T, 0.0)
    curved: npt.NDArray[np.float64] = np.where(
        linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055
    )
    return curved


def limits(reading: "Reading", scale: Scale) -> dict[str, npt.NDArray[np.float32]]:
    """The value of the full colour, +limit and -limit, for each map of `ACTIVATION_LAYERS`.

    PER_MAP takes the largest |activation| of each map; the units of C5 and F6 are maps of 1x1,
    which would all be fully coloured, so these layers share one limit. PER_LAYER takes the
    largest of a layer. For the input both take the largest |value| that the variant's input range
    allows, so that faint ink looks faint. GLOBAL takes the largest of all of these.

    Returns:
        For each layer float32[maps], all >= 0; 0 for a map that is zero throughout.
    """
    found: dict[str, npt.NDArray[np.float32]] = {
        INPUT: np.full(1, max(abs(end) for end in reading.kind.input_range), np.float32)
    }
    for layer in FEATURE_LAYERS:
        sizes = np.abs(reading.activations[layer])
        if scale is Scale.PER_MAP and sizes.ndim == 3:
            found[layer] = sizes.max(axis=(1, 2))
        else:
            found[layer] = np.full(len(sizes), sizes.max(), np.float32)
    if scale is Scale.GLOBAL:
        largest = max(float(limit.max()) for limit in found.values())
        return {layer: np.full_like(limit, largest) for layer, limit in found.items()}
    return found


_AS_GOOD_AS_ZERO = 1e-36
"""A limit by which no float32 can be divided."""


def colour_indices(
    maps: npt.NDArray[np.float32], limit: npt.NDArray[np.float32] | float
) -> npt.NDArray[np.uint8]:
    """Indices into the 256 colours for finite activations; values beyond the limit get the end.

    Args:
        maps: float32[maps, ...].
        limit: float32[maps], or one limit for all; a limit of 0, or almost 0, gives the colour
            of zero.

    Returns:
        uint8 of the shape of `maps`.
    """
    return rounded_indices(on_scale(maps, limit))


def on_scale(
    maps: npt.NDArray[np.float32],
    limit: npt.NDArray[np.float32] | float,
    out: npt.NDArray[np.float32] | None = None,
) -> npt.NDArray[np.float32]:
    """Activations scaled so that their limits become ±127.5, as `colour_indices` needs them."""
    factor: npt.NDArray[np.float32] | np.float32
    if isinstance(limit, float):
        one = np.float32(limit)
        factor = np.float32(127.5) / one if one > _AS_GOOD_AS_ZERO else np.float32(0)
    else:
        limit = np.asarray(limit, np.float32)
        factor = np.divide(127.5, limit, out=np.zeros_like(limit), where=limit > _AS_GOOD_AS_ZERO)
        factor = factor.reshape(-1, *(1,) * (maps.ndim - 1)) if factor.ndim else factor
    with np.errstate(over="ignore", invalid="ignore"):  # clipped like everything beyond the limit
        found: npt.NDArray[np.float32] = np.multiply(maps, factor, out=out)
    return found


def rounded_indices(scaled: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
    """Indices into the 256 colours for values that `on_scale` has scaled; none is NaN."""
    found = scaled + np.float32(128.0)  # 127.5 for the centre, 0.5 to round when the cast cuts
    # Like `clip`, whose call takes longer than the work on so few values.
    np.maximum(found, np.float32(0.0), out=found)
    np.minimum(found, np.float32(255.0), out=found)
    return found.astype(np.uint8)
