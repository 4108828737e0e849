"""Which device a recipe's arithmetic is done on."""

from collections.abc import Callable

import torch

from lenet_gui.errors import UserError
from lenet_gui.training.recipe import Device


def choose_device(wanted: Device) -> torch.device:
    """The torch device for a choice; `auto` is CUDA where there is one, otherwise the CPU.

    Raises:
        UserError: the device is not on this machine.
    """
    if wanted is Device.AUTO:
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    there: dict[Device, Callable[[], bool]] = {
        Device.CPU: lambda: True,
        Device.CUDA: torch.cuda.is_available,
        Device.MPS: torch.backends.mps.is_available,
    }
    if not there[wanted]():
        raise UserError(
            f"The device {wanted} is not on this machine, or this torch cannot use it: "
            "choose auto or cpu."
        )
    return torch.device(str(wanted))
