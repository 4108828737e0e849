"""Words that choose digits. Nothing heavy comes with them."""

from typing import Final

BUILTIN: Final = "builtin"
"""The digits which the program writes itself (a folder of that name is "./builtin")."""
