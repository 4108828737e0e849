"""What stands at the ends of a legend."""

import pytest

from lenet_gui.pictures.grid.content import legend_figures


@pytest.mark.parametrize(
    ("limit", "figures"),
    [
        (None, ("−", "+")),
        (0.0, ("0", "0")),
        (7.6e-4, ("−7.6e-4", "+7.6e-4")),
        (0.0732, ("−0.0732", "+0.0732")),
        (1.72, ("−1.72", "+1.72")),
        (156.0, ("−156", "+156")),
        (8e32, ("−8e32", "+8e32")),
    ],
)
def test_the_ends_of_a_legend(limit: float | None, figures: tuple[str, str]) -> None:
    assert legend_figures(limit) == figures
