"""Choosing who one is: the menu at the right of every page, and the same choice on a page of its own."""

from __future__ import annotations

import streamlit as st

from tracker.dashboard import identity, texts
from tracker.dashboard.markup import el, plain_label
from tracker.dashboard.visit import Visit
from tracker.views.today import Person

__all__ = ["choose_name", "identity_menu"]


def identity_menu(visit: Visit) -> None:
    """The name in force, and the others behind it."""
    label = plain_label(visit.reader.name) if visit.reader else texts.I_AM
    with st.container(key="identity", width="content"), st.popover(label, icon=":material/person:"):
        st.html(el("p", "hint", texts.I_AM if visit.reader is None else texts.roles(visit.reader.roles)))
        choose_name(visit, "menu")


def choose_name(visit: Visit, place: str) -> None:
    """All of sheet Pegawai, one to be chosen; takes effect at once."""
    people = identity.everybody(visit.sight.evaluation)
    if not people:
        st.html(el("p", "hint", texts.NO_NAMES))
        return
    key = f"identity-{place}"
    names = [one.name for one in people]
    index = names.index(visit.reader.name) if visit.reader and visit.reader.name in names else None
    described = {one.name: one for one in people}

    def chosen() -> None:
        identity.choose(visit.source.target, str(st.session_state[key]))

    st.radio(
        texts.CHOOSE_NAME,
        names,
        index=index,
        key=key,
        format_func=lambda name: _label(described[name]),
        on_change=chosen,
        label_visibility="collapsed",
    )


def _label(one: Person) -> str:
    return f"**{plain_label(one.name)}** – {plain_label(texts.roles(one.roles))}"
