"""The figures of a month by hand: what `by_hand.py` says of every row and item, counted once more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from statistics import median

from tests.sop.automaton import BLANK, NO
from tests.sop.by_hand import Item, Judgement, Office, Row, did, judged


def as_of(rows: Iterable[Row], items: Iterable[Item], moment: int) -> tuple[list[Row], list[Item]]:
    """Events beginning later are dropped, one finishing later is running; a later cancellation has not happened."""
    kept = []
    for row in rows:
        if isinstance(row.start, int) and row.start > moment:
            continue
        if isinstance(row.finish, int) and row.finish > moment:
            if row.start is None:
                continue
            row = replace(row, finish=None, outcome=BLANK)
        kept.append(row)
    day = moment // 1440
    return kept, [
        replace(one, cancelled_on=None) if (one.cancelled_on or day) > day else one for one in items
    ]


@dataclass(frozen=True)
class Figures:
    """The figures of one month."""

    events: tuple[object, ...]
    steps: tuple[tuple[object, ...], ...]
    items: tuple[object, ...]
    rework: int
    overdue: tuple[int, int]
    persons: tuple[tuple[object, ...], ...]


def figures(office: Office, rows: list[Row], items: list[Item], month: tuple[int, int], now: int) -> Figures:
    """Count the month `begin` … `end` (minutes, both included) as of min(now, its end)."""
    begin, end = month
    moment = min(now, end)
    found = judged(office, *as_of(rows, items, moment), moment)
    finished = [one for one in found.kept if found.rows[one.row].counts
                and isinstance(one.finish, int) and begin <= one.finish <= end]  # fmt: skip
    ended = [one for one in found.items.values() if one.finished_at and begin <= one.finished_at <= end]
    leads = [office.calendar.measure(one.started_at or 0, one.finished_at or 0) for one in ended]
    running = [one for one in found.items.values() if one.state == "berjalan" and one.overdue]
    opened = sum(1 for one in found.rows.values() if one.counts and one.verdict == "lewat tenggat")
    everybody = sorted({name for one in finished for name in did(office, one) or {""}}, key=str.casefold)
    return Figures(
        _tally(office, found, finished)[:4],
        tuple(
            _tally(office, found, [one for one in finished if one.step == step])
            for step in range(len(office.steps))
        ),
        (
            len(ended),
            sum(one.compliant is True for one in ended),
            sum(one.round == 1 for one in ended),
            sum(one.round - 1 for one in ended),
            float(median(leads)) if leads else None,
            sum(one.work for one in ended),
            sum(one.wait for one in ended),
        ),
        sum(found.rows[one.row].meant == NO for one in finished),
        (opened, len(running) - opened),
        tuple(
            (name, *_tally(office, found, [one for one in finished if name in (did(office, one) or {""})]))
            for name in everybody
        ),
    )


def _tally(office: Office, found: Judgement, rows: list[Row]) -> tuple[object, ...]:
    """Count, on time, late, unjudged, median, P90, begun outside, minutes late, returned."""
    seen = [found.rows[one.row] for one in rows]
    judged_ = [one for one in seen if one.verdict in ("tepat", "terlambat")]
    inside = [
        one for one in judged_ if one.begun is not None and office.calendar.measure(one.begun, one.begun + 1)
    ]
    minutes = sorted(one.elapsed or 0 for one in inside)
    verdicts = Counter(one.verdict for one in seen)
    return (
        len(seen),
        verdicts["tepat"],
        verdicts["terlambat"],
        verdicts["tidak dinilai"],
        float(median(minutes)) if minutes else None,
        _p90(minutes),
        len(judged_) - len(inside),
        sum(one.late for one in seen if one.verdict == "terlambat"),
        sum(one.meant == NO for one in seen),
    )


def _p90(minutes: list[int]) -> float | None:
    """The value nine tenths of the way from the smallest to the largest place, in between where it falls there."""
    if not minutes:
        return None
    place = 9 * (len(minutes) - 1)
    low, part = divmod(place, 10)
    if not part:
        return float(minutes[low])
    return round(minutes[low] + (minutes[low + 1] - minutes[low]) * part / 10, 6)
