"""The network that a command is given: a file of this program, or of another one.

Of another program's, what the file does not say of its form is said by `--form` or measured.
Imports torch and numpy: a command imports this module when it runs.
"""

from collections.abc import Callable
from pathlib import Path

from lenet_gui.cli.streams import note
from lenet_gui.data.digits import Digits
from lenet_gui.data.mnist import MnistNotFound
from lenet_gui.data.source import BUILTIN, load_digits
from lenet_gui.errors import UserError
from lenet_gui.explore.foreign.finding import FormFinding
from lenet_gui.explore.foreign.known_forms import KnownForms
from lenet_gui.explore.foreign.measuring import DIGITS, measure
from lenet_gui.explore.foreign.opening import as_own, check_expected
from lenet_gui.net.architecture import Variant
from lenet_gui.net.foreign.partial_form import PartialForm, partial_form
from lenet_gui.net.foreign.reading import ForeignWeights, is_foreign, read_foreign
from lenet_gui.net.lenet5 import LeNet5
from lenet_gui.net.network import Network
from lenet_gui.net.weights_file import LoadedWeights, load_any_weights, network_with


def foreign_network(
    path: Path,
    form: str | None,
    expected: Variant | None = None,
    digits: Callable[[], Digits] | None = None,
) -> LoadedWeights[LeNet5] | None:
    """The network in a file of another program; None where the file is this program's own.

    How it was read is told on stderr.

    Args:
        path: the file.
        form: the words of `--form`; None without it.
        expected: the variant that it must be; None for any.
        digits: those to measure the form on, only asked for then; without it those of MNIST where
            it is found, else built-in ones.

    Raises:
        UserError: the file is wrong, or `--form` is, or does not fit the file.
    """
    if not is_foreign(path):
        if form is not None:
            raise UserError(
                f"{path} says itself which network it holds, so --form has no effect: leave it out."
            )
        return None
    words = partial_form_of(form)
    foreign = read_foreign(path)
    check_expected(path, foreign.variant, expected)
    if foreign.variant is Variant.ORIGINAL:
        if form is not None:
            raise UserError(f"{path} holds an Original, which has one form: leave out --form.")
        return network_with(as_own(foreign, None, path))
    try:
        said = foreign.said.agreeing_with(words)
    except ValueError as error:
        raise UserError(f"{path} says {error}: change --form, or leave it out.") from error
    finding = _finding(foreign, said, digits or _test_digits)
    note(f"{path.name}: {finding.sentence}.")
    return network_with(as_own(foreign, finding, path))


def any_network(
    path: Path, form: str | None, digits: Callable[[], Digits]
) -> LoadedWeights[Network]:
    """The network in any file of weights, a strong teacher too; else as `foreign_network`.

    Raises:
        UserError: the file is wrong, or `--form` is, or does not fit the file.
    """
    return foreign_network(path, form, digits=digits) or load_any_weights(path)


def partial_form_of(form: str | None) -> PartialForm:
    """What the words of `--form` say.

    Raises:
        UserError: they are wrong.
    """
    try:
        return partial_form(word.strip() for word in form.split(",")) if form else PartialForm()
    except ValueError as error:
        raise UserError(f"--form is wrong: {error}.") from error


def _finding(
    foreign: ForeignWeights, said: PartialForm, digits: Callable[[], Digits]
) -> FormFinding:
    """What was measured before, if nothing else is said now; else measured, and remembered."""
    known = KnownForms()
    is_usual = said == foreign.said
    before = known.get(foreign.digest) if is_usual else None
    if before is not None and before.reads:
        return before.choosing(None)
    finding = measure(foreign, digits(), said)
    if is_usual and finding.reads:
        chosen = None if before is None else before.chosen  # in the window
        known.keep(foreign.digest, finding.choosing(chosen))
    return finding


def _test_digits() -> Digits:
    try:
        return load_digits(test=DIGITS).test
    except MnistNotFound:
        return load_digits(BUILTIN, training=0, test=DIGITS).test
