"""Where things stand, for machines: evaluation → the documents of `check` and `status`.

Source of the shapes: the command-line contract. They are stable; fields may be added.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from tracker.findings import Finding, Severity
from tracker.folding import fold
from tracker.sop.model import Outcome
from tracker.sop.verdicts import NONE, Evaluation, ItemState, Verdict
from tracker.views import wording

__all__ = [
    "check_document",
    "codes_by_item",
    "finding_document",
    "item_index",
    "path_document",
    "path_events",
    "performer_text",
    "severity_counts",
    "status_document",
]

_OUTCOMES = {Outcome.YES: "ya", Outcome.NO: "tidak"}


# -- check


def check_document(evaluation: Evaluation, register: str) -> dict[str, object]:
    """The document of `check --json`; `register` is how the register was called."""
    read = evaluation.register.rows_read
    return {
        "register": register,
        "now": wording.iso_moment(evaluation.now),
        "rows": {sheet: int(read.get(sheet, 0)) for sheet in ("Register", "Riwayat")},
        "findings": [finding_document(one) for one in evaluation.findings],
        "counts": severity_counts(evaluation.findings),
    }


def finding_document(one: Finding) -> dict[str, object]:
    """One finding; what does not apply is None."""
    place = one.place
    return {
        "code": one.code,
        "severity": one.severity.value,
        "sheet": place.sheet,
        "row": None if place.row is None else int(place.row),
        "column": place.column,
        "cell": place.cell,
        "id": one.id,
        "step": None if one.step is None else int(one.step),
        "raw": one.raw,
        "message": one.message,
        "remedy": one.remedy,
    }


def severity_counts(findings: tuple[Finding, ...]) -> dict[str, int]:
    """How many findings there are of each severity, the heaviest first."""
    return {level.value: sum(one.severity is level for one in findings) for level in Severity}


# -- status


def status_document(evaluation: Evaluation) -> dict[str, object]:
    """The document of `status --json`: every item of Register, in the order of the sheet."""
    codes = codes_by_item(evaluation)
    items = [_item(evaluation, index, codes[index]) for index in range(len(evaluation.register.items))]
    return {"now": wording.iso_moment(evaluation.now), "items": items}


def path_document(evaluation: Evaluation, item: int) -> dict[str, object]:
    """The document of `status REG ID --json`: one item, with the events of its trace."""
    own = _item(evaluation, item, codes_by_item(evaluation)[item])
    own["events"] = [_event(evaluation, index) for index in path_events(evaluation, item)]
    return {"now": wording.iso_moment(evaluation.now), "items": [own]}


def item_index(evaluation: Evaluation, id_: str) -> int | None:
    """The first item with this ID, however it was typed; None when there is none."""
    wanted = fold(id_)
    keys = evaluation.register.items.key.tolist()
    return keys.index(wanted) if wanted and wanted in keys else None


def path_events(evaluation: Evaluation, item: int) -> list[int]:
    """Indices of all events of the item in trace order.

    Those that do not count (dropped by a cancellation, unknown step) stand behind the event in the row above them:
    nothing that was typed disappears.
    """
    position, row = evaluation.events.position, evaluation.register.events.row
    own = np.flatnonzero(evaluation.events.item == item)
    counted = own[position[own] >= 0]

    def place(index: int) -> tuple[int, int, int]:
        if position[index] >= 0:
            return int(position[index]), 0, 0
        above = counted[row[counted] < row[index]]
        behind = above[np.argmax(row[above])] if len(above) else -1
        return (int(position[behind]) if behind >= 0 else -1), 1, int(row[index])

    return sorted(own.tolist(), key=place)


def codes_by_item(evaluation: Evaluation) -> list[list[str]]:
    """For every item the codes of the findings that concern it, each once, sorted.

    An item without an ID has the findings of its own row.
    """
    by_id: dict[str, set[str]] = defaultdict(set)
    by_row: dict[int, set[str]] = defaultdict(set)
    for one in evaluation.findings:
        if one.id:
            by_id[fold(one.id)].add(one.code)
        elif one.place.sheet == "Register" and one.place.row is not None:
            by_row[one.place.row].add(one.code)
    items = evaluation.register.items
    pairs = zip(items.key.tolist(), items.row.tolist(), strict=True)
    return [sorted(by_id.get(key, set()) if key else by_row.get(row, set())) for key, row in pairs]


def _item(evaluation: Evaluation, index: int, codes: list[str]) -> dict[str, object]:
    items, states, steps = evaluation.register.items, evaluation.items, evaluation.register.sop.steps
    state, at = ItemState(int(states.state[index])), int(states.step[index])
    step = steps[at] if state is ItemState.RUNNING and at >= 0 else None
    verdict = int(states.compliant[index])
    return {
        "id": str(items.id[index]) or None,
        "title": str(items.title[index]),
        "state": state.label,
        "step": step.number if step else None,
        "role": step.role if step else None,
        "since": wording.iso_moment(int(states.since[index])),
        "deadline": wording.iso_moment(int(states.deadline[index])),
        "overdue": bool(states.overdue[index]),
        "allowed": [steps[one].number for one in states.allowed[index]],
        "round": int(states.round[index]),
        "work_minutes": int(states.work_minutes[index]),
        "wait_minutes": int(states.wait_minutes[index]),
        "compliant": None if verdict < 0 else bool(verdict),
        "findings": codes,
    }


def _event(evaluation: Evaluation, index: int) -> dict[str, object]:
    events, judged, steps = evaluation.register.events, evaluation.events, evaluation.register.sop.steps
    step, elapsed = int(events.step[index]), int(judged.elapsed[index])
    return {
        "row": int(events.row[index]),
        "step": steps[step].number if step >= 0 else None,
        "performer": performer_text(evaluation, index) or None,
        "start": wording.iso_moment(int(judged.start[index])),
        "finish": wording.iso_moment(int(judged.finish[index])),
        "outcome": _OUTCOMES.get(Outcome(int(judged.outcome[index]))),
        "round": int(judged.round[index]),
        "start_assumed": bool(judged.start_assumed[index]),
        "deadline": wording.iso_moment(int(judged.deadline[index])),
        "elapsed_minutes": None if elapsed == NONE else elapsed,
        "verdict": Verdict(int(judged.verdict[index])).label,
        "late_minutes": int(judged.late_minutes[index]),
    }


def performer_text(evaluation: Evaluation, index: int) -> str:
    """Who did it, as Pegawai spells the names; as typed where nobody of that name is known."""
    names = evaluation.events.performer_sets[int(evaluation.events.performer[index])]
    return "; ".join(names) or str(evaluation.register.events.performer[index]).strip()
