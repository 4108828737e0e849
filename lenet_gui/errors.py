"""The one exception whose text is written for the person at the program."""

from typing import Final

from lenet_gui.foreign import shortened

LONGEST_SENTENCE: Final = 5_000
"""No sentence is longer, in characters, whatever it quotes; the longest path has 4096 bytes."""


class UserError(Exception):
    """What happened, which file or field, and what to do: one sentence.

    The command line prints it and leaves with exit status 2; the window shows it in its message
    bar. Everything else that is raised is a fault of the program. What the sentence quotes may
    come from anywhere: its text is `printable`.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(shortened(sentence, LONGEST_SENTENCE))

    @property
    def on_screen(self) -> str:
        """The sentence in the words of the window, where those of files and commands are others."""
        return str(self)
