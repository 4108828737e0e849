"""Which device a recipe's arithmetic is done on, as torch has it."""

from collections.abc import Callable

import torch

from lenet_gui.errors import UserError
from lenet_gui.training.device_choice import DeviceChoice, faster_device
from lenet_gui.training.recipe import Device, Recipe


def choose_device(recipe: Recipe) -> DeviceChoice:
    """The device for a recipe; where it leaves that open, the faster one (see `device_choice`).

    Raises:
        UserError: the device is not on this machine.
    """
    there: dict[Device, Callable[[], bool]] = {
        Device.CPU: lambda: True,
        Device.CUDA: torch.cuda.is_available,
        Device.MPS: torch.backends.mps.is_available,
    }
    choice = faster_device(recipe, cuda=there[Device.CUDA]())
    if not there[choice.device]():
        raise UserError(
            f"The device {choice.device} is not on this machine, or this torch cannot use it: "
            "choose auto or cpu."
        )
    return choice


def torch_device(choice: DeviceChoice) -> torch.device:
    """The device as torch has it.

    A CUDA card is told, for the whole process, to add up in the same order every time.
    """
    if choice.device is Device.CUDA:
        torch.backends.cudnn.deterministic = True
    return torch.device(choice.device)
