"""The line that says where the figures come from and whether they may be trusted now (section 4, F1, F2).

A fragment: it runs by itself every few seconds and compares one integer; the tables of the page are not redrawn (S4).
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from tracker.dashboard import identity, texts
from tracker.dashboard.markup import Html, el
from tracker.dashboard.office import Office
from tracker.dashboard.source import Source
from tracker.dashboard.texts import queue
from tracker.dashboard.visit import Visit, adopt_newest
from tracker.errors import RegisterUnavailable, ServiceSilent, TrackerError
from tracker.views.wording import clock

__all__ = ["LOOK_SECONDS", "cannot_read", "source_line"]

LOOK_SECONDS: Final = 5


@st.fragment(run_every=LOOK_SECONDS)
def source_line(visit: Visit) -> None:
    """Exactly one state: galat, berubah, terkunci, hanya baca, normal – the first that holds."""
    source = visit.source
    if source.trouble is not None:
        level = "bad" if source.refuses_decisions else "held"
        _line(level, _trouble_words(source, source.trouble, visit.read_clock))
    elif _has_news(visit):
        with st.container(key="changed", horizontal=True, vertical_alignment="center"):
            _line("news", texts.changed(source.since(visit.edition)))
            if st.button(texts.SHOW_NEWEST, key="show-newest", on_click=adopt_newest):
                st.rerun()
    elif source.opened_by is not None:
        _line("held", _read(visit), texts.opened_elsewhere(source.opened_by))
    elif not visit.sight.evaluation.register.is_writable or (visit.reader and not visit.reader.roles):
        _line("held", _read(visit), texts.READ_ONLY)
    else:
        _line("fine", _read(visit), *_counts(visit))


def _has_news(visit: Visit) -> bool:
    """Whether anything but the decisions of this session has changed (W7)."""
    return visit.source.base_for(visit.edition, identity.session()).serial != visit.source.serial


def _line(level: str, *parts: str) -> None:
    words = [el("span", "", part) for part in parts]
    st.html(el("div", f"source.{level}", el("span", "dot", aria_hidden="true"), *words, role="status"))


def _read(visit: Visit) -> Html:
    return el("span", "", el("b", "", visit.source.desk.name), " ", texts.read_at(visit.read_clock))


def _counts(visit: Visit) -> tuple[str, ...]:
    evaluation = visit.sight.evaluation
    running = visit.sight.board.running
    counts = texts.source_counts(len(evaluation.register.items), running, visit.sight.nav_count)
    waiting = (queue.pending_count(len(visit.pending)),) if visit.pending else ()
    return (*counts, *waiting)


def _trouble_words(source: Source, error: TrackerError, read_clock: str) -> str:
    if isinstance(error, RegisterUnavailable) and source.is_missing:
        return texts.missing(source.target, read_clock, round(source.next_look))
    if isinstance(error, ServiceSilent):
        return texts.silent(read_clock, _again(source), is_quota=error.is_quota)
    return texts.unreadable(error.sentence, error.remedy, read_clock)


def _again(source: Source) -> str:
    """The time of the next try, in the zone of the register where it is known."""
    at = source.looks_again_at
    if at is None:
        return texts.NOTHING
    if source.edition is not None:
        return clock(source.edition.reading.minutes(at))
    return clock(at.hour * 60 + at.minute) if at.tzinfo is None else f"{at.astimezone():%H.%M}"


def cannot_read(shared: Office, source: Source) -> None:
    """The page while there is no good read at all."""
    error = source.trouble
    if error is not None:
        st.html(el("div", "banner.bad", _trouble_words(source, error, ""), role="alert"))
    with st.container(horizontal=True):
        st.button(texts.TRY_AGAIN, key="try-again", type="primary", on_click=source.check)
        st.button(texts.OTHER_FILE, key="other-file", on_click=shared.close)
