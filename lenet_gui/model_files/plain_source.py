"""A short Python file with a network in plain PyTorch, which loads its weights."""

from string import Template
from typing import Final

from lenet_gui.model_files.described import DescribedNetwork
from lenet_gui.net.architecture import AMPLITUDE
from lenet_gui.net.modern_form import DEVIATION, MEAN, InputScale, ModernForm, Pooling, Squashing
from lenet_gui.net.network_kind import NetworkKind

SOURCE_NAME: Final = "lenet5.py"


def plain_source(model: DescribedNetwork) -> str:
    """The file's text: the class LeNet5, `prepare` for images as MNIST's, and `load`.

    It depends on the kind of network, not on its weights: one file is for all of a kind.
    """
    return _FILE.substitute(
        kind=model.kind_text,
        scaled=_scaled(model.kind),
        border=f"{model.kind.border_value:.9g}",
        network=_ORIGINAL if model.kind.is_original else _modern(model.kind.form),
    )


def _scaled(kind: NetworkKind) -> str:
    """The pixels of `images` in the network's range, as Python."""
    pixels, (paper, ink) = "images[:, None]", kind.input_range
    if (paper, ink) == (0, 1):
        return pixels
    if not kind.is_original and kind.form.inputs is InputScale.NORMALISED:
        return f"({pixels} - {MEAN}) / {DEVIATION}"
    return f"{ink - paper:g} * {pixels} - {-paper:g}"


def _modern(form: ModernForm) -> str:
    return _MODERN.substitute(squash=_SQUASHING[form.squashing], pool=_POOLING[form.pooling])


_SQUASHING = {
    Squashing.TANH: "torch.tanh",
    Squashing.RELU: "torch.relu",
    Squashing.SIGMOID: "torch.sigmoid",
}
_POOLING = {Pooling.AVERAGE: "F.avg_pool2d", Pooling.MAX: "F.max_pool2d"}

_FILE = Template(
    '''"""LeNet-5 ($kind) in plain PyTorch: prepare() images, load() weights."""

import torch
from torch import nn
from torch.nn import functional as F

$network

def prepare(images):
    """Images [N, 28, 28] as in MNIST, paper 0 and ink 1, as the network's input."""
    return F.pad($scaled, (2, 2, 2, 2), value=$border)


def load(path):
    """The network with the weights of a .pth or .safetensors file."""
    if str(path).endswith(".safetensors"):
        from safetensors.torch import load_file
        weights = load_file(path)
    else:
        weights = torch.load(path, weights_only=True)
    network = LeNet5()
    network.load_state_dict(weights)
    return network.eval()
'''
)

_MODERN = Template(
    '''
class LeNet5(nn.Module):
    """Images [N, 1, 32, 32] to ten logits [N, 10]; the largest wins."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(400, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        x = $pool($squash(self.conv1(x)), 2)
        x = $pool($squash(self.conv2(x)), 2)
        x = $squash(self.fc1(x.flatten(1)))
        x = $squash(self.fc2(x))
        return self.fc3(x)
'''
)

_ORIGINAL = f'''
def squash(x):
    return {AMPLITUDE} * torch.tanh(2 / 3 * x)


class Subsampling(nn.Module):
    def __init__(self, maps):
        super().__init__()
        self.coefficient = nn.Parameter(torch.zeros(maps))
        self.bias = nn.Parameter(torch.zeros(maps))

    def forward(self, x):
        coefficient, bias = self.coefficient[:, None, None], self.bias[:, None, None]
        return squash(coefficient * 4 * F.avg_pool2d(x, 2) + bias)


class LeNet5(nn.Module):
    """Images [N, 1, 32, 32] to ten distances [N, 10]; the smallest wins."""

    def __init__(self):
        super().__init__()
        self.conv1, self.pool1 = nn.Conv2d(1, 6, 5), Subsampling(6)
        self.conv2, self.pool2 = nn.Conv2d(6, 16, 5), Subsampling(16)  # zeros: not in Table I
        self.fc1, self.fc2 = nn.Linear(400, 120), nn.Linear(120, 84)
        self.register_buffer("codes", torch.zeros(10, 84))

    def forward(self, x):
        x = self.pool1(squash(self.conv1(x)))
        x = self.pool2(squash(self.conv2(x)))
        x = squash(self.fc1(x.flatten(1)))
        x = squash(self.fc2(x))
        return (x[:, None] - self.codes).square().sum(2)
'''
