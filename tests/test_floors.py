"""The floors of the house: a floor that is not tested is a wish."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )


def test_every_room_imports_only_from_below() -> None:
    done = run(
        "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-logo", "--no-cache"
    )
    assert done.returncode == 0, done.stdout


def test_only_doors_read_a_clock() -> None:
    done = run(
        "-m", "ruff", "check", "--no-cache", "--select", "TID251", "--output-format", "concise", "tracker"
    )
    assert done.returncode == 0, done.stdout
