"""The Modern's family in plain PyTorch, as tutorials write it: an oracle that shares no code."""

import torch
from torch import Tensor, nn

from lenet_gui.net.lenet5 import ModernLeNet5
from lenet_gui.net.modern_form import InputScale, ModernForm, Pooling, Squashing

_SQUASHING = {Squashing.TANH: nn.Tanh, Squashing.RELU: nn.ReLU, Squashing.SIGMOID: nn.Sigmoid}
_OURS = {"C1": "0", "C3": "3", "C5": "7", "F6": "9", "output": "11"}


def plain_modern(form: ModernForm) -> nn.Sequential:
    """A network whose first convolution pads with zeros: inputs [N, 1, 28, 28], scaled.

    Where the border is paper, the network itself does not pad: inputs are [N, 1, 32, 32].
    """
    squashing = _SQUASHING[form.squashing]
    pooling = nn.MaxPool2d if form.pooling is Pooling.MAX else nn.AvgPool2d
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2 if form.border == "zero" else 0),
        squashing(),
        pooling(2),
        nn.Conv2d(6, 16, 5),
        squashing(),
        pooling(2),
        nn.Flatten(),
        nn.Linear(400, 120),
        squashing(),
        nn.Linear(120, 84),
        squashing(),
        nn.Linear(84, 10),
    )


def plain_input(form: ModernForm, pictures: Tensor) -> Tensor:
    """What the plain network takes for pictures [N, 28, 28] of ink, 0..1."""
    x = pictures[:, None]
    if form.border == "paper":
        x = nn.functional.pad(x, (2, 2, 2, 2))
    if form.inputs is InputScale.SYMMETRIC:
        return (x - 0.5) / 0.5
    if form.inputs is InputScale.NORMALISED:
        return (x - 0.1307) / 0.3081
    return x


def as_ours(form: ModernForm, plain: nn.Sequential) -> ModernLeNet5:
    """The program's network with the same weights, in evaluation mode."""
    ours = ModernLeNet5(form)
    given = plain.state_dict()
    with torch.no_grad():
        for name, parameter in ours.named_parameters():
            layer, what = name.split(".")
            parameter.copy_(given[f"{_OURS[layer]}.{what}"].reshape(parameter.shape))
    return ours.eval()


def random_modern(form: ModernForm, seed: int = 0) -> tuple[nn.Sequential, ModernLeNet5]:
    """The same weights twice: drawn large enough that ReLU and sigmoid units differ."""
    plain = plain_modern(form)
    chance = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in plain.parameters():
            fan_in = parameter[0].numel() if parameter.dim() > 1 else 4
            parameter.copy_(torch.randn(parameter.shape, generator=chance) * (2 / fan_in) ** 0.5)
    return plain, as_ours(form, plain)
