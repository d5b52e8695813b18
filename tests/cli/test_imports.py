"""What a command loads: `add`, `record`, `check` and help pages must start fast on an old office PC."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.doors import NOW, book, process

HEAVY = {"streamlit", "typst", "gspread", "pyarrow", "pandas", "openpyxl", "xlsxwriter"}


def loaded(*args: object) -> set[str]:
    """Top-level modules that a command imports."""
    lines = process(*args, options=("-X", "importtime")).err.splitlines()
    return {
        line.rpartition("|")[2].strip().partition(".")[0] for line in lines if line.startswith("import time:")
    }


@pytest.mark.parametrize("command", ["", "add", "record", "check", "report", "dashboard"])
def test_help_loads_nothing_heavy(command: str) -> None:
    found = loaded(*([command] if command else []), "--help")
    assert "click" in found
    assert not found & HEAVY


def test_the_list_of_commands_does_not_even_load_numpy() -> None:
    assert "numpy" not in loaded("--help")


@pytest.mark.parametrize(
    "args",
    [
        ("check",),
        ("status",),
        ("add", "--title", "Baru"),
        ("record", "K-1", "3", "--by", "Siti Aminah"),
    ],
    ids=lambda args: args[0],
)
def test_daily_commands_load_nothing_heavy(args: tuple[str, ...], tmp_path: Path) -> None:
    found = loaded(args[0], book(tmp_path), *args[1:], "--now", NOW)
    assert "numpy" in found
    assert not found & HEAVY
