"""One cell ⇄ one value: IDs, steps, choices, times, weekdays, targets, standards and percentages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.folding import fold
from tracker.register.cells import (
    raw_text,
    read_choice,
    read_id,
    read_name,
    read_step,
    read_target,
    read_text,
    read_time,
    read_weekdays,
)
from tracker.register.quantities import read_percent, read_standard, spoken_standard
from tracker.register.schema import APPOINTMENTS, OUTCOMES, SHEETS, UNITS
from tracker.register.store import RawValue
from tracker.sop.model import END, Standard, Unit


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), ("  x ", "  x "), (12, "12"), (12.0, "12"), (12.5, "12.5"), (0.1, "0.1"), (-3.0, "-3"),
        (198001012005011000.0, "198001012005011000"), (True, "TRUE"), (date(2026, 8, 3), "2026-08-03"),
        (datetime(2026, 8, 3, 9, 15), "2026-08-03T09:15"), (time(7, 30), "07:30"), (timedelta(hours=30), "30:00"),
    ],
)  # fmt: skip
def test_raw_content(value: RawValue, text: str) -> None:
    assert raw_text(value) == text


@pytest.mark.parametrize(
    ("value", "meant", "is_repaired"),
    [
        ("K-2026-0012", "K-2026-0012", False),
        (12.0, "12", False),
        (" K-2026-0012 ", "K-2026-0012", True),
        ("K-2026-0012\u00a0", "K-2026-0012", True),
        ("К-2026-0012", "K-2026-0012", True),  # a Cyrillic К
        ("K-２026-0012", "K-2026-0012", True),
        ("K–2026‑0012", "K-2026-0012", True),
        ("K−2026—0012", "K-2026-0012", True),
        (None, None, False),
        ("  ", None, True),
    ],
)
def test_ids(value: RawValue, meant: str | None, is_repaired: bool) -> None:
    reading = read_id(value)
    assert reading.value == meant
    assert bool(reading.repaired) == (is_repaired and meant is not None)


def test_a_name_keeps_its_dash_and_is_found_under_any() -> None:
    assert read_name(" Staf Hukum – SDM").value == "Staf Hukum – SDM"
    assert fold("Staf Hukum – SDM") == fold("staf hukum - sdm")


def test_free_text_is_only_trimmed() -> None:
    assert read_text(" https://a.id/1\r\nhttps://b.id/2 ") == "https://a.id/1\nhttps://b.id/2"


@pytest.mark.parametrize(
    ("value", "step", "is_repaired"),
    [
        (4, 4, False), (4.0, 4, False), ("4", 4, False), ("4.", 4, True), ("4)", 4, True), (" 4", 4, True),
        ("Langkah 4", 4, True), ("langkah ke-4", 4, True), ("No. 4", 4, True), ("4 (empat)", 4, True),
        ("Langkah4", 4, True), ("langkah - 4", 4, True), ("(4)", 4, True), ("#4", 4, True), ("", None, False),
        (None, None, False),
    ],
)  # fmt: skip
def test_steps(value: RawValue, step: int | None, is_repaired: bool) -> None:
    reading = read_step(value)
    assert (reading.value, bool(reading.repaired), reading.is_unreadable) == (step, is_repaired, False)


@pytest.mark.parametrize(
    "value", [4.5, "empat", "4a", "4 5", True, date(2026, 1, 4), "-4", "4 (lima)", "IV", "1-2", "1/6", "L4"]
)
def test_no_steps(value: RawValue) -> None:
    assert read_step(value).is_unreadable


@pytest.mark.parametrize(
    ("value", "target"),
    [("Selesai", END), ("selesai ", END), (2.0, 2), ("2", 2), ("langkah 2", 2), (None, None)],
)
def test_targets(value: RawValue, target: int | None) -> None:
    assert read_target(value).value == target


@pytest.mark.parametrize(
    ("options", "value", "meant", "is_repaired"),
    [
        (OUTCOMES, "Ya", "Ya", False), (OUTCOMES, "YA", "Ya", False), (OUTCOMES, "setuju ", "Ya", True),
        (OUTCOMES, "acc", "Ya", True), (OUTCOMES, "ok", "Ya", True), (OUTCOMES, "disetujui", "Ya", True),
        (OUTCOMES, "уа", "Ya", True), (OUTCOMES, " Ya", "Ya", True), (OUTCOMES, True, "Ya", True),
        (OUTCOMES, "tolak", "Tidak", True), (OUTCOMES, "revisi", "Tidak", True), (OUTCOMES, "tdk", "Tidak", True),
        (OUTCOMES, "perbaiki", "Tidak", True), (OUTCOMES, "Tidak setuju.", "Tidak", True),
        (APPOINTMENTS, "plt", "Plt.", True),
        (APPOINTMENTS, "Plt.", "Plt.", False),
    ],
)  # fmt: skip
def test_choices(
    options: Mapping[str, tuple[str, ...]], value: RawValue, meant: str, is_repaired: bool
) -> None:
    reading = read_choice(value, options)
    assert (reading.value, bool(reading.repaired)) == (meant, is_repaired)


SPELLINGS = [
    (column.options, spelling, canonical)
    for described in SHEETS
    for column in described.columns
    for canonical, synonyms in column.options.items()
    for spelling in (canonical, *synonyms)
]


@pytest.mark.parametrize(("options", "spelling", "canonical"), SPELLINGS)
def test_every_listed_spelling_is_read_however_it_is_typed(
    options: Mapping[str, tuple[str, ...]], spelling: str, canonical: str
) -> None:
    cyrillic = spelling.translate(str.maketrans("aeoc", "аеос"))
    for typed in (spelling, spelling.upper(), f" {spelling} ", f"\u00a0{spelling}\u00a0", cyrillic):
        assert read_choice(typed, options).value == canonical


@pytest.mark.parametrize("value", ["mungkin", "-", "yaya", "1", "Ok pak", "√", "x", "Ya/Tidak", "ya, revisi"])
def test_no_choices(value: RawValue) -> None:
    assert read_choice(value, OUTCOMES).is_unreadable


@pytest.mark.parametrize(
    ("value", "minutes", "is_repaired"),
    [
        ("07.30", 450, False), ("7:30", 450, False), ("07:30:00", 450, True), (time(7, 30), 450, False),
        (time(7, 29, 59), 450, False), (0.3125, 450, True), ("pukul 07.30", 450, True), ("24.00", 1440, False),
        (timedelta(hours=16), 960, False), (None, None, False),
    ],
)  # fmt: skip
def test_times_of_day(value: RawValue, minutes: int | None, is_repaired: bool) -> None:
    reading = read_time(value)
    assert (reading.value, bool(reading.repaired), reading.is_unreadable) == (minutes, is_repaired, False)


@pytest.mark.parametrize(
    "value", [7.3, 7, "7.3", "07.60", "25.00", "24.01", "pagi", True, datetime(2026, 8, 3, 7, 30)]
)
def test_no_times_of_day(value: RawValue) -> None:
    assert read_time(value).is_unreadable


@pytest.mark.parametrize(
    ("value", "days", "is_repaired"),
    [
        ("Senin–Kamis", "0123", False), ("Senin-Kamis", "0123", False), ("Sen-Kam", "0123", True),
        ("Jumat", "4", False), ("Jum'at", "4", True), ("Jum`at", "4", True), ("Senin‑Kamis", "0123", True),
        ("Senin s.d. Kamis", "0123", True),
        ("Senin s/d Kamis", "0123", True), ("Senin sd Kamis", "0123", True), ("Senin sampai Kamis", "0123", True),
        ("Senin, Rabu, Jumat", "024", False), ("Senin dan Selasa", "01", True), ("Sabtu–Senin", "560", False),
        ("senin - jumat, minggu", "012346", True),
    ],
)  # fmt: skip
def test_weekdays(value: RawValue, days: str, is_repaired: bool) -> None:
    reading = read_weekdays(value)
    assert reading.value == frozenset(map(int, days))
    assert bool(reading.repaired) == is_repaired


@pytest.mark.parametrize("value", ["hari kerja", "Senin–Lebaran", 1, "Senin–Rabu–Jumat"])
def test_no_weekdays(value: RawValue) -> None:
    assert read_weekdays(value).is_unreadable


@pytest.mark.parametrize(
    ("value", "unit", "standard", "is_repaired"),
    [
        (10, "Menit", Standard(10, Unit.MINUTES), False), ("10", "menit", Standard(10, Unit.MINUTES), False),
        ("10 Menit", None, Standard(10, Unit.MINUTES), False), ("10 mnt", None, Standard(10, Unit.MINUTES), True),
        ("1,5 jam", None, Standard(1.5, Unit.HOURS), False), ("1.5", "Jam", Standard(1.5, Unit.HOURS), False),
        ("1 hari", "Hari", Standard(1, Unit.DAYS), False), ("1 hr", "", Standard(1, Unit.DAYS), True),
        ("1/2 jam", None, Standard(0.5, Unit.HOURS), True), ("½ jam", None, Standard(0.5, Unit.HOURS), True),
        ("1 jam 30 menit", None, Standard(90, Unit.MINUTES), True),
        ("1 (satu) hari", None, Standard(1, Unit.DAYS), True),
        ("30 (tiga puluh)", "Menit", Standard(30, Unit.MINUTES), True),
        ("15 (lima belas) menit", None, Standard(15, Unit.MINUTES), True),
    ],
)  # fmt: skip
def test_standards(value: RawValue, unit: RawValue, standard: Standard, is_repaired: bool) -> None:
    reading = read_standard(value, unit)
    assert reading.value == standard
    assert bool(reading.repaired) == is_repaired


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        (10, None), ("10", "Pekan"), ("secepatnya", "Menit"), ("1 hari", "Menit"), ("1.500 menit", None), (0, "Menit"),
        ("10-15 menit", None), ("1½ jam", None), ("1,5/2 jam", None), (-5, "Menit"), (True, "Menit"),
        (time(0, 10), None), ("10 (sebelas) menit", None),
    ],
)  # fmt: skip
def test_no_standards(value: RawValue, unit: RawValue) -> None:
    assert read_standard(value, unit).is_unreadable


@pytest.mark.parametrize(
    ("spelling", "unit"),
    [
        (word, unit)
        for (name, synonyms), unit in zip(UNITS.items(), Unit, strict=True)
        for word in (name, *synonyms)
    ],
)
@pytest.mark.parametrize("amount", ["{}", "{} {}", "{}{}", " {}  {} ", "{}\u00a0{}"])
def test_every_unit_is_read_beside_its_number_or_in_the_next_cell(
    amount: str, spelling: str, unit: Unit
) -> None:
    beside = spelling if amount == "{}" else None
    for number, meant in (("10", 10.0), ("1,5", 1.5), ("1.5", 1.5)):
        for word in (spelling, spelling.upper()):
            assert read_standard(amount.format(number, word), beside).value == Standard(meant, unit)


@given(st.integers(1, 9999), st.integers(0, 99), st.sampled_from(Unit))
def test_a_standard_that_is_said_is_read_again(whole: int, cents: int, unit: Unit) -> None:
    standard = Standard(round(whole % 1000 + 1 + cents / 100, 2), unit)
    assert read_standard(spoken_standard(standard)).value == standard


@pytest.mark.parametrize(
    ("value", "percent"), [("90 %", 90), ("90%", 90), (0.9, 90), (90, 90), ("87,5 persen", 87.5)]
)
def test_percentages(value: RawValue, percent: float) -> None:
    assert read_percent(value).value == percent


@pytest.mark.parametrize("value", ["sembilan puluh", "101", -1, True, "0,9", "1"])
def test_no_percentages(value: RawValue) -> None:
    assert read_percent(value).is_unreadable


@given(st.one_of(st.text(max_size=30), st.floats(), st.booleans(), st.none()))
def test_any_cell_gives_an_answer(value: RawValue) -> None:
    for read in (
        raw_text,
        read_id,
        read_step,
        read_target,
        read_time,
        read_weekdays,
        read_standard,
        read_percent,
    ):
        read(value)
    read_choice(value, OUTCOMES)
