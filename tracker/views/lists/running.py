"""The list of running and late items ready to print: where they stand, the most urgent first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from tracker.findings import Severity
from tracker.folding import fold
from tracker.sop.verdicts import Evaluation, ItemState
from tracker.views import wording
from tracker.views.issues import ELSEWHERE
from tracker.views.papers.imprint import Imprint, Letterhead, identity, letterhead
from tracker.views.standing import Pace, Standing, standings
from tracker.views.status import codes_by_item
from tracker.views.today import places

__all__ = ["RunningList", "running_json", "running_list"]

Row = tuple[str, ...]

KIND: Final = "daftar konten berjalan"
NOTHING: Final = "–"
# Limits of what one cell prints, so that no row outgrows a page (source: the papers' layout, 0.7).
_SUBJECT: Final = 300
_TITLE: Final = 160
_NAME: Final = 80
_SHORT: Final = 64
_ACTIVITY: Final = 140
_CODES: Final = 8


@dataclass(frozen=True, slots=True)
class RunningList:
    """One list. Rows of the three tables: No, ID, judul, langkah, pelaksana, petugas, sejak, tenggat, lama, batas,
    lewat, keadaan, sumber, temuan.
    """

    imprint: Imprint
    letterhead: Letterhead
    subject: str
    sop_number: str
    as_of: str
    zone: str
    headline: str
    places: tuple[Row, ...]
    """Langkah, pelaksana, baku, konten, terlambat, menunggu lama."""
    place_total: Row
    """Konten, terlambat, menunggu lama."""
    overdue: tuple[Row, ...]
    running: tuple[Row, ...]
    not_begun: tuple[Row, ...]
    notes: tuple[str, ...]
    """How many findings affect the list, and what it leaves out (source: dashboard L3, P3)."""
    figures_json: str


def running_list(evaluation: Evaluation, *, imprint: Imprint, head: Letterhead | None = None) -> RunningList:
    """The list as of the moment of `evaluation`; `head` replaces the letterhead from sheet SOP."""
    sop, standing = evaluation.register.sop, standings(evaluation)
    codes = codes_by_item(evaluation)
    kept = [one for one in standing if one.pace is not Pace.NOT_STARTED]
    overdue = [one for one in kept if one.pace.is_overdue]
    rest = [one for one in kept if not one.pace.is_overdue]
    waiting = [one for one in standing if one.pace is Pace.NOT_STARTED]
    return RunningList(
        imprint=imprint,
        letterhead=head or letterhead(sop),
        subject=wording.shortened(sop.first("Nama SOP"), _SUBJECT),
        sop_number=wording.shortened(sop.first("Nomor SOP"), _NAME),
        as_of=f"Keadaan per {wording.joined(wording.paper_moment(evaluation.now, imprint.zone))}",
        zone=wording.zone_label(imprint.zone),
        headline=_headline(kept, waiting),
        places=_places(evaluation, standing),
        place_total=tuple(wording.number(n) for n in _counts(standing)),
        overdue=_rows(evaluation, overdue, codes),
        running=_rows(evaluation, rest, codes),
        not_begun=_rows(evaluation, waiting, codes),
        notes=_notes(evaluation, standing),
        figures_json=_figures_json(evaluation, imprint),
    )


def running_json(evaluation: Evaluation) -> dict[str, object]:
    """The facts of the list; minutes are working minutes, moments local time."""
    standing, items = standings(evaluation), evaluation.register.items
    count, late, overlong = _counts(standing)
    return {
        "as_of": wording.iso_moment(evaluation.now),
        "counts": {"items": count, "late": late, "waiting_long": overlong, "unplaced": _unplaced(evaluation)},
        "findings": _findings(evaluation, standing),
        "items": [
            {
                "id": one.id or None,
                "title": one.title,
                "channel": one.channel,
                "row": int(items.row[one.item]),
                "state": "belum mulai" if one.pace is Pace.NOT_STARTED else "berjalan",
                "step": one.step.number,
                "role": one.step.role,
                "round": one.round,
                "officers": list(one.officers),
                "is_open": one.is_open,
                "since": wording.iso_moment(one.since),
                "deadline": wording.iso_moment(one.deadline),
                "elapsed_minutes": one.elapsed,
                "late_minutes": one.late_minutes,
                "overdue": one.pace.is_overdue,
            }
            for one in standing
        ],
    }


def _counts(standing: Sequence[Standing]) -> tuple[int, int, int]:
    paces = [one.pace for one in standing]
    return len(paces), paces.count(Pace.LATE), paces.count(Pace.OVERLONG)


def _headline(running: Sequence[Standing], waiting: Sequence[Standing]) -> str:
    """The conclusion in one sentence (source: dashboard P5)."""
    if not running and not waiting:
        return "Tidak ada konten yang berjalan."
    n, (count, late, overlong) = wording.number, _counts(running)
    behind = [
        f"{n(late)} terlambat" if late else "",
        f"{n(overlong)} menunggu terlalu lama" if overlong else "",
    ]
    said = wording.listing([part for part in behind if part]) or "tidak ada yang lewat waktu"
    begun = f"{n(count)} konten berjalan: {said}." if count else "Tidak ada konten yang berjalan."
    return f"{begun} {n(len(waiting))} konten belum mulai." if waiting else begun


def _places(evaluation: Evaluation, standing: Sequence[Standing]) -> tuple[Row, ...]:
    n = wording.number
    return tuple(
        (
            f"{one.step.number}. {wording.shortened(one.step.activity, _ACTIVITY)}",
            wording.shortened(one.step.role, _NAME),
            wording.joined(wording.standard(one.step.standard)),
            n(one.count),
            n(one.late),
            n(one.overlong),
        )
        for one in places(evaluation.register.sop.steps, standing)
    )


def _rows(
    evaluation: Evaluation, standing: Sequence[Standing], codes: Sequence[Sequence[str]]
) -> tuple[Row, ...]:
    rows = evaluation.register.items.row
    return tuple(
        (
            str(index),
            wording.shortened(one.id, _NAME),
            wording.shortened(one.title, _TITLE),
            f"{one.step.number}. {wording.shortened(one.step.activity, _SHORT)}",
            _role(one),
            wording.shortened(wording.listing(one.officers), _NAME) or NOTHING,
            _at(one.since),
            _at(one.deadline),
            NOTHING if one.pace is Pace.NOT_STARTED else _duration(one.elapsed),
            _limit(one),
            _duration(one.late_minutes) if one.late_minutes else NOTHING,
            _state(one),
            f"Register baris {int(rows[one.item])}",
            _found(codes[one.item]),
        )
        for index, one in enumerate(standing, start=1)
    )


def _role(one: Standing) -> str:
    role = wording.shortened(one.step.role, _NAME)
    return f"{role}, putaran {wording.number(one.round)}" if one.round > 1 else role


def _limit(one: Standing) -> str:
    """What the age is measured by: the standard of a step that is worked on, else how long an item may wait."""
    if one.is_open or one.pace is Pace.NOT_STARTED:
        return f"waktu baku {wording.joined(one.standard)}"
    return f"batas tunggu {wording.joined(one.wait_limit)}"


def _state(one: Standing) -> str:
    """State is told by words (source: the papers' layout, 0.3)."""
    if one.pace is Pace.LATE:
        return "TERLAMBAT"
    if one.pace is Pace.OVERLONG:
        return "MENUNGGU LAMA"
    if one.pace is Pace.NOT_STARTED:
        return "Belum mulai"
    now = "Dikerjakan" if one.is_open else "Menunggu"
    return f"{now}, segera lewat" if one.pace is Pace.SOON else now


def _at(minutes: int) -> str:
    return wording.joined(wording.stacked_moment(minutes).replace("\n", " "))


def _duration(minutes: int) -> str:
    """`1 jam` over `5 menit`: a number never parts from its unit."""
    return wording.joined(wording.duration(minutes)).replace("jam\u00a0", "jam ")


def _found(codes: Sequence[str]) -> str:
    """The findings that concern the item; lateness is the list itself."""
    told = [code for code in codes if code not in ELSEWHERE]
    more = f", dan {len(told) - _CODES} lagi" if len(told) > _CODES else ""
    return f"Temuan: {', '.join(told[:_CODES])}{more}" if told else ""


def _notes(evaluation: Evaluation, standing: Sequence[Standing]) -> tuple[str, ...]:
    n, found, unplaced = wording.number, _findings(evaluation, standing), _unplaced(evaluation)
    said = [
        f"Temuan data yang menyangkut daftar ini: {n(found)}."
        if found
        else "Tidak ada temuan data yang menyangkut daftar ini."
    ]
    if unplaced:
        said.append(
            f"{n(unplaced)} konten yang belum selesai tidak termuat karena langkahnya tidak dapat ditentukan; lihat "
            "daftar temuan data."
        )
    return (
        *said,
        "Diurutkan dari yang paling mendesak: lama dibagi batasnya. Lama dan lewat dihitung dalam waktu kerja.",
    )


def _findings(evaluation: Evaluation, standing: Sequence[Standing]) -> int:
    """Galat and peringatan on the items of the list, and those on no item at all; lateness does not count."""
    ids = {fold(one.id) for one in standing}
    return sum(
        one.severity is not Severity.CATATAN
        and one.code not in ELSEWHERE
        and (not one.id or fold(one.id) in ids)
        for one in evaluation.findings
    )


def _unplaced(evaluation: Evaluation) -> int:
    """Items that are not finished and stand at no step of the SOP."""
    states = evaluation.items
    live = np.isin(states.state, (ItemState.RUNNING, ItemState.NOT_STARTED))
    return int((live & (states.step < 0)).sum())


def _figures_json(evaluation: Evaluation, imprint: Imprint) -> str:
    document = {"paper": {"kind": KIND, **identity(imprint)}, **running_json(evaluation)}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
