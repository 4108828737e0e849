"""Finding the MNIST files on this machine and reading them, with every check."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lenet_gui import paths
from lenet_gui.data.collections.idx_files import idx_groups
from lenet_gui.data.collections.pairs import READ, Group
from lenet_gui.data.collections.tree import FolderTree
from lenet_gui.data.digits import DigitSets
from lenet_gui.data.mnist_files import PUBLISHED, MnistFiles
from lenet_gui.errors import UserError

if TYPE_CHECKING:
    from lenet_gui.data.collections.collection import Collection

ENVIRONMENT_VARIABLE: Final = "LENET_GUI_DATA"
"""The environment variable for a folder with the MNIST files."""

_DEEPEST: Final = 2
"""Levels of folders below a usual place that are looked through, such as MNIST/raw."""

_MOST_FILES: Final = 10_000


class MnistNotFound(UserError):  # noqa: N818 - no fault: the caller may download or do without
    """MNIST is in none of the places where it is looked for."""


def find_mnist() -> Path:
    """The folder with the four MNIST files, under any of their usual names, plain or .gz.

    Looked for in and below the folder given by LENET_GUI_DATA, then in the program's folder for
    MNIST among the user's data. Only the presence of the files is checked: `load_mnist` reads
    and checks them.

    Raises:
        MnistNotFound: no place has all four files.
    """
    reasons = []
    for place in _usual_places():
        found = _folder_or_reason(place)
        if isinstance(found, Path):
            return found
        reasons.append(f"{place} {found}")
    if len(reasons) < 2:
        reasons.insert(0, f"{ENVIRONMENT_VARIABLE} is not set")
    raise MnistNotFound(
        f"MNIST was not found ({', '.join(reasons)}): download it, choose the folder with "
        "its four files, or use the built-in digits."
    )


def load_mnist(folder: Path, files: MnistFiles = PUBLISHED) -> DigitSets:
    """Reads the four MNIST files in `folder`, under any of their usual names, plain or .gz.

    Args:
        folder: where they are, or a folder above it.
        files: the checksums.

    Returns:
        "MNIST training" (60,000 digits) and "MNIST test" (10,000 digits).

    Raises:
        UserError: the folder or a file is missing, or a file is unreadable, cut short, of the
            wrong kind or size, does not match its labels, or is not as published (SHA-256).
    """
    from lenet_gui.data.collections import read_collection

    found = read_collection(folder, mnist=files)
    require_mnist(found)
    return found.sets


def require_mnist(found: "Collection") -> None:
    """Makes sure that what lies where MNIST is looked for is MNIST.

    Raises:
        UserError: it is not as published.
    """
    if found.is_mnist:
        return
    raise UserError(
        f"{found.path} has other digits than the published MNIST (other sizes or SHA-256): "
        "choose another folder or download MNIST again."
    )


def _usual_places() -> list[Path]:
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    own = paths.mnist_folder()
    return [_from_home(Path(named)), own] if named else [own]


def _from_home(folder: Path) -> Path:
    """The folder that a "~" means; if it means none, the name as it is."""
    return Path(os.path.expanduser(folder))  # noqa: PTH111 - which raises no RuntimeError


def _folder_or_reason(place: Path) -> Path | str:
    """The folder of the files, or what is wrong, as words after the place's name."""
    try:
        if not place.exists():
            return "does not exist"
        if not place.is_dir():
            return "is not a folder"
        with FolderTree(place, deepest=_DEEPEST, most_files=_MOST_FILES) as tree:
            groups = idx_groups(tree)
    except OSError as error:
        return f"cannot be opened ({error.strerror or error})"
    except UserError:
        return f"cannot be opened, or has more than {_MOST_FILES:,} files"
    whole = [group for group in groups if not group.missing]
    if whole:
        return place / min(whole, key=_unlikeliness).folder
    return f"lacks {', '.join(_missing(groups))}"


def _unlikeliness(group: Group) -> tuple[bool, bool, int]:
    """The least for MNIST among data sets of the same names, as in torchvision's folder."""
    is_called_so = any(part.lower() == "mnist" for part in group.folder.parts)
    return group.name != "", not is_called_so, len(group.folder.parts)


def _missing(groups: Sequence[Group]) -> list[str]:
    keys = groups[0].missing if groups else READ
    return [PUBLISHED[READ.index(key)].archive for key in keys]
