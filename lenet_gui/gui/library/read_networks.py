"""The networks that were read from files, each read again only where its file has changed."""

from collections.abc import Callable, Mapping
from pathlib import Path

from lenet_gui.gui.library.known_network import NetworkInUse, moved
from lenet_gui.net.architecture import Variant
from lenet_gui.printable import printable
from lenet_gui.training.run_folders import run_of


class ReadNetworks:
    """Keeps what was read. A file may be `called` a shipped one, and one that the user opened."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Path, str], tuple[object, NetworkInUse]] = {}

    def known(self, path: Path, called: str) -> NetworkInUse | None:
        """The network that was read last; None where none was."""
        kept = self._kept.get((path, called))
        return None if kept is None else kept[1]

    def read(
        self,
        path: Path,
        called: str,
        read: Callable[[], NetworkInUse],
        expected: Variant | None,
    ) -> NetworkInUse:
        """What `read` finds, anew only where the file has changed or is another variant.

        Raises:
            UserError: as `read` does.
        """
        stamp, kept = _stamp(path), self._kept.get((path, called))
        if kept is not None and kept[0] == stamp and expected in (None, kept[1].variant):
            return kept[1]
        found = read()
        self._kept[path, called] = stamp, found
        return found

    def forget(self, path: Path) -> None:
        """A file is to be read anew, though it has not changed."""
        self._kept = {key: one for key, one in self._kept.items() if key[0] != path}

    def rename_run(self, old: Path, new: Path) -> None:
        """What was read from the folder of a run is known by the folder's new name."""
        self._kept = {
            (moved(path, old, new), called): (stamp, network.with_run_renamed(old, new))
            for (path, called), (stamp, network) in self._kept.items()
        }


def origin_of(path: Path, facts: Mapping[str, str]) -> tuple[str, str, Path | None]:
    """Where the network of a file comes from; the file's name where it is no run's; its run."""
    found = run_of(path)
    if found is None:
        return printable(path.name), printable(path.name), None
    run, epoch = found
    if epoch is not None:
        return f"{printable(run.name)}, epoch {epoch}", "", run
    return origin_in_run(run, facts), "", run


def origin_in_run(run: Path, facts: Mapping[str, str]) -> str:
    """What the network is called that a run ended with, by the facts of its training.

    Such as "2026-01-31 quick", and of a training run that was stopped "2026-01-31 quick, epoch 7",
    or "2026-01-31 quick, stopped in epoch 1, not tested". One that failed in the middle of an epoch
    was not tested either.
    """
    name, stopped = printable(run.name), printable(facts.get("stopped_in_epoch", ""))
    epochs = printable(facts.get("epochs", ""))
    if epochs and "test_accuracy" not in facts:
        where = f", stopped in epoch {stopped}" if stopped else ""
        return f"{name}{where}, not tested"
    return f"{name}, epoch {epochs}" if stopped else name


def _stamp(path: Path) -> tuple[int, int] | None:
    """A stamp that shows whether a file has changed; None if it cannot be read."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns
