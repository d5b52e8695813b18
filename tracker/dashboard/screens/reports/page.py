"""The page: what to print at the left, the pages themselves at the right (section 5.6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

import streamlit as st

from tracker.dashboard import identity, pieces, texts
from tracker.dashboard.clock import clock
from tracker.dashboard.markup import el
from tracker.dashboard.messages import refused
from tracker.dashboard.prints import Print
from tracker.dashboard.screens.reports.choosing import ordered
from tracker.dashboard.texts import reports as words
from tracker.dashboard.visit import Visit
from tracker.desk.orders import LISTS, Order, Report
from tracker.errors import TrackerError

__all__ = ["show"]

_LOOK_SECONDS: Final = 1.5
_HEIGHT: Final = 560
_DELIVERED: Final = "laporan-delivered"


@dataclass
class _Delivered:
    """What became of the last download of this session; filled in outside of any run of the page (L4)."""

    said: list[tuple[str, str]] = field(default_factory=list)
    order: Order | None = None
    """What was downloaded: of another paper nothing is to be said."""


def show(visit: Visit) -> None:
    """Selectors, downloads and preview."""
    st.html(el("div", "title", el("h1", "", words.REPORTS), el("p", "lead", words.REPORTS_LINE)))
    if not len(visit.sight.evaluation.register.sop.steps):
        pieces.empty(texts.EMPTY_REGISTER)
        return
    with st.container(key="reports"):
        left, right = st.columns([3, 7], gap="large")
    with left:
        order = ordered(visit)
    if order is None:
        return
    try:
        with right, st.spinner(words.MAKING):
            made = visit.source.prints.of(visit.source.desk, visit.edition.reading, order, visit.sight.now)
    except TrackerError as error:
        with right:
            refused(error)
        return
    with left:
        _downloads(visit, made)
    with right:
        _preview(made)


def _downloads(visit: Visit, made: Print) -> None:
    report = made.report
    is_list = report.order.kind in LISTS
    files = not is_list and st.checkbox(words.ARCHIVE, value=True, key="laporan-arsip")
    is_busy = files and visit.source.opened_by is not None
    st.download_button(
        words.DOWNLOAD,
        _filing(visit, report) if files else report.content,
        file_name=report.file_name,
        mime="application/pdf",
        on_click="ignore",
        type="primary",
        icon=":material/save_alt:",
        width="stretch",
        key="unduh-pdf",
        disabled=is_busy,
    )
    if is_busy:
        st.html(el("p", "hint", words.BUSY))
    st.download_button(
        words.DOWNLOAD_COPY,
        _copying(visit, report),
        file_name=report.file_name.removesuffix("pdf") + "xlsx",
        mime=pieces.EXCEL,
        on_click="ignore",
        icon=":material/table:",
        width="stretch",
        key="unduh-excel",
    )
    notes = _notes()
    if notes.order != report.order:
        notes.said, notes.order = [], report.order
    _delivered(notes, words.LIST_HINT if is_list else words.number(report) if files else words.NOT_FILED)
    about = words.about(report, made.shown.count, visit.read_clock)
    for line in (*report.warnings, about, "" if is_list else words.COPY_HINT, words.PRINT_HINT):
        if line:
            st.html(el("p", "hint", line))


def _notes() -> _Delivered:
    notes = st.session_state.setdefault(_DELIVERED, _Delivered())
    assert isinstance(notes, _Delivered)
    return notes


@st.fragment(run_every=_LOOK_SECONDS)
def _delivered(notes: _Delivered, number: str) -> None:
    """What became of the last download; before it, the number that the paper would get."""
    if number and not notes.said:
        st.html(el("p", "hint", number))
    for level, said in notes.said:
        st.html(el("div", f"banner.{level}", said, role="status"))


def _filing(visit: Visit, report: Report) -> Callable[[], bytes]:
    """Fixes the number and hands out the bytes of the preview, unless the register has changed meanwhile."""
    notes, source, session = _notes(), visit.source, identity.session()

    def file() -> bytes:
        try:
            done = source.desk.file(report, now=clock())
        except TrackerError as error:
            notes.said = [("bad", f"{error.sentence} {error.remedy}")]
            raise
        source.take_filed(session)
        remade = [("warn", words.REMADE)] if done.is_remade and not done.reprint else []
        notes.said = [("good", words.filed(done)), *remade, *(("warn", one) for one in done.warnings)]
        return done.content

    return file


def _copying(visit: Visit, report: Report) -> Callable[[], bytes]:
    """Makes the editable copy when it is asked for."""
    desk, reading, now = visit.source.desk, visit.edition.reading, visit.sight.now
    return lambda: desk.preview(replace(report.order, form="xlsx"), now=now, reading=reading).content


def _preview(made: Print) -> None:
    """The pages; on phones the first alone (L5)."""
    first, *rest = made.shown.pages
    count = made.shown.count
    with st.container(key="preview", height=_HEIGHT, border=False):
        st.image(first, caption=words.page(1, count), width="stretch")
        if rest:
            with st.container(key="preview-rest"):
                for at, page in enumerate(rest, start=2):
                    st.image(page, caption=words.page(at, count), width="stretch")
        if count > len(made.shown.pages):
            st.html(el("p", "hint", words.more(count - len(made.shown.pages))))
