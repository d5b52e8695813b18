"""One contract for all stores: what a patch does to a register that other people change meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.register.google.office import office
from tracker.errors import ChangedMeanwhile, RegisterReadOnly
from tracker.register.excel.store import ExcelStore
from tracker.register.memory import MemoryStore
from tracker.register.store import AddSheet, AppendRow, CellValue, ChangeRow, Grid, Patch, RawValue, Store

Table = list[list[RawValue]]
Make = Callable[[dict[str, Table]], Store]

RIWAYAT: Table = [
    ["Agenda kantor"],
    ["ID", "Langkah", "Pelaksana", "Mulai", "Selesai", "Kolom asing"],
    ["K-1", 1, "Siti", datetime(2026, 8, 3, 9, 0), datetime(2026, 8, 3, 9, 5), "x"],
    ["K-1", 2, "Budi", datetime(2026, 8, 3, 9, 5), "", ""],
    ["K-2", 1, "Siti", "3/8/26 9.15", "", ""],
]
TYPED = (0, 1, 2, 3, 4)


def _memory(*_: object) -> Make:
    return lambda tables: MemoryStore(tuple(Grid(name, rows) for name, rows in tables.items()))


def _excel(folder: Path, _: pytest.MonkeyPatch) -> Make:
    def make(tables: dict[str, Table]) -> Store:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in tables.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append([None if cell == "" else cell for cell in row])
        content = BytesIO()
        book.save(content)
        path = folder / "register.xlsx"
        path.write_bytes(content.getvalue())
        return ExcelStore(path)

    return make


def _google(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Over real HTTP; dates are numbers there."""
    with office(folder, monkeypatch) as made:

        def make(tables: dict[str, Table]) -> Store:
            made.fill(
                {name: [[_serial(cell) for cell in row] for row in rows] for name, rows in tables.items()}
            )
            return made.store()

        yield make


_EPOCH = datetime(1899, 12, 30)


def _serial(cell: RawValue) -> RawValue:
    return (cell - _EPOCH) / timedelta(days=1) if isinstance(cell, datetime) else cell


def _moment(cell: RawValue) -> RawValue:
    """A serial number as the moment it stands for, to the second."""
    if not isinstance(cell, float):
        return cell
    return _EPOCH + timedelta(seconds=round(cell * 86_400))


@pytest.fixture(params=[_memory, _excel, _google], ids=["memory", "excel", "google"])
def make(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    made = request.param(tmp_path, monkeypatch)
    if isinstance(made, Iterator):
        yield from made
    else:
        yield made


def rows_of(store: Store, sheet: str = "Riwayat") -> Table:
    snapshot = store.read()
    grid = snapshot.grid(sheet)
    assert grid is not None
    read = _moment if snapshot.serials_are_dates else lambda cell: cell
    width = max(len(row) for row in grid.rows)
    rows = [[*map(read, row), *[""] * (width - len(row))] for row in grid.rows]
    return [[None if cell == "" else cell for cell in row] for row in rows]


def expected(row: int) -> dict[int, RawValue]:
    return {column: value for column, value in enumerate(RIWAYAT[row]) if value != ""}


def change(row: int, cells: dict[int, CellValue]) -> Patch:
    return Patch(changes=(ChangeRow("Riwayat", expected(row), cells, row),))


def append(cells: dict[int, CellValue]) -> AppendRow:
    return AppendRow("Riwayat", cells, TYPED, 1, "")


def test_a_change_lands_on_its_row_and_nowhere_else(make: Make) -> None:
    store = make({"Riwayat": RIWAYAT, "SOP": [["a", 1]]})
    before = rows_of(store)
    receipt = store.apply(change(3, {4: datetime(2026, 8, 3, 15, 0)}))
    after = rows_of(store)
    assert receipt.rows == (4,)
    assert after[3][4] == datetime(2026, 8, 3, 15, 0)
    after[3][4] = before[3][4]
    assert after == before
    assert rows_of(store, "SOP") == [["a", 1]]


def test_a_row_is_found_again_after_sorting(make: Make) -> None:
    store = make({"Riwayat": [*RIWAYAT[:2], RIWAYAT[4], RIWAYAT[3], RIWAYAT[2]]})
    assert store.apply(change(2, {2: "Rina"})).rows == (5,)
    assert rows_of(store)[4][:3] == ["K-1", 1, "Rina"]


@pytest.mark.parametrize("rows", [
    pytest.param([*RIWAYAT[:3], ["K-1", 2, "Budi", datetime(2026, 8, 3, 9, 6)], RIWAYAT[4]], id="retyped"),
    pytest.param([*RIWAYAT[:3], [*RIWAYAT[3][:5], "catatan"], RIWAYAT[4]], id="an unknown column was filled"),
    pytest.param([*RIWAYAT[:3], RIWAYAT[4]], id="deleted"),
    pytest.param([*RIWAYAT, RIWAYAT[3]], id="twice"),
])  # fmt: skip
def test_a_row_that_is_not_there_exactly_once_is_not_written(make: Make, rows: Table) -> None:
    store = make({"Riwayat": rows})
    before = store.read().revision
    with pytest.raises(ChangedMeanwhile):
        store.apply(change(3, {4: datetime(2026, 8, 3, 15, 0)}))
    assert store.read().revision == before


def test_all_of_a_patch_lands_or_none(make: Make) -> None:
    store = make({"Riwayat": RIWAYAT})
    before = store.read().revision
    gone = ChangeRow("Riwayat", {0: "K-9"}, {2: "x"}, 3)
    with pytest.raises(ChangedMeanwhile):
        store.apply(Patch(changes=(gone,), appends=(append({0: "K-3", 1: 1}),)))
    assert store.read().revision == before


def test_appends_go_below_the_last_record_in_order(make: Make) -> None:
    store = make({"Riwayat": RIWAYAT})
    receipt = store.apply(Patch(appends=(append({0: "K-3", 1: 1}), append({0: "K-3", 1: 2}))))
    assert receipt.rows == (6, 7)
    assert [row[:2] for row in rows_of(store)[5:]] == [["K-3", 1], ["K-3", 2]]


def test_a_ready_row_is_filled_before_the_sheet_grows(make: Make) -> None:
    ready: Table = [["", "", "", "", "", "keterangan siap"]]
    store = make({"Riwayat": [*RIWAYAT, *ready]})
    assert store.apply(Patch(appends=(append({0: "K-3", 1: 1}),))).rows == (6,)
    assert rows_of(store)[5] == ["K-3", 1, None, None, None, "keterangan siap"]


def test_a_gap_between_records_is_left_alone(make: Make) -> None:
    store = make({"Riwayat": [*RIWAYAT[:3], ["", "", "", "", "", "jeda"], *RIWAYAT[3:]]})
    assert store.apply(Patch(appends=(append({0: "K-3", 1: 1}),))).rows == (7,)


def test_a_sheet_that_is_gone_is_named(make: Make) -> None:
    with pytest.raises(RegisterReadOnly):
        make({"Log": RIWAYAT}).apply(Patch(appends=(append({0: "K-3"}),)))


ARSIP = AddSheet("Arsip", ("Nomor", "Dicetak", "=judul"), (24.0, 17.0), ("Riwayat", 1, 0))


def filed(number: int) -> AppendRow:
    return AppendRow(
        "Arsip", {0: f"{number}/LAP", 1: datetime(2026, 8, 3, 9, number)}, (0, 1, 2), 0, f"k{number}"
    )


def test_a_missing_sheet_is_made_with_its_headings_and_its_records(make: Make) -> None:
    store = make({"Riwayat": RIWAYAT, "SOP": [["a", 1]]})
    before = rows_of(store)
    receipt = store.apply(Patch(appends=(filed(1), append({0: "K-3", 1: 1}), filed(2)), sheets=(ARSIP,)))
    assert receipt.rows == (2, 6, 3)
    assert [grid.name for grid in store.read().grids] == ["Riwayat", "SOP", "Arsip"]
    assert rows_of(store, "Arsip") == [
        ["Nomor", "Dicetak", "=judul"],
        ["1/LAP", datetime(2026, 8, 3, 9, 1), None],
        ["2/LAP", datetime(2026, 8, 3, 9, 2), None],
    ]
    assert rows_of(store) == [*before, ["K-3", 1, None, None, None, None]]
    assert receipt.revision == store.read().revision
    assert store.apply(Patch(appends=(filed(3),))).rows == (4,)
    assert rows_of(store, "Arsip")[3] == ["3/LAP", datetime(2026, 8, 3, 9, 3), None]


def test_a_sheet_alone_is_made_too(make: Make) -> None:
    store = make({"Riwayat": RIWAYAT})
    assert store.apply(Patch(sheets=(ARSIP,))).rows == ()
    assert rows_of(store, "Arsip") == [["Nomor", "Dicetak", "=judul"]]


@pytest.mark.parametrize("name", ["Arsip", "ARSIP"])
def test_a_sheet_that_is_there_by_now_is_not_made_again(make: Make, name: str) -> None:
    store = make({"Riwayat": RIWAYAT, name: [["Nomor"]]})
    before = store.read().revision
    with pytest.raises(ChangedMeanwhile):
        store.apply(Patch(appends=(append({0: "K-3", 1: 1}), filed(1)), sheets=(ARSIP,)))
    assert store.read().revision == before


def test_no_sheet_is_made_when_the_rest_cannot_land(make: Make) -> None:
    store = make({"Riwayat": RIWAYAT})
    before = store.read().revision
    gone = ChangeRow("Riwayat", {0: "K-9"}, {2: "x"}, 3)
    with pytest.raises(ChangedMeanwhile):
        store.apply(Patch(changes=(gone,), appends=(filed(1),), sheets=(ARSIP,)))
    assert store.read().revision == before


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=IMPORTXML("http://a.id";"//b")',
        "+62 811",
        "-",
        "@sum(A1)",
        "0012",
        "1/2",
        "a\nb",
        "<b>&",
        "#REF!",
        " x ",
    ],
)
def test_text_stays_text(make: Make, text: str) -> None:
    store = make({"Riwayat": RIWAYAT})
    store.apply(Patch(appends=(append({0: "K-3", 1: 1, 2: text}),)))
    grid = store.read().grid("Riwayat")
    assert grid is not None
    assert (grid.rows[5][2], (5, 2) in grid.formulas) == (text, False)


def test_the_revision_changes_with_the_content_only(make: Make) -> None:
    store = make({"Riwayat": RIWAYAT})
    first = store.read().revision
    assert store.read().revision == first
    assert store.apply(change(3, {2: "Rina"})).revision == store.read().revision != first


def test_writers_of_one_process_take_turns(make: Make) -> None:
    store = make({"Riwayat": RIWAYAT})

    def write(number: int) -> None:
        with store.exclusive():
            store.apply(Patch(appends=(append({0: f"K-{number}", 1: 1}),)))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(10, 18)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(str(row[0]) for row in rows_of(store)[5:]) == [f"K-{number}" for number in range(10, 18)]
