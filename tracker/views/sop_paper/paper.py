"""The SOP paper ready to print: words of the identity page, rows of the flow table, and the chart."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tracker.folding import fold
from tracker.sop.model import Sop, Step
from tracker.views import wording
from tracker.views.flowchart import Chart
from tracker.views.papers.imprint import Imprint, Letterhead, identity, letterhead
from tracker.views.papers.signing import Signature
from tracker.views.sop_paper.document import sop_json
from tracker.views.sop_paper.flow import CLOSING, flow_of
from tracker.views.sop_paper.passages import Passage, passages

__all__ = ["SopPaper", "SopRow", "sop_paper"]

# Limits of what one cell prints, so that no row outgrows a page (source: the papers' layout, 0.7).
_ACTIVITY: Final = 700
_CELL: Final = 300
_VALUE: Final = 200
_CLAUSE: Final = 600
_CLAUSES: Final = 40
_DATES: Final = ("Tanggal Pembuatan", "Tanggal Revisi", "Tanggal Efektif", "Tanggal Pengesahan")
_SECTIONS: Final = (
    "Dasar Hukum", "Kualifikasi Pelaksana",
    "Keterkaitan", "Peralatan/Perlengkapan",
    "Peringatan", "Pencatatan dan Pendataan",
)  # fmt: skip
_GENERIC: Final = "Standar Operasional Prosedur"


@dataclass(frozen=True, slots=True)
class SopRow:
    """One row of the flow table without its drawing."""

    number: str
    activity: tuple[Passage, ...]
    requirement: str
    time: str
    output: str
    remark: str


@dataclass(frozen=True, slots=True)
class SopPaper:
    """One SOP paper. `sections` are six (heading, clauses), left and right in turn."""

    imprint: Imprint
    letterhead: Letterhead
    sop: Sop
    number: str
    dates: tuple[tuple[str, str], ...]
    approver: Signature
    name: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    title: str
    subject: str
    roles: tuple[str, ...]
    rows: tuple[SopRow, ...]
    chart: Chart
    facts_json: str
    """The attached words of the SOP, with the paper's identity."""


def sop_paper(sop: Sop, *, imprint: Imprint, approver: Signature, head: Letterhead | None = None) -> SopPaper:
    """The paper of this SOP; PaperFailed when its flow cannot be drawn.

    `approver` is the holder of the role in `Disahkan Oleh`; `head` replaces the letterhead from sheet SOP (to add an
    emblem). What the sheet leaves blank stays blank (source: reports, section 1).
    """
    chart = flow_of(sop)
    title, subject = _headline(sop)
    closing = (
        () if len(chart.nodes) == len(sop.steps) else (SopRow("", (Passage("", CLOSING),), "", "", "", ""),)
    )
    return SopPaper(
        imprint=imprint,
        letterhead=head or letterhead(sop),
        sop=sop,
        number=wording.shortened(sop.first("Nomor SOP"), _VALUE),
        dates=tuple((label, wording.joined(wording.shortened(sop.first(label), _VALUE))) for label in _DATES),
        approver=approver,
        name=wording.shortened(sop.first("Nama SOP"), _VALUE).upper(),
        sections=tuple((label, _clauses(sop.identity.get(label, ()))) for label in _SECTIONS),
        title=title,
        subject=subject,
        roles=tuple(wording.shortened(role, _VALUE) for role in sop.roles),
        rows=(*(_row(step) for step in sop.steps), *closing),
        chart=chart,
        facts_json=_facts_json(sop, imprint),
    )


def _facts_json(sop: Sop, imprint: Imprint) -> str:
    document = {"paper": {"kind": "naskah sop", **identity(imprint)}, **sop_json(sop)}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _headline(sop: Sop) -> tuple[str, str]:
    """Both lines above the flow table: `STANDAR OPERASIONAL PROSEDUR`, and what of."""
    given = wording.shortened(sop.first("Judul Bagan") or sop.first("Nama SOP"), _VALUE)
    if fold(given).startswith(fold(_GENERIC)):
        given = given[len(_GENERIC) :].strip(" –-:")
    return _GENERIC.upper(), given.upper()


def _clauses(values: Sequence[str]) -> tuple[str, ...]:
    """The clauses of a section, closed by semicolons and a full stop when there are several."""
    given = [wording.shortened(value, _CLAUSE) for value in values if value.strip()]
    more = len(given) - _CLAUSES
    if more > 0:
        given = [*given[:_CLAUSES], f"dan {more} lainnya"]
    if len(given) < 2:
        return tuple(given)
    return tuple(
        text if text.endswith((";", ".", ":", ",")) else text + (";" if index < len(given) else ".")
        for index, text in enumerate(given, start=1)
    )


def _row(step: Step) -> SopRow:
    return SopRow(
        str(step.number),
        passages(_limited(step.activity)),
        wording.shortened(step.requirement, _CELL),
        wording.joined(wording.standard(step.standard)),
        wording.shortened(step.output, _CELL),
        wording.shortened(step.remark, _CELL),
    )


def _limited(text: str) -> str:
    """An activity keeps its line breaks unless it is too long."""
    return text if len(text) <= _ACTIVITY else wording.shortened(text, _ACTIVITY)
