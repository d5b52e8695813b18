"""What the Excel store owes the people around the file: owners, locks, backups, links, permissions."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from filelock import FileLock

from tracker.errors import OpenElsewhere, RegisterBusy, RegisterUnavailable, RegisterUnreadable
from tracker.register.excel.store import ExcelStore
from tracker.register.excel.surroundings import BACKUPS_KEPT
from tracker.register.store import AppendRow, Patch

ROW = AppendRow("Riwayat", {0: "K-1", 1: 1}, (0, 1), 0, "")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Riwayat"
    book.active.append(["ID", "Langkah"])
    book.create_sheet("Grafik")["A1"] = "jangan diubah"
    book.save(tmp_path / "buku.xlsx")
    return tmp_path / "buku.xlsx"


def test_reading_creates_nothing(path: Path) -> None:
    ExcelStore(path).read()
    assert list(path.parent.iterdir()) == [path]


def test_every_other_part_of_the_package_is_the_same_bytes(path: Path) -> None:
    before = {one.filename: zipfile.ZipFile(path).read(one) for one in zipfile.ZipFile(path).infolist()}
    ExcelStore(path).apply(Patch(appends=(ROW,)))
    after = {one.filename: zipfile.ZipFile(path).read(one) for one in zipfile.ZipFile(path).infolist()}
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert changed <= {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}


def test_the_version_before_is_kept_and_old_ones_go(path: Path) -> None:
    store, before = ExcelStore(path), path.read_bytes()
    store.apply(Patch(appends=(ROW,)))
    folder = path.parent / ".tracker" / "buku.xlsx" / "backup"
    assert [one.read_bytes() for one in folder.iterdir()] == [before]
    for _ in range(BACKUPS_KEPT + 2):
        store.apply(Patch(appends=(ROW,)))
    kept = sorted(one.name for one in folder.iterdir())
    assert (len(kept), kept[0][:6]) == (BACKUPS_KEPT, "000004")


def test_a_book_open_in_libreoffice_is_left_alone_and_its_owner_named(path: Path) -> None:
    (path.parent / ".~lock.buku.xlsx#").write_text(",siti,kantor,03.08.2026 09:15,file:///x;")
    before = path.read_bytes()
    with pytest.raises(OpenElsewhere) as refused:
        ExcelStore(path).apply(Patch(appends=(ROW,)))
    assert (refused.value.owner, path.read_bytes() == before) == ("siti", True)
    assert not (path.parent / ".tracker").exists()


def test_a_book_open_in_excel_names_its_owner(path: Path) -> None:
    name = "Siti Nurul"
    narrow = bytes([len(name)]) + name.encode().ljust(54)
    wide = bytes([len(name), 0]) + name.encode("utf-16-le").ljust(108, b" ")
    (path.parent / "~$buku.xlsx").write_bytes(narrow + wide)
    assert ExcelStore(path).surroundings.owner() == name


def test_our_own_lock_is_waited_for_and_then_reported(path: Path) -> None:
    store = ExcelStore(path)
    store.surroundings.make_folder()
    held = FileLock(store.surroundings.folder / "lock")
    with held, pytest.raises(RegisterBusy), store.surroundings.locked(patience=0.1):
        pass


def test_a_link_stays_a_link_and_permissions_stay(path: Path, tmp_path: Path) -> None:
    path.chmod(0o640)
    link = tmp_path / "pintas.xlsx"
    link.symlink_to(path)
    ExcelStore(link).apply(Patch(appends=(ROW,)))
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert openpyxl.load_workbook(path)["Riwayat"]["A2"].value == "K-1"


def test_leftovers_of_a_dead_writer_go(path: Path) -> None:
    store = ExcelStore(path)
    store.surroundings.make_folder()
    left = store.surroundings.folder / "baru-1.xlsx"
    left.write_bytes(b"half")
    store.apply(Patch(appends=(ROW,)))
    assert not left.exists()


@pytest.mark.parametrize("content", [b"", b"bukan buku kerja", b"PK\x03\x04half"])
def test_what_is_no_workbook_gets_no_folder_of_ours(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "palsu.xlsx"
    path.write_bytes(content)
    with pytest.raises(RegisterUnreadable):
        ExcelStore(path).apply(Patch(appends=(ROW,)))
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_register_gets_no_folder_of_ours(tmp_path: Path) -> None:
    with pytest.raises(RegisterUnavailable):
        ExcelStore(tmp_path / "tidak ada.xlsx").apply(Patch(appends=(ROW,)))
    assert list(tmp_path.iterdir()) == []


_WRITER = """
import sys
from pathlib import Path
from tracker.register.excel.store import ExcelStore
from tracker.register.store import AppendRow, Patch
store = ExcelStore(Path(sys.argv[1]))
for number in range(int(sys.argv[3])):
    store.apply(Patch(appends=(AppendRow("Riwayat", {0: f"{sys.argv[2]}-{number}", 1: 1}, (0, 1), 0, ""),)))
"""


WRITES = 500 if os.environ.get("TRACKER_THOROUGH") == "1" else 25


@pytest.mark.timeout(1800 if WRITES == 500 else 120)
def test_two_processes_write_in_turns_and_nothing_is_lost(path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    command = [sys.executable, "-c", _WRITER, str(path)]
    writers = [subprocess.Popen([*command, name, str(WRITES)], env=environment) for name in "AB"]
    assert [writer.wait() for writer in writers] == [0, 0]
    rows = [str(row[0].value) for row in openpyxl.load_workbook(path)["Riwayat"].iter_rows(min_row=2)]
    assert sorted(rows) == sorted(f"{name}-{number}" for name in "AB" for number in range(WRITES))
    assert rows != sorted(rows), "they did not take turns"
