"""The three ready-made recipes of each network: quick, thorough, the best. No torch."""

from enum import StrEnum
from typing import Final

from lenet_gui.net.architecture import Variant
from lenet_gui.training.choices import Device
from lenet_gui.training.presets import preset_of, with_preset
from lenet_gui.training.recipe import Recipe, Transpose


class Effort(StrEnum):
    """How long training may take; the value is its name on the screen."""

    QUICK = "Quick"
    THOROUGH = "Thorough"
    BEST = "The best"


_PRESETS: Final = {
    Variant.ORIGINAL: {
        Effort.QUICK: "original-quick",
        Effort.THOROUGH: "original-best-plain",
        Effort.BEST: "original-best",
    },
    Variant.MODERN: {
        Effort.QUICK: "modern-quick",
        Effort.THOROUGH: "modern-seed",
        Effort.BEST: "modern-best",
    },
}


def ready_made(
    variant: Variant, effort: Effort, data: str, transpose: Transpose = Transpose.AUTO
) -> Recipe:
    """The recipe for a network and an effort, on these digits."""
    return with_preset(_PRESETS[variant][effort], data, Device.AUTO, transpose)


def effort_of(recipe: Recipe) -> Effort | None:
    """The effort of a ready-made recipe, whatever its digits; None for others."""
    if recipe.device is not Device.AUTO:
        return None
    name = preset_of(recipe)
    efforts = _PRESETS[recipe.variant].items()
    return next((effort for effort, preset in efforts if preset == name), None)
