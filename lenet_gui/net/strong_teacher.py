"""A plain convolutional network of nine layers that reads better than LeNet-5; only a teacher."""

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional

from lenet_gui.net.architecture import DIGITS, TEACHER_WIDTH, Architecture, Variant
from lenet_gui.net.network import ForwardPass, Network

AT_ONCE = 256
"""The most pictures that it runs at once when it does not learn, to limit memory."""

_MOMENTUM, _EPSILON = 0.1, 1e-5  # of the running statistics, as is usual


class StrongTeacher(Network):
    """Three times three 3x3 convolutions, each normalised over the batch and rectified.

    Input [N, 1, 32, 32] in the Modern's range; halved to 16 and to 8 by the first convolution of
    the second and the third block; then the mean over each map, and ten linear units. Beside the
    logits there is a rubbish class at 0, as with the Modern's loss of that name.

    Args:
        width: maps of the first block, 1 up to `LARGEST_TEACHER_WIDTH`.
    """

    architecture = Architecture.STRONG_TEACHER
    variant = Variant.MODERN

    def __init__(self, width: int) -> None:
        super().__init__()
        maps = [1, *[width] * 3, *[2 * width] * 3, *[4 * width] * 3]
        self.layers = nn.ModuleList(
            NormalisedConvolution(below, above, stride=2 if place in {3, 6} else 1)
            for place, (below, above) in enumerate(pairwise(maps))
        )
        self.output = nn.Linear(maps[-1], DIGITS)

    def forward(self, x: Tensor) -> ForwardPass:
        """Runs images [N, 1, 32, 32] through every layer; returns only logits [N, 10]."""
        parts = [x] if self.training else torch.split(x, AT_ONCE)
        logits = [self._logits(part) for part in parts]
        return ForwardPass(logits[0] if len(logits) == 1 else torch.cat(logits), {}, {})

    def scores(self, output: Tensor) -> Tensor:
        """The largest logit wins."""
        return output

    def _logits(self, x: Tensor) -> Tensor:
        for layer in self.layers:
            x = layer(x)  # [N, w, 32, 32], then [N, 2 w, 16, 16], then [N, 4 w, 8, 8]
        logits: Tensor = self.output(x.mean((2, 3)))
        return logits


class NormalisedConvolution(nn.Module):
    """A 3x3 convolution with padding, batch normalisation (Ioffe and Szegedy 2015) and max(0, x).

    The running mean and variance, by which it normalises in evaluation mode, are parameters
    without gradients, so that they go wherever the weights go.
    """

    def __init__(self, below: int, above: int, stride: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(above, below, 3, 3))
        self.scale = nn.Parameter(torch.ones(above))
        self.bias = nn.Parameter(torch.zeros(above))
        self.mean = nn.Parameter(torch.zeros(above), requires_grad=False)
        self.variance = nn.Parameter(torch.ones(above), requires_grad=False)
        self._stride = stride

    def forward(self, x: Tensor) -> Tensor:
        """[N, below, h, w] -> [N, above, h / stride, w / stride]."""
        sums = functional.conv2d(x, self.weight, stride=self._stride, padding=1)
        return functional.batch_norm(
            sums,
            self.mean,
            self.variance,
            self.scale,
            self.bias,
            training=self.training,
            momentum=_MOMENTUM,
            eps=_EPSILON,
        ).relu()


def build_teacher(
    generator: torch.Generator | None = None, width: int | None = None
) -> StrongTeacher:
    """A teacher with fresh weights, the same for the same state of `generator` (on the CPU).

    Normal with the variance 2 / fan-in (He et al. 2015) in the convolutions; uniform within
    +-1/sqrt(fan-in) in the output. Without a width it has `TEACHER_WIDTH`.
    """
    network = StrongTeacher(width or TEACHER_WIDTH)
    with torch.no_grad():
        for layer in network.modules():
            if isinstance(layer, NormalisedConvolution):
                fan_in = layer.weight[0].numel()
                drawn = torch.randn(layer.weight.shape, generator=generator)
                layer.weight.copy_(drawn * (2 / fan_in) ** 0.5)
        for parameter in network.output.parameters():
            bound = network.output.in_features**-0.5
            parameter.copy_((torch.rand(parameter.shape, generator=generator) * 2 - 1) * bound)
    return network
