"""Rincian: everything that happened to one item, where it stands, and which cells say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Final

import numpy as np

from tracker.findings import Finding, Severity
from tracker.folding import fold
from tracker.sop.model import NO_STEP, Outcome, Step
from tracker.sop.verdicts import Evaluation, ItemState, Verdict
from tracker.views.standing import Standing, standing_of
from tracker.views.wording import standard

__all__ = ["Journey", "Leg", "Progress", "Segment", "journey", "ranges"]

_READ_OTHERWISE: Final = frozenset({"D404", "D405", "D407", "D414", "D415"})
"""Findings on what a cell was read as: the screen shows the value, so it must show what is typed beside it."""


class Progress(Enum):
    """A segment of the progress bar."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Segment:
    """One step of the SOP in the progress bar."""

    step: Step
    progress: Progress


@dataclass(frozen=True, slots=True)
class Leg:
    """One event of the item, in the order in which things happened."""

    step: Step | None
    step_text: str
    row: int
    performers: tuple[str, ...]
    is_assumed: bool
    """The start is not typed but taken from the finish before."""
    start: int
    finish: int
    elapsed: int
    standard: str
    verdict: Verdict
    late_minutes: int
    outcome: Outcome
    round: int
    note: str
    evidence: str
    typed: tuple[Finding, ...] = ()
    """Cells of this row that were read otherwise than they are typed, or not at all."""


@dataclass(frozen=True, slots=True)
class Journey:
    """One item. `standing` is None when it is finished or cancelled."""

    item: int
    id: str
    title: str
    channel: str
    kind: str
    note: str
    target_on: int | None
    links: tuple[str, ...]
    state: ItemState
    round: int
    finished_at: int
    segments: tuple[Segment, ...]
    legs: tuple[Leg, ...]
    standing: Standing | None
    findings: tuple[Finding, ...]
    """Galat and peringatan of this item with their cells, the heaviest first."""
    row: int
    """1-based row of the item in Register."""
    event_rows: tuple[tuple[int, int], ...]
    """First and last rows of its events in Riwayat, consecutive ones together."""
    typed: tuple[Finding, ...]
    """Cells of its row in Register that were read otherwise than they are typed, or not at all."""


def journey(evaluation: Evaluation, id_: str) -> Journey | None:
    """The item with this ID, however it is typed; None when the register has none."""
    key = fold(id_)
    found = np.flatnonzero(evaluation.register.items.key == key) if key else np.array([], dtype=np.int64)
    return _journey(evaluation, int(found[0])) if len(found) else None


def _journey(evaluation: Evaluation, item: int) -> Journey:
    items, states = evaluation.register.items, evaluation.items
    trace = _trace(evaluation, item)
    typed = _typed(evaluation, item, trace)
    state = ItemState(int(states.state[item]))
    return Journey(
        item=item,
        id=str(items.id[item]),
        title=str(items.title[item]).strip() or str(items.id[item]),
        channel=str(items.channel[item]).strip(),
        kind=str(items.kind[item]).strip(),
        note=str(items.note[item]).strip(),
        target_on=int(items.target_on[item]) if items.target_state[item] in (1, 2, 3) else None,
        links=tuple(str(items.links[item]).split()),
        state=state,
        round=int(states.round[item]),
        finished_at=int(states.finished_at[item]),
        segments=_segments(evaluation, item, state),
        legs=tuple(_leg(evaluation, event, typed) for event in trace),
        standing=standing_of(evaluation, item),
        findings=_findings(evaluation, item),
        row=int(items.row[item]),
        event_rows=tuple(ranges(int(evaluation.register.events.row[one]) for one in trace)),
        typed=typed.get(("Register", int(items.row[item])), ()),
    )


def _typed(evaluation: Evaluation, item: int, trace: list[int]) -> dict[tuple[str, int], tuple[Finding, ...]]:
    """(sheet, row) → the cells there that were read otherwise, for the rows of one item."""
    rows = {("Riwayat", int(evaluation.register.events.row[one])) for one in trace}
    rows.add(("Register", int(evaluation.register.items.row[item])))
    found: dict[tuple[str, int], tuple[Finding, ...]] = {}
    for one in evaluation.findings:
        at = (one.place.sheet or "", one.place.row or 0)
        if one.code in _READ_OTHERWISE and one.raw and at in rows:
            found[at] = (*found.get(at, ()), one)
    return found


def _trace(evaluation: Evaluation, item: int) -> list[int]:
    """The item's events as they happened; those outside the trace (dropped) come last, in sheet order."""
    judged = evaluation.events
    own = np.flatnonzero(evaluation.register.events.item == item)
    place = np.where(judged.position[own] >= 0, judged.position[own], len(judged.position) + own)
    return [int(one) for one in own[np.argsort(place, kind="stable")]]


def _leg(evaluation: Evaluation, event: int, typed: Mapping[tuple[str, int], tuple[Finding, ...]]) -> Leg:
    events, judged, steps = evaluation.register.events, evaluation.events, evaluation.register.sop.steps
    at = int(events.step[event])
    step = steps[at] if at >= 0 else None
    return Leg(
        step=step,
        step_text=str(events.step_text[event]),
        row=int(events.row[event]),
        performers=judged.performer_sets[int(judged.performer[event])]
        or tuple(filter(None, [str(events.performer[event]).strip()])),
        is_assumed=bool(judged.start_assumed[event]),
        start=int(judged.start[event]),
        finish=int(judged.finish[event]),
        elapsed=int(judged.elapsed[event]),
        standard=standard(step.standard if step else None),
        verdict=Verdict(int(judged.verdict[event])),
        late_minutes=int(judged.late_minutes[event]),
        outcome=Outcome(int(judged.outcome[event])) if step and step.on_no != NO_STEP else Outcome.BLANK,
        round=int(judged.round[event]),
        note=str(events.note[event]).strip(),
        evidence=str(events.evidence[event]).strip(),
        typed=typed.get(("Riwayat", int(events.row[event])), ()),
    )


def _segments(evaluation: Evaluation, item: int, state: ItemState) -> tuple[Segment, ...]:
    steps, now = evaluation.register.sop.steps, int(evaluation.items.step[item])
    if state is ItemState.FINISHED:
        return tuple(Segment(step, Progress.DONE) for step in steps)
    if state is ItemState.CANCELLED or now < 0:
        return tuple(Segment(step, Progress.AHEAD) for step in steps)
    kinds = (
        Progress.DONE if at < now else Progress.NOW if at == now else Progress.AHEAD
        for at in range(len(steps))
    )
    return tuple(Segment(step, kind) for step, kind in zip(steps, kinds, strict=True))


_RANK = {Severity.GALAT: 0, Severity.PERINGATAN: 1, Severity.CATATAN: 2}


def _findings(evaluation: Evaluation, item: int) -> tuple[Finding, ...]:
    key = fold(str(evaluation.register.items.id[item]))
    own = [one for one in evaluation.findings if one.id and fold(one.id) == key]
    heavy = [one for one in own if one.severity is not Severity.CATATAN]
    return tuple(sorted(heavy, key=lambda one: _RANK[one.severity]))


def ranges(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Consecutive rows as (first, last).

    >>> ranges([405, 406, 409])
    [(405, 406), (409, 409)]
    """
    ordered = sorted(set(rows))
    if not ordered:
        return []
    breaks = [(one, two) for one, two in pairwise(ordered) if two != one + 1]
    firsts = [ordered[0], *(two for _, two in breaks)]
    lasts = [*(one for one, _ in breaks), ordered[-1]]
    return list(zip(firsts, lasts, strict=True))
