"""How fast the rules are: evaluating a register of a million events, and measuring a million intervals.

Nothing is read from a file: the columns are made here, with invented names, from a fixed seed. Run:
`python benchmarks/rules.py` (add `--events 100000` for a quick look, `--profile` to see where the time goes).
The token replay of pm4py is measured beside it where pm4py is installed; it knows order only, no time, no roles.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import resource
import time
from collections.abc import Callable
from datetime import date

import numpy as np
import numpy.typing as npt
from rules_register import made_register

from tracker.sop.calendar import DAY, WorkingCalendar, day_number
from tracker.sop.compliance import month_figures, month_of
from tracker.sop.conformance import Traces, replay
from tracker.sop.evaluation import evaluate
from tracker.sop.model import END, Register
from tracker.sop.timing import moments
from tracker.sop.tracing import in_force, trace_order

REPEATS = 5
INTERVALS = 1_000_000

Ints = npt.NDArray[np.int64]


def best(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """The smallest wall-clock time of a few runs, in seconds."""
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def intervals(register: Register) -> None:
    """Working minutes of many intervals beside one numpy subtraction of the same arrays."""
    calendar = WorkingCalendar.of(register.hours, register.holidays, first_year=2024, last_year=2028)
    chance = np.random.default_rng(7)
    low, high = day_number(date(2025, 1, 1)) * DAY, day_number(date(2027, 12, 31)) * DAY
    start = chance.integers(low, high, INTERVALS)
    end = start + chance.integers(0, 5 * DAY, INTERVALS)
    plain = best(lambda: end - start, 15)
    for name, one, two in (("random", start, end), ("sorted", np.sort(start), np.sort(end))):
        spent = best(lambda one=one, two=two: calendar.measure(one, two), 15)  # type: ignore[misc]
        print(
            f"measure, {name:8}{spent * 1e3:8.2f} ms   subtraction {plain * 1e3:.2f} ms   ratio {spent / plain:6.1f}"
        )


def token_replay(register: Register) -> None:
    """pm4py's token-based replay of the same traces, beside ours; order only."""
    try:
        import pm4py
    except ImportError:
        print("pm4py is not installed: its token replay is not compared")
        return
    import pandas as pd

    events = register.events
    known = (events.item >= 0) & (events.step >= 0)
    log = pd.DataFrame(
        {
            "case:concept:name": events.item[known].astype(str),
            "concept:name": events.step[known].astype(str),
            "time:timestamp": pd.to_datetime(events.finish[known] * 60, unit="s", utc=True),
        }
    )
    arcs = {
        (str(index), str(to)): 1
        for index, step in enumerate(register.sop.steps)
        for to in (step.on_yes, step.on_no)
        if to >= 0
    }
    ends = {str(index): 1 for index, step in enumerate(register.sop.steps) if step.on_yes == END}
    net, first, last = pm4py.convert_to_petri_net(arcs, {"0": 1}, ends)
    spent = best(lambda: pm4py.conformance_diagnostics_token_based_replay(log, net, first, last), 1)
    calendar = WorkingCalendar.of(register.hours, register.holidays, first_year=2024, last_year=2028)
    at = moments(events, calendar)
    order = trace_order(events, at, in_force(register.items, events, at)[0])
    first_of = np.append(True, events.item[order][1:] != events.item[order][:-1])
    traces = Traces(
        first_of, events.step[order], ~at.finish_blank[order], events.outcome[order].astype(np.int64)
    )
    own = best(lambda: replay(register.sop, traces), 1)
    print(f"order alone: pm4py {spent:.2f} s, tracker {own:.3f} s")


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--events", type=int, default=1_000_000)
    options.add_argument("--profile", action="store_true")
    chosen = options.parse_args()
    register, now = made_register(chosen.events)
    intervals(register)
    watch = cProfile.Profile()
    if chosen.profile:
        watch.enable()
    began = time.perf_counter()
    evaluation = evaluate(register, now)
    spent = time.perf_counter() - began
    watch.disable()
    flagged = len({one.place.row for one in evaluation.findings if one.place.sheet == "Riwayat"})
    print(
        f"evaluate {len(register.events)} events: {spent:.2f} s, {spent / len(register.events) * 1e6:.2f} µs an event, "
        f"{len(evaluation.findings)} findings on {flagged} rows"
    )
    month = month_of(int(np.median(register.events.finish[register.events.finish > 0])))
    spent = best(lambda: month_figures(register, month, now), 1)
    print(f"month_figures of {month} (evaluates as of its end): {spent:.2f} s")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    token_replay(register)
    if chosen.profile:
        pstats.Stats(watch).sort_stats("cumulative").print_stats(45)


if __name__ == "__main__":
    main()
