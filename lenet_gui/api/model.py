"""A network with its weights: what it reads, what its layers compute, how well it does."""

from collections.abc import Iterable, Mapping
from os import PathLike, fspath
from pathlib import Path

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from PIL import Image

from lenet_gui.api.answer import Answer
from lenet_gui.api.ink import read_picture
from lenet_gui.data.class_names import class_names_of
from lenet_gui.data.digits import Digits
from lenet_gui.data.ink import InkSteps
from lenet_gui.data.input_range import to_input
from lenet_gui.errors import UserError
from lenet_gui.explore.open_weights import open_any_network
from lenet_gui.explore.preprocessing import OF_ALL, Preprocessing, Step, preprocess
from lenet_gui.explore.reader import all_activations, read_input
from lenet_gui.model_files.described import DescribedNetwork, name_of_file
from lenet_gui.model_files.formats import WEIGHTS, format_of, save_model
from lenet_gui.net.architecture import INPUT_SIDE
from lenet_gui.net.lenet5 import LeNet5
from lenet_gui.net.network import Network
from lenet_gui.net.weights_file import LoadedWeights, save_weights
from lenet_gui.net.weights_import.partial_form import partial_form
from lenet_gui.paths import is_shipped, weights_file
from lenet_gui.text.networks import network_name
from lenet_gui.training.metrics import Evaluation, evaluate
from lenet_gui.training.snapshot import snapshot

Floats = NDArray[np.float32]


def load(weights: str | PathLike[str] = "original", form: Iterable[str] = ()) -> "Model":
    """The network in a file of weights, of this program or another one.

    Args:
        weights: "original", "modern" or "paper-1998", which come with the program, or a file.
        form: of another program's file what it does not say: "tanh", "relu" or "sigmoid";
            "average" or "max"; "0..1", "-1..1" or "normalised" (inputs); "paper" or "zero"
            (border). What is left out is measured on test digits, which takes seconds; without any
            of it, only once for each file.

    Raises:
        UserError: the file cannot be used; the sentence names it and says why.
        ValueError: a word of `form` is none of these.
    """
    named = Path(weights)
    file = weights_file(named)
    said = partial_form([form] if isinstance(form, str) else form)
    loaded = open_any_network(file, said, always_measures=False).loaded
    return Model(loaded, name_of_file(named), is_shipped=is_shipped(named))


class Model:
    """A network with its weights, on the CPU. Made by `load`, or by `train`.

    Reading and evaluating change nothing: several threads may do so at once. The same input gives
    the same numbers every time, on one machine with the same number of threads.
    """

    def __init__(
        self, loaded: LoadedWeights[Network], called: str, *, is_shipped: bool = False
    ) -> None:
        self._loaded = loaded
        self._called = called
        self._is_shipped = is_shipped

    @property
    def name(self) -> str:
        """Which network it is: "Original", "Modern", "Modern, ReLU, max pooling", ..."""
        return network_name(self.network.kind, self.network.architecture)

    @property
    def facts(self) -> Mapping[str, str]:
        """What its file says of its training, such as "recipe" (JSON), "data" and "seed"."""
        return dict(self._loaded.facts)

    @property
    def network(self) -> Network:
        """The network itself, a `torch.nn.Module`, in evaluation mode; no copy."""
        return self._loaded.network

    @property
    def class_names(self) -> tuple[str, ...]:
        """What its ten outputs stand for: "0" to "9" unless it was trained on other classes."""
        return class_names_of(self._loaded.facts)

    @property
    def parameters(self) -> int:
        """The number of trainable parameters."""
        return sum(parameter.numel() for parameter in self.network.parameters())

    @property
    def weights(self) -> dict[str, NDArray[np.generic]]:
        """Its parameters by name, such as "C1.weight" [6, 1, 5, 5]; read-only float32 copies."""
        return dict(snapshot(self.network))

    @property
    def input_range(self) -> tuple[float, float]:
        """The values of (paper, ink) at its input."""
        return self.network.input_range

    def read(
        self,
        digit: str | PathLike[str] | bytes | Image.Image | InkSteps | Preprocessing | ArrayLike,
    ) -> Answer:
        """Reads one digit.

        Args:
            digit: a picture as for `read_picture`: a file, its bytes, or Pillow's; what
                `read_picture`, `read_strokes` or `preprocessing` returned; or an array as for
                `forward`: a digit [28, 28], or an input [32, 32].

        Raises:
            UserError: the picture cannot be read, or shows no digit or several.
            TypeError: it is none of these.
            ValueError: an array has another shape, or values outside its range.
        """
        if isinstance(digit, str | PathLike | bytes | Image.Image):
            digit = read_picture(digit)
        if isinstance(digit, InkSteps):
            digit = digit.centred
        if isinstance(digit, Preprocessing):
            digit = digit.input
        x, _ = self._inputs(digit)
        if len(x) != 1:
            raise ValueError(f"one digit is read at a time, not {len(x)}: forward takes several")
        return Answer(read_input(self.network, x, self._loaded.calibration, self.class_names))

    def forward(self, digits: ArrayLike) -> dict[str, Floats]:
        """What every layer makes of one or several digits.

        Args:
            digits: [28, 28] or [N, 28, 28], uint8 0 (paper) .. 255 (ink) or floats 0..1, as the
                digits of a set are; or inputs [32, 32] or [N, 32, 32] as they are, usually in the
                `input_range`. [N, 1, ...] is taken as [N, ...].

        Returns:
            float32 by layer: "input" [N, 32, 32], "C1" [N, 6, 28, 28], "S2" [N, 6, 14, 14],
            "C3" [N, 16, 10, 10], "S4" [N, 16, 5, 5], "C5" [N, 120], "F6" [N, 84] and
            "output" [N, 10]: squared distances (Original, the smallest wins) or logits (the
            largest). Of a single digit without the N. About 32 kB for each digit.

        Raises:
            TypeError: it is not an array of numbers.
            ValueError: the array has another shape, or values outside its range.
        """
        x, several = self._inputs(digits)
        found = {"input": x[:, 0].numpy(), **all_activations(self.network, x)}
        return found if several else {name: values[0] for name, values in found.items()}

    def preprocessing(self, ink: InkSteps, without: Iterable[Step | str] = ()) -> Preprocessing:
        """From the ink of a picture or of strokes to this network's input, step by step.

        Args:
            ink: what `read_picture` or `read_strokes` returned.
            without: steps to leave out, to see what they are good for: "painted", "box",
                "centre of mass", "28×28", "32×32" or "range" (see the view Ink).

        Returns:
            Every picture on the way; `input` [32, 32] is the network's input.

        Raises:
            TypeError: `ink` is something else.
            ValueError: there is no such step, or without it no ink is left.
        """
        if not isinstance(ink, InkSteps):
            raise TypeError(
                f"ink comes from read_picture or read_strokes, and is no {type(ink).__name__}"
            )
        found = preprocess(ink, self.network.kind, map(_step, without))
        if found is None:
            raise ValueError('no ink is left without the step "painted": all of it is faint')
        return found

    def evaluate(self, digits: Digits) -> Evaluation:
        """Reads every digit of a set, and counts.

        Args:
            digits: at least one, such as `digits("mnist").test`.

        Returns:
            `loss` (mean of the loss that it was trained with), `accuracy` and `error` (0..1),
            `confusion` (10 rows, the true digits, of 10 counts), `misses` (index, true,
            predicted). Rejected digits count by their best digit.

        Raises:
            TypeError: it is not one set.
            ValueError: there are no digits.
        """
        if not isinstance(digits, Digits):
            raise TypeError(
                f"one set of Digits is evaluated, such as sets.test, and no {type(digits).__name__}"
            )
        return evaluate(self.network, digits, self._loaded.loss_function)

    def save(self, target: str | PathLike[str]) -> tuple[Path, ...]:
        """Writes the network in the format of the name's suffix, completely or not at all.

        Args:
            target: .safetensors for this program, with everything it knows; .onnx, .pth or .pt,
                .pt2 for others; without a suffix, a folder in the form of Hugging Face.

        Returns:
            What was written: the target, then files beside it.

        Raises:
            UserError: the suffix is none of these, the target cannot be written, or a package is
                not installed.
        """
        name = fspath(target)
        form = format_of(name)
        network = self.network
        if not isinstance(network, LeNet5):
            if form is not WEIGHTS:
                raise UserError(
                    f"{name} cannot contain a strong teacher: save it as .safetensors, "
                    "for LeNet-5 to learn from."
                )
            save_weights(network, Path(name), self._loaded.facts)
            return (Path(name),)
        model = DescribedNetwork(network, self._loaded.facts, self._called, self._is_shipped)
        return save_model(model, Path(name), form)

    def __repr__(self) -> str:
        recipe = self._loaded.facts.get("name")
        parts = (self.name, *([recipe] if recipe else []), f"{self.parameters:,} parameters")
        return f"Model({', '.join(parts)})"

    def _inputs(self, digits: ArrayLike) -> tuple[torch.Tensor, bool]:
        """Inputs [N, 1, 32, 32], and whether several were given, even if it is one."""
        array = np.asarray(digits)
        if array.dtype.kind not in "buif":
            raise TypeError(f"digits are arrays of numbers, not {type(digits).__name__}")
        if array.ndim == 4 and array.shape[1] == 1:
            array = array[:, 0]
        if array.ndim not in (2, 3) or array.shape[-2:] not in _SHAPES:
            raise ValueError(
                f"digits are [28, 28] or [N, 28, 28], inputs [32, 32] or [N, 32, 32], "
                f"not {list(array.shape)}; the pixels of a picture go through read_picture"
            )
        several = array.ndim == 3
        if array.shape[-1] == INPUT_SIDE:
            floats = np.array(array, np.float32).reshape(-1, 1, INPUT_SIDE, INPUT_SIDE)
            return torch.from_numpy(floats), several
        if array.dtype != np.uint8 and array.size and not (array.min() >= 0 and array.max() <= 1):
            raise ValueError(
                "digits are uint8 from 0 (paper) to 255 (ink) or floats from 0 to 1, "
                f"and these are {array.dtype} from {array.min():g} to {array.max():g}"
            )
        # Truth values, turned and mirrored views, and other orders of bytes are no torch tensors.
        plain = np.ascontiguousarray(array, np.uint8 if array.dtype == np.uint8 else np.float32)
        return to_input(plain, *self.network.kind.input_values), several


def _step(name: str) -> Step:
    if name not in OF_ALL:
        raise ValueError(f"no such step: {name!r}; there are {', '.join(OF_ALL)}")
    return Step(name)


_SHAPES = ((28, 28), (INPUT_SIDE, INPUT_SIDE))
