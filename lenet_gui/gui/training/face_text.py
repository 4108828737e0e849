"""The texts of the training panel's simple face: recipes, times and errors. No Qt."""

from lenet_gui.text.figures import about_duration, percent
from lenet_gui.training.pace import Expectation, digits_per_epoch
from lenet_gui.training.ready_made import Effort
from lenet_gui.training.recipe import BUILTIN, FIELDS, Recipe

LONGEST_LINES = ("measuring the time", "test error not known")
"""The most that `card_lines` says."""


def card_lines(known: Expectation, *, is_trying: bool) -> tuple[str, str]:
    """How long a training run takes here, and the test error that it ends with."""
    return _time_text(known, is_trying=is_trying), _error_text(known)


def card_tips(recipe: Recipe, known: Expectation) -> tuple[str, ...]:
    """What the recipe is, and where its figures come from."""
    return (f"{recipe.name}: {_means(recipe)}.", _source_of_time(known), _source_of_error(known))


def about_digits(recipe: Recipe | None, *, is_missing: bool) -> str:
    """How many digits there are to learn from, or that there are none."""
    if is_missing:
        return "MNIST is not on this machine: download it, or use built-in digits."
    if recipe is None:
        return ""
    count = f"{digits_per_epoch(recipe):,} digits"
    written = ", written by the program itself" if recipe.data == BUILTIN else ""
    return f"{count}{written}"


def about_recipe(
    recipe: Recipe | None, name: str, effort: Effort | None, known: Expectation | None
) -> str:
    """The recipe in a line; one that is none of the three is called a custom recipe."""
    if recipe is None or known is None:
        return f"custom recipe: {name}, with a wrong field: see all settings"
    if effort is not None:
        return f"{recipe.name}: {_means(recipe)}"
    told = [f"custom recipe: {recipe.name}"]
    if known.seconds is not None:
        told.append(_time_text(known, is_trying=False))
    if known.test_error is not None:
        told.append(_error_text(known))
    return ", ".join(told)


def _means(recipe: Recipe) -> str:
    optimiser = FIELDS["optimiser"].kind.shown(recipe.optimiser).split(",")[0]
    epochs = "1 epoch" if recipe.epochs == 1 else f"{recipe.epochs} epochs"
    told = [optimiser, epochs, f"{recipe.batch_size} digits per update"]
    if recipe.distortions is not None:
        told.append("distorted digits")
    if recipe.teachers_share:
        told.append("teachers")
    return ", ".join(told)


def _time_text(known: Expectation, *, is_trying: bool) -> str:
    if known.seconds is not None:
        return f"about {about_duration(known.seconds)}"
    return "measuring the time" if is_trying else "time not known yet"


def _error_text(known: Expectation) -> str:
    if known.test_error is None:
        return "test error not known"
    return f"test error {percent(known.test_error)}"


def _source_of_time(known: Expectation) -> str:
    if known.seconds is None:
        return "The time is known once such a training run has ended on this machine."
    if known.is_tried:
        return "The time was estimated by a short trial on this machine."
    return "The time is that of an earlier run on this machine."


def _source_of_error(known: Expectation) -> str:
    if known.test_error is None:
        return "The test error is known once such a training run has ended on this machine."
    return "The test error is the mean of earlier runs with this recipe."
