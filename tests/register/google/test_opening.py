"""Addresses, keys, the place of the API, and laying a register out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.register.google.office import ADDRESS, ID, Office
from tests.register.google.registers import register
from tests.register.google.server import Mishap
from tests.register.google.spreadsheets import Spreadsheet, Tab
from tracker.errors import AlreadyExists, RegisterUnavailable, WrongUsage
from tracker.register.google.addresses import Area, area_of, is_google, row_range, spreadsheet_id
from tracker.register.google.client import api_base
from tracker.register.google.credentials import VARIABLE, access
from tracker.register.google.layout import set_up
from tracker.register.google.retry import waited_for
from tracker.register.google.store import GoogleStore
from tracker.register.opening import open_store
from tracker.register.reader import read_register
from tracker.register.schema import SHEETS
from tracker.register.seed import empty_content
from tracker.register.store import AppendRow, Patch


@pytest.mark.parametrize("target", [
    f"gsheet:{ID}", f"https://docs.google.com/spreadsheets/d/{ID}/edit#gid=0", f"https://docs.google.com/spreadsheets/d/{ID}",
    f"https://docs.google.com/spreadsheets/u/1/d/{ID}/edit?gid=5#gid=5",
    f"https://docs.google.com/a/kpu.go.id/spreadsheets/d/{ID}/edit", f" gsheet:{ID} ", f"GSheet: {ID}",
    f"gsheet:https://docs.google.com/spreadsheets/d/{ID}/edit?usp=sharing", f"docs.google.com/spreadsheets/d/{ID}/edit",
    f"https://docs.google.com/spreadsheets/u/0/d/{ID}/htmlview", f"HTTPS://Docs.Google.com/spreadsheets/d/{ID}",
])  # fmt: skip
def test_the_id_is_found(target: str) -> None:
    assert is_google(target)
    assert spreadsheet_id(target) == ID


@pytest.mark.parametrize("target", [
    "gsheet:", "gsheet:a/b/../c", "https://docs.google.com/document/d/abcdefgh",
    "https://docs.google.com.jahat.id/spreadsheets/d/abcdefgh", "https://docs.google.com/spreadsheets/d/e/2PACX-1v/pubhtml",
    "https://drive.google.com/file/d/abcdefgh/view", "gsheet:https://jahat.id/spreadsheets/d/abcdefgh",
    "gsheet:a b c d e f",
])  # fmt: skip
def test_what_names_no_spreadsheet_is_wrong_usage(target: str) -> None:
    with pytest.raises(WrongUsage):
        spreadsheet_id(target)


def test_a1_ranges_quote_their_tab() -> None:
    assert row_range("Jum'at", 5, 0, 27) == "'Jum''at'!A6:AB6"
    assert area_of("'Jum''at'!A6:AB6") == Area(5, 0, 5, 27)
    assert area_of("Riwayat!C7") == Area(6, 2, 6, 2)


@pytest.mark.parametrize("base", [
    "https://jahat.id", "http://127.0.0.1.jahat.id:80", "http://localhost:80", "http://10.0.0.1", "ftp://127.0.0.1",
    "http://127.0.0.1:80/v4", "http://127.0.0.1@jahat.id",
])  # fmt: skip
def test_a_token_goes_nowhere_else(monkeypatch: pytest.MonkeyPatch, base: str) -> None:
    monkeypatch.setenv("SHEETS_API_BASE", base)
    with pytest.raises(WrongUsage):
        api_base()


def test_loopback_addresses_are_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    for base in ("http://127.0.0.1:8080", "http://[::1]:8080"):
        monkeypatch.setenv("SHEETS_API_BASE", base)
        assert api_base() == base
    monkeypatch.delenv("SHEETS_API_BASE")
    assert api_base() == "https://sheets.googleapis.com"


def test_a_missing_or_foreign_key_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    with pytest.raises(RegisterUnavailable, match=VARIABLE):
        access()
    foreign = tmp_path / "kunci.json"
    for text in ("", "[]", "{}", '{"type": "service_account", "private_key": "rahasia"}'):
        foreign.write_text(text, encoding="utf-8")
        with pytest.raises(RegisterUnavailable) as caught:
            access(foreign)
        assert "rahasia" not in str(caught.value)
    with pytest.raises(RegisterUnavailable):
        access(tmp_path / "tidak-ada.json")


def test_the_key_comes_from_the_environment(at_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    register(at_office)
    monkeypatch.setenv(VARIABLE, str(at_office.key))
    assert access().address == ADDRESS
    store = open_store(f"gsheet:{ID}")
    assert isinstance(store, GoogleStore)
    assert store.read().grid("Riwayat") is not None
    assert store.name == "Register JDIH"
    assert store.link("Riwayat", "F4") == f"https://docs.google.com/spreadsheets/d/{ID}/edit#gid=3&range=F4"


def test_retry_after_may_be_a_date() -> None:
    date = "Wed, 21 Oct 2026 07:28:00 GMT"
    assert waited_for({"Retry-After": "Wed, 21 Oct 2026 07:28:30 GMT", "Date": date}) == 30
    assert waited_for({"Retry-After": "12"}) == 12
    assert waited_for({"Retry-After": "segera"}) is None
    assert waited_for({}) is None


@pytest.mark.parametrize(("status", "message", "word"), [
    (403, "Google Sheets API has not been used in project 1 before or it is disabled.", "belum aktif"),
    (403, "The caller does not have permission", ADDRESS),
    (400, "This operation is not supported for this document", "Excel"),
    (404, "Requested entity was not found.", "tidak ada"),
])  # fmt: skip
def test_a_no_is_said_in_words_of_the_office(at_office: Office, status: int, message: str, word: str) -> None:
    register(at_office)
    at_office.service.mishaps.append(Mishap("spreadsheets.get", status, message=message))
    with pytest.raises(RegisterUnavailable) as caught:
        at_office.store().read()
    assert word in str(caught.value)
    assert len(at_office.service.api_calls) == 1


def test_a_hidden_sheet_of_formulas_is_not_read_and_errors_are_named(at_office: Office) -> None:
    book = register(at_office)
    book.tab("Riwayat").cells[3][2] = "#REF!"
    snapshot = at_office.store().read()
    assert snapshot.grid("Kalender") is None
    assert snapshot.serials_are_dates
    grid = snapshot.grid("Riwayat")
    assert grid is not None
    assert grid.errors == {(3, 2): "#REF!"}
    assert (3, 9) in grid.formulas
    assert read_register(snapshot).is_writable


# -- laying out


def empty(office: Office) -> Spreadsheet:
    book = office.service.books[ID] = Spreadsheet(ID, [Tab("Sheet1", [], 0)])
    return book


def test_an_empty_spreadsheet_becomes_a_register_in_one_request(at_office: Office) -> None:
    book = empty(at_office)
    set_up(at_office.store(), empty_content())
    assert at_office.service.api_calls == ["spreadsheets.get", "values.batchGet", "spreadsheets.batchUpdate"]
    assert [tab.title for tab in book.tabs] == [*(one.name for one in SHEETS), "Kalender"]
    assert len(json.dumps(book.structural)) < 2_000_000
    store = at_office.store()
    read = read_register(store.read())
    assert read.is_writable
    assert [one.code for one in read.findings if one.code.startswith("S50")] == []
    assert len(read.sop.steps) > 5


def test_typed_columns_stand_left_of_the_key_and_that_left_of_formulas(at_office: Office) -> None:
    book = empty(at_office)
    set_up(at_office.store(), empty_content())
    for sheet in (one for one in SHEETS if one.key in ("register", "events")):
        headings = [book.tab(sheet.name).shown(2, column) for column in range(len(sheet.typed) + 1)]
        assert headings == [*(one.heading for one in sheet.typed), "Kunci"]
        texts = [
            book.tab(sheet.name).formula(2, at) for at in range(len(sheet.typed) + 1, len(sheet.columns) + 1)
        ]
        assert all(text is not None and "ARRAYFORMULA(" in text for text in texts)
    hidden = [
        one["updateDimensionProperties"] for one in book.structural if "updateDimensionProperties" in one
    ]
    assert sum("hiddenByUser" in one["properties"] for one in hidden) == 2
    guards = [
        one["addProtectedRange"]["protectedRange"] for one in book.structural if "addProtectedRange" in one
    ]
    assert len(guards) == sum(column.is_formula for sheet in SHEETS for column in sheet.columns)
    assert all(guard["warningOnly"] for guard in guards)


def test_formulas_have_neither_commas_nor_references_to_old_places(at_office: Office) -> None:
    book = empty(at_office)
    set_up(at_office.store(), empty_content())
    tab = book.tab("Kalender")
    texts = [text for row in range(4) for at in range(tab.column_count) if (text := tab.formula(row, at))]
    assert len(texts) > 80
    bare = ["".join(part for index, part in enumerate(text.split('"')) if index % 2 == 0) for text in texts]
    assert not any("," in text or "{" in text for text in bare)
    step = next(text for text in texts if "Riwayat!$B:$B" in text)
    assert "Riwayat!$K" not in "".join(texts)
    assert step.startswith("=")


def test_a_register_that_was_laid_out_can_be_written_to(at_office: Office) -> None:
    book = empty(at_office)
    store = at_office.store()
    set_up(store, empty_content())
    store.read()
    typed = tuple(range(8))
    assert store.apply(Patch(appends=(AppendRow("Riwayat", {0: "K-1", 1: 1}, typed, 2, "k"),))).rows == (4,)
    assert book.tab("Riwayat").typed()[3] == ["K-1", 1, "", "", "", "", "", "", "k"]


@pytest.mark.parametrize("cells", [[["a"]], [[None, None], [None, 0]]])
def test_a_spreadsheet_with_content_is_refused(at_office: Office, cells: list[list[object]]) -> None:
    book = empty(at_office)
    book.tabs.append(Tab("Catatan", cells, 7))
    with pytest.raises(AlreadyExists, match="Catatan"):
        set_up(at_office.store(), empty_content())
    assert [tab.title for tab in book.tabs] == ["Sheet1", "Catatan"]


def test_a_set_up_whose_answer_is_lost_is_looked_for(at_office: Office) -> None:
    empty(at_office)
    at_office.service.mishaps.append(Mishap("spreadsheets.batchUpdate", drop="after"))
    set_up(at_office.store(), empty_content())
    at_office.service.mishaps.append(Mishap("spreadsheets.batchUpdate", drop="before"))
    empty(at_office)
    with pytest.raises(RegisterUnavailable):
        set_up(at_office.store(), empty_content())
