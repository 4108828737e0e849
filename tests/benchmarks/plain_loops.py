"""LeNet-5 and its training as one finds them in tutorials: what the program's speed is beside.

The same two networks, losses and optimiser as the program's, written with torch's own layers and
nothing else. `in_memory` is loop (a): all digits ready in one tensor. `by_digit` is loop (b): a
Dataset that decodes and pads one digit at a time, behind a DataLoader.
"""

from collections.abc import Iterator

import numpy as np
import torch
from PIL import Image, ImageOps
from torch import nn
from torch.nn import functional
from torch.utils.data import DataLoader, Dataset

from lenet_gui.data.digits import Digits
from lenet_gui.net.architecture import INPUT_RANGE, TABLE_I, Variant
from lenet_gui.net.codes import CODES
from lenet_gui.training.recipe import Recipe


class PlainOriginal(nn.Module):
    """The network of 1998: C3 as a dense convolution under a mask of Table I."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.coefficient2 = nn.Parameter(torch.empty(6))
        self.bias2 = nn.Parameter(torch.empty(6))
        self.conv3 = nn.Conv2d(6, 16, 5)
        self.coefficient4 = nn.Parameter(torch.empty(16))
        self.bias4 = nn.Parameter(torch.empty(16))
        self.conv5 = nn.Conv2d(16, 120, 5)
        self.fc6 = nn.Linear(120, 84)
        mask = torch.zeros(16, 6, 1, 1)
        for to, row in enumerate(TABLE_I):
            mask[to, list(row)] = 1
        self.register_buffer("mask", mask)
        self.register_buffer("codes", torch.tensor(CODES, dtype=torch.float32))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = squash(self.conv1(x))
        x = squash(pool(x) * self.coefficient2.view(1, 6, 1, 1) + self.bias2.view(1, 6, 1, 1))
        x = squash(functional.conv2d(x, self.conv3.weight * self.mask, self.conv3.bias))
        x = squash(pool(x) * self.coefficient4.view(1, 16, 1, 1) + self.bias4.view(1, 16, 1, 1))
        x = squash(self.conv5(x)).flatten(1)
        x = squash(self.fc6(x))
        return ((x.unsqueeze(1) - self.codes) ** 2).sum(dim=2)


class PlainModern(nn.Module):
    """The network as it is mostly built today."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.conv3 = nn.Conv2d(6, 16, 5)
        self.conv5 = nn.Conv2d(16, 120, 5)
        self.fc6 = nn.Linear(120, 84)
        self.fc7 = nn.Linear(84, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = functional.avg_pool2d(torch.tanh(self.conv1(x)), 2)
        x = functional.avg_pool2d(torch.tanh(self.conv3(x)), 2)
        x = torch.tanh(self.conv5(x)).flatten(1)
        return self.fc7(torch.tanh(self.fc6(x)))


def squash(a: torch.Tensor) -> torch.Tensor:
    return 1.7159 * torch.tanh(2 / 3 * a)


def pool(x: torch.Tensor) -> torch.Tensor:
    return 4 * functional.avg_pool2d(x, 2)


def plain_network(recipe: Recipe, weights: dict[str, np.ndarray]) -> nn.Module:
    """A plain network with the weights of the program's own, by the program's names."""
    network = PlainOriginal() if recipe.variant is Variant.ORIGINAL else PlainModern()
    ours = {name: torch.tensor(values) for name, values in weights.items()}
    if recipe.variant is Variant.ORIGINAL:
        dense = torch.zeros(16, 6, 5, 5)
        places = [(to, at) for to, row in enumerate(TABLE_I) for at in row]
        for kernel, place in zip(ours["C3.weight"], places, strict=True):
            dense[place] = kernel
        ours["C3.weight"] = dense
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            layer, _, what = name.rpartition(".")
            parameter.copy_(ours[f"{NAMES[layer]}.{what}" if layer else NAMES[name]])
    return network


NAMES = {
    "conv1": "C1",
    "coefficient2": "S2.coefficient",
    "bias2": "S2.bias",
    "conv3": "C3",
    "coefficient4": "S4.coefficient",
    "bias4": "S4.bias",
    "conv5": "C5",
    "fc6": "F6",
    "fc7": "output",
}


def plain_loss(recipe: Recipe, output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Cross-entropy, or for the Original Eq. 9."""
    if recipe.variant is Variant.MODERN:
        return functional.cross_entropy(output, target)
    rubbish = torch.full((len(output), 1), recipe.j)
    others = torch.logsumexp(-torch.cat((output, rubbish), dim=1), dim=1)
    return (output.gather(1, target.unsqueeze(1)).squeeze(1) + others).mean()


def in_memory(recipe: Recipe, digits: Digits, network: nn.Module) -> Iterator[tuple[int, float]]:
    """Loop (a): yields the digits and the loss of each step, epoch after epoch."""
    inputs, labels = prepared(recipe, digits)

    def batches() -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        while True:
            order = torch.randperm(len(labels))
            for first in range(0, len(order), recipe.batch_size):
                chosen = order[first : first + recipe.batch_size]
                yield inputs[chosen], labels[chosen]

    return steps(recipe, network, batches())


def by_digit(recipe: Recipe, digits: Digits, network: nn.Module) -> Iterator[tuple[int, float]]:
    """Loop (b): the same with a Dataset and a DataLoader."""
    loader = DataLoader(OneByOne(recipe, digits), batch_size=recipe.batch_size, shuffle=True)

    def batches() -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        while True:
            yield from loader

    return steps(recipe, network, batches())


def steps(
    recipe: Recipe, network: nn.Module, batches: Iterator[tuple[torch.Tensor, torch.Tensor]]
) -> Iterator[tuple[int, float]]:
    """The training loop of every tutorial."""
    optimiser = torch.optim.Adam(network.parameters(), lr=recipe.learning_rate)
    for inputs, target in batches:
        optimiser.zero_grad()
        loss = plain_loss(recipe, network(inputs), target)
        loss.backward()
        optimiser.step()
        yield len(target), loss.item()


def prepared(recipe: Recipe, digits: Digits) -> tuple[torch.Tensor, torch.Tensor]:
    """All digits as the network takes them, and their labels."""
    background, ink = INPUT_RANGE[recipe.variant]
    values = torch.tensor(digits.images).float().div(255).unsqueeze(1)
    padded = functional.pad(
        background + values * (ink - background), (2, 2, 2, 2), value=background
    )
    return padded, torch.tensor(digits.labels).long()


class OneByOne(Dataset[tuple[torch.Tensor, int]]):
    """Makes a picture of a digit, pads it and makes a tensor of that, whenever it is asked for.

    The steps of torchvision's MNIST with the transforms Pad(2) and ToTensor, and for the Original
    Normalize, which takes it to the paper's range.
    """

    def __init__(self, recipe: Recipe, digits: Digits) -> None:
        self.images = torch.tensor(digits.images)
        self.labels = torch.tensor(digits.labels)
        self.background, self.ink = INPUT_RANGE[recipe.variant]

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, index: int) -> tuple[torch.Tensor, int]:
        picture = Image.fromarray(self.images[index].numpy())
        padded = ImageOps.expand(picture, border=2, fill=0)
        pixels = torch.from_numpy(np.array(padded, np.uint8, copy=True)).view(32, 32, 1)
        values = pixels.permute(2, 0, 1).contiguous().float().div(255)
        if (self.background, self.ink) != (0, 1):
            values = self._normalised(values)
        return values, int(self.labels[index])

    def _normalised(self, values: torch.Tensor) -> torch.Tensor:
        """(values - mean) / std, with tensors made for each digit as torchvision does."""
        spread = self.ink - self.background
        mean = torch.as_tensor((-self.background / spread,), dtype=values.dtype)
        std = torch.as_tensor((1 / spread,), dtype=values.dtype)
        return values.clone().sub_(mean.view(-1, 1, 1)).div_(std.view(-1, 1, 1))
