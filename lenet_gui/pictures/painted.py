"""A reading in colours: its maps as patches, and the words and figures that go with them."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from lenet_gui.explore.verdict import verdict_of
from lenet_gui.net.audit import LayerFacts, audit
from lenet_gui.net.codes import CODE_HEIGHT, CODE_WIDTH, CODES
from lenet_gui.net.layers import INPUT
from lenet_gui.pictures.colours import (
    Scale,
    Theme,
    colour_indices,
    diverging_lut,
    limits,
)
from lenet_gui.pictures.grid.content import Legend
from lenet_gui.pictures.grid.layers import is_never_negative
from lenet_gui.pictures.sheet import (
    PALETTES,
    SMALL_SIZE,
    Anchor,
    Item,
    Palette,
    Patch,
    Pixels,
    Text,
    colour_bar,
    outlined,
)
from lenet_gui.text.answers import margin, read_as
from lenet_gui.text.figures import colour_range, signed, with_crosses
from lenet_gui.text.networks import network_name
from lenet_gui.text.units import layer_size, picture_name

if TYPE_CHECKING:
    from lenet_gui.explore.reading import Reading

C5_COLUMNS = 30
"""The 120 units of C5 are painted as rows of this many."""

LONGEST_NAME = 24
"""Characters of a weights file's name that are shown beside the answer."""


@dataclass(frozen=True)
class Style:
    """How a picture looks: its theme, its colour scale, the name of the weights."""

    theme: Theme = Theme.LIGHT
    scale: Scale = Scale.PER_LAYER
    weights_name: str = ""


@dataclass(frozen=True)
class Painted:
    """A reading with the colours of a style."""

    reading: "Reading"
    style: Style
    limits: dict[str, npt.NDArray[np.float32]] = field(init=False)

    def __post_init__(self) -> None:
        """Finds the limits once for all maps."""
        object.__setattr__(self, "limits", limits(self.reading, self.style.scale))

    @property
    def palette(self) -> Palette:
        """The colours besides those of activations."""
        return PALETTES[self.style.theme]

    @cached_property
    def facts(self) -> dict[str, LayerFacts]:
        """The audit's row for each layer."""
        counted = audit(self.reading.variant, self.reading.form)
        return {layer.name: layer for layer in counted.layers}

    def maps(self, layer: str) -> npt.NDArray[np.float32]:
        """A layer as pictures, float32[maps, rows, columns]; C5 and F6 are one picture each."""
        values = self.reading.values(layer)
        if layer == "C5":
            return values.reshape(1, -1, C5_COLUMNS)
        if layer == "F6":
            return values.reshape(1, CODE_HEIGHT, CODE_WIDTH)
        return values

    def limit(self, layer: str, index: int = 0) -> float:
        """The value of the full colour in one map."""
        return float(self.limits[layer][index])

    def colours(self, layer: str, index: int = 0) -> Pixels:
        """One picture of a layer in colours, uint8[rows, columns, 3]."""
        return self.colours_of(self.maps(layer)[index], self.limit(layer, index))

    def code(self, digit: int) -> Pixels:
        """A digit's code in the colours of F6, uint8[12, 7, 3]."""
        code = np.array(CODES[digit], np.float32).reshape(CODE_HEIGHT, CODE_WIDTH)
        return self.colours_of(code, self.limit("F6"))

    def colours_of(self, values: npt.NDArray[np.float32], limit: float) -> Pixels:
        """Values in colours, uint8[rows, columns, 3]; `limit` is the value of the full colour."""
        pixels: Pixels = diverging_lut(self.style.theme)[colour_indices(values, limit)]
        return pixels

    def map_items(
        self, layer: str, place: tuple[int, int], cell: int, index: int = 0
    ) -> tuple[Item, ...]:
        """One picture of a layer, outlined, with cells of `cell` units."""
        name = picture_name(layer, index)
        patch = Patch(*place, self.colours(layer, index), cell, cell, name)
        return self.outlined(patch)

    def outlined(self, patch: Patch) -> tuple[Item, ...]:
        """A patch with a line of one unit around it."""
        return outlined(patch, self.palette.line)

    def bar(
        self, layer: str, right: int, baseline: int, columns: int = 128, index: int = 0
    ) -> tuple[Item, ...]:
        """The legend of a layer whose maps share one scale, or of one map."""
        limit = self.limit(layer, index)
        from_zero = is_never_negative(layer, self.reading.kind)
        figures = Legend(limit, from_zero=from_zero).figures
        if layer == INPUT:
            figures = signed(-limit, self.decimals(layer)), signed(limit, self.decimals(layer))
        return colour_bar(
            (right, baseline), figures, self.style.theme, columns, from_zero=from_zero
        )

    def decimals(self, layer: str) -> int:
        """Decimals of a layer's figures: ink is 1.175 in the Original's input."""
        return 3 if layer == INPUT else 2

    def has_map_scales(self, layer: str) -> bool:
        """Whether each map of the layer has its own scale, given under the map."""
        return self.style.scale is Scale.PER_MAP and layer not in (INPUT, "C5", "F6")

    def caption(self, layer: str, index: int, x: int, baseline: int, width: int) -> list[Item]:
        """The text under a map: its number, and its limit if it has its own scale."""
        muted = self.palette.muted
        items: list[Item] = [Text(x, baseline, str(index), SMALL_SIZE, muted)]
        if self.has_map_scales(layer):
            from_zero = is_never_negative(layer, self.reading.kind)
            limit = colour_range(self.limit(layer, index), from_zero=from_zero)
            items.append(Text(x + width, baseline, limit, SMALL_SIZE, muted, Anchor.RIGHT))
        return items

    def details(self, layer: str) -> str:
        """A layer's maps, size and parameters, such as "6 @ 28×28 · 156 parameters"."""
        if layer == INPUT:
            return layer_size(INPUT)
        facts = self.facts[layer]
        size = "84 units as 12×7"
        if layer != "F6":
            size = f"{facts.maps} @ {facts.height}×{facts.width}"
        count = f"{facts.parameters:,}" if facts.parameters else "no"
        return f"{size} · {count} parameters"

    def role(self, layer: str) -> str:
        """What a layer does, such as "5×5 convolution"."""
        return with_crosses(self.facts[layer].role)

    def network_name(self) -> str:
        """The title of every picture."""
        return f"LeNet-5 {network_name(self.reading.kind)}"

    def answer_line(self) -> str:
        """The answer in a line, with the weights' name if there is one."""
        reading = self.reading
        verdict = verdict_of(reading)
        line = f"answer {reading.answer_name}, runner-up {reading.runner_up_name}"
        if verdict.abstains:
            line = read_as(verdict)
        line += f" · {margin(reading)}"
        if self.style.weights_name:
            line += f" · weights {shortened(self.style.weights_name)}"
        return line

    def scale_line(self) -> str:
        """What shares a colour scale, in words."""
        return {
            Scale.PER_MAP: "Each map has its own colour scale.",
            Scale.PER_LAYER: "The maps of a layer share one colour scale.",
            Scale.GLOBAL: "All layers share one colour scale.",
        }[self.style.scale]

    def colour_line(self) -> str:
        """What the colours mean, in words."""
        zero = "white" if self.style.theme is Theme.LIGHT else "black"
        return f"Zero is {zero}, positive is orange, negative is blue."


def shortened(name: str, longest: int = LONGEST_NAME) -> str:
    """A name, shortened if it is too long for its place."""
    return name if len(name) <= longest else f"{name[: longest - 3]}..."
