"""The frame of every page: styles, navigation, source line, identity, messages, and the guard against mishaps."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import streamlit as st

from tracker.dashboard import identity, texts
from tracker.dashboard.addresses import BOARD, COMPLIANCE, FILES, ISSUES, ITEM, REPORTS, TODAY
from tracker.dashboard.clock import clock
from tracker.dashboard.markup import Html, el
from tracker.dashboard.messages import pending, show_outcome
from tracker.dashboard.mishaps import show_mishap
from tracker.dashboard.office import Office, office
from tracker.dashboard.screens import board, compliance, files, issues, item, reports, today, welcome
from tracker.dashboard.seat import identity_menu
from tracker.dashboard.source import Source
from tracker.dashboard.source_line import cannot_read, source_line
from tracker.dashboard.texts import compliance as compliance_texts
from tracker.dashboard.texts import queue as queue_texts
from tracker.dashboard.texts import reports as report_texts
from tracker.dashboard.visit import Visit, pinned
from tracker.errors import TrackerError

__all__ = ["show"]

_HERE: Final = Path(__file__).parent
_PAGES: Final[tuple[tuple[str, Callable[[Visit], None]], ...]] = (
    (TODAY, today.show),
    (BOARD, board.show),
    (COMPLIANCE, compliance.show),
    (ISSUES, issues.show),
    (REPORTS, reports.show),
    (FILES, files.show),
    (ITEM, item.show),
)


def show() -> None:
    """Draw the page that the address names."""
    icon = str(_HERE / "icon.png")
    st.set_page_config(
        page_title=texts.TITLE, page_icon=icon, layout="wide", initial_sidebar_state="collapsed"
    )
    st.html(_styles())
    st.html(el("a", "skip", texts.SKIP, href="#isi"))
    try:
        _show(office())
    except Exception as fault:  # noqa: BLE001 - the last guard of the page: a code, never a traceback
        show_mishap(fault)


def _styles() -> str:
    words = f':root{{--disconnected:"{texts.DISCONNECTED}"}}'
    sheets = ("base.css", "pages.css", "phone.css", "compliance.css", "files.css", "reports.css")
    return Html(
        f"<style>{words}{''.join((_HERE / 'styles' / one).read_text('utf-8') for one in sheets)}</style>"
    )


def _show(shared: Office) -> None:
    source = shared.source
    if source is None:
        try:
            with st.spinner(texts.READING):
                source = shared.current()
        except TrackerError as error:  # what the environment names is no register
            _alone(partial(welcome.show, shared, error))
            return
    if source is None:
        _alone(lambda: welcome.show(shared))
    elif source.edition is None:
        _alone(lambda: cannot_read(shared, source))
    else:
        _framed(shared, source)


def _alone(draw: Callable[[], None]) -> None:
    """One page without a frame, whatever the address."""

    def only() -> None:
        draw()

    st.navigation([st.Page(only, title=texts.TITLE, default=True)], position="hidden").run()


def _framed(shared: Office, source: Source) -> None:
    holder: list[Visit] = []
    count = source.sight(source.edition, clock()).nav_count if source.edition else 0
    pages = _pages(holder, count)
    chosen = st.navigation(list(pages.values()), position="top")
    edition = pinned(source, chosen.url_path, identity.session())
    if edition is None:
        return
    sight = source.sight(edition, clock())
    reader = identity.reader(source.target, sight.evaluation)
    visit = Visit(shared, source, edition, sight, reader, pages, pending(shared, source))
    holder.append(visit)
    _phone_navigation(visit, chosen.url_path, count)
    with st.container(key="topline", horizontal=True, vertical_alignment="center", wrap=False):
        source_line(visit)
        identity_menu(visit)
    st.html(el("span", "here", id="isi"))
    show_outcome(visit, chosen.url_path)
    chosen.run()


def _pages(holder: list[Visit], count: int) -> dict[str, st.Page]:
    titles = {
        TODAY: texts.NAV_TODAY,
        BOARD: texts.NAV_BOARD,
        COMPLIANCE: compliance_texts.COMPLIANCE,
        ISSUES: texts.nav_issues(count),
        REPORTS: report_texts.REPORTS,
        FILES: queue_texts.FILES,
        ITEM: texts.NAV_ITEM,
    }
    return {
        address: st.Page(
            _runner(draw, holder),
            title=titles[address],
            url_path=address or TODAY_PATH,
            default=address == TODAY,
            visibility="hidden" if address == ITEM else "visible",
        )
        for address, draw in _PAGES
    }


TODAY_PATH: Final = "hari-ini"
"""Streamlit wants a name for the start page too; it lives at "/" all the same (N5)."""


def _runner(draw: Callable[[Visit], None], holder: list[Visit]) -> Callable[[], None]:
    def run() -> None:
        try:
            draw(holder[0])
        except Exception as fault:  # noqa: BLE001 - the frame stays, so that the other pages can be reached
            show_mishap(fault)

    return run


def _phone_navigation(visit: Visit, here: str, count: int) -> None:
    """A visible row of page links in the place of Streamlit's arrow (N6); shown on narrow screens only."""
    named = (
        (TODAY, texts.NAV_TODAY),
        (BOARD, texts.NAV_BOARD_SHORT),
        (COMPLIANCE, compliance_texts.COMPLIANCE),
        (ISSUES, texts.nav_issues(count)),
        (REPORTS, report_texts.REPORTS),
        (FILES, queue_texts.FILES),
    )
    with st.container(key="phone-nav", horizontal=True, wrap=False):
        for address, label in named:
            with st.container(
                key=f"phone-{'here' if address == here else 'there'}-{address}", width="content"
            ):
                visit.link(address, label)
