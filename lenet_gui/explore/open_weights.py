"""Opens the network in any file of weights: this program's own, or of another one."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.data.digits import Digits
from lenet_gui.data.mnist import MnistNotFound
from lenet_gui.data.source import BUILTIN, load_digits
from lenet_gui.errors import UserError
from lenet_gui.explore.form_finding.finding import FormFinding
from lenet_gui.explore.form_finding.known_forms import KnownForms
from lenet_gui.explore.form_finding.measuring import DIGITS, measure
from lenet_gui.explore.form_finding.own_weights import as_own, check_expected
from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import LeNet5
from lenet_gui.net.network import Network
from lenet_gui.net.weights_file import (
    LoadedWeights,
    N_co,
    load_any_weights,
    load_weights,
    network_with,
)
from lenet_gui.net.weights_import.partial_form import PartialForm
from lenet_gui.net.weights_import.reading import (
    ImportedWeights,
    import_weights,
    is_of_another_program,
)

NOTHING_SAID = PartialForm()


@dataclass(frozen=True)
class OpenedWeights(Generic[N_co]):
    """A network, and how its form was found; None where its file says it."""

    loaded: LoadedWeights[N_co]
    finding: FormFinding | None = None


def open_lenet5(
    path: Path,
    said: PartialForm = NOTHING_SAID,
    expected: Variant | None = None,
    digits: Callable[[], Digits] | None = None,
) -> OpenedWeights[LeNet5]:
    """The LeNet-5 in a file.

    Args:
        path: the file.
        said: what its user says of its form, where the file does not.
        expected: the variant that it must be; None for any.
        digits: those to measure the form on, only asked for then; without it those of MNIST where
            it is found, else built-in ones.

    Raises:
        UserError: the file is wrong, or what is said does not fit it.
    """
    found = _imported(path, said, expected, digits)
    return found or OpenedWeights(load_weights(path, expected))


def open_any_network(
    path: Path,
    said: PartialForm = NOTHING_SAID,
    digits: Callable[[], Digits] | None = None,
    *,
    always_measures: bool = True,
) -> OpenedWeights[Network]:
    """The same for any network: a strong teacher too.

    Without `always_measures` nothing is measured where all of the form is said.

    Raises:
        UserError: the file is wrong, or what is said does not fit it.
    """
    found = _imported(path, said, None, digits, always_measures=always_measures)
    return found or OpenedWeights(load_any_weights(path))


def _imported(
    path: Path,
    said: PartialForm,
    expected: Variant | None,
    digits: Callable[[], Digits] | None,
    *,
    always_measures: bool = True,
) -> OpenedWeights[LeNet5] | None:
    is_said = said != NOTHING_SAID
    if not is_of_another_program(path):
        if is_said:
            raise _says_itself(path)
        return None
    imported = import_weights(path)
    check_expected(path, imported.variant, expected)
    if imported.form is not None:
        if is_said:
            raise _says_itself(path)
        return OpenedWeights(network_with(as_own(imported, None, path)))
    try:
        both = imported.said.agreeing_with(said)
    except ValueError as error:
        raise UserError(
            f"The graph of {path} says {error}: choose the form that it says."
        ) from None
    members = both.members()
    if not always_measures and len(members) == 1:
        return OpenedWeights(network_with(as_own(imported, None, path, members[0])))
    finding = _finding(imported, both, digits or test_digits)
    return OpenedWeights(network_with(as_own(imported, finding, path)), finding)


def _says_itself(path: Path) -> UserError:
    return UserError(
        f"{path} says itself which network it holds: leave out what it should be read as."
    )


def _finding(
    imported: ImportedWeights, said: PartialForm, digits: Callable[[], Digits]
) -> FormFinding:
    """What was measured before, if nothing else is said now; else measured, and remembered."""
    known = KnownForms()
    is_usual = said == imported.said
    before = known.get(imported.digest) if is_usual else None
    if before is not None and before.reads:
        return before.choosing(None)
    finding = measure_on(imported, digits(), said)
    if is_usual and finding.reads:
        chosen = None if before is None else before.chosen  # in the window
        known.keep(imported.digest, finding.choosing(chosen))
    return finding


def measure_on(
    imported: ImportedWeights,
    digits: Digits,
    said: PartialForm | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> FormFinding:
    """Which form reads most of these; if none reads pictures of other classes, most of the digits.

    The network may have learned either. The arguments are those of `measure`.

    Raises:
        UserError: a file of MNIST is wrong.
    """
    finding = measure(imported, digits, said, progress)
    if finding.reads or digits.class_names == DIGIT_NAMES:
        return finding
    of_digits = measure(imported, test_digits(), said, progress)
    return of_digits if of_digits.reads else finding


def test_digits() -> Digits:
    """Of MNIST where it is found, else built-in ones.

    Raises:
        UserError: a file of MNIST is wrong.
    """
    try:
        return load_digits().test  # `measure` takes the same of them whoever asks
    except MnistNotFound:
        return load_digits(BUILTIN, training=0, test=DIGITS).test
