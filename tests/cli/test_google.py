"""Commands on a Google spreadsheet: what they say, what they leave behind, and the same fingerprint as a workbook."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.doors import call
from tests.register.google.office import ADDRESS, ID, Office, office
from tests.register.google.registers import register
from tests.register.google.spreadsheets import Spreadsheet, Tab
from tracker.desk import new_register, open_desk
from tracker.register.fingerprint import fingerprint
from tracker.register.google.credentials import VARIABLE, access
from tracker.register.home import HOME, settings_file
from tracker.register.schema import ARSIP

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
