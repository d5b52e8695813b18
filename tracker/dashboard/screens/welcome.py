"""The first page: try with sample data, make a register, open one, connect a Google spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from tracker.dashboard import settings, texts
from tracker.dashboard.clock import clock
from tracker.dashboard.markup import el
from tracker.dashboard.office import Office
from tracker.desk import new_register
from tracker.errors import AlreadyExists, TrackerError, WrongUsage
from tracker.register.google.addresses import spreadsheet_id

__all__ = ["show"]


def show(shared: Office, error: TrackerError | None = None) -> None:
    """Offer the ways to begin; each leads to Hari ini."""
    st.html(el("div", "title", el("h1", "", texts.WELCOME), el("p", "lead", texts.WELCOME_WHY)))
    if error is not None:
        _say(error)
    last = settings.last_register()
    if last is not None:
        with st.container(border=True, key="offer-last"):
            _words(texts.CONTINUE, f"{texts.CONTINUE_WHY} {last}")
            if st.button(texts.CONTINUE, key="continue", type="primary"):
                _try(lambda: _open(shared, last))
    columns = st.columns(4, gap="medium")
    with columns[0], st.container(border=True, key="offer-demo"):
        _words(texts.TRY_DEMO, texts.TRY_DEMO_WHY)
        if st.button(texts.TRY_DEMO, key="try-demo", type="secondary" if last else "primary"):
            _try(lambda: _demo(shared))
    with columns[1], st.container(border=True, key="offer-new"):
        _words(texts.NEW_REGISTER, texts.NEW_REGISTER_WHY)
        suggested = Path.cwd() / texts.NEW_FILE.format(year=clock().year)
        path = st.text_input(
            texts.WHERE_NEW, value=str(suggested), key="new-path", placeholder=texts.WHERE_EXAMPLE
        )
        if st.button(texts.MAKE, key="make-new"):
            _try(lambda: _make(shared, path))
    with columns[2], st.container(border=True, key="offer-open"):
        _words(texts.OPEN_FILE, texts.OPEN_FILE_WHY)
        path = st.text_input(texts.WHERE_FILE, key="open-path", placeholder=texts.WHERE_EXAMPLE)
        if st.button(texts.OPEN, key="open-file"):
            _try(lambda: _open(shared, str(_path(path))))
    with columns[3], st.container(border=True, key="offer-google"):
        _google(shared)


def _google(shared: Office) -> None:
    """The address of a spreadsheet, and first the key of the account where none is known yet."""
    from tracker.register.google.credentials import access  # noqa: PLC0415 - loads google-auth

    try:
        address = access().address
    except TrackerError:
        _words(texts.CONNECT, texts.CONNECT_KEY_WHY)
        key: str | None = st.text_input(texts.WHERE_KEY, key="google-key", placeholder=texts.KEY_EXAMPLE)
    else:
        _words(texts.CONNECT, texts.CONNECT_WHY)
        key = None
        if address:
            st.html(el("p", "hint", texts.share_with(address)))
    target = st.text_input(
        texts.WHERE_SPREADSHEET, key="google-target", placeholder=texts.SPREADSHEET_EXAMPLE
    )
    if st.button(texts.CONNECT_IT, key="connect"):
        _try(lambda: _connect(shared, target, key))


def _connect(shared: Office, target: str, key: str | None) -> None:
    if not target.strip():
        raise WrongUsage(texts.SPREADSHEET_EMPTY)
    id_ = spreadsheet_id(target)
    if key is not None:
        from tracker.register.google.credentials import remember_key  # noqa: PLC0415 - loads google-auth

        remember_key(_path(key))
    _open(shared, f"gsheet:{id_}")


def _words(title: str, why: str) -> None:
    st.html(el("div", "offer", el("h2", "", title), el("p", "", why)))


def _try(begin: Callable[[], None]) -> None:
    """Begin, and draw again with the register; what is wrong is said here."""
    try:
        with st.spinner(texts.READING):
            begin()
    except TrackerError as error:
        _say(error)
        return
    st.rerun()


def _say(error: TrackerError) -> None:
    st.html(el("div", "banner.bad", el("p", "", error.sentence), el("p", "", error.remedy), role="alert"))


def _path(text: str) -> Path:
    """The path as typed or pasted from Explorer, without its quotes."""
    bare = text.strip().strip('"').strip()
    if not bare:
        raise AlreadyExists(texts.PATH_EMPTY)
    return Path(bare).expanduser().resolve()


def _open(shared: Office, target: str) -> None:
    source = shared.open(target)
    if source.edition is None and source.trouble is not None:
        shared.close()
        raise source.trouble
    settings.remember_register(source.target)


def _make(shared: Office, text: str) -> None:
    path = _path(text)
    new_register(path, now=clock())
    _open(shared, str(path))


def _demo(shared: Office) -> None:
    """The sample register, made on the spot in the user's own folder; the one made before is opened again."""
    path = settings.home() / texts.DEMO_FILE
    if not path.exists():
        new_register(path, demo=True, now=clock())
    _open(shared, str(path))
