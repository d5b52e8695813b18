"""Grids → Register: which rows are records, what each cell says, and a finding for whatever is odd.

Every test shows the sheet it reads; assertions are on values, codes and places, never on sentences.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pytest

from tests.books import LANGKAH, PEGAWAI, codes, office, places, read, snapshot
from tracker.register.moments import minutes_of
from tracker.register.reader import read_register
from tracker.sop.model import (
    BLANK_STEP,
    END,
    NO_STEP,
    UNKNOWN_STEP,
    UNKNOWN_TARGET,
    Outcome,
    Settings,
    Standard,
    State,
    Unit,
)


def at(text: str) -> int:
    return minutes_of(datetime.fromisoformat(text))


def day(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


# ---------------------------------------------------------------- a clean book


def test_a_clean_book_has_no_findings() -> None:
    register = read("""
        ID  | Langkah | Pelaksana    | Mulai             | Selesai           | Hasil | Catatan
        K-1 | 1       | Rahma Aulia  | @2026-08-03 09:00 | @2026-08-03 09:08 |       |
        K-1 | 2       | Budi Santoso | @2026-08-03 09:10 |                   |       |
        K-2 | 4       | Budi Santoso | @2026-08-04 09:10 | @2026-08-04 09:30 | Tidak | salah judul
    """)
    assert codes(register) == []
    assert register.is_writable
    assert register.rows_read["Riwayat"] == 3
    assert register.rows_read["Register"] == 2
    events = register.events
    assert events.row.tolist() == [2, 3, 4]
    assert events.item.tolist() == [0, 0, 1]
    assert events.step.tolist() == [0, 1, 3]
    assert events.start.tolist() == [at("2026-08-03 09:00"), at("2026-08-03 09:10"), at("2026-08-04 09:10")]
    assert events.finish_state.tolist() == [State.OK, State.BLANK, State.OK]
    assert events.outcome.tolist() == [Outcome.BLANK, Outcome.BLANK, Outcome.NO]
    assert events.note.tolist() == ["", "", "salah judul"]
    assert events.start.dtype == np.int64
    assert events.start_state.dtype == np.int8


def test_register_columns() -> None:
    register = read(
        register="""
        ID  | Judul        | Kanal     | Jenis | Target Tayang | Tautan      | Dibagikan         | Catatan | Dibatalkan
        K-1 | Hari Kartini | Instagram | Reels | @2026-04-21   | https://a/b | @2026-04-21 10:00 | x       |
        12  | Pemilih muda |           |       | 5 Mei 2026    |             |                   |         | @2026-05-01
    """
    )
    items = register.items
    assert items.id.tolist() == ["K-1", "12"]
    assert items.target_on.tolist() == [day("2026-04-21"), day("2026-05-05")]
    assert items.target_state.tolist() == [State.OK, State.REPAIRED]
    assert items.shared_at[0] == at("2026-04-21 10:00")
    assert items.cancelled_state.tolist() == [State.BLANK, State.OK]
    assert places(register, "D405") == ["Register!E3"]


# ---------------------------------------------------------------- which rows are records


def test_empty_rows_between_records_are_skipped() -> None:
    sheets = office("ID | Langkah | Selesai\nK-1 | 1 | @2026-08-03 09:08\nK-1 | 2 |")
    sheets["Riwayat"].insert(2, [None, "", "  "])
    sheets["Riwayat"].insert(2, [])
    assert read_register(snapshot(sheets)).events.row.tolist() == [2, 5]


def test_ready_rows_with_formulas_only_are_empty() -> None:
    register = read("""
        ID  | Judul      | Langkah | Selesai           | Tenggat
        K-1 | =x -> Juni | 1       | @2026-08-03 09:08 | =x -> 3
        =A2 | =x -> Juni |         |                   | =x -> 3
            | =x -> Juni |         |                   | =x -> 3
    """)
    assert len(register.events) == 1
    assert codes(register) == []


def test_a_formula_in_a_typed_column_counts_by_its_cached_value() -> None:
    register = read("""
        ID          | Langkah | Selesai
        K-1         | 1       | @2026-08-03 09:08
        =A2 -> K-1  | 2       | =C2+1 -> @2026-08-04 09:08
    """)
    assert register.events.id.tolist() == ["K-1", "K-1"]
    assert register.events.finish[1] == at("2026-08-04 09:08")


def test_content_in_a_column_that_is_not_ours_makes_no_record() -> None:
    assert len(read("ID | Langkah | Selesai | Paraf\nK-1 | 1 | @2026-08-03 09:08 |\n | | | x").events) == 1


def test_merged_ids_are_filled_down_but_make_no_rows() -> None:
    """kesalahan-lembar 8: the ID is merged over A2:A5, the last of these rows is otherwise empty."""
    sheets = office("""
        ID  | Langkah | Selesai
        K-1 | 1       | @2026-08-03 09:08
            | 2       | @2026-08-04 09:08
            | 3       |
            |         |
    """)
    register = read_register(snapshot(sheets, merges={"Riwayat": [(1, 0, 4, 0)]}))
    assert register.events.id.tolist() == ["K-1", "K-1", "K-1"]
    assert codes(register) == []


def test_merges_elsewhere_are_none_of_our_business() -> None:
    sheets = office("ID | Langkah | Selesai\nK-1 | 1 | @2026-08-03 09:08")
    merges = [(0, 0, 0, 2), (1, 9, 3, 9), (50, 0, 60, 0), (1, 0, 1_048_575, 0)]
    assert len(read_register(snapshot(sheets, merges={"Riwayat": merges})).events) == 1


def test_ragged_rows_are_read_as_if_padded() -> None:
    sheets = office("ID | Langkah | Selesai | Catatan\nK-1 | 1")
    sheets["Riwayat"][1] = ["K-1", 1]
    assert read_register(snapshot(sheets)).events.note.tolist() == [""]


# ---------------------------------------------------------------- moments in Riwayat


@pytest.mark.parametrize(
    ("written", "state", "found"),
    [
        ("3/8/2026 09.15", State.REPAIRED, ["D405"]),
        ("Senin, 3 Agustus 2026 pukul 09.15 WITA", State.REPAIRED, ["D405"]),
        ("3 Agustus 2026 08.15 WIB", State.REPAIRED, ["D414"]),
        ("46237.385416667", State.REPAIRED, ["D405"]),
        ("46237", State.DATE_ONLY, ["D405", "D415"]),
        ("@2026-08-03", State.DATE_ONLY, ["D415"]),
        ("3/8/2026", State.DATE_ONLY, ["D415"]),
        ("Selasa, 3 Agustus 2026 09.15", State.UNREADABLE, ["D404"]),
        ("12.3", State.UNREADABLE, ["D404"]),
        ("12.30 siang", State.UNREADABLE, ["D404"]),
        ("@07:30", State.UNREADABLE, ["D404"]),
        ("#REF!", State.UNREADABLE, ["D412"]),
    ],
)
def test_moments(written: str, state: State, found: list[str]) -> None:
    register = read(f"ID | Langkah | Mulai | Selesai\nK-1 | 1 | @2026-08-03 09:00 | {written}")
    assert register.events.finish_state.tolist() == [state]
    assert codes(register) == found
    for finding in register.findings:
        assert (finding.place.sheet, finding.place.cell, finding.place.column) == ("Riwayat", "D2", "Selesai")
        assert (finding.id, finding.step) == ("K-1", 1)


def test_a_date_alone_counts_from_opening_as_start_and_to_closing_as_finish() -> None:
    register = read("ID | Langkah | Mulai | Selesai\nK-1 | 1 | @2026-08-03 | @2026-08-04")
    first, last = (found.message for found in register.findings)
    assert ("buka kantor" in first, "tutup kantor" in last) == (True, True)
    assert register.events.start[0] == at("2026-08-03")


def test_google_numbers_are_dates_without_a_note() -> None:
    sheets = office(
        "ID | Langkah | Mulai | Selesai\nK-1 | 1 | 46237.375 | 46237.385416667\nK-1 | 2 | 46238 | 12.3"
    )
    register = read_register(snapshot(sheets, serials_are_dates=True))
    assert register.events.start_state.tolist() == [State.OK, State.DATE_ONLY]
    assert register.events.finish_state.tolist() == [State.OK, State.UNREADABLE]
    assert register.events.finish[0] == at("2026-08-03 09:15")
    assert codes(register) == ["D415", "D404"]


def test_numbers_of_a_1904_book_are_shifted() -> None:
    sheets = office("ID | Langkah | Selesai\nK-1 | 1 | 44775.385416667")
    register = read_register(snapshot(sheets, serial_offset=1462))
    assert register.events.finish[0] == at("2026-08-03 09:15")


def test_the_zone_of_the_book_decides_what_is_converted() -> None:
    wib = "Uraian | Isi\nZona Waktu | WIB"
    register = read(
        "ID | Langkah | Selesai\nK-1 | 1 | 3/8/2026 09.15 WIB\nK-1 | 2 | 3/8/2026 09.15 WITA", sop=wib
    )
    assert register.settings.zone == "Asia/Jakarta"
    assert register.events.finish.tolist() == [at("2026-08-03 09:15"), at("2026-08-03 08:15")]
    assert codes(register) == ["D405", "D414"]


# ---------------------------------------------------------------- IDs, steps, outcomes


def test_duplicate_ids_are_one_finding_that_names_all_cells() -> None:
    """kesalahan-lembar 6."""
    register = read(register="ID | Judul\nK-1 | a\nK-2 | b\nk-1 | c\nK-1 | d")
    assert places(register, "D401") == ["Register!A2"]
    (found,) = register.findings
    assert all(cell in found.message for cell in ("A2", "A4", "A5"))
    assert len(register.items) == 4


def test_events_of_a_duplicate_id_belong_to_its_first_row() -> None:
    register = read(
        "ID | Langkah | Selesai\nK-1 | 1 | @2026-08-03 09:08",
        register="ID | Judul\nK-0 | x\nK-1 | a\nK-1 | b",
    )
    assert register.events.item.tolist() == [1]


def test_an_unknown_id_offers_the_nearest() -> None:
    register = read(
        "ID | Langkah | Selesai\nK-2026-012 | 1", register="ID | Judul\nK-2026-0012 | a\nK-2026-0100 | b"
    )
    assert places(register, "D402") == ["Riwayat!A2"]
    assert "K-2026-0012" in register.findings[0].message
    assert register.events.item.tolist() == [-1]


def test_the_nearest_of_many_ids_is_found_by_one_slip() -> None:
    many = "\n".join(f"K-2026-{number:04d} | a" for number in range(1000))
    register = read("ID | Langkah | Selesai\nK-2026-012 | 1\nXYZ | 1", register=f"ID | Judul\n{many}")
    offered, none = register.findings
    assert "K-2026-0" in offered.message
    assert "mungkin" not in none.message


def test_without_a_readable_register_no_event_is_blamed_for_its_id() -> None:
    register = read("ID | Langkah | Selesai\nK-1 | 1", register="Nomor Urut | Judul\nK-1 | a")
    assert "D402" not in codes(register)


@pytest.mark.parametrize("written", ["'K-1 ", "К-1", "' K-1\u00a0", "K-１"])
def test_ids_are_mended(written: str) -> None:
    """kesalahan-lembar 5."""
    register = read(f"ID | Langkah | Selesai\n{written} | 1", register="ID | Judul\nK-1 | a")
    assert register.events.item.tolist() == [0]
    assert codes(register) == ["D405"]


def test_ids_of_any_case_and_number_ids_match() -> None:
    register = read("ID | Langkah | Selesai\nk-1 | 1\n'12 | 1", register="ID | Judul\nK-1 | a\n12 | b")
    assert register.events.item.tolist() == [0, 1]
    assert codes(register) == []


@pytest.mark.parametrize(
    ("written", "step", "found"),
    [
        ("4", 3, []), ("'4", 3, []), ("Langkah 4", 3, ["D405"]), ("'4.", 3, ["D405"]), ("7", UNKNOWN_STEP, ["D403"]),
        ("empat", UNKNOWN_STEP, ["D403"]), ("4.5", UNKNOWN_STEP, ["D403"]), ("@2026-01-04", UNKNOWN_STEP, ["D403"]),
        ("#N/A", UNKNOWN_STEP, ["D412"]), ("", BLANK_STEP, ["D408"]),
    ],
)  # fmt: skip
def test_steps(written: str, step: int, found: list[str]) -> None:
    register = read(f"ID | Selesai | Langkah\nK-1 | @2026-08-03 09:08 | {written}")
    assert register.events.step.tolist() == [step]
    assert codes(register) == found
    assert places(register, (found or ["D403"])[0]) == ["Riwayat!C2"] * len(found)


@pytest.mark.parametrize(
    ("written", "outcome", "found"),
    [
        ("Ya", Outcome.YES, []), ("ya", Outcome.YES, []), ("'setuju ", Outcome.YES, ["D405"]),
        ("уа", Outcome.YES, ["D405"]),
        ("revisi", Outcome.NO, ["D405"]), ("mungkin", Outcome.UNREADABLE, ["D407"]), ("", Outcome.BLANK, []),
        ("#VALUE!", Outcome.UNREADABLE, ["D412"]),
    ],
)  # fmt: skip
def test_outcomes(written: str, outcome: Outcome, found: list[str]) -> None:
    register = read(f"ID | Langkah | Hasil | Selesai\nK-1 | 4 | {written}")
    assert register.events.outcome.tolist() == [outcome]
    assert codes(register) == found


def test_rows_without_an_id_or_a_title() -> None:
    register = read(
        "ID | Langkah | Selesai\n | 1 | @2026-08-03 09:08", register="ID | Judul\n | tanpa ID\nK-1 |"
    )
    assert places(register, "D408") == ["Register!A2", "Register!B3", "Riwayat!A2"]
    assert register.events.item.tolist() == [-1]


def test_an_error_in_the_id_is_not_also_a_blank_one() -> None:
    register = read("ID | Langkah | Selesai\n#REF! | 1", register="ID | Judul\nK-1 | a")
    assert codes(register) == ["D412"]
    assert register.events.key.tolist() == [""]
    assert register.findings[0].raw == "#REF!"


def test_names_are_mended() -> None:
    """kesalahan-lembar 5: ' Kasubag '."""
    register = read("ID | Langkah | Pelaksana | Selesai\nK-1 | 1 | ' Rahma\u00a0Aulia  ")
    assert register.events.performer.tolist() == ["Rahma Aulia"]
    assert codes(register) == ["D405"]


def test_an_overwritten_formula_is_named() -> None:
    register = read("""
        ID  | Langkah | Selesai           | Tenggat                  | Ketepatan
        K-1 | 1       | @2026-08-03 09:08 | =x -> @2026-08-03 09:18  | tepat
        K-1 | 2       | @2026-08-03 10:08 | @2026-08-04 09:18        | tepat
        K-1 | 3       | @2026-08-05 09:08 |                          |
    """)
    assert places(register, "D416") == ["Riwayat!D3"]


# ---------------------------------------------------------------- Langkah and SOP


def test_the_real_steps() -> None:
    steps = read().sop.steps
    assert [step.number for step in steps] == [1, 2, 3, 4, 5, 6]
    assert [step.on_yes for step in steps] == [1, 2, 3, 4, 5, END]
    assert [step.on_no for step in steps] == [NO_STEP, NO_STEP, NO_STEP, 2, 3, NO_STEP]
    assert steps[1].standard == Standard(1, Unit.DAYS)
    assert steps[0].row == 2


def test_blank_targets_lead_to_the_next_number_and_rows_may_stand_in_any_order() -> None:
    steps = read(
        steps="""
        No        | Kegiatan | Pelaksana | Waktu    | Jika Ya | Jika Tidak
        Langkah 3 | c        | A         | 1,5 jam  |         |
        1         | a        | A         | 10 Menit |         |
        2.0       | b        | B         | 1 hr     |         | 9
        4         | d        | B         | 5 menit  | lanjut  | tidak tahu
    """
    ).sop.steps
    assert [step.number for step in steps] == [1, 2, 3, 4]
    assert [step.on_yes for step in steps] == [1, 2, 3, UNKNOWN_TARGET]
    assert [step.on_no for step in steps] == [NO_STEP, UNKNOWN_TARGET + 9, NO_STEP, UNKNOWN_TARGET]
    assert [step.row for step in steps] == [3, 4, 2, 5]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("7 | g | Pengelola JDIH | 10 | Menit", []),
        ("7 | g | Pengelola JDIH | 10 mnt | ", ["D405"]),
        ("7 | g | Pengelola JDIH | secepatnya | Menit", ["S506"]),
        ("7 | g | Pengelola JDIH | 10 | ", ["S506"]),
        ("7 | g | Pengelola JDIH | | Menit", ["D408"]),
        ("7 | g | Pengelola JDIH | #REF! | Menit", ["D412"]),
        ("tujuh | g | Pengelola JDIH | 10 | Menit", ["S505"]),
        ("6 | g | Pengelola JDIH | 10 | Menit", ["S505"]),
        (" | g | Pengelola JDIH | 10 | Menit", ["D408"]),
        ("7 | | Pengelola JDIH | 10 | Menit", ["D408"]),
    ],
)
def test_odd_steps(row: str, found: list[str]) -> None:
    flat = "\n".join(
        "|".join((*line.split("|")[:3], *line.split("|")[4:6])) for line in LANGKAH.strip().splitlines()
    )
    register = read(steps=f"{flat}\n{row}")
    assert codes(register) == found
    assert all(finding.place.row == 8 for finding in register.findings)


def test_an_unknown_step_is_told_which_there_are() -> None:
    steps = "No | Kegiatan | Pelaksana | Waktu\n1 | a | A | 1 jam\n3 | b | A | 1 jam\n7 | c | A | 1 jam"
    register = read("ID | Langkah | Selesai\nK-1 | 2 |\nK-1 | 7 |", steps=steps)
    assert places(register, "D403") == ["Riwayat!B2"]
    assert "1, 3, 7" in register.findings[0].message
    assert register.events.step.tolist() == [UNKNOWN_STEP, 2]


def test_without_steps_no_event_is_blamed_for_its_step() -> None:
    register = read("ID | Langkah | Selesai\nK-1 | 1", steps=None)
    assert codes(register) == ["S501"]
    assert register.events.step.tolist() == [UNKNOWN_STEP]


def test_identity_rows_form_lists_and_dates_are_written_out() -> None:
    sop = read(
        sop="""
        Uraian              | Isi
        NAMA SOP:           | Pengelolaan Media Sosial
        Dasar Hukum         | Satu
        Dasar hukum         | Dua
        Tanggal Pengesahan  | @2023-01-02
        Keterkaitan         |
        Semboyan            | Melayani
    """
    ).sop
    assert sop.first("Nama SOP") == "Pengelolaan Media Sosial"
    assert sop.identity["Dasar Hukum"] == ("Satu", "Dua")
    assert sop.first("Tanggal Pengesahan") == "2 Januari 2023"
    assert sop.identity["Keterkaitan"] == ()
    assert sop.identity["Semboyan"] == ("Melayani",)


def test_settings() -> None:
    register = read(
        sop="""
        Uraian               | Isi
        Zona Waktu           | Asia/Jayapura (WIT)
        Sasaran Tepat Waktu  | 0.85
        Batas Tunggu         | 4 jam
        Batas Segera         | 80 %
        Batas Mundur         | 2 Hari
        Batas Pencatatan     | 30 menit
        Mulai Kosong         | Ketat
        Ukuran Kertas        | F4
        Tempat Tanda Tangan  | Banjarbaru
    """
    )
    assert codes(register) == []
    assert register.settings == replace(
        Settings(), zone="Asia/Jayapura", target_percent=85.0, wait_limit=Standard(4, Unit.HOURS), soon_percent=80.0,
        backdate_limit=Standard(2, Unit.DAYS), recording_limit=Standard(30, Unit.MINUTES), strict_start=True,
        paper="F4", signing_place="Banjarbaru",
    )  # fmt: skip


def test_absent_and_unreadable_settings_have_their_defaults() -> None:
    register = read(sop="Uraian | Isi\nZona Waktu | Bulan\nBatas Tunggu | sebentar\nSasaran Tepat Waktu |")
    assert register.settings == Settings()
    assert [(found.code, found.place.cell) for found in register.findings] == [("D405", "B2"), ("S506", "B3")]


@pytest.mark.parametrize(
    "written",
    [
        "WITA",
        "Asia/Makassar (WITA)",
        "asia/makassar",
        "UTC+8",
        "wita",
        "Waktu Indonesia Tengah (WITA)",
        "GMT+08:00",
    ],
)
def test_the_zone_may_be_written_in_many_ways(written: str) -> None:
    register = read(sop=f"Uraian | Isi\nZona Waktu | {written}")
    assert (register.settings.zone, codes(register)) == ("Asia/Makassar", [])


# ---------------------------------------------------------------- Pegawai, Jam Kerja, Hari Libur


def test_people() -> None:
    register = read(
        people=PEGAWAI
        + """
        Tono Plh     | 1980 | Kasubbag Hukum dan SDM | plh  | 1/9/2026 | @2026-09-05
        Ragu         |      | Pengelola JDIH         | ?    | entah    |
                     |      | Pengelola JDIH         |      |          |
    """
    )
    assert [person.name for person in register.people] == [
        "Hadi Wijaya", "Rahma Aulia", "Budi Santoso", "Siti Aminah", "Tono Plh", "Ragu",
    ]  # fmt: skip
    acting = register.people[4]
    assert (acting.status, acting.from_on, acting.until_on) == ("Plh.", day("2026-09-01"), day("2026-09-05"))
    assert register.people[2].status == "Definitif"
    assert register.people[5].from_on is None
    assert [(found.code, found.place.cell) for found in register.findings] == [
        ("D405", "D6"), ("D405", "E6"), ("D405", "D7"), ("D404", "E7"), ("D408", "A8"),
    ]  # fmt: skip


def test_an_error_in_a_date_of_an_assignment() -> None:
    register = read(people="Nama | Peran | Mulai\nA | Pengelola JDIH | #REF!")
    assert codes(register) == ["D412"]
    assert register.people[0].from_on is None


def test_hours() -> None:
    usual, friday, ramadan, _ = read().hours
    assert usual.weekdays == {0, 1, 2, 3}
    assert usual.spans == ((450, 720), (780, 960))
    assert usual.is_default
    assert friday.spans == ((450, 690), (780, 990))
    assert (ramadan.from_on, ramadan.until_on) == (day("2026-02-19"), day("2026-03-20"))


@pytest.mark.parametrize(
    ("row", "spans", "found"),
    [
        ("Sabtu | 07.30 | | | 12:00 | ", ((450, 720),), []),
        ("Sabtu | 0.3125 | | | 12:00 | ", ((450, 720),), ["D405"]),
        ("Sabtu | 16.00 | | | 07.30 | ", None, ["S508"]),
        ("Sabtu | 07.30 | 12.00 | | 16.00 | ", None, ["S508"]),
        ("Sabtu | 07.30 | 11.00 | 10.00 | 16.00 | ", None, ["S508"]),
        ("Sabtu | pagi | | | 16.00 | ", None, ["S508"]),
        ("Hari kejepit | 07.30 | | | 16.00 | ", None, ["S508"]),
        ("Sabtu | 07.30 | | | | ", None, ["D408"]),
        ("Sabtu | #REF! | | | 16.00 | ", None, ["D412"]),
        ("Sabtu | 07.30 | | | 16.00 | entah", None, ["D404"]),
    ],
)  # fmt: skip
def test_odd_hours(row: str, spans: tuple[tuple[int, int], ...] | None, found: list[str]) -> None:
    head = "Hari | Masuk | Istirahat | Selesai Istirahat | Pulang | Berlaku Mulai"
    register = read(hours=f"{head}\nSenin–Jumat | 07.30 | | | 16.00 |\n{row}")
    assert codes(register) == found
    assert [hours.spans for hours in register.hours[1:]] == ([] if spans is None else [spans])


def test_hours_without_a_default_row() -> None:
    register = read(hours="Hari | Masuk | Pulang | Berlaku Mulai\nSenin | 07.30 | 16.00 | @2026-01-01")
    assert codes(register) == ["S508"]


def test_holidays() -> None:
    register = read(
        holidays="""
        Tanggal       | Keterangan                   | Jenis
        @2026-08-17   | Proklamasi Kemerdekaan       | Libur Nasional
        20 Maret 2026 | Idulfitri (perkiraan)        |
        @2026-03-28   | masuk                        | hari kerja pengganti
        entah         | ?                            | Cuti Bersama
                      | tanpa tanggal                | Cuti Bersama
    """
    )
    first, feast, replacement = register.holidays
    assert (first.on, first.works, first.estimated) == (day("2026-08-17"), False, False)
    assert (feast.on, feast.estimated) == (day("2026-03-20"), True)
    assert replacement.works
    assert [(found.code, found.place.cell) for found in register.findings] == [
        ("D405", "A3"), ("D404", "A5"), ("D408", "A6"),
    ]  # fmt: skip


# ---------------------------------------------------------------- places


def test_the_locator_gives_address_and_raw_content() -> None:
    register = read("Paraf | Selesai | Langkah | ID\nx | 3/8/2026 09.15 | 1 | K-1\n | #REF! | 2 | K-1")
    assert register.locate("Riwayat", 2, "Selesai") == ("B2", "3/8/2026 09.15")
    assert register.locate("Riwayat", 3, "Selesai") == ("B3", "#REF!")
    assert register.locate("Riwayat", 2, "Langkah") == ("C2", "1")
    assert register.locate("Riwayat", 2, "Catatan") == (None, None)
    assert register.locate("Riwayat", 99, "Langkah") == ("C99", "")
    assert register.locate("Lain", 2, "Langkah") == (None, None)
    assert register.locate("Riwayat", 2, "Lain") == (None, None)


def test_findings_stand_in_sheet_order() -> None:
    register = read(
        "ID | Langkah | Selesai\nK-9 | 9 | entah", register="ID | Judul\nK-1 |", people="Nama | Peran\nx |"
    )
    sheets = [found.place.sheet for found in register.findings]
    assert sheets == ["Register", "Riwayat", "Riwayat", "Riwayat", "Pegawai"]


# ---------------------------------------------------------------- the mistakes an office makes


@pytest.mark.parametrize(
    ("number", "written", "state", "found"),
    [
        (1, "12.30", State.UNREADABLE, ["D404"]),
        (1, "12.3", State.UNREADABLE, ["D404"]),
        (2, "17/8/26", State.DATE_ONLY, ["D415"]),
        (2, "03/08/26", State.DATE_ONLY, ["D415"]),
        (3, "Senin, 3 Agustus 2026 pukul 09.15 WITA", State.REPAIRED, ["D405"]),
        (3, "Minggu, 3 Agustus 2026 pukul 09.15 WITA", State.UNREADABLE, ["D404"]),
        (14, "@2026-08-17 20:10", State.OK, []),
    ],
)
def test_mistakes_in_moments(number: int, written: str, state: State, found: list[str]) -> None:
    """The sample cells of kesalahan-lembar.csv, by its numbers."""
    register = read(f"ID | Langkah | Selesai\nK-1 | 1 | {written}")
    assert (register.events.finish_state.tolist(), codes(register)) == ([state], found), number


@pytest.mark.parametrize(
    ("written", "standard"),
    [
        ("10 mnt", Standard(10, Unit.MINUTES)),
        ("1/2 jam", Standard(0.5, Unit.HOURS)),
        ("1 hr", Standard(1, Unit.DAYS)),
    ],
)
def test_mistake_4_free_durations(written: str, standard: Standard) -> None:
    register = read(steps=f"No | Kegiatan | Pelaksana | Waktu\n1 | a | Pengelola JDIH | {written}")
    assert [step.standard for step in register.sop.steps] == [standard]
    assert codes(register) == ["D405"]


def test_mistakes_9_and_10_a_column_in_between_and_a_heading_renamed() -> None:
    register = read(
        "ID | Langkah | Paraf | Mulai Tgl. | Selesai\nK-1 | 1 | x | @2026-08-03 09:00 | @2026-08-03 09:08"
    )
    assert codes(register) == ["S503"]
    assert register.events.start.tolist() == [at("2026-08-03 09:00")]


def test_the_type_of_a_ticked_box_does_not_hide_the_number_beside_it() -> None:
    """True and 1 are one key of a dict; a column that holds both is read cell by cell."""
    register = read_register(
        snapshot(office() | {"Riwayat": [["ID", "Langkah", "Selesai"], ["K-1", 1], ["K-1", True]]})
    )
    assert register.events.step.tolist() == [0, UNKNOWN_STEP]
