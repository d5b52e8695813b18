"""The fifteen mistakes of tests/data/kesalahan-lembar.csv, each in a real .xlsx: what is said, at which cell.

`expected` holds every finding of the book on which the mistake stands: code, severity and place.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from tests.books import JAM_KERJA, LANGKAH, PEGAWAI, office, workbook
from tests.cli.doors import call
from tracker.desk import Desk, RecordEvent, open_desk
from tracker.errors import ChangeRefused, RegisterReadOnly
from tracker.register.excel.reading import read_snapshot
from tracker.register.moments import minutes_of
from tracker.register.reader import read_register
from tracker.sop.evaluation import evaluate
from tracker.sop.verdicts import Evaluation, Verdict

MISTAKES = Path(__file__).parents[1] / "data" / "kesalahan-lembar.csv"
NOW = datetime(2026, 8, 20, 10, 0)
WORDS = {"galat": "galat", "peringatan": "peringatan", "perbaiki": "catatan"}
"""The column Tingkat in the words of severities; `terima` is no finding at all."""

HEAD = "ID | Langkah | Pelaksana | Mulai | Selesai | Hasil | Bukti | Catatan"
FIRST = "K-1 | 1 | Rahma Aulia  | @2026-08-03 09:00 | @2026-08-03 09:08 | | |"
SECOND = "K-1 | 2 | Budi Santoso | @2026-08-03 09:10 | @2026-08-04 09:00 | | |"
THIRD = "K-1 | 3 | Siti Aminah  | @2026-08-04 09:05 | @2026-08-04 09:30 | | |"
FOURTH = "K-1 | 4 | Budi Santoso | @2026-08-04 09:30 | @2026-08-04 09:50 | Ya | |"
FIFTH = "K-1 | 5 | Rahma Aulia  | @2026-08-04 09:50 | @2026-08-04 09:58 | Ya | |"
SIXTH = "K-1 | 6 | Siti Aminah  | @2026-08-04 10:00 | @2026-08-04 10:10 | | |"


def riwayat(*rows: str, head: str = HEAD) -> str:
    return "\n".join((head, *rows))


@dataclass(frozen=True)
class Mistake:
    """One book with one mistake in it (a mistake of the list may need several)."""

    number: int
    name: str
    events: str
    expected: set[tuple[str, str, str]] = field(default_factory=set)
    register: str | None = None
    steps: str = LANGKAH
    people: str = PEGAWAI
    hours: str = JAM_KERJA


BOOKS = (
    Mistake(1, "a time with a dot", riwayat(FIRST.replace("@2026-08-03 09:08", "3/8/2026 09.08")),
            {("D405", "catatan", "Riwayat!E2")}),
    Mistake(1, "a time with a dot in Jam Kerja", riwayat(FIRST), hours=JAM_KERJA.replace("@12:00", "12.00")),
    Mistake(1, "text that lost its date", riwayat(FIRST.replace("@2026-08-03 09:08", "12.30")),
            {("D404", "galat", "Riwayat!E2")}),
    Mistake(1, "a number that was a time", riwayat(FIRST.replace("@2026-08-03 09:08", "12.3")),
            {("D404", "galat", "Riwayat!E2")}),
    Mistake(2, "a short date", riwayat(FIRST.replace("@2026-08-03 09:08", "03/08/26 09.08")),
            {("D405", "catatan", "Riwayat!E2")}),
    Mistake(2, "a true date with day and month swapped", riwayat(
        FIRST, SECOND.replace("@2026-08-04 09:00", "@2026-04-08 09:00"), THIRD),
            {("D406", "peringatan", "Riwayat!E3"), ("W203", "galat", "Riwayat!E3"), ("U104", "galat", "Riwayat!B3")}),
    Mistake(3, "an Indonesian date", riwayat(
        FIRST.replace("@2026-08-03 09:08", "Senin, 3 Agustus 2026 pukul 09.08 WITA")),
            {("D405", "catatan", "Riwayat!E2")}),
    Mistake(3, "a wrong weekday", riwayat(
        FIRST.replace("@2026-08-03 09:08", "Selasa, 3 Agustus 2026 pukul 09.08 WITA")),
            {("D404", "galat", "Riwayat!E2")}),
    Mistake(3, "another zone", riwayat(FIRST.replace("@2026-08-03 09:08", "3 Agustus 2026 pukul 08.08 WIB")),
            {("D414", "peringatan", "Riwayat!E2")}),
    *(Mistake(4, written, riwayat(FIRST), {("D405", "catatan", "Langkah!E4")}, steps=LANGKAH.replace(
        "30 | Menit | Draft sunting ", f"{written} | | Draft sunting ", 1))
      for written in ("30 mnt", "1/2 jam", "1 hr")),
    Mistake(5, "spaces, synonyms and Cyrillic", riwayat(
        FIRST, SECOND.replace("Budi Santoso", "' Budi\u00a0Santoso  "), THIRD,
        FOURTH.replace("Ya", "'setuju "), FIFTH.replace("Ya", "уа").replace("K-1", "К-1")),
            {("D405", "catatan", place) for place in ("Riwayat!C3", "Riwayat!F5", "Riwayat!F6", "Riwayat!A6")},
            register="ID | Judul\nK-1 | a"),
    Mistake(6, "one ID twice", riwayat(FIRST), {("D401", "galat", "Register!A2")},
            register="ID | Judul\nK-1 | a\nK-2 | b\nK-1 | c"),
    Mistake(7, "copied rows", riwayat(FIRST, SECOND, FIRST.replace("K-1", "K-2"), SECOND.replace("K-1", "K-2")),
            {("W206", "catatan", "Riwayat!E4")}),
    Mistake(9, "a column in between", riwayat(
        "K-1 | 1 | Rahma Aulia | paraf | @2026-08-03 09:00 | @2026-08-03 09:08",
        head="ID | Langkah | Pelaksana | Paraf | Mulai | Selesai")),
    Mistake(10, "a heading renamed", riwayat(FIRST, head=HEAD.replace("Mulai", "Mulai Tgl.")),
            {("S503", "catatan", "Riwayat!D1")}),
    Mistake(10, "a required heading lost", riwayat(FIRST, head=HEAD.replace("Langkah", "Lankah")),
            {("S502", "galat", "Riwayat!None")}),
    Mistake(11, "a step left out", riwayat(FIRST, SECOND, THIRD, FIFTH), {("U101", "galat", "Riwayat!B5")}),
    Mistake(12, "finished before begun", riwayat(
        FIRST.replace("09:00", "10:15").replace("09:08", "09:50")), {("W203", "galat", "Riwayat!E2")}),
    Mistake(12, "begun before the step before it was finished", riwayat(
        FIRST, SECOND, THIRD.replace("09:05", "08:50").replace("09:30", "09:15")),
            {("U106", "galat", "Riwayat!D4")}),
    Mistake(13, "approved by the wrong role", riwayat(
        FIRST, SECOND, THIRD, FOURTH, FIFTH.replace("Rahma Aulia", "Siti Aminah")),
            {("P301", "galat", "Riwayat!C6"), ("P304", "peringatan", "Riwayat!C6")}),
    Mistake(13, "approved by an acting official", riwayat(
        FIRST, SECOND, THIRD, FOURTH, FIFTH.replace("Rahma Aulia", "Tono Wibowo")), people=PEGAWAI
        + "Tono Wibowo | | Kasubbag Hukum dan SDM | Plh. | @2026-08-04 | @2026-08-04"),
    Mistake(14, "on a holiday, in the evening", riwayat(
        FIRST, SECOND, THIRD, FOURTH, FIFTH,
        SIXTH.replace("@2026-08-04 10:00", "@2026-08-17 20:05").replace("@2026-08-04 10:10", "@2026-08-17 20:10")),
            {("W204", "catatan", "Riwayat!D7"), ("W204", "catatan", "Riwayat!E7")},
            register="ID | Judul | Tautan\nK-1 | a | https://www.instagram.com/p/CxYz12"),
    Mistake(15, "Tidak without a reason", riwayat(FIRST, SECOND, THIRD, FOURTH.replace("Ya", "Tidak")),
            {("D410", "peringatan", "Riwayat!H5")}),
    Mistake(15, "a profile instead of a post", riwayat(FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH),
            {("D411", "peringatan", "Register!C2")},
            register="ID | Judul | Tautan\nK-1 | a | https://www.instagram.com/jdih_kpu"),
    Mistake(15, "no link at all", riwayat(FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH),
            {("D411", "peringatan", "Register!C2")}, register="ID | Judul | Tautan\nK-1 | a |"),
)  # fmt: skip


def book(mistake: Mistake) -> bytes:
    sheets = office(
        mistake.events, mistake.register, steps=mistake.steps, people=mistake.people, hours=mistake.hours
    )
    return workbook(sheets)


def judged(data: bytes) -> Evaluation:
    return evaluate(read_register(read_snapshot(data)), minutes_of(NOW))


def ignored(code: str) -> bool:
    """Findings that say nothing about a cell: what runs late while the stories stand still, and S601."""
    return code in {"S601", "W202", "W210"}


@pytest.mark.parametrize("mistake", BOOKS, ids=lambda one: f"{one.number} {one.name}")
def test_each_mistake_is_met_as_the_list_says(mistake: Mistake) -> None:
    found = judged(book(mistake)).findings
    assert {
        (one.code, one.severity.value, f"{one.place.sheet}!{one.place.cell}")
        for one in found
        if not ignored(one.code)
    } == mistake.expected
    assert all(one.message and one.remedy for one in found)
    assert all(one.raw is not None for one in found if one.place.cell and one.code != "W204")


def test_every_mistake_of_the_list_has_its_test_and_its_level() -> None:
    """8 (merged cells) has a test of its own below; where the rules set another severity, they win."""
    with MISTAKES.open(encoding="utf-8", newline="") as file:
        levels = {int(row["No"]): row["Tingkat"] for row in csv.DictReader(file)}
    said: dict[int, set[str]] = {number: set() for number in levels}
    for one in BOOKS:
        said[one.number] |= {severity for _, severity, _ in one.expected}
    assert sorted(levels) == list(range(1, 16))
    by_the_rules = {7: "catatan", 14: "catatan", 15: "peringatan"}  # W206, W204; D410 and D411 in rules.md
    for number, level in levels.items():
        wanted = by_the_rules.get(number, WORDS.get(level))
        assert number == 8 or wanted is None or wanted in said[number], number


def test_8_merged_cells_are_filled_down_for_reading_only(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "gabung.xlsx"
    path.write_bytes(workbook(office(riwayat(FIRST, SECOND, THIRD))))
    loaded = load_workbook(path)
    loaded["Riwayat"].merge_cells("A2:A4")
    loaded.save(path)
    before = path.read_bytes()
    register = open_desk(path).read().register
    assert register.events.id.tolist() == ["K-1"] * 3
    assert register.findings == ()
    assert path.read_bytes() == before


def test_1_the_question_names_both_readings() -> None:
    (asked,) = (one for one in judged(book(BOOKS[3])).findings if one.code == "D404")
    assert asked.raw == "12.3"
    assert "12.03" in asked.message
    assert "12.30" in asked.message


def test_2_the_warning_names_both_readings() -> None:
    (asked,) = (one for one in judged(book(BOOKS[5])).findings if one.code == "D406")
    assert "4/2026" in asked.message
    assert "8/2026" in asked.message


def desk_of(mistake: Mistake, folder: Path) -> Desk:
    path = folder / "buku.xlsx"
    path.write_bytes(book(mistake))
    return open_desk(path)


NEXT = RecordEvent(id="K-1", step=2, by="Budi Santoso", start="3/8/2026 09.10")


def named(name: str) -> Mistake:
    return next(one for one in BOOKS if one.name == name)


def test_6_nothing_is_written_for_an_id_that_stands_twice(tmp_path: Path) -> None:
    desk = desk_of(named("one ID twice"), tmp_path)
    (found,) = (one for one in desk.evaluate(NOW).findings if one.code == "D401")
    assert "A2" in found.message
    assert "A4" in found.message
    with pytest.raises(ChangeRefused):
        desk.record(NEXT, now=NOW)


def test_9_a_foreign_column_keeps_what_is_in_it(tmp_path: Path) -> None:
    desk = desk_of(named("a column in between"), tmp_path)
    desk.record(NEXT, now=NOW)
    grid = desk.read().snapshot.grid("Riwayat")
    assert grid is not None
    assert [row[3] for row in grid.rows[:3]] == ["Paraf", "paraf", ""]


def test_10_without_a_required_heading_nothing_is_written(tmp_path: Path) -> None:
    desk = desk_of(named("a required heading lost"), tmp_path)
    (found,) = (one for one in desk.evaluate(NOW).findings if one.code == "S502")
    assert "Lankah" in found.message
    with pytest.raises(RegisterReadOnly):
        desk.record(NEXT, now=NOW)


def test_11_an_item_with_a_step_left_out_is_not_compliant(tmp_path: Path) -> None:
    path = tmp_path / "buku.xlsx"
    path.write_bytes(workbook(office(riwayat(FIRST, SECOND, THIRD, FIFTH, SIXTH))))
    (item,) = call("status", path, "K-1", "--json", "--now", NOW.isoformat()).json["items"]
    assert item["compliant"] is False


@pytest.mark.parametrize("name", ["finished before begun", "a true date with day and month swapped"])
def test_12_no_duration_is_made_up(name: str) -> None:
    events = judged(book(named(name))).events
    unjudged = [index for index, verdict in enumerate(events.verdict) if verdict == Verdict.UNJUDGED]
    assert unjudged
    assert all(events.elapsed[index] < 0 for index in unjudged)  # NONE


def test_14_no_working_minutes_on_a_holiday() -> None:
    evaluation = judged(book(named("on a holiday, in the evening")))
    assert int(evaluation.events.elapsed[-1]) == 0
