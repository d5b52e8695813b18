"""The facts of a control card as JSON, attached to the paper for machines."""

from __future__ import annotations

from tracker.sop.model import Outcome
from tracker.sop.verdicts import NONE, Evaluation
from tracker.views import wording
from tracker.views.card.rows import Done, executions
from tracker.views.journey import Journey

__all__ = ["card_json"]

_OUTCOMES = {Outcome.YES: "Ya", Outcome.NO: "Tidak"}


def card_json(evaluation: Evaluation, item: Journey) -> dict[str, object]:
    """The item, its executions in the order of the card, its findings; unknown values are null."""
    states, at, done = evaluation.items, item.item, executions(evaluation, item)
    return {
        "id": item.id,
        "title": item.title,
        "channel": item.channel,
        "kind": item.kind,
        "links": list(item.links),
        "state": item.state.label,
        "round": item.round,
        "started_at": wording.iso_moment(int(states.started_at[at])),
        "finished_at": wording.iso_moment(int(states.finished_at[at])),
        "work_minutes": int(states.work_minutes[at]),
        "wait_minutes": int(states.wait_minutes[at]),
        "compliant": None if int(states.compliant[at]) < 0 else bool(states.compliant[at]),
        "events": [_event(evaluation, one) for one in done],
        "findings": [
            {"code": one.code, "severity": one.severity.value, "cell": one.place.cell, "message": one.message}
            for one in item.findings
        ],
    }


def _event(evaluation: Evaluation, one: Done) -> dict[str, object]:
    leg, waited = one.leg, int(evaluation.events.waited[one.event])
    return {
        "step": leg.step.number if leg.step else None,
        "role": leg.step.role if leg.step else None,
        "row": leg.row,
        "counts": one.position >= 0,
        "round": leg.round,
        "performers": list(leg.performers),
        "start": wording.iso_moment(leg.start),
        "start_assumed": leg.is_assumed,
        "finish": wording.iso_moment(leg.finish),
        "elapsed_minutes": None if leg.elapsed == NONE else leg.elapsed,
        "waited_minutes": None if waited == NONE else waited,
        "standard": leg.standard,
        "verdict": leg.verdict.label,
        "late_minutes": leg.late_minutes,
        "outcome": _OUTCOMES.get(leg.outcome),
        "evidence": leg.evidence,
        "note": leg.note,
    }
