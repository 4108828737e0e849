"""Weights of other programs: found by their shapes, or refused in a sentence that says why."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import save

from lenet_gui.errors import UserError
from lenet_gui.net.architecture import Variant
from lenet_gui.net.array_layers import PLACES
from lenet_gui.net.codes import CODES
from lenet_gui.net.modern_form import README_FORM
from lenet_gui.net.weight_arrays import read_weights
from lenet_gui.net.weights_import.reading import (
    ImportedWeights,
    import_weights,
    is_of_another_program,
)
from lenet_gui.paths import shipped_weights
from tests.support.other_programs import (
    Bomb,
    Module,
    State,
    others,
    plain_state,
    safetensors_file,
    torch_file,
    zip_file,
)

OWN = read_weights(shipped_weights("modern")).arrays

LENET5 = "C1 6x1x5x5, C3 16x6x5x5, C5 120x400 or 120x16x5x5, F6 84x120, output 10x84"


@pytest.fixture(scope="module")
def state() -> State:
    return plain_state()


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., ImportedWeights]:
    def of(content: bytes, name: str = "lenet.pth") -> ImportedWeights:
        file = tmp_path / name
        file.write_bytes(content)
        assert is_of_another_program(file)
        return import_weights(file)

    return of


@pytest.fixture
def refused(read: Callable[..., ImportedWeights], tmp_path: Path) -> Callable[..., str]:
    def of(content: bytes, name: str = "lenet.pth") -> str:
        with pytest.raises(UserError) as raised:
            read(content, name)
        sentence = str(raised.value)
        assert sentence.startswith(str(tmp_path / name))
        assert sentence.endswith(".")
        assert "\n" not in sentence
        return sentence.removeprefix(str(tmp_path / name)).strip()

    return of


def prefixed(state: State, prefix: str) -> State:
    return {prefix + name: one for name, one in state.items()}


@pytest.mark.parametrize(
    "held",
    [
        lambda state: state,
        lambda state: {"state_dict": state, "epoch": 7, "loss": 0.1},
        lambda state: {"model": state, "optimizer": {"state": {0: {"exp_avg": torch.zeros(6)}}}},
        lambda state: {"model_state_dict": prefixed(state, "module."), "best": [1, 2]},
        lambda state: {"net": {"state_dict": state}},
        lambda state: {"epoch": torch.tensor(3), "losses": torch.zeros(9), "weights": state},
        lambda state: prefixed(state, "_orig_mod."),
        lambda state: dict(reversed(state.items())),
        lambda state: {**state, "fc1.weight": state["fc1.weight"].reshape(120, 16, 5, 5)},
        lambda state: {**state, "fc2.weight": state["fc2.weight"].reshape(84, 120, 1, 1)},
        lambda state: {**state, "conv1.num_batches_tracked": torch.tensor(3)},
        lambda state: {**state, "loss_fn.weight": torch.ones(10), "val_acc.tp": torch.zeros(10)},
        lambda state: {**state, "criterion.pos_weight": torch.ones(10, 84)},
        lambda state: {name: one.double() for name, one in state.items()},
        lambda state: {name: torch.nn.Parameter(one) for name, one in state.items()},
    ],
)
def test_state_dicts(
    held: Callable[[State], object], state: State, read: Callable[..., ImportedWeights]
) -> None:
    for legacy in (False, True):
        found = read(torch_file(held(state), legacy=legacy))
        assert found.variant is Variant.MODERN
        assert found.arrays.keys() == OWN.keys()
        for name, one in found.arrays.items():
            np.testing.assert_array_equal(one, OWN[name])
        assert len(found.said.members()) == 30


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float64])
def test_other_precisions(
    dtype: torch.dtype, state: State, read: Callable[..., ImportedWeights]
) -> None:
    other = {name: one.to(dtype) for name, one in state.items()}
    own = {name: torch.from_numpy(one.copy()).to(dtype).float() for name, one in OWN.items()}
    for content in (torch_file(other), safetensors_file(other)):
        for name, one in read(content, "lenet").arrays.items():
            np.testing.assert_array_equal(one, own[name].numpy())


def test_names_of_this_program_without_its_facts(read: Callable[..., ImportedWeights]) -> None:
    found = read(save({name: one.astype(np.float64) for name, one in OWN.items()}))
    np.testing.assert_array_equal(found.arrays["F6.weight"], OWN["F6.weight"])
    assert found.form is None


@pytest.mark.parametrize("dense", [False, True])
def test_the_original_under_other_names(
    dense: bool, read: Callable[..., ImportedWeights], refused: Callable[..., str]
) -> None:
    own = read_weights(shipped_weights("original")).arrays
    renamed = {
        name.replace("S", "pool").replace("coefficient", "scale"): torch.from_numpy(one.copy())
        for name, one in own.items()
    }
    if dense:  # with zeros for the connections that Table I has not, and with the codes
        kernels = torch.zeros(16 * 6, 5, 5)
        kernels[torch.from_numpy(PLACES)] = renamed["C3.weight"]
        renamed |= {"C3.weight": kernels.reshape(16, 6, 5, 5), "codes": torch.tensor(CODES)}
    found = read(torch_file(renamed))
    assert (found.variant, found.form) == (Variant.ORIGINAL, README_FORM)
    for name, one in found.arrays.items():
        np.testing.assert_array_equal(one, own[name])
    unclear = {name.replace("pool2.bias", "pool2.other"): one for name, one in renamed.items()}
    assert "whose subsampling S2 needs two tensors, a coefficient and a bias" in refused(
        torch_file(unclear)
    )
    if dense:
        more = renamed | {"C3.weight": torch.ones(16, 6, 5, 5)}
        assert "connects maps in C3.weight that Table I does not" in refused(torch_file(more))


@pytest.mark.parametrize("shape", [(16, 6), (16, 6, 1, 1), (16, 6, 5, 5)])
def test_a_mask_of_connections_is_applied(
    shape: tuple[int, ...], state: State, read: Callable[..., ImportedWeights]
) -> None:
    """As programs have it that keep all weights of C3 and leave out some with each step."""
    connected = torch.zeros(16 * 6)
    connected[torch.from_numpy(PLACES)] = 1
    mask = connected.reshape(16, 6, 1, 1).expand(16, 6, 5, 5)
    stored = mask if len(shape) == 4 and shape[-1] == 5 else connected.reshape(shape)
    found = read(torch_file({**state, "conv2.mask": stored.clone()}))
    assert found.variant is Variant.MODERN
    np.testing.assert_array_equal(
        found.arrays["C3.weight"], (state["conv2.weight"] * mask).detach().numpy()
    )


def in_parts(state: State) -> State:
    """C3 as a convolution for each of its maps."""
    rest = without(state, "conv2.weight", "conv2.bias")
    for number in range(16):
        rest[f"conv2.{number}.weight"] = state["conv2.weight"][number, : 3 + number % 4][None]
        rest[f"conv2.{number}.bias"] = state["conv2.bias"][number : number + 1]
    return rest


def as_in_tensorflow(state: State) -> State:
    axes = {1: (0,), 2: (1, 0), 4: (2, 3, 1, 0)}
    return {name: one.permute(axes[one.ndim]).contiguous() for name, one in state.items()}


def without(state: State, *names: str) -> State:
    return {name: one for name, one in state.items() if name not in names}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda s: without(s, "conv2.bias"), "has no bias for conv2.weight 16x6x5x5, and every"),
        (
            lambda s: without(s, "fc2.weight"),
            f"is not a LeNet-5, which has {LENET5}, each with a bias (found conv1.weight 6x1x5x5, ",
        ),
        (
            lambda s: s | {"fc1.weight": torch.zeros(120, 256)},
            "is a LeNet-5 that reads 28x28 pixels without padding (found conv1.weight",
        ),
        (
            lambda s: s | {"bn.running_mean": torch.zeros(6)},
            "is a LeNet-5 with batch normalisation (bn.running_mean 6), which",
        ),
        (
            lambda s: s | {"fc4.weight": torch.zeros(10, 10)},
            "has the weights of a LeNet-5, and besides fc4.weight 10x10, which the Modern",
        ),
        (
            lambda s: s | {"teacher.conv1.weight": torch.zeros(6, 1, 5, 5)},
            "contains more than one network: conv1.weight 6x1x5x5 and teacher.conv1.weight",
        ),
        (
            lambda s: s | {"fc3.weight": torch.zeros(47, 84), "fc3.bias": torch.zeros(47)},
            "tells 47 classes apart (found conv1.weight 6x1x5x5",
        ),
        (
            lambda s: s | {"conv1.weight": torch.zeros(6, 3, 5, 5)},
            "is a LeNet-5 for pictures in colour (conv1.weight 6x3x5x5), and this program's",
        ),
        (in_parts, "has C3 in 16 parts, each for some of the maps of S2 (conv2.0.weight 1x3x5x5)"),
        (as_in_tensorflow, "has kernels in the order of TensorFlow (found conv1.weight 5x5x1x6,"),
        (
            lambda s: (
                s | {"conv1.weight": torch.zeros(6, 1, 3, 3), "fc3.weight": torch.zeros(7, 8)}
            ),
            "is not a LeNet-5, which has C1 6x1x5x5",
        ),
        (
            lambda s: s | {"fc3.bias": torch.full((10,), torch.nan)},
            ": fc3.bias contains values that are not finite numbers",
        ),
        (
            lambda _: {"conv1.weight": torch.zeros(64, 3, 7, 7)},
            "is not a LeNet-5, which has C1 6x1x5x5, C3",
        ),
        (
            lambda s: s | {"fc3.bias": torch.zeros(10, dtype=torch.cfloat)},
            ": fc3.bias is not a plain",
        ),
        (
            lambda s: s | {"fc3.bias": torch.zeros(1).expand(2**40)},
            ": fc3.bias has 1,099,511,627,776 values, and",
        ),
        (lambda s: {"a": s, "b": dict(s)}, "holds more than one network (a and b): save"),
        (lambda _: {"epoch": 3}, "holds no state_dict (tensors by name): save model.state_dict()"),
        (lambda s: s["fc1.weight"], "holds a single tensor, not a state_dict"),
        (lambda s: list(s.values()), "holds a list, not a state_dict"),
    ],
)
def test_what_is_no_lenet5_is_refused_with_what_was_found(
    change: Callable[[State], object], sentence: str, state: State, refused: Callable[..., str]
) -> None:
    assert refused(torch_file(change(state))).startswith(sentence)


def test_a_pickle_that_would_run_code_does_nothing(
    state: State, refused: Callable[..., str], tmp_path: Path
) -> None:
    target = tmp_path / "written"
    for legacy in (False, True):
        sentence = refused(torch_file({**state, "x": Bomb(str(target))}, legacy=legacy))
        assert sentence.startswith("holds more than tensors (")
        assert "open" in sentence
    assert not target.exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda one: one.to_sparse(), "holds sparse tensors, which are not read: make plain"),
        (lambda one: one.to("meta"), "holds tensors without values (of the device meta), which"),
        (lambda one: one.to(torch.float8_e4m3fn), "holds tensors of a type that is rarely used"),
    ],
)
def test_tensors_of_other_forms_are_named(
    change: Callable[[torch.Tensor], torch.Tensor],
    sentence: str,
    state: State,
    refused: Callable[..., str],
) -> None:
    assert refused(torch_file({**state, "fc2.weight": change(state["fc2.weight"])})).startswith(
        sentence
    )


def test_a_newer_form_of_pickle_is_not_called_more_than_tensors(
    state: State, refused: Callable[..., str]
) -> None:
    file = io.BytesIO()
    torch.save(state, file, pickle_protocol=4)
    sentence = refused(file.getvalue())
    assert sentence.startswith("is in a form of pickle that is not read")
    assert sentence.endswith("with torch.save, without pickle_protocol.")


def test_a_whole_module_is_refused_with_its_class(refused: Callable[..., str]) -> None:
    sentence = refused(torch_file(Module()))
    assert "other_programs.Module" in sentence
    assert "save model.state_dict() alone" in sentence


def test_a_compressed_archive_is_refused(state: State, refused: Callable[..., str]) -> None:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(torch_file(state))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert "compressed inside" in refused(zip_file(files, zipfile.ZIP_DEFLATED))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("model.h5", "is an HDF5 file (.h5, as Keras writes): save its weights where they were"),
        ("model.keras", "is a Keras model (.keras): save its weights where they were made as"),
        ("script.pt", "is a TorchScript program: load it where it was made, and save"),
        ("exported.pt2", "is a program of torch.export (.pt2): load it where it was made"),
        ("weights.npz", "is an archive of NumPy arrays (.npz): save them as safetensors"),
        ("plain.pkl", "is a Python pickle, which could run any code: load it where"),
        ("plain.pth", "is a Python pickle that torch.save did not write, which could run any"),
        ("pointer.safetensors", "is only a pointer of Git LFS: fetch the file with git lfs pull."),
        ("page.pth", "is a web page, not the file that it offers: download the file itself."),
        ("config.json", "is a JSON file: choose a file of weights (safetensors, PyTorch's"),
        ("empty.pth", "is empty: choose another file."),
        ("picture.png", "is a picture (PNG): choose a file of weights"),
        ("packed.tar.gz", "is compressed with gzip: unpack it first."),
        ("other.zip", "is a zip archive without weights of PyTorch: unpack it, or choose"),
        ("lite.tflite", "is a TensorFlow Lite model: save its weights where they were made"),
    ],
)
def test_other_kinds_of_files_are_named(
    name: str, sentence: str, refused: Callable[..., str]
) -> None:
    content = others()[name]
    assert refused(content, name).startswith(sentence)
    assert refused(content, "weights").startswith(sentence[:12])  # whatever it is called


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "large.pth"
    with file.open("wb") as written:
        written.write(zip_file({"lenet/data.pkl": b""}))
        written.truncate(1 << 40)
    with pytest.raises(UserError, match="too large for the weights of a LeNet-5"):
        import_weights(file)


@pytest.mark.parametrize("name", ["original", "modern", "paper-1998"])
def test_this_programs_own_files_are_not_of_another_program(name: str, tmp_path: Path) -> None:
    assert not is_of_another_program(shipped_weights(name))
    content = shipped_weights(name).read_bytes()
    for number, damaged in enumerate((content[:-7], content[:5], b"\0" + content, b"words")):
        file = tmp_path / f"{number}"
        file.write_bytes(damaged)
        assert not is_of_another_program(file)
    assert not is_of_another_program(tmp_path / "gone")
    assert not is_of_another_program(tmp_path)
