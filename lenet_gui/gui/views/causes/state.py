"""What is chosen in the view of causes."""

from dataclasses import dataclass

from lenet_gui.net.layers import INPUT, Unit, has_unit, middle_of

_FIRST = middle_of("C3")


@dataclass(frozen=True)
class CausesState:
    """The unit whose causes are shown."""

    unit: Unit = _FIRST

    def __post_init__(self) -> None:
        """Refuses a unit that no network has.

        Raises:
            ValueError: there is no such unit.
        """
        if self.unit.layer == INPUT or not has_unit(self.unit):
            raise ValueError(f"there is no unit {self.unit}")
