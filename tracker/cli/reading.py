"""Commands that only read: `check`, `explain`, `status`, `share`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Final

import click

from tracker.cli import listings
from tracker.cli.language import Command
from tracker.cli.options import argument, common, moment_or_clock, register_argument
from tracker.cli.output import Table, cleaned, data, document, show_table, waiting
from tracker.desk import open_desk
from tracker.errors import TrackerError, WrongUsage
from tracker.findings import CODES, Code, Finding, Severity
from tracker.folding import nearest
from tracker.sop.verdicts import Evaluation
from tracker.views import status as views
from tracker.views import wording
from tracker.views.sharing import shared

__all__ = ["check", "explain", "share", "status"]

_PLACEHOLDER: Final = re.compile(r"\{[^}]*\}")


class UnknownItem(TrackerError):
    """An ID that the register does not have."""

    exit_code = 1


class NothingToShare(TrackerError):
    """An item that has no link yet."""

    exit_code = 1


def evaluated(target: str, now: datetime | None) -> Evaluation:
    """The register at `target`, read and judged at `now` (None: the clock)."""
    with waiting("Membaca register …"):
        return open_desk(target).evaluate(moment_or_clock(now))


# -- check


@click.command(cls=Command, short_help="Memeriksa register.")
@register_argument
@common
def check(target: str, as_json: bool, now: datetime | None) -> int:
    """Memeriksa register dan menampilkan semua temuan menurut lembar.

    Kode keluar 1 bila ada temuan bertingkat galat.
    """
    evaluation = evaluated(target, now)
    if as_json:
        document(views.check_document(evaluation, target))
    else:
        _show_findings(evaluation.findings)
        data(_summary(evaluation))
    return 1 if views.severity_counts(evaluation.findings)[Severity.GALAT.value] else 0


def _show_findings(findings: Iterable[Finding]) -> None:
    for sheet, group in groupby(findings, key=lambda one: one.place.sheet or "Buku kerja"):
        headings = ("Sel", "Tingkat", "Kode", "ID", "Temuan")
        show_table(Table(headings, [_finding_row(one) for one in group], title=f"Lembar {sheet}"))
        data()


def _finding_row(one: Finding) -> tuple[str, ...]:
    place = one.place.cell or (f"baris {one.place.row}" if one.place.row else "–")
    return place, one.severity.value, one.code, one.id or "–", f"{_seen(one)}{one.message} {one.remedy}"


def _seen(one: Finding) -> str:
    """What stands in the cell, before a finding on how it was read, unless the sentence says so itself."""
    if not one.raw or not one.code.startswith("D4") or one.raw in one.message:
        return ""
    return f"“{wording.shortened(cleaned(one.raw), 60)}”: "


def _summary(evaluation: Evaluation) -> str:
    counts = ", ".join(
        f"{wording.number(count)} {level}"
        for level, count in views.severity_counts(evaluation.findings).items()
    )
    read = evaluation.register.rows_read
    rows = wording.listing(
        [f"{wording.number(read.get(sheet, 0))} baris {sheet}" for sheet in ("Register", "Riwayat")]
    )
    return f"{counts}; {rows} dibaca."


# -- explain


@click.command(cls=Command, short_help="Menjelaskan sebuah kode temuan.")
@argument("code", "KODE", "Kode temuan, misalnya U101.")
@common
def explain(code: str, as_json: bool, now: datetime | None) -> None:  # noqa: ARG001 - every command takes --now
    """Menjelaskan arti sebuah kode temuan dan cara membetulkannya."""
    declared = CODES.get(code.strip().upper())
    if declared is None:
        raise _unknown_code(code)
    if as_json:
        document(dict(_explained(declared)) | {"severity": _severities(declared)[0]})
        return
    data(f"{declared.code}  {declared.title}  ({' atau '.join(_severities(declared))})")
    words = {"meaning": "Arti", "example": "Contoh", "why": "Mengapa penting", "remedy": "Cara membetulkan"}
    for name, text in _explained(declared):
        if name in words:
            data()
            data(words[name])
            data(f"  {text}")


def _explained(declared: Code) -> Iterator[tuple[str, str]]:
    """The texts of a declaration; what a finding would fill in is an ellipsis."""
    yield "code", declared.code
    for name in ("title", "meaning", "example", "why", "remedy"):
        yield name, _PLACEHOLDER.sub("…", getattr(declared, name))


def _severities(declared: Code) -> list[str]:
    return [declared.severity.value, *([declared.softer.value] if declared.softer else [])]


def _unknown_code(code: str) -> WrongUsage:
    typed = code.strip().upper()[:20]
    same = [one for one in CODES if one[:2] == typed[:2]]
    near = nearest(typed, CODES)
    offered = list(dict.fromkeys([*([near] if near else []), *same]))[:5] or list(CODES)[:5]
    return WrongUsage(f"Kode {typed} tidak dikenal.", f"Yang paling dekat: {', '.join(offered)}.")


# -- status


@click.command(cls=Command, short_help="Posisi konten yang sedang berjalan.")
@register_argument
@argument("id_", "[ID]", "Satu konten: seluruh jalannya.", required=False)
@common
def status(target: str, id_: str | None, as_json: bool, now: datetime | None) -> None:
    """Menampilkan konten yang sedang berjalan, yang paling mendesak lebih dulu.

    Dengan ID: seluruh jalan satu konten. Dengan --json: semua konten, dalam keempat keadaannya.
    """
    evaluation = evaluated(target, now)
    if id_ is None:
        document(views.status_document(evaluation)) if as_json else _show_running(evaluation)
        return
    item = views.item_index(evaluation, id_)
    if item is None:
        raise _unknown_item(evaluation, id_)
    document(views.path_document(evaluation, item)) if as_json else _show_path(evaluation, item)


@click.command(cls=Command, short_help="Membagikan tautan konten.")
@register_argument
@argument("id_", "ID", "ID konten.")
@common
def share(target: str, id_: str, as_json: bool, now: datetime | None) -> None:
    """Mencetak teks dan tautan wa.me untuk membagikan tautan kiriman ke grup WhatsApp."""
    evaluation = evaluated(target, now)
    item = views.item_index(evaluation, id_)
    if item is None:
        raise _unknown_item(evaluation, id_)
    handed = shared(evaluation, item)
    if not handed.links:
        raise NothingToShare(
            f"{handed.id} belum mempunyai tautan.", "Isi Tautan di lembar Register lebih dulu."
        )
    if as_json:
        document({"id": handed.id, "text": handed.text, "links": list(handed.links), "url": handed.url})
        return
    data(cleaned(handed.text))
    data(handed.url)


def _unknown_item(evaluation: Evaluation, id_: str) -> UnknownItem:
    near = nearest(id_, [str(one) for one in evaluation.register.items.id])
    return UnknownItem(
        f"ID {id_} tidak ada di lembar Register.",
        f"Mungkin maksud Anda {near}." if near else "Periksa ID pada lembar Register.",
    )


def _show_running(evaluation: Evaluation) -> None:
    rows = [
        (one.id, wording.shortened(one.title, 60), one.step, one.role, one.since, one.deadline, one.condition)
        for one in listings.running_rows(evaluation)
    ]
    if rows:
        show_table(Table(("ID", "Judul", "Langkah", "Pelaksana", "Sejak", "Tenggat", "Keadaan"), rows))
        data()
    counts = [
        f"{wording.number(count)} {state}" for state, count in listings.state_counts(evaluation).items()
    ]
    data(f"{', '.join(counts)}.")


def _show_path(evaluation: Evaluation, item: int) -> None:
    show_table(Table(("Hal", "Isi"), listings.path_facts(evaluation, item)))
    data()
    rows = listings.path_rows(evaluation, item)
    if rows:
        show_table(Table(listings.PATH_HEADINGS, rows))
        data()
    _show_findings(evaluation.findings_of(item))
    codes = views.codes_by_item(evaluation)[item]
    data(f"Temuan: {', '.join(codes) if codes else 'tidak ada'}.")
