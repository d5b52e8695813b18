"""What the address and the selectors ask for. The address is where the choice is kept (N2)."""

from __future__ import annotations

from typing import Final, get_args

import streamlit as st

from tracker.dashboard import pieces
from tracker.dashboard.markup import el
from tracker.dashboard.texts import reports as words
from tracker.dashboard.visit import Visit
from tracker.desk.orders import Half, Order, PaperKind, half_of
from tracker.errors import WrongUsage
from tracker.folding import fold
from tracker.views import wording
from tracker.views.compliance import months_to_choose

__all__ = ["ordered"]

_KIND: Final = "jenis"
_PERIOD: Final = "periode"
_ITEM: Final = "id"
_PAPER: Final = "kertas"
_SEARCH: Final = "cari"
_SIZES: Final = ("A4", "F4")
_MOST: Final = 50
"""Choices of a selector (S2)."""
_KINDS: Final[tuple[PaperKind, ...]] = get_args(PaperKind)


def ordered(visit: Visit) -> Order | None:
    """The order that the selectors make; None while there is nothing to choose."""
    kind = _kind()
    period = item = ""
    if kind in ("monthly", "semester"):
        period = _period(visit, kind)
    elif kind == "card":
        found = _item(visit)
        if found is None:
            pieces.empty(words.NO_ITEM)
            return None
        item = found
    by = visit.reader.name if visit.reader else ""
    return Order(kind, period=period, item=item, paper=_paper(visit), printed_by=by)


def _selected(label: str, name: str, choices: dict[str, str], default: str) -> str:
    """A selector whose value stands in the address; what is not among the choices is the default."""
    asked = st.query_params.get(name, "")
    key = f"laporan-{name}"
    value = asked if asked in choices else default
    st.session_state[key] = value

    def chosen() -> None:
        st.query_params[name] = str(st.session_state[key])

    st.selectbox(
        label,
        list(choices),
        key=key,
        format_func=lambda one: choices[one],
        on_change=chosen,
        filter_mode=None,
    )
    return value


def _kind() -> PaperKind:
    asked = st.query_params.get(_KIND, "")
    if asked and asked not in _KINDS:
        st.html(el("div", "banner.warn", words.UNKNOWN_KIND, role="note"))
    names = {kind: words.KINDS[kind] for kind in words.KINDS}
    value = _selected(words.KIND, _KIND, {str(kind): name for kind, name in names.items()}, "monthly")
    return next(kind for kind in _KINDS if kind == value)


def _period(visit: Visit, kind: PaperKind) -> str:
    months = months_to_choose(visit.sight.evaluation)
    asked = st.query_params.get(_PERIOD, "")
    if kind == "monthly":
        choices = {str(one): wording.month_year(one) for one in months}
        last = str(months[min(1, len(months) - 1)])
        return _selected(words.PERIOD, _PERIOD, choices, asked if asked in choices else last)
    halves = sorted({half_of(one) for one in months}, key=lambda one: (one.year, one.half), reverse=True)
    named = {str(one): words.half(one.year, one.half) for one in halves}
    return _selected(words.PERIOD, _PERIOD, named, str(_half(asked) or halves[0]))


def _half(asked: str) -> Half | None:
    try:
        return half_of(asked)
    except WrongUsage:
        return None


def _item(visit: Visit) -> str | None:
    """The ID of the card's item: found by search among all, at most fifty to choose from, the latest first."""
    items = visit.sight.evaluation.register.items
    query = st.text_input(
        words.SEARCH, key=_SEARCH, placeholder=words.SEARCH_EXAMPLE, bind="query-params", max_chars=80
    )
    wanted, asked = fold((query or "").strip()), st.query_params.get(_ITEM, "")
    pairs = {str(id_): str(title) for id_, title in zip(items.id, items.title, strict=True) if str(id_)}
    found = [one for one in reversed(pairs) if wanted in fold(f"{one} {pairs[one]}")][:_MOST]
    if asked in pairs and asked not in found and not wanted:
        found = [asked, *found[: _MOST - 1]]
    if not found:
        return None
    return _selected(words.ITEM, _ITEM, {one: words.item(one, pairs[one]) for one in found}, found[0])


def _paper(visit: Visit) -> str:
    usual = visit.settings.paper.upper()
    return _selected(
        words.PAPER, _PAPER, {one: one for one in _SIZES}, usual if usual in _SIZES else _SIZES[0]
    )
