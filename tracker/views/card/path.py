"""The path that an item really took, as a flowchart with one symbol a row, and the same told in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from tracker.sop.model import Outcome, Sop, Step
from tracker.views.card.rows import Done
from tracker.views.flowchart import NO, YES, Arrow, Chart, Node, Shape
from tracker.views.sop_paper.flow import shape_of

__all__ = ["path_of", "told_path"]

_WORDS: Final = {Outcome.YES: YES, Outcome.NO: NO}


def path_of(sop: Sop, done: Sequence[Done], ahead: Sequence[int]) -> Chart:
    """One node a row. Arrows join the executions that make up the trace, whether the SOP allows the way or not."""
    lanes = {role: lane for lane, role in enumerate(sop.roles)}
    nodes = [
        *(_node(sop, lanes, one.leg.step) for one in done),
        *(_node(sop, lanes, sop.steps[index]) for index in ahead),
    ]
    trace = [row for row, one in enumerate(done) if one.position >= 0]
    arrows = [Arrow(row, after, _WORDS.get(done[row].leg.outcome, "")) for row, after in pairwise(trace)]
    return Chart(tuple(nodes), tuple(arrows))


def _node(sop: Sop, lanes: dict[str, int], step: Step | None) -> Node:
    if step is None:
        return Node("", 0, Shape.NOTHING)
    return Node(f"langkah {step.number}", lanes[step.role], shape_of(step, sop.steps.index(step)))


def told_path(done: Sequence[Done], rows: Sequence[int]) -> str:
    """The executions of these rows as a sentence, for the alternative text of the drawing."""
    legs = [done[row].leg for row in rows if row < len(done) and done[row].position >= 0]
    told = [_told(leg.step, leg.outcome) for leg in legs if leg.step]
    return f"Jalan yang ditempuh: {'; '.join(told)}." if told else "Belum ada langkah yang ditempuh."


def _told(step: Step, outcome: Outcome) -> str:
    said = f"langkah {step.number} {step.role}"
    return f"{said}, keputusan {_WORDS[outcome]}" if outcome in _WORDS else said
