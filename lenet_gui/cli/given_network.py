"""The network that a command is given; how one of another program was read is told on stderr.

Imports torch and numpy: a command imports this module when it runs.
"""

from collections.abc import Callable
from pathlib import Path

from lenet_gui.cli.streams import note
from lenet_gui.data.digits import Digits
from lenet_gui.errors import UserError
from lenet_gui.explore.open_weights import OpenedWeights, open_any_network, open_lenet5
from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import LeNet5
from lenet_gui.net.network import Network
from lenet_gui.net.weights_file import LoadedWeights
from lenet_gui.net.weights_import.partial_form import PartialForm, partial_form


def given_lenet5(
    path: Path, form: str | None, expected: Variant | None = None
) -> LoadedWeights[LeNet5]:
    """The LeNet-5 in a file of weights; `form` are the words of `--form`.

    Raises:
        UserError: the file is wrong, or `--form` is, or does not fit the file.
    """
    opened = open_lenet5(path, _said(form), expected)
    _tell(path, opened)
    return opened.loaded


def given_network(
    path: Path, form: str | None, digits: Callable[[], Digits]
) -> LoadedWeights[Network]:
    """The same for any network; of one of another program the form is measured on these digits.

    Raises:
        UserError: as above.
    """
    opened = open_any_network(path, _said(form), digits)
    _tell(path, opened)
    return opened.loaded


def _tell(path: Path, opened: OpenedWeights[Network]) -> None:
    if opened.finding is not None:
        note(f"{path.name}: {opened.finding.sentence}.")


def _said(form: str | None) -> PartialForm:
    try:
        return partial_form(word.strip() for word in form.split(",")) if form else PartialForm()
    except ValueError as error:
        raise UserError(f"--form is wrong: {error}.") from error
