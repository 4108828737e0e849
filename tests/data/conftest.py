"""Small folders in MNIST's layout, and a mirror on loopback that holds them."""

import inspect
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from lenet_gui.data.builtin import sets
from tests.support.small_mnist import Mirror, SmallMnist, idx_bytes, mirrors


@pytest.fixture(scope="module", autouse=True)
def _digits_are_written_anew() -> Iterator[None]:
    """As the program does it: nothing is remembered here of digits written before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sets, "digit_image", inspect.unwrap(sets.digit_image))
        yield


@pytest.fixture(scope="session")
def idx_file() -> Callable[[np.ndarray], bytes]:
    """Writes an array as IDX."""
    return idx_bytes


@pytest.fixture(scope="session")
def small_mnist() -> SmallMnist:
    """Twelve training digits and seven test digits of noise."""
    chance = np.random.default_rng(5)
    return SmallMnist(
        (
            chance.integers(0, 256, (12, 28, 28), dtype=np.uint8),
            np.arange(12, dtype=np.uint8) % 10,
            chance.integers(0, 256, (7, 28, 28), dtype=np.uint8),
            np.array([9, 8, 7, 6, 5, 4, 3], dtype=np.uint8),
        )
    )


@pytest.fixture
def small_mnist_folder(small_mnist: SmallMnist, tmp_path: Path) -> Path:
    """A folder with the four .gz files of `small_mnist`."""
    return small_mnist.write(tmp_path / "small")


@pytest.fixture
def mirror(
    small_mnist: SmallMnist, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Mirror]]:
    """Starts mirrors of `small_mnist`: `mirror(answer=whole)`."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with mirrors(small_mnist.archives) as start:
        yield start


@pytest.fixture(autouse=True)
def no_fetch_outlives_its_test() -> Iterator[None]:
    """A thread that still fetches must end once its server is gone."""
    yield
    for thread in threading.enumerate():
        if thread.name.startswith("fetch "):
            thread.join(10)
            assert not thread.is_alive(), f"{thread.name} hangs"
