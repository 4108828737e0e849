"""The weights of another program, as if they were in one of this program's own files. No torch."""

from pathlib import Path

from lenet_gui.errors import UserError
from lenet_gui.explore.form_finding.finding import FormFinding
from lenet_gui.net.architecture import Architecture, Variant
from lenet_gui.net.modern_form import README_FORM, ModernForm
from lenet_gui.net.weight_arrays import WeightArrays, facts_with_network
from lenet_gui.net.weights_import.reading import ImportedWeights

READ_FROM = "read_from"
"""The fact of weights that says which file of another program they are from."""

READ_AS = "read_as"
"""The fact that says how its form was found."""


def as_own(
    imported: ImportedWeights,
    finding: FormFinding | None,
    path: Path,
    said: ModernForm | None = None,
) -> WeightArrays:
    """The weights with the facts that a file of this program has; the choice of form is one.

    Args:
        imported: what the file holds.
        finding: its form; None where the file says it (see `ImportedWeights.form`).
        path: of the file.
        said: the form, where its user says all of it and nothing was measured.
    """
    form = said or imported.form or README_FORM
    facts = {**imported.facts, READ_FROM: path.name}
    if finding is not None:
        form = finding.form
        facts[READ_AS] = finding.sentence
    facts = facts_with_network(facts, Architecture.LENET5, imported.variant, form)
    return WeightArrays(
        imported.variant, imported.arrays, facts, checked=imported.checked, form=form
    )


def check_expected(path: Path, variant: Variant, expected: Variant | None) -> None:
    """Makes sure that a file holds the expected variant; None for any.

    Raises:
        UserError: it does not.
    """
    if expected is not None and variant is not expected:
        raise UserError(
            f"{path} contains weights of the {variant.capitalize()} network, not of the "
            f"{expected.capitalize()}: choose another file or switch the variant."
        )
