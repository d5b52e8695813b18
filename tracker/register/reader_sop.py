"""Sheets SOP and Langkah → `Sop` and `Settings`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from tracker.findings.words import spoken_date
from tracker.folding import fold, plain
from tracker.register.calendar_words import ZONE_NAMES, ZONES
from tracker.register.cells import Reading, is_blank, read_choice, read_step, read_target, read_text
from tracker.register.labels import EMBLEM, LABELS, SETTINGS
from tracker.register.moments import read_date
from tracker.register.quantities import read_percent, read_standard
from tracker.register.records import Record, records_of
from tracker.register.schema import YES
from tracker.sop.model import END, NO_STEP, UNKNOWN_TARGET, Settings, Standard, State, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tracker.findings import Finding
    from tracker.register.store import RawValue
    from tracker.register.tables import Table

__all__ = ["identity_texts", "read_identity", "read_settings", "read_steps", "read_zone"]

_CANONICAL: Final = {plain(label.text): label.text for label in (*LABELS, EMBLEM)}
_SETTINGS: Final = {label.key: label for label in SETTINGS}
_STRICTNESS: Final = {"longgar": ("lunak",), "ketat": ("keras",)}
_IN_WORDS: Final = {"barat": "wib", "tengah": "wita", "timur": "wit"}
_ZONE_IN_WORDS: Final = re.compile(r"waktu indonesia (?:bagian )?(barat|tengah|timur)\b")
_NO_NUMBER: Final = -3
"""While the steps are read: a filled target that is neither a number nor Selesai."""

T = TypeVar("T")


def read_identity(table: Table, findings: list[Finding]) -> dict[str, list[Record]]:
    """Label as the product spells it (else as typed) → the records that bear it, in sheet order."""
    rows: dict[str, list[Record]] = {}
    for record in records_of(table, findings):
        if record.require("label"):
            written = record.name("label")
            rows.setdefault(_CANONICAL.get(plain(written), written), []).append(record)
    return rows


def identity_texts(rows: Mapping[str, Sequence[Record]]) -> dict[str, tuple[str, ...]]:
    """Label → all its filled `Isi` as text; a true date is written out as the papers print it."""
    return {
        label: tuple(
            _spoken(record.cells["value"]) for record in records if not is_blank(record.cells["value"])
        )
        for label, records in rows.items()
    }


def _spoken(value: RawValue) -> str:
    if not isinstance(value, (str, int, float)):
        found = read_date(value)
        if found.state is State.OK:
            return spoken_date(found.value)
    return read_text(value)


def read_zone(value: RawValue) -> Reading[str]:
    """The IANA name of one of the three zones, from "WITA", "Waktu Indonesia Tengah", "Asia/Makassar", "UTC+8"."""
    text = _ZONE_IN_WORDS.sub(lambda found: _IN_WORDS[found[1]], fold(read_text(value)))
    words = [word for word in re.split(r"[\s(),;]+", text) if word]
    hours = {ZONES[word] for word in words if word in ZONES}
    hours |= {
        int(match[1]) for word in words if (match := re.fullmatch(r"(?:utc|gmt)\+0?([789])(?:[:.]00)?", word))
    }
    if len(hours) != 1:
        return Reading(problem=read_text(value))
    abbreviation = {7: "WIB", 8: "WITA", 9: "WIT"}[hours.pop()]
    return Reading(ZONE_NAMES[abbreviation])


def read_settings(rows: Mapping[str, Sequence[Record]]) -> Settings:
    """The settings of sheet SOP; an absent one has its default, an unreadable one too, with a finding."""
    usual = Settings()
    return Settings(
        zone=_setting(rows, "zone", read_zone, usual.zone),
        report_number=_setting(rows, "report_number", _plain_text, usual.report_number),
        target_percent=_setting(rows, "target_percent", read_percent, usual.target_percent),
        wait_limit=_setting(rows, "wait_limit", read_standard, usual.wait_limit),
        soon_percent=_setting(rows, "soon_percent", read_percent, usual.soon_percent),
        backdate_limit=_setting(rows, "backdate_limit", read_standard, usual.backdate_limit),
        recording_limit=_setting(rows, "recording_limit", read_standard, usual.recording_limit),
        strict_start=_setting(rows, "strict_start", _strictness, usual.strict_start),
        paper=_setting(rows, "paper", _plain_text, usual.paper),
        signing_place=_setting(rows, "signing_place", _plain_text, usual.signing_place),
    )


def _setting(
    rows: Mapping[str, Sequence[Record]], key: str, read: Callable[[RawValue], Reading[T]], usual: T
) -> T:
    """The value of the last row that bears the label of this setting; what was wrong is reported there."""
    label = _SETTINGS[key]
    if label.text not in rows:
        return usual
    record = rows[label.text][-1]
    reading = read(record.cells["value"])
    if reading.problem and isinstance(usual, Standard):
        record.note("S506", "value", text=reading.problem)
    elif reading.problem:
        record.note("D405", "value", value=label.default)
    value = record.keep("value", reading)
    return usual if value is None else value


def _plain_text(value: RawValue) -> Reading[str]:
    return Reading(read_text(value) or None)


def _strictness(value: RawValue) -> Reading[bool]:
    reading = read_choice(value, _STRICTNESS)
    return Reading(
        None if reading.value is None else reading.value == "ketat", reading.repaired, reading.problem
    )


def read_steps(table: Table, findings: list[Finding]) -> tuple[Step, ...]:
    """The steps by number, with targets as indices; of two rows with one number the first counts (S505)."""
    drafts: dict[int, Step] = {}
    for record in records_of(table, findings):
        step = _draft(record)
        if step is None:
            continue
        if step.number in drafts:
            record.note(
                "S505", "number", step=step.number, reason=f"Nomor langkah {step.number} tertulis dua kali."
            )
        drafts.setdefault(step.number, step)
    ordered = [drafts[number] for number in sorted(drafts)]
    indices = {step.number: index for index, step in enumerate(ordered)}
    return tuple(_linked(step, indices) for step in ordered)


def _draft(record: Record) -> Step | None:
    """The step with its targets still as typed: a number, END, NO_STEP (blank) or _NO_NUMBER."""
    record.require("number", "activity", "role", "standard")
    number = read_step(record.cells["number"])
    if number.problem:
        record.note("S505", "number", reason=f"No {number.problem}")
    if number.value is None:
        return None
    return Step(
        number=record.keep("number", number) or 0,
        activity=record.text("activity"),
        role=record.name("role"),
        requirement=record.text("requirement"),
        standard=_standard(record, number.value),
        output=record.text("output"),
        on_yes=_target(record, "on_yes"),
        on_no=_target(record, "on_no"),
        needs_evidence=record.choice("needs_evidence", YES, "Tidak") == "Ya",
        remark=record.text("remark"),
        row=record.sheet_row,
    )


def _standard(record: Record, number: int) -> Standard | None:
    reading = read_standard(record.cells["standard"], record.cells["unit"])
    if reading.problem:
        record.note("S506", "standard", step=number, text=reading.problem)
    return record.keep("standard", reading)


def _target(record: Record, key: str) -> int:
    reading = read_target(record.cells[key])
    if reading.problem or record.has_error(key):
        return _NO_NUMBER
    target = record.keep(key, reading)
    return NO_STEP if target is None else target


def _linked(step: Step, indices: Mapping[int, int]) -> Step:
    """The step with indices for targets; a blank `Jika Ya` is the next number, END after the last."""
    following = indices[step.number] + 1
    default = following if following < len(indices) else END
    on_yes = default if step.on_yes == NO_STEP else _index(step.on_yes, indices)
    return replace(step, on_yes=on_yes, on_no=_index(step.on_no, indices))


def _index(target: int, indices: Mapping[int, int]) -> int:
    if target in (END, NO_STEP):
        return target
    return UNKNOWN_TARGET if target == _NO_NUMBER else indices.get(target, UNKNOWN_TARGET + target)
