"""How often and how long a request to Google is tried again: bounded, jittered, and only where it is safe.

gspread's own BackOffHTTPClient is not used: it repeats appends after a 5xx (duplicates), ignores Retry-After, and
loops on a permanent 403. Google asks for truncated exponential backoff after a 429: a wait that doubles, and some
milliseconds at random on top (developers.google.com/workspace/sheets/api/limits).
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import TYPE_CHECKING, Final, TypeVar

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    wait_exponential,
    wait_random,
    wait_random_exponential,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Failure", "Fault", "Patience", "Retry", "waited_for"]

_T = TypeVar("_T")


class Fault(Enum):
    """Why a request failed, as far as repeating it is concerned."""

    UNSENT = "unsent"
    """No connection, or no token: the service never saw the request."""
    QUOTA = "quota"
    """429: refused before anything was done."""
    LOST = "lost"
    """Sent, but without an answer that can be understood: it may have been carried out."""
    FINAL = "final"
    """The service understood and said no; saying it again changes nothing."""


class Retry(Enum):
    """Which faults a request survives."""

    ANY = frozenset({Fault.UNSENT, Fault.QUOTA, Fault.LOST})
    """Reading: as often as patience allows."""
    REFUSED = frozenset({Fault.UNSENT, Fault.QUOTA})
    """Writing: only what surely was not carried out; for the rest the caller looks first."""


class Failure(Exception):
    """A request that failed: its fault, the HTTP status (0 without one), Google's words, and how long to wait."""

    def __init__(
        self, fault: Fault, status: int = 0, message: str = "", retry_after: float | None = None
    ) -> None:
        super().__init__(f"{status} {message}")
        self.fault = fault
        self.status = status
        self.message = message
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Patience:
    """Bounds of trying again: attempts, seconds in total, and the first and longest backoff in seconds.

    The quota is counted by the minute: without a Retry-After, the waits after a 429 are together longer than one, so
    that it is refilled before the last attempt. Where a queue or the next look is the real second try, a used-up
    quota is not waited for (`waits_for_quota`).
    """

    attempts: int = 6
    total: float = 75.0
    first: float = 1.0
    longest: float = 32.0
    waits_for_quota: bool = True
    sleep: Callable[[float], None] = field(default_factory=lambda: time.sleep)

    def call(self, request: Callable[[], _T], retry: Retry) -> _T:
        """The answer to a request; the last Failure when it does not come within the bounds."""
        faults = retry.value if self.waits_for_quota else retry.value - {Fault.QUOTA}
        tries = Retrying(
            sleep=self.sleep,
            wait=self._wait,
            stop=self._is_over,
            retry=retry_if_exception(lambda error: isinstance(error, Failure) and error.fault in faults),
            reraise=True,
        )
        return tries(request)

    def pause(self, tries: int) -> None:
        """Sleep before what was lost is looked for and tried once more, after so many tries (from 1 on)."""
        if tries < self.attempts:
            self.sleep(random.uniform(0, min(self.first * 2 ** (tries - 1), self.longest)))  # noqa: S311 - jitter

    def _wait(self, state: RetryCallState) -> float:
        """What the service asked for; after a 429 a doubling wait, each with a jitter; else full jitter.

        Six attempts at a used-up quota: 2, 4, 8, 16 and 32 seconds and five jitters, 62 to 67 together.
        """
        failure = _failure(state)
        if failure.retry_after is not None:
            return failure.retry_after + float(wait_random(0, self.first)(state))
        if failure.fault is Fault.QUOTA:
            doubled = wait_exponential(multiplier=2 * self.first, max=self.longest)
            return float(doubled(state) + wait_random(0, self.first)(state))
        return float(wait_random_exponential(multiplier=self.first, max=self.longest)(state))

    def _is_over(self, state: RetryCallState) -> bool:
        passed = max(state.idle_for, state.seconds_since_start or 0.0)
        return state.attempt_number >= self.attempts or passed + state.upcoming_sleep > self.total


def _failure(state: RetryCallState) -> Failure:
    error = state.outcome.exception() if state.outcome is not None else None
    return error if isinstance(error, Failure) else Failure(Fault.FINAL)


_SECONDS_MAX: Final = 86_400.0


def waited_for(headers: Mapping[str, str]) -> float | None:
    """Seconds that Retry-After asks for; a date is measured from the answer's own Date, so no clock is read."""
    asked = headers.get("Retry-After", "").strip()
    if not asked:
        return None
    if asked.isascii() and asked.isdigit():
        return min(float(asked), _SECONDS_MAX)
    try:
        span = parsedate_to_datetime(asked) - parsedate_to_datetime(headers.get("Date", ""))
    except (TypeError, ValueError):
        return None
    return max(0.0, min(span.total_seconds(), _SECONDS_MAX))
