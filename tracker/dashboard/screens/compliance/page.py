"""The page: selectors, headline with its definition, figures, the line, and the table per step."""

from __future__ import annotations

from typing import Final

import streamlit as st

from tracker.dashboard import pieces, texts
from tracker.dashboard.addresses import BOARD, ISSUES
from tracker.dashboard.markup import Html, el, plain_label
from tracker.dashboard.months import Counted
from tracker.dashboard.screens.compliance.address import MONTH, ROLE, VIEW, Asked, ask, asked, link, query_of
from tracker.dashboard.screens.compliance.chart import chart
from tracker.dashboard.screens.compliance.listing import listing
from tracker.dashboard.screens.compliance.tables import tables
from tracker.dashboard.texts import board as board_texts
from tracker.dashboard.texts import compliance as words
from tracker.dashboard.texts import conclusions
from tracker.dashboard.visit import Visit
from tracker.sop.compliance import month_end, month_of
from tracker.sop.figures import Month, MonthFigures
from tracker.views import wording
from tracker.views.board import Show
from tracker.views.compliance import (
    Headline,
    Slice,
    Standpoint,
    Which,
    headline,
    hours,
    months_to_choose,
    step_rows,
    total_row,
    trend,
)

__all__ = ["show"]

_CHOSEN_MONTH: Final = "kepatuhan-bulan"
_CHOSEN_ROLE: Final = "kepatuhan-pelaksana"


def show(visit: Visit) -> None:
    """The figures of the month and role that the address names, or the events behind one of them."""
    evaluation = visit.sight.evaluation
    if not len(evaluation.register.items):
        st.html(el("div", "title", el("h1", "", words.COMPLIANCE)))
        pieces.empty(texts.EMPTY_REGISTER)
        return
    seen = asked(visit)
    counted = _counted(visit, seen.month, seen.role)
    with st.container(key="compliance"):
        if seen.slice is not None:
            listing(visit, seen, counted.count, seen.slice)
        else:
            _figures(visit, seen, counted)


def _counted(visit: Visit, month: Month, role: str) -> Counted:
    revision = visit.edition.reading.revision
    return visit.source.months.of(revision, month, visit.sight.evaluation, role=role or None)


def _figures(visit: Visit, seen: Asked, counted: Counted) -> None:
    months = months_to_choose(visit.sight.evaluation)
    _head(visit, seen, months)
    for note in seen.notes:
        st.html(el("div", "banner.warn", note, role="note"))
    figures = counted.figures
    conclusion = headline(figures)
    parts = conclusions.headline(conclusion, seen.role, months[-1])
    st.html(
        el(
            "p",
            "headline",
            *(el("b", "", part) if bold else Html(el("span", "", part)) for part, bold in parts),
        )
    )
    _definition(visit, seen, counted)
    _tiles(visit, seen, conclusion, figures)
    with st.container(key="compliance-columns"):
        left, right = st.columns([2, 3], gap="medium")
    with left:
        _line(visit, seen, figures)
    with right:
        tables(visit, seen, counted)


def _head(visit: Visit, seen: Asked, months: tuple[Month, ...]) -> None:
    """Title and selectors; a month that was asked for stands among the choices even without events."""
    choices = {str(one): wording.month_year(one) for one in sorted({*months, seen.month}, reverse=True)}
    roles = {"": words.EVERY_ROLE, **{one: one for one in visit.sight.evaluation.register.sop.roles}}
    st.session_state[_CHOSEN_MONTH], st.session_state[_CHOSEN_ROLE] = str(seen.month), seen.role
    with st.container(key="compliance-head", horizontal=True, vertical_alignment="center", wrap=False):
        st.html(el("div", "title", el("h1", "", words.COMPLIANCE)))
        st.selectbox(
            words.MONTH,
            list(choices),
            key=_CHOSEN_MONTH,
            format_func=lambda one: choices[one],
            on_change=_choose,
            args=(MONTH, _CHOSEN_MONTH),
            filter_mode=None,
            width=230,
        )
        st.selectbox(
            words.ROLE,
            list(roles),
            key=_CHOSEN_ROLE,
            format_func=lambda one: roles[one],
            on_change=_choose,
            args=(ROLE, _CHOSEN_ROLE),
            filter_mode=None,
            width=340,
        )


def _choose(name: str, key: str) -> None:
    ask(**{name: str(st.session_state[key])})


def _definition(visit: Visit, seen: Asked, counted: Counted) -> None:
    """K1 and P3: what is divided by what, what was left out, and whose hours."""
    figures = counted.figures
    until = "" if figures.as_of >= month_end(seen.month) else wording.screen_moment(figures.as_of)
    judged = figures.on_time + figures.late
    said = [
        words.definition(judged, seen.month, until),
        words.working_hours(hours(counted.count.evaluation, seen.month)),
    ]
    dropped = counted.count.dropped()
    is_whole = not (figures.unjudged or figures.not_counted or dropped)
    if is_whole:
        said.append(words.NOTHING_LEFT_OUT)
    with st.container(key="definition"):
        st.html(el("p", "hint", " ".join(said)))
        if not is_whole:
            _left_out(visit, seen, figures, dropped)


def _left_out(visit: Visit, seen: Asked, figures: MonthFigures, dropped: int) -> None:
    """How many rows stand outside every figure above, each with a way to them (P3)."""
    with st.container(key="left-out", horizontal=True, vertical_alignment="center"):
        st.html(el("p", "hint", words.LEFT_OUT), width="content")
        if figures.unjudged:
            label = words.unjudged(figures.unjudged)
            link(visit, seen, plain_label(label), **query_of(Slice(Which.UNJUDGED)))
        if figures.not_counted:
            visit.link(ISSUES, plain_label(words.not_counted(figures.not_counted)))
        if dropped:
            st.html(el("p", "hint", words.dropped(dropped)), width="content")


def _tiles(visit: Visit, seen: Asked, conclusion: Headline, figures: MonthFigures) -> None:
    """The figures at a glance; what runs late now stands beside the share, not in it (K2)."""
    now = month_of(visit.sight.evaluation.now)
    current = figures if seen.month == now else _counted(visit, now, seen.role).figures
    rows = step_rows(figures, visit.sight.evaluation.register.sop)
    total = total_row(figures, rows)
    judged, decisions = figures.on_time + figures.late, total.decisions or 0
    with st.container(key="tiles"):
        places = st.columns(5, gap="small")
    share = (
        "" if conclusion.standpoint is Standpoint.FEW or not judged else words.counts(figures.on_time, judged)
    )
    below = ", ".join(part for part in (share, conclusions.change(conclusion)) if part)
    with places[0]:
        pieces.tile("mine", words.TILE_SHARE, wording.share(figures.on_time, judged), below)
        link(visit, seen, words.TILE_SHARE, **query_of(Slice(Which.JUDGED)))
    with places[1]:
        lost = words.late_total(conclusion.late_minutes)
        pieces.tile("late" if figures.late else "plain", words.TILE_LATE, wording.number(figures.late), lost)
        link(visit, seen, words.TILE_LATE, **query_of(Slice(Which.LATE)))
    with places[2]:
        sent_back = wording.share(total.returned, decisions)
        pieces.tile("plain", words.TILE_RETURNED, sent_back, words.decisions(total.returned, decisions))
        link(visit, seen, words.TILE_RETURNED, **query_of(Slice(Which.RETURNED)))
    past = seen.month != now
    _now_tile(visit, places[3], Show.LATE, current.running_overdue,
              words.at_end(seen.month, figures.running_overdue) if past else words.APART)  # fmt: skip
    _now_tile(visit, places[4], Show.OVERLONG, current.waiting_overdue,
              words.at_end(seen.month, figures.waiting_overdue) if past else words.APART)  # fmt: skip


def _now_tile(
    visit: Visit, place: st.delta_generator.DeltaGenerator, pace: Show, count: int, below: str
) -> None:
    label = words.TILE_OVERDUE if pace is Show.LATE else words.TILE_WAITING
    level = "plain" if not count else "late" if pace is Show.LATE else "issues"
    with place:
        pieces.tile(level, label, wording.number(count), below)
        visit.link(BOARD, label, saring=board_texts.SHOWS[pace])


def _line(visit: Visit, seen: Asked, figures: MonthFigures) -> None:
    pieces.heading(words.PER_MONTH)
    st.html(chart(trend(figures)))
    is_open = seen.view == words.BY_MONTH
    label = words.HIDE_MONTHS if is_open else words.SHOW_MONTHS
    with st.container(key="months-shown"):
        link(visit, seen, label, **({} if is_open else {VIEW: words.BY_MONTH}))
