"""The line that says where the figures come from and whether they may be trusted now (section 4, F1, F2).

A fragment: it runs by itself every few seconds and compares one integer; the tables of the page are not redrawn (S4).
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from tracker.dashboard import texts
from tracker.dashboard.markup import Html, el
from tracker.dashboard.office import Office
from tracker.dashboard.source import POLL_SECONDS, Source
from tracker.dashboard.visit import Visit, adopt_newest
from tracker.errors import RegisterUnavailable, TrackerError

__all__ = ["LOOK_SECONDS", "cannot_read", "source_line"]

LOOK_SECONDS: Final = 5


@st.fragment(run_every=LOOK_SECONDS)
def source_line(visit: Visit) -> None:
    """Exactly one state: galat, berubah, terkunci, hanya baca, normal – the first that holds."""
    source = visit.source
    if source.trouble is not None:
        _line("bad", _trouble_words(source, source.trouble, visit.read_clock))
    elif source.serial != visit.edition.serial:
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


def _line(level: str, *parts: str) -> None:
    words = [el("span", "", part) for part in parts]
    st.html(el("div", f"source.{level}", el("span", "dot", aria_hidden="true"), *words, role="status"))


def _read(visit: Visit) -> Html:
    return el("span", "", el("b", "", visit.source.desk.name), " ", texts.read_at(visit.read_clock))


def _counts(visit: Visit) -> tuple[str, ...]:
    evaluation = visit.sight.evaluation
    running = visit.sight.board.running
    return texts.source_counts(len(evaluation.register.items), running, visit.sight.nav_count)


def _trouble_words(source: Source, error: TrackerError, read_clock: str) -> str:
    if isinstance(error, RegisterUnavailable) and source.is_missing:
        return texts.missing(str(source.path), read_clock, round(POLL_SECONDS))
    return texts.unreadable(error.sentence, error.remedy, read_clock)


def cannot_read(shared: Office, source: Source) -> None:
    """The page while there is no good read at all."""
    error = source.trouble
    if error is not None:
        st.html(el("div", "banner.bad", _trouble_words(source, error, ""), role="alert"))
    with st.container(horizontal=True):
        st.button(texts.TRY_AGAIN, key="try-again", type="primary", on_click=source.check)
        st.button(texts.OTHER_FILE, key="other-file", on_click=shared.close)
