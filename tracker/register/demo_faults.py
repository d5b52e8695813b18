"""The faults of the demo register: what staff really type, each on an item of its own.

They follow the office's list of faults (kesalahan-lembar): dots in times, short and spelled-out dates, blanks and
look-alike letters, a doubled ID, copied rows, a skipped step, a finish before its start, an approval by the wrong
role, an upload on a holiday evening, a return without a reason, a missing link and a link to a profile. Not here are
the faults of the sheet itself (merged cells, moved or renamed columns): they would spoil the demo's tables.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from tracker.findings.words import MONTH_NAMES, WEEKDAY_NAMES
from tracker.register.moments import written_moment
from tracker.register.seed.content import Row, Value

__all__ = ["Drafts", "seeded"]

Cells = dict[str, Value]
_PLAIN_STEPS: Final = [1, 2, 3, 4, 5, 6]


@dataclass(slots=True)
class Drafts:
    """Rows of Register and Riwayat while the demo is made."""

    items: list[Cells] = field(default_factory=list)
    events: list[Cells] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Story:
    item: Cells
    events: list[Cells]

    @property
    def finished_at(self) -> datetime:
        finish = self.events[-1]["finish"]
        assert isinstance(finish, datetime)
        return finish


def seeded(
    drafts: Drafts, chance: random.Random, now_minutes: int
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The rows of Register and Riwayat with the faults in them; events in the order in which they began."""
    order = sorted(drafts.events, key=lambda row: _moment(row["start"]))
    stories = [
        _Story(item, [row for row in order if row["id"] == item["id"]])
        for item in drafts.items
        if item.get("links")
    ]
    gone = _inject(stories, chance, written_moment(now_minutes))
    items = [*drafts.items, _double(stories[2].item)]
    return tuple(items), tuple(row for row in order if not any(row is one for one in gone))


def _moment(value: Value) -> datetime:
    assert isinstance(value, datetime)
    return value


def _inject(stories: list[_Story], chance: random.Random, now: datetime) -> list[Cells]:
    """Give every fault a story of its own; the rows to leave out."""
    plain = [story for story in stories if [row["step"] for row in story.events] == _PLAIN_STEPS]
    returned = [story for story in stories if any(row.get("outcome") == "Tidak" for row in story.events)]
    evening = _before_holiday(plain, now)
    rest = [story for story in plain if story is not evening]
    pairs = iter(rest[:2])
    _copy_rows(next(pairs), next(pairs))
    swapped = next((story for story in rest[2:] if _swappable(story)), None)
    free = [story for story in rest[2:] if story is not swapped]
    chance.shuffle(free)
    for fault, story in zip(_FAULTS, free, strict=False):
        fault(story)
    if swapped is not None and (row := _swappable(swapped)) is not None:
        _swap_day_and_month(row)
    if evening is not None:
        _upload_on_holiday(evening, now)
    if returned:
        for row in returned[-1].events:
            row["note"] = None
    return _skip_step(free[len(_FAULTS)]) if len(free) > len(_FAULTS) else []


def _text(moment: datetime) -> str:
    """17/8/2026 12.30"""
    return f"{moment.day}/{moment.month}/{moment.year} {moment.hour:02d}.{moment.minute:02d}"


def _dots_in_time(story: _Story) -> None:
    story.events[2]["finish"] = _text(_moment(story.events[2]["finish"]))


def _bare_number(story: _Story) -> None:
    story.events[3]["start"] = 12.3


def _short_date(story: _Story) -> None:
    at = _moment(story.events[1]["finish"])
    story.events[1]["finish"] = f"{at.day}/{at.month}/{at:%y} {at.hour}.{at.minute:02d}"


def _spelled_out(story: _Story) -> None:
    at = _moment(story.events[4]["start"])
    day = f"{WEEKDAY_NAMES[at.weekday()]}, {at.day} {MONTH_NAMES[at.month - 1]} {at.year}"
    story.events[4]["start"] = f"{day} pukul {at:%H.%M} WITA"


def _other_zone(story: _Story) -> None:
    at = _moment(story.events[0]["start"]) - timedelta(hours=1)
    story.events[0]["start"] = f"{at.day} {MONTH_NAMES[at.month - 1]} {at.year} {at:%H.%M} WIB"


def _blanks(story: _Story) -> None:
    story.events[0]["performer"] = f" {story.events[0]['performer']} "
    story.events[1]["performer"] = str(story.events[1]["performer"]).replace(" ", "\u00a0")
    story.events[4]["outcome"] = "setuju "


def _look_alikes(story: _Story) -> None:
    story.events[3]["outcome"] = "\u0443\u0430"


def _reversed(story: _Story) -> None:
    row = story.events[2]
    row["start"], row["finish"] = row["finish"], row["start"]


def _wrong_role(story: _Story) -> None:
    story.events[4]["performer"] = story.events[2]["performer"]


def _no_link(story: _Story) -> None:
    story.item["links"] = None


def _profile_link(story: _Story) -> None:
    story.item["links"] = "https://www.instagram.com/contoh.jdih/"


_FAULTS: Final[tuple[Callable[[_Story], None], ...]] = (
    _dots_in_time,
    _bare_number,
    _short_date,
    _spelled_out,
    _other_zone,
    _blanks,
    _look_alikes,
    _reversed,
    _wrong_role,
    _no_link,
    _profile_link,
)


def _skip_step(story: _Story) -> list[Cells]:
    return [story.events[3]]


def _double(item: Cells) -> Cells:
    """Another item under the same ID."""
    return {"id": item["id"], "title": f"{item['title']} (bagian 2)", "channel": item.get("channel")}


def _copy_rows(first: _Story, second: _Story) -> None:
    """Steps 3 and 4 of the second item carry the very minutes of the first; the others stand close by."""
    for place, (source, target) in enumerate(zip(first.events, second.events, strict=True)):
        shift = timedelta(minutes=-6 if place < 2 else 0 if place < 4 else 2)
        for key in ("start", "finish"):
            target[key] = _moment(source[key]) + shift
    second.item["shared_at"] = second.finished_at + timedelta(minutes=4)


def _swappable(story: _Story) -> Cells | None:
    """A row whose start, with day and month swapped, falls well before the step before it."""
    for row in story.events[1:]:
        at = _moment(row["start"])
        if at.day < at.month:
            return row
    return None


def _swap_day_and_month(row: Cells) -> None:
    at = _moment(row["start"])
    row["start"] = at.replace(day=at.month, month=at.day)


def _holidays(now: datetime) -> Iterator[date]:
    """The last two Independence Days: holidays with a fixed date."""
    yield from (date(year, 8, 17) for year in (now.year, now.year - 1))


def _holiday(now: datetime) -> date | None:
    limit = now.date() - timedelta(days=3)
    return next((on for on in _holidays(now) if on < limit), None)


def _before_holiday(stories: list[_Story], now: datetime) -> _Story | None:
    """The last item finished before the holiday, at most a month before it."""
    on = _holiday(now)
    if on is None:
        return None
    before = [story for story in stories if timedelta(0) < on - story.finished_at.date() < timedelta(days=31)]
    return max(before, key=lambda story: story.finished_at, default=None)


def _upload_on_holiday(story: _Story, now: datetime) -> None:
    on = _holiday(now)
    assert on is not None
    evening = datetime(on.year, on.month, on.day, 20, 10)
    story.events[-1] |= {"start": evening - timedelta(minutes=6), "finish": evening}
    story.item["shared_at"] = evening + timedelta(minutes=3)
