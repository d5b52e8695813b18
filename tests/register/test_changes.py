"""Adding and recording: planned in memory, refused with the code when they would add a galat."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from tracker.desk import AddItem, Desk, RecordEvent
from tracker.errors import ChangeRefused, RegisterReadOnly
from tracker.register.excel.reading import read_snapshot
from tracker.register.memory import MemoryStore
from tracker.register.numbering import next_id
from tracker.register.store import Snapshot

TEMPLATE = Path(__file__).parents[2] / "templates" / "sop_register.xlsx"
NOW = datetime(2026, 11, 20, 10, 40)
KASUBBAG, STAF, PENGELOLA = "Nama Kasubbag", "Nama Staf", "Nama Pengelola"


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return read_snapshot(TEMPLATE.read_bytes())


@pytest.fixture
def desk(snapshot: Snapshot) -> Desk:
    return Desk(MemoryStore(snapshot.grids))


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}")


def codes(refused: pytest.ExceptionInfo[ChangeRefused]) -> set[str]:
    return {one.code for one in refused.value.findings}


def walked(desk: Desk, steps: int) -> str:
    """An item with its first `steps` steps done on 19 November, one after the other."""
    who = {1: KASUBBAG, 2: STAF, 3: PENGELOLA, 4: STAF, 5: KASUBBAG, 6: PENGELOLA}
    id_ = desk.add(AddItem("Infografis", by=KASUBBAG), now=at("19T08:00")).id
    for step in range(2, steps + 1):
        outcome = "ya" if step in (4, 5) else None
        finish = f"2026-11-19T08:{step}0"
        desk.record(RecordEvent(id_, step, by=who[step], finish=finish, outcome=outcome), now=NOW)
    return id_


def test_an_item_gets_the_next_free_id_and_its_first_step(desk: Desk) -> None:
    first = desk.add(AddItem("Satu", channel="Instagram", target_on="30/11/2026", by=KASUBBAG), now=NOW)
    second = desk.add(AddItem("Dua"), now=NOW)
    assert (first.id, second.id) == ("K-2026-0001", "K-2026-0002")
    assert (first.sheet, second.row) == ("Register", first.row + 1)
    assert first.written["Target Tayang"] == "2026-11-30"
    evaluation = desk.evaluate(NOW)
    assert [tuple(one) for one in evaluation.items.allowed] == [(1,), (0,)]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ([], "K-2026-0001"),
        (["K-2025-0500", "K-2026-0009"], "K-2026-0010"),
        (["MS-2026-08-012", "MS-2026-08-9"], "MS-2026-08-013"),
        (["tanpa nomor"], "K-2026-0001"),
        (["99"], "100"),
    ],
)
def test_the_next_id_has_the_prefix_and_width_of_the_highest(known: list[str], expected: str) -> None:
    assert next_id(known, 20_777 * 1440) == expected


@pytest.mark.parametrize(
    "command", [AddItem(" "), AddItem("x", id="k-2026-0001"), AddItem("x", target_on="besok")]
)
def test_an_item_that_cannot_be_added(desk: Desk, command: AddItem) -> None:
    desk.add(AddItem("Satu"), now=NOW)
    before = desk.read().revision
    with pytest.raises(ChangeRefused):
        desk.add(command, now=NOW)
    assert desk.read().revision == before


def test_both_rows_or_neither(desk: Desk) -> None:
    before = desk.read().revision
    with pytest.raises(ChangeRefused) as refused:
        desk.add(AddItem("Satu", by=STAF), now=NOW)
    assert (codes(refused), desk.read().revision) == ({"P301"}, before)


def test_starting_and_finishing_use_one_row(desk: Desk) -> None:
    id_ = walked(desk, 1)
    opened = desk.record(RecordEvent(id_, 2, by=STAF, start="19/11/2026 9.00"), now=at("19T09:00"))
    closed = desk.record(RecordEvent(id_, 2, by=STAF), now=at("19T15:00"))
    assert opened.row == closed.row
    assert closed.written == {"Selesai": "2026-11-19T15:00"}
    evaluation = desk.evaluate(NOW)
    assert [int(one) for one in evaluation.events.verdict] == [4, 0]


def test_whoever_finishes_another_ones_work_is_named_beside(desk: Desk) -> None:
    id_ = walked(desk, 1)
    desk.record(RecordEvent(id_, 2, by=STAF, start="2026-11-19T09:00"), now=at("19T09:00"))
    assert desk.record(RecordEvent(id_, 2, by="Nama Staf, S.H."), now=at("19T15:00")).written.keys() == {
        "Selesai"
    }


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        pytest.param(RecordEvent("", 4, by=STAF, outcome="ya"), {"U101"}, id="order"),
        pytest.param(RecordEvent("", 3, by=STAF), {"P301"}, id="role"),
        pytest.param(RecordEvent("", 3, by="Siapa"), {"P302"}, id="name"),
        pytest.param(RecordEvent("", 3, by=PENGELOLA, finish="20/11/2026 11.00"), {"W205"}, id="future"),
        pytest.param(
            RecordEvent("", 3, by=PENGELOLA, start="20/11/2026 10.00", finish="20/11/2026 9.00"),
            {"W203"},
            id="finish before start",
        ),
        pytest.param(
            RecordEvent("", 3, by=PENGELOLA, start="19/11/2026 08.00", finish="20/11/2026 9.00"),
            {"U106"},
            id="overlap",
        ),
    ],
)
def test_what_would_break_the_rules_is_refused_with_its_code(
    desk: Desk, command: RecordEvent, expected: set[str]
) -> None:
    id_ = walked(desk, 2)
    before = desk.read().revision
    with pytest.raises(ChangeRefused) as refused:
        desk.record(replace(command, id=id_), now=NOW)
    assert (codes(refused), desk.read().revision) == (expected, before)


@pytest.mark.parametrize(
    "command",
    [
        RecordEvent("K-2026-9999", 2, by=STAF),
        RecordEvent("K-2026-0001", 9, by=STAF),
        RecordEvent("K-2026-0001", 3, by=PENGELOLA, outcome="ya"),
        RecordEvent("K-2026-0001", 3, by=PENGELOLA, finish="12.3"),
        RecordEvent("K-2026-0001", 3, by=PENGELOLA, finish="20/11/2026"),
    ],
)
def test_what_cannot_be_meant_is_refused(desk: Desk, command: RecordEvent) -> None:
    walked(desk, 2)
    with pytest.raises(ChangeRefused):
        desk.record(command, now=NOW)


def test_force_writes_and_says_so(desk: Desk) -> None:
    id_ = walked(desk, 2)
    command = RecordEvent(id_, 4, by=STAF, outcome="ya", force=True, force_reason="Pengelola cuti")
    written = desk.record(command, now=NOW).written
    assert written["Catatan"] == "Dicatat apa adanya (U101) – Pengelola cuti"
    with pytest.raises(ChangeRefused):
        desk.record(replace(command, step=5, by=KASUBBAG, finish="20/11/2026 23.00"), now=NOW)


def test_lateness_is_recorded_and_not_refused(desk: Desk) -> None:
    id_ = walked(desk, 2)
    command = RecordEvent(id_, 3, by=PENGELOLA, start="2026-11-19T09:00", finish="2026-11-19T10:00")
    assert desk.record(command, now=NOW).warnings
    assert "W201" in [one.code for one in desk.evaluate(NOW).findings]


def test_a_galat_that_stood_before_never_blocks(desk: Desk) -> None:
    id_ = walked(desk, 2)
    desk.record(RecordEvent(id_, 4, by=STAF, outcome="ya", finish="2026-11-19T09:00", force=True), now=NOW)
    assert desk.record(RecordEvent(id_, 5, by=KASUBBAG, outcome="ya"), now=NOW).sheet == "Riwayat"


def test_the_published_link_goes_to_the_item(desk: Desk) -> None:
    id_ = walked(desk, 5)
    desk.record(RecordEvent(id_, 6, by=PENGELOLA, link="https://contoh.go.id/p/1"), now=NOW)
    register = desk.read().register
    assert list(register.items.links) == ["https://contoh.go.id/p/1"]


def test_a_duplicate_id_is_not_written_to(desk: Desk) -> None:
    id_ = walked(desk, 1)
    desk.add(AddItem("Kembar", id="K-X"), now=NOW)
    store = desk.store
    grid = store.read().grid("Register")
    assert grid is not None
    rows = [[id_ if cell == "K-X" else cell for cell in row] for row in grid.rows]
    others = tuple(one for one in store.read().grids if one.name != "Register")
    with pytest.raises(ChangeRefused):
        Desk(MemoryStore((replace(grid, rows=rows), *others))).record(RecordEvent(id_, 2, by=STAF), now=NOW)


def test_a_book_without_its_columns_is_read_only(snapshot: Snapshot) -> None:
    grids = tuple(one for one in snapshot.grids if one.name != "Langkah")
    with pytest.raises(RegisterReadOnly):
        Desk(MemoryStore(grids)).add(AddItem("Satu"), now=NOW)
