"""What is chosen in the view of a run."""

from dataclasses import dataclass

from lenet_gui.explore.run_history import LAYERS_WITH_KERNELS
from lenet_gui.net.layers import GEOMETRY

RATES = (1, 2, 4, 8, 16)
"""Epochs a second."""

USUAL_RATE = 4


@dataclass(frozen=True)
class RunState:
    """The run by the name of its folder, empty while there is none, and what is seen of it.

    `epoch` by its number; None: the newest. `layer` and `map`: whose kernels are followed; without
    a map those of all maps of C1.
    """

    run: str = ""
    epoch: int | None = None
    layer: str = "C1"
    map: int | None = None
    rate: int = USUAL_RATE
    is_playing: bool = False

    def __post_init__(self) -> None:
        """Refuses kernels that are not followed, and a rate that there is not.

        Raises:
            ValueError: names what there is not.
        """
        if self.rate not in RATES:
            raise ValueError(f"there are not {self.rate} epochs per second")
        if self.map is None and self.layer == "C1":
            return
        is_followed = self.layer in LAYERS_WITH_KERNELS and self.map is not None
        if not is_followed or not 0 <= (self.map or 0) < GEOMETRY[self.layer].maps:
            raise ValueError(f"no kernels of {self.layer} map {self.map} are followed")
