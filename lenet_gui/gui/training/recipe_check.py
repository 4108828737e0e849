"""Turns the values of a form into a recipe, or into what is wrong with each of them. No Qt."""

import dataclasses
from collections.abc import Mapping

from lenet_gui.errors import UserError
from lenet_gui.net.architecture import LOSSES, RUBBISH_LOSSES, Loss, Variant
from lenet_gui.training.presets import PRESETS
from lenet_gui.training.recipe import Recipe

_FIELDS = tuple(field.name for field in dataclasses.fields(Recipe))
_OF_THE_MACHINE = ("data", "device")  # a preset leaves these as they are


def checked(base: Recipe, values: Mapping[str, object]) -> tuple[Recipe | None, dict[str, str]]:
    """The recipe `base` with other values in some fields, or the problems by field.

    A problem is the recipe's own sentence without the field's name: "must be a whole number ...".
    """
    try:
        return dataclasses.replace(base, **values), {}  # type: ignore[arg-type]  # checked there
    except UserError as error:
        told = str(error).removeprefix("The recipe cannot be used: ").removesuffix(".")
    problems: dict[str, str] = {}
    last = ""
    for part in told.split("; "):
        name, _, words = part.partition(" ")
        if name in _FIELDS:
            last = name
            problems[last] = words
        else:  # a value that holds a semicolon itself
            problems[last] = f"{problems.get(last, '')}; {part}".removeprefix("; ")
    return None, problems


def slower(recipe: Recipe) -> Recipe:
    """The same with a tenth of the learning rate, for a training that diverged."""
    return recipe.with_changes(learning_rate=float(f"{recipe.learning_rate / 10:.3g}"))


def preset_of(recipe: Recipe) -> str | None:
    """The preset that the recipe is, whatever its data and device."""
    for name, preset in PRESETS.items():
        if with_preset(recipe, name) == recipe and preset.name == recipe.name:
            return name
    return None


def with_preset(recipe: Recipe, name: str) -> Recipe:
    """The preset of that name, with the data and the device of `recipe`."""
    kept = {field: getattr(recipe, field) for field in _OF_THE_MACHINE}
    return dataclasses.replace(PRESETS[name], **kept)


def with_variant(recipe: Recipe, variant: str) -> Recipe | None:
    """The same for the other network: its preset of the same kind, else a loss of its own.

    None if something of the recipe is not for the other network, such as SDLM for the Modern.
    """
    name = preset_of(recipe)
    twin = None if name is None else name.replace(recipe.variant, variant, 1)
    if twin != name and twin in PRESETS:
        return with_preset(recipe, twin)
    losses = LOSSES[Variant(variant)]
    with_rubbish = recipe.rubbish or recipe.teachers_share
    fitting = [loss for loss in losses if not with_rubbish or loss in RUBBISH_LOSSES]
    renamed = recipe.name.replace(recipe.variant, variant, 1)
    temperature = recipe.temperature if fitting[:1] == [Loss.MAP] else 1.0
    try:
        return recipe.with_changes(
            variant=variant, loss=fitting[0], name=renamed, temperature=temperature
        )
    except UserError:
        return None
