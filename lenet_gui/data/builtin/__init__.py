"""Built-in digits, written by the program itself: they need no files and no download."""

from lenet_gui.data.builtin.rubbish import builtin_rubbish
from lenet_gui.data.builtin.sets import Stream, builtin_digits, builtin_sets

__all__ = ["Stream", "builtin_digits", "builtin_rubbish", "builtin_sets"]
