"""Order: replay every trace on its SOP.

Whether an event may follow depends only on the event before it, so the rule is worked out once for every pair of
(event before, step) into a table of the SOP, and all traces are judged at once by looking up each event with its
predecessor. One thing needs memory: a step that was skipped and is written down late belongs to the finding that
named it as missing. Only traces in which that can happen are walked event by event, through the same table.

Source: "The path of a content item" in the rules contract.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from tracker.sop.model import END, NO_STEP, Outcome, Sop

__all__ = ["IN_ORDER", "Replay", "Traces", "allowed_after", "replay", "successors"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

IN_ORDER: Final = 0
SKIPPED: Final = 101
REPEATED: Final = 102
AFTER_END: Final = 103
NOT_FIRST: Final = 104
BACKWARDS: Final = 107
LAST_AGAIN: Final = 108
_NAMES_MISSING: Final = (SKIPPED, NOT_FIRST)
_WRITTEN_LATE: Final = -1
"""While a trace is walked: a step named missing before, which gives no finding."""


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
    outcome, read, unknown = _outcomes(traces, yes, no)
    rule = _rule(yes, no)
    stands = _standing(traces.step, outcome, traces.finished)
    before = np.where(traces.first, -1, np.arange(size) - 1)
    came = np.where(traces.first, 0, stands[before])
    code, missing = rule.code[came, traces.step], rule.missing[came, traces.step]
    into = _Walked(code, before, missing, np.zeros(size, dtype=np.bool_), np.arange(size))
    wanted = _remembering(traces, code)
    if len(wanted):
        _walk(traces, rule, stands, wanted, into)
    return Replay(code, before, into.late, missing, outcome, read, unknown, into.last)


def _outcomes(traces: Traces, yes: Ints, no: Ints) -> tuple[Ints, Bools, Bools]:
    """Outcomes after D418, and where D418 and D409 apply."""
    decides = (no != NO_STEP)[traces.step]
    outcome = np.where(decides, traces.outcome, int(Outcome.BLANK))
    unsaid = decides & traces.finished & (outcome == int(Outcome.BLANK))
    blank = np.flatnonzero(unsaid)
    nothing = traces.first.size - 1
    following = np.minimum(blank + 1, nothing)
    follows = (blank < nothing) & ~traces.first[following]
    by_yes = yes[traces.step[blank]] == traces.step[following]
    by_no = no[traces.step[blank]] == traces.step[following]
    certain = follows & (by_yes != by_no)
    outcome[blank[certain]] = np.where(by_yes[certain], int(Outcome.YES), int(Outcome.NO))
    read = np.zeros(len(traces), dtype=np.bool_)
    read[blank[certain]] = True
    return outcome, read, unsaid & ~read


@dataclass(frozen=True, slots=True)
class _Rule:
    """The code of a step (column) after an event (row, see `_standing`), and the first step it names as missing."""

    code: Ints
    missing: Ints


_BOTH, _YES, _NO = 0, 1, 2
"""To what an event leads: to all successors of its step (unfinished, or its outcome is not known), or to one."""


def _leads(outcome: Ints, finished: Bools) -> Ints:
    known = np.where(outcome == int(Outcome.YES), _YES, np.where(outcome == int(Outcome.NO), _NO, _BOTH))
    return np.where(finished, known, _BOTH)


def _standing(step: Ints, outcome: Ints, finished: Bools) -> Ints:
    """Row of `_Rule` for what follows each event; row 0 is for what follows nothing."""
    return np.asarray(1 + 3 * step + _leads(outcome, finished))


def _allowed(step: Ints, leads: Ints, yes: Ints, no: Ints) -> tuple[Ints, Ints]:
    decides = no[step] != NO_STEP
    one = np.where(decides & (leads == _NO), no[step], yes[step])
    return one, np.where(decides & (leads == _BOTH), no[step], NO_STEP)


def allowed_after(sop: Sop, step: Ints, outcome: Ints, finished: Bools) -> tuple[Ints, Ints]:
    """The (at most two) successors of events: indices of steps or END; NO_STEP where there is no second one."""
    return _allowed(step, _leads(outcome, finished), *successors(sop))


def _rule(yes: Ints, no: Ints) -> _Rule:
    """Every pair of an event before and a step, judged by the words of the contract."""
    size = len(yes)
    own, leads = (
        side.reshape(-1, 1) for side in np.meshgrid(np.arange(size), (_BOTH, _YES, _NO), indexing="ij")
    )
    one, two = _allowed(own, leads, yes, no)
    step = np.arange(size)[np.newaxis, :]
    highest = np.maximum(one, two)
    code = np.where(step == own, REPEATED, BACKWARDS)
    code = np.where(step > highest, SKIPPED, code)
    code = np.where(highest == END, np.where(step == own, LAST_AGAIN, AFTER_END), code)
    # Nobody can break an order that the SOP does not state: a target that Langkah lacks is S505, once.
    unstated = (one == NO_STEP) | (highest >= size)
    code = np.where((step == one) | (step == two) | unstated, IN_ORDER, code)
    missing = np.where(code == SKIPPED, highest, -1)
    at_first = np.where(np.arange(size) == 0, IN_ORDER, NOT_FIRST)[np.newaxis, :]
    named = np.where(at_first == NOT_FIRST, 0, -1)
    return _Rule(np.concatenate((at_first, code)), np.concatenate((named, missing)))


def _remembering(traces: Traces, code: Ints) -> Ints:
    """Starts and ends (two columns) of the traces in which a step named missing may come again out of order."""
    if not (code != IN_ORDER).any():
        return np.empty((0, 2), dtype=np.int64)
    starts = np.flatnonzero(traces.first)
    trace = np.cumsum(traces.first) - 1
    names = np.bincount(trace[np.isin(code, _NAMES_MISSING)], minlength=len(starts))
    faulty = np.bincount(trace[(code != IN_ORDER) & (code != LAST_AGAIN)], minlength=len(starts))
    wanted = np.flatnonzero((names > 0) & (faulty > 1))
    return np.stack((starts[wanted], np.append(starts[1:], len(traces))[wanted]), axis=1)


@dataclass(frozen=True, slots=True)
class _Walked:
    """The columns of `Replay` that walking a trace may change."""

    code: Ints
    before: Ints
    missing: Ints
    late: Bools
    last: Ints


def _walk(traces: Traces, rule: _Rule, stands: Ints, wanted: Ints, into: _Walked) -> None:
    """Walk the wanted traces with the memory of the steps named missing, and write what changes `into` the columns.

    Plain integers: on traces of a few events an array would cost more than it saves.
    """
    code, missing = rule.code.tolist(), rule.missing.tolist()
    for start, end in wanted.tolist():
        steps, rows = traces.step[start:end].tolist(), stands[start:end].tolist()
        for index, came, judged, absent in _along(steps, rows, code, missing):
            at = start + index
            into.before[at] = start + came if came >= 0 else -1
            into.code[at], into.missing[at] = judged, absent
            if judged == _WRITTEN_LATE:
                into.code[at], into.late[at], into.last[at] = IN_ORDER, True, start + came


def _along(
    steps: list[int], rows: list[int], code: list[list[int]], missing: list[list[int]]
) -> Iterator[tuple[int, int, int, int]]:
    """(event, event it was judged against or -1, code, first step named missing) along one trace."""
    pending: set[int] = set()
    standing, row = -1, 0
    for index, step in enumerate(steps):
        judged = code[row][step]
        if judged not in (IN_ORDER, LAST_AGAIN) and step in pending:
            pending.discard(step)
            yield index, standing, _WRITTEN_LATE, -1
            continue
        absent = missing[row][step]
        pending.discard(step)
        if absent >= 0:
            pending.update(range(absent, step))
        yield index, standing, judged, absent
        standing, row = index, rows[index]
