"""A recipe in words: its name, and what was changed in it, before and while a run was trained.

No Qt, no torch.
"""

from collections.abc import Sequence
from typing import Final

from lenet_gui.printable import shortened
from lenet_gui.training.adjustments import Adjustment, EpochAdded, RateChanged
from lenet_gui.training.presets import PRESETS, with_preset
from lenet_gui.training.recipe import FIELDS, Recipe

LONGEST_BRIEF: Final = 44
"""Characters of `brief_recipe_text`, unless the name alone has more."""

_COUNTED: Final = ("training_digits", "epochs")
"""Fields that are named after what they count: "30,000 digits", "3 epochs"."""

_MOST_RATES: Final = 5
"""The most changes of the rate that are listed."""


def changed_settings(recipe: Recipe) -> tuple[str, ...]:
    """What differs from the preset of the recipe's name: "30,000 digits", "rate 0.02".

    Nothing for a recipe with a name of its own. On which digits and which device it is trained is
    not part of a preset.
    """
    if recipe.name not in PRESETS:
        return ()
    base = with_preset(recipe.name, recipe.data, recipe.device, recipe.transpose)
    return tuple(
        setting_text(name, value)
        for name in FIELDS
        if (value := getattr(recipe, name)) != getattr(base, name)
    )


def setting_text(name: str, value: object) -> str:
    """A field with its value: "rate 0.02", "1 epoch", "all digits"."""
    field = FIELDS[name]
    label = field.label if len(field.label) == 1 else field.label[:1].lower() + field.label[1:]
    if name in _COUNTED:
        if value is None:
            return f"all {label}"
        return f"{value:,} {label.removesuffix('s') if value == 1 else label}"
    shown = "none" if value is None else field.kind.shown(value)
    return f"{label} {shown}"


def named_recipe(recipe: Recipe) -> str:
    """Its name, and that it is no longer the preset that is called so: "original-quick changed"."""
    return f"{recipe.name} changed" if changed_settings(recipe) else recipe.name


def recipe_text(recipe: Recipe, adjustments: Sequence[Adjustment] = ()) -> str:
    """The whole: its name, its changed settings, and what was changed while the run was trained.

    Such as "original-quick, changed: 30,000 digits, rate 0.02; while it ran: rate 0.02 → 0.001 in
    epoch 2, one more epoch".
    """
    told = shortened(recipe.name)
    changed = changed_settings(recipe)
    if changed:
        told += f", changed: {', '.join(changed)}"
    if adjustments:
        told += f"; while it ran: {', '.join(_adjusted(adjustments))}"
    return told


def brief_recipe_text(recipe: Recipe, adjustments: Sequence[Adjustment] = ()) -> str:
    """The same in few words; of what was changed while it ran only that there is something."""
    name, changed = shortened(recipe.name), changed_settings(recipe)
    if adjustments:
        return f"{name}, changed, also while it ran" if changed else f"{name}, changed while it ran"
    for count in range(len(changed), 0, -1):
        more = f", +{len(changed) - count}" if count < len(changed) else ""
        told = f"{name}, changed: {', '.join(changed[:count])}{more}"
        if len(told) <= LONGEST_BRIEF:
            return told
    return f"{name}, changed: {len(changed)} settings" if changed else name


def _adjusted(adjustments: Sequence[Adjustment]) -> list[str]:
    rates = [made for made in adjustments if isinstance(made, RateChanged)]
    told = [f"{made.mark} in epoch {made.epoch}" for made in rates[:_MOST_RATES]]
    if len(rates) > _MOST_RATES:
        told.append(f"and {len(rates) - _MOST_RATES} more rates")
    added = sum(isinstance(made, EpochAdded) for made in adjustments)
    if added:
        told.append("one more epoch" if added == 1 else f"{added} more epochs")
    return told
