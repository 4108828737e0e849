"""What is chosen in the view of the digits."""

from dataclasses import dataclass, field
from enum import StrEnum

from lenet_gui.explore.gallery import Which, Wish

SIZES = (1, 2, 3)
"""How large a digit is shown: screen pixels for each of its pixels."""

USUAL_SIZE = 2


class SetName(StrEnum):
    """Which of the two sets."""

    TEST = "test"
    TRAINING = "training"


@dataclass(frozen=True)
class DigitsState:
    """The set, the networks by their names in the lists, empty: as they are; what is shown.

    `is_compared`: whether B reads the digits too. `is_side_by_side`: the errors of both, for which
    the wish is for all digits. `cell` (true digit, answer) is held in the confusion matrix.
    """

    of: SetName = SetName.TEST
    a: str = ""
    b: str = ""
    is_compared: bool = False
    wish: Wish = field(default_factory=Wish)
    is_side_by_side: bool = False
    size: int = USUAL_SIZE
    cell: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        """Refuses what cannot be chosen.

        Raises:
            ValueError: names what there is not.
        """
        digits = [each for each in (self.wish.label, self.wish.answer) if each is not None]
        if not all(0 <= each <= 9 for each in (*digits, *(self.cell or ()))):
            raise ValueError("labels and answers are digits")
        if self.size not in SIZES:
            raise ValueError(f"size is one of {SIZES}, not {self.size}")
        if self.needs_two and not self.is_compared:
            raise ValueError("the errors of two networks want both of them")
        if self.is_side_by_side and self.wish.which is not Which.ALL:
            raise ValueError("side by side are the errors of all digits")

    @property
    def needs_readings(self) -> bool:
        """Whether it cannot be chosen before A has read the set."""
        return self.needs_two or self.wish.needs_readings or self.cell is not None

    @property
    def needs_two(self) -> bool:
        """Whether it cannot be chosen before B has read the set too."""
        return self.wish.needs_two or self.is_side_by_side
