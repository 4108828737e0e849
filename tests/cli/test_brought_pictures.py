"""Pictures such as people bring are read right by both shipped networks, or refused."""

import re
from pathlib import Path

import numpy as np
import pytest
from picture_conditions import Digit, several

from lenet_gui.data.pictures.digit import digit_of_picture
from lenet_gui.errors import UserError
from lenet_gui.explore.reader import read_digit
from lenet_gui.explore.verdict import verdict_of
from lenet_gui.net.architecture import Variant
from lenet_gui.net.weights_file import load_weights
from lenet_gui.paths import shipped_weights
from tests.support.commands import run_command

STROKES = (Digit(1, [[(480, 80), (500, 900)]]), Digit(7, [[(230, 160), (770, 130), (430, 900)]]))


def test_each_picture_is_read_right_by_both_networks(brought_pictures: Path) -> None:
    networks = [load_weights(shipped_weights(variant), variant) for variant in Variant]
    files = sorted(brought_pictures.iterdir())
    assert files
    for file in files:
        digit = re.search(r"_(\d)$", file.stem)
        if digit is None:
            with pytest.raises(UserError, match=r"shows several digits \(5\): "):
                digit_of_picture(file)
            continue
        centred = digit_of_picture(file).centred
        for each in networks:
            reading = read_digit(each.network, centred, each.calibration)
            assert not verdict_of(reading).abstains, file.name
            assert reading.answer == int(digit[1]), file.name


@pytest.mark.parametrize("variant", ["original", "modern"])
def test_several_digits_are_counted_and_none_is_answered(tmp_path: Path, variant: str) -> None:
    rng = np.random.default_rng(0)
    file = tmp_path / "row.png"
    file.write_bytes(several(rng, lambda: STROKES[int(rng.integers(2))]))
    done = run_command(["predict", "--variant", variant, str(file)], tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert re.fullmatch(
        rf"lenet-gui: {re.escape(str(file))} shows several digits \(\d\): "
        r"choose [^.]+ --region [^.]+\.\n",
        done.stderr,
    )
