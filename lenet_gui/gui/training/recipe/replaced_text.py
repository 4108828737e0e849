"""What was set by hand in a recipe and was replaced by another one, in words. No Qt."""

from collections.abc import Mapping
from typing import Any

from lenet_gui.printable import printable, shortened
from lenet_gui.training.presets import PRESETS
from lenet_gui.training.recipe import FIELDS, Recipe

_MOST = 4
"""The most fields that are listed."""

_LONGEST = 40


def replaced_text(before: Mapping[str, Any], now: Recipe, mnist: str) -> str:
    """Such as: Replaced: Batch size 32, Seed 7.

    Args:
        before: the fields' former values, by name; some may be wrong.
        now: their new values.
        mnist: the data that means MNIST, a folder or the word.

    Returns:
        The fields in which a changed preset differed from it, and a recipe of another name as a
        whole. Empty where nothing set by hand is lost.
    """
    preset = PRESETS.get(str(before["name"]))
    if preset is None:
        return f"Replaced: the recipe {_quoted(before['name'])}."
    base = preset.with_changes(data=mnist)
    lost = [
        f"{field.label} {_shown(name, before[name])}"
        for name, field in FIELDS.items()
        if before[name] != getattr(base, name) and before[name] != getattr(now, name)
    ]
    if not lost:
        return ""
    more = f" and {len(lost) - _MOST} more" if len(lost) > _MOST else ""
    return f"Replaced: {', '.join(lost[:_MOST])}{more}."


def _shown(name: str, value: object) -> str:
    kind = FIELDS[name].kind
    return _quoted(kind.shown(value) if kind.accepts(value) and value is not None else value)


def _quoted(value: object) -> str:
    return printable(shortened(str(value), _LONGEST))
