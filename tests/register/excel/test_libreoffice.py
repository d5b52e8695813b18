"""Edited books as LibreOffice reads them; skipped where it is not installed."""

from __future__ import annotations

import csv
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from tests.register.excel import packages as pk
from tests.register.excel.test_append import office_book
from tracker.register.excel import edit_package

soffice = shutil.which("soffice")
needs_soffice = pytest.mark.skipif(soffice is None, reason="LibreOffice (soffice) is not installed")

BOOKS = [
    "apache__63934_d8aa43.xlsx", "apache__59021_0f485d.xlsx", "apache__51850_c04129.xlsx",
    "jmcnamara__optimize13_fa4bf9.xlsx",
]  # fmt: skip


def converted(folder: Path, *books: Path) -> None:
    assert soffice is not None
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [soffice, profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76"]
    subprocess.run(
        [*command, "--outdir", str(folder), *map(str, books)], check=True, timeout=120, capture_output=True
    )


@needs_soffice
@pytest.mark.timeout(150)
def test_libreoffice_reads_what_was_written(tmp_path: Path) -> None:
    text = '=1+1 "kutip", <b>\nbaris kedua'
    files = []
    for name in BOOKS:
        data = (pk.WORKBOOKS / name).read_bytes()
        first = next(iter(pk.sheet_parts(pk.members(data))))
        path = tmp_path / name
        path.write_bytes(edit_package(data, cells={first: {"D20": text, "E20": 12.5}}))
        files.append(path)
    office = tmp_path / "office.xlsx"
    moment = datetime(2026, 8, 3, 9, 15)
    office.write_bytes(edit_package(office_book(), append={"Data": [{"A": "K-12", "B": moment}]}))
    converted(tmp_path, *files, office)
    for path in files:
        rows = list(csv.reader(path.with_suffix(".csv").open(encoding="utf-8", newline="")))
        assert rows[19][3:5] == [text, "12.5"]
    rows = list(csv.reader(office.with_suffix(".csv").open(encoding="utf-8", newline="")))
    assert rows[11] == ["K-12", "03/08/2026 09:15", "12"]
