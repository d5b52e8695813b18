"""Conditional formats: late red and bold, running blue, finished green, an order fault in a red border."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.register.schema import sheet
from tracker.register.store import letters
from tracker.register.template.events import CHECK_DATE, UNJUDGED
from tracker.register.template.hidden import TOP
from tracker.register.template.styles import FAULT, FINISHED, LATE, RUNNING, WARN

if TYPE_CHECKING:
    from tracker.register.template.book import Page, Style

__all__ = ["mark_events", "mark_items", "mark_mistakes"]


def _letter(sheet_key: str, column_key: str) -> str:
    described = sheet(sheet_key)
    return letters(described.columns.index(described.column(column_key)))


def _mark(
    page: Page, sheet_key: str, columns: tuple[str, ...], last: int, rules: tuple[tuple[str, Style], ...]
) -> None:
    described = sheet(sheet_key)
    for key in columns:
        column = described.columns.index(described.column(key))
        for formula, style in rules:
            page.conditional((TOP - 1, column, last - 1, column), formula, style)


def _words(cell: str, words: dict[str, Style]) -> tuple[tuple[str, Style], ...]:
    return tuple((f'{cell}="{word}"', style) for word, style in words.items())


def mark_items(page: Page, last: int) -> None:
    """Status, and beside it Tenggat, in the colour of the status."""
    status = f"${_letter('register', 'status')}{TOP}"
    words = {"Lewat tenggat": LATE, "Berjalan": RUNNING, "Selesai": FINISHED, "Dibatalkan": WARN}
    _mark(page, "register", ("status",), last, _words(status, words))
    _mark(page, "register", ("deadline",), last, _words(status, {"Lewat tenggat": LATE}))


def mark_events(page: Page, last: int) -> None:
    """Ketepatan by its word, Urutan with a red border when it says Periksa."""
    verdict = f"${_letter('events', 'punctuality')}{TOP}"
    words = {"Terlambat": LATE, "Lewat tenggat": LATE, "Berjalan": RUNNING, "Tepat": FINISHED}
    _mark(
        page, "events", ("punctuality",), last, _words(verdict, {**words, CHECK_DATE: WARN, UNJUDGED: WARN})
    )
    order = f"${_letter('events', 'order')}{TOP}"
    _mark(page, "events", ("order",), last, _words(order, {"Periksa": FAULT, CHECK_DATE: WARN}))
    _mark(page, "events", ("step",), last, _words(order, {"Periksa": FAULT}))


def mark_mistakes(page: Page, last: int) -> None:
    """Amber where a word is missing: the reason of a Tidak, the link of a finished item stands in Register."""
    outcome, note = (f"${_letter('events', key)}{TOP}" for key in ("outcome", "note"))
    missing = f'AND(LOWER(TRIM({outcome}))="tidak",{note}="")'
    _mark(page, "events", ("outcome", "note"), last, ((missing, WARN),))
