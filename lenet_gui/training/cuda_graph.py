"""An update as one CUDA graph: the processor launches it once, not kernel by kernel.

An update of LeNet-5 is some hundred kernels of a few microseconds each, and launching them one by
one takes longer than they do.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from lenet_gui.training.batches import Batch

WARM_UP = 3
"""Updates before the recording, so that libraries and optimiser have made what they keep."""


class GraphedUpdate:
    """Records an update once and plays it back for every batch of the same size.

    The updates before the recording, those of a smaller last batch and those that listen to a
    teacher are made step by step. A device that cannot record goes on step by step.

    Args:
        update: makes an update on the GPU and gives loss and output; it may not wait for the
            device, and the optimiser's rate is a tensor there.
        batch_size: of the batches that are played back.
    """

    def __init__(self, update: Callable[[Batch], tuple[Tensor, Tensor]], batch_size: int) -> None:
        self._update = update
        self._batch_size = batch_size
        self._made = 0  # updates on the stream of the warm-up
        self._recorded: _Recorded | None = None
        self._can_record = True

    @property
    def is_recorded(self) -> bool:
        """Whether the update has been recorded, and is played back from now on."""
        return self._recorded is not None

    def __call__(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Makes the update; loss and output are the caller's own."""
        if len(batch.target) != self._batch_size or batch.soft_target is not None:
            return self._update(batch)
        if self._recorded is not None:
            return self._recorded.play(batch)
        if not self._can_record:
            return self._update(batch)
        if self._made < WARM_UP:
            self._made += 1
            return self._beside(batch)
        try:
            self._recorded = _Recorded(self._update, batch)
        except RuntimeError:
            self._can_record = False
            return self._update(batch)
        return self._recorded.play(batch)

    def _beside(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """An update on a stream of its own, which the recording asks of those before it."""
        stream = torch.cuda.Stream()  # type: ignore[no-untyped-call]
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            loss, output = self._update(batch)
        torch.cuda.current_stream().wait_stream(stream)
        return loss.clone(), output.clone()


class _Recorded:
    """The graph with the tensors that it reads and writes, which stay where they are."""

    def __init__(self, update: Callable[[Batch], tuple[Tensor, Tensor]], batch: Batch) -> None:
        self._batch = Batch(batch.inputs.clone(), batch.target.clone())
        self._graph = torch.cuda.CUDAGraph()
        # Other threads (digits made ahead) may go on with the device meanwhile.
        with torch.cuda.graph(self._graph, capture_error_mode="thread_local"):
            self._loss, self._output = update(self._batch)

    def play(self, batch: Batch) -> tuple[Tensor, Tensor]:
        self._batch.inputs.copy_(batch.inputs)
        self._batch.target.copy_(batch.target)
        self._graph.replay()
        return self._loss.clone(), self._output.clone()
