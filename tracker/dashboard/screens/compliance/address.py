"""What the address of the page asks for. The address is the only place where the choice is kept (N2).

Widgets of Streamlit can be bound to the query, but then silently drop a value that is not among their options; here
an unknown month or role gets a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeVar

import streamlit as st

from tracker.dashboard.addresses import COMPLIANCE
from tracker.dashboard.texts import compliance as words
from tracker.dashboard.visit import Visit
from tracker.sop.compliance import month_of
from tracker.sop.figures import Month
from tracker.views.compliance import By, Slice, Which

__all__ = ["LIST", "MONTH", "PAGE", "ROLE", "VIEW", "Asked", "ask", "asked", "link", "query_of"]

MONTH: Final = "bulan"
ROLE: Final = "pelaksana"
LIST: Final = "daftar"
VIEW: Final = "lihat"
PAGE: Final = "hal"
_WRITTEN: Final = "kepatuhan-address"
_MONTH: Final = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])")

C = TypeVar("C", bound=Enum)


@dataclass(frozen=True, slots=True)
class Asked:
    """The month and role to show, the list to open, and what could not be had as it was asked for."""

    month: Month
    role: str
    """One of the SOP's; empty for all."""
    slice: Slice | None
    view: str
    page: int
    notes: tuple[str, ...]


def asked(visit: Visit) -> Asked:
    """What the address in the browser asks for; what is missing or unknown is the running month and every role."""
    _keep()
    now = month_of(visit.sight.evaluation.now)
    month, month_note = _month(st.query_params.get(MONTH, ""), now)
    role = st.query_params.get(ROLE, "")
    known = role in visit.sight.evaluation.register.sop.roles
    role_note = words.unknown_role(role) if role and not known else ""
    page = st.query_params.get(PAGE, "")
    return Asked(
        month=month,
        role=role if known else "",
        slice=_slice(),
        view=st.query_params.get(VIEW, ""),
        page=max(int(page), 1) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        notes=tuple(note for note in (month_note, role_note) if note),
    )


def _keep() -> None:
    """Write the query back when it changed: Streamlit (1.67) does not show that of a link to the page one is on."""
    query = st.query_params.to_dict()
    if query != st.session_state.get(_WRITTEN, {}):
        if query:
            st.query_params.from_dict(query)
        else:
            st.query_params.clear()
    st.session_state[_WRITTEN] = query


def _month(text: str, now: Month) -> tuple[Month, str]:
    if not text:
        return now, ""
    found = _MONTH.fullmatch(text)
    if found is None:
        return now, words.unknown_month(text[:20], now)
    month = Month(int(found[1]), int(found[2]))
    return (now, words.future_month(month, now)) if month > now else (month, "")


def _slice() -> Slice | None:
    which = _choice(Which, [st.query_params.get(LIST, "")])
    if which is None:
        return None
    by = _choice(By, st.query_params)
    return Slice(which, by, st.query_params.get(by.value, "") if by else "")


def _choice(kind: type[C], values: Iterable[str]) -> C | None:
    known = {str(one.value): one for one in kind}
    return next((known[value] for value in values if value in known), None)


def ask(**changes: str) -> None:
    """Change the address; an empty value takes its name away, and a list is closed."""
    for name in (LIST, PAGE, *(one.value for one in By)):
        if name in st.query_params:
            del st.query_params[name]
    for name, value in changes.items():
        if value:
            st.query_params[name] = value
        elif name in st.query_params:
            del st.query_params[name]


def query_of(chosen: Slice) -> dict[str, str]:
    """A slice as it stands in the address."""
    subject = {chosen.by.value: chosen.value} if chosen.by else {}
    return {LIST: chosen.which.value, **subject}


def link(visit: Visit, seen: Asked, label: str, **query: str) -> None:
    """A native link to this page with the same month and role; `label` is Markdown."""
    base = {MONTH: str(seen.month), **({ROLE: seen.role} if seen.role else {})}
    visit.link(COMPLIANCE, label, **{**base, **query})
