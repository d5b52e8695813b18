"""Numbers of papers, and the digest that ties a paper to its register."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from tracker.register.archive import Filing, Printed, file_paper, filing
from tracker.register.excel.reading import read_snapshot
from tracker.register.fingerprint import fingerprint
from tracker.register.memory import MemoryStore
from tracker.register.store import Grid, Snapshot
from tracker.sop.figures import Month

TEMPLATE = Path(__file__).parents[2] / "templates" / "sop_register.xlsx"
FORMAT = "{nomor}/LAP-SOP/{bulan_romawi}/{tahun}"
OCTOBER = Month(2026, 10)


@pytest.fixture(scope="module")
def empty() -> Snapshot:
    return read_snapshot(TEMPLATE.read_bytes())


def number(snapshot: Snapshot, month: Month = OCTOBER, digest: str = "aa") -> Filing:
    return filing(snapshot, kind="Laporan Bulanan", month=month, register_hash=digest, template=FORMAT)


def printed(snapshot: Snapshot, numbered: str, month: Month = OCTOBER, digest: str = "aa") -> Snapshot:
    """The register after that paper was filed."""
    store = MemoryStore(snapshot.grids)
    at = datetime(2026, 11, 2, 9, 0)
    row = Printed(numbered, "Laporan Bulanan", str(month), at, "Rina Contoh", "x.pdf", digest, "bb")
    patch = file_paper(snapshot, row)
    assert patch is not None
    store.apply(patch)
    return store.read()


def test_the_first_paper_of_a_year_is_number_one(empty: Snapshot) -> None:
    assert number(empty) == Filing("1/LAP-SOP/X/2026", 0)


def test_numbers_follow_the_highest_of_the_year(empty: Snapshot) -> None:
    filed = printed(empty, "7/LAP-SOP/IX/2026", Month(2026, 9))
    assert number(filed).number == "8/LAP-SOP/X/2026"
    assert number(filed, Month(2027, 1)).number == "1/LAP-SOP/I/2027"


def test_a_reprint_of_unchanged_content_keeps_its_number(empty: Snapshot) -> None:
    once = printed(empty, "3/LAP-SOP/X/2026")
    assert number(once) == Filing("3/LAP-SOP/X/2026", 1)
    assert number(printed(once, "3/LAP-SOP/X/2026")) == Filing("3/LAP-SOP/X/2026", 2)
    assert number(once, digest="changed") == Filing("4/LAP-SOP/X/2026", 0)


def test_a_book_without_arsip_files_nothing(empty: Snapshot) -> None:
    without = replace(empty, grids=tuple(grid for grid in empty.grids if grid.name != "Arsip"))
    at = datetime(2026, 11, 2, 9, 0)
    assert file_paper(without, Printed("1", "Laporan Bulanan", "2026-10", at, "", "", "aa", "bb")) is None
    assert number(without).number == "1/LAP-SOP/X/2026"


def _with_rows(snapshot: Snapshot, name: str, change: object) -> Snapshot:
    def changed(grid: Grid) -> Grid:
        return replace(grid, rows=change(list(grid.rows))) if grid.name == name else grid  # type: ignore[operator]

    return replace(snapshot, grids=tuple(changed(grid) for grid in snapshot.grids))


def test_printing_changes_no_digest(empty: Snapshot) -> None:
    assert fingerprint(printed(empty, "1/LAP-SOP/X/2026")) == fingerprint(empty)


def test_the_digest_knows_content_and_not_order(empty: Snapshot) -> None:
    digest = fingerprint(empty)
    assert fingerprint(_with_rows(empty, "Hari Libur", lambda rows: [*rows[:3], *rows[:2:-1]])) == digest
    assert fingerprint(_with_rows(empty, "Hari Libur", lambda rows: rows[:-1])) != digest
