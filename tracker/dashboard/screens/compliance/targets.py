"""The calendar strip of target dates, and the items due in the month."""

from __future__ import annotations

from typing import Final

import streamlit as st

from tracker.dashboard import pieces, texts
from tracker.dashboard.markup import Html, el
from tracker.dashboard.screens.compliance.address import VIEW, Asked
from tracker.dashboard.screens.compliance.paging import PER_PAGE, paging
from tracker.dashboard.texts import compliance as words
from tracker.dashboard.visit import Visit
from tracker.views.compliance import TargetDay, TargetItem, TargetState, target_days

__all__ = ["targets"]

_LEVELS: Final = {
    TargetState.MET: "good",
    TargetState.MISSED: "overlong",
    TargetState.PASSED: "late",
    TargetState.AHEAD: "calm",
}
_GRAVEST: Final = (TargetState.PASSED, TargetState.MISSED, TargetState.AHEAD, TargetState.MET)


def targets(visit: Visit, seen: Asked) -> None:
    """The strip of days, and the items due on them, the gravest first."""
    days = target_days(visit.sight.evaluation, seen.month)
    due = sorted(
        (one for day in days for one in day.items),
        key=lambda one: (_GRAVEST.index(one.state), one.target_on, one.id),
    )
    st.html(el("p", "hint", words.TARGETS_NOW))
    if not due:
        pieces.empty(words.NO_TARGETS)
        return
    st.html(el("ol", "strip", *(_day(one) for one in days)))
    first = min(seen.page - 1, (len(due) - 1) // PER_PAGE) * PER_PAGE
    with st.container(key="targets"):
        for one in due[first : first + PER_PAGE]:
            pieces.item_link(visit, one.id, one.title)
            st.html(_item(visit, one))
    paging(visit, seen, (first, len(due)), {VIEW: words.TARGETS})


def _day(one: TargetDay) -> Html:
    gravest = min((item.state for item in one.items), key=_GRAVEST.index, default=None)
    kinds = [f"w{one.weekday}", "" if one.is_working else "off", "today" if one.is_today else ""]
    parts = [el("span", "meta", words.weekday_letter(one.on)), el("b", "", words.day_number(one.on))]
    hint = words.day_label(one.on)
    if gravest is not None:
        parts.append(el("span", f"tag.{_LEVELS[gravest]}", str(len(one.items))))
        hint = f"{hint}: {words.due(len(one.items))}, {words.TARGET_STATES[gravest]}"
    return el("li", ".".join(kind for kind in kinds if kind), *parts, title=hint)


def _item(visit: Visit, one: TargetItem) -> Html:
    finished = words.finished(visit.moment(one.finished_at)) if one.state in _DONE else ""
    parts = (
        el("span", "who", texts.DOT.join(part for part in (one.channel, one.id) if part)),
        el("span", "when", words.target_on(one.target_on)),
        el("span", "tags", pieces.tag(words.TARGET_STATES[one.state], _LEVELS[one.state]), title=finished),
    )
    return el("div", "cells.due", *parts)


_DONE: Final = (TargetState.MET, TargetState.MISSED)
