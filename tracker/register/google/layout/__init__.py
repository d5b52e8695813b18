"""`init gsheet:ID`: an empty spreadsheet of the office becomes a register, in one request or not at all.

A service account cannot own files: the office makes the spreadsheet and shares it with the account's address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import AlreadyExists
from tracker.register.google.layout.plan import Existing, requests_for
from tracker.register.google.service import Book, LayoutMoved
from tracker.register.google.store import GoogleStore
from tracker.register.google.troubles import Uncertain

if TYPE_CHECKING:
    from tracker.register.seed.content import BookContent

__all__ = ["set_up"]


def set_up(store: GoogleStore, content: BookContent) -> None:
    """Lay the register out in a spreadsheet whose tabs are all empty.

    AlreadyExists for any other; the errors of `GoogleStore` otherwise. After any of them it is as before, save that
    RegisterUnavailable after a time-out may mean that it was laid out after all.
    """
    book = store.service.book()
    _refuse_content(store, book)
    planned = requests_for(content, Existing({tab.title: tab.gid for tab in book.tabs}))
    try:
        store.service.set_up(planned.requests)
    except LayoutMoved as moved:
        raise moved.trouble from None
    except Uncertain as uncertain:
        # The request is atomic: one of our tabs is there if and only if all of it was carried out.
        if planned.gids.isdisjoint(tab.gid for tab in store.service.book().tabs):
            raise uncertain.trouble from None


def _refuse_content(store: GoogleStore, book: Book) -> None:
    titles = [tab.title for tab in book.tabs]
    try:
        filled = [title for title, rows in zip(titles, store.service.values(titles), strict=True) if rows]
    except LayoutMoved as moved:
        raise moved.trouble from None
    if filled:
        raise AlreadyExists(
            f"Spreadsheet “{book.title}” sudah berisi (lembar {', '.join(filled)}), jadi tidak ditimpa.",
            "Buat spreadsheet baru yang kosong, bagikan kepada akun layanan, lalu ulangi.",
        )
