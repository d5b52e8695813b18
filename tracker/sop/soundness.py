"""Whether the SOP and its calendar are sound: S505, S507, S509, S601.

Source: the table of structure codes in the rules contract.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tracker.findings import Finding, Place, finding
from tracker.findings.words import day_words
from tracker.folding import plain
from tracker.sop.model import END, NO_STEP, Holiday, HoursRow, Ints, Sop, Step

__all__ = ["estimate_findings", "holiday_findings", "sop_findings"]

_SHEET: Final = "Langkah"


def sop_findings(sop: Sop) -> list[Finding]:
    """S505 for targets, reachability and the way out; S601 where an output is not what the next step needs."""
    if not sop.steps:
        return [finding("S505", Place(_SHEET), reason="Lembar Langkah belum berisi satu langkah pun.")]
    found = [_unknown_target(step, column) for step, column in _bad_targets(sop)]
    if not found:
        found += [
            finding(
                "S505",
                _at(step, "No"),
                step=step.number,
                reason=f"Langkah {step.number} tidak pernah tercapai dari langkah pertama.",
            )
            for index, step in enumerate(sop.steps)
            if index not in _reachable(sop, 0)
        ]
        if not any(END in _targets(sop.steps[index]) for index in _reachable(sop, 0)):
            found.append(finding("S505", Place(_SHEET), reason="Tidak ada langkah yang menuju Selesai."))
        found += _dead_ends(sop)
    return found + _outputs(sop)


def _at(step: Step, column: str) -> Place:
    return Place(_SHEET, step.row, column)


def _targets(step: Step) -> tuple[int, ...]:
    return tuple(to for to in (step.on_yes, step.on_no) if to != NO_STEP)


def _bad_targets(sop: Sop) -> list[tuple[Step, str]]:
    known = len(sop.steps)
    bad = [(step, "Jika Ya") for step in sop.steps if step.on_yes >= known or step.on_yes == NO_STEP]
    bad += [(step, "Jika Tidak") for step in sop.steps if step.on_no >= known]
    return sorted(bad, key=lambda one: (one[0].number, one[1]))


def _unknown_target(step: Step, column: str) -> Finding:
    reason = f"{column} pada langkah {step.number} menunjuk langkah yang tidak ada."
    return finding("S505", _at(step, column), step=step.number, reason=reason)


def _reachable(sop: Sop, first: int) -> set[int]:
    reached: set[int] = set()
    ahead = [first]
    while ahead:
        index = ahead.pop()
        if index in reached or index < 0 or index >= len(sop.steps):
            continue
        reached.add(index)
        ahead.extend(_targets(sop.steps[index]))
    return reached


def _dead_ends(sop: Sop) -> list[Finding]:
    """Steps from which no way leads to the end although the SOP has one."""
    ends = {index for index, step in enumerate(sop.steps) if END in _targets(step)}
    if not ends:
        return []
    return [
        finding(
            "S505",
            _at(step, "Jika Ya"),
            step=step.number,
            reason=f"Dari langkah {step.number} tidak ada jalan menuju Selesai.",
        )
        for index, step in enumerate(sop.steps)
        if not (_reachable(sop, index) & ends)
    ]


def _outputs(sop: Sop) -> list[Finding]:
    found = []
    for step in sop.steps:
        if not 0 <= step.on_yes < len(sop.steps):
            continue
        following = sop.steps[step.on_yes]
        if step.output and following.requirement and plain(step.output) != plain(following.requirement):
            found.append(
                finding(
                    "S601",
                    _at(step, "Output"),
                    step=step.number,
                    output=step.output,
                    next=following.number,
                    requirement=following.requirement,
                )
            )
    return found


def holiday_findings(
    holidays: Iterable[Holiday], years: Iterable[int], year_of: dict[int, int]
) -> list[Finding]:
    """S507 for every year in use that has no row in sheet Hari Libur; `year_of` maps holiday rows to years."""
    entered = {year_of[holiday.row] for holiday in holidays}
    return [finding("S507", Place("Hari Libur"), year=year) for year in sorted(set(years) - entered)]


def estimate_findings(
    holidays: Iterable[Holiday], hours: Iterable[HoursRow], begins: Ints, ends: Ints
) -> list[Finding]:
    """S509 for every estimated date within the days `begins` … `ends` of some work, on a weekday with office hours.

    Source: "Dates marked as estimates … warn when used" (sheet Hari Libur in the register contract).
    """
    weekdays = {weekday for row in hours for weekday in row.weekdays}
    return [
        finding("S509", Place("Hari Libur", one.row, "Tanggal"), date=day_words(one.on), name=one.name)
        for one in holidays
        if one.estimated
        and (one.works or (one.on + 3) % 7 in weekdays)
        and bool(((begins <= one.on) & (one.on <= ends)).any())
    ]
