"""What the fuzzer found, run again: every input that led somewhere new, and every one that once broke something."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).parents[1] / "data" / "fuzz"


@pytest.mark.parametrize("name", TARGETS)
def test_the_corpus_is_there_and_small(name: str) -> None:
    files = list((CORPUS / name).iterdir())
    assert len(files) > 20
    assert sum(path.stat().st_size for path in files) < 150_000


@pytest.mark.parametrize("name", TARGETS)
def test_every_input_of_the_corpus_holds(name: str) -> None:
    for path in sorted((CORPUS / name).iterdir()):
        TARGETS[name](path.read_bytes())
