"""What `status` lists on a text screen: evaluation → rows of Indonesian words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tracker.sop.model import Outcome
from tracker.sop.verdicts import Evaluation, ItemState, Verdict
from tracker.views import wording
from tracker.views.standing import day_minutes
from tracker.views.status import path_events, performer_text

__all__ = ["PATH_HEADINGS", "RunningRow", "path_facts", "path_rows", "running_rows", "state_counts"]

PATH_HEADINGS = (
    "Baris", "Langkah", "Pelaksana", "Mulai", "Selesai", "Hasil", "Putaran", "Tenggat", "Lama", "Ketepatan",
)  # fmt: skip
_OUTCOMES = {Outcome.YES: "Ya", Outcome.NO: "Tidak", Outcome.UNREADABLE: "?"}
_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class RunningRow:
    """One running item as a text screen shows it."""

    id: str
    title: str
    step: str
    role: str
    since: str
    deadline: str
    condition: str
    """`berjalan`, `menunggu`, `lewat tenggat +1 jam`, `menunggu lama +1 jam`."""


def running_rows(evaluation: Evaluation) -> list[RunningRow]:
    """The running items, the most urgent first; those without a deadline last."""
    states = evaluation.items
    running = np.flatnonzero(states.state == ItemState.RUNNING)
    order = sorted(running.tolist(), key=lambda index: (-float(states.urgency[index]), index))
    return [_running_row(evaluation, index) for index in order]


def _running_row(evaluation: Evaluation, index: int) -> RunningRow:
    items, states, steps = evaluation.register.items, evaluation.items, evaluation.register.sop.steps
    step = steps[int(states.step[index])] if states.step[index] >= 0 else None
    today = wording.day_of(evaluation.now)
    return RunningRow(
        id=str(items.id[index]),
        title=str(items.title[index]),
        step=str(step.number) if step else "–",
        role=step.role if step else "–",
        since=wording.screen_moment(int(states.since[index]), today=today),
        deadline=wording.screen_moment(int(states.deadline[index]), today=today),
        condition=_condition(evaluation, index),
    )


def _condition(evaluation: Evaluation, index: int) -> str:
    states = evaluation.items
    is_open = bool(states.is_open[index])
    if not states.overdue[index]:
        return "berjalan" if is_open else "menunggu"
    late = wording.duration_in_days(int(states.late_minutes[index]), day_minutes(evaluation))
    return f"{'lewat tenggat' if is_open else 'menunggu lama'} +{late}"


def state_counts(evaluation: Evaluation) -> dict[str, int]:
    """How many items are in each state."""
    return {state.label: int((evaluation.items.state == state).sum()) for state in ItemState}


def path_facts(evaluation: Evaluation, item: int) -> list[tuple[str, str]]:
    """What is true of one item now: label and text."""
    items, states, steps = evaluation.register.items, evaluation.items, evaluation.register.sop.steps
    following = "; ".join(f"{steps[one].number} ({steps[one].role})" for one in states.allowed[item])
    state = ItemState(int(states.state[item]))
    said = _condition(evaluation, item) if state is ItemState.RUNNING else state.label
    condition = said if said == state.label else f"{state.label} – {said}"
    opened = bool(states.is_open[item])
    day = day_minutes(evaluation)
    return [
        ("ID", str(items.id[item])),
        ("Judul", str(items.title[item])),
        ("Keadaan", condition),
        ("Langkah kini" if opened else "Langkah berikutnya", following or _NOTHING),
        ("Sejak", wording.screen_moment(int(states.since[item]))),
        ("Tenggat", wording.screen_moment(int(states.deadline[item]))),
        ("Putaran", str(int(states.round[item]))),
        ("Lama kerja", wording.duration_in_days(int(states.work_minutes[item]), day)),
        ("Lama menunggu", wording.duration_in_days(int(states.wait_minutes[item]), day)),
    ]


def path_rows(evaluation: Evaluation, item: int) -> list[tuple[str, ...]]:
    """The events of one item in trace order, under PATH_HEADINGS."""
    return [_path_row(evaluation, index) for index in path_events(evaluation, item)]


def _path_row(evaluation: Evaluation, index: int) -> tuple[str, ...]:
    events, judged = evaluation.register.events, evaluation.events
    step, elapsed = evaluation.register.sop.steps[int(events.step[index])], int(judged.elapsed[index])
    late = int(judged.late_minutes[index])
    verdict = Verdict(int(judged.verdict[index])).label
    return (
        str(int(events.row[index])),
        str(step.number),
        performer_text(evaluation, index) or _NOTHING,
        wording.screen_moment(int(judged.start[index])),
        wording.screen_moment(int(judged.finish[index])),
        _OUTCOMES.get(Outcome(int(judged.outcome[index])), _NOTHING),
        str(int(judged.round[index])),
        wording.screen_moment(int(judged.deadline[index])),
        wording.duration(elapsed) if elapsed >= 0 else _NOTHING,
        f"{verdict} {wording.overrun(late)}" if late else verdict,
    )
