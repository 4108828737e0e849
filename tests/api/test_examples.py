"""The examples of the guide's page on Python run as they stand, one after another."""

import re
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from lenet_gui.guide.pages import guide


def test_the_examples_run_as_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = Image.new("L", (200, 200), 255)
    ImageDraw.Draw(picture).line([(60, 40), (140, 40), (90, 160)], fill=0, width=16)
    picture.save(tmp_path / "digit.png")
    monkeypatch.chdir(tmp_path)
    page = guide().pages["python"].text
    examples = re.findall(r"^```python\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    assert len(examples) > 5
    names: dict[str, object] = {"__name__": "examples"}
    for example in examples:
        exec(compile(example, "guide/python.md", "exec"), names)  # noqa: S102
    said = capsys.readouterr().out
    assert said.startswith("Answer(7, probability 9")
    assert "C3 (16, 10, 10)" in said
    assert "epoch 2: " in said
    assert "There is no weights file missing.safetensors: check the name." in said
