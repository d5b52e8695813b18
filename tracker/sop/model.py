"""The register as the rules see it: the SOP, the people, and the columns of items and events.

Columns, not an object per row: the n-th element of every array of `Items` (or `Events`) belongs to the same row
of the sheet. Instants are int64 local minutes since 1970-01-01 in the register's zone (no time zone inside the
rules), dates are int64 days since then; beside each stands a state array, and the value is only meaningful where
the state says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from tracker.findings import Finding

__all__ = [
    "BLANK_STEP",
    "END",
    "NO_STEP",
    "UNKNOWN_STEP",
    "UNKNOWN_TARGET",
    "Appointment",
    "Events",
    "Holiday",
    "HoursRow",
    "Items",
    "Locator",
    "Outcome",
    "Register",
    "Settings",
    "Sop",
    "Standard",
    "State",
    "Step",
    "Unit",
]

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.int8]
Texts = npt.NDArray[Any]
"""An object array of `str`; an empty cell is the empty string."""

END: Final = -1
"""Successor of a step after which the SOP has ended."""
NO_STEP: Final = -2
"""No such successor (a step that decides nothing has no `Jika Tidak`), or a target that cannot be read."""
UNKNOWN_TARGET: Final = 10_000
"""A filled target that no step answers to: UNKNOWN_TARGET + the number typed, or UNKNOWN_TARGET for other text."""
UNKNOWN_STEP: Final = -1
"""In `Events.step`: the cell names a step that Langkah does not have (D403)."""
BLANK_STEP: Final = -2
"""In `Events.step`: the cell is empty (D408)."""


class State(IntEnum):
    """What became of a cell that holds a moment or a date."""

    BLANK = 0
    OK = 1
    REPAIRED = 2
    """Understood after mending; a D405 says how."""
    DATE_ONLY = 3
    """A date without a time (D415); the value is 00.00 of that day until the calendar gives the edge."""
    UNREADABLE = 4
    """D404 or D412; never treated as blank."""


class Outcome(IntEnum):
    """What stands in Hasil."""

    BLANK = 0
    YES = 1
    NO = 2
    UNREADABLE = 3


class Unit(IntEnum):
    """Unit of a time standard; the values are indices into tables, not minutes."""

    MINUTES = 0
    HOURS = 1
    DAYS = 2


@dataclass(frozen=True, slots=True)
class Standard:
    """A time standard: `amount` in `unit`. Fractions are allowed for hours and days (1,5 jam)."""

    amount: float
    unit: Unit


@dataclass(frozen=True, slots=True)
class Step:
    """One row of sheet Langkah.

    `on_yes`/`on_no` are indices into `Sop.steps`, END, NO_STEP, or at least UNKNOWN_TARGET where the cell is filled
    with something that is no step of the sheet (the rules raise S505).
    """

    number: int
    activity: str
    role: str
    requirement: str
    standard: Standard | None
    output: str
    on_yes: int
    on_no: int
    needs_evidence: bool
    remark: str
    row: int

    @property
    def is_decision(self) -> bool:
        """A step is a decision exactly when `Jika Tidak` is filled (source: the SOP page, below its table)."""
        return self.on_no != NO_STEP


@dataclass(frozen=True, slots=True)
class Sop:
    """The SOP: identity rows of sheet SOP (`Uraian` → all its `Isi`, in order) and the steps by number."""

    identity: Mapping[str, tuple[str, ...]]
    steps: tuple[Step, ...]

    def first(self, label: str, default: str = "") -> str:
        """The first `Isi` of this `Uraian`, or the default."""
        values = self.identity.get(label, ())
        return values[0] if values else default

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles in order of first appearance: the lanes of the SOP paper."""
        return tuple(dict.fromkeys(step.role for step in self.steps))

    def index_of(self, number: int) -> int | None:
        """Index of the step with this number, or None."""
        for index, step in enumerate(self.steps):
            if step.number == number:
                return index
        return None


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of sheet SOP with their defaults; durations as `Standard`."""

    zone: str = "Asia/Makassar"
    report_number: str = "{nomor}/LAP-SOP/{bulan_romawi}/{tahun}"
    target_percent: float = 90.0
    wait_limit: Standard = Standard(1, Unit.DAYS)
    soon_percent: float = 75.0
    backdate_limit: Standard = Standard(3, Unit.DAYS)
    recording_limit: Standard = Standard(1, Unit.DAYS)
    strict_start: bool = False
    paper: str = "A4"
    signing_place: str = ""


@dataclass(frozen=True, slots=True)
class Appointment:
    """One row of sheet Pegawai: who holds which role from when until when (days, None = open-ended)."""

    name: str
    key: str
    """The name folded for comparison."""
    nip: str
    role: str
    role_key: str
    status: str
    """`Definitif`, `Plt.` or `Plh.`"""
    from_on: int | None
    until_on: int | None
    phone: str
    row: int

    def holds_on(self, day: int) -> bool:
        """Whether the appointment is in force on this day (days since 1970-01-01); both ends included."""
        return (self.from_on is None or self.from_on <= day) and (
            self.until_on is None or day <= self.until_on
        )


@dataclass(frozen=True, slots=True)
class HoursRow:
    """One row of sheet Jam Kerja: weekdays (0 = Senin) and minutes of the day; `spans` are half-open."""

    weekdays: frozenset[int]
    spans: tuple[tuple[int, int], ...]
    from_on: int | None
    until_on: int | None
    row: int

    @property
    def is_default(self) -> bool:
        return self.from_on is None and self.until_on is None


@dataclass(frozen=True, slots=True)
class Holiday:
    """One row of sheet Hari Libur; `works` marks a Hari Kerja Pengganti, `estimated` a date not yet fixed."""

    on: int
    works: bool
    name: str
    estimated: bool
    row: int


@dataclass(frozen=True, slots=True)
class Items:
    """The columns of sheet Register, one element a row that has an ID or any other content."""

    row: Ints
    id: Texts
    key: Texts
    """The ID folded for comparison; empty when the cell is."""
    title: Texts
    channel: Texts
    kind: Texts
    target_on: Ints
    target_state: Bytes
    links: Texts
    shared_at: Ints
    shared_state: Bytes
    note: Texts
    cancelled_on: Ints
    cancelled_state: Bytes

    def __len__(self) -> int:
        return len(self.row)


@dataclass(frozen=True, slots=True)
class Events:
    """The columns of sheet Riwayat, one element a row with any typed content."""

    row: Ints
    id: Texts
    key: Texts
    item: Ints
    """Index into Items of the first row with this ID; -1 when the ID is blank or unknown."""
    step: Ints
    """Index into `Sop.steps`, UNKNOWN_STEP or BLANK_STEP."""
    step_text: Texts
    performer: Texts
    start: Ints
    start_state: Bytes
    finish: Ints
    finish_state: Bytes
    outcome: Bytes
    evidence: Texts
    note: Texts

    def __len__(self) -> int:
        return len(self.row)


class Locator(Protocol):
    """Looks up where a finding stands; the reader provides it."""

    def __call__(self, sheet: str, row: int, column: str) -> tuple[str | None, str | None]:
        """(A1 address, raw content) of the schema's `column` in `row`; None for what is not there."""
        ...


def _nowhere(sheet: str, row: int, column: str) -> tuple[str | None, str | None]:  # noqa: ARG001
    return None, None


@dataclass(frozen=True, slots=True)
class Register:
    """A register as read: typed columns, what was wrong while reading, and whether it may be written to."""

    sop: Sop
    settings: Settings
    people: tuple[Appointment, ...]
    hours: tuple[HoursRow, ...]
    holidays: tuple[Holiday, ...]
    items: Items
    events: Events
    findings: tuple[Finding, ...] = ()
    is_writable: bool = True
    rows_read: Mapping[str, int] = field(default_factory=dict)
    locate: Locator = _nowhere
