"""The one exception whose text is written for the user."""

from typing import Final

from lenet_gui.printable import shortened

LONGEST_SENTENCE: Final = 5_000
"""The limit of a message in characters, whatever it quotes; the longest path has 4096 bytes."""


class UserError(Exception):
    """What happened, which file or field, and what to do: one sentence.

    The command line prints it and exits with status 2; the window shows it in its message
    bar. Every other exception is a bug of the program. What the sentence quotes may
    come from anywhere: its text is `printable`.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(shortened(sentence, LONGEST_SENTENCE))

    @property
    def on_screen(self) -> str:
        """The sentence in the words of the window, if those of files and commands differ."""
        return str(self)
