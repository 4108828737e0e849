"""A network to be saved, and what its file says of it. No torch."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lenet_gui import __version__
from lenet_gui.data.class_names import DIGIT_NAMES, class_names_of
from lenet_gui.net.architecture import DIGITS, INPUT_SIDE, Variant
from lenet_gui.net.calibration import Calibration, calibration_of
from lenet_gui.net.layers import FEATURE_LAYERS, GEOMETRY, OUTPUT
from lenet_gui.net.modern_form import FORM_FACTS
from lenet_gui.net.network_kind import NetworkKind
from lenet_gui.net.weight_arrays import facts_with_network
from lenet_gui.paths import FOLDER_WEIGHTS, is_shipped, weights_file
from lenet_gui.printable import printable
from lenet_gui.text.networks import form_name

if TYPE_CHECKING:
    from lenet_gui.net.lenet5 import LeNet5

PROBABILITIES: Final = "probabilities"
RUBBISH: Final = "rubbish"

_OF_NETWORK = {"variant", "architecture", *FORM_FACTS}
"""Facts that say which network it is, not how it was trained."""


@dataclass(frozen=True)
class DescribedNetwork:
    """A network and the facts of its training.

    `name` is for people: that of the shipped weights, of a run or a file. `is_shipped`: it comes
    with the program, under the program's licence.
    """

    network: "LeNet5"
    facts: Mapping[str, str] = field(repr=False)
    name: str
    is_shipped: bool = False

    @property
    def kind(self) -> NetworkKind:
        """What its formulas depend on."""
        return self.network.kind

    @cached_property
    def calibration(self) -> Calibration:
        """What its probabilities are computed with."""
        return calibration_of(self.kind.variant, self.facts)

    @property
    def kind_text(self) -> str:
        """The kind in words: "Original, the network of 1998", "Modern, ReLU, max pooling, ..."."""
        if self.kind.is_original:
            return "Original, the network of 1998"
        return f"Modern, {form_name(self.kind.form)}"

    @property
    def class_names(self) -> tuple[str, ...]:
        """What the ten outputs stand for: "0" to "9" for digits."""
        return class_names_of(self.facts)

    @property
    def reads_digits(self) -> bool:
        """Whether its classes are the digits."""
        return self.class_names == DIGIT_NAMES

    @property
    def input_text(self) -> str:
        """What its input must be, in a sentence."""
        return input_text(self.kind)

    @property
    def output_shapes(self) -> dict[str, tuple[int, ...]]:
        """The shapes of one image's named outputs, in the order of the layers.

        C1 [6, 28, 28] to S4 [16, 5, 5], C5 [120], F6 [84], output [10], probabilities [10]; with a
        rubbish class also its probability, a single number.
        """
        shapes: dict[str, tuple[int, ...]] = {}
        for name in (*FEATURE_LAYERS, OUTPUT):
            geometry = GEOMETRY[name]
            side = geometry.side
            shapes[name] = (geometry.maps,) if side == 1 else (geometry.maps, side, side)
        shapes[PROBABILITIES] = (DIGITS,)
        return shapes if self.calibration.j is None else {**shapes, RUBBISH: ()}

    @property
    def told(self) -> dict[str, str]:
        """What a weights file says of it: the facts, and which network it is."""
        network = self.network
        return facts_with_network(
            dict(self.facts), network.architecture, network.variant, network.form
        )

    def description(self) -> dict[str, object]:
        """All that a file says of it, for JSON: network, input, outputs, calibration, training."""
        paper, ink, border = self.kind.input_values
        form = {} if self.kind.is_original else {"form": asdict(self.kind.form)}
        return {
            "program": f"LeNet Laboratory {__version__}",
            "name": printable(self.name),
            "variant": str(self.kind.variant),
            **form,
            "input": {
                "shape": ["N", 1, INPUT_SIDE, INPUT_SIDE],
                "paper": paper,
                "ink": ink,
                "border": border,
                "text": self.input_text,
            },
            "classes": list(self.class_names),
            "output": "distances" if self.kind.is_original else "logits",
            "outputs": {name: ["N", *shape] for name, shape in self.output_shapes.items()},
            "calibration": asdict(self.calibration),
            "training": {
                name: _value(one) for name, one in self.facts.items() if name not in _OF_NETWORK
            },
        }


def name_of_file(named: Path) -> str:
    """The name of the network in a file or a folder, or of a shipped one as the window calls it."""
    if is_shipped(named):
        return named.name.capitalize() if named.name in tuple(Variant) else named.name
    in_folder = named.name == FOLDER_WEIGHTS or named.is_dir()
    return Path(os.path.realpath(weights_file(named))).parent.name if in_folder else named.stem


def input_text(kind: NetworkKind) -> str:
    """What the input of a kind of network must be, in a sentence."""
    paper, ink, border = kind.input_values
    edge = "paper" if border == paper else f"{border:.5g}"
    return (
        f"Images [N, 1, {INPUT_SIDE}, {INPUT_SIDE}], paper {paper:.5g} and ink {ink:.5g}: an "
        f"image as in MNIST, 28x28, with a border of two pixels of {edge}."
    )


def _value(fact: str) -> object:
    """A fact that is a JSON object, such as the recipe, as one; any other as it is."""
    if fact.startswith("{"):
        try:
            return json.loads(fact)
        except (ValueError, RecursionError):
            pass
    return fact
