"""HTML from parts: every text is escaped unless it was made here (A9: what stands in the sheet is text)."""

from __future__ import annotations

import re
from html import escape
from typing import Final

__all__ = ["Html", "el", "joined", "plain_label", "raw_code", "spaces_shown"]

_VOID: Final = frozenset({"br", "hr", "col", "img"})
_RAW_ROOM: Final = 60
_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&=^\"'/@])")


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def el(tag: str, classes: str, *parts: str, **attributes: str) -> Html:
    """One element; `classes` are parted by dots (`tag.late`), `aria_label` becomes `aria-label`.

    >>> el("p", "a.b", "1 < 2", role="status")
    '<p class="a b" role="status">1 &lt; 2</p>'
    """
    named = {"class": classes.replace(".", " ")} if classes else {}
    for name, value in attributes.items():
        named[name.rstrip("_").replace("_", "-")] = value
    inside = "".join(f' {name}="{escape(value, quote=True)}"' for name, value in named.items())
    if tag in _VOID:
        return Html(f"<{tag}{inside}>")
    return Html(f"<{tag}{inside}>{joined(*parts)}</{tag}>")


def joined(*parts: str) -> Html:
    """The parts after one another, escaped where they are text."""
    return Html("".join(part if isinstance(part, Html) else escape(part) for part in parts))


def plain_label(text: str) -> str:
    """Text for a label that Streamlit reads as Markdown, so that it shows exactly as it stands.

    >>> plain_label("a*b")
    'a\\\\*b'
    """
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def spaces_shown(text: str) -> Html:
    """Raw content of a cell as typed, its spaces visible (T1)."""
    mark = {" ": "␣", "\u00a0": "⍽", "\n": "↵", "\t": "⇥"}
    return Html("".join(el("i", "sp", mark[one]) if one in mark else escape(one) for one in text))


def raw_code(text: str) -> Html:
    """Raw content of a cell in type of its own; long texts are cut, with the whole in the hover."""
    if len(text) <= _RAW_ROOM:
        return el("code", "raw", spaces_shown(text))
    return el("code", "raw", spaces_shown(text[:_RAW_ROOM]), "…", title=text)
