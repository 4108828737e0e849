"""What this program says of a network in an ONNX file that it writes, with a checksum. No torch."""

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from lenet_gui.net.tensor_file import WEIGHTS

if TYPE_CHECKING:
    from onnx import GraphProto, ModelProto

_CHECKSUM: Final = "checksum"


def add_facts(model: "ModelProto", facts: Mapping[str, str]) -> None:
    """Adds the facts of a weights file to a graph that is complete, as an entry of metadata."""
    checksum = _checksum_of(model.graph, facts)
    entry = model.metadata_props.add()
    entry.key = WEIGHTS.key
    entry.value = json.dumps({**facts, _CHECKSUM: checksum}, sort_keys=True)


def facts_of(model: "ModelProto") -> dict[str, str]:
    """The facts in a file of this program; empty if it has none, or its graph was changed since."""
    for entry in model.metadata_props:
        if entry.key == WEIGHTS.key:
            facts = _facts_in(entry.value)
            checksum = facts.pop(_CHECKSUM, "")
            return facts if checksum == _checksum_of(model.graph, facts) else {}
    return {}


def _facts_in(text: str) -> dict[str, str]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    is_told = isinstance(told, dict) and all(isinstance(one, str) for one in told.values())
    return told if is_told else {}


def _checksum_of(graph: "GraphProto", facts: Mapping[str, str]) -> str:
    """SHA-256 over facts and graph: every node, every weight."""
    digest = hashlib.sha256(json.dumps(dict(facts), sort_keys=True).encode())
    digest.update(graph.SerializeToString(deterministic=True))
    return f"sha256:{digest.hexdigest()}"
