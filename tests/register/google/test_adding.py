"""A tab that the spreadsheet lacks: made by one request with its records, once, whatever happens to the answer."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.register.google.office import Office
from tests.register.google.registers import EVENTS, event, events, finish, register
from tests.register.google.server import Mishap
from tests.register.google.spreadsheets import Tab
from tracker.errors import ChangedMeanwhile, RegisterReadOnly, ServiceSilent
from tracker.register.archive import Ledger, Printed
from tracker.register.google.store import GoogleStore
from tracker.register.schema import ARSIP
from tracker.register.store import Patch

MOMENT = datetime(2026, 8, 3, 9, 15)
PAPER = Printed("1/LAP/2026", "Laporan Bulanan", "2026-07", MOMENT, "=Rina", "x.pdf", "aa", "bb")
RECORD = ["1/LAP/2026", "Laporan Bulanan", "2026-07", 46_237 + 555 / 1440, "=Rina", "x.pdf", "aa", "bb"]


def without_arsip(office: Office) -> GoogleStore:
    book = register(office)
    book.tabs.remove(book.tab("Arsip"))
    store = office.store()
    store.read()
    return store


def filing(store: GoogleStore) -> Patch:
    return Ledger(store.read()).patch([PAPER])


def arsip(office: Office) -> list[list[object]]:
    tab = office.book.tab("Arsip")
    rows: list[list[object]] = tab.typed()
    return rows


def structural(office: Office) -> int:
    return office.service.calls.count("spreadsheets.batchUpdate")


def test_one_request_makes_the_tab_and_its_record(at_office: Office) -> None:
    store = without_arsip(at_office)
    patch = filing(store)
    at_office.service.calls.clear()
    receipt = store.apply(patch)
    assert at_office.service.api_calls == ["values.batchGet", "spreadsheets.batchUpdate"]
    assert (receipt.rows, receipt.revision) == ((2,), store.read().revision)
    assert arsip(at_office) == [[column.heading for column in ARSIP.columns], pytest.approx(RECORD)]
    assert at_office.book.tabs[-1].title == "Arsip"


def test_the_tab_looks_as_init_would_make_it(at_office: Office) -> None:
    store = without_arsip(at_office)
    store.apply(filing(store))
    formats = {
        one["repeatCell"]["range"]["startColumnIndex"]: one["repeatCell"]["cell"]["userEnteredFormat"]
        for one in at_office.book.structural
        if "repeatCell" in one
    }
    columns = [column.key for column in ARSIP.columns]
    kinds = {columns[at]: look.get("numberFormat", {}).get("type") for at, look in formats.items()}
    assert (kinds["printed_at"], kinds["signed_on"]) == ("DATE_TIME", "DATE")
    (added,) = [one["addSheet"]["properties"] for one in at_office.book.structural if "addSheet" in one]
    assert added["gridProperties"]["frozenRowCount"] == 1


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_request_without_an_answer_is_carried_out_once(at_office: Office, when: str) -> None:
    store = without_arsip(at_office)
    patch = filing(store)
    at_office.service.mishaps = [Mishap("spreadsheets.batchUpdate", drop=when)]
    assert store.apply(patch).rows == (2,)
    assert len(arsip(at_office)) == 2
    assert structural(at_office) == {"before": 2, "after": 1}[when]
    assert [tab.title for tab in at_office.book.tabs].count("Arsip") == 1


def test_nobody_is_told_a_lie_when_the_service_stays_silent(at_office: Office) -> None:
    store = without_arsip(at_office)
    patch = Patch(finish().changes, (*filing(store).appends, *event().appends), filing(store).sheets)
    at_office.service.mishaps = [Mishap("spreadsheets.batchUpdate", drop="before") for _ in range(9)]
    with pytest.raises(ServiceSilent):
        store.apply(patch)
    at_office.service.mishaps = []
    assert "Arsip" not in [tab.title for tab in at_office.book.tabs]
    assert events(at_office)[: len(EVENTS)] == EVENTS


def test_a_tab_made_by_somebody_else_meanwhile_is_seen(at_office: Office) -> None:
    store = without_arsip(at_office)
    patch = Patch(finish().changes, filing(store).appends, filing(store).sheets)
    at_office.book.tabs.append(Tab("ARSIP", [["Nomor"]], 77))
    with pytest.raises(ChangedMeanwhile):
        store.apply(patch)
    assert at_office.book.tab("ARSIP").typed() == [["Nomor"]]
    assert events(at_office) == EVENTS
    assert Ledger(store.read()).is_there  # the next try finds it


def test_what_the_service_refuses_is_taken_back(at_office: Office) -> None:
    store = without_arsip(at_office)
    patch = Patch(finish().changes, filing(store).appends, filing(store).sheets)
    at_office.service.mishaps = [Mishap("spreadsheets.batchUpdate", 403)]
    with pytest.raises(RegisterReadOnly):
        store.apply(patch)
    assert events(at_office) == EVENTS
