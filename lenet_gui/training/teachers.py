"""Trained networks whose posteriors another network learns from."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

from lenet_gui.data.input_range import in_range
from lenet_gui.errors import UserError
from lenet_gui.net.architecture import RUBBISH_LOSSES, Variant
from lenet_gui.net.losses import eleven_exponents
from lenet_gui.net.network import Network
from lenet_gui.net.network_kind import NetworkKind
from lenet_gui.net.weights_file import LoadedWeights, load_any_weights
from lenet_gui.paths import bundled_folder
from lenet_gui.training.batches import AT_ONCE_ON_CUDA, Batch
from lenet_gui.training.recipe import COMMITTEE, Recipe


class Teachers:
    """A committee whose members take turns, one per batch.

    Cross-entropy is linear in its target: over many batches the gradient is that of the committee's
    mean soft_target, at the cost of one member.

    Args:
        members: at least one.
        variant: of the network that learns.
        device: where the batches are.
        at_once: batches of this many digits together, or a single one, are computed at once; on a
            CUDA card as many as are prepared at once, elsewhere one batch.
    """

    def __init__(
        self,
        members: Sequence[LoadedWeights[Network]],
        variant: Variant,
        device: torch.device,
        at_once: int | None = None,
    ) -> None:
        self._members = tuple(members)
        usual = AT_ONCE_ON_CUDA if device.type == "cuda" else 1
        self._at_once = at_once or usual
        self._range = NetworkKind(variant).input_range
        for member in self._members:
            member.network.to(device)

    @property
    def fingerprint(self) -> str:
        """A fingerprint of a committee."""
        checksum = 0
        for member in self._members:
            told = f"{member.loss} {member.j} {member.temperature}"
            checksum = zlib.crc32(told.encode(), checksum)
            for parameter in member.network.parameters():
                values = parameter.contiguous().cpu().numpy()
                checksum = zlib.crc32(values.tobytes(), checksum)
        return f"{len(self._members)}-{checksum:08x}"

    def heard(self, batches: Iterable[Batch], epoch: int) -> Iterator[Batch]:
        """The batches of an epoch, each with the soft_target of the member whose turn it is."""
        turn = epoch
        for some in _gathered(batches, self._at_once):
            yield from self._heard_together(some, turn)
            turn += len(some)

    def _heard_together(self, some: Sequence[Batch], turn: int) -> Iterator[Batch]:
        """Each member computes all of its batches at once."""
        members = len(self._members)
        soft_targets: dict[int, Tensor] = {}  # by the batch's index
        for first in range(min(members, len(some))):
            places = range(first, len(some), members)
            inputs = [some[place].inputs for place in places]
            together = inputs[0] if len(inputs) == 1 else torch.cat(inputs)
            said = self._soft_target(self._members[(turn + first) % members], together)
            soft_targets |= zip(
                places, torch.split(said, [len(one) for one in inputs]), strict=True
            )
        for place, batch in enumerate(some):
            yield replace(batch, soft_target=soft_targets[place])

    def _soft_target(self, member: LoadedWeights[Network], inputs: Tensor) -> Tensor:
        with torch.no_grad():
            theirs = member.network.kind
            seen = theirs.with_border(in_range(inputs, self._range, theirs.input_range))
            output = member.network(seen).output
            exponents = eleven_exponents(output, member.loss, member.j, member.temperature)
            return exponents.softmax(dim=1)


def _gathered(batches: Iterable[Batch], digits: int) -> Iterator[list[Batch]]:
    """Batches in groups of at most this many digits."""
    some: list[Batch] = []
    held = 0
    for batch in batches:
        some.append(batch)
        held += len(batch.target)
        if held >= digits:
            yield some
            some, held = [], 0
    if some:
        yield some


def teachers_of(recipe: Recipe, device: torch.device) -> Teachers | None:
    """The teachers of a recipe, in the order of their files' names, if it has any.

    Raises:
        UserError: the folder cannot be read or holds no weights, a file in it is none of a
            network of this program, or a network has no rubbish class.
    """
    if not recipe.teachers_share:
        return None
    shipped = recipe.teachers == COMMITTEE
    folder = bundled_folder("weights", COMMITTEE) if shipped else Path(recipe.teachers)
    try:
        files = sorted(one for one in folder.iterdir() if one.suffix == ".safetensors")
    except OSError as error:
        raise UserError(
            f"The teachers' folder {folder} could not be read ({error.strerror or error}): choose "
            f"a folder with files of weights, or {COMMITTEE}."
        ) from error
    if not files:
        raise UserError(
            f"The teachers' folder {folder} contains no weights (*.safetensors): choose another "
            f"folder, or {COMMITTEE}."
        )
    return Teachers([_teacher(file) for file in files], recipe.variant, device)


def _teacher(file: Path) -> LoadedWeights[Network]:
    weights = load_any_weights(file)
    if weights.loss not in RUBBISH_LOSSES:
        raise UserError(
            f"The teacher {file} was trained with the loss {weights.loss}, which has no rubbish "
            f"class: choose weights trained with {' or '.join(RUBBISH_LOSSES)}."
        )
    return weights
