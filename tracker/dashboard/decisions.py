"""Decisions: what a click means, whether it may be done, and the one way by which it is written.

Every decision is kept on disk first and carried out from there (W6), with an idempotency key, so that a double click
is written once (H4). Whether the reader holds the step's role on that date is asked again at that moment (R1).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tracker.dashboard import identity, texts
from tracker.dashboard.clerk import HOLD_SECONDS, instant
from tracker.dashboard.clock import clock
from tracker.dashboard.office import Office
from tracker.dashboard.source import Edition, Source
from tracker.dashboard.texts import actions
from tracker.desk import AddItem, RecordEvent, Written
from tracker.desk.queue import Conflict, Item, Stage, entry_of
from tracker.errors import ChangedMeanwhile, ChangeRefused, RegisterBusy, TrackerError
from tracker.sop.model import Step
from tracker.views.standing import Standing
from tracker.views.today import Person

__all__ = [
    "HOLD_SECONDS",
    "Decision",
    "NewItem",
    "Outcome",
    "can_force",
    "decision",
    "forced",
    "perform",
    "resolve",
    "why_not",
    "written_of",
]


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
    """What became of a decision: what was written, the place it has in the queue, or the error that prevented it."""

    decision: Decision | NewItem
    written: Written | None = None
    error: TrackerError | None = None
    queued: Item | None = None
    """The decision as it waits; `error` then says why, None where it is only held for a moment (H1)."""
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


def perform(
    office: Office,
    source: Source,
    one: Decision | NewItem,
    *,
    seen: Edition | None = None,
    hold: float = 0.0,
) -> Outcome:
    """Keep the decision, made upon what `seen` shows (default: the newest), and write it now, once.

    With `hold` seconds it is written that much later, unless it is taken back. What the rules forbid is refused
    before it is kept; a book that is held and a service that is silent leave it in the queue.
    """
    now = clock()
    try:
        if source.refuses_decisions and source.trouble is not None:
            raise RegisterBusy(texts.WRITING_BLOCKED, source.trouble.remedy)
        name, edition = _permitted(source, one, seen, now)
        clerk, key = office.clerk(source), f"{name}|{one.key}"
        item = clerk.log.known(key)
        if item is None:
            entry = entry_of(
                edition.reading,
                _command(one, name),
                key=key,
                actor=name,
                what=actions.ADDED if isinstance(one, NewItem) else one.verb,
                now=now,
                queued_at=instant(),
                not_before=instant() + timedelta(seconds=hold),
            )
            item = clerk.log.add(entry)
            clerk.sessions[item.entry.key] = identity.session()
        error = None
        if item.is_waiting and not hold:
            carried = clerk.carry(item.entry.key)
            item = (carried.item if carried else clerk.log.item(item.entry.key)) or item
            error = carried.error if carried else clerk.obstacle
        clerk.nudge()
    except TrackerError as refusal:
        return Outcome(one, error=refusal)
    return _outcome(one, item, error)


def _outcome(one: Decision | NewItem, item: Item, error: TrackerError | None) -> Outcome:
    if item.stage is Stage.WRITTEN:
        return Outcome(one, written=written_of(item))
    if item.stage is Stage.CONFLICT:
        return Outcome(one, error=error or _changed(item.conflict))
    return Outcome(one, error=error, queued=item)


def _changed(conflict: Conflict | None) -> ChangedMeanwhile:
    return ChangedMeanwhile(conflict.sentence, conflict.remedy) if conflict else ChangedMeanwhile("")


def resolve(office: Office, source: Source, item: Item) -> TrackerError | None:
    """Make a decision that was in conflict anew, upon the register as it stands now; None when that was possible.

    Where the rules refuse it, the conflict stays as it is.
    """
    edition, old, clerk = source.edition, item.entry, office.clerk(source)
    if edition is None:
        return ChangeRefused(texts.WRITING_BLOCKED)
    try:
        entry = entry_of(
            edition.reading,
            old.command,
            key=old.key,
            actor=old.actor,
            what=old.what,
            now=old.decided_at,
            queued_at=instant(),
            not_before=instant(),
        )
        fresh = clerk.log.add(entry)
        clerk.cancel(old.key, by=old.actor)
        clerk.carry(fresh.entry.key)
        clerk.nudge()
    except TrackerError as error:
        return error
    return None


def written_of(item: Item) -> Written:
    """What a decision from the queue has written."""
    return Written(item.sheet, item.row, item.id, dict(item.entry.written), "", item.warnings)


def _permitted(
    source: Source, one: Decision | NewItem, seen: Edition | None, now: datetime
) -> tuple[str, Edition]:
    """The name that is written, and the edition that the decision was made upon, own decisions since included.

    ChangeRefused when the reader does not hold the role today.
    """
    edition = source.edition
    if edition is None:
        raise ChangeRefused(texts.WRITING_BLOCKED)
    evaluation = source.sight(edition, now).evaluation
    reader = identity.reader(source.target, evaluation)
    steps = evaluation.register.sop.steps
    index = 0 if isinstance(one, NewItem) else evaluation.register.sop.index_of(one.step)
    if index is None or index >= len(steps):
        raise ChangeRefused(actions.STEP_GONE)
    refusal = why_not(reader, steps[index])
    if refusal or reader is None:
        raise ChangeRefused(refusal)
    return reader.name, source.base_for(seen, identity.session()) if seen is not None else edition


def _command(one: Decision | NewItem, name: str) -> AddItem | RecordEvent:
    if isinstance(one, NewItem):
        return AddItem(
            one.title,
            channel=one.channel,
            kind=one.kind,
            target_on=one.target_on,
            note=one.note,
            by=name,
            key=one.key,
        )
    return RecordEvent(
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
