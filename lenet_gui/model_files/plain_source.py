"""A network in 25 lines of plain PyTorch, which load its weights."""

from string import Template
from typing import Final

from lenet_gui.model_files.described import DescribedNetwork
from lenet_gui.net.architecture import AMPLITUDE
from lenet_gui.net.modern_form import DEVIATION, MEAN, InputScale, ModernForm, Pooling, Squashing
from lenet_gui.net.network_kind import NetworkKind

SOURCE_NAME: Final = "lenet5.py"


def plain_source(model: DescribedNetwork, *, of_safetensors: bool = False) -> str:
    """The file's text: a class LeNet5, which is made of the weights' file and called with images.

    The weights are a state_dict, or `of_safetensors`. The text depends on the kind of network, not
    on its weights: one file is for all of a kind.
    """
    template, own = (
        (_ORIGINAL, {}) if model.kind.is_original else (_MODERN, _words(model.kind.form))
    )
    return template.substitute(
        own,
        kind=model.kind_text,
        imported="\nfrom safetensors.torch import load_file" if of_safetensors else "",
        read="load_file(file)" if of_safetensors else "torch.load(file, weights_only=True)",
        scaled=_scaled(model.kind),
        border=f"{model.kind.border_value:.9g}",
    )


def _scaled(kind: NetworkKind) -> str:
    """The pixels of `images` in the network's range, as Python."""
    pixels, (paper, ink) = "images[:, None]", kind.input_range
    if (paper, ink) == (0, 1):
        return pixels
    if not kind.is_original and kind.form.inputs is InputScale.NORMALISED:
        return f"({pixels} - {MEAN}) / {DEVIATION}"
    return f"{ink - paper:g} * {pixels} - {-paper:g}"


def _words(form: ModernForm) -> dict[str, str]:
    return {"squash": _SQUASHING[form.squashing], "pool": _POOLING[form.pooling]}


_SQUASHING = {
    Squashing.TANH: "torch.tanh",
    Squashing.RELU: "torch.relu",
    Squashing.SIGMOID: "torch.sigmoid",
}
_POOLING = {Pooling.AVERAGE: "nn.functional.avg_pool2d", Pooling.MAX: "nn.functional.max_pool2d"}

_MODERN = Template(
    '''"""LeNet-5 ($kind)."""
import torch$imported
from torch import nn


class LeNet5(nn.Module):
    def __init__(self, file):  # of the weights
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 16, 5)
        self.fc1, self.fc2, self.fc3 = nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, 10)
        self.load_state_dict($read)

    def forward(self, images):  # [N, 28, 28], paper 0 and ink 1
        x = nn.functional.pad($scaled, (2, 2, 2, 2), value=$border)
        x = $pool($squash(self.conv1(x)), 2)
        x = $pool($squash(self.conv2(x)), 2)
        x = $squash(self.fc1(x.flatten(1)))
        return self.fc3($squash(self.fc2(x)))  # ten logits; the largest wins
'''
)

_ORIGINAL = Template(
    f'''"""LeNet-5 ($kind)."""
import torch$imported
from torch import nn


class LeNet5(nn.Module):
    def __init__(self, file):  # of the weights
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 16, 5)  # 0: not in Table I
        self.pool1 = nn.ParameterDict({{"coefficient": torch.zeros(6), "bias": torch.zeros(6)}})
        self.pool2 = nn.ParameterDict({{"coefficient": torch.zeros(16), "bias": torch.zeros(16)}})
        self.fc1, self.fc2 = nn.Linear(400, 120), nn.Linear(120, 84)
        self.register_buffer("codes", torch.zeros(10, 84))
        self.load_state_dict($read)

    def forward(self, images):  # [N, 28, 28], paper 0 and ink 1
        x = nn.functional.pad($scaled, (2, 2, 2, 2), value=$border)
        for conv, pool in (self.conv1, self.pool1), (self.conv2, self.pool2):
            x = 4 * nn.functional.avg_pool2d(self.squash(conv(x)), 2)
            x = self.squash(pool["coefficient"][:, None, None] * x + pool["bias"][:, None, None])
        x = self.squash(self.fc2(self.squash(self.fc1(x.flatten(1)))))
        return (x[:, None] - self.codes).square().sum(2)  # ten distances; the smallest wins

    def squash(self, x):
        return {AMPLITUDE} * torch.tanh(2 / 3 * x)
'''
)
