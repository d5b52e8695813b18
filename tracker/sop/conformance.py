"""Order: replay every trace on its SOP.

Whether an event may follow depends only on the event before it, so all traces are replayed at once by comparing
each event with its predecessor. One thing needs memory: a step that was skipped and is written down late belongs
to the finding that named it as missing. Only traces in which that can happen are replayed one by one.

Source: "The path of a content item" in the rules contract.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from tracker.sop.model import END, NO_STEP, Outcome, Sop

__all__ = ["IN_ORDER", "Replay", "Traces", "replay", "successors"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

IN_ORDER: Final = 0
SKIPPED: Final = 101
REPEATED: Final = 102
AFTER_END: Final = 103
NOT_FIRST: Final = 104
BACKWARDS: Final = 107
LAST_AGAIN: Final = 108
_NOT_ALLOWED: Final = (SKIPPED, REPEATED, NOT_FIRST, BACKWARDS, AFTER_END)


@dataclass(frozen=True, slots=True)
class Traces:
    """The events of all traces in trace order, one trace after another; `first` marks where a trace begins.

    `finished` says whether Selesai is filled (an unreadable one too), `outcome` is `Outcome` as typed; on steps that
    decide nothing it is ignored.
    """

    first: Bools
    step: Ints
    finished: Bools
    outcome: Ints

    def __len__(self) -> int:
        return len(self.step)


@dataclass(frozen=True, slots=True)
class Replay:
    """What replay says of each event, parallel to `Traces`."""

    code: Ints
    """IN_ORDER or the number of the U-code (101, 102, 103, 104, 107, 108)."""
    before: Ints
    """Index of the event it was judged against; -1 for the first of a trace."""
    written_late: Bools
    """A step named missing by an earlier finding: gives none itself and does not move the replay."""
    missing_from: Ints
    """With 101 and 104: index of the first step named as missing; they run up to the event's own step."""
    outcome: Ints
    """Outcome of decisions, read from the next event where that is certain (D418)."""
    outcome_read: Bools
    """Where D418 applies."""
    outcome_unknown: Bools
    """Where D409 applies."""
    last: Ints
    """Per event: index of the event that the replay stands on after it (itself unless written late)."""


def successors(sop: Sop) -> tuple[Ints, Ints]:
    """(`Jika Ya`, `Jika Tidak`) of every step as arrays of step indices, END or NO_STEP."""
    yes = np.array([step.on_yes for step in sop.steps], dtype=np.int64)
    no = np.array([step.on_no for step in sop.steps], dtype=np.int64)
    return yes, no


def replay(sop: Sop, traces: Traces) -> Replay:
    """Replay all traces; the SOP must have at least one step. Linear in the number of events."""
    size = len(traces)
    yes, no = successors(sop)
    before = np.where(traces.first, -1, np.arange(size) - 1)
    outcome, read, unknown = _outcomes(traces, yes, no)
    code, missing = _judge(traces, before, outcome, yes, no)
    late = np.zeros(size, dtype=np.bool_)
    last = np.arange(size)
    for start, end in _remembering(traces, code, missing):
        _replay_one(slice(start, end), traces, outcome, (yes, no), (code, before, missing, late, last))
    return Replay(code, before, late, missing, outcome, read, unknown, last)


def _outcomes(traces: Traces, yes: Ints, no: Ints) -> tuple[Ints, Bools, Bools]:
    """Outcomes after D418, and where D418 and D409 apply."""
    decides = no[traces.step] != NO_STEP
    outcome = np.where(decides, traces.outcome, Outcome.BLANK).astype(np.int64)
    blank = decides & traces.finished & (outcome == Outcome.BLANK)
    follows = np.zeros(len(traces), dtype=np.bool_)
    follows[:-1] = ~traces.first[1:]
    following = np.full(len(traces), NO_STEP, dtype=np.int64)
    following[:-1] = traces.step[1:]
    by_yes = yes[traces.step] == following
    by_no = no[traces.step] == following
    read = blank & follows & (by_yes != by_no)
    outcome = np.where(read, np.where(by_yes, Outcome.YES, Outcome.NO), outcome)
    return outcome, read, blank & ~read


def _allowed(step: Ints, outcome: Ints, finished: Bools, yes: Ints, no: Ints) -> tuple[Ints, Ints]:
    """The (at most two) successors of events: NO_STEP where there is no second one.

    An unfinished event, and a decision whose outcome is not known, lead to all successors of their step.
    """
    on_yes, on_no = yes[step], no[step]
    decides = on_no != NO_STEP
    one = np.where(decides & finished & (outcome == Outcome.NO), on_no, on_yes)
    both = decides & ~(finished & ((outcome == Outcome.YES) | (outcome == Outcome.NO)))
    return one, np.where(both, on_no, NO_STEP)


def _judge(traces: Traces, before: Ints, outcome: Ints, yes: Ints, no: Ints) -> tuple[Ints, Ints]:
    """The code of every event against the event `before` it, and where the missing steps begin."""
    previous = np.maximum(before, 0)
    one, two = _allowed(traces.step[previous], outcome[previous], traces.finished[previous], yes, no)
    step, own = traces.step, traces.step[previous]
    highest = np.maximum(one, two)
    ended = highest == END
    code = np.where(step == own, REPEATED, BACKWARDS)
    code = np.where(step > highest, SKIPPED, code)
    code = np.where(ended, np.where(step == own, LAST_AGAIN, AFTER_END), code)
    # Nobody can break an order that the SOP does not state: a target that Langkah lacks is S505, once.
    unstated = (one == NO_STEP) | (highest >= len(yes))
    code = np.where((step == one) | (step == two) | unstated, IN_ORDER, code)
    code = np.where(before < 0, np.where(step == 0, IN_ORDER, NOT_FIRST), code)
    missing = np.where(code == SKIPPED, highest, np.where(code == NOT_FIRST, 0, -1))
    return code.astype(np.int64), missing.astype(np.int64)


def _remembering(traces: Traces, code: Ints, missing: Ints) -> list[tuple[int, int]]:
    """The traces in which a step named missing comes again where it is not allowed: [start, end) of each."""
    bounds = np.append(np.flatnonzero(traces.first), len(traces))
    names = np.isin(code, (SKIPPED, NOT_FIRST))
    faulty = np.isin(code, _NOT_ALLOWED)
    trace = np.cumsum(traces.first) - 1
    wanted = np.unique(trace[names & (missing >= 0)])
    counts = np.bincount(trace[faulty], minlength=len(bounds) - 1) if len(trace) else np.zeros(0, dtype=np.int64)
    return [(int(bounds[one]), int(bounds[one + 1])) for one in wanted if counts[one] > 1]


def _replay_one(
    span: slice,
    traces: Traces,
    outcome: Ints,
    table: tuple[Ints, Ints],
    into: tuple[Ints, Ints, Ints, Bools, Ints],
) -> None:
    """Replay one trace event by event, with the memory of steps named missing; results go `into` the columns."""
    code, before, missing, late, last = into
    pending: set[int] = set()
    standing = -1
    for index in range(span.start, span.stop):
        judged, absent = _judge_at(traces, index, standing, outcome, table)
        step = int(traces.step[index])
        if judged in _NOT_ALLOWED and step in pending:
            code[index], missing[index], late[index] = IN_ORDER, -1, True
            before[index], last[index] = standing, standing
            pending.discard(step)
            continue
        pending.discard(step)
        if judged in (SKIPPED, NOT_FIRST):
            pending.update(range(absent, step))
        code[index], missing[index], before[index], last[index] = judged, absent, standing, index
        standing = index


def _judge_at(traces: Traces, index: int, standing: int, outcome: Ints, table: tuple[Ints, Ints]) -> tuple[int, int]:
    """`_judge` of a single event against the event `standing`."""
    pair = np.array([index]) if standing < 0 else np.array([standing, index])
    sub = Traces(np.arange(len(pair)) == 0, traces.step[pair], traces.finished[pair], traces.outcome[pair])
    code, missing = _judge(sub, np.arange(len(pair)) - 1, outcome[pair], *table)
    return int(code[-1]), int(missing[-1])
