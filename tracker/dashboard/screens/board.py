"""Papan konten: what stands where?"""

from __future__ import annotations

import streamlit as st

from tracker.dashboard import pieces, texts
from tracker.dashboard.addresses import BOARD
from tracker.dashboard.markup import el
from tracker.dashboard.texts import board as words
from tracker.dashboard.visit import Visit, asked
from tracker.views.board import Board, Column, Show, board, finished_this_month
from tracker.views.standing import Standing

__all__ = ["show"]

_SHOWN = 8
_MOST = 50


def show(visit: Visit) -> None:
    """The board, or the list of what was finished this month."""
    if asked("selesai"):
        _finished(visit)
        return
    st.html(el("div", "title", el("h1", "", texts.NAV_BOARD)))
    chosen, query = _filters()
    seen = board(visit.sight.evaluation, show=chosen, query=query)
    with st.container(key="board-line", horizontal=True, vertical_alignment="center", wrap=False):
        st.html(el("p", "lead", words.board_line(seen.running, seen.not_started, seen.late, seen.shown)))
        visit.link(BOARD, words.finished(seen.finished), selesai="1")
    if not len(visit.sight.evaluation.register.items):
        pieces.empty_register(visit)
    elif not seen.shown and (query or chosen is not Show.ALL):
        _nothing(chosen, query)
    else:
        _columns(visit, seen)


def _filters() -> tuple[Show, str]:
    """The filters; they live in the address (N2), the pace under the word that the screen shows for it."""
    shows = {one.value: one for one in Show}
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        value = st.segmented_control(
            words.SHOW,
            list(shows),
            default=Show.ALL.value,
            required=True,
            format_func=lambda one: words.SHOWS[shows[one]],
            key="saring",
            bind="query-params",
        )
        query = st.text_input(
            words.SEARCH,
            key="cari",
            placeholder=words.SEARCH_EXAMPLE,
            bind="query-params",
            max_chars=80,
            width=320,
        )
    return shows.get(value or "", Show.ALL), (query or "").strip()


def _nothing(chosen: Show, query: str) -> None:
    if query:
        with st.container(horizontal=True, vertical_alignment="center", key="no-match"):
            pieces.empty(words.no_match(query))
            st.button(words.CLEAR_SEARCH, key="clear-search", on_click=_clear)
    else:
        pieces.empty(words.NONE_SHOWN[chosen])


def _clear() -> None:
    st.session_state["cari"] = ""


def _columns(visit: Visit, seen: Board) -> None:
    """One column per step; many of them scroll inside their own box."""
    with st.container(key="board"):
        for column, place in zip(seen.columns, st.columns(len(seen.columns) or 1, gap="small"), strict=False):
            with place:
                _column(visit, column)


def _column(visit: Visit, column: Column) -> None:
    name = texts.step_name(column.step.number, column.step.activity)
    full = texts.step_in_full(column.step.number, column.step.activity)
    late = "late" if column.late else "fine"
    st.html(
        el(
            "div",
            f"column.{late}{'' if column.cards else '.bare'}",
            el("h2", "", el("span", "", name), el("span", "count", str(column.count)), title=full),
            el("span", "meta", texts.at_most(column.step.role, column.standard)),
        )
    )
    more = f"all-{column.step.number}"
    limit = _MOST if st.session_state.get(more) else _SHOWN
    for one in column.cards[:limit]:
        _card(visit, one)
    if len(column.cards) > limit:
        label = texts.and_more(len(column.cards) - limit)
        st.button(label, key=f"{more}-button", on_click=lambda: st.session_state.update({more: True}))


def _card(visit: Visit, one: Standing) -> None:
    with st.container(key=f"card-{one.pace.value}-{one.item}"):
        pieces.item_link(visit, one.id, one.title)
        round_ = [" ", pieces.tag(texts.ROUND.format(one.round), "calm")] if one.round > 1 else []
        parts = (pieces.meta((one.channel, one.id)), pieces.bar(one), pieces.tagged(one, visit.day))
        st.html(el("div", "card", *parts, *round_))


def _finished(visit: Visit) -> None:
    visit.back(BOARD, words.BACK_BOARD)
    seen = finished_this_month(visit.sight.evaluation)
    st.html(el("div", "title", el("h1", "", words.finished(len(seen)))))
    with st.container(key="finished-list"):
        for one in seen[:_MOST]:
            with st.container(key=f"row-{one.id}", horizontal=True, vertical_alignment="center"):
                pieces.item_link(visit, one.id, one.title)
                verdict = (words.COMPLIANT, "good") if one.is_compliant else (words.NOT_COMPLIANT, "late")
                cells = (el("span", "where", one.channel), el("span", "who", one.id),
                         el("span", "pace", visit.moment(one.finished_at)))  # fmt: skip
                st.html(el("div", "cells", *cells, pieces.tag(*verdict)))
    if len(seen) > _MOST:
        pieces.empty(words.first_of(_MOST, len(seen)))
