"""One cell ⇄ one moment: every form of the register contract, and nothing that the text does not say."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.register.calendar_words import MONTHS
from tracker.register.moments import SerialDates, minutes_of, read_date, read_moment, written_moment
from tracker.register.store import RawValue
from tracker.sop.model import State

MEANT = minutes_of(datetime(2026, 8, 3, 9, 15))

FORMS = [
    "3/8/2026 9:15",
    "03/08/2026 09.15",
    "03-08-26 09.15",
    "3.8.2026 09:15",
    "3 / 8 / 2026 09.15",
    "3/8/2026, 09.15",
    "3/8/2026 pukul 09.15",
    "3/8/2026 09.15.10",
    "3 Agustus 2026 09.15",
    "3 agt 26 pkl. 9.15",
    "3-Aug-2026 09:15",
    "3 August 2026 09:15",
    "Senin, 3 Agustus 2026 pukul 09.15 WITA",
    "SENIN 3 AGUSTUS 2026 09.15",
    "Sen, 3/8/2026 09.15",
    "Monday, 3 August 2026 09:15",
    "2026-08-03 09:15",
    "2026-08-03T09:15:00",
    "2026-08-03T09:15:00+08:00",
    "\u00a03/8/2026\u00a009.15 ",
    "３/８/２０２６ ０９.１５",
    "3 Аgustus 2026 09.15",  # a Cyrillic А
    "3 Agst 2026, 09.15 WITA.",
    "3agustus2026 09.15",
    "tgl. 3/8/2026 jam 09.15",
    "Hari Senin, tanggal 3 Agustus 2026, pukul : 09.15 WITA",
    "Senin / 3 Agustus 2026 / 09.15",
    "Senin - 3–8–2026 – 09 : 15",
    "3/8/2026 09.15.",
    "09.15 3/8/2026",
    "Pukul 09.15 WITA, Senin tanggal 3 Agustus 2026",
]


@pytest.mark.parametrize("text", FORMS)
def test_every_listed_form_is_read_and_said(text: str) -> None:
    cell = read_moment(text)
    assert (cell.value, cell.state) == (MEANT, State.REPAIRED)
    assert cell.repaired
    assert not cell.problem


@pytest.mark.parametrize(
    "text",
    [
        "9.15", "3/8 09.15", "3 Agustus 09.15", "besok", "-", "12.30", "3/8/2026 9.5", "3/8/2026 0915",
        "3/8/2026 24.00", "3/8/2026 09.60", "31/2/2026 09.15", "8/13/2026 09.15", "3/8/1999 09.15", "3/8/2126 09.15",
        "3/8/026 09.15", "Selasa, 3 Agustus 2026 09.15", "Rebo, 3 Agustus 2026 09.15", "3/8-2026 09.15",
        "3/8/2026 9:15 PM", "3/8/2026 09.15 s.d. 09.30", "3/8/2026² 09.15", "١/8/2026 09.15", "09.15 3.8.2026",
        "2026-08-03T09:15:00Z", "3/8/2026 09.15 GMT", "2026-13-03 09:15", "3 Agustusan 2026 09.15", "46237.5",
        "5 Mei 2026 pkl. 9", "3/8/2026 2.15 sore", "3/8/2026 9:15 AM", "3/8/2026 09.15-10.15", "3.8.2026 - 04.08",
        "1.02.03 4.5.06", "sekitar 3/8/2026 09.15", "3/8/2026 09.15?", "n/a", "sda", '"', "belum", "√", "hari ini",
        "tgl", "Senin", "3/8/2026 - 4/8/2026",
    ],
)  # fmt: skip
def test_whatever_else_is_typed_is_unreadable(text: str) -> None:
    cell = read_moment(text)
    assert cell.state is State.UNREADABLE
    assert cell.problem


@pytest.mark.parametrize(
    ("value", "state", "meant"),
    [
        (None, State.BLANK, 0),
        ("", State.BLANK, 0),
        (" \u00a0", State.BLANK, 0),
        (datetime(2026, 8, 3, 9, 15), State.OK, MEANT),
        (datetime(2026, 8, 3, 9, 14, 59, 999_000), State.OK, MEANT),
        (datetime(2026, 8, 3, 9, 14, 29, 999_000), State.OK, MEANT - 1),
        (date(2026, 8, 3), State.DATE_ONLY, MEANT - 555),
        ("3/8/2026", State.DATE_ONLY, MEANT - 555),
        ("Senin, 3 Agustus 2026", State.DATE_ONLY, MEANT - 555),
        (46237, State.DATE_ONLY, MEANT - 555),
        (46237 + 555 / 1440, State.REPAIRED, MEANT),
        (timedelta(days=46237, minutes=555), State.REPAIRED, MEANT),
        (36526.0, State.DATE_ONLY, minutes_of(datetime(2000, 1, 1))),
        (36525.9, State.UNREADABLE, 0),
        (73050.5, State.REPAIRED, minutes_of(datetime(2099, 12, 31, 12))),
        (73051, State.UNREADABLE, 0),
        (12.3, State.UNREADABLE, 0),
        (12, State.UNREADABLE, 0),
        (0.385, State.UNREADABLE, 0),
        (True, State.UNREADABLE, 0),
        (time(9, 15), State.UNREADABLE, 0),
        (datetime(1900, 1, 1, 12), State.UNREADABLE, 0),
    ],
)
def test_cells_that_are_no_text(value: RawValue, state: State, meant: int) -> None:
    cell = read_moment(value)
    assert (cell.state, cell.value) == (state, meant)


def test_any_apostrophe_stands_in_jumat() -> None:
    for sign in "'`´‘’ʼ":
        assert read_moment(f"Jum{sign}at, 7/8/2026 09.15").value == MEANT + 4 * 1440


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("3/8/2026 09.15-10.15", "dua waktu"), ("3/8/2026 09.15 WITA s/d 10.15 WITA", "dua waktu"),
        ("3/8/2026 2.15 siang", "rancu"), ("3/8/2026 2:15 p.m.", "rancu"), ("5 Mei 2026 jam 9", "tanpa menit"),
        ("3 Agustus 09.15", "tanpa tahun"), ("pukul 09.15", "tanpa tanggal"), ("-", "kosongkan"), ("sda", "kosongkan"),
        ("Snin, 3/8/2026 09.15", "snin"), ("3/8/2026 24.00", "24.00"), ("31/6/2026", "31/6/2026"),
    ],
)  # fmt: skip
def test_what_is_asked_names_the_reason(text: str, word: str) -> None:
    assert word in read_moment(text).problem


def test_an_ambiguous_number_names_both_readings() -> None:
    problem = read_moment(12.3).problem
    assert "12.03" in problem
    assert "12.30" in problem


@pytest.mark.parametrize(("zone", "hours"), [("WIB", 1), ("WITA", 0), ("WIT", -1)])
def test_other_zones_are_converted(zone: str, hours: int) -> None:
    cell = read_moment(f"3 Agustus 2026 09.15 {zone}", zone="Asia/Makassar")
    assert cell.value == MEANT + hours * 60
    assert cell.zone == ("" if hours == 0 else zone)


def test_conversion_may_cross_midnight() -> None:
    cell = read_moment("3/8/2026 23.30 WIB", zone="Asia/Jayapura")
    assert written_moment(cell.value) == datetime(2026, 8, 4, 1, 30)


def test_google_numbers_and_the_1904_system() -> None:
    google = read_moment(46237.385416667, serials=SerialDates(expected=True))
    assert (google.value, google.state, google.repaired) == (MEANT, State.OK, "")
    old_mac = read_moment(46237.385416667 - 1462, serials=SerialDates(offset=1462))
    assert (old_mac.value, old_mac.state) == (MEANT, State.REPAIRED)


@pytest.mark.parametrize(
    ("value", "state", "repaired"),
    [
        (date(2026, 8, 3), State.OK, False),
        (datetime(2026, 8, 3, 9, 15), State.OK, False),
        ("3/8/2026", State.REPAIRED, True),
        ("3 Agustus 2026 pukul 09.15", State.REPAIRED, True),
        (46237, State.REPAIRED, True),
        ("lusa", State.UNREADABLE, False),
        (None, State.BLANK, False),
    ],
)
def test_dates(value: RawValue, state: State, repaired: bool) -> None:
    cell = read_date(value)
    assert (cell.state, bool(cell.repaired)) == (state, repaired)
    if state in (State.OK, State.REPAIRED):
        assert cell.value == 20668


MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31, 23, 59)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)


@given(MOMENTS)
def test_what_is_written_is_read_again(moment: datetime) -> None:
    assert written_moment(read_moment(moment).value) == moment
    serial = minutes_of(moment) / 1440 + 25569
    if moment.time() != time(0):
        assert written_moment(read_moment(serial).value) == moment


SPELLINGS = (
    "{d}/{m}/{y} {h}.{n:02d}", "{d:02d}-{m:02d}-{s:02d} {h:02d}:{n:02d}", "{d} {name} {y} pukul {h}.{n:02d}",
    "{d}.{m}.{y}, {h}:{n:02d}", "{y}-{m:02d}-{d:02d} {h:02d}:{n:02d}",
)  # fmt: skip
NAMES = {number: sorted(word for word, of in MONTHS.items() if of == number) for number in range(1, 13)}


@given(MOMENTS, st.sampled_from(SPELLINGS), st.data())
def test_a_spelled_moment_is_read_as_spelled(moment: datetime, spelling: str, data: st.DataObject) -> None:
    text = spelling.format(
        d=moment.day, m=moment.month, y=moment.year, s=moment.year % 100, h=moment.hour, n=moment.minute,
        name=data.draw(st.sampled_from(NAMES[moment.month])),
    )  # fmt: skip
    assert written_moment(read_moment(text).value) == moment


DATE_LIKE = st.text(alphabet="0123456789/.-: ,T", max_size=24) | st.from_regex(
    re.compile(r"[0-9]{1,4}[ ./-][0-9]{1,2}[ ./-][0-9]{1,4}[ ,T]*[0-9]{1,2}[.:][0-9]{1,2}([.:][0-9]{1,2})?"),
    fullmatch=True,
)


@given(DATE_LIKE)
@example("13/8/2026 09.15")
@example("8/13/2026 09.15")
@example("26-08-03 09.15")
def test_no_moment_is_read_that_the_text_does_not_say(text: str) -> None:
    cell = read_moment(text)
    if cell.state not in (State.REPAIRED, State.DATE_ONLY):
        return
    numbers = [int(number) for number in re.findall("[0-9]+", text)]
    seconds = numbers[5] if len(numbers) == 6 else 0
    said = numbers[:3] if len(re.findall("[0-9]+", text)[0]) == 4 else numbers[2::-1]
    year = said[0] + (2000 if said[0] < 100 else 0)
    moment = written_moment(cell.value) - timedelta(minutes=seconds // 30)
    assert [moment.year, moment.month, moment.day] == [year, *said[1:]]
    assert [moment.hour, moment.minute] == ((numbers[3:5]) if len(numbers) > 3 else [0, 0])
    assert (cell.state is State.DATE_ONLY) == (len(numbers) == 3)


@given(
    st.integers(1, 31), st.integers(1, 31), st.integers(2000, 2099), st.sampled_from("/-."), st.booleans(),
)  # fmt: skip
def test_day_and_month_are_never_swapped_silently(
    first: int, second: int, year: int, sign: str, is_short: bool
) -> None:
    """The first number is the day; where the second is no month nothing is read, however well a swap would do."""
    written_year = f"{year % 100:02d}" if is_short else str(year)
    cell = read_moment(f"{first}{sign}{second}{sign}{written_year} 09.15")
    try:
        meant = datetime(year, second, first, 9, 15)
    except ValueError:
        assert cell.state is State.UNREADABLE
    else:
        assert (cell.state, written_moment(cell.value)) == (State.REPAIRED, meant)


@given(st.text(max_size=40))
def test_any_text_gives_an_answer(text: str) -> None:
    assert read_moment(text).state in State
