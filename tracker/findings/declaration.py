"""The shape of a declared finding."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Code", "Severity"]


class Severity(StrEnum):
    """How heavy a finding weighs; the values are the Indonesian words shown and printed.

    galat: the row cannot be counted, or the item is not compliant. peringatan: counted. catatan: for information.
    """

    GALAT = "galat"
    PERINGATAN = "peringatan"
    CATATAN = "catatan"


@dataclass(frozen=True, slots=True)
class Code:
    """One declared finding. `message` and `remedy` are `str.format` templates; the rest is for `explain`."""

    code: str
    severity: Severity
    title: str
    message: str
    remedy: str
    meaning: str
    example: str
    why: str
    softer: Severity | None = None
