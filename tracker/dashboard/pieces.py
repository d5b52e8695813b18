"""Small parts that several pages show: tags, bars, tables, links to an item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from tracker.dashboard import texts
from tracker.dashboard.addresses import ITEM
from tracker.dashboard.markup import Html, el, joined, plain_label
from tracker.dashboard.visit import Visit
from tracker.desk import sample_bytes
from tracker.views.standing import Pace, Standing
from tracker.views.wording import duration

__all__ = [
    "EXCEL",
    "bar",
    "empty",
    "empty_register",
    "heading",
    "item_link",
    "meta",
    "outward",
    "table",
    "tag",
    "tagged",
    "tile",
]

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""How a workbook is announced to a browser."""

_LEVELS = {
    Pace.LATE: "late",
    Pace.OVERLONG: "overlong",
    Pace.SOON: "soon",
    Pace.ON_TRACK: "calm",
    Pace.NOT_STARTED: "calm",
}

_TOGETHER = 24
"""Parts up to this length are not broken between lines."""


def item_link(visit: Visit, id_: str, title: str) -> None:
    """The title of an item as a link to its Rincian."""
    visit.link(ITEM, plain_label(title), id=id_)


def tag(words: str, level: str) -> Html:
    """A short label with a coloured ground; `level` is late, overlong, soon, calm, good."""
    return el("span", f"tag.{level}", words)


def tagged(standing: Standing, day: int) -> Html:
    """The urgency tag of an item."""
    made = texts.tag(standing, day)
    return el("span", f"tag.{_LEVELS[standing.pace]}", made, title=texts.day_is(duration(day)))


def bar(standing: Standing) -> Html:
    """Elapsed of allowed as a bar; the tag beside it says the same in words."""
    share = min(max(standing.urgency, 0.0), 1.0)
    fill = el("span", f"fill.{_LEVELS[standing.pace]}", style=f"width:{share * 100:.0f}%")
    return el("span", "bar", fill, aria_hidden="true")


def meta(parts: Iterable[str]) -> Html:
    """The quiet line under a title; empty parts are left out."""
    made = [el("span", "nb" if len(part) < _TOGETHER else "", part) for part in parts if part]
    return el("span", "meta", *[piece for one in made for piece in (Html(texts.DOT), one)][1:])


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, classes: str = "") -> Html:
    """A real table in a box of its own that scrolls when it is wide (C2, C5)."""
    head = el("tr", "", *(el("th", "", one, scope="col") for one in headings))
    body = [el("tr", "", *(el("td", "", cell, data_label=name) for name, cell in zip(headings, row, strict=True)))
            for row in rows]  # fmt: skip
    made = el(
        "table", f"list.{classes}" if classes else "list", el("thead", "", head), el("tbody", "", *body)
    )
    return el("div", "scroll", made, tabindex="0")


def outward(words: str, address: str) -> Html:
    """A link that leaves the dashboard, in a window of its own; only to the office's own spreadsheet."""
    return el("p", "", el("a", "outward", words, href=address, target="_blank", rel="noopener noreferrer"))


def heading(words: str, *, count: int | None = None, anchor: str = "") -> None:
    """A heading of a part of the page."""
    number = el("span", "count", str(count)) if count is not None else Html("")
    st.html(el("h2", "part", words, number, **({"id": anchor} if anchor else {})))


def empty(words: str) -> None:
    """What is said where a list is empty."""
    st.html(el("p", "empty", words))


def empty_register(visit: Visit) -> None:
    """What a register without items says, with a filled one to learn from; it is made when it is asked for."""
    empty(texts.EMPTY_REGISTER)
    now = visit.sight.now
    st.download_button(
        texts.SAMPLE,
        lambda: sample_bytes(now),
        file_name=texts.SAMPLE_FILE,
        mime=EXCEL,
        on_click="ignore",
        icon=":material/save_alt:",
        key="unduh-contoh",
    )


def tile(level: str, label: str, figure: str, below: str) -> None:
    """One figure with its name and what it is made of; `level` is plain, mine, late, issues."""
    parts = (el("span", "label", label), el("b", "figure", figure), el("span", "below", below))
    st.html(el("div", f"tile.{level}", *parts))


def lines(parts: Iterable[str]) -> Html:
    """Paragraphs."""
    return joined(*(el("p", "", part) for part in parts))
