"""`make fuzz` goes on until its time is up, and says how a property that fails is found."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
FUZZ = PROJECT / "tests" / "fuzz.py"

PROFILE = """
from hypothesis import settings
settings.register_profile("fuzz", deadline=None, database=None, print_blob=True)
"""
PROPERTIES = """
from hypothesis import given, strategies as st

def test_without_examples():
    raise AssertionError("this is no property")

@given(st.integers())
def test_holds(number):
    assert number + 0 == number

@given(st.integers())
def test_small(number):
    assert number < {limit}
"""


def fuzzed(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(FUZZ), *arguments],
        capture_output=True,
        text=True,
        cwd=PROJECT,
        check=False,
    )


@pytest.fixture
def properties(tmp_path: Path) -> Path:
    (tmp_path / "conftest.py").write_text(PROFILE)
    return tmp_path / "test_numbers.py"


def test_it_goes_on_with_fresh_seeds_until_the_time_is_up(properties: Path) -> None:
    properties.write_text(PROPERTIES.format(limit="float('inf')"))
    done = fuzzed("--seconds", "1", str(properties))
    assert done.returncode == 0, done.stdout
    told = done.stdout.splitlines()
    assert all(re.fullmatch(r"seed \d+: properties held: [012]", line) for line in told), told
    assert len(set(told)) == len(told) > 0


def test_what_does_not_hold_is_told_with_its_seed_and_found_again(properties: Path) -> None:
    properties.write_text(PROPERTIES.format(limit="1000"))
    done = fuzzed("--seconds", "60", str(properties))
    assert done.returncode == 1
    assert "number=1000" in done.stdout
    assert "@reproduce_failure" in done.stdout
    (seed,) = re.findall(r"^This round again: make fuzz SEED=(\d+)$", done.stdout, re.MULTILINE)
    again = fuzzed("--seed", seed, str(properties))
    assert again.returncode == 1
    assert "number=1000" in again.stdout


def test_a_file_that_cannot_be_read_is_no_success(properties: Path) -> None:
    properties.write_text("import nothing_of_that_name\n")
    assert fuzzed("--seconds", "60", str(properties)).returncode == 1
