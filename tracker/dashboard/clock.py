"""The dashboard's one look at a clock (doors read it; nothing below does)."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Final

__all__ = ["FROZEN", "clock"]

FROZEN: Final = "TRACKER_NOW"
"""For tests and demonstrations: an ISO moment, taken as local time of the register's zone."""


def clock() -> datetime:
    """Now; aware, unless the environment holds a frozen moment."""
    frozen = os.environ.get(FROZEN)
    return datetime.fromisoformat(frozen) if frozen else datetime.now(UTC)
