"""The networks of the epochs that were looked at last, so that a walk need not read them again."""

from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING

from lenet_gui.explore.run_history import KeptEpoch

if TYPE_CHECKING:
    from lenet_gui.net.lenet5 import LeNet5

_MOST = 64
"""So many are kept, a quarter of a megabyte each."""


class EpochNetworks:
    """Reads an epoch's file, about a millisecond, the first time that its network is wanted."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Path, tuple[int, int]], LeNet5] = OrderedDict()

    def network(self, epoch: KeptEpoch) -> "LeNet5":
        """The network of an epoch, of no other owner.

        Raises:
            UserError: its file is no longer there, or no longer whole.
        """
        key = epoch.file, epoch.stamp
        if key not in self._kept:
            from lenet_gui.explore.run_reader import load_epoch  # with torch

            self._kept[key] = load_epoch(epoch)
            if len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]
