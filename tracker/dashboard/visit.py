"""One run of one page for one reader: everything a page may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from tracker.dashboard.clerk import Clerk
from tracker.dashboard.office import Office
from tracker.dashboard.source import Edition, Sight, Source
from tracker.desk.queue import Item
from tracker.sop.model import Settings
from tracker.views.standing import day_minutes
from tracker.views.today import Person
from tracker.views.wording import clock, day_of, screen_moment

if TYPE_CHECKING:
    from streamlit.navigation.page import Page

__all__ = ["Visit", "adopt_newest", "asked", "pinned"]

_EDITION = "edition"
_PAGE = "page"


@dataclass(frozen=True)
class Visit:
    """The figures that this run shows, who looks at them, and where the other pages are."""

    office: Office
    source: Source
    edition: Edition
    sight: Sight
    reader: Person | None
    pages: Mapping[str, Page]
    pending: Mapping[str, Item] = field(default_factory=dict)
    """Decisions that do not stand in the register yet, by the ID of their item (W6)."""

    @property
    def day(self) -> int:
        """Working minutes of a day."""
        return day_minutes(self.sight.evaluation)

    @property
    def clerk(self) -> Clerk:
        """Who writes decisions into the register."""
        return self.office.clerk(self.source)

    @property
    def settings(self) -> Settings:
        """The settings of the register."""
        return self.sight.evaluation.register.settings

    @property
    def read_clock(self) -> str:
        """The time of the read that the figures come from (F1)."""
        return clock(self.edition.reading.minutes(self.edition.read_at))

    def moment(self, minutes: int) -> str:
        """A moment as the screen writes it: today's without the date."""
        return screen_moment(minutes, today=day_of(self.sight.evaluation.now))

    def link(self, address: str, label: str, **query: str) -> None:
        """A native link to one of our pages (N3); `label` is Markdown."""
        st.page_link(self.pages[address], label=label, query_params=query or None)

    def back(self, address: str, label: str) -> None:
        """A link to the page before, with its arrow."""
        st.page_link(self.pages[address], label=label, icon=":material/arrow_back:")


def asked(name: str) -> str:
    """What the address asks for under this name, empty when nothing.

    It is written back, because Streamlit (1.67) does not show the query of a link to the page one is on, nor take
    it away again; the address in the browser could not be copied (N2).
    """
    value, before = st.query_params.get(name, ""), st.session_state.get(f"asked-{name}", "")
    st.session_state[f"asked-{name}"] = value
    if value:
        st.query_params[name] = value
    elif before and not len(st.query_params):
        st.query_params.clear()
    return value


def pinned(source: Source, page: str, session: str) -> Edition | None:
    """The edition that this session shows: the newest on entering a page, afterwards the same until asked (P6).

    What this session has written meanwhile is taken up: nobody is told of own decisions (W7).
    """
    shown = st.session_state.get(_EDITION)
    moved = st.session_state.get(_PAGE) != page
    if not isinstance(shown, Edition) or moved or st.session_state.get("_path") != source.target:
        shown = source.edition
    else:
        shown = source.base_for(shown, session)
    st.session_state[_EDITION], st.session_state[_PAGE], st.session_state["_path"] = (
        shown,
        page,
        source.target,
    )
    return shown


def adopt_newest() -> None:
    """Show the newest edition from the next run on."""
    st.session_state.pop(_EDITION, None)
