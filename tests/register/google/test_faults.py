"""Whatever fails or moves while the tool writes: nothing twice, nothing on a wrong row, no endless waiting."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

import pytest

from tests.register.google.discovery import Call
from tests.register.google.office import Office
from tests.register.google.registers import EVENTS, at, event, events, finish, register, trim
from tests.register.google.server import HTML, Mishap
from tests.register.google.spreadsheets import Formula, Tab
from tracker.errors import (
    ChangedMeanwhile,
    RegisterReadOnly,
    RegisterUnavailable,
    ServiceSilent,
    TrackerError,
)
from tracker.register.google.store import GoogleStore
from tracker.register.store import Patch


def faults() -> list[Mishap]:
    return [
        Mishap(status=429), Mishap(status=429, headers={"Retry-After": "7"}), Mishap(status=500),
        Mishap(status=503, headers={"Retry-After": "3"}), Mishap(status=502, body=HTML), Mishap(status=200, body=HTML),
        Mishap(drop="before"), Mishap(drop="after"),
    ]  # fmt: skip


@pytest.mark.parametrize("on", ["values.append", "values.batchGet"])
@pytest.mark.parametrize(
    "mishap", faults(), ids=lambda one: f"{one.status}{one.drop}{'html' if one.body else ''}"
)
@pytest.mark.parametrize("times", [1, 2])
def test_a_record_is_written_once_whatever_fails(
    at_office: Office, on: str, mishap: Mishap, times: int
) -> None:
    register(at_office)
    store = at_office.store()
    store.read()
    at_office.service.mishaps += [Mishap(**{**mishap.__dict__, "on": on}) for _ in range(times)]
    assert store.apply(event()).rows == (8,)
    assert len(events(at_office)) == 5


@pytest.mark.parametrize(
    "mishap", faults(), ids=lambda one: f"{one.status}{one.drop}{'html' if one.body else ''}"
)
def test_a_change_is_written_whatever_fails(at_office: Office, mishap: Mishap) -> None:
    register(at_office)
    store = at_office.store()
    store.read()
    mishap.on = "values.batchUpdate"
    at_office.service.mishaps.append(mishap)
    assert store.apply(finish()).rows == (5,)
    assert trim(events(at_office)[1]) == [*EVENTS[1], at("10.30")]
    assert [trim(row) for row in events(at_office)[2:]] == EVENTS[2:]


def test_without_a_key_column_a_dropped_append_is_still_not_repeated(at_office: Office) -> None:
    register(at_office, arrays=False)
    tab = at_office.book.tab("Riwayat")
    tab.cells[2] = tab.cells[2][:8]
    store = at_office.store()
    at_office.service.mishaps.append(Mishap("values.append", drop="after"))
    store.apply(event())
    assert len(events(at_office)) == 5


def test_retry_after_is_kept_to(at_office: Office) -> None:
    register(at_office)
    at_office.service.mishaps += [Mishap("values.batchGet", 429, {"Retry-After": "7"}) for _ in range(2)]
    at_office.store().read()
    assert len(at_office.naps) == 2
    assert all(7 <= nap <= 8 for nap in at_office.naps)


@pytest.mark.parametrize("mishap", [
    Mishap("values.batchGet", 429), Mishap("values.batchGet", 500), Mishap("values.batchGet", drop="before"),
    Mishap("values.batchGet", 429, {"Retry-After": "40"}),
])  # fmt: skip
def test_waiting_is_bounded(at_office: Office, mishap: Mishap) -> None:
    register(at_office)
    at_office.service.mishaps += [mishap] * 50
    with pytest.raises(ServiceSilent) as caught:
        at_office.store().read()
    assert caught.value.exit_code == 4
    assert caught.value.is_quota == (mishap.status == 429)
    assert sum(at_office.naps) <= 75
    assert at_office.service.calls.count("values.batchGet") <= 6


def test_an_outage_after_a_write_says_that_nobody_knows(at_office: Office) -> None:
    register(at_office)
    store = at_office.store()
    store.read()
    at_office.service.mishaps += [
        Mishap("values.append", drop="after"),
        *[Mishap("values.batchGet", 503)] * 50,
    ]
    at_office.service.mishaps.insert(0, Mishap("values.batchGet", slow=0.0))
    with pytest.raises(RegisterUnavailable, match="belum pasti"):
        store.apply(event("kunci-2"))
    at_office.service.mishaps.clear()
    store.apply(event("kunci-2"))
    assert len(events(at_office)) == 5


def test_a_slow_answer_is_a_time_out_and_no_duplicate(at_office: Office) -> None:
    register(at_office)
    store = at_office.store(timeout=(1.0, 0.2))
    store.read()
    at_office.service.mishaps.append(Mishap("values.append", slow=0.5))
    store.apply(event())
    assert len(events(at_office)) == 5


def test_a_token_that_ran_out_is_renewed(at_office: Office) -> None:
    register(at_office)
    store = at_office.store()
    store.read()
    at_office.service.tokens.clear()
    store.apply(event())
    assert len(events(at_office)) == 5
    assert at_office.service.issued == 2


def _no_access(office: Office) -> None:
    office.service.access = "none"


def _no_book(office: Office) -> None:
    office.service.books.clear()


def _no_token(office: Office) -> None:
    office.service.refuse_tokens = True


@pytest.mark.parametrize("arrange", [_no_access, _no_book, _no_token])
def test_a_permanent_no_is_said_once(at_office: Office, arrange: Callable[[Office], None]) -> None:
    register(at_office)
    arrange(at_office)
    with pytest.raises(RegisterUnavailable) as caught:
        at_office.store().read()
    assert len(at_office.service.api_calls) <= 1
    assert at_office.naps == []
    assert "tracker@proyek-uji" in str(caught.value)


def test_a_reader_cannot_write_and_is_told_whom_to_ask(at_office: Office) -> None:
    register(at_office)
    at_office.service.access = "reader"
    store = at_office.store()
    store.read()
    at_office.service.calls.clear()
    with pytest.raises(RegisterReadOnly, match="tracker@proyek-uji"):
        store.apply(event())
    assert at_office.service.api_calls.count("values.append") == 1


@pytest.mark.parametrize("reads", [1, 2])
def test_a_renamed_tab_is_found_again(at_office: Office, reads: int) -> None:
    register(at_office)
    store = at_office.store()
    for _ in range(reads):
        store.read()
    at_office.book.tab("Riwayat").title = "Log"
    assert store.read().grid("Log") is not None


@pytest.mark.parametrize("patch", [event(), finish()], ids=["append", "change"])
def test_a_tab_renamed_while_writing_is_said_to_be_gone(at_office: Office, patch: Patch) -> None:
    register(at_office)
    store = at_office.store()
    store.read()
    _once(at_office, lambda: setattr(at_office.book.tab("Riwayat"), "title", "Log"))
    with pytest.raises(RegisterReadOnly, match="Riwayat"):
        store.apply(patch)
    assert [trim(row[:8]) for row in at_office.book.tab("Log").typed()[3:]] == EVENTS


@pytest.mark.parametrize("patch", [event(), finish()], ids=["append", "change"])
def test_a_write_that_never_gets_through_is_an_outage(at_office: Office, patch: Patch) -> None:
    register(at_office)
    store = at_office.store()
    store.read()
    at_office.service.mishaps += [
        Mishap("values.append", drop="before"),
        Mishap("values.batchUpdate", 503),
    ] * 9
    with pytest.raises(RegisterUnavailable):
        store.apply(patch)
    at_office.service.mishaps.clear()
    assert [trim(row) for row in events(at_office)] == EVENTS


def _converted(office: Office) -> Tab:
    """A workbook that was converted: ready rows with formulas of their own, no key column."""
    table: list[list[object]] = [[*row, *[None] * (8 - len(row))] for row in EVENTS]
    register(office, table, arrays=False)
    tab = office.book.tab("Riwayat")
    tab.cells[2] = [*tab.cells[2][:8], "Kegiatan"]
    for row in range(3, 12):
        tab.put(row, 8, Formula(f"=A{row + 1}", ""))
    return tab


def test_a_ready_row_that_somebody_fills_meanwhile_is_theirs(at_office: Office) -> None:
    tab = _converted(at_office)
    store = at_office.store()
    store.read()

    def fill() -> None:
        for column, value in enumerate((None, 2, "Rina", at("9.00"))):
            if value is not None:
                tab.put(7, column, value)

    _once(at_office, fill)
    with pytest.raises(ChangedMeanwhile, match="periksa sel E8 lembar Riwayat"):
        store.apply(event())  # nobody can say whether something stood there that the mark replaced
    assert trim(events(at_office)[4]) == ["", 2, "Rina", at("9.00")]
    assert store.apply(event()).rows == (9,)
    assert events(at_office)[5][0] == "K-1"


def test_a_ready_row_beside_a_key_that_somebody_fills_meanwhile_is_theirs(at_office: Office) -> None:
    """The mark stands in the hidden column of the keys, where nobody types."""
    register(at_office)
    tab = at_office.book.tab("Riwayat")
    tab.put(7, 7, "disiapkan")
    store = at_office.store()
    store.read()
    _once(at_office, lambda: tab.put(7, 0, "K-2"))
    assert store.apply(event()).rows == (9,)
    assert [trim(row) for row in events(at_office)[4:]] == [
        ["K-2", "", "", "", "", "", "", "disiapkan"],
        ["K-1", 3, "Siti", "", at("11.00")],
    ]
    assert tab.get(7, 8) is None


@pytest.mark.parametrize("drop", ["before", "after"])
@pytest.mark.parametrize("skipped", [0, 1])
def test_a_ready_row_is_filled_once_whatever_is_dropped(at_office: Office, drop: str, skipped: int) -> None:
    tab = _converted(at_office)
    store = at_office.store()
    store.read()
    at_office.service.mishaps += [Mishap("values.batchUpdate")] * skipped
    at_office.service.mishaps.append(Mishap("values.batchUpdate", drop=drop))
    assert store.apply(event()).rows == (8,)
    assert [trim(row[:8]) for row in tab.typed()[3:8]] == [*EVENTS, ["K-1", 3, "Siti", "", at("11.00")]]


def test_a_record_that_google_puts_elsewhere_is_taken_back(at_office: Office) -> None:
    """gspread issue 603: another table in the range is taken for ours, and the cells shift to the right."""
    register(at_office, [[None, None, "Siti"], [None, None, "Budi"]], arrays=False)
    tab = at_office.book.tab("Riwayat")
    tab.cells.insert(3, [])
    store = at_office.store()
    before = store.read().revision
    with pytest.raises(RegisterReadOnly):
        store.apply(event())
    assert store.read().revision == before


def test_moved_headings_stop_a_new_record(at_office: Office) -> None:
    register(at_office)
    store = at_office.store()
    store.read()
    for row in at_office.book.tab("Riwayat").cells:
        row.insert(1, "sisipan")
    with pytest.raises(ChangedMeanwhile):
        store.apply(event())


def test_a_sheet_that_is_suddenly_empty_is_not_written(at_office: Office) -> None:
    register(at_office, arrays=False)
    store = at_office.store()
    store.read()
    at_office.book.tab("Riwayat").cells.clear()
    with pytest.raises(RegisterReadOnly):
        store.apply(event())


# -- rows that move between the read and the write


def _once(office: Office, move: Callable[[], None]) -> None:
    """Let staff move rows just before the next write."""

    def before(_: Call) -> None:
        office.service.before_write = None
        move()

    office.service.before_write = before


def _moves(office: Office) -> dict[str, Callable[[], None]]:
    cells = office.book.tab("Riwayat").cells

    def sort() -> None:
        cells[3:] = cells[3:][::-1]

    def delete() -> None:
        cells.pop(3)

    return {
        "sorted": sort,
        "deleted above": delete,
        "inserted above": lambda: cells.insert(3, ["K-9", 1, "Siti", 46_000.5, 46_000.6]),
        "blank row above": lambda: cells.insert(3, []),
    }


@pytest.mark.parametrize("name", ["sorted", "deleted above", "blank row above", "inserted above"])
@pytest.mark.parametrize("row", [1, 3])
def test_a_row_hit_by_mistake_is_made_good(at_office: Office, name: str, row: int) -> None:
    register(at_office)
    store = at_office.store()
    store.read()
    move = _moves(at_office)[name]
    _once(at_office, move)
    store.apply(finish(row))
    rows = [trim(one) for one in events(at_office)]
    gone = EVENTS[:1] if name == "deleted above" else []
    kept = [one for one in EVENTS if one != EVENTS[row] and one not in gone]
    assert [*EVENTS[row], at("10.30")] in rows
    assert all(one in rows for one in kept)


def test_rows_that_never_stand_still_end_with_a_conflict(at_office: Office) -> None:
    register(at_office)
    store = at_office.store()
    store.read()
    cells = at_office.book.tab("Riwayat").cells

    def before(_: Call) -> None:
        cells[3:] = [*cells[4:], cells[3]]

    at_office.service.before_write = before
    with pytest.raises(ChangedMeanwhile):
        store.apply(finish())
    at_office.service.before_write = None
    assert at_office.service.calls.count("values.batchUpdate") <= 13


def test_what_was_written_first_is_taken_back_when_the_rest_fails(at_office: Office) -> None:
    register(at_office)
    store = at_office.store()
    store.read()
    at_office.service.mishaps.append(
        Mishap("values.append", 403, message="The caller does not have permission")
    )
    patch = Patch(finish().changes, event().appends)
    before = store.read().revision
    with pytest.raises(TrackerError):
        store.apply(patch)
    assert store.read().revision == before


def test_nothing_is_created_beside_a_spreadsheet(at_office: Office) -> None:
    register(at_office)
    store: GoogleStore = at_office.store()
    assert store.file("arsip/2026", "a.pdf", b"x") is None


def test_two_programs_that_add_at_once_lose_nothing(at_office: Office) -> None:
    register(at_office)
    stores = [at_office.store() for _ in range(2)]

    def add(store: GoogleStore, name: str) -> None:
        for number in range(6):
            store.apply(event(f"{name}-{number}", id=f"K-{name}{number}"))

    threads = [Thread(target=add, args=(store, name)) for store, name in zip(stores, "ab", strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(str(row[0]) for row in events(at_office)[4:]) == sorted(
        f"K-{n}{i}" for n in "ab" for i in range(6)
    )


def test_a_captive_portal_is_no_google(at_office: Office) -> None:
    register(at_office)
    at_office.service.mishaps += [
        Mishap(status=302, headers={"Location": "http://127.0.0.1:1/masuk"}, body=HTML)
    ] * 9
    with pytest.raises(RegisterUnavailable, match="tidak menjawab"):
        at_office.store().read()


def test_no_connection_is_said_as_such(at_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEETS_API_BASE", "http://127.0.0.1:9")
    with pytest.raises(RegisterUnavailable, match="tidak menjawab"):
        at_office.store().read()


def test_a_new_row_that_was_hit_in_silence_is_reported(at_office: Office) -> None:
    register(at_office)
    store = at_office.store()
    store.read()
    cells = at_office.book.tab("Riwayat").cells
    _once(at_office, lambda: cells.insert(4, ["K-9", 1, "Siti", 46_000.5, 46_000.6]))
    at_office.service.mishaps.append(Mishap("values.batchUpdate", drop="after"))
    with pytest.raises(ChangedMeanwhile, match="periksa sel E5 lembar Riwayat"):
        store.apply(finish())
