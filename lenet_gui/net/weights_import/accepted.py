"""What is read of other programs, as every refusal says it, and how large it may be. No torch."""

from typing import Final

ACCEPTED: Final = "safetensors, PyTorch's .pth or .pt, or ONNX"
"""The kinds of files of other programs that are read."""

LARGEST: Final = 1 << 24
"""Bytes of a file: twenty times those of a LeNet-5 in double precision with Adam's state."""

MOST_VALUES: Final = 1 << 20
"""Of one tensor: LeNet-5's largest has 48,000."""

MOST_TENSORS: Final = 10_000

MOST_VALUES_IN_ALL: Final = 1 << 22
"""Of all tensors: sixty times a LeNet-5. Tensors may share bytes, so a file's size is no bound."""
