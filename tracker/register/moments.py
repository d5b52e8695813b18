"""One cell ⇄ one moment, date or time of day; nothing is guessed, day and month are never swapped.

The forms are those of the register contract, "What a cell may hold". Text is matched as a whole: what is not
one of the forms is unreadable, so no value is returned that the text does not say.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tracker.findings.words import WEEKDAY_NAMES, spoken_date, spoken_moment
from tracker.folding import fold
from tracker.register.calendar_words import APOSTROPHES, MONTHS, WEEKDAYS, ZONES
from tracker.register.cells import quoted
from tracker.sop.model import State

if TYPE_CHECKING:
    from tracker.register.store import RawValue

__all__ = [
    "EXCEL_DATES",
    "FIRST_SERIAL",
    "LAST_SERIAL",
    "SERIAL_EPOCH",
    "MomentCell",
    "SerialDates",
    "minutes_of",
    "read_date",
    "read_moment",
    "written_date",
    "written_moment",
]

FIRST_SERIAL: Final = 36_526
"""1 January 2000 as an Excel serial number: the first number that is read as a moment."""
LAST_SERIAL: Final = 73_050
"""31 December 2099, the last day whose serial numbers are read as moments."""
SERIAL_EPOCH: Final = 25_569
"""1 January 1970 as an Excel serial number."""
_EPOCH: Final = datetime(1970, 1, 1)
_LONGEST: Final = 500
"""No moment is written in more letters, stray spaces included."""
_YEARS: Final = range(2000, 2100)

_DAY = r"(?P<day>[0-9]{1,2})"
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
_DATE_WORD = r"(?:tanggal|tgl\b\.?)\s*:?\s*"
_WEEKDAY = (
    r"(?:hari\s+)?(?:(?!(?:hari|tanggal|tgl)\b)(?P<weekday>[a-z][a-z']*)(?:\s*[,/-]\s*|\.?\s+))?"
    rf"(?:{_DATE_WORD})?"
)
_MINUTE = r"\s?[:.]\s?(?P<minute>[0-9]{2})(?:\s?[:.]\s?(?P<second>[0-9]{2}))?"
_TIME = rf"(?P<hour>[0-9]{{1,2}}){_MINUTE}"
_ZONE = r"(?:\s*(?P<zone>wib|wita|wit|\+0[789]:00))?"
_TIME_WORD = r"(?:pukul|pkl\.?|jam)\s*:?\s*"
# What is `loose` joins no date with dots: 3.8.2026 - 04.08 may be two dates, 1.02.03 4.5.06 either way round.
_JOIN = rf"(?:\s*[,;]\s*|\s+(?:(?P<loose>[-/|])\s+)?)(?:{_TIME_WORD})?"
_CLOCK = rf"(?:{_JOIN}{_TIME}{_ZONE})?"
_ISO_CLOCK = rf"(?:(?:t|{_JOIN}){_TIME}{_ZONE})?"
_NUMBERS = rf"{_WEEKDAY}{_DAY}\s*(?P<sep>[/.-])\s*(?P<month>[0-9]{{1,2}})\s*(?P=sep)\s*{_YEAR}"
_NAMED = rf"{_WEEKDAY}{_DAY}[\s./,-]{{0,3}}(?P<name>[a-z]+)[\s./,-]{{0,3}}{_YEAR}"
_CLOCK_FIRST = rf"(?:{_TIME_WORD})?{_TIME}{_ZONE}(?P<loose>\s*[,;]\s*|\s+)"
_FORMS: Final = tuple(
    re.compile(rf"{pattern}\.?")
    for pattern in (
        rf"{_NUMBERS}{_CLOCK}",
        rf"{_NAMED}{_CLOCK}",
        rf"(?P<year>[0-9]{{4}})(?P<sep>[/.-])(?P<month>[0-9]{{1,2}})(?P=sep){_DAY}{_ISO_CLOCK}",
        rf"{_CLOCK_FIRST}{_NUMBERS}",
        rf"{_CLOCK_FIRST}{_NAMED}",
    )
)
_TIME_ALONE: Final = re.compile(rf"(?:{_TIME_WORD})?{_TIME}{_ZONE}\.?")
_NO_YEAR: Final = re.compile(rf"{_WEEKDAY}{_DAY}(?:\s*[/.-]\s*[0-9]{{1,2}}|[\s./-]{{1,3}}[a-z]+){_CLOCK}")
_NO_MINUTE: Final = re.compile(rf".*[0-9]\s*,?\s*{_TIME_WORD}[0-9]{{1,2}}{_ZONE}\.?")
_TWELVE_HOURS: Final = re.compile(r".*[0-9]\s*(?:pagi|siang|sore|petang|malam|am|pm|a\.m\.?|p\.m\.?)\b.*")
_SPAN: Final = re.compile(
    r".*[0-9][:.][0-9]{2}(?:\s*(?:wib|wita|wit))?\s*(?:-|s\W{0,2}d\W{0,2}|sampai|hingga)\s*[0-9]{1,2}[:.][0-9]{2}\b.*"
)


@dataclass(frozen=True, slots=True)
class MomentCell:
    """What one cell says of a moment (`value` in minutes) or a date (`value` in days since 1970-01-01).

    `repaired` is the wording of a D405, `zone` the zone a D414 converted from, `problem` the sentence of a
    D404; each is empty when there is none.
    """

    value: int = 0
    state: State = State.BLANK
    repaired: str = ""
    zone: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class SerialDates:
    """How numbers are dates: days to add (1904 system), and whether the store sends its dates as numbers."""

    offset: int = 0
    expected: bool = False


EXCEL_DATES: Final = SerialDates()


def _unreadable(problem: str) -> MomentCell:
    return MomentCell(state=State.UNREADABLE, problem=problem)


def written_moment(minutes: int) -> datetime:
    """The value to write for a moment."""
    return _EPOCH + timedelta(minutes=minutes)


def written_date(day: int) -> datetime:
    """The value to write for a date: midnight of that day."""
    return _EPOCH + timedelta(days=day)


def minutes_of(moment: datetime) -> int:
    """Minutes since 1970-01-01, rounded half up like Excel's ROUND(serial*1440;0), never cut off.

    Source: the pitfalls list; cutting off gets 13 % of typed minutes wrong because serials are binary
    fractions.
    """
    return ((moment - _EPOCH) // timedelta(microseconds=1) + 30_000_000) // 60_000_000


def read_moment(
    value: RawValue, *, zone: str = "Asia/Makassar", serials: SerialDates = EXCEL_DATES
) -> MomentCell:
    """The moment in one cell, as local minutes of `zone`; DATE_ONLY where the cell names no time."""
    if isinstance(value, str):
        return _read_text(value, zone) if value.strip() else MomentCell()
    if value is None:
        return MomentCell()
    if isinstance(value, datetime):
        return _in_range(minutes_of(value), State.OK)
    if isinstance(value, date):
        return _in_range((value - _EPOCH.date()).days * 1440, State.DATE_ONLY)
    if isinstance(value, time):
        return _unreadable(f"Jam {value:%H.%M} tanpa tanggal.")
    if isinstance(value, bool):
        return _unreadable("TRUE/FALSE bukan tanggal dan jam.")
    number = value / timedelta(days=1) if isinstance(value, timedelta) else float(value)
    return _read_serial(number, serials)


def read_date(
    value: RawValue, *, zone: str = "Asia/Makassar", serials: SerialDates = EXCEL_DATES
) -> MomentCell:
    """The date in one cell, in days; a time beside it is no fault and is dropped."""
    found = read_moment(value, zone=zone, serials=serials)
    if found.state in (State.BLANK, State.UNREADABLE):
        return found
    day = found.value // 1440
    mended = isinstance(value, str) or bool(found.repaired)
    return MomentCell(day, State.REPAIRED if mended else State.OK, spoken_date(day) if mended else "")


def _in_range(minutes: int, state: State) -> MomentCell:
    year = written_moment(minutes).year
    if year not in _YEARS:
        return _unreadable(f"Tahun {year} di luar 2000–2099.")
    return MomentCell(minutes, state)


def _read_serial(number: float, serials: SerialDates) -> MomentCell:
    serial = number + serials.offset
    if not FIRST_SERIAL <= serial < LAST_SERIAL + 1:
        return _unreadable(_number_problem(number))
    minutes = (round((serial - SERIAL_EPOCH) * 86_400_000) + 30_000) // 60_000
    if serial == int(serial):
        said = "" if serials.expected else spoken_date(minutes // 1440)
        return MomentCell(minutes, State.DATE_ONLY, said)
    if serials.expected:
        return MomentCell(minutes, State.OK)
    return MomentCell(minutes, State.REPAIRED, spoken_moment(minutes))


def _number_problem(number: float) -> str:
    """Why a number is no moment; 12.3 may be what is left of 12.03 or 12.30, and nobody can tell which."""
    text = f"{number:.15g}"
    if re.fullmatch(r"(1?[0-9]|2[0-3])\.[0-5]", text):
        hour, digit = text.split(".")
        return f"{text} rancu: {int(hour):02d}.0{digit} atau {int(hour):02d}.{digit}0."
    return f"{text} adalah angka, bukan tanggal dan jam."


def _read_text(text: str, zone: str) -> MomentCell:
    return _read_short(text, zone) if len(text) <= _LONGEST else _unreadable(_no_moment(text))


def _no_moment(text: str) -> str:
    return f"{quoted(text)} tidak terbaca sebagai tanggal dan jam."


@lru_cache(maxsize=65_536)
def _read_short(text: str, zone: str) -> MomentCell:
    if any(unicodedata.category(letter) == "No" for letter in text):  # ² would fold to an ordinary 2
        return _unreadable(_no_moment(text))
    folded = fold(text.translate(APOSTROPHES))
    for form in _FORMS:
        match = form.fullmatch(folded)
        if match:
            return _read_match(match.groupdict(), text, zone)
    return _unreadable(_text_problem(folded, text))


def _read_match(parts: dict[str, str | None], text: str, zone: str) -> MomentCell:
    if parts.get("loose") and parts.get("sep") == ".":
        return _unreadable(_no_moment(text))
    day = _day_of(parts)
    if isinstance(day, str):
        return _unreadable(day)
    weekday = parts.get("weekday")
    if weekday is not None and WEEKDAYS.get(weekday) != day.weekday():
        return _unreadable(_weekday_problem(weekday, day))
    if parts["hour"] is None:
        return MomentCell(_days(day) * 1440, State.DATE_ONLY)
    clock = _seconds_of(parts)
    if clock is None:
        return _unreadable(_time_problem(parts, text))
    return _in_zone(_days(day) * 1440 + (clock + 30) // 60, parts["zone"], zone)


def _days(day: date) -> int:
    return (day - _EPOCH.date()).days


def _day_of(parts: dict[str, str | None]) -> date | str:
    """The date the parts name, day before month; or the sentence that says why there is none."""
    name = parts.get("name")
    month = MONTHS.get(name) if name else int(parts["month"] or 0)
    if month is None:
        return f"Nama bulan {quoted(name)} tidak dikenal."
    written = parts["year"] or ""
    year = int(written) + (2000 if len(written) == 2 else 0)
    if year not in _YEARS:
        return f"Tahun {year} di luar 2000–2099."
    if month not in range(1, 13):
        return f"Bulan {month} tidak ada; tulis hari/bulan/tahun."
    try:
        return date(year, month, int(parts["day"] or 0))
    except ValueError:
        return f"Tanggal {parts['day']}/{month}/{year} tidak ada."


def _time_problem(parts: dict[str, str | None], text: str) -> str:
    if (parts["hour"], parts["minute"]) == ("24", "00"):
        return "Pukul 24.00 tidak ada; tulis 23.59, atau 00.00 pada tanggal berikutnya."
    return f"Jam pada {quoted(text)} tidak ada."


def _weekday_problem(weekday: str, day: date) -> str:
    if weekday not in WEEKDAYS:
        return f"Kata {quoted(weekday)} tidak dikenal sebagai nama hari."
    written = WEEKDAY_NAMES[WEEKDAYS[weekday]]
    return f"{spoken_date(_days(day))} adalah hari {WEEKDAY_NAMES[day.weekday()]}, bukan {written}."


def _seconds_of(parts: dict[str, str | None]) -> int | None:
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    return hour * 3600 + minute * 60 + second if hour < 24 and minute < 60 and second < 60 else None


def _in_zone(minutes: int, written: str | None, zone: str) -> MomentCell:
    ahead = ZONES[fold(zone)]
    if written is None or ZONES[written] == ahead:
        return MomentCell(minutes, State.REPAIRED, spoken_moment(minutes))
    return MomentCell(minutes + (ahead - ZONES[written]) * 60, State.REPAIRED, zone=written.upper())


def _text_problem(folded: str, text: str) -> str:
    if _TIME_ALONE.fullmatch(folded):
        return f"{quoted(text)} tanpa tanggal."
    if _NO_YEAR.fullmatch(folded):
        return f"{quoted(text)} tanpa tahun."
    if _SPAN.fullmatch(folded):
        return f"{quoted(text)} memuat dua waktu; tulis satu waktu dalam satu sel."
    if _TWELVE_HOURS.fullmatch(folded):
        return f"{quoted(text)} rancu; tulis jam dari 00.00 sampai 23.59, tanpa pagi, sore, AM, atau PM."
    if _NO_MINUTE.fullmatch(folded):
        return f"{quoted(text)} tanpa menit."
    if not any(letter.isdigit() for letter in folded):
        return f"{quoted(text)} bukan waktu; kosongkan selnya bila memang belum ada."
    return _no_moment(text)
