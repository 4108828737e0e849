"""The facts that go with exported and copied figures: which network, and which drawing. No Qt."""

from zlib import crc32

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.data.digits import Digits
from lenet_gui.data.drawing import Drawing
from lenet_gui.data.ink import InkSteps
from lenet_gui.explore.reading import Reading
from lenet_gui.explore.verdict import verdict_of
from lenet_gui.gui.library.known_network import KnownNetwork
from lenet_gui.net.layers import Unit
from lenet_gui.pictures.exported import Facts
from lenet_gui.text.answers import read_as
from lenet_gui.text.figures import a_digit
from lenet_gui.text.units import unit_name


def network_facts(network: KnownNetwork | None, name: str = "") -> Facts:
    """Which network it is, and its classes if they are no digits; nothing of none.

    `name`: which of two, "A" or "B".
    """
    if network is None:
        return {}
    whose = "" if network.name in network.summary else f", {network.name}"
    told = {f"network {name}".rstrip(): f"{network.summary}{whose}"}
    if network.class_names != DIGIT_NAMES:
        classes = ", ".join(f"{number} {each}" for number, each in enumerate(network.class_names))
        told[f"classes {name}".rstrip()] = classes
    return told


def drawing_facts(
    drawing: Drawing, steps: InkSteps | None, reading: Reading | None, name: str = ""
) -> Facts:
    """Which drawing it is: how it came about, as what it is read, and a checksum of its image.

    The same drawing has the same checksum in every file. Nothing without ink.
    """
    if steps is None:
        return {}
    told = [_kind(drawing)]
    if reading is not None:
        told.append(read_as(verdict_of(reading)))
    image = steps.centred.astype("<f4").tobytes()
    told.append(f"CRC-32 of its image {crc32(image):08x}")
    return {f"drawing {name}".rstrip(): ", ".join(told)}


def set_facts(digits: Digits | None, a: KnownNetwork | None, b: KnownNetwork | None) -> Facts:
    """Which digits they are, and who reads them."""
    name = {} if digits is None else {"set": digits.name}
    return {**name, **network_facts(a, "A"), **network_facts(b, "B")}


def unit_facts(unit: Unit, network: KnownNetwork | None) -> Facts:
    """Which unit it is."""
    return (
        {} if network is None else {"unit": unit_name(unit, network.variant, network.class_names)}
    )


def _kind(drawing: Drawing) -> str:
    if drawing.backdrop is None:
        return "drawn by hand"
    if drawing.strokes:
        return "a picture, drawn on"
    label = drawing.label
    return "a picture" if label is None else f"{a_digit(label)} by its label"
