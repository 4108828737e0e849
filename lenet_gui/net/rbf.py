"""The output of the Original: Euclidean distances from F6 to the ten fixed codes (Eq. 7)."""

import torch
from torch import Tensor, nn

from lenet_gui.net.codes import CODES


class RbfOutput(nn.Module):
    """y_i = sum_j (x_j - w_ij)^2, without 1/2 and without root; the smallest wins (Eq. 7).

    Input [N, 84], output [N, 10]. The codes [10, 84] are fixed: a buffer, not parameters.
    """

    codes: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("codes", torch.tensor(CODES, dtype=torch.float32), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        """The ten distances."""
        return (x[:, None, :] - self.codes).square().sum(dim=2)
