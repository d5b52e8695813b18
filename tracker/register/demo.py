"""The demo register: about sixty invented items over the twelve months before `now`, with the faults staff make.

The same `now` and `seed` always give the same book. No person, number or link in it is real.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from tracker.register.demo_faults import Drafts, seeded
from tracker.register.demo_paths import (
    RUNNING,
    Event,
    finished_path,
    laid_from,
    laid_until,
    moment,
    running_path,
)
from tracker.register.moments import minutes_of, written_date, written_moment
from tracker.register.reader import read_register
from tracker.register.seed import DemoWords, demo_choices, demo_words, empty_content, holiday_rows, hours_rows
from tracker.register.seed.content import BookContent, Value
from tracker.register.template.cached import snapshot_of, with_cached_values
from tracker.register.template.workbook import build_workbook
from tracker.sop.calendar import DAY, WorkingCalendar

if TYPE_CHECKING:
    from tracker.sop.model import Register

__all__ = ["demo_bytes", "demo_content"]

_ITEMS: Final = 60
_NOT_STARTED: Final = 3
_CANCELLED: Final = 2
_SPAN_DAYS: Final = 360
_LEAVE_DAYS: Final = 9


def demo_bytes(now: datetime, seed: int) -> bytes:
    """The demo register as an .xlsx workbook; `now` is local time, its zone (if any) is dropped."""
    now_minutes = minutes_of(now.replace(tzinfo=None))
    content = demo_content(now_minutes=now_minutes, seed=seed)
    return build_workbook(with_cached_values(content, now_minutes))


def demo_content(*, now_minutes: int, seed: int) -> BookContent:
    """The rows of the demo register as of `now_minutes` (local minutes since 1970-01-01)."""
    chance = random.Random(seed * 1_000_003 + now_minutes // DAY)
    today = _on(now_minutes)
    base = _office(today)
    words = demo_words()
    told = _Teller(chance, read_register(snapshot_of(base)), words, now_minutes)
    drafts = told.items()
    items, events = seeded(drafts, chance, now_minutes)
    filled = {**base.rows, "register": items, "events": events}
    return replace(base, rows=filled)


def _on(minutes: int) -> date:
    return date(1970, 1, 1) + timedelta(days=minutes // DAY)


def _office(today: date) -> BookContent:
    """SOP, hours, holidays and people of the demo, without items."""
    years = tuple(range((today - timedelta(days=_SPAN_DAYS + 5)).year, today.year + 2))
    content = empty_content(years)
    leave = today - timedelta(days=75)
    people = [
        {
            **person,
            **(
                {"from_on": leave, "until_on": leave + timedelta(days=_LEAVE_DAYS)}
                if person["appointment"] == "Plh."
                else {}
            ),
        }
        for person in demo_words().people
    ]
    steps = [dict(step) for step in content.of("steps")]
    # A duration as staff type it: number and unit in one cell.
    steps[0] |= {"standard": "10 mnt", "unit": None}
    return replace(
        content,
        rows={
            **content.rows,
            "people": tuple(people),
            "steps": tuple(steps),
            "hours": hours_rows(years),
            "holidays": holiday_rows(years),
        },
    )


@dataclass(slots=True)
class _Teller:
    """Invents items and their events, one after another."""

    chance: random.Random
    register: Register
    words: DemoWords
    now: int

    @property
    def calendar(self) -> WorkingCalendar:
        year = _on(self.now).year
        return WorkingCalendar.of(
            self.register.hours, self.register.holidays, first_year=year - 2, last_year=year + 1
        )

    def items(self) -> Drafts:
        """All items in the order of their beginning, with their events."""
        paths = sorted(self._finished() + self._running(), key=lambda events: events[0].start)
        stories: list[list[Event]] = [*paths, *([] for _ in range(_NOT_STARTED))]
        titles = list(self.words.titles[: len(stories)])
        self.chance.shuffle(titles)
        drafts = Drafts()
        numbers: dict[int, int] = {}
        cancelled = set(self.chance.sample(range(10, len(paths) - len(RUNNING) - 2), _CANCELLED))
        for place, events in enumerate(stories):
            begun = _on(events[0].start if events else self.now).year
            numbers[begun] = numbers.get(begun, 0) + 1
            key = f"K-{begun}-{numbers[begun]:04d}"
            kept = events[:3] if place in cancelled else events
            drafts.items.append(self._item(key, titles[place], kept, is_cancelled=place in cancelled))
            drafts.events += [self._event(key, event) for event in kept]
        return drafts

    def _finished(self) -> list[list[Event]]:
        calendar, sop = self.calendar, self.register.sop
        count = _ITEMS - len(RUNNING) - _NOT_STARTED
        stories = []
        for place in range(count):
            days = _SPAN_DAYS - round(place * (_SPAN_DAYS - 14) / count)
            start = self.now - days * DAY
            start = start - start % DAY + self.chance.randrange(450, 900)
            story = laid_from(
                calendar, finished_path(self.chance, sop), int(calendar.next_working(moment(start)))
            )
            if (story[-1].finish or 0) < self.now - 3 * DAY:
                stories.append(story)
        return stories

    def _running(self) -> list[list[Event]]:
        calendar, sop = self.calendar, self.register.sop
        return [
            laid_until(calendar, running_path(self.chance, sop, stop), stop, self.now) for stop in RUNNING
        ]

    def _item(self, key: str, title: str, events: list[Event], *, is_cancelled: bool) -> dict[str, Value]:
        channels, kinds = demo_choices()
        channel = self.chance.choices(channels, weights=(6, 3, 1, 1, 1, 2))[0]
        begun = events[0].start if events else self.now
        item: dict[str, Value] = {
            "id": key,
            "title": title,
            "channel": channel,
            "kind": self.chance.choice(kinds),
            "target_on": written_date(begun // DAY + self.chance.randrange(4, 11)),
            "product": self.chance.choice(self.words.products) if self.chance.random() < 0.35 else None,
        }
        last = events[-1] if events else None
        ended = last is not None and last.finish is not None and last.step == len(self.register.sop.steps) - 1
        if is_cancelled and last is not None and last.finish is not None:
            item |= {
                "cancelled_on": written_date(last.finish // DAY + 2),
                "note": "Materi digabung dengan konten lain",
            }
        elif ended and last is not None and last.finish is not None:
            item["links"] = _link(channel, key)
            item["shared_at"] = written_moment(last.finish + self.chance.randrange(1, 9))
        return item

    def _event(self, key: str, event: Event) -> dict[str, Value]:
        step = self.register.sop.steps[event.step]
        row: dict[str, Value] = {
            "id": key,
            "step": step.number,
            "performer": self._performer(step.role, event),
        }
        row |= event.cells()
        if event.outcome == "Tidak":
            row["note"] = self.chance.choice(self.words.reasons)
        if event.step == 2 and event.finish is not None and self.chance.random() < 0.6:
            row["evidence"] = f"{key}_konsep.png"
        return row

    def _performer(self, role: str, event: Event) -> str:
        """Somebody who held the role that day; an acting head before the permanent one."""
        day = (event.start if event.finish is None else event.finish) // DAY
        holders = [one for one in self.register.people if one.role == role and one.holds_on(day)]
        acting = [one for one in holders if one.status != "Definitif"]
        return self.chance.choice(acting or holders).name


def _link(channel: str, key: str) -> str:
    """An invented address of one post."""
    code = key.replace("-", "").lower()
    return {
        "Instagram": f"https://www.instagram.com/p/contoh{code}/",
        "Facebook": f"https://www.facebook.com/contoh.jdih/posts/{code[1:]}",
        "X": f"https://x.com/contoh_jdih/status/{code[1:]}",
        "YouTube": f"https://www.youtube.com/watch?v=contoh{code}",
        "TikTok": f"https://www.tiktok.com/@contoh.jdih/video/{code[1:]}",
    }.get(channel, f"https://jdih.example.org/berita/{code}")
