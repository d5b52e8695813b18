"""Numbers of papers, and the digest that ties a paper to its register."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from tracker.errors import RegisterReadOnly
from tracker.register.archive import Filing, Ledger, Printed
from tracker.register.excel.reading import read_snapshot
from tracker.register.fingerprint import fingerprint
from tracker.register.memory import MemoryStore
from tracker.register.schema import ARSIP
from tracker.register.store import Grid, Snapshot
from tracker.sop.figures import Month

TEMPLATE = Path(__file__).parents[2] / "templates" / "sop_register.xlsx"
FORMAT = "{nomor}/LAP-SOP/{bulan_romawi}/{tahun}"
OCTOBER = Month(2026, 10)
PAPER = Printed("1", "Laporan Bulanan", "2026-10", datetime(2026, 11, 2, 9, 0), "", "", "aa", "bb")


@pytest.fixture(scope="module")
def empty() -> Snapshot:
    return read_snapshot(TEMPLATE.read_bytes())


def number(snapshot: Snapshot, month: Month = OCTOBER, digest: str = "aa") -> Filing:
    return Ledger(snapshot).numbered("Laporan Bulanan", str(month), digest, template=FORMAT, month=month)


def printed(snapshot: Snapshot, numbered: str, month: Month = OCTOBER, digest: str = "aa") -> Snapshot:
    """The register after that paper was filed."""
    store = MemoryStore(snapshot.grids)
    at = datetime(2026, 11, 2, 9, 0)
    row = Printed(numbered, "Laporan Bulanan", str(month), at, "Rina Contoh", "x.pdf", digest, "bb")
    store.apply(Ledger(snapshot).patch([row]))
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


def without_arsip(snapshot: Snapshot) -> Snapshot:
    return replace(snapshot, grids=tuple(grid for grid in snapshot.grids if grid.name != "Arsip"))


def test_a_book_without_arsip_gets_one_with_every_heading(empty: Snapshot) -> None:
    without = without_arsip(empty)
    assert not Ledger(without).is_there
    assert number(without).number == "1/LAP-SOP/X/2026"
    filed = printed(without, "1/LAP-SOP/X/2026")
    assert [grid.name for grid in filed.grids] == [*(grid.name for grid in without.grids), "Arsip"]
    arsip = filed.grid("Arsip")
    assert arsip is not None
    assert arsip.rows[0] == [column.heading for column in ARSIP.columns]
    assert number(filed) == Filing("1/LAP-SOP/X/2026", 1)
    assert number(filed, digest="changed").number == "2/LAP-SOP/X/2026"
    assert fingerprint(filed) == fingerprint(without)


def test_the_new_headings_look_like_those_of_another_sheet(empty: Snapshot) -> None:
    (sheet,) = Ledger(without_arsip(empty)).patch([PAPER]).sheets
    assert sheet.like is not None
    name, row, column = sheet.like
    grid = empty.grid(name)
    assert grid is not None
    assert (name, grid.rows[row][column]) == ("Pegawai", "Nama")
    assert len(sheet.widths) == len(sheet.headings)


def test_no_paper_makes_no_sheet(empty: Snapshot) -> None:
    assert Ledger(without_arsip(empty)).patch([]).is_empty


@pytest.mark.parametrize("rows", [[], [["Catatan", "Jenis"]]])
def test_an_arsip_without_a_column_for_the_number_takes_nothing(
    empty: Snapshot, rows: list[list[str]]
) -> None:
    spoilt = replace(without_arsip(empty), grids=(*without_arsip(empty).grids, Grid("Arsip", rows)))
    with pytest.raises(RegisterReadOnly):
        Ledger(spoilt).patch([PAPER])


def test_papers_filed_together_get_numbers_one_after_the_other(empty: Snapshot) -> None:
    ledger = Ledger(empty)
    found = []
    for month in (9, 10):
        number = ledger.numbered(
            "Laporan Bulanan", f"2026-{month:02d}", "aa", template=FORMAT, month=Month(2026, month)
        ).number
        ledger.note(number, "Laporan Bulanan", f"2026-{month:02d}", "aa")
        found.append(number)
    assert found == ["1/LAP-SOP/IX/2026", "2/LAP-SOP/X/2026"]


def test_another_kind_of_report_shares_the_numbers_and_is_no_reprint(empty: Snapshot) -> None:
    ledger = Ledger(printed(empty, "3/LAP-SOP/X/2026"))
    found = ledger.numbered("Pemantauan Semester", "2026-10", "aa", template=FORMAT, month=OCTOBER)
    assert found == Filing("4/LAP-SOP/X/2026", 0)


@pytest.mark.parametrize(("template", "number"), [("LAP/{tahun}", "1/LAP/2026"), ("{nomor}", "1")])
def test_whatever_the_template_numbers_differ(empty: Snapshot, template: str, number: str) -> None:
    ledger = Ledger(empty)
    first = ledger.numbered("Laporan Bulanan", "2026-10", "aa", template=template, month=OCTOBER).number
    ledger.note(first, "Laporan Bulanan", "2026-10", "aa")
    second = ledger.numbered("Laporan Bulanan", "2026-10", "cc", template=template, month=OCTOBER).number
    assert first == number
    assert second != first


def test_an_absurd_number_in_arsip_is_passed_over(empty: Snapshot) -> None:
    filed = printed(empty, f"{'9' * 5000}/LAP-SOP/X/2026")
    assert number(filed, digest="changed").number == "1/LAP-SOP/X/2026"


def test_a_paper_with_a_number_of_its_own_counts_its_reprints(empty: Snapshot) -> None:
    ledger = Ledger(empty)
    assert ledger.named("Kartu Kendali", "K-1", "aa", "K-1") == Filing("K-1", 0)
    ledger.note("K-1", "Kartu Kendali", "K-1", "aa")
    assert ledger.named("Kartu Kendali", "K-1", "aa", "K-1") == Filing("K-1", 1)
    assert ledger.named("Kartu Kendali", "K-2", "aa", "K-2") == Filing("K-2", 0)
    assert ledger.named("Kartu Kendali", "K-1", "changed", "K-1") == Filing("K-1", 0)


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
