"""The names of printed files: a fixed pattern, never the text of a cell as it stands."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.desk.orders import Order

__all__ = ["file_name"]

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9]+")
_LONGEST: Final = 60
_LISTS: Final = {"running": "konten-berjalan", "issues": "temuan-data"}


def file_name(order: Order, number: str, printed_at: datetime) -> str:
    """What the file of this paper is called; `number` is that of an SOP, `printed_at` the local moment of a list."""
    return f"{_stem(order, number, printed_at)}.{order.form}"


def _stem(order: Order, number: str, printed_at: datetime) -> str:
    if order.kind == "monthly":
        return f"kepatuhan-bulanan-{order.period}"
    if order.kind == "semester":
        return f"monitoring-{order.period}"
    if order.kind in _LISTS:
        return f"{_LISTS[order.kind]}-{printed_at:%Y-%m-%d-%H%M}"
    return "-".join(filter(None, ("kartu" if order.kind == "card" else "sop", _safe(order.item or number))))


def _safe(text: str) -> str:
    """A part of a file name: ASCII letters and digits; what was lost or cut leaves a digest, so that none collide.

    >>> _safe("K-2611-0305"), _safe("5 Tahun 2023")
    ('K-2611-0305', '5-Tahun-2023')
    >>> _safe("../../etc"), _safe("")
    ('etc-74ccf3', '')
    """
    kept = _UNSAFE.sub("-", text).strip("-")[:_LONGEST]
    if not text or kept == re.sub(r"[ /]", "-", text):
        return kept
    return f"{kept}-{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:6]}".strip("-")
