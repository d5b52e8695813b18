"""Finding sheets by name and columns by heading, wherever they stand."""

from __future__ import annotations

import pytest

from tests.books import HARI_LIBUR, LANGKAH, PEGAWAI, codes, office, places, read, snapshot, table
from tracker.register.headings import find_headings, find_sheets
from tracker.register.reader import read_register
from tracker.register.schema import sheet
from tracker.register.store import Grid, RawValue

EVENT = "K-1 | 1 | Rahma Aulia | @2026-08-03 09:00 | @2026-08-03 09:08"


@pytest.mark.parametrize(
    ("names", "key", "found"),
    [
        (["Riwayat"], "events", "Riwayat"),
        ([" RIWAYAT "], "events", " RIWAYAT "),
        (["Rіwayat"], "events", "Rіwayat"),  # a Cyrillic і
        (["Riwayat."], "events", "Riwayat."),
        (["Log"], "events", "Log"),
        (["Log", "riwayat"], "events", "riwayat"),
        (["riwayat.", "Riwayat"], "events", "Riwayat"),
        (["Log lama"], "events", None),
    ],
)
def test_sheets_are_found_by_name(names: list[str], key: str, found: str | None) -> None:
    assert find_sheets(names).get(key) == found


def test_panduan_is_never_read() -> None:
    assert find_sheets(["Panduan"]) == {}


@pytest.mark.parametrize(
    "heading",
    ["Mulai", "MULAI", " mulai ", "Mulai:", "Mulаi", "Mulai\u00a0", "Mulai (tgl)", "Tgl Mulai", "Mulai Tgl."],
)
def test_a_heading_is_found_however_it_is_written(heading: str) -> None:
    found = find_headings(sheet("events"), Grid("Riwayat", [["ID", "Langkah", heading, "Selesai"]]))
    assert found.columns["start"] == 2


def test_a_synonym_is_said() -> None:
    register = read(f"ID | Langkah | Pelaksana | Tgl Mulai | Selesai\n{EVENT}")
    assert places(register, "S503") == ["Riwayat!D1"]
    assert register.is_writable
    assert len(register.events) == 1


def test_an_exact_heading_wins_over_a_synonym() -> None:
    register = read(f"ID | Langkah | Petugas | Mulai | Selesai | Pelaksana\n{EVENT} | Siti Aminah")
    assert codes(register) == []
    assert register.events.performer.tolist() == ["Siti Aminah"]


def test_two_synonyms_of_one_column_are_as_doubtful_as_two_headings() -> None:
    register = read(f"ID | Langkah | Pelaksana | Jam Mulai | Selesai | Tgl Mulai\n{EVENT} | 3/8/2026")
    assert places(register, "S504") == ["Riwayat!D1"]
    assert register.is_writable  # Mulai is not required


def test_two_columns_with_one_heading_are_not_read() -> None:
    register = read(f"ID | Langkah | Pelaksana | Mulai | Selesai | Selesai\n{EVENT} | @2026-08-03 09:09")
    assert places(register, "S504") == ["Riwayat!E1"]
    assert not register.is_writable
    assert register.events.finish_state.tolist() == [0]


def test_a_letterhead_may_stand_above_the_headings() -> None:
    text = f"KPU Kota Banjarbaru\nRiwayat | langkah\nID | Langkah | Pelaksana | Mulai | Selesai\n{EVENT}"
    register = read(text, register="ID | Judul\nK-1 | a")
    assert codes(register) == []
    assert register.events.row.tolist() == [4]


GROUPED = [
    ["ID", "Langkah", "Waktu", None, "Catatan"],
    [None, None, "Mulai", "Selesai", None],
    ["K-1", 1, "3/8/2026 09.00", "3/8/2026 09.08", None],
]


def test_the_parts_of_a_merged_heading_may_stand_below_it() -> None:
    merged = Grid("Riwayat", GROUPED, merges=((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4)))
    found = find_headings(sheet("events"), merged)
    assert (found.row, found.columns["start"], found.columns["finish"], found.columns["note"]) == (1, 2, 3, 4)
    assert found.is_sound


@pytest.mark.parametrize(
    "below",
    [["K-1", None, "Mulai", "Selesai"], [None, None, "Mulai", "besok"], [None, 1, "Mulai", "Selesai"]],
)
def test_a_record_below_a_merged_heading_is_no_heading(below: list[RawValue]) -> None:
    merged = Grid("Riwayat", [GROUPED[0], below], merges=((0, 2, 0, 3),))
    assert find_headings(sheet("events"), merged).row == 0


def test_without_a_merge_the_second_row_is_a_record() -> None:
    assert find_headings(sheet("events"), Grid("Riwayat", GROUPED)).row == 0


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Tanggal Mulai", "start"), ("Tgl. & Jam Mulai", "start"), ("Tgl/Jam Selesai", "finish"),
        ("Tanggal Selesai", "finish"),
        ("Nama Pelaksana", "performer"), ("Hasil (Ya/Tidak)", "outcome"), ("Bukti Dukung", "evidence"),
        ("Catatan/Alasan", "note"), ("Langkah ke-", "step"), ("No. Langkah", "step"), ("ID Konten:", "id"),
    ],
)  # fmt: skip
def test_headings_as_offices_write_them(heading: str, key: str) -> None:
    grid = Grid(
        "Riwayat", [["ID" if key != "id" else "Entah", "Langkah" if key != "step" else "Entah", heading]]
    )
    assert find_headings(sheet("events"), grid).columns.get(key) == 2


def test_headings_are_looked_for_in_fifteen_rows() -> None:
    above: list[list[RawValue]] = [[None]] * 15
    sheets = office(f"ID | Langkah | Pelaksana | Mulai | Selesai\n{EVENT}")
    sheets["Riwayat"] = [*above[:14], *sheets["Riwayat"]]
    assert len(read_register(snapshot(sheets)).events) == 1
    sheets["Riwayat"] = [*above[:1], *sheets["Riwayat"]]
    register = read_register(snapshot(sheets))
    assert [found.place.column for found in register.findings if found.code == "S502"] == [
        "ID",
        "Langkah",
        "Selesai",
    ]


def test_unknown_columns_and_any_order_are_accepted() -> None:
    register = read("Paraf | Selesai | Langkah | Nomor Agenda | ID\nx | @2026-08-03 09:08 | 1 | 77 | K-1")
    assert codes(register) == []
    assert register.events.id.tolist() == ["K-1"]


def test_a_missing_required_column_offers_the_nearest() -> None:
    register = read(f"ID | Lankah | Pelaksana | Mulai | Selesai\n{EVENT}")
    (found,) = [found for found in register.findings if found.code == "S502"]
    assert (found.place.sheet, found.place.column) == ("Riwayat", "Langkah")
    assert "Lankah" in found.message
    assert not register.is_writable


def test_the_heading_of_selesai_may_not_be_missing() -> None:
    register = read("ID | Langkah | Rampung\nK-1 | 1 | @2026-08-03 09:08")
    assert [found.place.column for found in register.findings] == ["Selesai"]
    assert not register.is_writable


def test_a_missing_sheet_offers_the_nearest() -> None:
    sheets = office(f"ID | Langkah | Pelaksana | Mulai | Selesai\n{EVENT}")
    sheets["Riwayad"] = sheets.pop("Riwayat")
    register = read_register(snapshot(sheets))
    (found,) = [found for found in register.findings if found.code == "S501"]
    assert found.place.sheet == "Riwayat"
    assert "Riwayad" in found.message
    assert not register.is_writable
    assert len(register.items) == 1


@pytest.mark.parametrize("missing", ["sop", "steps", "people", "hours"])
def test_required_sheets(missing: str) -> None:
    sheets = office()
    del sheets[sheet(missing).name]
    register = read_register(snapshot(sheets))
    assert "S501" in codes(register)
    assert not register.is_writable


def test_hari_libur_daftar_and_arsip_may_be_missing() -> None:
    register = read(holidays=None)
    assert codes(register) == []
    assert register.is_writable


def test_an_empty_book_and_an_empty_sheet_are_only_findings() -> None:
    nothing = read_register(snapshot({}))
    assert codes(nothing).count("S501") == 6
    sheets = office() | {"Riwayat": []}
    register = read_register(snapshot(sheets))
    assert {found.code for found in register.findings} == {"S502"}


def test_colliding_synonyms_in_the_real_sheets_find_every_column() -> None:
    for key, text in (("steps", LANGKAH), ("people", PEGAWAI), ("holidays", HARI_LIBUR)):
        found = find_headings(sheet(key), Grid(key, table(text)))
        assert list(found.columns.values()) == sorted(found.columns.values())
        assert found.findings == ()
