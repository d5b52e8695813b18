"""The control card ready to print: head, rows, path, totals, findings, signatures – only words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import numpy as np

from tracker.errors import WrongUsage
from tracker.findings import Finding, Severity
from tracker.sop.model import Outcome
from tracker.sop.verdicts import NONE, Evaluation, ItemState, Verdict
from tracker.views import wording
from tracker.views.card.document import card_json
from tracker.views.card.path import path_of, told_path
from tracker.views.card.rows import CardRow, Done, ahead_rows, done_rows, executions, steps_ahead
from tracker.views.flowchart import Chart
from tracker.views.issues import address
from tracker.views.journey import Journey, journey
from tracker.views.papers.imprint import Imprint, Letterhead, identity, letterhead, local_minutes
from tracker.views.papers.signing import Signing

__all__ = ["CardPaper", "card_paper"]

Pairs = tuple[tuple[str, str], ...]

_TITLE: Final = 200
_NAME: Final = 80
_LINKS: Final = 6
_FINDINGS: Final = 40
NOTHING: Final = "–"


@dataclass(frozen=True, slots=True)
class CardPaper:
    """One control card."""

    imprint: Imprint
    """With the number that is printed: that of the paper, else the ID of the item."""
    letterhead: Letterhead
    signing: Signing
    sop: str
    """`SOP Nomor … – nama`."""
    left: Pairs
    """Label and value in the left column of the head; likewise `right`."""
    right: Pairs
    zone: str
    roles: tuple[str, ...]
    """The lanes, at least one."""
    rows: tuple[CardRow, ...]
    chart: Chart
    done: tuple[Done, ...]
    recap: Pairs
    findings: tuple[tuple[str, str, str, str], ...]
    """Code, severity, sentence, cell."""
    place_and_date: str
    facts_json: str
    """The attached facts, with the paper's identity."""

    def told(self, rows: Sequence[int]) -> str:
        """The path over these rows in words."""
        return told_path(self.done, rows)


def card_paper(
    evaluation: Evaluation,
    item_id: str,
    *,
    imprint: Imprint,
    signing: Signing,
    head: Letterhead | None = None,
) -> CardPaper:
    """The card of the item with this ID, however it is typed; WrongUsage when the register has none.

    An empty `imprint.number` is a card that is not filed: it then goes by the ID. `head` replaces the letterhead from
    sheet SOP (to add an emblem).
    """
    item = journey(evaluation, item_id)
    if item is None:
        raise WrongUsage(f"ID {item_id} tidak ada di lembar Register.", "Periksa ID pada lembar Register.")
    sop = evaluation.register.sop
    done = executions(evaluation, item)
    ahead = steps_ahead(evaluation, item, done)
    shown = wording.shortened(item.id, _NAME)
    named = _numbered(imprint, shown)
    left, right = _left(item, named.number, shown), _right(evaluation, item, done)
    recap = _recap(evaluation, item, done)
    return CardPaper(
        imprint=named,
        letterhead=head or letterhead(sop),
        signing=signing,
        sop=_sop_line(evaluation),
        left=left,
        right=right,
        zone=wording.zone_label(imprint.zone),
        roles=tuple(wording.shortened(role, _TITLE) for role in sop.roles) or ("",),
        rows=(*done_rows(evaluation, done), *ahead_rows(evaluation, ahead)),
        chart=path_of(sop, done, ahead),
        done=done,
        recap=recap,
        findings=_findings(item.findings),
        place_and_date=_place_and_date(imprint),
        facts_json=_facts_json(evaluation, item, named),
    )


def _facts_json(evaluation: Evaluation, item: Journey, imprint: Imprint) -> str:
    document = {"paper": {"kind": "kartu kendali", **identity(imprint)}, **card_json(evaluation, item)}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _numbered(imprint: Imprint, id_: str) -> Imprint:
    return imprint if imprint.number else replace(imprint, number=id_)


def _sop_line(evaluation: Evaluation) -> str:
    sop = evaluation.register.sop
    number = wording.shortened(sop.first("Nomor SOP"), _NAME)
    name = wording.shortened(sop.first("Nama SOP"), _TITLE)
    return " – ".join(part for part in (f"SOP Nomor {number}" if number else "", name) if part)


# -- head


def _left(item: Journey, number: str, id_: str) -> Pairs:
    channel = " – ".join(wording.shortened(part, _NAME) for part in (item.channel, item.kind) if part)
    links = [wording.shortened(link, _TITLE) for link in item.links[:_LINKS]]
    more = len(item.links) - len(links)
    return (
        ("Nomor kartu", number),
        *((("ID konten", id_),) if number != id_ else ()),
        ("Judul konten", wording.shortened(item.title, _TITLE)),
        ("Kanal", channel or NOTHING),
        ("Tautan", "\n".join([*links, f"dan {more} tautan lain"] if more else links) or NOTHING),
    )


def _right(evaluation: Evaluation, item: Journey, done: Sequence[Done]) -> Pairs:
    started = int(evaluation.items.started_at[item.item])
    ended = int(evaluation.items.finished_at[item.item])
    zone = evaluation.register.settings.zone
    returned = _returned(done)
    return (
        ("Mulai", _at(started, zone)),
        ("Selesai", _at(ended, zone)),
        ("Status", _status(evaluation, item, done)),
        ("Putaran", f"{item.round} ({returned} kali pengembalian)" if returned else str(item.round)),
    )


def _at(minutes: int, zone: str) -> str:
    return NOTHING if minutes == NONE else wording.joined(wording.paper_moment(minutes, zone))


def _status(evaluation: Evaluation, item: Journey, done: Sequence[Done]) -> str:
    """In words, for print is black and white (source: the papers' layout, section 3)."""
    if item.state is ItemState.CANCELLED:
        reason = wording.shortened(item.note, _TITLE) or "alasan tidak tertulis"
        return f"DIBATALKAN – {reason}{_cancelled_on(evaluation, item)}"
    if item.state is ItemState.NOT_STARTED:
        return "BELUM MULAI"
    if item.state is ItemState.RUNNING:
        at = int(evaluation.items.step[item.item])
        steps = evaluation.register.sop.steps
        return f"DALAM PROSES – langkah {steps[at].number}" if 0 <= at < len(steps) else "DALAM PROSES"
    late, returned = _late(done), _returned(done)
    if not late and not returned:
        return "SELESAI – tanpa pelanggaran waktu dan pengembalian"
    return f"SELESAI – {late} pelanggaran waktu, {returned} kali pengembalian"


def _cancelled_on(evaluation: Evaluation, item: Journey) -> str:
    items = evaluation.register.items
    if int(items.cancelled_state[item.item]) not in (1, 2, 3):
        return ""
    on = date(1970, 1, 1) + timedelta(days=int(items.cancelled_on[item.item]))
    return f" ({wording.joined(wording.long_date(on))})"


def _place_and_date(imprint: Imprint) -> str:
    on = wording.day_of(local_minutes(imprint.printed_at, imprint.zone))
    place = f"{wording.shortened(imprint.place, _NAME)}, " if imprint.place else ""
    return place + wording.joined(wording.long_date(on))


# -- totals


def _judged(done: Sequence[Done], *verdicts: Verdict) -> int:
    return sum(one.position >= 0 and one.leg.verdict in verdicts for one in done)


def _late(done: Sequence[Done]) -> int:
    return _judged(done, Verdict.LATE, Verdict.OVERDUE)


def _returned(done: Sequence[Done]) -> int:
    return sum(one.position >= 0 and one.leg.outcome is Outcome.NO for one in done)


def _recap(evaluation: Evaluation, item: Journey, done: Sequence[Done]) -> Pairs:
    states, steps = evaluation.items, evaluation.register.sop.steps
    at = item.item
    finished = {
        one.leg.step.number
        for one in done
        if one.position >= 0 and one.leg.step and _is_over(evaluation, one)
    }
    on_time = _judged(done, Verdict.ON_TIME)
    judged = on_time + _judged(done, Verdict.LATE)
    return (
        ("Langkah terlaksana", f"{len(finished)} dari {len(steps)}"),
        ("Pelaksanaan tepat waktu", wording.share_with_percent(on_time, judged) if judged else NOTHING),
        ("Putaran perbaikan", wording.number(_returned(done))),
        ("Jumlah waktu kerja", wording.duration(int(states.work_minutes[at]))),
        ("Jumlah waktu tunggu", wording.duration(int(states.wait_minutes[at]))),
        ("Mulai sampai selesai", _lead(evaluation, at)),
        ("Penilaian akhir", _judgement(evaluation, item)),
    )


def _is_over(evaluation: Evaluation, one: Done) -> bool:
    return int(evaluation.register.events.finish_state[one.event]) != 0


def _lead(evaluation: Evaluation, item: int) -> str:
    """Working minutes from the first start to the end, as the monthly figures count them."""
    started, ended = int(evaluation.items.started_at[item]), int(evaluation.items.finished_at[item])
    if NONE in (started, ended):
        return NOTHING
    return wording.duration(
        max(int(evaluation.calendar.measure(np.array([started]), np.array([ended]))[0]), 0)
    )


def _judgement(evaluation: Evaluation, item: Journey) -> str:
    """Compliant items are SESUAI as in the monthly report; a galat makes one TIDAK SESUAI, lateness a note."""
    words = {
        ItemState.RUNNING: "DALAM PROSES",
        ItemState.NOT_STARTED: "BELUM MULAI",
        ItemState.CANCELLED: "DIBATALKAN",
    }
    if item.state in words:
        return words[item.state]
    if int(evaluation.items.compliant[item.item]) == 1:
        return "SESUAI"
    broken = any(one.severity is Severity.GALAT for one in item.findings)
    return "TIDAK SESUAI" if broken else "SESUAI DENGAN CATATAN"


def _findings(findings: Sequence[Finding]) -> tuple[tuple[str, str, str, str], ...]:
    shown = [
        (one.code, one.severity.value, wording.shortened(one.message, 300), address(one) or NOTHING)
        for one in findings[:_FINDINGS]
    ]
    more = len(findings) - len(shown)
    return (*shown, (NOTHING, NOTHING, f"dan {more} temuan lain", NOTHING)) if more else tuple(shown)
