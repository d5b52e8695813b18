"""Papan konten: one column per step with the items that stand there, the most urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from tracker.sop.model import Step
from tracker.sop.verdicts import NONE, Evaluation
from tracker.views.standing import Pace, Standing, matches, standings
from tracker.views.wording import day_of, standard

__all__ = ["Board", "Column", "Finished", "Show", "board", "finished_this_month"]


class Show(Enum):
    """What the board shows."""

    ALL = "semua"
    LATE = "terlambat"
    OVERLONG = "menunggu-lama"
    SOON = "segera"


_PACES = {Show.LATE: Pace.LATE, Show.OVERLONG: Pace.OVERLONG, Show.SOON: Pace.SOON}


@dataclass(frozen=True, slots=True)
class Column:
    """One step of the SOP. Counts are of all items there; `cards` of those that the filters leave."""

    step: Step
    cards: tuple[Standing, ...]
    count: int
    late: int

    @property
    def standard(self) -> str:
        """The step's standard as the SOP writes it."""
        return standard(self.step.standard)


@dataclass(frozen=True, slots=True)
class Board:
    """The whole board."""

    columns: tuple[Column, ...]
    running: int
    not_started: int
    late: int
    overlong: int
    shown: int
    """How many cards the filters leave."""
    finished: int
    """Items finished this month: they are not on the board."""


@dataclass(frozen=True, slots=True)
class Finished:
    """One item that ended its path."""

    id: str
    title: str
    channel: str
    finished_at: int
    is_compliant: bool


def board(evaluation: Evaluation, *, show: Show = Show.ALL, query: str = "") -> Board:
    """The board at the moment of the evaluation, filtered by pace and by a text in title or ID."""
    everything = standings(evaluation)
    left = [one for one in everything if _is_shown(one, show) and matches(one, query)]
    columns = _columns(evaluation.register.sop.steps, everything, left)
    return Board(
        columns=columns,
        running=sum(one.pace is not Pace.NOT_STARTED for one in everything),
        not_started=sum(one.pace is Pace.NOT_STARTED for one in everything),
        late=sum(column.late for column in columns),
        overlong=sum(one.pace is Pace.OVERLONG for one in everything),
        shown=len(left),
        finished=len(_finished_items(evaluation)),
    )


def _is_shown(standing: Standing, show: Show) -> bool:
    return show is Show.ALL or standing.pace is _PACES[show]


def _columns(
    steps: Sequence[Step], everything: Sequence[Standing], left: Sequence[Standing]
) -> tuple[Column, ...]:
    made = []
    for index, step in enumerate(steps):
        here = [one for one in everything if one.step_index == index]
        cards = tuple(one for one in left if one.step_index == index)
        made.append(Column(step, cards, len(here), sum(one.pace is Pace.LATE for one in here)))
    return tuple(made)


def finished_this_month(evaluation: Evaluation, *, query: str = "") -> tuple[Finished, ...]:
    """Items whose path ended in the month of the evaluation, the latest first."""
    items, states = evaluation.register.items, evaluation.items
    made = [
        Finished(
            id=str(items.id[item]),
            title=str(items.title[item]).strip() or str(items.id[item]),
            channel=str(items.channel[item]).strip(),
            finished_at=int(states.finished_at[item]),
            is_compliant=bool(states.compliant[item] == 1),
        )
        for item in _finished_items(evaluation)
    ]
    chosen = [
        one
        for one in made
        if query.casefold() in one.title.casefold() or query.casefold() in one.id.casefold()
    ]
    return tuple(sorted(chosen, key=lambda one: -one.finished_at))


def _finished_items(evaluation: Evaluation) -> list[int]:
    at, today = evaluation.items.finished_at, day_of(evaluation.now)
    known = np.flatnonzero((at != NONE) & (at <= evaluation.now) & (evaluation.items.compliant >= 0))
    months = ((int(item), day_of(int(at[item]))) for item in known)
    return [item for item, on in months if (on.year, on.month) == (today.year, today.month)]
