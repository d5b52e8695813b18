"""A writer that dies at any point leaves the old book or the new one, whole, and the next writer goes on."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import openpyxl
import pytest

from tracker.errors import RegisterUnavailable
from tracker.register.excel.store import ExcelStore
from tracker.register.excel.surroundings import Surroundings
from tracker.register.store import AppendRow, Patch

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork to kill a writer halfway")

KILLED = 9


def row(name: str) -> Patch:
    return Patch(appends=(AppendRow("Riwayat", {0: name, 1: 1}, (0, 1), 0, ""),))


def ids(path: Path) -> list[object]:
    return [cells[0].value for cells in openpyxl.load_workbook(path)["Riwayat"].iter_rows(min_row=2)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Riwayat"
    book.active.append(["ID", "Langkah"])
    book.save(tmp_path / "buku.xlsx")
    return tmp_path / "buku.xlsx"


def write_and_die(path: Path, after: int) -> bool:
    """Write in a child that is killed at its `after`-th touch of the system; whether it was killed before the end."""
    child = os.fork()
    if child == 0:
        left = after

        def count(event: str, _: object) -> None:
            nonlocal left
            if event.startswith(("open", "os.", "shutil.", "fcntl.", "pathlib.")):
                left -= 1
                if left < 0:
                    os._exit(KILLED)

        sys.addaudithook(count)
        ExcelStore(path).apply(row("baru"))
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED


def test_killed_anywhere_the_book_is_the_old_or_the_new_one(path: Path) -> None:
    before, kills, landed = path.read_bytes(), 0, set()
    for after in range(400):
        path.write_bytes(before)
        was_killed = write_and_die(path, after)
        found = ids(path)
        assert found in ([], ["baru"])
        landed.add(bool(found))
        ExcelStore(path).apply(row("sesudah"))
        assert ids(path) == [*found, "sesudah"]
        assert not list((path.parent / ".tracker" / "buku.xlsx").glob("baru-*"))
        if not was_killed:
            break
        kills += 1
    assert kills > 10
    assert landed == {True, False}


def test_a_full_disk_leaves_the_book_and_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = path.read_bytes()
    monkeypatch.setattr(Surroundings, "replace", full)
    with pytest.raises(RegisterUnavailable) as refused:
        ExcelStore(path).apply(row("baru"))
    assert "disk penuh" in refused.value.sentence
    assert path.read_bytes() == before
