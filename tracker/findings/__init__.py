"""What can be wrong with the REGISTER: every code, severity, sentence, remedy; Place and Finding.

A finding is a value, never an exception: a typo in a cell must not stop a report. The codes are declared
once (`tracker.findings.order`, `.time`, `.performer`, `.data`, `.structure`); `explain`, `docs/findings.md`
and the tests are made from those declarations. A code is never reused.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.findings import data, order, performer, structure, time
from tracker.findings.declaration import Code, Severity

__all__ = ["CODES", "Code", "Finding", "Place", "Severity", "finding"]

CODES: dict[str, Code] = {
    declared.code: declared
    for group in (structure.CODES, order.CODES, time.CODES, performer.CODES, data.CODES)
    for declared in group
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the book: the schema's names for sheet and column, the 1-based sheet row, the A1 address.

    Anything that does not apply is None; `cell` is filled in by the reader, who alone knows the letters.
    """

    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, where, and how to mend it; `message` and `remedy` are Indonesian sentences."""

    code: str
    severity: Severity
    place: Place
    message: str
    remedy: str
    id: str | None = None
    step: int | None = None
    raw: str | None = None

    def located(self, *, cell: str | None, raw: str | None) -> Finding:
        """The same finding with the A1 address and the raw content that the reader looked up."""
        place = Place(self.place.sheet, self.place.row, self.place.column, cell)
        seen = raw if self.raw is None else self.raw
        return Finding(self.code, self.severity, place, self.message, self.remedy, self.id, self.step, seen)


def _ended_once(sentence: str) -> str:
    """Without the second full stop, where what was filled in ends with one: “Dibaca sebagai Plt.”"""
    return sentence[:-1] if sentence.endswith("..") else sentence


def finding(
    code: str,
    place: Place,
    *,
    id: str | None = None,
    step: int | None = None,
    raw: str | None = None,
    severity: Severity | None = None,
    **words: object,
) -> Finding:
    """Build the finding `code` at `place`; `words` fill the placeholders of its declared sentences.

    `{id}`, `{step}` and `{raw}` are filled from the arguments of those names.

    `severity` is given only for codes that are declared with two (U106, P304, D407).
    KeyError when the code is not declared or a placeholder is missing: both are our bugs.
    """
    declared = CODES[code]
    remedy = declared.remedy
    if "{" in remedy:
        remedy = remedy.format(id=id, step=step, raw=raw, **words)
    return Finding(
        code=code,
        severity=severity or declared.severity,
        place=place,
        message=_ended_once(declared.message.format(id=id, step=step, raw=raw, **words)),
        remedy=remedy,
        id=id,
        step=step,
        raw=raw,
    )
