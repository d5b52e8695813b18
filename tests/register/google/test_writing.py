"""Writing to a spreadsheet over real HTTP: what arrives, where, and in how many requests."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from tests.register.google.office import Office
from tests.register.google.registers import EVENTS, at, event, events, register
from tests.register.google.spreadsheets import Formula
from tracker.desk import Desk, RecordEvent

NOW = datetime(2026, 8, 3, 11, 0)


@pytest.mark.parametrize(
    "text", ['=IMPORTXML("http://x";"//a")', "+62 811", "0012", "1/2", "2,5", "-1", "@x", "TRUE", "'a"]
)
def test_text_arrives_as_these_characters(at_office: Office, text: str) -> None:
    register(at_office)
    store = at_office.store()
    store.read()
    store.apply(event(by=text))
    assert at_office.book.tab("Riwayat").get(7, 2) == text
    grid = store.read().grid("Riwayat")
    assert grid is not None
    assert grid.rows[7][2] == text


def test_opening_is_two_reads_and_a_poll_is_one(at_office: Office) -> None:
    register(at_office)
    store = at_office.store()
    store.read()
    assert at_office.service.api_calls == ["spreadsheets.get", "values.batchGet"]
    store.read()  # the formulas, once
    at_office.service.calls.clear()
    for _ in range(5):
        store.read()
    assert at_office.service.api_calls == ["values.batchGet"] * 5


@pytest.mark.parametrize(("step", "outcome"), [(2, None), (3, "ya")])
def test_a_decision_is_three_requests(at_office: Office, step: int, outcome: str | None) -> None:
    table = EVENTS if step == 2 else [*EVENTS[:1], [*EVENTS[1], at("9.50")], *EVENTS[2:]]
    register(at_office, table)
    desk = Desk(at_office.store())
    desk.read()
    at_office.service.calls.clear()
    by = "Budi" if step == 2 else "Siti"
    desk.record(RecordEvent("K-1", step, by=by, outcome=outcome), now=NOW)
    assert len(at_office.service.api_calls) == 3
    assert at_office.service.api_calls[:2] == ["values.batchGet"] * 2


def test_a_record_goes_below_the_last_one_and_carries_its_key(at_office: Office) -> None:
    register(at_office)
    store = at_office.store()
    store.read()
    receipt = store.apply(event("kunci-1"))
    assert receipt.rows == (8,)
    assert at_office.book.tab("Riwayat").typed()[7] == [
        "K-1",
        3,
        "Siti",
        "",
        at("11.00"),
        "",
        "",
        "",
        "kunci-1",
    ]
    assert receipt.revision == store.read().revision


def test_the_same_key_adds_no_second_row(at_office: Office) -> None:
    register(at_office)
    store = at_office.store()
    assert store.apply(event("kunci-1")).rows == store.apply(event("kunci-1")).rows
    assert len(events(at_office)) == 5


def test_formula_columns_are_no_content(at_office: Office) -> None:
    register(at_office)
    store = at_office.store()
    first = store.read().revision
    tab = at_office.book.tab("Riwayat")
    tab.arrays = {column: replace(one, result=lambda _: "lain") for column, one in tab.arrays.items()}
    assert store.read().revision == first


def test_a_row_with_formulas_of_its_own_is_filled(at_office: Office) -> None:
    """A workbook that was converted: ready rows hold formulas, and there is no key column."""
    table: list[list[object]] = [[*row, *[None] * (8 - len(row))] for row in EVENTS]
    register(at_office, table, arrays=False)
    tab = at_office.book.tab("Riwayat")
    tab.cells[2] = [*tab.cells[2][:8], "Kegiatan"]
    for row in range(3, 12):
        tab.put(row, 8, Formula(f"=A{row + 1}", ""))
    store = at_office.store()
    store.read()
    assert store.apply(event()).rows == (8,)
    assert isinstance(tab.get(7, 8), Formula)
    assert tab.get(7, 0) == "K-1"
    assert len(tab.cells) == 12
