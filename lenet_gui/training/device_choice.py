"""On which device a recipe is trained faster, and why. No torch."""

from dataclasses import dataclass
from typing import Final

from lenet_gui.net.architecture import Architecture
from lenet_gui.training.recipe import Device, Optimiser, Recipe

FEWEST_DIGITS: Final[dict[Optimiser, int]] = {Optimiser.ADAM: 4, Optimiser.SGD: 16}
"""Digits per update from which a CUDA card is faster than a processor, by optimiser.

The card takes about as long for one digit as for a hundred: 0.4 ms per update with Adam, whose
updates are recorded (see `cuda_graph`), 2 ms with SGD. A processor's core takes 0.4 to 2 ms for one
digit and 2 to 4 for sixteen. SDLM, made for single patterns, is not here: it belongs on the
processor.
"""

DRAWN_THERE: Final = (
    "the CUDA card draws the distortions: the same seed gives the same weights on this card, but "
    "different ones on the CPU"
)
"""The remark for a training run whose distortions are the card's own."""


@dataclass(frozen=True)
class DeviceChoice:
    """Where a recipe is trained.

    `device` is never `auto`; `reason` says why `auto` took it, "" if the recipe names it.
    """

    device: Device
    reason: str = ""


def faster_device(recipe: Recipe, *, cuda: bool) -> DeviceChoice:
    """The device of a recipe; if it leaves that open, the faster one of CUDA and the CPU.

    Args:
        recipe: what is to be trained.
        cuda: whether there is a CUDA card that torch can use.
    """
    if recipe.device is not Device.AUTO:
        return DeviceChoice(recipe.device)
    is_strong = recipe.architecture is Architecture.STRONG_TEACHER
    if not cuda:
        long = ", without which a strong teacher takes hours" if is_strong else ""
        return DeviceChoice(Device.CPU, f"auto: no CUDA card that torch can use{long}")
    if is_strong:  # a single digit is work enough for a card
        return DeviceChoice(Device.CUDA, "auto: faster than the CPU with a strong teacher")
    fewest = FEWEST_DIGITS.get(recipe.optimiser)
    if fewest is None:
        return DeviceChoice(Device.CPU, "auto: faster than the CUDA card with SDLM")
    an_update = "1 digit" if recipe.batch_size == 1 else f"{recipe.batch_size:,} digits"
    if recipe.batch_size < fewest:
        return DeviceChoice(
            Device.CPU, f"auto: faster than the CUDA card with {an_update} per update"
        )
    return DeviceChoice(Device.CUDA, f"auto: faster than the CPU with {an_update} per update")


def device_text(device: str, reason: str) -> str:
    """Such as "cpu", or "cpu (auto: faster than the CUDA card with SDLM)"."""
    return f"{device} ({reason})" if reason else device
