"""`python -m lenet_gui` is the command `lenet-gui`."""

import sys

from lenet_gui.cli import main

if __name__ == "__main__":
    sys.exit(main())
