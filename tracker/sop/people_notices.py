"""Findings on performers: P301–P305 and the reading of names (D405)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from tracker.findings import Finding, Place, Severity, finding
from tracker.findings.words import day_words
from tracker.folding import nearest
from tracker.sop.calendar import DAY
from tracker.sop.model import Register
from tracker.sop.performers import Performed, holders, namesakes, resolve
from tracker.sop.states import Replayed
from tracker.sop.timing import Moments
from tracker.sop.verdicts import NONE

__all__ = ["performed_by", "performer_notices"]

Ints = npt.NDArray[np.int64]

_PLACE: Final = ("Riwayat", "Pelaksana")


def performed_by(register: Register, at: Moments) -> Performed:
    """Who did each event of the register; the date is that of Selesai, else Mulai."""
    moment = np.where(at.finish != NONE, at.finish, at.start)
    known = (register.events.step >= 0) & (moment != NONE)
    texts = register.events.performer.tolist()
    return resolve(register.sop, register.people, texts, register.events.step, moment // DAY, known)


def performer_notices(register: Register, at: Moments, done: Performed, seen: Replayed) -> Iterator[Finding]:
    """All findings on performers, row by row of the flagged ones."""
    moment = np.where(at.finish != NONE, at.finish, at.start)
    for index in np.flatnonzero(done.wrong_role).tolist():
        names = " dan ".join(done.named[done.text[index]].names)
        day = day_words(moment[index] // DAY)
        yield _note(register, index, "P301", name=names, role=_role(register, index), date=day)
    yield from _names(register, done)
    for index in np.flatnonzero(done.ambiguous).tolist():
        role = _role(register, index)
        count = len(holders(register.people, role, int(moment[index] // DAY)))
        words = f"{count} orang memegang" if count else "tidak ada pemegang"
        yield _note(register, index, "P303", role=role, holders=words)
    for index in np.flatnonzero(done.assumed).tolist():
        name = done.sets[done.who[index]][0]
        yield _note(register, index, "P305", name=name, role=_role(register, index))
    yield from _own_work(register, moment, done, seen)


def _note(
    register: Register, index: int, code: str, *, severity: Severity | None = None, **words: object
) -> Finding:
    events = register.events
    sheet, column = _PLACE
    item, step = int(events.item[index]), int(events.step[index])
    id_ = str(register.items.id[item]) if item >= 0 else str(events.id[index]) or None
    number = register.sop.steps[step].number if step >= 0 else None
    place = Place(sheet, int(events.row[index]), column)
    return finding(code, place, id=id_, step=number, raw=None, severity=severity, **words)


def _role(register: Register, index: int) -> str:
    return register.sop.steps[int(register.events.step[index])].role


def _names(register: Register, done: Performed) -> Iterator[Finding]:
    """P302 for parts that name nobody, D405 for names understood though spelled otherwise."""
    spelled = list(dict.fromkeys(person.name for person in register.people))
    for number, named in enumerate(done.named):
        if not (named.unknown or named.is_repaired):
            continue
        near = [(part, _meant(part, register, spelled)) for part in named.unknown]
        for index in np.flatnonzero(done.text == number).tolist():
            for part, hint in near:
                yield _note(register, index, "P302", name=part, nearest=hint)
            if named.is_repaired:
                yield _note(register, index, "D405", value="; ".join(named.names))


def _meant(part: str, register: Register, spelled: list[str]) -> str:
    """Whom an unknown name may mean: all who bear it, with titles, if several do; else the one spelled nearest."""
    same = namesakes(part, register.people)
    if len(same) > 1:
        return f" dengan ejaan itu; dapat berarti {' atau '.join(same)}"
    closest = nearest(part, spelled)
    return f"; mungkin maksud Anda {closest}" if closest else ""


def _own_work(register: Register, moment: Ints, done: Performed, seen: Replayed) -> Iterator[Finding]:
    """P304: a decision made by whoever did the latest non-decision step before it."""
    steps = register.sop.steps
    if not len(seen.order):
        return
    decides = np.array([step.is_decision for step in steps])[seen.traces.step]
    index = np.arange(len(seen.order))
    start = np.maximum.accumulate(np.where(seen.traces.first, index, 0))
    worked = np.maximum.accumulate(np.where(~decides, index, -1))
    at = np.flatnonzero(decides & seen.traces.finished & (worked >= start) & (moment[seen.order] != NONE))
    decided, did = seen.order[at], seen.order[worked[at]]
    same_people = _share(done, done.who[decided], done.who[did])
    for which in np.flatnonzero(same_people).tolist():
        event, work = int(decided[which]), int(did[which])
        same = sorted({*done.sets[done.who[event]]} & {*done.sets[done.who[work]]})
        others = set(holders(register.people, _role(register, event), int(moment[event] // DAY))) - set(same)
        yield _note(
            register,
            event,
            "P304",
            severity=None if others else Severity.CATATAN,
            name=same[0],
            previous=steps[int(register.events.step[work])].number,
        )


def _share(done: Performed, one: Ints, two: Ints) -> npt.NDArray[np.bool_]:
    """Whether two sets of performers (indices into `done.sets`) have a person in common; each pair is asked once."""
    pairs, which = np.unique(one * len(done.sets) + two, return_inverse=True)
    sets = [frozenset(names) for names in done.sets]
    alike = [not sets[pair // len(sets)].isdisjoint(sets[pair % len(sets)]) for pair in pairs.tolist()]
    return np.array(alike, dtype=np.bool_)[which]
