"""Decisions: what a click means, whether it may be done, and the one way by which it is written.

A decision carries an idempotency key, so that a double click is written once (H4). Whether the reader holds the
step's role on that date is asked again at the moment of writing (R1).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from tracker.dashboard import identity, texts
from tracker.dashboard.clock import clock
from tracker.dashboard.office import Office
from tracker.dashboard.source import Source
from tracker.dashboard.texts import actions
from tracker.desk import AddItem, RecordEvent, Written
from tracker.errors import ChangeRefused, RegisterBusy, TrackerError
from tracker.sop.model import Step
from tracker.views.standing import Standing
from tracker.views.today import Person

__all__ = ["Decision", "NewItem", "Outcome", "can_force", "decision", "forced", "perform", "why_not"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One event to be recorded. `start` and `finish` are text as a person types it, None for not given."""

    id: str
    step: int
    verb: str
    """What is done, as the message afterwards says it: `disetujui`."""
    key: str
    start: str | None = None
    finish: str | None = None
    outcome: str | None = None
    note: str = ""
    evidence: str = ""
    link: str | None = None
    force: bool = False
    force_reason: str = ""


@dataclass(frozen=True, slots=True)
class NewItem:
    """One content item to be added with its finished first step (H0)."""

    title: str
    key: str
    channel: str = ""
    kind: str = ""
    target_on: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a decision: what was written, or the error that prevented it."""

    decision: Decision | NewItem
    written: Written | None = None
    error: TrackerError | None = None
    at: datetime = field(default_factory=clock)


def decision(standing: Standing, step: Step, verb: str, *, revision: str, **given: str | None) -> Decision:
    """The decision on `step` of an item as `revision` of the book shows it; two clicks on that get one key."""
    kind = given.get("outcome") or ("finish" if given.get("finish") else "start")
    key = f"{revision}|{standing.id}|{step.number}|{kind}"
    return Decision(
        id=standing.id,
        step=step.number,
        verb=verb,
        key=key,
        start=given.get("start"),
        finish=given.get("finish"),
        outcome=given.get("outcome"),
        note=given.get("note") or "",
        evidence=given.get("evidence") or "",
        link=given.get("link") or None,
    )


def why_not(reader: Person | None, step: Step) -> str:
    """Why this reader may not do this step; empty when they may (R2)."""
    if reader is None:
        return texts.CHOOSE_NAME_FIRST
    return "" if reader.holds(step) else texts.only_role(step.role)


def can_force(error: TrackerError) -> bool:
    """Whether "Catat apa adanya" is offered: only where order or role refuse (H5)."""
    return (
        isinstance(error, ChangeRefused)
        and bool(error.findings)
        and all(one.code[0] in "UP" for one in error.findings)
    )


def forced(one: Decision, reason: str) -> Decision:
    """The same decision, to be recorded as it is, with its reason."""
    return replace(one, force=True, force_reason=reason, key=f"{one.key}|forced")


def perform(office: Office, source: Source, one: Decision | NewItem) -> Outcome:
    """Write the decision now, once, and take up the new state of the book; errors come back as the outcome."""
    now = clock()
    try:
        if source.trouble is not None:
            raise RegisterBusy(texts.WRITING_BLOCKED, source.trouble.remedy)
        name = _permitted(source, one, now)
        written = office.once(f"{name}|{one.key}", lambda: _write(source, one, name, now))
    except TrackerError as error:
        return Outcome(one, error=error)
    source.check()
    return Outcome(one, written=written)


def _permitted(source: Source, one: Decision | NewItem, now: datetime) -> str:
    """The name that is written; ChangeRefused when the reader does not hold the role today."""
    edition = source.edition
    if edition is None:
        raise ChangeRefused(texts.WRITING_BLOCKED)
    evaluation = source.sight(edition, now).evaluation
    reader = identity.reader(source.path, evaluation)
    steps = evaluation.register.sop.steps
    index = 0 if isinstance(one, NewItem) else evaluation.register.sop.index_of(one.step)
    if index is None or index >= len(steps):
        raise ChangeRefused(actions.STEP_GONE)
    refusal = why_not(reader, steps[index])
    if refusal or reader is None:
        raise ChangeRefused(refusal)
    return reader.name


def _write(source: Source, one: Decision | NewItem, name: str, now: datetime) -> Written:
    if isinstance(one, NewItem):
        item = AddItem(
            one.title,
            channel=one.channel,
            kind=one.kind,
            target_on=one.target_on,
            note=one.note,
            by=name,
            key=one.key,
        )
        return source.desk.add(item, now=now)
    event = RecordEvent(
        one.id,
        one.step,
        by=name,
        start=one.start,
        finish=one.finish,
        outcome=one.outcome,
        note=one.note,
        evidence=one.evidence,
        link=one.link,
        force=one.force,
        force_reason=one.force_reason,
        key=one.key,
    )
    return source.desk.record(event, now=now)
