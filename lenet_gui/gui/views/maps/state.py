"""What is chosen among the maps."""

from dataclasses import dataclass

from lenet_gui.net.layers import ACTIVATION_LAYERS, GEOMETRY
from lenet_gui.pictures.colours import Scale


@dataclass(frozen=True)
class ChosenMap:
    """A picture of a layer; Input, C5 and F6 have one, number 0.

    Raises ValueError where there is no such picture.
    """

    layer: str
    number: int

    def __post_init__(self) -> None:
        if self.layer not in ACTIVATION_LAYERS:
            raise ValueError(f"there is no layer {self.layer}")
        if not 0 <= self.number < GEOMETRY[self.layer].pictures:
            raise ValueError(f"there is no map {self.number} of {self.layer}")


@dataclass(frozen=True)
class MapsState:
    """What shares one colour scale, and the map that is chosen."""

    scale: Scale = Scale.PER_LAYER
    chosen: ChosenMap | None = None
