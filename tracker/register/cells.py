"""One cell ⇄ one value: texts, IDs, step numbers, choices, weekdays, targets and times of day.

Moments and dates are in `tracker.register.moments`, numbers with a unit in `tracker.register.quantities`.
Source of every form: the register contract, "What a cell may hold".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from tracker.findings.words import WEEKDAY_NAMES, spoken_time
from tracker.folding import fold, level, plain, tidy
from tracker.register.calendar_words import APOSTROPHES, WEEKDAYS
from tracker.register.number_words import without_words
from tracker.sop.model import END

if TYPE_CHECKING:
    from tracker.register.store import RawValue

__all__ = [
    "Reading",
    "is_blank",
    "quoted",
    "raw_text",
    "read_choice",
    "read_id",
    "read_name",
    "read_step",
    "read_target",
    "read_text",
    "read_time",
    "read_weekdays",
]

T = TypeVar("T")

_STEP: Final = re.compile(
    r"(?:(?:langkah|tahap|step|nomor|no)\s*[.:-]?\s*|#\s*)?(?:ke\s*-?\s*)?(?:([0-9]{1,4})\s*[.):]?|\(([0-9]{1,4})\))",
    re.ASCII,
)
_TIME: Final = re.compile(r"(?:(?:pukul|pkl\.?|jam)\s*)?([0-9]{1,2})[.:]([0-9]{2})(?:[.:]00)?", re.ASCII)
_LONGEST_QUOTE: Final = 80
_END_WORDS: Final = frozenset({"selesai", "akhir", "end", "tamat"})
_RANGE: Final = re.compile(r"\s*(?:[-–—]|\bs\.?\s?/?\s?d\b\.?|sampai(?: dengan)?|hingga)\s*")
_LIST: Final = re.compile(r"\s*(?:[,;&+/]|\bdan\b)\s*")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """What one cell says: `value` is None when it is blank or unreadable.

    `repaired` is the wording of a D405 ("" when nothing was mended); `problem` is the sentence that says why
    a filled cell cannot be read ("" when it can).
    """

    value: T | None = None
    repaired: str = ""
    problem: str = ""

    @property
    def is_unreadable(self) -> bool:
        return bool(self.problem)


def is_blank(value: RawValue) -> bool:
    """Whether a cell holds nothing to see: empty, or white space of any kind."""
    return value is None or (isinstance(value, str) and not value.strip())


def raw_text(value: RawValue) -> str:
    """The content as findings quote it: text as typed, a number in its shortest form, a date in ISO form."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    if isinstance(value, time):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes = round(value / timedelta(minutes=1))
        return f"{minutes // 60}:{minutes % 60:02d}"
    return _shortest(float(value))


def quoted(value: RawValue) -> str:
    """The content between quotation marks inside a sentence: its beginning, when it is long."""
    text = raw_text(value)
    return f"“{text}”" if len(text) <= _LONGEST_QUOTE else f"“{text[:_LONGEST_QUOTE]}…”"


def _shortest(number: float) -> str:
    """12 for 12.0, and an 18-digit NIP as the 15 digits that Excel kept with zeros, never as 1.98e+17."""
    if not isfinite(number) or abs(number) >= 1e21:
        return repr(number)
    text = format(Decimal(repr(number)), "f")
    return text.removesuffix(".0")


def read_text(value: RawValue) -> str:
    """Free text without the white space around it; a number reads as its digits (`12`, never `12.0`)."""
    return raw_text(value).strip().replace("\r\n", "\n")


def read_id(value: RawValue) -> Reading[str]:
    """An ID as it was meant: homoglyphs, no-break spaces, stray spaces and dashes mended."""
    written = raw_text(value)
    return _meant(level(written), written)


def read_name(value: RawValue) -> Reading[str]:
    """A name as it was meant: homoglyphs, no-break spaces and stray spaces mended; a dash is kept."""
    written = raw_text(value)
    return _meant(tidy(written), written)


def _meant(meant: str, written: str) -> Reading[str]:
    return Reading(meant or None, meant if meant != written else "")


def read_step(value: RawValue) -> Reading[int]:
    """A step number: 4, "4", "4.", "Langkah 4", "4 (empat)"."""
    if is_blank(value):
        return Reading()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Reading(int(value)) if isfinite(value) and value == int(value) else _no_number(value)
    if not isinstance(value, str):
        return _no_number(value)
    match = _STEP.fullmatch(without_words(fold(value)))
    if match is None:
        return _no_number(value)
    number = match[1] or match[2]
    return Reading(int(number), "" if value == number else f"langkah {int(number)}")


def _no_number(value: RawValue) -> Reading[int]:
    return Reading(problem=f"{quoted(value)} bukan nomor langkah.")


def read_target(value: RawValue) -> Reading[int]:
    """A successor: END for "Selesai", else a step number; blank, and the dash of printed tables, has no value."""
    if isinstance(value, str) and fold(value) in _END_WORDS:
        return Reading(END, "" if value.casefold() == "selesai" else "Selesai")
    if isinstance(value, str) and fold(value) == "-":
        return Reading(None, "kosong")
    return read_step(value)


def read_choice(value: RawValue, options: Mapping[str, tuple[str, ...]]) -> Reading[str]:
    """The canonical choice meant by any case, spacing or listed synonym; other text is a problem."""
    if is_blank(value):
        return Reading()
    written = raw_text(value)
    if isinstance(value, bool) and "Ya" in options:  # a ticked box
        written = "Ya" if value else "Tidak"
        return Reading(written, written)
    spellings = _spellings(tuple(options.items()))
    meant = spellings.get(fold(written)) or spellings.get(plain(written))
    if meant is None:
        return Reading(problem=f"{quoted(written)} bukan {_listed(options)}.")
    return Reading(meant, "" if written.casefold() == meant.casefold() else meant)


@lru_cache(maxsize=64)
def _spellings(options: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    """Folded spelling → canonical choice; a canonical spelling is never taken by another's synonym."""
    known = {spelling: canonical for canonical, synonyms in options for spelling in map(fold, synonyms)}
    known |= {plain(canonical): canonical for canonical, _ in options}
    known |= {fold(canonical): canonical for canonical, _ in options}
    return known


def _listed(options: Mapping[str, tuple[str, ...]]) -> str:
    *most, last = options
    return f"{', '.join(most)} atau {last}" if most else last


def read_time(value: RawValue, *, numbers_are_times: bool = False) -> Reading[int]:
    """A time of day in minutes: 07.30, 7:30, a real time cell, or a fraction of a day.

    A fraction is a repair, save in a store that delivers every time as one (`numbers_are_times`: Google).
    """
    if is_blank(value):
        return Reading()
    if isinstance(value, str):
        return _time_text(value)
    if isinstance(value, time):
        return Reading((value.hour * 3600 + value.minute * 60 + value.second + 30) // 60)
    if isinstance(value, timedelta):
        return _day_fraction(value / timedelta(days=1), mended=False)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _day_fraction(float(value), mended=not numbers_are_times)
    return Reading(problem=f"{quoted(value)} bukan jam.")


def _day_fraction(fraction: float, *, mended: bool) -> Reading[int]:
    if not 0 <= fraction <= 1:
        return Reading(problem=f"{raw_text(fraction)} rancu: tulis jam seperti 07.30.")
    minutes = round(fraction * 1440)
    return Reading(minutes, spoken_time(minutes) if mended else "")


def _time_text(text: str) -> Reading[int]:
    match = _TIME.fullmatch(fold(text))
    hour, minute = (int(match[1]), int(match[2])) if match else (24, 60)
    if minute >= 60 or hour * 60 + minute > 1440:
        return Reading(problem=f"{quoted(text)} bukan jam.")
    minutes = hour * 60 + minute
    plainly = re.fullmatch(r"[0-9]{1,2}[.:][0-9]{2}", text)
    return Reading(minutes, "" if plainly else spoken_time(minutes))


def read_weekdays(value: RawValue) -> Reading[frozenset[int]]:
    """A day, a range or a list: "Senin–Kamis", "Sen-Kam", "Senin s.d. Kamis", "Senin, Rabu" (0 = Senin)."""
    if is_blank(value):
        return Reading()
    written = raw_text(value)
    days: set[int] = set()
    for part in _LIST.split(_RANGE.sub("-", fold(written.translate(APOSTROPHES)))):
        names = [WEEKDAYS.get(name.strip(" .")) for name in part.split("-")]
        first, last = names[0], names[-1]
        if first is None or last is None or len(names) > 2:
            return Reading(problem=f"{quoted(written)} bukan hari atau rentang hari.")
        days.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    return Reading(frozenset(days), "" if _is_plain_range(written) else _spoken_days(days))


def _is_plain_range(text: str) -> bool:
    return all(name.strip() in WEEKDAY_NAMES for name in re.split("[-–,]", text))


def _spoken_days(days: set[int]) -> str:
    ordered = sorted(days)
    if len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1:
        return f"{WEEKDAY_NAMES[ordered[0]]}–{WEEKDAY_NAMES[ordered[-1]]}"
    return ", ".join(WEEKDAY_NAMES[day] for day in ordered)
