"""docs/editing.md: its example runs as printed, and its list of reasons is the list of reasons."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "editing.md").read_text(encoding="utf-8")


def test_the_example_runs_as_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Rincian"
    book.active.append(["Pos", "Jumlah"])
    book.active.append(["Kertas", 1, "x", "y"])
    book.save(tmp_path / "anggaran.xlsx")
    monkeypatch.chdir(tmp_path)
    (example,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    exec(compile(example, "docs/editing.md", "exec"), {})
    rows = openpyxl.load_workbook("anggaran.xlsx")["Rincian"].iter_rows(values_only=True)
    assert [*rows][1:] == [
        ("Kertas", 1250000, "=bukan rumus", None),
        ("Sewa", 300000, None, None),
        ("Listrik", None, None, None),
    ]


def test_every_reason_is_explained_and_no_other() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "tracker/register/excel").glob("*.py")
    )
    raised = set(re.findall(r'PackageRefused\(\s*"([a-z0-9-]+)"', sources)) | {"old-format"}
    table = PAGE.partition("| `.reason` |")[2].partition("\n\n")[0]
    explained = set(re.findall(r"`([a-z0-9-]+)`", table)) | {"verification"}
    assert raised == explained
