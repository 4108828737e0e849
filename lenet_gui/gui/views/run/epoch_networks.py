"""The networks of the epochs that were looked at last, so that a walk need not read them again."""

from collections import OrderedDict
from pathlib import Path

from lenet_gui.explore.run_history import KeptEpoch
from lenet_gui.net.array_network import ArrayNetwork

_MOST = 64
"""How many are kept, a quarter of a megabyte each."""


class EpochNetworks:
    """Reads an epoch's file, about a millisecond, the first time that its network is wanted."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Path, tuple[int, int]], ArrayNetwork] = OrderedDict()

    def network(self, epoch: KeptEpoch) -> ArrayNetwork:
        """What reads single digits as the network of an epoch does.

        Raises:
            UserError: its file is no longer there, or no longer whole.
        """
        key = epoch.file, epoch.stamp
        if key not in self._kept:
            from lenet_gui.explore.run_reader import load_epoch  # with torch

            network = load_epoch(epoch)
            self._kept[key] = ArrayNetwork(network.variant, network.as_arrays(), network.form)
            if len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]
