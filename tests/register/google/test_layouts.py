"""Staff rename, delete, move and protect: what the tool then reads, writes, and says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from tests.register.google.office import ADDRESS, Office
from tests.register.google.registers import EVENTS, at, event, events, finish, register, trim
from tests.register.google.server import HTML, Mishap
from tests.register.google.spreadsheets import Tab
from tracker.desk import Desk, RecordEvent
from tracker.errors import ChangedMeanwhile, RegisterReadOnly, RegisterUnavailable
from tracker.register.google.store import GoogleStore
from tracker.register.placing import content
from tracker.register.reader import read_register
from tracker.register.store import ChangeRow, Grid, Patch


def riwayat(store: GoogleStore) -> Grid:
    grid = store.read().grid("Riwayat")
    assert grid is not None
    return grid


def opened(office: Office, *, arrays: bool = True) -> tuple[GoogleStore, Tab]:
    """A store that knows where the formulas are, and the sheet Riwayat."""
    register(office, arrays=arrays)
    store = office.store()
    store.read()
    store.read()
    return store, office.book.tab("Riwayat")


def meanwhile(office: Office, move: Callable[[], None]) -> None:
    def before(_: object) -> None:
        office.service.before_write = None
        move()

    office.service.before_write = before


def insert_column(tab: Tab, at_: int, heading: str) -> None:
    for row, cells in enumerate(tab.cells):
        cells.extend([None] * (at_ - len(cells)))
        cells.insert(at_, heading if row == 2 else None)
    tab.arrays = {column + (column >= at_): one for column, one in tab.arrays.items()}


def delete_column(tab: Tab, at_: int) -> None:
    for cells in tab.cells:
        del cells[at_ : at_ + 1]
    tab.arrays = {column - (column > at_): one for column, one in tab.arrays.items()}


# -- tabs


@pytest.mark.parametrize("patch", [event(), finish()], ids=["append", "change"])
def test_a_tab_deleted_between_reading_and_writing_is_said_to_be_gone(
    at_office: Office, patch: Patch
) -> None:
    store, tab = opened(at_office)
    meanwhile(at_office, lambda: at_office.book.tabs.remove(tab))
    with pytest.raises(RegisterReadOnly, match="Lembar Riwayat tidak ada lagi"):
        store.apply(patch)
    assert store.read().grid("Riwayat") is None
    assert not read_register(store.read()).is_writable


def test_names_that_differ_in_case_and_blanks_are_told_apart(at_office: Office) -> None:
    register(at_office)
    copy = Tab("RIWAYAT ", [list(row) for row in at_office.book.tab("Riwayat").cells], 77)
    at_office.book.tabs.insert(0, copy)
    before = [list(row) for row in copy.cells]
    store = at_office.store()
    assert read_register(store.read()).is_writable
    store.apply(event())
    assert (len(events(at_office)), copy.cells) == (5, before)


def test_a_tab_may_be_called_anything(at_office: Office) -> None:
    register(at_office)
    for gid, title in enumerate(("Jum'at", "A1", "R!C1", "Rekap 'lama'!A1", "📋"), start=60):
        at_office.book.tabs.append(Tab(title, [["x"]], gid))
    grids = {grid.name: grid.rows for grid in at_office.store().read().grids}
    assert grids["Jum'at"] == grids["A1"] == grids["📋"] == [["x"]]
    assert grids["R!C1"] == grids["Rekap 'lama'!A1"] == [["x"]]


def test_a_spreadsheet_of_nothing_but_charts_is_no_register(at_office: Office) -> None:
    register(at_office)
    at_office.book.tabs[:] = [Tab("Grafik", [], 5, kind="OBJECT")]
    store = at_office.store()
    assert not read_register(store.read()).is_writable
    with pytest.raises(RegisterReadOnly):
        store.try_writing()


# -- columns


def test_a_column_that_staff_insert_moves_the_formulas_along(at_office: Office) -> None:
    store, tab = opened(at_office)
    insert_column(tab, 5, "Jam Lembur")
    tab.put(3, 5, 2)
    assert (3, 5) not in riwayat(store).formulas
    assert {column for row, column in riwayat(store).formulas if row == 3} == {10, 11, 12}
    first = store.read().revision
    tab.arrays = {column: replace(one, result=lambda _: "lain") for column, one in tab.arrays.items()}
    assert store.read().revision == first
    tab.put(3, 5, 3)
    assert store.read().revision != first


def test_a_change_planned_before_a_column_was_inserted_is_a_conflict(at_office: Office) -> None:
    store, tab = opened(at_office)
    insert_column(tab, 3, "Jam Lembur")
    with pytest.raises(ChangedMeanwhile):
        store.apply(finish())
    grid = riwayat(store)
    store.apply(Patch((ChangeRow("Riwayat", content(grid, 4), {5: at("10.30")}, 4),)))
    assert tab.get(4, 5) == at("10.30")


@pytest.mark.parametrize("is_open", [False, True])
def test_without_its_key_column_a_sheet_is_written_to_all_the_same(at_office: Office, is_open: bool) -> None:
    store, tab = opened(at_office)
    delete_column(tab, 8)
    if not is_open:
        store = at_office.store()
    store.read()
    at_office.service.mishaps.append(Mishap("values.append", drop="after"))
    assert store.apply(event("kunci-1")).rows == (8,)
    assert [trim(list(row)) for row in tab.typed()[3:]] == [*EVENTS, ["K-1", 3, "Siti", "", at("11.00")]]


def test_a_row_copied_with_its_key_hinders_nothing(at_office: Office) -> None:
    store, tab = opened(at_office)
    store.apply(event("kunci-1"))
    tab.cells.append([*tab.cells[7][:7], "salinan", "kunci-1"])
    assert store.apply(event("kunci-1")).rows == (8,)
    assert store.apply(event("kunci-2", id="K-2")).rows == (10,)
    grid = riwayat(store)
    store.apply(Patch((ChangeRow("Riwayat", content(grid, 7), {6: "bukti"}, 7),)))
    assert (tab.get(7, 6), tab.get(8, 6)) == ("bukti", None)


def test_a_key_that_staff_typed_over_belongs_to_the_row_like_any_cell(at_office: Office) -> None:
    store, tab = opened(at_office)
    store.apply(event("kunci-1"))
    grid = riwayat(store)
    tab.put(7, 8, "diketik")
    with pytest.raises(ChangedMeanwhile):
        store.apply(Patch((ChangeRow("Riwayat", content(grid, 7), {6: "bukti"}, 7),)))
    assert tab.get(7, 6) is None
    store.apply(event("kunci-2", id="K-2"))
    assert [row[8] for row in tab.typed()[7:]] == ["diketik", "kunci-2"]


def test_a_missing_column_makes_a_register_read_only_and_names_it(at_office: Office) -> None:
    _, tab = opened(at_office)
    delete_column(tab, 4)
    desk = Desk(at_office.store())
    assert any(one.code == "S502" for one in desk.read().register.findings)
    with pytest.raises(RegisterReadOnly):
        desk.record(RecordEvent("K-1", 2, by="Budi"), now=datetime(2026, 8, 3, 11, 0))
    assert all("pdate" not in name and "append" not in name for name in at_office.service.api_calls)


def test_formulas_that_cannot_be_asked_for_keep_nobody_from_reading(at_office: Office) -> None:
    """The answer for a big sheet may be too slow; the headings say which columns are computed."""
    register(at_office)
    store = at_office.store()
    store.read()
    at_office.service.mishaps += [Mishap("spreadsheets.get", 503)] * 90
    assert (3, 9) in riwayat(store).formulas
    at_office.service.calls.clear()
    store.read()
    assert at_office.service.api_calls == ["values.batchGet"]


# -- cells


def test_a_date_typed_as_text_stays_what_it_is_when_its_row_is_written(at_office: Office) -> None:
    """A spreadsheet of locale in_ID: `9.30` is no time there, so it stays text; and decimals arrive as numbers."""
    table = [list(row) for row in EVENTS]
    table[1][3] = "3/8/2026 9.30"
    register(at_office, table)
    desk = Desk(at_office.store())
    desk.record(RecordEvent("K-1", 2, by="Budi", finish="3/8/2026 10.30"), now=datetime(2026, 8, 3, 11, 0))
    assert trim(events(at_office)[1])[:4] == ["K-1", 2, "Budi", "3/8/2026 9.30"]
    assert events(at_office)[1][4] == pytest.approx(at("10.30"))


def test_rows_of_different_lengths_are_found(at_office: Office) -> None:
    """The service leaves trailing empty cells away, of receipts too."""
    store, tab = opened(at_office, arrays=False)
    tab.cells[4] += [None] * 20
    assert store.apply(finish()).rows == (5,)
    clear = Patch((ChangeRow("Riwayat", {**dict(enumerate(EVENTS[1])), 4: at("10.30")}, {4: None}, 4),))
    assert store.apply(clear).rows == (5,)
    assert [trim(row) for row in events(at_office)] == EVENTS


def test_a_sheet_that_lost_all_its_records_stops_every_write(at_office: Office) -> None:
    store, tab = opened(at_office)
    del at_office.book.tab("Register").cells[3:]
    store.read()
    with pytest.raises(
        ChangedMeanwhile, match="Lembar Register kini kosong, padahal sebelumnya berisi 2 baris"
    ):
        store.apply(event())
    assert [trim(row) for row in events(at_office)] == EVENTS
    again = at_office.store()  # somebody looked, and means it
    again.read()
    again.apply(event())
    assert len(tab.typed()) == 8


# -- what Google refuses


PROTECTED = "You are trying to edit a protected cell or object. Please contact the spreadsheet owner."
FULL = "This action would increase the number of cells in the workbook above the limit of 10000000 cells."
LONG = "Your input contains more than the maximum of 50000 characters in a single cell."


@pytest.mark.parametrize(("status", "message", "word"), [
    (400, f"Invalid data[0]: {PROTECTED}", ADDRESS), (403, PROTECTED, ADDRESS), (400, FULL, "10 juta sel"),
    (400, LONG, "50.000 karakter"), (403, "The caller does not have permission", ADDRESS),
    (400, "Invalid values[0][1]: struct_value", "susunan"),
])  # fmt: skip
@pytest.mark.parametrize("patch", [event(), finish()], ids=["append", "change"])
def test_a_refused_write_is_said_once_and_leaves_nothing(
    at_office: Office, status: int, message: str, word: str, patch: Patch
) -> None:
    store, _ = opened(at_office)
    at_office.service.calls.clear()
    at_office.service.mishaps += [
        Mishap(on, status, message=message) for on in ("values.append", "values.batchUpdate")
    ]
    with pytest.raises(RegisterReadOnly, match=word):
        store.apply(patch)
    assert len(at_office.service.api_calls) == 2
    assert at_office.naps == []
    assert [trim(row) for row in events(at_office)] == EVENTS


@pytest.mark.parametrize("status", [401, 403, 404, 407])
def test_the_page_of_a_proxy_is_not_taken_for_an_answer_of_google(at_office: Office, status: int) -> None:
    """Nobody is told to share a spreadsheet because the office's proxy wants a password."""
    register(at_office)
    at_office.service.mishaps += [Mishap("values.", status, body=HTML)] * 90
    with pytest.raises(RegisterUnavailable, match="tidak menjawab") as caught:
        at_office.store().read()
    assert ADDRESS not in str(caught.value)


def test_a_quota_may_be_said_as_forbidden(at_office: Office) -> None:
    register(at_office)
    at_office.service.mishaps.append(Mishap("values.batchGet", 403, message="User Rate Limit Exceeded"))
    at_office.store().read()
    assert len(at_office.naps) == 1


def test_a_body_too_large_is_a_refusal(at_office: Office) -> None:
    store, _ = opened(at_office)
    at_office.service.mishaps.append(Mishap("values.append", 413, body=HTML))
    with pytest.raises(RegisterReadOnly, match="413"):
        store.apply(event())
    assert at_office.naps == []
