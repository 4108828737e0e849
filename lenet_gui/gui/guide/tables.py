"""Writes the parts of the guide that come from the program's own tables: `make guide`.

Every key, the keys of each view, and the facts of each field of a recipe.
"""

import re
import sys
from collections.abc import Iterable

from lenet_gui.files import write_atomically
from lenet_gui.gui.core.commands import MENUS
from lenet_gui.gui.core.view_table import VIEWS, Entry
from lenet_gui.guide.pages import guide_folder
from lenet_gui.training.described import Described
from lenet_gui.training.fields import Choice, Optional, Place, Ranges
from lenet_gui.training.recipe import FIELDS

SHORTCUTS, RECIPE = "shortcuts", "recipe"
_KEYS = "## Keys\n"

OTHER_KEYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Canvas",
        (
            ("Right button", "Erase, whichever tool is chosen"),
            ("Other end of the pen", "Erase, whichever tool is chosen"),
        ),
    ),
    ("Messages", (("Esc", "Close the message at the bottom of the window"),)),
    *((entry.title.replace("&", ""), entry.inside) for entry in VIEWS if entry.inside),
    (
        "Enlarged picture",
        (
            ("Left, Right", "Previous or next picture, such as a layer's maps"),
            ("Up, Down", "Another kind of picture, such as the previous or next layer"),
            ("Shift and an arrow key", "Go to a cell, for its value"),
            ("Esc", "Close it"),
        ),
    ),
    (
        "Plots and confusion matrix",
        (
            ("+, -, or the wheel", "Zoom"),
            ("Left, Right", "Move the reading line"),
            ("Home or double click", "Show everything"),
            (
                "Ctrl+C",
                "After a click on a plot: copy the values at the reading line, or all figures",
            ),
            ("Arrow keys", "Choose a cell of the confusion matrix"),
        ),
    ),
    (
        "Projector",
        (
            ("F11", "Full screen on or off"),
            ("Esc", "Leave the full screen"),
            ("Right button", "Choose what it shows"),
        ),
    ),
    (
        "Runs",
        (
            ("Enter", "Replay the run in the Run view"),
            ("Ctrl+Enter", "Use its network"),
            ("Ctrl+R", "Resume it"),
            ("F2, Del", "Rename it, delete it"),
            ("Ctrl+O", "Show its folder"),
            ("Ctrl+C", "Copy the selected rows"),
            ("Esc", "Close the table"),
        ),
    ),
    (
        "Versus 1998",
        (
            ("Left, Right", "Read the errors of a pass off the curve"),
            ("Enter or click", "Put a missed digit on the canvas"),
            ("Esc", "Close it"),
        ),
    ),
    (
        "Guide",
        (
            ("Ctrl+K", "Search all pages"),
            ("Ctrl+F, F3, Shift+F3", "Find words on the page, the next match, the previous one"),
            ("Alt+Left, Alt+Right", "Previous page, next page"),
            ("Tab, Enter", "Go to the next link, follow it"),
            ("Esc", "Close it"),
        ),
    ),
    (
        "Everywhere",
        (
            ("Tab, Shift+Tab", "Go through the controls, from left to right"),
            ("Alt and a letter", "Open a menu"),
            ("Menu key or right button", "On a cell: enlarge its picture, copy, save, look it up"),
        ),
    ),
)

_FACTS = re.compile(r"^### .*\n\n`(\w+)` in a recipe file.*\n(?:.+\n)*", re.MULTILINE)
"""The heading of a field, and the lines under it that are made from its description."""


def shortcuts_page() -> str:
    """The page of all keys, as Markdown."""
    parts = ["# Shortcuts\n", _ABOUT_KEYS]
    for menu, commands in MENUS:
        rows = [
            (" or ".join(f"`{key}`" for key in one.keys), _plain(one.text), one.tip)
            for one in commands
            if one.keys
        ]
        parts.append(f"## {_plain(menu)}\n")
        parts.append(_table(("keys", "command", "what it does"), rows))
    for place, keys in OTHER_KEYS:
        parts.append(f"## {_where(place)}\n")
        parts.append(_table(("keys", "what they do"), keys))
    return "\n".join(parts)


def _where(place: str) -> str:
    return "On the canvas" if place == "Canvas" else f"In {place}"


_ABOUT_KEYS = """\
On a Mac, Ctrl stands for the command key. `F1` opens the page about what you are looking at.
"""


def with_keys(page: str, entry: Entry) -> str:
    """The page of a view with its keys as they are now, at its end."""
    text, _, _ = page.partition(_KEYS)
    rows = ((f"`{entry.keys}`", "Bring the view to the front"), *entry.inside)
    return f"{text.rstrip()}\n\n{_KEYS}\n{_table(('keys', 'what they do'), rows)}"


def with_fields(page: str) -> str:
    """The page of recipes with each field's heading and facts as they are now."""
    return _FACTS.sub(lambda found: field_facts(FIELDS[found[1]]), page)


def field_facts(field: Described) -> str:
    """A field's heading, its names and its possible values."""
    in_file = f"`{field.name}` in a recipe file"
    on_command = f"`{field.option}` on the command line"
    if isinstance(field.kind, Ranges):
        facts = (
            f"{in_file}: an object with any of {_code(field.kind.names, ', ')}, or `null`. "
            f"{on_command}: {_code(field.kind.words, ' or ')}."
        )
    else:
        facts = f"{in_file}, {on_command}: {_wanted(field)}."
    return f"### {field.label}\n\n{facts}\n"


def _code(words: Iterable[str], between: str) -> str:
    return between.join(f"`{word}`" for word in words)


def _wanted(field: Described) -> str:
    """The possible values of the field, with its unit."""
    kind = field.kind
    if isinstance(kind, Choice):
        names = (
            (word, "" if shown == word else f" ({shown})") for word, shown in kind.names.items()
        )
        return " or ".join(f"`{word}`{shown}" for word, shown in names)
    if isinstance(kind, Place):
        words = "".join(f"`{word}`, " for word in kind.words)
        return f"{words}or a folder"
    if isinstance(kind, Optional):
        return f"{kind.kind.wanted}, or `{kind.nothing}`"
    return f"{kind.wanted} {field.unit}" if field.unit else kind.wanted


def main() -> int:
    """Writes the page of shortcuts, the keys of every view's page, and the facts of the fields."""
    folder = guide_folder()
    pages = {folder / f"{SHORTCUTS}.md": shortcuts_page()}
    for entry in VIEWS:
        file = folder / f"{entry.name}.md"
        pages[file] = with_keys(file.read_text(encoding="utf-8"), entry)
    recipe = folder / f"{RECIPE}.md"
    pages[recipe] = with_fields(recipe.read_text(encoding="utf-8"))
    for file, page in pages.items():
        write_atomically(file, page.encode())
    return 0


def _table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (headings, ("---",) * len(headings), *rows)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _plain(text: str) -> str:
    return text.replace("&", "")


if __name__ == "__main__":
    sys.exit(main())
