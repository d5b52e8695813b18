"""One read of a register, and what the rules say of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tracker.register.fingerprint import canonical_text
from tracker.register.moments import minutes_of
from tracker.sop.compliance import month_figures, month_of
from tracker.sop.evaluation import evaluate

if TYPE_CHECKING:
    from tracker.register.store import Snapshot
    from tracker.sop.figures import Month, MonthFigures
    from tracker.sop.model import Register
    from tracker.sop.verdicts import Evaluation

__all__ = ["Reading"]


@dataclass(frozen=True)
class Reading:
    """One read of a register: the cells, and what they mean."""

    snapshot: Snapshot
    register: Register

    @cached_property
    def canonical(self) -> bytes:
        """The text that Sidik Register is taken of; every paper of this read carries it."""
        return canonical_text(self.snapshot)

    @cached_property
    def digest(self) -> str:
        """Sidik Register: 64 hex digits."""
        return hashlib.sha256(self.canonical).hexdigest()

    @property
    def revision(self) -> str:
        return self.snapshot.revision

    def aware(self, at: datetime) -> datetime:
        """A moment with the register's zone; naive ones are already local."""
        zone = ZoneInfo(self.register.settings.zone)
        return at.replace(tzinfo=zone) if at.tzinfo is None else at.astimezone(zone)

    def minutes(self, at: datetime) -> int:
        """A moment as local minutes of the register's zone; seconds are dropped."""
        return minutes_of(self.aware(at).replace(tzinfo=None, second=0, microsecond=0))

    def evaluate(self, now: datetime) -> Evaluation:
        """The verdicts of the rules at `now`."""
        return evaluate(self.register, self.minutes(now))

    def month(self, month: Month | None, now: datetime) -> MonthFigures:
        """The compliance figures of a month (default: the month of `now`), as of min(now, its end)."""
        at = self.minutes(now)
        return month_figures(self.register, month or month_of(at), at)
