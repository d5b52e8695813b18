"""How moments and durations are said in the sentence of a finding, and the names of months and weekdays.

`…_words` is the short form that staff type, `spoken_…` the long one of "dibaca sebagai".

Instants are local minutes since 1970-01-01, days are counted from the same date.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

__all__ = [
    "MONTH_NAMES",
    "WEEKDAY_NAMES",
    "day_words",
    "minutes_words",
    "moment_words",
    "span_words",
    "spoken_date",
    "spoken_moment",
    "spoken_time",
]

MONTH_NAMES: Final = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
WEEKDAY_NAMES: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")

_EPOCH: Final = date(1970, 1, 1)


@lru_cache(maxsize=1024)
def day_words(day: int) -> str:
    """A date as staff type it.

    >>> day_words(20668)
    '3/8/2026'
    """
    on = _EPOCH + timedelta(days=int(day))
    return f"{on.day}/{on.month}/{on.year}"


def moment_words(at: int) -> str:
    """A moment as staff type it.

    >>> moment_words(20668 * 1440 + 555)
    '3/8/2026 09.15'
    """
    day, minute = divmod(int(at), 1440)
    return f"{day_words(day)} {minute // 60:02d}.{minute % 60:02d}"


def minutes_words(minutes: int) -> str:
    """A duration in hours and minutes.

    >>> minutes_words(205)
    '3 jam 25 menit'
    """
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return f"{rest} menit"
    return f"{hours} jam {rest} menit" if rest else f"{hours} jam"


def span_words(minutes: int) -> str:
    """A span of clock time: from a day on in days and hours, for nobody reads 125.270 minutes.

    >>> span_words(40), span_words(1500)
    ('40 menit', '1 hari 1 jam')
    """
    days, rest = divmod(int(minutes), 1440)
    if not days:
        return minutes_words(rest)
    return f"{days} hari {rest // 60} jam" if rest >= 60 else f"{days} hari"


def spoken_date(day: int) -> str:
    """Days since 1970-01-01 in words.

    >>> spoken_date(20668)
    '3 Agustus 2026'
    """
    on = _EPOCH + timedelta(days=int(day))
    return f"{on.day} {MONTH_NAMES[on.month - 1]} {on.year}"


def spoken_time(minute: int) -> str:
    """Minutes of the day.

    >>> spoken_time(555)
    '09.15'
    """
    hours, minutes = divmod(minute, 60)
    return f"{hours:02d}.{minutes:02d}"


def spoken_moment(minutes: int) -> str:
    """Minutes since 1970-01-01 in words.

    >>> spoken_moment(20668 * 1440 + 555)
    '3 Agustus 2026 pukul 09.15'
    """
    day, minute = divmod(minutes, 1440)
    return f"{spoken_date(day)} pukul {spoken_time(minute)}"
