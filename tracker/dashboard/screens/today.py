"""Hari ini: what must I do, what is late?"""

from __future__ import annotations

import streamlit as st

from tracker.dashboard import pieces, texts
from tracker.dashboard.addresses import BOARD, ISSUES, TODAY
from tracker.dashboard.dialogs import add_item
from tracker.dashboard.markup import Html, el
from tracker.dashboard.seat import choose_name
from tracker.dashboard.tasks import task_rows
from tracker.dashboard.texts import actions
from tracker.dashboard.texts import board as board_texts
from tracker.dashboard.texts import today as words
from tracker.dashboard.visit import Visit, asked
from tracker.sop.verdicts import NONE
from tracker.views import wording
from tracker.views.board import Show
from tracker.views.standing import Standing
from tracker.views.today import Place, Today, punctuality, today
from tracker.views.wording import month_name

__all__ = ["show"]

_ELSEWHERE_SHOWN = 8
_LIST = "daftar"
_VIOLATIONS = "bulan-ini"


def show(visit: Visit) -> None:
    """The page, in the order in which a manager asks."""
    if asked(_LIST) == _VIOLATIONS:
        _violations(visit)
        return
    seen = today(visit.sight.evaluation, visit.reader)
    with st.container(key="greeting", horizontal=True, vertical_alignment="center", wrap=False):
        _greeting(visit, seen)
        _new_item(visit)
    if len(visit.sight.evaluation.register.items) == 0:
        pieces.empty_register(visit)
        return
    _tiles(visit, seen)
    with st.container(key="two-thirds"):
        left, right = st.columns([2, 1], gap="large")
    with left:
        _queue(visit, seen)
    with right:
        _places(visit, seen.places)
    with st.container(key="elsewhere-part"):
        _elsewhere(visit, seen.elsewhere)


def _greeting(visit: Visit, seen: Today) -> None:
    now = visit.sight.evaluation.now
    name = visit.reader.name if visit.reader else ""
    day = wording.weekday_date(wording.day_of(now))
    line = day
    if visit.reader is not None:
        line = words.headline(day, texts.roles(visit.reader.roles), seen.waiting, seen.mine_overdue)
    st.html(el("div", "title", el("h1", "", words.greeting(now % 1440 // 60, name)), el("p", "lead", line)))


def _new_item(visit: Visit) -> None:
    steps = visit.sight.evaluation.register.sop.steps
    if visit.reader is None or not steps or not visit.reader.holds(steps[0]):
        return
    if st.button(actions.NEW_ITEM, key="new-item", icon=":material/add:"):
        add_item(visit)


def _tiles(visit: Visit, seen: Today) -> None:
    """Four figures, each opening its list."""
    own = (*seen.decisions, *seen.tasks)
    longest = max((one.standing.elapsed for one in own), default=0)
    share = punctuality(visit.sight.month)
    before = month_name(share.previous.month.month) if share.previous else ""
    change = words.NO_PREVIOUS if share.points is None else words.points(share.points, before)
    found = visit.sight.issues
    with st.container(key="tiles"):
        first, second, third, fourth = st.columns(4, gap="small")
    waiting = words.oldest(wording.duration_in_days(longest, visit.day) if own else "")
    with first:
        if visit.reader is None:
            pieces.tile("plain", words.TILE_WAITING, words.NOBODY, words.CHOOSE_NAME)
        else:
            pieces.tile("mine", words.TILE_WAITING, str(seen.waiting), waiting)
        st.html(el("a", "cover", words.TILE_WAITING, href="#tugas"))
    with second:
        level = "late" if seen.late else "plain"
        pieces.tile(level, words.TILE_LATE, str(seen.late), words.of_running(seen.running, seen.overlong))
        visit.link(BOARD, words.TILE_LATE, saring=board_texts.SHOWS[Show.LATE])
    with third:
        month = month_name(visit.sight.month.month.month)
        pieces.tile("plain", words.on_time_in(month), wording.share(share.on_time, share.judged), change)
        visit.link(TODAY, words.on_time_in(month), daftar=_VIOLATIONS)
    with fourth:
        level = "issues" if visit.sight.nav_count else "plain"
        pieces.tile(
            level, words.TILE_ISSUES, str(visit.sight.nav_count), words.not_counted(found.items_not_counted)
        )
        visit.link(ISSUES, words.TILE_ISSUES)


def _queue(visit: Visit, seen: Today) -> None:
    """What waits for the reader: decisions first, then steps to be done."""
    if visit.reader is None:
        with st.container(border=True, key="who-are-you"):
            pieces.heading(texts.CHOOSE_NAME, anchor="tugas")
            st.html(el("p", "hint", texts.CHOOSE_NAME_WHY))
            choose_name(visit, "page")
        return
    if seen.decisions:
        pieces.heading(words.DECISIONS, count=len(seen.decisions), anchor="tugas")
        task_rows(visit, seen.decisions, "decision")
    if seen.tasks:
        pieces.heading(words.TASKS, count=len(seen.tasks), anchor="" if seen.decisions else "tugas")
        task_rows(visit, seen.tasks, "task")
    if not seen.waiting:
        pieces.heading(words.TASKS, anchor="tugas")
        at = seen.last_decided_at
        pieces.empty(words.nothing_waits(visit.moment(at) if at != NONE else ""))


def _places(visit: Visit, places: tuple[Place, ...]) -> None:
    pieces.heading(words.WHERE)
    rows = []
    for one in places:
        full = texts.step_in_full(one.step.number, one.step.activity)
        name = el("b", "", texts.step_name(one.step.number, one.step.activity), title=full)
        late = pieces.tag(words.late_count(one.late), "late") if one.late else Html("")
        long = pieces.tag(words.overlong_count(one.overlong), "overlong") if one.overlong else Html("")
        role = el("span", "meta", one.step.role)
        rows.append(
            el(
                "li",
                "",
                el("span", "name", name, role),
                el("span", "tags", late, long),
                el("b", "n", str(one.count)),
            )
        )
    st.html(el("ul", "places", *rows))
    visit.link(BOARD, words.OPEN_BOARD)


def _elsewhere(visit: Visit, late: tuple[Standing, ...]) -> None:
    pieces.heading(words.ELSEWHERE, count=len(late) or None)
    if not late:
        pieces.empty(words.NOBODY_LATE)
        return
    with st.container(key="elsewhere"):
        for one in late[:_ELSEWHERE_SHOWN]:
            with st.container(key=f"row-{one.item}", horizontal=True, vertical_alignment="center"):
                pieces.item_link(visit, one.id, one.title)
                who = wording.listing(one.officers) if one.officers else one.step.role
                parts = (el("span", "where", texts.step_name(one.step.number, one.step.activity)),
                         el("span", "who", who), el("span", "pace", texts.progress(one, visit.day)))  # fmt: skip
                st.html(el("div", "cells", *parts, pieces.tagged(one, visit.day)))
    if len(late) > _ELSEWHERE_SHOWN:
        visit.link(BOARD, texts.and_more(len(late) - _ELSEWHERE_SHOWN), saring=board_texts.SHOWS[Show.LATE])


def _violations(visit: Visit) -> None:
    """The events behind the share on time: those that finished late this month, with their rows."""
    visit.back(TODAY, words.BACK_TODAY)
    figures = visit.sight.month
    share = wording.share_with_percent(figures.on_time, figures.on_time + figures.late)
    month = words.on_time_in(wording.month_year(figures.month))
    st.html(el("div", "title", el("h1", "", words.LATE_THIS_MONTH), el("p", "lead", f"{month}: {share}")))
    rows = [
        (
            f"{one.title}{texts.DOT}{one.id}",
            texts.step_name(one.step, one.activity),
            one.performer,
            visit.moment(one.finished_at),
            wording.duration_in_days(one.late_minutes, visit.day),
            f"Riwayat!{one.row}",
        )
        for one in sorted(figures.violations, key=lambda one: -one.late_minutes)
    ]
    if not rows:
        pieces.empty(words.NOBODY_LATE)
        return
    st.html(pieces.table(words.COLUMNS_VIOLATIONS, rows[:50]))
    if len(rows) > 50:
        pieces.empty(board_texts.first_of(50, len(rows)))
