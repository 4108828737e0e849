"""The weights of a LeNet-5 in a file of another program. torch only for PyTorch's own files."""

import errno
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from lenet_gui.errors import UserError
from lenet_gui.file_kinds import FileKind, kind_of
from lenet_gui.net.architecture import Variant
from lenet_gui.net.array_layers import Floats
from lenet_gui.net.largest_sum import check_sums
from lenet_gui.net.modern_form import ModernForm, form_of
from lenet_gui.net.tensor_file import WEIGHTS, read_tensors
from lenet_gui.net.weight_arrays import (
    check_calibration,
    facts_in,
    is_lenet5,
    is_teacher,
)
from lenet_gui.net.weights_import.accepted import ACCEPTED, KINDS, LARGEST, refusal
from lenet_gui.net.weights_import.mapping import mapped
from lenet_gui.net.weights_import.partial_form import PartialForm
from lenet_gui.net.weights_import.tensors import in_single_precision
from lenet_gui.safe_reading import read_ordinary


@dataclass(frozen=True)
class ImportedWeights:
    """A LeNet-5 of another program.

    `arrays` by this program's names, in its shapes; `said`: what the file says of the member of
    the family that it is; `digest`: SHA-256 of the whole file; `facts` as in a weights file, where
    this program has saved it for another one.
    """

    variant: Variant
    arrays: dict[str, Floats]
    said: PartialForm
    digest: str
    facts: dict[str, str] = field(default_factory=dict)
    checked: bool = False
    """Whether the file has a checksum of its content, and it is right."""

    @property
    def form(self) -> ModernForm | None:
        """Its form where nothing is to be measured: it is an Original, or this program saved it."""
        if self.variant is Variant.ORIGINAL or self.facts:
            return self.said.members()[0]
        return None


def is_of_another_program(path: Path) -> bool:
    """Whether a file is for `import_weights`: of another program, or no weights at all.

    Files of this program, damaged ones too, and what cannot be told are for `read_weights`.
    """
    try:
        kind = kind_of(path)
    except (OSError, ValueError):
        return False
    if kind is not FileKind.SAFETENSORS:
        return kind is not FileKind.UNKNOWN
    try:
        found = read_tensors(path, WEIGHTS)
    except UserError:
        return False
    if is_teacher(found.arrays):
        return False
    # With our names and without what we tell, it is one of ours that another program has changed.
    return found.told is None or not is_lenet5(found.arrays)


def needs_torch(path: Path) -> bool:
    """Whether `import_weights` will load torch for a file.

    Raises:
        OSError, ValueError: it cannot be read.
    """
    return kind_of(path) in {FileKind.TORCH_ZIP, FileKind.TORCH_LEGACY}


def digest_of(path: Path) -> str:
    """SHA-256 of a file of weights, without reading what is in it.

    Raises:
        UserError: it cannot be read, or is too large.
    """
    return hashlib.sha256(_content(path)).hexdigest()


def import_weights(path: Path) -> ImportedWeights:
    """Reads and checks a LeNet-5 in a file of another program.

    Raises:
        UserError: the file is of another kind, damaged, too large, or holds another network; the
            message says what it is, or what was found.
    """
    try:
        kind = kind_of(path)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if kind not in KINDS and kind is not FileKind.UNKNOWN:
        raise refusal(path, kind)
    content = _content(path)
    said, facts, checked = PartialForm(), dict[str, str](), False
    tensors: dict[str, Floats]
    match kind:
        case FileKind.TORCH_ZIP:
            from lenet_gui.net.weights_import.pickled import read_zip

            tensors, facts = read_zip(content, path)
        case FileKind.TORCH_LEGACY:
            from lenet_gui.net.weights_import.pickled import read_legacy

            tensors, facts = read_legacy(content, path)
        case FileKind.ONNX:
            from lenet_gui.net.weights_import.onnx_graph import read_onnx

            tensors, said, facts = read_onnx(content, path)
            checked = bool(facts)
        case _:
            file = read_tensors(path, WEIGHTS)
            tensors, facts = in_single_precision(file.arrays, path), facts_in(file)
            checked = file.checked
    network = mapped(tensors, str(path))
    if network.variant is Variant.MODERN:
        check_sums(path, network.arrays)
    if facts:
        said = _said_in(facts, path)
        check_calibration(path, network.variant, facts)
    digest = hashlib.sha256(content).hexdigest()
    return ImportedWeights(network.variant, network.arrays, said, digest, facts, checked)


def _said_in(facts: dict[str, str], path: Path) -> PartialForm:
    """All of the form, as this program's facts say it."""
    try:
        form = form_of(facts)
    except ValueError as error:
        raise UserError(f"{path} {error}: {WEIGHTS.remedy}.") from error
    return PartialForm(form.squashing, form.pooling, form.inputs, form.border)


def _content(path: Path) -> bytes:
    try:
        return read_ordinary(path, LARGEST)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError | ValueError) -> UserError:
    if isinstance(error, OSError) and error.errno == errno.EFBIG:
        return UserError(
            f"{path} is too large for the weights of a LeNet-5 ({LARGEST >> 20} MB at most): "
            f"choose another file ({ACCEPTED})."
        )
    told = error.strerror if isinstance(error, OSError) else None
    return UserError(f"{path} could not be read ({told or error}): {WEIGHTS.remedy}.")
