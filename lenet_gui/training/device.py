"""The torch device on which a recipe is trained."""

from collections.abc import Callable

import torch

from lenet_gui.errors import UserError
from lenet_gui.training.device_choice import DeviceChoice, faster_device
from lenet_gui.training.recipe import Device, Recipe


def choose_device(recipe: Recipe) -> DeviceChoice:
    """The device for a recipe; if it leaves that open, the faster one (see `device_choice`).

    Raises:
        UserError: the recipe's device is not on this machine, or cannot be used.
    """
    choice = faster_device(recipe, cuda=torch.cuda.is_available())
    if is_usable(choice.device):
        return choice
    if recipe.device is Device.AUTO:
        return faster_device(recipe, cuda=False)
    raise UserError(
        f"The device {choice.device} is not on this machine, or this torch cannot use it: "
        "choose auto or cpu."
    )


def is_usable(device: Device) -> bool:
    """Whether torch can compute on it: a card may be too old for this torch, or its memory full."""
    there: dict[Device, Callable[[], bool]] = {
        Device.CUDA: torch.cuda.is_available,
        Device.MPS: torch.backends.mps.is_available,
    }
    if device is Device.CPU:
        return True
    try:
        return there[device]() and torch.ones(1, device=device).add(1).item() == 2
    except RuntimeError:
        return False


def told(error: UserError | torch.OutOfMemoryError) -> UserError:
    """What stopped a training run, in the user's words."""
    if isinstance(error, UserError):
        return error
    return UserError(
        "The memory of the GPU is full: choose a smaller batch size, close other programs that use "
        "it, or choose the device cpu."
    )


def torch_device(choice: DeviceChoice) -> torch.device:
    """The device as torch has it.

    A CUDA card is set, for the whole process, to add up in the same order every time.
    """
    if choice.device is Device.CUDA:
        torch.backends.cudnn.deterministic = True
    return torch.device(choice.device)
