"""Remembers the forms of imported files: one that was measured once is not measured again.

By the files' content, in a JSON file among the user's settings. No torch.
"""

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lenet_gui.errors import UserError
from lenet_gui.explore.form_finding.finding import FormFinding
from lenet_gui.files import write_atomically
from lenet_gui.paths import known_forms_file
from lenet_gui.plain_json import from_plain, read_json, to_plain
from lenet_gui.safe_reading import read_ordinary

MOST: Final = 100
"""So many files are remembered, the newest."""
_LARGEST: Final = 1 << 20

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Known:
    digest: str
    finding: FormFinding


class KnownForms:
    """What was found of imported files, by the digest of their content.

    A file that cannot be read or written is logged; then only this process remembers.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or known_forms_file()
        self._here: dict[str, FormFinding] = {}

    def get(self, digest: str) -> FormFinding | None:
        """What is known of a file."""
        return self._here.get(digest) or self._read().get(digest)

    def keep(self, digest: str, finding: FormFinding) -> None:
        """Remembers what was found of a file.

        Where no form reads the digits and none was chosen, only for this process: other digits may
        tell more.
        """
        self._here[digest] = finding
        if not finding.reads and finding.chosen is None:
            return
        kept = self._read()
        kept.pop(digest, None)
        kept[digest] = finding
        newest = list(kept.items())[-MOST:]
        plain = [to_plain(_Known(name, one)) for name, one in newest]
        try:
            write_atomically(self._file, json.dumps(plain, indent=1).encode())
        except UserError as error:
            _log.warning("the forms of imported weights could not be saved: %s", error)

    def _read(self) -> dict[str, FormFinding]:
        try:
            plain = read_json(read_ordinary(self._file, _LARGEST), "it")
            entries = from_plain(tuple[_Known, ...], plain, "it")
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, UserError, RecursionError) as error:
            _log.warning("%s is ignored: %s", self._file, error)
            return {}
        return {one.digest: one.finding for one in entries}
