"""Versions kept beside a register: put back whole, the present state kept first; and sheets that got empty."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tracker.errors import ChangedMeanwhile, OpenElsewhere, RegisterUnreadable, WrongUsage
from tracker.register.excel.backups import keep, restore, versions
from tracker.register.excel.store import ExcelStore
from tracker.register.excel.surroundings import BACKUPS_KEPT
from tracker.register.store import AppendRow, Patch

HEADINGS = ["ID", "Judul"]


def row(name: str) -> Patch:
    return Patch(appends=(AppendRow("Register", {0: name, 1: "Judul"}, (0, 1), 0, ""),))


def write(path: Path, *names: str, events: int = 0) -> None:
    """What a member of staff saves: a book with these items, and so many rows of Riwayat."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Register"
    book.active.append(HEADINGS)
    for name in names:
        book.active.append([name, "Judul"])
    sheet = book.create_sheet("Riwayat")
    sheet.append(["ID", "Langkah", "Pelaksana", "Mulai", "Selesai"])
    for number in range(events):
        sheet.append([f"K-{number}", 1])
    book.save(path)


def ids(path: Path) -> list[object]:
    return [cells[0].value for cells in openpyxl.load_workbook(path)["Register"].iter_rows(min_row=2)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write(tmp_path / "buku.xlsx", "K-1")
    return tmp_path / "buku.xlsx"


def test_versions_are_listed_newest_first(path: Path) -> None:
    store, before = ExcelStore(path), path.read_bytes()
    assert versions(store.surroundings) == ()
    store.apply(row("K-2"))
    store.apply(row("K-3"))
    newest, oldest = versions(store.surroundings)
    assert (newest.number, oldest.number) == (2, 1)
    assert oldest.path.read_bytes() == before
    assert oldest.size == len(before)


def test_a_version_is_put_back_and_the_present_state_is_kept(path: Path) -> None:
    store = ExcelStore(path)
    store.apply(row("K-2"))
    store.apply(row("K-3"))
    present = path.read_bytes()
    restore(store.surroundings, 1)
    assert ids(path) == ["K-1"]
    newest = versions(store.surroundings)[0]
    assert newest.path.read_bytes() == present
    restore(store.surroundings, newest.number)
    assert path.read_bytes() == present
    store.apply(row("K-4"))
    assert ids(path) == ["K-1", "K-2", "K-3", "K-4"]


def test_the_oldest_version_can_be_put_back_though_keeping_the_present_drops_it(path: Path) -> None:
    store = ExcelStore(path)
    for number in range(BACKUPS_KEPT):
        store.apply(row(f"K-1{number}"))
    restore(store.surroundings, 1)
    assert ids(path) == ["K-1"]
    assert len(versions(store.surroundings)) == BACKUPS_KEPT


@pytest.mark.parametrize("damage", [None, b"", b"PK\x03\x04 half a book"], ids=["gone", "empty", "damaged"])
def test_a_register_that_is_gone_or_damaged_is_put_back(path: Path, damage: bytes | None) -> None:
    store = ExcelStore(path)
    store.apply(row("K-2"))
    path.unlink()
    if damage is not None:
        path.write_bytes(damage)
    restore(store.surroundings, 1)
    assert ids(path) == ["K-1"]


def test_a_damaged_version_is_not_put_back(path: Path) -> None:
    store = ExcelStore(path)
    store.apply(row("K-2"))
    present = path.read_bytes()
    kept = versions(store.surroundings)[0].path
    kept.write_bytes(kept.read_bytes()[:-200])
    with pytest.raises(RegisterUnreadable):
        restore(store.surroundings, 1)
    assert path.read_bytes() == present


def test_a_number_that_is_not_kept_and_an_open_book_are_refused(path: Path) -> None:
    store = ExcelStore(path)
    store.apply(row("K-2"))
    with pytest.raises(WrongUsage):
        restore(store.surroundings, 7)
    (path.parent / ".~lock.buku.xlsx#").write_text(",siti,kantor,03.08.2026 09:15,file:///x;")
    with pytest.raises(OpenElsewhere):
        restore(store.surroundings, 1)


def test_a_sheet_that_had_rows_and_is_suddenly_empty_stops_all_writing(path: Path) -> None:
    store = ExcelStore(path)
    store.apply(row("K-2"))
    write(path)
    before = path.read_bytes()
    with pytest.raises(ChangedMeanwhile) as refused:
        store.apply(row("K-3"))
    assert "1 baris" in refused.value.sentence
    assert path.read_bytes() == before


def test_an_empty_sheet_beside_the_one_written_to_counts_too(path: Path) -> None:
    write(path, "K-1", events=3)
    store = ExcelStore(path)
    store.apply(row("K-2"))
    write(path, "K-1", "K-2")
    with pytest.raises(ChangedMeanwhile) as refused:
        store.apply(row("K-3"))
    assert "Riwayat" in refused.value.sentence


def test_both_ways_out(path: Path) -> None:
    store = ExcelStore(path)
    store.apply(row("K-2"))
    write(path)
    keep(store.surroundings)
    store.apply(row("K-3"))
    store.apply(row("K-4"))
    assert ids(path) == ["K-3", "K-4"]
    write(path)
    with pytest.raises(ChangedMeanwhile):
        store.apply(row("K-5"))
    restore(store.surroundings, 1)
    store.apply(row("K-5"))
    assert ids(path) == ["K-1", "K-5"]


def test_an_empty_version_put_back_on_purpose_may_be_written_to(path: Path) -> None:
    write(path)
    store = ExcelStore(path)
    store.apply(row("K-1"))
    store.apply(row("K-2"))
    restore(store.surroundings, 1)
    store.apply(row("K-3"))
    assert ids(path) == ["K-3"]


def test_a_register_that_was_always_empty_is_written_to(tmp_path: Path) -> None:
    path = tmp_path / "baru.xlsx"
    write(path)
    ExcelStore(path).apply(row("K-1"))
    ExcelStore(path).apply(row("K-2"))
    assert ids(path) == ["K-1", "K-2"]


def test_a_damaged_version_says_nothing_of_emptiness(path: Path) -> None:
    store = ExcelStore(path)
    store.apply(row("K-2"))
    versions(store.surroundings)[0].path.write_bytes(b"")
    write(path)
    store.apply(row("K-3"))
    assert ids(path) == ["K-3"]
