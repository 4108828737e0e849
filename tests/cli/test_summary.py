import json

import pytest

from lenet_gui.cli import main
from lenet_gui.net.architecture import Variant
from lenet_gui.net.audit import audit


def table(text: str) -> dict[str, list[str]]:
    return {line.split()[0]: line.split() for line in text.splitlines() if line.strip()}


def test_both_variants_are_shown_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summary"]) == 0
    told = capsys.readouterr().out
    original, modern = told.split("LeNet-5 Modern")
    assert original.startswith("LeNet-5 Original\n")
    assert table(original)["total"] == ["total", "60,000", "340,908"]
    assert table(modern)["total"] == ["total", "61,706", "429,342", "229,342"]


@pytest.mark.parametrize(
    ("variant", "rows"),
    [
        (
            "original",
            {
                "C1": "6 @ 28x28 5 156 122,304",
                "S2": "6 @ 14x14 6 12 5,880",
                "C3": "16 @ 10x10 14 1,516 151,600",
                "S4": "16 @ 5x5 16 32 2,000",
                "C5": "120 @ 1x1 32 48,120 48,120",
                "F6": "84 32 10,164 10,164",
                "output": "10 32 0 840",
            },
        ),
        (
            "modern",
            {
                "S2": "6 @ 14x14 6 0 4,704",
                "C3": "16 @ 10x10 14 2,416 241,600 41,600",
                "S4": "16 @ 5x5 16 0 1,600",
                "output": "10 32 850 850",
            },
        ),
    ],
)
def test_every_layer_has_its_figures(
    variant: str, rows: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["summary", "--variant", variant]) == 0
    found = table(capsys.readouterr().out)
    for layer, figures in rows.items():
        assert " ".join(found[layer]).endswith(figures)


def test_where_the_seeds_figure_differs_it_stands_beside_with_the_reason(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["summary", "--variant", "modern"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "C3: The README counts without the 6 input maps." in told
    assert "The README: the PyTorch LeNet-5 README that the Modern follows." in told


@pytest.mark.parametrize("variant", Variant)
def test_figures_end_under_their_headings(
    variant: Variant, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["summary", "--variant", variant]) == 0
    lines = capsys.readouterr().out.splitlines()
    heading = next(line for line in lines if line.startswith("layer"))
    ends = [heading.index(word) + len(word) for word in ("field", "parameters", "connections")]
    rows = [line for line in lines if line[:2] in ("C1", "S2", "C3", "S4", "C5", "F6", "ou")]
    rows = [line for line in rows if ":" not in line]
    assert len(rows) == 7
    for line in rows:
        for end in ends:
            assert line[end - 1].isdigit()
            assert line[end : end + 1].strip() == ""
    assert max(len(line) for line in lines) <= 88


def test_json_holds_the_whole_audit(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summary", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["variant"] for one in told] == ["original", "modern"]
    for one in told:
        right = audit(Variant(one["variant"]))
        assert one["parameters"] == right.parameters
        assert one["connections"] == right.connections
        assert one["seed_connections"] == right.seed_connections
        for layer, facts in zip(one["layers"], right.layers, strict=True):
            assert layer["name"] == facts.name
            assert layer["receptive_field"] == facts.receptive_field
            assert layer["seed_connections"] == facts.seed_connections
