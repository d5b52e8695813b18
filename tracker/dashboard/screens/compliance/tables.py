"""One table at a time beside the chart: per step, and on demand per month, person, channel, kind, target (K6).

One, because every cell brings a link with it and a click must stay small (dashboard, section 9).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from tracker.dashboard import pieces
from tracker.dashboard.months import Counted
from tracker.dashboard.screens.compliance.address import VIEW, Asked, ask
from tracker.dashboard.screens.compliance.grid import grid
from tracker.dashboard.screens.compliance.lines import group_lines, month_lines, person_lines, step_lines
from tracker.dashboard.screens.compliance.listing import persons_refused
from tracker.dashboard.screens.compliance.targets import targets
from tracker.dashboard.texts import compliance as words
from tracker.dashboard.visit import Visit
from tracker.views.compliance import By, group_rows, month_rows, person_rows, step_rows, total_row

__all__ = ["tables"]

_KEY: Final = "kepatuhan-lihat"
_MOST: Final = 20


def tables(visit: Visit, seen: Asked, counted: Counted) -> None:
    """The choice of tables, and the chosen one."""
    view = seen.view if seen.view in words.VIEWS else words.BY_STEP
    st.session_state[_KEY] = view
    st.segmented_control(
        words.TABLES,
        list(words.VIEWS),
        key=_KEY,
        required=True,
        format_func=lambda one: words.VIEWS[one],
        on_change=_choose,
        label_visibility="collapsed",
    )
    _DRAWN[view](visit, seen, counted)


def _choose() -> None:
    chosen = str(st.session_state[_KEY])
    ask(**{VIEW: "" if chosen == words.BY_STEP else chosen})


def _steps(visit: Visit, seen: Asked, counted: Counted) -> None:
    figures = counted.figures
    rows = step_rows(figures, visit.sight.evaluation.register.sop)
    lines = step_lines(rows, total_row(figures, rows), figures.target_percent, visit.day)
    grid(visit, seen, "steps", (words.STEP, *words.COLUMNS), lines)


def _months(visit: Visit, seen: Asked, counted: Counted) -> None:
    figures = counted.figures
    lines = month_lines(month_rows(figures.series), figures.target_percent)
    grid(visit, seen, "months", (words.MONTH, *words.COLUMNS_MONTH), lines)


def _persons(visit: Visit, seen: Asked, counted: Counted) -> None:
    figures, refused = counted.figures, persons_refused(visit)
    rows = person_rows(figures.persons, visit.sight.evaluation.register.people)
    if refused or not rows:
        pieces.empty(refused or words.NO_EVENTS)
        return
    lines = person_lines(rows[:_MOST], figures.target_percent, visit.day)
    grid(visit, seen, "persons", (words.PERSON, *words.COLUMNS_PERSON), lines)
    _rest(len(rows))


def _groups(visit: Visit, seen: Asked, counted: Counted) -> None:
    figures, is_channel = counted.figures, seen.view == words.BY_CHANNEL
    groups, by = (figures.channels, By.CHANNEL) if is_channel else (figures.kinds, By.KIND)
    rows = group_rows(groups, by)
    if not rows:
        pieces.empty(words.NO_EVENTS)
        return
    lines = group_lines(rows[:_MOST], figures.target_percent)
    first = words.CHANNEL if is_channel else words.KIND
    grid(visit, seen, "groups", (first, *words.COLUMNS_GROUP), lines)
    _rest(len(rows))


def _rest(total: int) -> None:
    if total > _MOST:
        pieces.empty(words.rest(_MOST, total))


def _targets(visit: Visit, seen: Asked, counted: Counted) -> None:  # noqa: ARG001 - one shape for all tables
    targets(visit, seen)


_DRAWN: Final[dict[str, Callable[[Visit, Asked, Counted], None]]] = {
    words.BY_STEP: _steps,
    words.BY_MONTH: _months,
    words.BY_PERSON: _persons,
    words.BY_CHANNEL: _groups,
    words.BY_KIND: _groups,
    words.TARGETS: _targets,
}
