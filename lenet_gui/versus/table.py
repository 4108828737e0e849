"""The standings as a table: for the terminal, as Markdown, and as JSON."""

import textwrap
from typing import Any, Final

from lenet_gui.net.architecture import name_of
from lenet_gui.text.figures import spans
from lenet_gui.training.recipe import Optimiser, Recipe
from lenet_gui.versus.standing import Kept, Standing

HEADINGS: Final = (
    "recipe",
    "what it is",
    "seeds",
    "test error, %",
    "best",
    "worst",
    "passes",
    "source, %",
)
_TEXT_COLUMNS = 2
"""These columns start at the left; the others, which are figures, end at the right."""

_GAP = "  "


def as_text(kept: Kept) -> str:
    """The table in columns, with notes."""
    rows = [HEADINGS, *(cells(standing) for standing in kept.standings)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = [_aligned(row, widths) for row in rows]
    rule = "-" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    told = (textwrap.fill(note, len(rule), subsequent_indent="  ") for note in notes(kept))
    return "\n".join((lines[0], rule, *lines[1:], rule, "", *told))


def as_markdown(kept: Kept) -> str:
    """The table in GitHub's Markdown, with notes as a list; ends in a newline."""
    right = len(HEADINGS) - _TEXT_COLUMNS
    lines = [
        _markdown_row(HEADINGS),
        "|" + "---|" * _TEXT_COLUMNS + "---:|" * right,
        *(_markdown_row(cells(standing)) for standing in kept.standings),
        "",
        *(f"- {note}" for note in notes(kept)),
        "",
    ]
    return "\n".join(lines)


def as_json(kept: Kept) -> list[dict[str, Any]]:
    """The standings as plain values; errors in percent, unrounded."""
    return [
        {
            "recipe": standing.name,
            "what": what_it_is(standing),
            "data": standing.results[0].data,
            "training_digits": standing.results[0].training_digits,
            "seeds": list(standing.seeds),
            "test_errors": list(standing.errors),
            "mean": standing.mean,
            "deviation": standing.deviation,
            "best": standing.best,
            "worst": standing.worst,
            "passes": list(standing.passes),
            "source": None if standing.source is None else standing.source.error,
            "whose": None if standing.source is None else standing.source.whose,
        }
        for standing in kept.standings
    ]


def cells(standing: Standing) -> tuple[str, ...]:
    """A standing's row under `HEADINGS`."""
    least, most = standing.passes
    source = standing.source
    return (
        standing.name,
        what_it_is(standing),
        str(len(standing.seeds)),
        mean_text(standing),
        f"{standing.best:.2f}",
        f"{standing.worst:.2f}",
        str(most) if least == most else f"{least} to {most}",
        "none" if source is None else f"{source.error:.2f}",
    )


def mean_text(standing: Standing) -> str:
    """The mean error with its deviation, such as "0.97 ± 0.03"; a single seed has none."""
    if standing.deviation is None:
        return f"{standing.mean:.2f}"
    return f"{standing.mean:.2f} ± {standing.deviation:.2f}"


def what_it_is(standing: Standing) -> str:
    """Network, optimiser and distortions; and the digits where they are not all of MNIST's."""
    recipe = standing.recipe
    words = [name_of(recipe.architecture, recipe.variant), _optimiser(recipe), _distortions(recipe)]
    words += recipe.remarks
    if not standing.is_comparable:
        result = standing.results[0]
        words.append(f"on {result.training_digits:,} digits of {result.data}")
    return ", ".join(words)


def notes(kept: Kept) -> list[str]:
    """What one must know to read the table."""
    told = [
        "Test error: after the last pass, the mean over the seeds ± their standard deviation (n-1)."
    ]
    single = [one.name for one in kept.standings if one.deviation is None]
    if single:
        told.append(f"Only one seed, so no deviation: {', '.join(single)}.")
    told += [
        f"{one.name}: the source's {one.source.error:.2f} % is {one.source.whose}."
        for one in kept.standings
        if one.source is not None
    ]
    told += [
        f"{one.name}: learned nothing with seed {spans(one.unlearned)}; its answers are no better "
        "than giving the same one every time."
        for one in kept.standings
        if one.unlearned
    ]
    alien = [one.name for one in kept.standings if not one.is_comparable]
    if alien:
        told.append(
            "Not trained on all of MNIST by one recipe, so not comparable with the source: "
            f"{', '.join(alien)}."
        )
    told += [
        f"{one.name}: its runs differ in their settings ({', '.join(one.differing)})."
        for one in kept.standings
        if one.differing
    ]
    return told


def _optimiser(recipe: Recipe) -> str:
    name = {Optimiser.ADAM: "Adam", Optimiser.SGD: "SGD", Optimiser.SDLM: "SDLM"}
    return f"{name[recipe.optimiser]} batch {recipe.batch_size}"


def _distortions(recipe: Recipe) -> str:
    ranges = recipe.distortions
    if ranges is None or ranges.leaves_all_alone:
        return "no distortions"
    return "affine distortions" if ranges.is_affine else "affine and other distortions"


def _aligned(row: tuple[str, ...], widths: list[int]) -> str:
    cells_ = (
        cell.ljust(width) if column < _TEXT_COLUMNS else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return _GAP.join(cells_).rstrip()


def _markdown_row(row: tuple[str, ...]) -> str:
    escaped = (cell.replace("|", "\\|") for cell in row)
    return f"| {' | '.join(escaped)} |"
