"""Sheets Pegawai, Jam Kerja and Hari Libur → appointments, hours and holidays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.folding import fold
from tracker.register.cells import read_time, read_weekdays
from tracker.register.records import Record, records_of
from tracker.register.schema import APPOINTMENTS, HOLIDAY_KINDS
from tracker.sop.model import Appointment, Holiday, HoursRow, State

if TYPE_CHECKING:
    from tracker.findings import Finding
    from tracker.register.moments import SerialDates
    from tracker.register.tables import Table

__all__ = ["read_holidays", "read_hours", "read_people"]


def read_people(
    table: Table, findings: list[Finding], zone: str, serials: SerialDates
) -> tuple[Appointment, ...]:
    """The dated assignments; one whose name or role is blank is left out (D408).

    An unreadable date (D404) leaves its side open: nobody is refused for a date that cannot be read.
    """
    people = []
    for record in records_of(table, findings):
        if record.require("name", "role"):
            people.append(_appointment(record, zone, serials))
    return tuple(people)


def _appointment(record: Record, zone: str, serials: SerialDates) -> Appointment:
    name, role = record.name("name"), record.name("role")
    return Appointment(
        name=name,
        key=fold(name),
        nip=record.text("nip"),
        role=role,
        role_key=fold(role),
        status=record.choice("appointment", APPOINTMENTS, "Definitif"),
        from_on=record.date("from_on", zone, serials)[0],
        until_on=record.date("until_on", zone, serials)[0],
        phone=record.text("phone"),
        row=record.sheet_row,
    )


def read_hours(
    table: Table, findings: list[Finding], zone: str, serials: SerialDates
) -> tuple[HoursRow, ...]:
    """The rows of working hours that make sense; S508 for the others, and when no default row is left."""
    hours = []
    for record in records_of(table, findings):
        row = _hours_row(record, zone, serials) if record.require("weekdays", "opens", "closes") else None
        if row is not None:
            hours.append(row)
    if table.grid is not None and not any(row.is_default for row in hours):
        findings.append(
            table.on_sheet("S508", reason="Lembar Jam Kerja tidak mempunyai satu pun baris jam baku.")
        )
    return tuple(hours)


def _hours_row(record: Record, zone: str, serials: SerialDates) -> HoursRow | None:
    """The row, or None when a cell of it cannot be read: a dated row must never pass for the default week."""
    weekdays = read_weekdays(record.cells["weekdays"])
    if weekdays.problem:
        record.note("S508", "weekdays", reason=weekdays.problem)
    spans = _spans(record, serials)
    since, since_state = record.date("from_on", zone, serials)
    until, until_state = record.date("until_on", zone, serials)
    days = record.keep("weekdays", weekdays)
    if days is None or spans is None or State.UNREADABLE in (since_state, until_state):
        return None
    return HoursRow(days, spans, since, until, record.sheet_row)


def _spans(record: Record, serials: SerialDates) -> tuple[tuple[int, int], ...] | None:
    """The half-open spans of work in minutes of the day; None (with S508) when they are not in order."""
    times: dict[str, int | None] = {}
    for key in ("opens", "break_starts", "break_ends", "closes"):
        reading = read_time(record.cells[key], numbers_are_times=serials.expected)
        if reading.problem:
            record.note("S508", key, reason=reading.problem)
        if reading.problem or record.has_error(key):
            return None
        times[key] = record.keep(key, reading)
    marks = [mark for mark in times.values() if mark is not None]
    if len(marks) % 2:
        record.note("S508", "break_starts", reason="Istirahat hanya terisi sebagian.")
        return None
    if marks != sorted(set(marks)):
        record.note(
            "S508", "closes", reason="Jam tidak berurutan: Masuk, Istirahat, Selesai Istirahat, Pulang."
        )
        return None
    return tuple(zip(marks[::2], marks[1::2], strict=True))


def read_holidays(
    table: Table, findings: list[Finding], zone: str, serials: SerialDates
) -> tuple[Holiday, ...]:
    """The holidays and replacement working days; a row without a readable date is left out."""
    holidays = []
    for record in records_of(table, findings):
        record.require("on")
        on, _ = record.date("on", zone, serials)
        remark = record.text("remark")
        kind = record.choice("kind", HOLIDAY_KINDS, "Libur Nasional")
        if on is not None:
            works = kind == "Hari Kerja Pengganti"
            holidays.append(Holiday(on, works, remark, "perkiraan" in fold(remark), record.sheet_row))
    return tuple(holidays)
