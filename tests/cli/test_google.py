"""Commands on a Google spreadsheet: what they say, what they leave behind, and the same fingerprint as a workbook."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.cli.doors import call
from tests.register.google.office import ADDRESS, ID, Office, office
from tests.register.google.registers import MONDAY, register
from tests.register.google.spreadsheets import Spreadsheet, Tab
from tracker.desk import new_register, open_desk
from tracker.register.fingerprint import fingerprint
from tracker.register.google.credentials import VARIABLE, access
from tracker.register.home import HOME, settings_file
from tracker.register.schema import ARSIP, REGISTER, Sheet

TARGET = f"gsheet:{ID}"
NOW = "2026-08-03T11:00"


@pytest.fixture
def google(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    with office(tmp_path, monkeypatch) as made:
        monkeypatch.setenv(VARIABLE, str(made.key))
        book = register(made)
        book.tab("Arsip").cells[0] = [one.heading for one in ARSIP.typed]
        yield made


def states(*args: object) -> dict[str, tuple[str, str]]:
    """What `doctor` says of everything that concerns the register."""
    checks = call("doctor", *args, "--json").json["checks"]
    names = (
        "Akun Google",
        "Spreadsheet",
        "Spreadsheet dapat ditulis",
        "Register terbaca",
        "Susunan register",
    )
    return {one["name"]: (one["state"], one["detail"]) for one in checks if one["name"] in names}


def test_doctor_names_the_account_the_setting_and_the_spreadsheet(google: Office) -> None:
    before = [tab.typed() for tab in google.book.tabs]
    said = states(TARGET)
    assert said["Akun Google"] == ("baik", f"{ADDRESS}; kunci dari {VARIABLE}")
    assert said["Spreadsheet"][0] == "baik"
    assert said["Spreadsheet"][1].startswith("Register JDIH; locale ")
    assert said["Spreadsheet dapat ditulis"] == ("baik", "ya")
    assert said["Register terbaca"] == ("baik", "2 baris Register, 4 baris Riwayat")
    assert [tab.typed() for tab in google.book.tabs] == before


def test_doctor_says_that_the_account_may_only_read(google: Office) -> None:
    google.service.access = "reader"
    state, detail = states(TARGET)["Spreadsheet dapat ditulis"]
    assert state == "masalah"
    assert ADDRESS in detail


@pytest.mark.parametrize("command", ["doctor", "check", "dashboard"])
def test_without_a_key_it_is_said_how_to_name_one(
    google: Office, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.delenv(VARIABLE)
    ended = call(command, TARGET)
    assert ended.code == 4
    assert "Belum ada akun layanan Google" in ended.out + ended.err
    assert google.service.calls == []


def test_the_key_may_be_named_in_the_settings(google: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)
    settings_file().parent.mkdir()
    settings_file().write_text(f"# kantor\n[google]\nkunci = {json.dumps(str(google.key))}\n", "utf-8")
    assert call("check", TARGET, "--now", NOW).code in (0, 1)
    assert access().origin == str(settings_file())


@pytest.mark.parametrize("text", ["[google", "google = 3", "[google]\nkunci = 3\n"])
def test_settings_that_name_nothing_are_said_or_passed_over(
    google: Office, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.delenv(VARIABLE)
    settings_file().parent.mkdir()
    settings_file().write_text(text, "utf-8")
    ended = call("check", TARGET)
    assert ended.code == 4
    assert "setelan.toml" in ended.err


def test_a_report_is_numbered_in_arsip_and_its_copy_goes_where_the_settings_say(
    google: Office, tmp_path: Path
) -> None:
    pdf, archive = tmp_path / "a.pdf", tmp_path / "arsip-kantor"
    first = call("report", "monthly", TARGET, "--period", "2026-08", "--now", NOW, "-o", pdf)
    assert (first.code, pdf.read_bytes()[:5]) == (0, b"%PDF-")
    assert "tidak mempunyai map arsip" in first.err
    settings_file().parent.mkdir(exist_ok=True)
    settings_file().write_text(f"[google]\narsip = {json.dumps(str(archive))}\n", "utf-8")
    again = call("report", "monthly", TARGET, "--period", "2026-08", "--now", NOW, "-o", tmp_path / "b.pdf")
    assert again.code == 0
    assert "map arsip" not in again.err
    assert [one.name for one in archive.rglob("*.pdf")] == ["kepatuhan-bulanan-2026-08.pdf"]
    numbers = [row[0] for row in google.book.tab("Arsip").typed()[1:]]
    assert len(numbers) == 2 and len(set(numbers)) == 1  # a reprint of unchanged content keeps its number


def test_the_same_content_has_the_same_fingerprint_in_a_workbook_and_a_spreadsheet(
    google: Office, tmp_path: Path
) -> None:
    now, path = datetime(2026, 8, 3, 10, 40), tmp_path / "contoh.xlsx"
    new_register(path, now=now, demo=True)
    google.service.books[ID] = Spreadsheet(ID, [Tab("Sheet1", [], 0)])
    new_register(TARGET, now=now, demo=True)
    assert fingerprint(open_desk(TARGET).read().snapshot) == fingerprint(open_desk(path).read().snapshot)


KINDS = {
    "sop": "SOP",
    "card": "Kartu Kendali",
    "monthly": "Laporan Bulanan",
    "semester": "Pemantauan Semester",
}
PERIODS = {"monthly": "2026-07", "semester": "2026-S2"}


@pytest.fixture
def laid(google: Office) -> Office:
    """The spreadsheet as `init --demo` lays it out; the demonstration ends at `NOW`."""
    google.service.books[ID] = Spreadsheet(ID, [Tab("Sheet1", [], 0)])
    assert call("init", TARGET, "--demo", "--now", NOW).code == 0
    return google


def table(office: Office, sheet: Sheet) -> tuple[list[list[Any]], list[Any]]:
    """The rows below the headings of a tab, cells padded to their number, and the headings."""
    rows = office.book.tab(sheet.name).typed()
    at = next(at for at, row in enumerate(rows) if set(row) >= {one.heading for one in sheet.typed[:2]})
    return [row + [""] * (len(rows[at]) - len(row)) for row in rows[at + 1 :]], rows[at]


def printed(office: Office) -> list[dict[str, Any]]:
    """The rows of Arsip by heading."""
    rows, headings = table(office, ARSIP)
    return [dict(zip(headings, row, strict=True)) for row in rows if any(row)]


def archived_in(folder: Path) -> None:
    settings_file().parent.mkdir(exist_ok=True)
    settings_file().write_text(f"[google]\narsip = {json.dumps(str(folder))}\n", "utf-8")


def change_a_title(office: Office) -> None:
    """What a colleague does in the browser: one cell of Register gets another text."""
    tab, heading = office.book.tab("Register"), REGISTER.column("title").heading
    row = next(at for at, cells in enumerate(tab.cells) if heading in cells)
    tab.put(row + 1, tab.cells[row].index(heading), "Judul yang diganti di peramban")


def verified(pdf: Path) -> tuple[object, ...]:
    ended = call("verify", pdf, TARGET, "--json")
    return ended.code, *(ended.json[one] for one in ("document", "register", "filed"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_paper_is_made_numbered_filed_kept_and_verified(
    laid: Office, tmp_path: Path, kind: str
) -> None:
    id_ = table(laid, REGISTER)[0][0][0]
    words = {"sop": (), "card": (id_,)}.get(kind) or (("--period", PERIODS[kind]) if kind in PERIODS else ())
    command, pdf, again = (
        ("report", kind, TARGET, *words, "--now", NOW),
        tmp_path / "a.pdf",
        tmp_path / "b.pdf",
    )
    first = call(*command, "-o", pdf)
    assert (first.code, first.out) == (0, f"{pdf}\n"), first.err
    assert "tidak mempunyai map arsip" in first.err
    archived_in(tmp_path / "arsip-kantor")
    second = call(*command, "-o", again)
    assert (second.code, "map arsip" in second.err) == (0, False), second.err
    (copy,) = (tmp_path / "arsip-kantor" / ID).rglob("*.pdf")
    assert (copy.parent.name, copy.read_bytes()) == ("2026", again.read_bytes())

    rows = printed(laid)
    assert [one["Jenis"] for one in rows] == [KINDS[kind]] * 2
    assert [one["Periode"] for one in rows] == [{"card": id_}.get(kind, PERIODS.get(kind, ""))] * 2
    assert rows[0]["Nomor"] == rows[1]["Nomor"] != ""  # a reprint of unchanged content keeps its number
    assert [one["Dicetak"] for one in rows] == [pytest.approx(MONDAY + 11 / 24)] * 2
    assert [one["Berkas"] for one in rows] == ["", copy.name]
    assert {one["Sidik Register"] for one in rows} == {fingerprint(open_desk(TARGET).read().snapshot)}
    assert [one["Sidik Dokumen"] for one in rows] == [
        sha256(one.read_bytes()).hexdigest() for one in (pdf, again)
    ]

    laid.service.calls.clear()
    assert verified(pdf) == verified(again) == (0, "same", "same", "same")
    assert not [name for name in laid.service.calls if "pdate" in name or "append" in name]
    change_a_title(laid)
    assert verified(pdf) == (1, "same", "differs", "same")
    assert len(printed(laid)) == 2


def test_cards_of_all_items_are_filed_together(laid: Office, tmp_path: Path) -> None:
    register(laid)
    laid.book.tab("Arsip").cells[0] = [one.heading for one in ARSIP.typed]
    ended = call("report", "card", TARGET, "--all", "-o", tmp_path / "kartu", "--now", NOW)
    assert ended.code == 0, ended.err
    assert [one["Periode"] for one in printed(laid)] == ["K-1", "K-2"]
    assert all(verified(one)[0] == 0 for one in (tmp_path / "kartu").glob("*.pdf"))


def test_without_an_archive_nothing_is_written_to_the_spreadsheet(laid: Office, tmp_path: Path) -> None:
    pdf = tmp_path / "sop.pdf"
    laid.service.calls.clear()
    assert call("report", "sop", TARGET, "-o", pdf, "--no-archive", "--now", NOW).code == 0
    assert not [name for name in laid.service.calls if "pdate" in name or "append" in name]
    assert verified(pdf) == (0, "same", "same", "unknown")


def test_a_code_typed_off_a_paper_is_compared_with_the_spreadsheet(laid: Office) -> None:
    code = fingerprint(open_desk(TARGET).read().snapshot)[:8]
    assert call("verify", TARGET, "--code", code).code == 0
    change_a_title(laid)
    assert call("verify", TARGET, "--code", code).code == 1


@pytest.mark.parametrize("more", [(), ("1",), ("--keep",)])
def test_versions_of_a_spreadsheet_are_kept_by_google(google: Office, more: tuple[str, ...]) -> None:
    ended = call("restore", TARGET, *more)
    assert (ended.code, ended.out) == (2, "")
    assert "Histori versi" in ended.err
    assert google.service.calls == []


@pytest.mark.parametrize(
    "words", [("explain", TARGET), ("template", "-o", TARGET), ("template", TARGET)], ids=" ".join
)
def test_commands_without_a_register_refuse_a_spreadsheet(
    google: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = call(*words)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.strip() and "Galat tak terduga" not in ended.err
    assert google.service.calls == []
    assert not list(tmp_path.glob("gsheet*"))


def test_status_costs_two_reads(google: Office) -> None:
    assert call("status", TARGET, "--now", NOW).code == 0
    assert google.service.calls == ["token", "spreadsheets.get", "values.batchGet"]
