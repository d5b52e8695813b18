"""Temuan: what is wrong in the file, and how is it mended?"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from tracker.dashboard import pieces, texts
from tracker.dashboard.addresses import ISSUES, ITEM
from tracker.dashboard.markup import Html, el, joined, plain_label, raw_code, spaces_shown
from tracker.dashboard.paper import cell_address, raw_seen, sheet_texts
from tracker.dashboard.texts import issues as words
from tracker.dashboard.visit import Visit, asked
from tracker.findings import Finding, Severity
from tracker.views.issues import Excerpt, Issue, Issues, address, excerpt
from tracker.views.journey import ranges

__all__ = ["show"]

_PER_PAGE = 50
_RANGES = 24
_SAMPLES = 2
"""Different contents shown for many cells with the same problem."""
_LEVELS = {Severity.GALAT: "late", Severity.PERINGATAN: "overlong", Severity.CATATAN: "calm"}


def show(visit: Visit) -> None:
    """The findings in three groups, the chosen one beside them."""
    seen = visit.sight.issues
    st.html(el("div", "title", el("h1", "", words.ISSUES), el("p", "lead", *_headline(visit, seen))))
    if seen.elsewhere:
        st.html(el("p", "hint", words.lateness_elsewhere(seen.elsewhere)))
    if not seen.total:
        return
    key = asked("sel")
    every = (*seen.galat, *seen.peringatan, *seen.catatan)
    chosen = seen.find(key) if key else every[0]
    with st.container(key="issues-chosen" if key else "issues-free"):
        left, right = st.columns([3, 2], gap="large")
    with left:
        for level, rows in (
            (Severity.GALAT, seen.galat),
            (Severity.PERINGATAN, seen.peringatan),
            (Severity.CATATAN, seen.catatan),
        ):
            _group(visit, level, rows, chosen.key if chosen else "")
    with right, st.container(border=True, key="issue"):
        if chosen is None:
            pieces.empty(words.ISSUE_GONE)
        else:
            _detail(visit, chosen)


def _headline(visit: Visit, seen: Issues) -> list[str]:
    if not (seen.galat or seen.peringatan):
        return [words.no_issues(seen.rows_read, visit.read_clock)]
    repair = words.REPAIR_GOOGLE if visit.source.is_google else words.REPAIR_EXCEL
    parts = words.issues_line(seen.galat_count, seen.peringatan_count, repair)
    return [el("b", "", part) if bold else Html(part) for part, bold in parts]


def _group(visit: Visit, level: Severity, rows: Sequence[Issue], chosen: str) -> None:
    """One severity; notes are folded."""
    if not rows:
        return
    count = sum(one.count for one in rows)
    label = f"{words.SEVERITIES[level]} ({count})"
    folded = level is Severity.CATATAN and not any(one.key == chosen for one in rows)
    with st.expander(label, expanded=not folded, key=f"group-{level.value}"):
        page = _page(level.value, len(rows))
        first = page * _PER_PAGE
        heads = (el("span", "", one) for one in words.COLUMNS_ISSUES)
        st.html(el("div", "issue-head", *heads, aria_hidden="true"))
        for place, one in enumerate(rows[first : first + _PER_PAGE]):
            _row(visit, one, f"{level.value}-{place}", is_chosen=one.key == chosen)
        _paging(level.value, page, len(rows))


def _page(of: str, total: int) -> int:
    page = int(st.session_state.get(f"page-{of}", 0))
    return min(page, (total - 1) // _PER_PAGE)


def _paging(of: str, page: int, total: int) -> None:
    if total <= _PER_PAGE:
        return
    last = (total - 1) // _PER_PAGE
    key = f"page-{of}"

    def turn(to: int) -> None:
        st.session_state[key] = to

    with st.container(horizontal=True, vertical_alignment="center", key=f"paging-{of}"):
        st.button(words.PREVIOUS, key=f"{key}-back", disabled=page == 0, on_click=turn, args=(page - 1,))
        first = page * _PER_PAGE
        st.html(el("p", "hint", words.rows_shown(first + 1, min(first + _PER_PAGE, total), total)))
        st.button(words.NEXT, key=f"{key}-next", disabled=page == last, on_click=turn, args=(page + 1,))


def _row(visit: Visit, one: Issue, place: str, *, is_chosen: bool) -> None:
    with st.container(key=f"issue-{'chosen' if is_chosen else 'row'}-{place}", horizontal=True):
        label = _group_place(one) if one.is_group else address(one.first)
        visit.link(ISSUES, plain_label(label or words.NOWHERE), sel=one.key)
        problem = one.title if one.is_group else one.first.message
        raw = _raws(visit, one)
        what = el("span", "what", el("b", "", one.code), " ", problem)
        st.html(el("div", "issue-cells", el("span", "raw", raw), what, el("span", "effect", _effect(one))))


def _effect(one: Issue) -> str:
    """Dampak in a few words; the detail says it in a sentence."""
    if one.severity is Severity.GALAT:
        return words.NOT_COMPLIANT if one.code[0] in "UP" else words.NOT_COUNTED
    return words.COUNTED if one.severity is Severity.PERINGATAN else words.FOR_INFORMATION


def _raw(text: str | None) -> Html:
    """The content of the cell exactly as typed (T1)."""
    if text is None:
        return Html(texts.NOTHING)
    return raw_code(text) if text else el("span", "meta", words.EMPTY_CELL)


def _raws(visit: Visit, one: Issue) -> Html:
    """What stands in the cells of a row: of many, the first two different contents."""
    snapshot = visit.edition.reading.snapshot
    seen = list(dict.fromkeys(raw_seen(snapshot, each) for each in one.findings[:_PER_PAGE]))
    parts = [_raw(text) for text in seen[:_SAMPLES]]
    return joined(
        *(part for each in parts for part in (each, Html(" "))), *(["…"] if len(seen) > _SAMPLES else [])
    )


def _detail(visit: Visit, one: Issue) -> None:
    """Excerpt, problem, repair, effect, and the address for Excel's Name Box."""
    first = one.first
    place = first.place
    where = _group_place(one) if one.is_group else words.place(place.sheet or "", place.cell or "")
    st.html(
        joined(
            pieces.tag(words.SEVERITIES[one.severity], _LEVELS[one.severity]),
            el("h2", "part", where, " ", el("span", "meta", one.code)),
            _excerpt(visit, first),
            _said(words.PROBLEM, first.message if not one.is_group else one.title),
            _said(words.REPAIR, first.remedy),
            _said(words.EFFECT, one.effect),
        )
    )
    if one.is_group:
        _members(visit, one)
    if place.cell:
        name, _ = sheet_texts(visit.edition.reading.snapshot, place.sheet or "", 1)
        where = f"[{visit.source.desk.name}]{_quoted(name)}!{place.cell}"
        there = cell_address(visit.source.desk.store, visit.source.target, place.sheet or "", place.cell)
        if there:
            st.html(pieces.outward(words.OPEN_CELL, there))
        else:
            st.html(el("code", "address", where, tabindex="0"))
            st.html(el("p", "hint", words.COPY_ADDRESS))
    if first.id and not one.is_group:
        visit.link(ITEM, words.OPEN_ITEM, id=first.id)


def _group_place(one: Issue) -> str:
    place = one.first.place
    return words.cells_of(place.sheet or "", place.column or "", len(one.cells))


def _members(visit: Visit, one: Issue) -> None:
    """Every cell of a group: where it is, what is typed there and what is wrong with it; fifty at a time."""
    snapshot = visit.edition.reading.snapshot
    page = _page(one.key, one.count)
    here = one.findings[page * _PER_PAGE : (page + 1) * _PER_PAGE]
    cells = (
        el("li", "", el("code", "", address(each)), " ", _raw(raw_seen(snapshot, each)), " ", each.message)
        for each in here
    )
    st.html(joined(_said(words.CELLS, _cell_ranges(one)), el("ul", "cells-list", *cells, tabindex="0")))
    _paging(one.key, page, one.count)


def _cell_ranges(one: Issue) -> str:
    """The cells of a group, which stand in one column, as ranges: `E2–E61, E70` (T2)."""
    column = (one.first.place.cell or "").rstrip("0123456789")
    rows = ranges(each.place.row for each in one.findings if each.place.row)
    named = [
        f"{column}{first}" + (f"–{column}{last}" if last > first else "") for first, last in rows[:_RANGES]
    ]
    return ", ".join(named) + (", …" if len(rows) > _RANGES else "")


def _quoted(sheet: str) -> str:
    return sheet if sheet.isalnum() else "'" + sheet.replace("'", "''") + "'"


def _said(label: str, sentence: str) -> Html:
    return el("p", "said", el("b", "", label), " ", sentence)


def _excerpt(visit: Visit, found: Finding) -> Html:
    """The cells around the one at fault, as in the sheet."""
    place = found.place
    if not place.cell or not place.sheet or not place.row:
        return Html("")
    _, rows = sheet_texts(visit.edition.reading.snapshot, place.sheet, place.row)
    seen = excerpt(rows, place.cell)
    return Html("") if seen is None else _grid(seen)


def _grid(seen: Excerpt) -> Html:
    head = el("tr", "", el("th", ""), *(el("th", "", one) for one in seen.columns))
    body = []
    for down, (number, cells) in enumerate(zip(seen.rows, seen.cells, strict=True)):
        made = [
            el(
                "td",
                "mark" if (down, across) == seen.mark else "",
                spaces_shown(cell) if (down, across) == seen.mark else cell[:40],
                title=cell,
            )
            for across, cell in enumerate(cells)
        ]
        body.append(el("tr", "", el("th", "", str(number)), *made))
    table = el("table", "excerpt", el("thead", "", head), el("tbody", "", *body))
    return el("div", "scroll", table, tabindex="0")
