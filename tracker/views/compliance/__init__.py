"""Kepatuhan: the figures of a month as facts to be worded, and the events behind every figure."""

from tracker.views.compliance.headline import (
    Headline,
    Standpoint,
    headline,
    may_see_persons,
    months_to_choose,
)
from tracker.views.compliance.hours import Hours, hours
from tracker.views.compliance.lists import By, EventLine, EventList, Slice, Which, behind
from tracker.views.compliance.tables import Row, group_rows, month_rows, person_rows, step_rows, total_row
from tracker.views.compliance.targets import TargetDay, TargetItem, TargetState, target_days
from tracker.views.compliance.trend import Trend, TrendPoint, trend

__all__ = [
    "By",
    "EventLine",
    "EventList",
    "Headline",
    "Hours",
    "Row",
    "Slice",
    "Standpoint",
    "TargetDay",
    "TargetItem",
    "TargetState",
    "Trend",
    "TrendPoint",
    "Which",
    "behind",
    "group_rows",
    "headline",
    "hours",
    "may_see_persons",
    "month_rows",
    "months_to_choose",
    "person_rows",
    "step_rows",
    "target_days",
    "total_row",
    "trend",
]
