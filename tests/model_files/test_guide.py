"""What the guide says of networks for other programs is what the program does."""

import re
from pathlib import Path

import pytest
import torch

from lenet_gui.model_files.described import DescribedNetwork
from lenet_gui.model_files.formats import FORMATS, ONNX, STATE_DICT, save_model
from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import build

PAGE = Path(__file__).parents[2] / "lenet_gui" / "guide" / "exports.md"
SECTION = PAGE.read_text(encoding="utf-8").partition("## Networks for other programs")[2]


def test_the_table_is_that_of_the_program() -> None:
    rows = re.findall(r"^\| (.+) \| (.+) \| (.+) \|$", SECTION, re.MULTILINE)
    assert rows[1:] == [(form.name, form.ending, form.read_by) for form in FORMATS]


def test_the_examples_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that are not of torch.export, which is tested where one is made."""
    for needed in ("onnx", "onnxruntime"):
        pytest.importorskip(needed, reason=f"{needed} is not installed")
    model = DescribedNetwork(build(Variant.ORIGINAL, torch.Generator().manual_seed(1)), {}, "drawn")
    save_model(model, tmp_path / "lenet.onnx", ONNX)
    save_model(model, tmp_path / "lenet.pth", STATE_DICT)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    of_onnx, of_torch, of_export = re.findall(r"```python\n(.*?)```", SECTION, re.DOTALL)
    found: dict[str, torch.Tensor] = {}
    exec(of_onnx, found)  # noqa: S102 - our own page
    assert found["maps"].shape == (1, 6, 28, 28)
    assert found["shares"].shape == (1, 10)
    exec(of_torch, found)  # noqa: S102
    assert found["output"].shape == (1, 10)
    assert "torch.export.load" in of_export
