"""Indonesian formatting, in one place: dates, numbers, shares, durations, standards, zones, NIP.

Month, day and zone names come from tables here, never from the locale of the machine (source: the papers'
layout, section 0.4). Everything is a pure function of its arguments.
"""

from tracker.views.wording.counts import (
    FEW,
    number,
    percent,
    share,
    share_level,
    share_percent,
    share_with_percent,
)
from tracker.views.wording.durations import duration, duration_in_days, overrun, standard
from tracker.views.wording.moments import (
    clock,
    day_of,
    iso_moment,
    long_date,
    month_name,
    month_short,
    month_year,
    paper_moment,
    paper_period,
    roman_month,
    screen_moment,
    stacked_moment,
    weekday_date,
    weekday_name,
    zone_label,
)
from tracker.views.wording.names import joined, listing, nip, shortened

__all__ = [
    "FEW",
    "clock",
    "day_of",
    "duration",
    "duration_in_days",
    "iso_moment",
    "joined",
    "listing",
    "long_date",
    "month_name",
    "month_short",
    "month_year",
    "nip",
    "number",
    "overrun",
    "paper_moment",
    "paper_period",
    "percent",
    "roman_month",
    "screen_moment",
    "share",
    "share_level",
    "share_percent",
    "share_with_percent",
    "shortened",
    "stacked_moment",
    "standard",
    "weekday_date",
    "weekday_name",
    "zone_label",
]
