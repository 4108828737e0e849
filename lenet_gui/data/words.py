"""Words that choose digits. No heavy imports."""

from typing import Final

BUILTIN: Final = "builtin"
"""The digits that the program generates (a folder of that name is "./builtin")."""
