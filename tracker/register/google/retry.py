"""How often and how long a request to Google is tried again: bounded, jittered, and only where it is safe.

gspread's own BackOffHTTPClient is not used: it repeats appends after a 5xx (duplicates), ignores Retry-After, and
loops on a permanent 403. Google asks for truncated exponential backoff with jitter after a 429
(developers.google.com/workspace/sheets/api/limits).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import TYPE_CHECKING, Final, TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception, wait_random_exponential

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
    """Bounds of trying again: attempts, seconds asleep in total, and the first and longest backoff in seconds.

    The quota is counted by the minute, so that a good minute of sleep sees it refilled.
    """

    attempts: int = 6
    total: float = 75.0
    first: float = 1.0
    longest: float = 32.0
    sleep: Callable[[float], None] = field(default_factory=lambda: time.sleep)

    def call(self, request: Callable[[], _T], retry: Retry) -> _T:
        """The answer to a request; the last Failure when it does not come within the bounds."""
        backoff = wait_random_exponential(multiplier=self.first, max=self.longest)

        def wait(state: RetryCallState) -> float:
            asked = _failure(state).retry_after
            jitter = float(backoff(state))
            return jitter if asked is None else asked + min(jitter, self.first)

        def stop(state: RetryCallState) -> bool:
            return state.attempt_number >= self.attempts or state.idle_for + state.upcoming_sleep > self.total

        tries = Retrying(
            sleep=self.sleep,
            wait=wait,
            stop=stop,
            retry=retry_if_exception(lambda error: isinstance(error, Failure) and error.fault in retry.value),
            reraise=True,
        )
        return tries(request)


def _failure(state: RetryCallState) -> Failure:
    error = state.outcome.exception() if state.outcome is not None else None
    return error if isinstance(error, Failure) else Failure(Fault.FINAL)


_SECONDS_MAX: Final = 86_400.0


def waited_for(headers: Mapping[str, str]) -> float | None:
    """Seconds that Retry-After asks for; a date is measured from the answer's own Date, so no clock is read."""
    asked = headers.get("Retry-After", "").strip()
    if not asked:
        return None
    if asked.isdigit():
        return min(float(asked), _SECONDS_MAX)
    try:
        span = parsedate_to_datetime(asked) - parsedate_to_datetime(headers.get("Date", ""))
    except (TypeError, ValueError):
        return None
    return max(0.0, min(span.total_seconds(), _SECONDS_MAX))
