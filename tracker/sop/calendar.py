"""Working time: add it, measure it, and tell whether a moment lies in it.

Minutes of the years in use are laid out once as two tables: how many working minutes lie before each minute, and
which minute is the n-th working one. Measuring and adding are then look-ups on whole columns.

Source of the rules: "Working time" in the rules contract. Office hours are half-open, [opening, closing).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from tracker.sop.model import Holiday, HoursRow, Standard, Unit

__all__ = ["DAY", "WorkingCalendar", "day_number"]

DAY: Final = 1440
"""Minutes of a calendar day."""
_EPOCH: Final = date(1970, 1, 1).toordinal()
_MONDAY: Final = 0
_PIECE: Final = 1 << 15
"""Moments that are measured at a time."""

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Amount = Ints | np.int64 | int
Spans = tuple[tuple[int, int], ...]


def day_number(on: date) -> int:
    """Days since 1970-01-01."""
    return on.toordinal() - _EPOCH


def _weekday(day: Ints) -> Ints:
    """0 = Senin. 1970-01-01 was a Thursday."""
    return (day + 3) % 7


def _winning_spans(rows: Iterable[HoursRow], weekday: int, day: int) -> Spans:
    """Office hours of this weekday on this date: dated rows win, the latest Berlaku Mulai among them.

    Rows that tie (two default rows for one weekday, say morning and afternoon) are taken together.
    """
    best: tuple[int, int] | None = None
    spans: set[tuple[int, int]] = set()
    for row in rows:
        if weekday not in row.weekdays or not _in_force(row, day):
            continue
        rank = _rank(row)
        if best is None or rank > best:
            best, spans = rank, set(row.spans)
        elif rank == best:
            spans.update(row.spans)
    return tuple(sorted(spans))


def _in_force(row: HoursRow, day: int) -> bool:
    return (row.from_on is None or row.from_on <= day) and (row.until_on is None or day <= row.until_on)


def _rank(row: HoursRow) -> tuple[int, int]:
    """Default rows lowest; a dated row without Berlaku Mulai below those that have one."""
    if row.is_default:
        return 0, 0
    return (1, 0) if row.from_on is None else (2, row.from_on)


@dataclass(frozen=True, slots=True, eq=False)
class WorkingCalendar:
    """Working time of the years `first_day` … `first_day + len(opens)`, as tables.

    All methods take and return int64 arrays (or integers) of local minutes since 1970-01-01; moments outside the
    years of the calendar are treated as its first or last minute.
    """

    first_day: int
    before: npt.NDArray[np.int32]
    """before[m] = working minutes before minute m, counted from the first day; one element more than minutes."""
    minutes: Ints
    """minutes[k] = offset of the k-th working minute."""
    opens: Ints
    """Minute of the day at which each day opens; -1 on days that do not."""
    closes: Ints
    days_before: Ints
    """Working days before each day; one element more than days."""
    days: Ints
    """Offsets of the working days."""

    @classmethod
    def of(
        cls, hours: tuple[HoursRow, ...], holidays: tuple[Holiday, ...], *, first_year: int, last_year: int
    ) -> WorkingCalendar:
        """The calendar of whole years, both included, from the rows of sheets Jam Kerja and Hari Libur."""
        first_day = day_number(date(first_year, 1, 1))
        count = day_number(date(last_year + 1, 1, 1)) - first_day
        patterns, which = _patterns(hours, holidays, first_day, count)
        table = np.zeros((len(patterns), DAY), dtype=np.int32)
        for index, spans in enumerate(patterns):
            for start, end in spans:
                table[index, start:end] = 1
        open_minutes = table[which].ravel()
        before = np.zeros(len(open_minutes) + 1, dtype=np.int32)
        np.cumsum(open_minutes, out=before[1:])
        works: Bools = np.asarray(table.any(axis=1))[which]
        opens = np.where(works, np.asarray(table.argmax(axis=1))[which], -1)
        closes = np.where(works, DAY - np.asarray(table[:, ::-1].argmax(axis=1))[which], -1)
        return cls(
            first_day=first_day,
            before=before,
            minutes=np.flatnonzero(open_minutes).astype(np.int64),
            opens=opens.astype(np.int64),
            closes=closes.astype(np.int64),
            days_before=np.concatenate(([0], np.cumsum(works))).astype(np.int64),
            days=np.flatnonzero(works).astype(np.int64),
        )

    @property
    def has_hours(self) -> bool:
        """Whether there is any working time at all (S508 otherwise: nothing can be judged)."""
        return len(self.minutes) > 0

    def _passed(self, at: Ints) -> npt.NDArray[np.int32]:
        """Working minutes before each moment."""
        offset = np.asarray(at, dtype=np.int64) - self.first_day * DAY
        return np.asarray(self.before.take(offset, mode="clip"))

    def measure(self, start: Ints, end: Ints) -> Ints:
        """Working minutes in [start, end); negative when end lies before start."""
        start, end = np.asarray(start, dtype=np.int64), np.asarray(end, dtype=np.int64)
        if start.shape != end.shape or start.size <= _PIECE:
            return np.asarray(self._passed(end).astype(np.int64) - self._passed(start))
        # Piece by piece, so that what lies between stays in the cache of the processor.
        minutes = np.empty(start.shape, dtype=np.int64)
        for first in range(0, len(start), _PIECE):
            piece = slice(first, first + _PIECE)
            np.subtract(self._passed(end[piece]), self._passed(start[piece]), out=minutes[piece])
        return minutes

    def covers(self, at: Ints) -> Bools:
        """Whether each moment lies in the years of the calendar."""
        offset = np.asarray(at, dtype=np.int64) - self.first_day * DAY
        return np.asarray((offset >= 0) & (offset < len(self.before) - 1))

    def next_working(self, at: Ints) -> Ints:
        """`at` itself where it is working time, else the next working moment."""
        return self._nth(self._passed(at).astype(np.int64))

    def _nth(self, index: Ints) -> Ints:
        if not self.has_hours:
            return np.full(np.shape(index), self.first_day * DAY, dtype=np.int64)
        found = self.minutes.take(index, mode="clip")
        return np.asarray(found + self.first_day * DAY, dtype=np.int64)

    def add_minutes(self, start: Ints, amount: Amount) -> Ints:
        """The earliest moment at which `amount` working minutes have passed since `start` (15.50 + 10 = 16.00)."""
        start = np.asarray(start, dtype=np.int64)
        passed = self._passed(start).astype(np.int64) + amount
        return np.where(np.asarray(amount) > 0, self._nth(passed - 1) + 1, start)

    def add_days(self, start: Ints, amount: Amount) -> Ints:
        """The same clock time on the `amount`-th working day after the start, clipped to that day's hours.

        The start first moves to the next working moment; a clock time inside the break of the target day stays.
        """
        moved = self.next_working(start)
        if not self.has_hours:
            return moved
        nth = self.days_before[moved // DAY - self.first_day] + amount
        target = self.days[np.minimum(nth, len(self.days) - 1)]
        clock = np.clip(moved % DAY, self.opens[target], self.closes[target])
        return np.asarray((target + self.first_day) * DAY + clock, dtype=np.int64)

    def add(self, start: Ints, standard: Standard) -> Ints:
        """The deadline of work begun at `start` under one standard."""
        if standard.unit is Unit.DAYS:
            whole, rest = divmod(standard.amount, 1)
            if not standard.amount:
                return np.asarray(start, dtype=np.int64)
            reached = self.add_days(start, np.int64(whole))
            if not rest:
                return reached
            # A part of a day is that part of the working minutes of the day reached, in thousandths and rounded half
            # up in whole numbers: the formulas of the sheet must come to the same minute.
            day = reached // DAY - self.first_day
            net = self.before[(day + 1) * DAY].astype(np.int64) - self.before[day * DAY]
            return self.add_minutes(reached, (net * round(rest * 1000) + 500) // 1000)
        factor = 60 if standard.unit is Unit.HOURS else 1
        return self.add_minutes(start, np.int64(standard.amount * factor + 0.5))

    def is_working(self, at: Ints) -> Bools:
        """Whether the minute that begins at `at` is working time."""
        offset = np.asarray(at, dtype=np.int64) - self.first_day * DAY
        works = self.before.take(offset + 1, mode="clip") > self.before.take(offset, mode="clip")
        return np.asarray(works)

    def opening(self, day: Ints) -> Ints:
        """First opening of a day (days since 1970-01-01) as a moment; 00.00 on days that do not open."""
        index = np.clip(np.asarray(day, dtype=np.int64) - self.first_day, 0, len(self.opens) - 1)
        return np.asarray(day, dtype=np.int64) * DAY + np.maximum(self.opens[index], 0)

    def closing(self, day: Ints) -> Ints:
        """Last closing of a day as a moment; 23.59 on days that do not open."""
        index = np.clip(np.asarray(day, dtype=np.int64) - self.first_day, 0, len(self.opens) - 1)
        return np.asarray(day, dtype=np.int64) * DAY + np.where(
            self.closes[index] < 0, DAY - 1, self.closes[index]
        )

    def minutes_of_day(self, day: int) -> int:
        """Working minutes of the nearest working day at or after `day`: what "1 hari" means in minutes there."""
        if not self.has_hours:
            return 0
        index = min(max(day - self.first_day, 0), len(self.opens) - 1)
        target = int(self.days[min(int(self.days_before[index]), len(self.days) - 1)])
        return int(self.before[(target + 1) * DAY] - self.before[target * DAY])


def _patterns(
    hours: tuple[HoursRow, ...], holidays: tuple[Holiday, ...], first_day: int, count: int
) -> tuple[list[Spans], Ints]:
    """(distinct office hours, which of them each day has).

    Between two dates at which a row comes into force or ends, the hours of a weekday are the same, so they are looked
    up once. A holiday has none, a Hari Kerja Pengganti has Monday's where its own weekday has none.
    """
    edges = np.array(sorted({first_day, *_edges(hours)}), dtype=np.int64)
    places: dict[Spans, int] = {(): 0}
    table = np.array(
        [
            [places.setdefault(_winning_spans(hours, weekday, day), len(places)) for weekday in range(7)]
            for day in edges.tolist()
        ],
        dtype=np.int64,
    )
    days = np.arange(first_day, first_day + count, dtype=np.int64)
    period = np.maximum(np.searchsorted(edges, days, side="right") - 1, 0)
    which = table[period, _weekday(days)]
    own = which.copy()
    for holiday in sorted(holidays, key=lambda one: one.works):
        at = holiday.on - first_day
        if 0 <= at < count:
            which[at] = (own[at] or table[period[at], _MONDAY]) if holiday.works else 0
    return list(places), which


def _edges(hours: Iterable[HoursRow]) -> Iterable[int]:
    """The days on which a dated row begins to count or counts no more."""
    for row in hours:
        if row.from_on is not None:
            yield row.from_on
        if row.until_on is not None:
            yield row.until_on + 1
