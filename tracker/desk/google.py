"""What a door may ask about Google beside the register itself: whether there is a key, and what can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.errors import TrackerError
from tracker.register.google.addresses import spreadsheet_id

__all__ = ["Reached", "checked_google", "reached"]


@dataclass(frozen=True, slots=True)
class Reached:
    """One thing that was tried: what it is, whether it went well, and what is to be said of it."""

    name: str
    is_good: bool
    detail: str


def checked_google(target: str) -> str:
    """`gsheet:ID` of a spreadsheet, after the key file has been read; nothing is asked of Google.

    WrongUsage for an address that names no spreadsheet, RegisterUnavailable when there is no key that can be used.
    """
    from tracker.register.google.credentials import access  # noqa: PLC0415 - loads google-auth

    name = f"gsheet:{spreadsheet_id(target)}"
    access()
    return name


def reached(target: str) -> Iterator[Reached]:
    """The key and its address, the spreadsheet with its locale and time zone, and whether it may be written to.

    Ends with the first that fails. Nothing is changed: the write that is tried leaves every cell as it is.
    """
    from tracker.register.google.credentials import access  # noqa: PLC0415 - loads google-auth
    from tracker.register.google.store import GoogleStore  # noqa: PLC0415 - loads gspread

    name = "Akun Google"
    try:
        granted = access()
        account = granted.address or "akun pribadi yang diberi izin"
        yield Reached(name, True, f"{account}; kunci dari {granted.origin}")
        name, store = "Spreadsheet", GoogleStore(target)
        book = store.book
        yield Reached(name, True, f"{book.title}; locale {book.locale}, zona waktu {book.zone}")
        name = "Spreadsheet dapat ditulis"
        store.try_writing()
        yield Reached(name, True, "ya")
    except TrackerError as error:
        yield Reached(name, False, str(error))
