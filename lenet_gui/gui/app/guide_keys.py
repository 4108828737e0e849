"""Writes the guide's tables of keys from the program's own tables: `make guide`."""

import sys
from collections.abc import Iterable
from importlib import resources
from pathlib import Path

from lenet_gui.files import write_atomically
from lenet_gui.gui.app.shortcuts_page import OTHER_KEYS
from lenet_gui.gui.core.commands import MENUS
from lenet_gui.gui.core.view_table import VIEWS, Entry

SHORTCUTS = "shortcuts"
_KEYS = "## Keys\n"


def guide_folder() -> Path:
    """The folder of the guide's pages."""
    return Path(str(resources.files("lenet_gui"))) / "guide"


def shortcuts_page() -> str:
    """The page of all keys, as Markdown."""
    parts = ["# Shortcuts\n", "On a Mac Ctrl stands for the command key. `F1` shows this page.\n"]
    for menu, commands in MENUS:
        rows = [
            (" or ".join(f"`{key}`" for key in one.keys), _plain(one.text), one.tip)
            for one in commands
            if one.keys
        ]
        parts.append(f"## {_plain(menu)}\n")
        parts.append(_table(("keys", "command", "what it does"), rows))
    for place, keys in OTHER_KEYS:
        parts.append(f"## In {place}\n")
        parts.append(_table(("keys", "what they do"), keys))
    return "\n".join(parts)


def with_keys(page: str, entry: Entry) -> str:
    """The page of a view with its keys as they are now, at its end."""
    text, _, _ = page.partition(_KEYS)
    rows = ((f"`{entry.keys}`", "Bring the view to the front"), *entry.inside)
    return f"{text.rstrip()}\n\n{_KEYS}\n{_table(('keys', 'what they do'), rows)}"


def main() -> int:
    """Writes the page of shortcuts, and the keys of every view's page."""
    folder = guide_folder()
    pages = {folder / f"{SHORTCUTS}.md": shortcuts_page()}
    for entry in VIEWS:
        file = folder / f"{entry.name}.md"
        pages[file] = with_keys(file.read_text(encoding="utf-8"), entry)
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
