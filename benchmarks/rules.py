"""How fast the rules are: evaluating a register of a million events, and measuring a million intervals.

Nothing is read from a file: the columns are made here, with invented names, from a fixed seed. Run:
`python benchmarks/rules.py` (add `--events 100000` for a quick look, `--profile` to see where the time goes).
The token replay of pm4py is measured beside it where pm4py is installed (it is AGPL: never a requirement of the
product, only of this comparison); it knows order only, no time, no roles.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import resource
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from typing import Any
from unittest.mock import patch

import numpy as np
import numpy.typing as npt
import pandas as pd
from rules_register import made_register

from tracker.findings import Finding, Place, Severity
from tracker.sop import copies, evaluation, links, notices, people_notices, swaps
from tracker.sop.calendar import DAY, WorkingCalendar, day_number
from tracker.sop.compliance import month_figures, month_of
from tracker.sop.evaluation import evaluate
from tracker.sop.model import END, Register

REPEATS = 5
INTERVALS = 1_000_000

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of one piece of work: on the clock, and of the processor (what other work beside it cannot stretch)."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall:.2f} s ({self.cpu:.2f} s of the processor)"


def best(work: Callable[[], object], repeats: int = REPEATS) -> Spent:
    """The smallest times of a few runs."""
    walls, cpus = [], []
    for _ in range(repeats):
        began, worked = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - began)
        cpus.append(time.process_time() - worked)
    return Spent(min(walls), min(cpus))


def intervals(register: Register) -> None:
    """Working minutes of many intervals beside one numpy subtraction of the same arrays."""
    calendar = WorkingCalendar.of(register.hours, register.holidays, first_year=2024, last_year=2028)
    chance = np.random.default_rng(7)
    low, high = day_number(date(2025, 1, 1)) * DAY, day_number(date(2027, 12, 31)) * DAY
    start = chance.integers(low, high, INTERVALS)
    end = start + chance.integers(0, 5 * DAY, INTERVALS)
    plain = best(lambda: end - start, 40).wall
    for name, one, two in (("random", start, end), ("sorted", np.sort(start), np.sort(end))):
        spent = best(lambda one=one, two=two: calendar.measure(one, two), 40).wall  # type: ignore[misc]
        print(
            f"measure, {name:8}{spent * 1e3:8.2f} ms   subtraction {plain * 1e3:.2f} ms   ratio {spent / plain:6.1f}"
        )


def judged(register: Register, now: int) -> Spent:
    """What flags, states, deadlines and months take: `evaluate` with a blank in place of every sentence."""
    flag = Finding("W204", Severity.CATATAN, Place("Riwayat", 2, "Mulai", "E2"), "", "")
    rooms = (evaluation, notices, people_notices, copies, links, swaps)
    with ExitStack() as stubs:
        for room in rooms:
            stubs.enter_context(patch.object(room, "finding", lambda *_, **__: flag))

        def work() -> None:
            events = evaluate(register, now).events
            days = np.where(events.finish > 0, events.finish // DAY, 0).astype("datetime64[D]")
            months = days.astype("datetime64[M]").astype(np.int64)
            np.bincount(months * 5 + events.verdict, minlength=5)

        return best(work, 3)


def token_replay(register: Register) -> None:
    """pm4py's token-based replay of the same traces; order only, the reading of its log not counted.

    From a data frame pm4py replays each variant once and copies the result to all cases; an event log with
    `disable_variants` makes it replay every trace.
    """
    try:
        import pm4py
        from pm4py.algo.conformance.tokenreplay import algorithm
    except ImportError:
        print("pm4py is not installed: its token replay is not compared")
        return
    frame, net = _frame(register), _net(register)
    log = pm4py.convert_to_event_log(frame)
    print(f"pm4py {pm4py.__version__}, order of {len(frame)} events in {len(log)} traces:")
    for name, events, off in (
        ("data frame, one replay a variant", frame, False),
        ("event log, one replay a variant", log, False),
        ("event log, every trace replayed", log, True),
    ):
        options = {"disable_variants": off, "show_progress_bar": False}
        spent = best(
            lambda events=events, options=options: algorithm.apply(events, *net, parameters=options), 1
        )  # type: ignore[misc]
        print(f"  {name}: {spent}")


def _frame(register: Register) -> pd.DataFrame:
    events = register.events
    known = (events.item >= 0) & (events.step >= 0)
    return pd.DataFrame(
        {
            "case:concept:name": events.item[known].astype(str),
            "concept:name": events.step[known].astype(str),
            "time:timestamp": pd.to_datetime(events.finish[known] * 60, unit="s", utc=True),
        }
    )


def _net(register: Register) -> Any:
    """The SOP as a Petri net with its first and last marking."""
    import pm4py

    steps = register.sop.steps
    arcs = {
        (str(index), str(to)): 1
        for index, step in enumerate(steps)
        for to in (step.on_yes, step.on_no)
        if to >= 0
    }
    ends = {str(index): 1 for index, step in enumerate(steps) if step.on_yes == END}
    return pm4py.convert_to_petri_net(arcs, {"0": 1}, ends)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--events", type=int, default=1_000_000)
    options.add_argument("--profile", action="store_true")
    chosen = options.parse_args()
    register, now = made_register(chosen.events)
    intervals(register)
    if chosen.profile:
        with cProfile.Profile() as watch:
            evaluate(register, now)
        pstats.Stats(watch).sort_stats("cumulative").print_stats(45)
    found = evaluate(register, now).findings
    flagged = len({one.place.row for one in found if one.place.sheet == "Riwayat"})
    print(f"evaluate {len(register.events)} events, {len(found)} findings on {flagged} rows: "
          f"{best(lambda: evaluate(register, now), 3)}")  # fmt: skip
    print(f"the same without the sentences: {judged(register, now)}")
    month = month_of(int(np.median(register.events.finish[register.events.finish > 0])))
    print(
        f"month_figures of {month} (evaluates as of its end): {best(lambda: month_figures(register, month, now), 1)}"
    )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    token_replay(register)


if __name__ == "__main__":
    main()
