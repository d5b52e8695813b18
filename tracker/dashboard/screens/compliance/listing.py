"""The events behind a figure, with links to their items, page by page (K5, S2)."""

from __future__ import annotations

import streamlit as st

from tracker.dashboard import pieces, texts
from tracker.dashboard.markup import el
from tracker.dashboard.screens.compliance.address import Asked, link, query_of
from tracker.dashboard.screens.compliance.paging import PER_PAGE, paging
from tracker.dashboard.texts import compliance as words
from tracker.dashboard.visit import Visit
from tracker.sop.compliance import MonthCount
from tracker.sop.verdicts import NONE, Verdict
from tracker.views import wording
from tracker.views.compliance import By, EventLine, EventList, Slice, behind, may_see_persons

__all__ = ["listing", "persons_refused"]


def listing(visit: Visit, seen: Asked, count: MonthCount, chosen: Slice) -> None:
    """One page of the list; a person's list only for those who may see figures per person (K6)."""
    with st.container(key="back"):
        link(visit, seen, f":material/arrow_back: {words.BACK}")
    refused = persons_refused(visit) if chosen.by is By.PERSON else ""
    if refused:
        pieces.empty(refused)
        return
    found = behind(count, chosen, first=(seen.page - 1) * PER_PAGE, most=PER_PAGE)
    lead = words.list_lead(seen.month, seen.role, found.total)
    st.html(
        el(
            "div",
            "title",
            el("h1", "", words.list_title(chosen.which, _subject(chosen, found))),
            el("p", "lead", lead, " ", words.WHICH_WHY[chosen.which]),
        )
    )
    if not found.lines:
        pieces.empty(words.NO_EVENTS)
        return
    with st.container(key="events"):
        for one in found.lines:
            pieces.item_link(visit, one.id, one.title)
            st.html(_cells(visit, one))
    paging(visit, seen, (found.first, found.total), query_of(chosen))


def persons_refused(visit: Visit) -> str:
    """Why figures per person are not shown to this reader; empty when they are."""
    sop = visit.sight.evaluation.register.sop
    if may_see_persons(visit.reader, sop):
        return ""
    return words.persons_only_for(tuple(dict.fromkeys(step.role for step in sop.steps if step.is_decision)))


def _subject(chosen: Slice, found: EventList) -> str:
    if chosen.by is By.STEP and found.name:
        return texts.step_name(int(chosen.value), found.name)
    if found.name == "-":
        return words.NOBODY if chosen.by is By.PERSON else words.UNNAMED
    return found.name


def _cells(visit: Visit, one: EventLine) -> str:
    performers = wording.listing(one.performers) if one.performers else words.NOBODY
    parts = (
        el("span", "where", texts.step_name(one.step, one.activity)),
        el("span", "who", performers, el("br", ""), el("span", "meta", words.row(one.row))),
        el("span", "when", visit.moment(one.finish)),
        el("span", "pace", _elapsed(visit, one)),
        el("span", "tags", *_tags(visit, one)),
    )
    return el("div", "cells.event", *parts)


def _elapsed(visit: Visit, one: EventLine) -> str:
    if one.elapsed == NONE:
        return texts.NOTHING
    return words.elapsed(wording.duration_in_days(one.elapsed, visit.day), one.standard)


def _tags(visit: Visit, one: EventLine) -> list[str]:
    if one.verdict is Verdict.LATE:
        tags = [pieces.tag(words.late_by(wording.duration_in_days(one.late_minutes, visit.day)), "late")]
    else:
        level = "good" if one.verdict is Verdict.ON_TIME else "calm"
        tags = [pieces.tag(words.VERDICTS[one.verdict], level)]
    return [*tags, pieces.tag(words.RETURNED, "calm")] if one.is_returned else [*tags]
