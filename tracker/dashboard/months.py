"""The counted months of a register: made once for all sessions, whoever asks, and let go when there are many.

A month that is over is judged as of its end, so the count made of it holds until the file differs; that of the
running month holds for a minute.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from functools import cached_property
from typing import Final

from tracker.sop.compliance import MonthCount, month_end, month_evaluation
from tracker.sop.figures import Month, MonthFigures
from tracker.sop.verdicts import Evaluation

__all__ = ["Counted", "Months"]

_KEPT: Final = 6
"""Months kept with their verdicts: some 20 MB each at 10,000 items, below 1 MB at 300."""


class Counted:
    """One month of one role (or of all) and its figures."""

    def __init__(self, count: MonthCount) -> None:
        self.count = count

    @cached_property
    def figures(self) -> MonthFigures:
        """Everything the page and the paper state of the month."""
        return self.count.figures()


class _Judged:
    """The verdicts of one month, and what was counted from them by role."""

    def __init__(self, evaluation: Evaluation, month: Month) -> None:
        self.evaluation = evaluation
        self.month = month
        self.by_role: dict[str | None, Counted] = {}

    def of(self, role: str | None) -> Counted:
        if role not in self.by_role:
            self.by_role[role] = Counted(MonthCount(self.evaluation, self.month, role=role))
        return self.by_role[role]


class Months:
    """Keeps what was counted by revision, month and moment."""

    def __init__(self) -> None:
        self._counting = threading.Lock()
        self._judged: OrderedDict[tuple[str, Month, int], _Judged] = OrderedDict()

    def of(self, revision: str, month: Month, now: Evaluation, *, role: str | None = None) -> Counted:
        """The month as of min(the moment of `now`, its end); `role` is one of the SOP, or None for all.

        `now` is the evaluation of the whole register of this revision at the present minute.
        """
        key = (revision, month, min(now.now, month_end(month)))
        with self._counting:
            if key not in self._judged:
                judged = month_evaluation(now.register, month, now.now, known=now)
                self._judged[key] = _Judged(judged, month)
                while len(self._judged) > _KEPT:
                    self._judged.popitem(last=False)
            self._judged.move_to_end(key)
            counted = self._judged[key].of(role)
            _ = counted.figures  # drawn here, so that two sessions never draw it both
            return counted
