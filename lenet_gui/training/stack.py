"""Training runs whose updates are made at once, for a GPU that one small network leaves idle."""

from collections.abc import Generator, Mapping, Sequence

import torch
from torch import Tensor

from lenet_gui.net.architecture import Architecture
from lenet_gui.net.lenet5 import LeNet5
from lenet_gui.net.network import Network
from lenet_gui.net.network_stack import NetworkStack
from lenet_gui.training.averaging import Averaged, follow
from lenet_gui.training.batches import Batch
from lenet_gui.training.events import UpdateDue
from lenet_gui.training.gradients import Gradients, loss_of_batches
from lenet_gui.training.optimiser import make_optimiser
from lenet_gui.training.recipe import Optimiser, Recipe
from lenet_gui.training.update import Update, update_of


def is_stackable(recipe: Recipe, device: torch.device) -> bool:
    """Whether training runs of the recipe are made at once.

    On a CUDA card, which one small network leaves idle; not for strong teachers, each of which
    keeps it busy, and not with SDLM or single patterns, which are for the processor.
    """
    of_many_digits = recipe.batch_size > 1 and recipe.optimiser is not Optimiser.SDLM
    is_small = recipe.architecture is Architecture.LENET5
    return device.type == "cuda" and of_many_digits and is_small


class Stack:
    """Training runs of one recipe, except for their seeds, that run in step.

    Each joins, offers its next batch and waits (see `UpdateDue`) until `update` has made the update
    of all. One that ends earlier does not hold up the others.
    """

    def __init__(self) -> None:
        self._members: list[StackedUpdates] = []
        self._joint: _Joint | None = None

    def join(
        self, network: Network, averaged: Averaged | None, recipe: Recipe, device: torch.device
    ) -> "StackedUpdates":
        """The part of one training run; before the first update."""
        member = StackedUpdates(network, averaged, recipe, device)
        self._members.append(member)
        return member

    def update(self) -> None:
        """Makes the update of all that have offered a batch, at least one; waits for no device.

        If the device has no memory for it, each of them gets the error when it continues.
        """
        waiting = [one for one in self._members if one.offered is not None]
        try:
            if self._joint is None:
                self._joint = _Joint(waiting)
            self._joint.update()
        except torch.OutOfMemoryError as error:
            for one in waiting:
                one.fail(error)


class StackedUpdates:
    """The updates of one network in a stack.

    `optimiser` keeps the network's own part of the state, for its checkpoint. `offered` is the
    batch that it will learn from, `step` the number of that update, from 1.
    """

    def __init__(
        self, network: Network, averaged: Averaged | None, recipe: Recipe, device: torch.device
    ) -> None:
        self.network, self.averaged = network, averaged
        self.recipe, self.device = recipe, device
        self.optimiser = make_optimiser(recipe, network.parameters())
        self.offered: Batch | None = None
        self.step = 0
        self._given: tuple[Tensor, Tensor] | torch.OutOfMemoryError | None = None

    def make(self, batch: Batch, step: int) -> Generator[UpdateDue, None, tuple[Tensor, Tensor]]:
        """Waits for the update of all; then the loss and the output of this network's batch.

        Raises:
            OutOfMemoryError: the device has not enough memory for all.
        """
        self.offered, self.step = batch, step
        yield UpdateDue()
        assert self._given is not None  # noqa: S101 - whoever goes on with it has made the update
        if isinstance(self._given, torch.OutOfMemoryError):
            raise self._given
        return self._given

    def take(self, loss: Tensor, output: Tensor) -> None:
        """Passes on its part of an update: a scalar and [n, 10]."""
        self._given, self.offered = (loss, output), None

    def fail(self, error: torch.OutOfMemoryError) -> None:
        """Passes on that the update could not be made."""
        self._given, self.offered = error, None


class _Joint:
    """What the members of a stack share, from the first update on."""

    def __init__(self, members: Sequence[StackedUpdates]) -> None:
        self._members = tuple(members)
        first = self._members[0]
        recipe = first.recipe
        self._memory = recipe.averaging
        self._networks = NetworkStack([_lenet5(one.network) for one in members])
        averaged = [_lenet5(one.averaged.network) for one in members if one.averaged is not None]
        self._means = NetworkStack(averaged) if averaged else None
        self._optimiser = make_optimiser(recipe, self._networks.parameters)
        self._optimiser.put_back(_stacked([one.optimiser.state() for one in members]))
        self._is_shared = False
        gradients = gradients_of_stack(self._networks, recipe)
        self._update: Update = update_of(gradients, self._optimiser, recipe, first.device)

    def update(self) -> None:
        waiting = [one for one in self._members if one.offered is not None]
        first = waiting[0]
        # One that has ended takes part with any batch: its result is not used any more.
        batches = [one.offered or first.offered for one in self._members]
        self._optimiser.set_rate(first.optimiser.rate)
        loss, output = self._update(_side_by_side([one for one in batches if one is not None]))
        if self._means is not None:
            follow(self._means.parameters, self._networks.parameters, self._memory, first.step)
        if not self._is_shared:
            self._share_state()
        for place, one in enumerate(self._members):
            if one.offered is not None:
                one.take(loss[place], output[:, place])

    def _share_state(self) -> None:
        """Lets each member's optimiser show its part of the state, which exists by now."""
        state = self._optimiser.state()
        for place, one in enumerate(self._members):
            own = {what: kept[place] if kept.dim() else kept for what, kept in state.items()}
            one.optimiser.hold(own)
        self._is_shared = True


def _lenet5(network: Network) -> LeNet5:
    assert isinstance(network, LeNet5)  # noqa: S101 - `is_stackable` sees to it
    return network


def gradients_of_stack(networks: NetworkStack, recipe: Recipe) -> Gradients:
    """What fills the gradients of all networks.

    Its batches have inputs [N, n, 32, 32], targets [N, n] and soft targets [N, n, 11], the n
    networks' side by side; it gives their mean losses [n] and outputs [N, n, 10].
    """
    loss_of = loss_of_batches(recipe)

    def gradients(batch: Batch) -> tuple[Tensor, Tensor]:
        output = networks.outputs(batch.inputs)
        soft = None if batch.soft_target is None else 1
        of_each = torch.vmap(loss_of, in_dims=(1, 1, soft))
        loss = of_each(output, batch.target, batch.soft_target)
        for parameter in networks.parameters:
            parameter.grad = None
        loss.sum().backward()  # type: ignore[no-untyped-call]
        return loss.detach(), output.detach()

    return gradients


def _side_by_side(batches: Sequence[Batch]) -> Batch:
    """Batches of one size as one: see `gradients_of_stack`."""
    soft = [one.soft_target for one in batches if one.soft_target is not None]
    return Batch(
        torch.cat([one.inputs for one in batches], dim=1),
        torch.stack([one.target for one in batches], dim=1),
        torch.stack(soft, dim=1) if soft else None,
    )


def _stacked(states: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """The states of optimisers after the same number of updates, as that of all."""
    return {
        what: torch.stack([state[what] for state in states]) if kept.dim() else kept
        for what, kept in states[0].items()
    }
