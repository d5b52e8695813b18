"""Findings of the rules on rows of Riwayat: the flagged rows of the verdict columns become sentences.

The columns say which rows; only those rows are visited one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from tracker.findings import Finding, Place, Severity, finding
from tracker.findings.words import minutes_words, moment_words, span_words
from tracker.sop.calendar import DAY, WorkingCalendar
from tracker.sop.conformance import IN_ORDER
from tracker.sop.model import Outcome, Register, Standard, State
from tracker.sop.states import Replayed
from tracker.sop.timing import Moments
from tracker.sop.verdicts import NONE, Verdict

__all__ = ["order_notices", "row_notices", "standard_words", "time_notices"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_SHEET: Final = "Riwayat"
_OVERLAP_TOLERANCE: Final = 5
"""Minutes of overlap up to which U106 is only a catatan."""


def standard_words(standard: Standard | None) -> str:
    """A standard as the SOP writes it: `10 menit`, `1,5 jam`, `1 hari`.

    >>> standard_words(Standard(1.5, Unit.HOURS))
    '1,5 jam'
    """
    if standard is None:
        return "–"
    amount = f"{standard.amount:g}".replace(".", ",")
    return f"{amount} {('menit', 'jam', 'hari')[standard.unit]}"


def _steps_words(numbers: list[int]) -> str:
    """`langkah 4`, `langkah 4 dan 5`, `langkah 3, 4, dan 5`."""
    if len(numbers) == 1:
        return f"langkah {numbers[0]}"
    if len(numbers) == 2:
        return f"langkah {numbers[0]} dan {numbers[1]}"
    return f"langkah {', '.join(str(one) for one in numbers[:-1])}, dan {numbers[-1]}"


class _Row:
    """Where event `index` stands, for the place and the subject of its findings."""

    __slots__ = ("id", "locate", "row", "step")

    def __init__(self, register: Register, index: int) -> None:
        events = register.events
        step = int(events.step[index])
        self.locate = register.locate
        self.row = int(events.row[index])
        self.id: str | None = str(events.id[index]) or None
        if events.item[index] >= 0:
            self.id = str(register.items.id[events.item[index]])
        self.step = register.sop.steps[step].number if step >= 0 else None

    def note(self, code: str, heading: str, *, severity: Severity | None = None, **words: object) -> Finding:
        # Located at once: these are nearly all findings, and a copy of each would cost as much again.
        cell, raw = self.locate(_SHEET, self.row, heading)
        place = Place(_SHEET, self.row, heading, cell)
        return finding(code, place, id=self.id, step=self.step, raw=raw, severity=severity, **words)


def _rows(register: Register, seen: Replayed, chosen: Bools) -> Iterator[tuple[int, _Row]]:
    for at in np.flatnonzero(chosen).tolist():
        yield at, _Row(register, int(seen.order[at]))


def order_notices(register: Register, seen: Replayed) -> Iterator[Finding]:
    """U101–U108 and D409, D418: one finding for each event out of order."""
    steps = register.sop.steps
    replay = seen.replay
    for at, row in _rows(register, seen, replay.code != IN_ORDER):
        before = int(replay.before[at])
        previous = steps[int(seen.traces.step[before])].number if before >= 0 else None
        first = int(replay.missing_from[at])
        absent = [step.number for step in steps[first : int(seen.traces.step[at])]] if first >= 0 else [0]
        yield row.note(f"U{replay.code[at]}", "Langkah", previous=previous, missing=_steps_words(absent))
    is_last = np.append(seen.traces.first[1:], True)[: len(seen.order)]
    for at, row in _rows(register, seen, ~seen.traces.finished & ~is_last):
        yield row.note("U105", "Selesai", next=steps[int(seen.traces.step[at + 1])].number)
    yield from _overlaps(register, seen)
    for at, row in _rows(register, seen, replay.outcome_read):
        outcome = "Ya" if replay.outcome[at] == Outcome.YES else "Tidak"
        following = f"langkah {steps[int(seen.traces.step[at + 1])].number}"
        yield row.note("D418", "Hasil", outcome=outcome, next=following)
    for _, row in _rows(register, seen, replay.outcome_unknown):
        yield row.note("D409", "Hasil")


def _overlaps(register: Register, seen: Replayed) -> Iterator[Finding]:
    before = np.maximum(seen.replay.before, 0)
    finish = np.where(seen.replay.before >= 0, seen.moments.finish[before], NONE)
    start = seen.moments.start
    overlaps = (start != NONE) & (finish != NONE) & (start < finish) & ~seen.replay.written_late
    for at, row in _rows(register, seen, overlaps):
        minutes = int(finish[at] - start[at])
        previous = register.sop.steps[int(seen.traces.step[before[at]])].number
        softer = Severity.CATATAN if minutes <= _OVERLAP_TOLERANCE else None
        yield row.note("U106", "Mulai", severity=softer, span=span_words(minutes), previous=previous)


def time_notices(register: Register, seen: Replayed) -> Iterator[Finding]:
    """W201, W202 and W208 on the events of the traces."""
    timing, steps = seen.timing, register.sop.steps
    for verdict, code in ((Verdict.LATE, "W201"), (Verdict.OVERDUE, "W202")):
        for at, row in _rows(register, seen, timing.verdict == verdict):
            yield row.note(
                code,
                "Selesai" if code == "W201" else "Mulai",
                late=minutes_words(int(timing.late_minutes[at])),
                deadline=moment_words(int(timing.deadline[at])),
                standard=standard_words(steps[int(seen.traces.step[at])].standard),
            )
    for at, row in _rows(register, seen, timing.start_assumed):
        follows = bool(seen.replay.before[at] >= 0)
        words = _assumed(int(timing.start[at]), int(timing.verdict[at]), follows=follows)
        yield row.note("W208", "Mulai", assumed=words)


def _assumed(start: int, verdict: int, *, follows: bool) -> str:
    if start == NONE:
        missing = "selesai langkah sebelumnya tidak diketahui" if follows else "tidak ada langkah sebelumnya"
        return f"{missing}, jadi tidak dinilai"
    word = "tidak dinilai" if verdict == Verdict.UNJUDGED else "dinilai"
    return f"dianggap {moment_words(start)} (selesai langkah sebelumnya) dan {word}"


def row_notices(register: Register, at: Moments, calendar: WorkingCalendar, now: int) -> Iterator[Finding]:
    """W203, W204, W205, D407, D408, D410 and D417: what a row says by itself, in a trace or not."""
    events = register.events
    has_start, has_finish = at.start != NONE, at.finish != NONE
    for index in np.flatnonzero(has_start & has_finish & (at.finish < at.start)).tolist():
        yield _Row(register, index).note(
            "W203", "Selesai", start=moment_words(at.start[index]), finish=moment_words(at.finish[index])
        )
    yield from _outside(register, at, calendar)
    starts_later, ends_later = at.in_future(now)
    for moments, later, column in ((at.start, starts_later, "Mulai"), (at.finish, ends_later, "Selesai")):
        for index in np.flatnonzero(later).tolist():
            yield _Row(register, index).note(
                "W205", column, which=column, moment=moment_words(moments[index]), now=moment_words(now)
            )
    for index in np.flatnonzero(at.start_blank & at.finish_blank).tolist():
        yield _Row(register, index).note("D408", "Selesai", column="Mulai dan Selesai")
    known = events.step >= 0
    decides = np.array([step.is_decision for step in register.sop.steps] + [False])[
        np.where(known, events.step, -1)
    ]
    said = (events.outcome == int(Outcome.YES)) | (events.outcome == int(Outcome.NO))
    for index in np.flatnonzero(known & ~decides & said).tolist():
        yield _Row(register, index).note(
            "D407",
            "Hasil",
            severity=Severity.CATATAN,
            reason="Hasil terisi pada langkah yang tidak memutuskan.",
        )
    for index in np.flatnonzero(known & decides & (events.outcome == int(Outcome.NO))).tolist():
        if not events.note[index].strip():
            yield _Row(register, index).note("D410", "Catatan")
    needs = np.array([step.needs_evidence for step in register.sop.steps] + [False])[
        np.where(known, events.step, -1)
    ]
    for index in np.flatnonzero(needs & ~at.finish_blank).tolist():
        if not events.evidence[index].strip():
            yield _Row(register, index).note("D417", "Bukti")


def _outside(register: Register, at: Moments, calendar: WorkingCalendar) -> Iterator[Finding]:
    """W204. Closing time itself is no fault of a finish: office hours are half-open."""
    if not calendar.has_hours:
        return
    events = register.events
    sides = (
        (at.start, events.start_state, "Mulai", calendar.is_working(at.start)),
        (
            at.finish,
            events.finish_state,
            "Selesai",
            calendar.is_working(at.finish) | calendar.is_working(at.finish - 1),
        ),
    )
    for moments, states, column, works in sides:
        # A date alone stands for the opening or closing of that day; only a day that does not open is outside.
        opens = calendar.opening(moments // DAY) % DAY != 0
        outside = calendar.covers(moments) & ~works & ~((states == int(State.DATE_ONLY)) & opens)
        for index in np.flatnonzero(outside).tolist():
            yield _Row(register, index).note(
                "W204", column, which=column, moment=moment_words(moments[index])
            )
