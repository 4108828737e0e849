"""An update as one CUDA graph: the processor launches it once, not kernel by kernel.

An update of LeNet-5 is some hundred kernels of a few microseconds each, and launching them one by
one takes longer than they do.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from lenet_gui.training.batches import Batch

WARM_UP = 3
"""Updates before the recording, so that libraries and optimiser have allocated what they keep."""


class GraphedUpdate:
    """Records an update once and replays it for every batch of the same form.

    That is: of the same size, and with a teacher's soft target if the recorded one has it. The
    updates before the recording and those of a smaller last batch are made step by step. A device
    that cannot record continues step by step.

    Args:
        update: makes an update on the GPU and gives loss and output; it may not wait for the
            device, and the optimiser's rate is a tensor there.
        batch_size: of the batches that are replayed.
    """

    def __init__(self, update: Callable[[Batch], tuple[Tensor, Tensor]], batch_size: int) -> None:
        self._update = update
        self._batch_size = batch_size
        self._made = 0  # updates on the stream of the warm-up
        self._recorded: _Recorded | None = None
        self._can_record = True

    @property
    def is_recorded(self) -> bool:
        """Whether the update has been recorded, and is replayed from now on."""
        return self._recorded is not None

    def __call__(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Makes the update; loss and output belong to the caller."""
        if self._recorded is not None and self._recorded.fits(batch):
            return self._recorded.play(batch)
        recordable = self._can_record and self._recorded is None
        if not recordable or len(batch.target) != self._batch_size:
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
        """An update on a separate stream, which recording requires for those before it."""
        stream = torch.cuda.Stream()  # type: ignore[no-untyped-call]
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            loss, output = self._update(batch)
        torch.cuda.current_stream().wait_stream(stream)
        return loss.clone(), output.clone()


class _Recorded:
    """The graph with the tensors that it reads and writes, which stay where they are."""

    def __init__(self, update: Callable[[Batch], tuple[Tensor, Tensor]], batch: Batch) -> None:
        soft_target = None if batch.soft_target is None else batch.soft_target.clone()
        self._batch = Batch(batch.inputs.clone(), batch.target.clone(), soft_target)
        self._graph = torch.cuda.CUDAGraph()
        # Other threads may use the device meanwhile.
        with torch.cuda.graph(self._graph, capture_error_mode="thread_local"):
            self._loss, self._output = update(self._batch)

    def fits(self, batch: Batch) -> bool:
        """Whether the batch has exactly what the recorded update reads."""
        own = self._batch
        return len(batch.target) == len(own.target) and (
            (batch.soft_target is None) == (own.soft_target is None)
        )

    def play(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """The update with this batch, which has the right form."""
        self._batch.inputs.copy_(batch.inputs)
        self._batch.target.copy_(batch.target)
        if self._batch.soft_target is not None and batch.soft_target is not None:
            self._batch.soft_target.copy_(batch.soft_target)
        self._graph.replay()
        return self._loss.clone(), self._output.clone()
