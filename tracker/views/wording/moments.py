"""Dates, moments, months and zones. Moments are int64 local minutes since 1970-01-01 (`verdicts.NONE`:
none).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from tracker.findings.words import MONTH_NAMES, WEEKDAY_NAMES
from tracker.sop.figures import Month
from tracker.sop.verdicts import NONE

__all__ = [
    "clock",
    "day_of",
    "iso_moment",
    "long_date",
    "month_name",
    "month_short",
    "month_year",
    "paper_moment",
    "paper_period",
    "roman_month",
    "screen_moment",
    "stacked_moment",
    "weekday_date",
    "weekday_name",
    "zone_label",
]

# fmt: off
_SHORT: Final = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des")
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
# fmt: on
# Keppres 41/1987: the zones by their IANA names, old ones included.
_ZONES: Final = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Ujung_Pandang": "WITA",
    "Asia/Jayapura": "WIT",
}
_EPOCH: Final = datetime(1970, 1, 1)
NOTHING: Final = "–"


def _moment(minutes: int) -> datetime:
    return _EPOCH + timedelta(minutes=int(minutes))


def day_of(minutes: int) -> date:
    """The date on which a moment falls.

    >>> day_of(29_763_915)
    datetime.date(2026, 8, 4)
    """
    return _moment(minutes).date()


def month_name(month: int) -> str:
    """`Agustus` of 8."""
    return MONTH_NAMES[month - 1]


def month_short(month: int) -> str:
    """`Agt` of 8."""
    return _SHORT[month - 1]


def roman_month(month: int) -> str:
    """The month in a paper's number.

    >>> roman_month(8)
    'VIII'
    """
    return _ROMAN[month - 1]


def month_year(month: Month) -> str:
    """
    >>> month_year(Month(2026, 8))
    'Agustus 2026'
    """
    return f"{month_name(month.month)} {month.year}"


def paper_period(month: Month) -> str:
    """
    >>> paper_period(Month(2026, 2))
    '1 s.d. 28 Februari 2026'
    """
    after = month.shifted(1)
    last = date(after.year, after.month, 1) - timedelta(days=1)
    return f"1 s.d. {long_date(last)}"


def long_date(on: date) -> str:
    """
    >>> long_date(date(2026, 8, 3))
    '3 Agustus 2026'
    """
    return f"{on.day} {month_name(on.month)} {on.year}"


def weekday_name(weekday: int) -> str:
    """`Senin` of 0."""
    return WEEKDAY_NAMES[weekday]


def weekday_date(on: date) -> str:
    """
    >>> weekday_date(date(2026, 11, 20))
    'Jumat, 20 November 2026'
    """
    return f"{WEEKDAY_NAMES[on.weekday()]}, {long_date(on)}"


def clock(minutes: int) -> str:
    """The time of day of a moment, with a full stop.

    >>> clock(555)
    '09.15'
    """
    return f"{_moment(minutes):%H.%M}"


def screen_moment(minutes: int, *, today: date | None = None) -> str:
    """A moment on a screen; only the time when it is of `today`; `–` when there is none.

    >>> screen_moment(29_763_915), screen_moment(29_763_915, today=date(2026, 8, 4)), screen_moment(NONE)
    ('4 Agt 2026 09.15', '09.15', '–')
    """
    if minutes == NONE:
        return NOTHING
    on = day_of(minutes)
    return clock(minutes) if on == today else f"{on.day} {month_short(on.month)} {on.year} {clock(minutes)}"


def paper_moment(minutes: int, zone: str) -> str:
    """A moment in a sentence on a paper; `zone` is an IANA name.

    >>> paper_moment(29_763_915, "Asia/Makassar")
    '4 Agustus 2026 pukul 09.15 WITA'
    """
    return f"{long_date(day_of(minutes))} pukul {clock(minutes)} {zone_label(zone)}"


def stacked_moment(minutes: int) -> str:
    """A moment in a dense table: the date, below it the time; the zone stands in the heading.

    >>> stacked_moment(29_763_915), stacked_moment(NONE)
    ('4 Agustus 2026\\n09.15', '–')
    """
    return NOTHING if minutes == NONE else f"{long_date(day_of(minutes))}\n{clock(minutes)}"


def iso_moment(minutes: int) -> str | None:
    """Local time for JSON, without a zone; None when there is none.

    >>> iso_moment(29_763_915)
    '2026-08-04T09:15'
    """
    return None if minutes == NONE else f"{_moment(minutes):%Y-%m-%dT%H:%M}"


def zone_label(zone: str) -> str:
    """WIB, WITA or WIT; a zone outside Indonesia keeps its own name.

    >>> zone_label("Asia/Makassar"), zone_label("Asia/Tokyo")
    ('WITA', 'Asia/Tokyo')
    """
    return _ZONES.get(zone, zone)
