"""Real pen-written digits, as they lie in a file."""

import gzip
import json
from pathlib import Path
from typing import Any


def read_digits(path: Path) -> list[dict[str, Any]]:
    """Pen digits, one JSON object a line: "label" 0..9, "strokes" (lists of [x, y], y down)."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
