"""Pages of a long list, as native links: the page stands in the address (S2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from tracker.dashboard.markup import el
from tracker.dashboard.screens.compliance.address import PAGE, Asked, link
from tracker.dashboard.texts import compliance as words
from tracker.dashboard.visit import Visit

__all__ = ["PER_PAGE", "paging"]

PER_PAGE: Final = 25
"""Rows a page: at most 50 are allowed, and a click brings at most 30 kB."""


def paging(visit: Visit, seen: Asked, place: tuple[int, int], query: Mapping[str, str]) -> None:
    """Which rows of how many are shown, and the ways to the others; `place` is (first row from 0, all rows)."""
    first, total = place
    if total <= PER_PAGE:
        return
    here = first // PER_PAGE + 1
    with st.container(key="paging", horizontal=True, vertical_alignment="center"):
        if here > 1:
            link(visit, seen, words.PREVIOUS, **{**query, PAGE: str(here - 1)})
        shown = words.rows_shown(first + 1, min(first + PER_PAGE, total), total)
        st.html(el("p", "hint", shown), width="content")
        if first + PER_PAGE < total:
            link(visit, seen, words.NEXT, **{**query, PAGE: str(here + 1)})
