"""Numbers as an NPZ file that numpy reads without pickle."""

import io
import json
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from lenet_gui import __version__
from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.explore.verdict import verdict_of
from lenet_gui.net.architecture import Variant
from lenet_gui.pictures.exported import Arrays

if TYPE_CHECKING:
    from lenet_gui.explore.reading import Reading

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def npz_bytes(arrays: Arrays) -> bytes:
    """The arrays by their names; the same arrays give the same bytes: the entries have no time."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, array in arrays.items():
            entry = zipfile.ZipInfo(f"{name}.npy", _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on every system
            content = io.BytesIO()
            np.lib.format.write_array(content, np.asarray(array), allow_pickle=False)
            archive.writestr(entry, content.getvalue())
    return file.getvalue()


def with_facts(arrays: Arrays, facts: Mapping[str, str]) -> Arrays:
    """The arrays, with the facts among their metadata: a string of JSON."""
    if not facts:
        return arrays
    told = json.loads(str(arrays["metadata"])) if "metadata" in arrays else {}
    return {**arrays, "metadata": _as_array({**told, **facts})}


def _as_array(metadata: Mapping[str, object]) -> npt.NDArray[np.str_]:
    return np.array(json.dumps(metadata, sort_keys=True))


def reading_arrays(
    reading: "Reading", image: npt.NDArray[np.float32], weights: Mapping[str, str] | None = None
) -> Arrays:
    """The digit, the network's input, every activation, the output and the metadata.

    The arrays are `image` [28, 28] (ink 0..1), `input` [32, 32], `C1` [6, 28, 28],
    `S2` [6, 14, 14], `C3` [16, 10, 10], `S4` [16, 5, 5], `C5` [120], `F6` [84], `output` [10],
    `probabilities` [10], all float32, and `metadata`, a string of JSON: `json.loads(str(...))`.

    Args:
        reading: the network's reading of `image`.
        image: float32[28, 28] in 0..1.
        weights: facts about the weights (their name, their file's facts).
    """
    return {
        "image": np.asarray(image, np.float32),
        "input": reading.input,
        **reading.activations,
        "output": reading.output,
        "probabilities": reading.probabilities,
        "metadata": _as_array(_metadata(reading, weights or {})),
    }


def _metadata(reading: "Reading", weights: Mapping[str, str]) -> dict[str, object]:
    background, ink, border = reading.kind.input_values
    verdict = verdict_of(reading)
    return {
        "program": f"LeNet Laboratory {__version__}",
        "variant": str(reading.variant),
        **reading.form.facts(),
        "weights": dict(weights),
        "input_background": background,
        "input_ink": ink,
        "input_border": border,
        "output": "distances" if reading.variant is Variant.ORIGINAL else "logits",
        **({} if reading.class_names == DIGIT_NAMES else {"classes": reading.class_names}),
        "answer": reading.answer,
        "runner_up": reading.runner_up,
        "margin": reading.margin,
        "abstains": verdict.abstains,
        "reason": verdict.reason or None,
        "rubbish": reading.rubbish,
        "j": reading.calibration.j,
        "temperature": reading.calibration.temperature,
        "least_margin": reading.calibration.least_margin,
    }
