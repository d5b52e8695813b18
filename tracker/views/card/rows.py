"""The rows of a control card: one for every execution in the order of time, then the steps that are still to come."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from tracker.sop.model import END, Outcome, State, Step
from tracker.sop.verdicts import NONE, Evaluation, ItemState, Verdict
from tracker.views import wording
from tracker.views.journey import Journey, Leg
from tracker.views.sop_paper.passages import Passage, passages

__all__ = ["CardRow", "Done", "ahead_rows", "done_rows", "executions", "steps_ahead"]

# Limits of what one cell prints (source: the papers' layout, 0.7: evidence 300, note 500).
_ACTIVITY: Final = 500
_EVIDENCE: Final = 300
_NOTE: Final = 500
_NAME: Final = 80
_NAMES: Final = 4
_NUMBER: Final = 4
NOTHING: Final = "–"
_UNIT: Final = re.compile(r"(?<=\d) (?=menit|jam)")


@dataclass(frozen=True, slots=True)
class CardRow:
    """One row of the table without its drawing; empty strings are blank cells, to be filled in by hand."""

    number: str
    activity: tuple[Passage, ...]
    standard: str
    decision: str = ""
    """`Putusan: TIDAK – dikembalikan ke langkah 3`."""
    performer: str = ""
    reason: str = ""
    waited: str = ""
    """How long the item lay before this row; printed between the rows."""
    round: str = ""
    start: str = ""
    finish: str = ""
    elapsed: str = ""
    verdict: str = ""
    evidence: str = ""
    is_ahead: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """One execution: what the journey tells, its event in the register, its place in the trace (-1: in none)."""

    leg: Leg
    event: int
    position: int


def executions(evaluation: Evaluation, item: Journey) -> tuple[Done, ...]:
    """Every event of the item in the order of its trace, those outside it last."""
    rows = evaluation.register.events.row
    found = [(leg, int(np.flatnonzero(rows == leg.row)[0])) for leg in item.legs]
    return tuple(Done(leg, event, int(evaluation.events.position[event])) for leg, event in found)


def done_rows(evaluation: Evaluation, done: tuple[Done, ...]) -> tuple[CardRow, ...]:
    """One row an execution."""
    return tuple(_done_row(evaluation, one) for one in done)


def _done_row(evaluation: Evaluation, one: Done) -> CardRow:
    leg, events = one.leg, evaluation.register.events
    waited = int(evaluation.events.waited[one.event])
    start = _moment(leg.start, int(events.start_state[one.event]))
    return CardRow(
        number=str(leg.step.number) if leg.step else wording.shortened(leg.step_text, _NUMBER) or NOTHING,
        activity=_activity(leg),
        decision=_decision(evaluation, leg, is_open=_is_open(evaluation, one)),
        performer=_performers(leg.performers),
        reason=wording.shortened(leg.note, _NOTE),
        waited=f"menunggu {wording.joined(wording.duration(waited))}" if waited > 0 else "",
        round=str(leg.round) if one.position >= 0 else NOTHING,
        start=f"{start}\n(dianggap)" if leg.is_assumed and leg.start != NONE else start,
        finish=_moment(leg.finish, int(events.finish_state[one.event])),
        elapsed=NOTHING if leg.elapsed == NONE else _duration(leg.elapsed),
        standard=wording.joined(leg.standard),
        verdict=_verdict(one),
        evidence=wording.shortened(leg.evidence, _EVIDENCE) or NOTHING,
    )


def _is_open(evaluation: Evaluation, one: Done) -> bool:
    return int(evaluation.register.events.finish_state[one.event]) == State.BLANK


def _activity(leg: Leg) -> tuple[Passage, ...]:
    if leg.step is None:
        typed = wording.shortened(leg.step_text, _NAME)
        named = f"Langkah {typed} tidak ada di lembar Langkah" if typed else "Langkah tidak terisi"
        return (Passage("", named),)
    return _passages(leg.step)


def _passages(step: Step) -> tuple[Passage, ...]:
    text = step.activity
    return passages(text if len(text) <= _ACTIVITY else wording.shortened(text, _ACTIVITY))


def _decision(evaluation: Evaluation, leg: Leg, *, is_open: bool) -> str:
    """What was decided and where it led (source: the papers' layout, section 3)."""
    if leg.step is None or not leg.step.is_decision:
        return ""
    if leg.outcome is Outcome.YES:
        return "Putusan: YA – selesai" if leg.step.on_yes == END else "Putusan: YA – diteruskan"
    if leg.outcome is Outcome.NO:
        steps, to = evaluation.register.sop.steps, leg.step.on_no
        if not 0 <= to < len(steps):
            return "Putusan: TIDAK"
        return f"Putusan: TIDAK – dikembalikan ke langkah\u00a0{steps[to].number}"
    if leg.outcome is Outcome.UNREADABLE:
        return "Putusan: tidak terbaca"
    return "" if is_open else "Putusan: –"


def _performers(names: tuple[str, ...]) -> str:
    shown = [wording.joined(wording.shortened(name, _NAME)) for name in names[:_NAMES]]
    more = len(names) - len(shown)
    return wording.listing([*shown, f"{more} lainnya"] if more else shown)


def _moment(minutes: int, state: int) -> str:
    """Date and time on two lines; only the date where only it was written; a dash where nothing can be read."""
    if minutes == NONE:
        return NOTHING
    date, clock = wording.stacked_moment(minutes).split("\n")
    return wording.joined(date) if state == State.DATE_ONLY else f"{wording.joined(date)}\n{clock}"


def _duration(minutes: int) -> str:
    """Hours and minutes may stand on two lines, a number never without its unit."""
    return _UNIT.sub("\u00a0", wording.duration(minutes))


def _verdict(one: Done) -> str:
    leg = one.leg
    late = _duration(leg.late_minutes)
    ran = "" if leg.elapsed == NONE else f" {_duration(leg.elapsed)}"
    if one.position < 0:
        return "Tidak dihitung"
    return {
        Verdict.ON_TIME: "Tepat waktu",
        Verdict.LATE: f"TERLAMBAT {late}",
        Verdict.RUNNING: f"BERJALAN{ran}",
        Verdict.OVERDUE: f"BERJALAN, TERLAMBAT {late}",
        Verdict.UNJUDGED: "Tidak dinilai",
    }[leg.verdict]


def steps_ahead(evaluation: Evaluation, item: Journey, done: tuple[Done, ...]) -> tuple[int, ...]:
    """Indices of the steps not yet done, each once, in the order of the SOP: those that were never done and, of a
    running item, those that follow straight on (after a return once more). None of a finished one.
    """
    if item.state is ItemState.FINISHED:
        return ()
    events = evaluation.register.events
    made = {int(events.step[one.event]) for one in done if one.position >= 0}
    never = set(range(len(evaluation.register.sop.steps))) - made
    follow = set() if item.state is ItemState.CANCELLED else _straight_on(evaluation, item.item)
    return tuple(sorted(never | follow))


def _straight_on(evaluation: Evaluation, item: int) -> set[int]:
    """The steps from where the item stands to the end, if every decision says yes."""
    steps, at = evaluation.register.sop.steps, int(evaluation.items.step[item])
    if int(evaluation.items.open_event[item]) >= 0 and 0 <= at < len(steps):
        at = steps[at].on_yes
    found: set[int] = set()
    while 0 <= at < len(steps) and at not in found:
        found.add(at)
        at = steps[at].on_yes
    return found


def ahead_rows(evaluation: Evaluation, ahead: tuple[int, ...]) -> tuple[CardRow, ...]:
    """A row for every step to come: its words and standard, the rest blank."""
    return tuple(_ahead_row(evaluation.register.sop.steps[index]) for index in ahead)


def _ahead_row(step: Step) -> CardRow:
    standard = wording.joined(wording.standard(step.standard))
    return CardRow(str(step.number), _passages(step), standard, is_ahead=True)
