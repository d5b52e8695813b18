"""A real table whose every figure opens its list.

A link inside a table made by us would reload the page, and Streamlit's own links cannot stand inside one. So the
table is plain HTML, and native links without visible words lie over its cells, one over each (N3, C2, K5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st

from tracker.dashboard.markup import Html, el, plain_label
from tracker.dashboard.screens.compliance.address import Asked, link
from tracker.dashboard.texts import compliance as words
from tracker.dashboard.visit import Visit

__all__ = ["Cell", "Line", "grid"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: its words, what stands below it, and the query that opens what is behind it (empty: nothing)."""

    words: str
    below: str = ""
    hint: str = ""
    level: str = ""
    """Of a tag: good, overlong, calm; empty for plain words."""
    opens: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the name, what stands below it, and its figures."""

    name: str
    cells: tuple[Cell, ...]
    below: str = ""
    hint: str = ""
    is_total: bool = False


def grid(visit: Visit, seen: Asked, key: str, headings: Sequence[str], lines: Sequence[Line]) -> None:
    """Draw the table; `headings` has one more than the figures of a line, `key` is its name in the style sheet."""
    columns = len(headings) - 1
    with st.container(key=f"grid-{key}"):
        st.html(_table(headings, lines))
        with st.container(key=f"over-{columns}-{key}"):
            for line in lines:
                for heading, cell in zip(headings[1:], line.cells, strict=True):
                    _link(visit, seen, line.name, heading, cell)


def _link(visit: Visit, seen: Asked, name: str, heading: str, cell: Cell) -> None:
    if not cell.opens:
        st.html(el("span", "blank"))
        return
    said = " ".join(part for part in (cell.words, cell.below) if part)
    link(visit, seen, plain_label(words.opens(name, heading, said)), **cell.opens)


def _table(headings: Sequence[str], lines: Sequence[Line]) -> Html:
    head = el("tr", "", *(el("th", "", one, scope="col") for one in headings))
    return el(
        "table",
        "list.grid",
        el("thead", "", head),
        el("tbody", "", *(_row(line) for line in lines)),
    )


def _row(line: Line) -> Html:
    name = el("span", "name", line.name, title=line.hint or line.name)
    head = el("th", "", name, *([el("span", "meta", line.below)] if line.below else []), scope="row")
    return el("tr", "total" if line.is_total else "", head, *(_cell(cell) for cell in line.cells))


def _cell(cell: Cell) -> Html:
    main = el("span", f"tag.{cell.level}" if cell.level else "figure", cell.words)
    below = [el("span", "meta", cell.below)] if cell.below else []
    return el("td", "", main, *below, **({"title": cell.hint} if cell.hint else {}))
