"""Grids → `Register`: the typed columns of a book and what was wrong while reading it.

The reader guesses nothing: a cell is read in one of the forms of the register contract, or it is a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.findings import Finding
from tracker.folding import nearest
from tracker.register.headings import find_sheets, maybe
from tracker.register.moments import SerialDates
from tracker.register.reader_events import read_events
from tracker.register.reader_items import read_items
from tracker.register.reader_office import read_holidays, read_hours, read_people
from tracker.register.reader_sop import identity_texts, read_identity, read_settings, read_steps
from tracker.register.schema import SHEETS
from tracker.register.tables import Table, table_of
from tracker.register.uncollected import uncollected
from tracker.sop.model import Register, Sop

if TYPE_CHECKING:
    from tracker.register.store import Snapshot

__all__ = ["read_register", "read_tables"]


def read_register(snapshot: Snapshot) -> Register:
    """The register in `snapshot`: everything that can be read, whatever else is wrong with it.

    `is_writable` is False when a required sheet or column is missing or doubled (S501, S502, S504). Findings
    stand in the order of the schema's sheets, then by row.
    """
    with uncollected():
        return _read(snapshot)


def _read(snapshot: Snapshot) -> Register:
    tables, found = read_tables(snapshot)
    serials = SerialDates(snapshot.serial_offset, snapshot.serials_are_dates)
    identity = read_identity(tables["sop"], found)
    settings = read_settings(identity)
    sop = Sop(identity_texts(identity), read_steps(tables["steps"], found))
    zone = settings.zone
    items, of_items = read_items(tables["register"], tables["choices"], zone=zone, serials=serials)
    events, of_events = read_events(
        tables["events"],
        items,
        sop,
        zone=zone,
        serials=serials,
        is_register_read=tables["register"].has("id"),
    )
    people = read_people(tables["people"], found, zone, serials)
    hours = read_hours(tables["hours"], found, zone, serials)
    holidays = read_holidays(tables["holidays"], found, zone, serials)
    return Register(
        sop=sop,
        settings=settings,
        people=people,
        hours=hours,
        holidays=holidays,
        items=items,
        events=events,
        findings=_in_sheet_order([*found, *of_items, *of_events]),
        is_writable=_is_sound(tables),
        rows_read={table.sheet.name: len(table) for table in tables.values() if table.grid is not None},
        locate=_Locator.of(tables.values()),
    )


def read_tables(snapshot: Snapshot) -> tuple[dict[str, Table], list[Finding]]:
    """Every sheet that is read, by schema key (empty where it is missing), with its S501–S504 and D416."""
    names = [grid.name for grid in snapshot.grids]
    found_as = find_sheets(names)
    strangers = [name for name in names if name not in found_as.values()]
    tables: dict[str, Table] = {}
    findings: list[Finding] = []
    for described in SHEETS:
        if not described.is_read:
            continue
        name = found_as.get(described.key)
        table, found = table_of(described, None if name is None else snapshot.grid(name))
        tables[described.key] = table
        findings.extend(found)
        if name is None and described.required:
            close = nearest(described.name, strangers)
            findings.append(table.on_sheet("S501", sheet=described.name, nearest=maybe(close)))
    return tables, findings


def _is_sound(tables: Mapping[str, Table]) -> bool:
    """Whether the layout allows writing: every required sheet is there with every required column, once."""
    return all(
        table.headings.is_sound and (table.grid is not None or not table.sheet.required)
        for table in tables.values()
    )


def _in_sheet_order(findings: list[Finding]) -> tuple[Finding, ...]:
    order = {described.name: place for place, described in enumerate(SHEETS)}
    return tuple(sorted(findings, key=lambda one: (order.get(one.place.sheet or "", -1), one.place.row or 0)))


@dataclass(frozen=True, slots=True)
class _Locator:
    """`Locator` over the tables of one snapshot."""

    columns: Mapping[tuple[str, str], tuple[Table, str]]

    @classmethod
    def of(cls, tables: Iterable[Table]) -> _Locator:
        """Every column is known by the schema's names of its sheet and heading."""
        return cls(
            {
                (table.sheet.name, column.heading): (table, column.key)
                for table in tables
                for column in table.sheet.columns
            }
        )

    def __call__(self, sheet: str, row: int, column: str) -> tuple[str | None, str | None]:
        table, key = self.columns.get((sheet, column), (None, ""))
        return (None, None) if table is None else (table.place(row - 1, key).cell, table.raw(row - 1, key))
