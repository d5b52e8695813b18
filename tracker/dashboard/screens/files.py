"""Berkas: where do the figures come from, and is what I wrote in it?"""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from tracker.dashboard import pieces, texts
from tracker.dashboard.decisions import resolve
from tracker.dashboard.markup import Html, el, joined
from tracker.dashboard.messages import refused, take_back
from tracker.dashboard.paper import facts
from tracker.dashboard.texts import queue as words
from tracker.dashboard.visit import Visit, adopt_newest
from tracker.desk.queue import Item, Stage
from tracker.errors import TrackerError
from tracker.views import wording

__all__ = ["show"]

_SHOWN = 50
_LEVELS = {Stage.WAITING: "soon", Stage.WRITTEN: "good", Stage.CONFLICT: "late", Stage.CANCELLED: "calm"}


def show(visit: Visit) -> None:
    """The source at the left, what was decided here at the right."""
    st.html(el("div", "title", el("h1", "", words.FILES), el("p", "lead", words.FILES_LINE)))
    left, right = st.columns(2, gap="large")
    with left:
        _source(visit)
    with right:
        _queue(visit)


# -- the source


def _source(visit: Visit) -> None:
    pieces.heading(words.SOURCE)
    found = facts(visit.source.desk.store, visit.source.target)
    rows = [(words.PLACE, _place(visit, found.link)), (words.READ_AT, _read_at(visit))]
    if found.saved_at is not None:
        rows.append((words.SAVED_AT, visit.moment(visit.edition.reading.minutes(found.saved_at))))
    rows.append((words.MARK, joined(el("code", "", visit.edition.reading.revision[:8]))))
    if visit.source.is_google:
        rows += [(words.ACCOUNT, found.account), (words.ZONE, found.zone)]
    else:
        rows += [(words.OPENED, _opened(visit)), (words.BACKUPS, _backups(visit, found.backups))]
    body = [el("tr", "", el("th", "", name, scope="row"), el("td", "", value)) for name, value in rows]
    st.html(el("div", "scroll", el("table", "list.facts", el("tbody", "", *body)), tabindex="0"))
    st.button(words.RELOAD, key="reload", icon=":material/refresh:", on_click=_reload, args=(visit,))


def _place(visit: Visit, address: str) -> str:
    if not address:
        return visit.source.target
    link = el("a", "", words.OPEN_SPREADSHEET, href=address, target="_blank", rel="noopener noreferrer")
    return joined(visit.source.desk.name, texts.DOT, link)


def _read_at(visit: Visit) -> str:
    return visit.moment(visit.edition.reading.minutes(visit.edition.read_at))


def _opened(visit: Visit) -> Html:
    owner = visit.source.opened_by
    if owner is None:
        return joined(words.NOBODY)
    said = texts.DOT.join(part for part in (words.SOMEBODY, owner) if part)
    return pieces.tag(said, "soon")


def _backups(visit: Visit, backups: tuple[int, datetime | None]) -> str:
    count, latest = backups
    if latest is None:
        return words.NO_BACKUPS
    return words.backups(count, visit.moment(visit.edition.reading.minutes(latest)))


def _reload(visit: Visit) -> None:
    visit.source.check()
    adopt_newest()


# -- the queue


def _queue(visit: Visit) -> None:
    pieces.heading(words.QUEUE)
    try:
        items = visit.clerk.log.items()
    except TrackerError as error:
        refused(error)
        return
    if not items:
        pieces.empty(words.EMPTY_QUEUE)
        return
    latest = items[::-1][:_SHOWN]
    st.html(pieces.table(words.COLUMNS, [_row(visit, one) for one in latest]))
    waiting = [one for one in items if one.is_waiting]
    if visit.clerk.trouble is not None and waiting:
        st.html(el("p", "hint", visit.clerk.trouble.sentence))
    for one in waiting:
        _waiting(visit, one)
    for one in items:
        if one.stage is Stage.CONFLICT:
            _conflict(visit, one)


def _row(visit: Visit, item: Item) -> tuple[str, ...]:
    entry = item.entry
    at = visit.moment(visit.edition.reading.minutes(entry.decided_at))
    return (at, entry.actor, words.change(item), pieces.tag(words.stage(item), _LEVELS[item.stage]))


def _is_own(visit: Visit, item: Item) -> bool:
    return visit.reader is not None and visit.reader.name == item.entry.actor


def _waiting(visit: Visit, item: Item) -> None:
    """What waits may be taken back by whoever decided it."""
    if not _is_own(visit, item):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(el("p", "", words.change(item)))
        st.button(
            words.TAKE_BACK, key=f"back-{item.entry.key}", on_click=take_back, args=(visit, item.entry.key)
        )


def _conflict(visit: Visit, item: Item) -> None:
    """Both values side by side; the author says which holds."""
    found, entry = item.conflict, item.entry
    if found is None:
        return
    pieces.heading(words.CLASH.format(entry.item_id or words.NO_ITEM_ID))
    st.html(el("p", "", found.sentence))
    if found.clashes:
        at = wording.clock(visit.edition.reading.minutes(entry.decided_at))
        there = words.IN_GOOGLE if visit.source.is_google else words.IN_EXCEL
        rows = [
            (
                words.cell(one.heading, one.cell),
                words.value(one.there) or texts.NOTHING,
                joined(el("b", "", words.value(one.mine))),
            )
            for one in found.clashes
        ]
        st.html(pieces.table(("", there, words.mine_at(at)), rows))
    if not _is_own(visit, item):
        st.html(el("p", "hint", words.NOT_YOURS.format(entry.actor)))
        return
    _choices(visit, item)


def _choices(visit: Visit, item: Item) -> None:
    key = item.entry.key
    keep = words.KEEP_GOOGLE if visit.source.is_google else words.KEEP_EXCEL
    with st.container(horizontal=True):
        st.button(keep, key=f"keep-{key}", on_click=take_back, args=(visit, key))
        if st.button(words.KEEP_MINE, key=f"mine-{key}", type="primary"):
            outcome = resolve(visit.office, visit.source, item)
            if outcome is None:
                adopt_newest()
                st.rerun()
            else:
                refused(outcome)
