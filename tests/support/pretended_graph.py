"""A CUDA graph without CUDA: notes torch's operations on the CPU, undoes and replays them."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from types import TracebackType
from typing import Any

import pytest
import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

WAITING = {"_local_scalar_dense", "is_nonzero", "nonzero", "equal", "_to_copy"}
"""Operations that wait for the device, or lead away from it: a graph cannot hold them."""

WRITTEN_UNSAID = {"native_batch_norm": {"running_mean", "running_var"}}
"""Arguments that an operation writes although its schema does not say so."""


class PretendedGraph:
    """Has what `torch.cuda.CUDAGraph` has, as far as it is used here."""

    def __init__(self) -> None:
        self.operations: list[tuple[Any, tuple[Any, ...], dict[str, Any], Any]] = []
        self.replays = 0

    @torch.no_grad()
    def replay(self) -> None:
        """Makes the operations again, on the tensors and into the tensors of the first time."""
        self.replays += 1
        for operation, args, kwargs, first in self.operations:
            again = operation(*args, **kwargs)
            for old, new in zip(_tensors(first), _tensors(again), strict=True):
                if old.data_ptr() != new.data_ptr():  # neither a view nor written in place
                    old.copy_(new)


class Recording(TorchDispatchMode):
    """Has what `torch.cuda.graph` has. Nothing that is written within is written in the end."""

    def __init__(self, graph: PretendedGraph, capture_error_mode: str = "global") -> None:
        super().__init__()
        self._graph = graph
        self._before: list[tuple[Tensor, Tensor]] = []

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
    ) -> Any:
        kwargs = kwargs or {}
        if func.overloadpacket.__name__ in WAITING:
            raise RuntimeError(f"{func} waits for the device")
        schema = func._schema  # noqa: SLF001 - it has no other name
        unsaid = WRITTEN_UNSAID.get(func.overloadpacket.__name__, set())
        for place, argument in enumerate(schema.arguments):
            said = argument.alias_info is not None and argument.alias_info.is_write
            if said or argument.name in unsaid:
                written = args[place] if place < len(args) else kwargs.get(argument.name)
                self._before += [(one, one.detach().clone()) for one in _tensors(written)]
        found = func(*args, **kwargs)
        self._graph.operations.append((func, args, kwargs, found))
        return found

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        super().__exit__(kind, error, trace)
        with torch.no_grad():
            for written, before in reversed(self._before):
                written.copy_(before)


class PretendedStream:
    """Has what `torch.cuda.Stream` has: here everything happens at once."""

    def wait_stream(self, other: "PretendedStream") -> None:
        """It has happened already."""


def _tensors(of: Any) -> list[Tensor]:
    return [leaf for leaf in tree_leaves(of) if isinstance(leaf, Tensor)]


@contextmanager
def pretended_graphs() -> Iterator[list[PretendedGraph]]:
    """`torch.cuda` records and plays back on the CPU; gives the graphs that are made within."""
    made: list[PretendedGraph] = []

    def make() -> PretendedGraph:
        made.append(PretendedGraph())
        return made[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(torch.cuda, "CUDAGraph", make)
        patch.setattr(torch.cuda, "graph", Recording)
        patch.setattr(torch.cuda, "Stream", PretendedStream)
        patch.setattr(torch.cuda, "current_stream", PretendedStream)
        patch.setattr(torch.cuda, "stream", nullcontext)
        yield made
