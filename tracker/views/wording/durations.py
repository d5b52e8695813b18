"""Durations of working time, and time standards as the SOP writes them."""

from __future__ import annotations

from typing import Final

from tracker.sop.model import Standard, Unit
from tracker.views.wording.counts import number

__all__ = ["duration", "duration_in_days", "overrun", "standard"]

_UNITS: Final = {Unit.MINUTES: "menit", Unit.HOURS: "jam", Unit.DAYS: "hari"}


def duration(minutes: float) -> str:
    """Working minutes as hours and minutes; a half minute is rounded up.

    >>> duration(41), duration(205), duration(120), duration(0), duration(26.5)
    ('41 menit', '3 jam 25 menit', '2 jam', '0 menit', '27 menit')
    """
    hours, rest = divmod(int(minutes + 0.5), 60)
    if not hours:
        return f"{rest} menit"
    return f"{number(hours)} jam {rest} menit" if rest else f"{number(hours)} jam"


def duration_in_days(minutes: float, day_minutes: int) -> str:
    """For screens: working minutes as working days of `day_minutes` and hours; below a day as `duration`.

    Minutes are dropped from one day on, when they no longer help to decide anything.

    >>> duration_in_days(970, 450), duration_in_days(449, 450), duration_in_days(900, 450)
    ('2 hari 1 jam', '7 jam 29 menit', '2 hari')
    """
    days, rest = divmod(int(minutes + 0.5), day_minutes) if day_minutes > 0 else (0, 0)
    if not days:
        return duration(minutes)
    return f"{number(days)} hari {rest // 60} jam" if rest >= 60 else f"{number(days)} hari"


def overrun(minutes: float) -> str:
    """Time past a deadline.

    >>> overrun(14), overrun(65)
    ('+14 menit', '+1 jam 5 menit')
    """
    return f"+{duration(minutes)}"


def standard(value: Standard | None) -> str:
    """A standard in its own unit (a day is never turned into hours); `–` when the SOP has none that can be
    read.

    >>> standard(Standard(10, Unit.MINUTES)), standard(Standard(1.5, Unit.HOURS))
    ('10 menit', '1,5 jam')
    >>> standard(Standard(1, Unit.DAYS))
    '1 hari'
    """
    return "–" if value is None else f"{number(value.amount)} {_UNITS[value.unit]}"
