"""`check` on every real workbook: a sentence and the right exit code, never a traceback, never long."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.cli.doors import NOW, ROOT, call, process

WORKBOOKS = sorted((ROOT / "tests" / "data" / "workbooks").glob("*.xl*"))
SECONDS = 10.0


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.name)
def test_check_ends_with_a_sentence_in_time(path: Path) -> None:
    begun = time.monotonic()
    ended = call("check", path, "--now", NOW)
    assert time.monotonic() - begun < SECONDS
    assert ended.code in (1, 4)  # none of them is a register
    said = ended.out if ended.code == 1 else ended.err
    assert said.rstrip().endswith(".")
    assert ("S501" in ended.out) == (ended.code == 1)
    assert "Traceback" not in ended.out + ended.err


@pytest.mark.parametrize(
    "path", sorted(WORKBOOKS, key=lambda path: -path.stat().st_size)[:2], ids=lambda path: path.name
)
def test_check_as_a_user_starts_it(path: Path) -> None:
    begun = time.monotonic()
    ended = process("check", path, "--now", NOW)
    assert time.monotonic() - begun < SECONDS
    assert ended.code in (1, 4)
    assert "Traceback" not in ended.err
