"""Links to published posts: D411.

A link must be an http(s) address of one post. A profile page is none: it shows something else tomorrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import numpy as np

from tracker.findings import Finding, Place, finding
from tracker.sop.model import Items
from tracker.sop.verdicts import ItemState, ItemStates

__all__ = ["link_notices", "link_problem"]

_ADDRESS: Final = re.compile(
    r"https?://(?:[^/?#@]*@)?(?P<host>[^/?#@:\[\]]+)(?::\d*)?(?P<path>/?[^?#]*)(?:\?(?P<query>[^#]*))?(?:#.*)?",
    re.IGNORECASE,
)
"""Scheme, name of the host, path and query of a web address (RFC 3986, section 3); a host given as [IPv6] is none."""
_PROFILES: Final = frozenset(
    {"instagram.com", "facebook.com", "fb.com", "x.com", "twitter.com", "tiktok.com", "youtube.com", "threads.net",
     "threads.com", "linkedin.com"}
)  # fmt: skip
"""Services on which an address of at most one part, without a query, is somebody's page and not a post."""
_CHANNEL_PARTS: Final = frozenset({"channel", "c", "user", "in", "company", "pages"})
_POST: Final = re.compile(
    rf"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+/(?!(?:{'|'.join(sorted(_CHANNEL_PARTS))})/)[^\s/?#]+/[^\s/?#]+[^\s?#]*",
    re.IGNORECASE,
)
"""One address of two or more parts, the first of them no channel: a post on every service, told at one glance."""


def link_problem(link: str) -> str | None:
    """What is wrong with one link, as an Indonesian sentence; None when it can be that of a post.

    >>> link_problem("https://instagram.com/p/Cx1")
    >>> link_problem("https://instagram.com/jdih")
    'Tautan https://instagram.com/jdih adalah halaman profil, bukan kiriman.'
    """
    match = _ADDRESS.fullmatch(link)
    if match is None or "." not in match["host"]:
        is_web = link.lower().startswith(("http://", "https://"))
        return (
            f"Tautan {link} {'bukan alamat yang sah' if is_web else 'tidak diawali http:// atau https://'}."
        )
    host = match["host"].lower().removeprefix("www.").removeprefix("m.")
    steps = [step for step in match["path"].split("/") if step]
    if not steps and not match["query"]:
        return f"Tautan {link} adalah halaman depan, bukan kiriman."
    is_page = len(steps) <= 1 or (len(steps) == 2 and steps[0].lower() in _CHANNEL_PARTS)
    if host in _PROFILES and is_page and not match["query"]:
        return f"Tautan {link} adalah halaman profil, bukan kiriman."
    return None


def link_notices(items: Items, states: ItemStates) -> Iterator[Finding]:
    """D411 for items that are finished without a link, and for every item with a link that is no post."""
    links = items.links.tolist()
    finished = states.state == int(ItemState.FINISHED)
    odd = np.fromiter((_problem(text) is not None for text in links), np.bool_, len(items))
    blank = np.fromiter((not text.strip() for text in links), np.bool_, len(items))
    for index in np.flatnonzero(odd | (blank & finished)).tolist():
        reason = _problem(links[index]) or "Konten selesai tanpa tautan hasil unggah."
        yield finding(
            "D411", Place("Register", int(items.row[index]), "Tautan"), id=items.id[index], reason=reason
        )


def _problem(text: str) -> str | None:
    if _POST.fullmatch(text):
        return None
    for link in text.split():
        problem = link_problem(link)
        if problem is not None:
            return problem
    return None
