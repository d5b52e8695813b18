"""The SOP as JSON, attached to its paper for machines."""

from __future__ import annotations

from tracker.sop.model import NO_STEP, Sop, Step
from tracker.views import wording

__all__ = ["sop_json"]


def sop_json(sop: Sop) -> dict[str, object]:
    """Identity as in sheet SOP, and the steps with where each leads: a step's number, `selesai`, or null."""
    return {
        "identity": {label: list(values) for label, values in sop.identity.items()},
        "steps": [_step(sop, step) for step in sop.steps],
    }


def _step(sop: Sop, step: Step) -> dict[str, object]:
    return {
        "step": step.number,
        "activity": step.activity,
        "role": step.role,
        "requirement": step.requirement,
        "standard": wording.standard(step.standard) if step.standard else None,
        "output": step.output,
        "on_yes": _target(sop, step.on_yes),
        "on_no": _target(sop, step.on_no),
        "remark": step.remark,
    }


def _target(sop: Sop, at: int) -> int | str | None:
    if 0 <= at < len(sop.steps):
        return sop.steps[at].number
    return None if at == NO_STEP or at >= len(sop.steps) else "selesai"
