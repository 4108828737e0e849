"""What is chosen in the weights view."""

from dataclasses import dataclass

from lenet_gui.explore.weights import weight_counts


@dataclass(frozen=True)
class WeightsState:
    """The weight that is held: the name of its parameter, and its number in it."""

    parameter: str = "C1.weight"
    index: int = 12  # the middle of the first kernel

    def __post_init__(self) -> None:
        """Refuses a weight that no network has.

        Raises:
            ValueError: there is no such weight.
        """
        if not 0 <= self.index < weight_counts().get(self.parameter, 0):
            raise ValueError(f"there is no weight {self.index} of {self.parameter}")
