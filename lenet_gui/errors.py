"""The one exception whose text is written for the person at the program."""


class UserError(Exception):
    """What happened, which file or field, and what to do: one sentence.

    The command line prints it and leaves with exit status 2; the window shows it in its message
    bar. Everything else that is raised is a fault of the program.
    """
