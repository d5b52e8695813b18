"""Short ways to say what a register gives, for the tests that follow the rules contract sentence by sentence."""

from __future__ import annotations

from datetime import date

from tests.sop.registers import HOLIDAYS, KASUBBAG, WEEK, minute, register, standard, step
from tracker.sop.evaluation import evaluate
from tracker.sop.model import END, Holiday, HoursRow, Sop
from tracker.sop.verdicts import Evaluation, Verdict

__all__ = ["LINKED", "WHOLE", "clock", "codes", "due", "seen", "verdicts"]

WORDS = {Verdict.ON_TIME: "tepat", Verdict.LATE: "terlambat", Verdict.RUNNING: "berjalan",
         Verdict.OVERDUE: "lewat tenggat", Verdict.UNJUDGED: "tidak dinilai"}  # fmt: skip
LINKED = ["K-1 | | | https://contoh.go.id/kiriman/1"]
WHOLE = [
    "K-1|1|Kasub Satu|3/8 09.00|3/8 09.05",
    "K-1|2|Staf Satu|3/8 09.10|3/8 11.00",
    "K-1|3|Kelola Satu|3/8 13.00|3/8 13.20",
    "K-1|4|Staf Dua|3/8 13.30|3/8 13.40|Ya",
    "K-1|5|Kasub Satu|3/8 13.45|3/8 13.50|Ya",
    "K-1|6|Kelola Satu|3/8 14.00|3/8 14.10",
]


def seen(rows: list[str], now: str, **other: object) -> Evaluation:
    return evaluate(register(rows, **other), minute(now))  # type: ignore[arg-type]


def codes(evaluation: Evaluation, *kinds: str) -> list[tuple[int, str, str]]:
    """(row, code, severity) of the findings whose code begins with one of these letters."""
    return [(one.place.row or 0, one.code, one.severity.value)
            for one in evaluation.findings if one.code.startswith(kinds or ("U",))]  # fmt: skip


def verdicts(evaluation: Evaluation) -> list[str]:
    return [WORDS[Verdict(one)] for one in evaluation.events.verdict.tolist()]


def clock(at: int) -> str:
    """`3/8 09.05` of a moment."""
    on = date.fromordinal(date(1970, 1, 1).toordinal() + at // 1440)
    return f"{on.day}/{on.month} {at % 1440 // 60:02d}.{at % 60:02d}"


def due(
    start: str, amount: str, hours: tuple[HoursRow, ...] = WEEK, holidays: tuple[Holiday, ...] = HOLIDAYS
) -> str:
    """The deadline of a first step with this standard."""
    sop = Sop({}, (step(1, KASUBBAG, standard(amount), END),))
    rows = [f"K-1|1|Kasub Satu|{start}|"]
    found = evaluate(register(rows, sop=sop, hours=hours, holidays=holidays), minute(start))
    return clock(int(found.events.deadline[0]))
