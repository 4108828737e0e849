"""Reads one digit with numpy only: what the window does while the pen moves. No torch."""

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.data.ink import with_margin
from lenet_gui.explore.reading import Floats, Reading, reading_of
from lenet_gui.net.array_network import ArrayNetwork
from lenet_gui.net.calibration import Calibration, calibration_of


def read_with_arrays(
    network: ArrayNetwork,
    image: Floats,
    calibration: Calibration | None = None,
    class_names: tuple[str, ...] = DIGIT_NAMES,
) -> Reading:
    """Reads `image` [28, 28], ink 0..1, as `explore.reader.read_digit` does, to float rounding."""
    x = network.kind.scaled(with_margin(image))
    return read_input_with_arrays(network, x, calibration, class_names)


def read_input_with_arrays(
    network: ArrayNetwork,
    x: Floats,
    calibration: Calibration | None = None,
    class_names: tuple[str, ...] = DIGIT_NAMES,
) -> Reading:
    """Reads `x` [32, 32], whatever its range, as `explore.reader.read_input` does."""
    activations, output = network.forward(x)
    return reading_of(
        network.kind,
        x,
        activations,
        output,
        calibration_of(network.variant, {}) if calibration is None else calibration,
        class_names,
    )
