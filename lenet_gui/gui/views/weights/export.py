"""The weights to take away: the sheet of all of them, and every parameter as an array."""

import numpy as np

from lenet_gui.explore.weights import Kind, WeightPictures
from lenet_gui.gui.views.weights.text import counted
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.exported import Arrays, Exported
from lenet_gui.pictures.page import Beside, Block, Grid, Words, page
from lenet_gui.pictures.sheet import Sheet
from lenet_gui.text.figures import upper_first


def exported_weights(
    pictures: WeightPictures, about: str, weights: Grid, piece: Grid, words: tuple[str, ...]
) -> Exported:
    """All weights of a network.

    Args:
        pictures: of the network.
        about: the network, in a line.
        weights: all of them.
        piece: the kernel, or the weights of a unit, that is enlarged.
        words: what is said of it.
    """

    def sheet(theme: Theme) -> Sheet:
        enlarged: Block = Beside((piece, Words(words)), (2, 3))
        blocks = (Words((upper_first(counted(pictures)),)), weights, enlarged)
        return page("Weights", blocks, theme, about=about)

    told = {"arrays": "weights, no unit, [pictures, rows, columns]"}
    return Exported("weights", sheet, arrays=weight_arrays(pictures), facts=told)


def weight_arrays(pictures: WeightPictures) -> Arrays:
    """Every parameter as it is shown, float32 [pictures, rows, columns], by its name.

    Of C3's kernels, one for each connection of Table I, `C3.places` [kernels, 2] says the map of
    S2 and that of C3.
    """
    found: dict[str, np.ndarray] = {part.parameter: part.values for part in pictures.shown}
    for part in pictures.parts:
        if part.layer == "C3" and part.kind is Kind.KERNELS:
            found["C3.places"] = np.array(part.places, np.int64)
    return found
