"""Performers: who did a step, and whether that person held its role on that date.

Source: the table "Performer (Pelaksana)" in the rules contract. Distinct texts, persons and roles are few, so each
is resolved once and looked up for all events.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from tracker.folding import fold
from tracker.sop.model import Appointment, Sop

__all__ = ["Named", "Performed", "holders", "match_name", "namesakes", "resolve", "split_names"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_SEPARATOR: Final = re.compile(r"[;\n]")
# Titles before a name; those behind it follow a comma (Siti, S.H.).
_TITLES: Final = re.compile(r"^(?:(?:dr|drs|dra|ir|prof|h|hj|kh|bpk|bapak|ibu|bu|pak|sdr|sdri)\.?\s+)+")
_DOTS: Final = re.compile(r"[.]")


def split_names(text: str) -> tuple[str, ...]:
    """`A; B` names several; empty parts are dropped."""
    return tuple(part.strip() for part in _SEPARATOR.split(text) if part.strip())


@lru_cache(maxsize=8192)
def _core(text: str) -> str:
    """A name without titles: what stands before the first comma, without leading titles and dots."""
    bare = _TITLES.sub("", fold(text).split(",")[0].strip())
    return _DOTS.sub("", bare).strip()


def match_name(text: str, people: Sequence[Appointment]) -> str | None:
    """The name in Pegawai that `text` means, as spelled there; None when none or more than one fits."""
    key = fold(text)
    exact = {person.name for person in people if person.key == key}
    if exact:
        return min(exact) if len(exact) == 1 else None
    loose = namesakes(text, people)
    return loose[0] if len(loose) == 1 and not _names_another(text, people) else None


def namesakes(text: str, people: Sequence[Appointment]) -> tuple[str, ...]:
    """The names in Pegawai that are `text` but for titles, in sheet order."""
    core = _core(text)
    return tuple(dict.fromkeys(person.name for person in people if core and _core(person.name) == core))


def _names_another(text: str, people: Sequence[Appointment]) -> bool:
    """Whether a second person, not a title, stands behind a comma: `Siti, Budi` must not be read as Siti alone."""
    behind = {_core(part) for part in fold(text).split(",")[1:]}
    return any(_core(person.name) in behind for person in people)


def holders(people: Sequence[Appointment], role: str, day: int) -> tuple[str, ...]:
    """Names of all who hold this role on this day, in sheet order, each once."""
    key = fold(role)
    return tuple(dict.fromkeys(one.name for one in people if one.role_key == key and one.holds_on(day)))


@dataclass(frozen=True, slots=True)
class Named:
    """One distinct text of column Pelaksana: the persons it names, and the parts that name nobody."""

    text: str
    names: tuple[str, ...]
    unknown: tuple[str, ...]
    is_repaired: bool
    """Understood, but not spelled as in Pegawai."""


def _name(text: str, people: Sequence[Appointment]) -> Named:
    parts = split_names(text)
    matched = [(part, match_name(part, people)) for part in parts]
    names = tuple(dict.fromkeys(name for _, name in matched if name is not None))
    return Named(
        text=text,
        names=names,
        unknown=tuple(part for part, name in matched if name is None),
        is_repaired=any(name is not None and part != name for part, name in matched),
    )


@dataclass(frozen=True, slots=True)
class Performed:
    """Who did each event, parallel to the arrays given to `resolve`."""

    named: tuple[Named, ...]
    """Distinct texts."""
    text: Ints
    """Index into `named`."""
    wrong_role: Bools
    """P301."""
    ambiguous: Bools
    """P303."""
    assumed: Bools
    """P305."""
    sets: tuple[tuple[str, ...], ...]
    who: Ints
    """Index into `sets`."""


def resolve(
    sop: Sop, people: Sequence[Appointment], texts: Sequence[str], step: Ints, day: Ints, known: Bools
) -> Performed:
    """Resolve the performer of every event.

    `step` are step indices, `day` the date of Selesai (else Mulai) in days, `known` where both can be told; nothing
    is said of an event where they cannot.
    """
    codes: dict[str, int] = {}
    place = {one: codes.setdefault(one.strip(), len(codes)) for one in dict.fromkeys(texts)}
    text = np.fromiter(map(place.__getitem__, texts), dtype=np.int64, count=len(texts))
    named = tuple(_name(one, people) for one in codes)
    sets: dict[tuple[str, ...], int] = {(): 0}
    who = np.array([sets.setdefault(one.names, len(sets)) for one in named] or [0], dtype=np.int64)[text]
    size = len(texts)
    wrong, ambiguous, assumed = (np.zeros(size, dtype=np.bool_) for _ in range(3))
    for index, number, chosen in _groups(text, step, np.flatnonzero(known)):
        role = sop.steps[number].role
        if not named[index].text:
            _assume(people, role, (chosen, day[chosen]), sets, (who, ambiguous, assumed))
        elif named[index].names:
            wrong[chosen] = ~_held(people, named[index].names, role, day[chosen])
    return Performed(named, text, wrong, ambiguous, assumed, tuple(sets), who)


def _groups(text: Ints, step: Ints, known: Ints) -> Iterator[tuple[int, int, Ints]]:
    """(index of the text, index of the step, events) for every pair of text and step among the known events."""
    if not len(known):
        return
    width = int(step[known].max()) + 1
    pair = text[known] * width + step[known]
    order = np.argsort(pair, kind="stable")
    ordered = pair[order]
    begins = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    for pair_of, events in zip(ordered[begins].tolist(), np.split(known[order], begins[1:]), strict=True):
        yield pair_of // width, pair_of % width, events


def _held(people: Sequence[Appointment], names: tuple[str, ...], role: str, day: Ints) -> Bools:
    """Whether any of the persons held the role on each day."""
    key = fold(role)
    held = np.zeros(len(day), dtype=np.bool_)
    for one in people:
        if one.role_key == key and one.name in names:
            held |= (day >= (one.from_on if one.from_on is not None else day)) & (
                day <= (one.until_on if one.until_on is not None else day)
            )
    return held


def _assume(
    people: Sequence[Appointment],
    role: str,
    events: tuple[Ints, Ints],
    sets: dict[tuple[str, ...], int],
    into: tuple[Ints, Bools, Bools],
) -> None:
    """A blank performer is the only holder of the role on that date (P305), if there is exactly one (else P303)."""
    chosen, days = events
    who, ambiguous, assumed = into
    distinct, which = np.unique(days, return_inverse=True)
    by_day = [holders(people, role, day) for day in distinct.tolist()]
    only = np.array([sets.setdefault(names, len(sets)) if len(names) == 1 else -1 for names in by_day])[which]
    who[chosen] = np.where(only >= 0, only, who[chosen])
    assumed[chosen], ambiguous[chosen] = only >= 0, only < 0
