"""Moments that a reader types into a dialog: prefilled with now, refused at the field when they cannot be (H3)."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from tracker.dashboard.clock import clock
from tracker.dashboard.paper import moment_typed
from tracker.dashboard.texts import actions
from tracker.dashboard.visit import Visit
from tracker.sop.verdicts import NONE
from tracker.views import wording
from tracker.views.standing import Standing

__all__ = ["moment_fault", "moment_shown"]

_AHEAD = 15
"""Minutes that a typed moment may lie ahead of now (source: rules, W205)."""


def moment_shown(visit: Visit, at: datetime) -> str:
    """A moment as staff type it: `20/11/2026 10.40`, local to the register."""
    local = visit.edition.reading.aware(at)
    return f"{local.day}/{local.month}/{local.year} {local:%H.%M}"


def moment_fault(visit: Visit, standing: Standing, text: str) -> str:
    """Why this moment cannot be recorded for the item; empty when it can."""
    at = moment_typed(text, visit.settings.zone)
    if at is None:
        return actions.MOMENT_UNREADABLE
    now = visit.edition.reading.minutes(clock())
    if at > now + _AHEAD:
        return actions.MOMENT_FUTURE
    if standing.since != NONE and at < standing.since:
        return actions.too_early(visit.moment(standing.since))
    limit = visit.settings.backdate_limit
    calendar = visit.sight.evaluation.calendar
    if calendar.has_hours and int(calendar.add(np.array([at]), limit)[0]) < now:
        return actions.too_far_back(wording.standard(limit))
    return ""
