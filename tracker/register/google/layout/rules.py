"""Drop-downs, stop rules, colours by state, and guarded ƒ columns on Google."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tracker.register.google.layout.columns import columns_of, letter_of
from tracker.register.google.layout.looks import Message, format_of
from tracker.register.layout import Column, Sheet
from tracker.register.schema import DAFTAR
from tracker.register.store import letters
from tracker.register.template.choices import LAST_CHOICE
from tracker.register.template.events import CHECK_DATE, UNJUDGED
from tracker.register.template.hidden import TOP, Hidden, block_span
from tracker.register.template.styles import FAULT, FINISHED, LATE, RUNNING, WARN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.register.template.book import Style

__all__ = ["colours", "guards", "span", "validations"]

_FREE: Final = ("Kanal", "Jenis")
"""Choices that an office may go beyond."""
_STEPS_LAST: Final = 23


def span(gid: int, top: int, bottom: int, left: int, right: int) -> Message:
    """A half-open GridRange."""
    return {
        "sheetId": gid,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }


def validations(described: Sheet, gid: int, last: int, hidden: Hidden) -> Iterator[Message]:
    """The entry rules of a sheet's typed columns."""
    for at, column in enumerate(columns_of(described)):
        rule = _rule(described, column, hidden)
        if rule is not None:
            yield {"setDataValidation": {"range": span(gid, TOP - 1, last, at, at + 1), "rule": rule}}


def _rule(described: Sheet, column: Column, hidden: Hidden) -> Message | None:
    special = _of_events(column, hidden) if described.key == "events" else None
    if special is not None:
        return special
    if (described.key, column.key) == ("register", "id"):
        return _made("CUSTOM_FORMULA", [f"=COUNTIF($A${TOP}:$A;$A{TOP})<=1"], column.help, strict=True)
    if column.choices is not None:
        at = letters([one.heading for one in DAFTAR.columns].index(column.choices))
        source = f"={DAFTAR.name}!${at}${TOP}:${at}${LAST_CHOICE}"
        return _made("ONE_OF_RANGE", [source], column.help, strict=column.choices not in _FREE)
    if column.options:
        return _made("ONE_OF_LIST", list(column.options), column.help, strict=True)
    return None


def _of_events(column: Column, hidden: Hidden) -> Message | None:
    if column.key == "id":
        return _made("ONE_OF_RANGE", [f"={block_span(hidden.items, 'list')}"], column.help, strict=False)
    if column.key == "performer":
        return _made("ONE_OF_RANGE", [f"={block_span(hidden.people, 'list')}"], column.help, strict=False)
    if column.key == "step":
        return _made("ONE_OF_RANGE", [f"=Langkah!$A${TOP}:$A${_STEPS_LAST}"], column.help, strict=True)
    if column.key == "finish":
        start, finish = (f"${letter_of('events', key)}{TOP}" for key in ("start", "finish"))
        order = f"=OR(NOT(ISNUMBER({start}));NOT(ISNUMBER({finish}));{finish}>={start})"
        return _made("CUSTOM_FORMULA", [order], "Selesai tidak boleh mendahului Mulai.", strict=True)
    return None


def _made(kind: str, values: list[str], help_: str, *, strict: bool) -> Message:
    shown: Message = {"inputMessage": help_} if help_ else {}
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
    drop_down: Message = {"showCustomUi": True} if kind.startswith("ONE_OF") else {}
    return {"condition": condition, "strict": strict, **drop_down, **shown}


_EVENT_WORDS: Final = (
    ("Terlambat", LATE),
    ("Lewat tenggat", LATE),
    ("Berjalan", RUNNING),
    ("Tepat", FINISHED),
    (CHECK_DATE, WARN),
    (UNJUDGED, WARN),
)
_ITEM_WORDS: Final = (
    ("Lewat tenggat", LATE),
    ("Berjalan", RUNNING),
    ("Selesai", FINISHED),
    ("Dibatalkan", WARN),
)


def colours(described: Sheet, gid: int, last: int) -> Iterator[Message]:
    """Late red and bold, running blue, finished green, an order fault red; the word always stands there too."""
    if described.key == "register":
        yield from _marked(described, gid, last, "status", "status", _ITEM_WORDS)
        yield from _marked(described, gid, last, "deadline", "status", _ITEM_WORDS[:1])
    if described.key == "events":
        yield from _marked(described, gid, last, "punctuality", "punctuality", _EVENT_WORDS)
        faults = (("Periksa", FAULT), (CHECK_DATE, WARN))
        yield from _marked(described, gid, last, "order", "order", faults)
        yield from _marked(described, gid, last, "step", "order", faults[:1])


def _marked(
    described: Sheet, gid: int, last: int, key: str, by: str, words: tuple[tuple[str, Style], ...]
) -> Iterator[Message]:
    at = [column.key for column in columns_of(described)].index(key)
    for word, style in words:
        formula = f'=${letter_of(described.key, by)}{TOP}="{word}"'
        condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}
        rule = {
            "ranges": [span(gid, TOP - 1, last, at, at + 1)],
            "booleanRule": {"condition": condition, "format": format_of(style)},
        }
        yield {"addConditionalFormatRule": {"rule": rule, "index": 0}}


def guards(described: Sheet, gid: int, last: int) -> Iterator[Message]:
    """Formula columns ask before they are changed; a hard protection would forbid sorting the table."""
    for at, column in enumerate(columns_of(described)):
        if column.is_formula:
            guard = {
                "range": span(gid, TOP - 2, last, at, at + 1),
                "description": f"{column.heading}: dihitung sendiri",
                "warningOnly": True,
            }
            yield {"addProtectedRange": {"protectedRange": guard}}
