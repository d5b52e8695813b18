"""Commands that write into the register: `add`, `record` and `cancel`.

With `--json` a refusal is a document too, so that a program need not read sentences:
`{"error": {"sentence", "remedy", "findings": [...]}}` with findings as in `check --json` (places are null for
the row that was not written). The sentence is on stderr as always, and the exit code is 1.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

import click

from tracker.cli.language import Command
from tracker.cli.options import (
    OneOf,
    WholeNumber,
    argument,
    common,
    moment_or_clock,
    option,
    register_argument,
)
from tracker.cli.output import cleaned, data, document, talk, waiting
from tracker.desk import AddItem, CancelItem, Desk, RecordEvent, Written, open_desk
from tracker.errors import ChangeRefused
from tracker.views.status import finding_document

__all__ = ["add", "cancel", "record"]

_LAST_ROW: Final = 1_048_576
"""The last row a sheet can have; the rules judge a planned row as one that stands below."""


@click.command(cls=Command, short_help="Menambah konten baru.")
@register_argument
@option("--title", required=True, metavar="JUDUL", help="Judul konten.")
@option("--id", "id_", metavar="ID", help="ID konten; tanpa ini dipakai nomor kosong berikutnya.")
@option("--channel", default="", metavar="KANAL", help="Kanal media sosial.")
@option("--kind", default="", metavar="JENIS", help="Jenis konten.")
@option("--target", "target_on", metavar="TANGGAL", help="Target tayang, misalnya 17/8/2026.")
@option("--by", metavar="NAMA", help="Sekaligus catat langkah pertama (disposisi) oleh orang ini.")
@common
def add(  # noqa: PLR0913 - one parameter for each option
    target: str,
    title: str,
    id_: str | None,
    channel: str,
    kind: str,
    target_on: str | None,
    by: str | None,
    as_json: bool,
    now: datetime | None,
) -> None:
    """Menambah satu konten ke lembar Register dan mencetak ID-nya.

    Bila ditolak dengan --json, penolakannya dicetak sebagai {"error": {"sentence", "remedy", "findings"}}.
    """
    command = AddItem(title, id=id_, channel=channel, kind=kind, target_on=target_on, by=by)
    written = _write(target, lambda desk: desk.add(command, now=moment_or_clock(now)), as_json=as_json)
    if not as_json:
        talk(f"Ditulis di lembar {written.sheet} baris {written.row}.")
        data(cleaned(written.id))


@click.command(cls=Command, short_help="Mencatat pelaksanaan sebuah langkah.")
@register_argument
@argument("id_", "ID", "ID konten.")
@argument("step", "LANGKAH", "Nomor langkah SOP.", type=WholeNumber(1, 999))
@option("--by", required=True, metavar="NAMA", help="Yang mengerjakan.")
@option("--start", metavar="WAKTU", help="Kapan mulai; tanpa --finish, langkahnya masih dikerjakan.")
@option("--finish", metavar="WAKTU", help="Kapan selesai; tanpa --start dan --finish: sekarang.")
@option(
    "--outcome", type=OneOf("ya", "tidak"), metavar="ya|tidak", help="Hasil, hanya pada langkah keputusan."
)
@option("--note", default="", metavar="TEKS", help="Catatan; wajib berisi alasan bila hasilnya tidak.")
@option("--evidence", default="", metavar="TEKS", help="Bukti: nama berkas atau tautan.")
@option("--link", metavar="URL", help="Tautan kiriman, ditambahkan ke Tautan di lembar Register.")
@option("--force", is_flag=True, help="Tulis walaupun ada temuan urutan atau pelaksana; disebut di Catatan.")
@common
def record(  # noqa: PLR0913 - one parameter for each option
    target: str,
    id_: str,
    step: int,
    by: str,
    start: str | None,
    finish: str | None,
    outcome: str | None,
    note: str,
    evidence: str,
    link: str | None,
    force: bool,
    as_json: bool,
    now: datetime | None,
) -> None:
    """Mencatat pelaksanaan sebuah langkah, atau menyelesaikan langkah yang masih terbuka.

    Keterlambatan dicatat, tidak ditolak. Yang melanggar urutan, peran, atau waktu ditolak dengan kode
    temuannya. Bila ditolak dengan --json, penolakannya dicetak sebagai
    {"error": {"sentence", "remedy", "findings"}}.
    """
    command = RecordEvent(
        id_,
        step,
        by=by,
        start=start,
        finish=finish,
        outcome=outcome,
        note=note,
        evidence=evidence,
        link=link,
        force=force,
    )
    written = _write(target, lambda desk: desk.record(command, now=moment_or_clock(now)), as_json=as_json)
    _show(written, as_json=as_json)


@click.command(cls=Command, short_help="Membatalkan sebuah konten.")
@register_argument
@argument("id_", "ID", "ID konten.")
@option("--reason", required=True, metavar="TEKS", help="Alasan; ditulis ke Catatan di lembar Register.")
@common
def cancel(target: str, id_: str, reason: str, as_json: bool, now: datetime | None) -> None:
    """Mengisi Dibatalkan dengan tanggal hari ini; sejak tanggal itu konten tidak dihitung."""
    command = CancelItem(id_, reason)
    written = _write(target, lambda desk: desk.cancel(command, now=moment_or_clock(now)), as_json=as_json)
    _show(written, as_json=as_json)


def _show(written: Written, *, as_json: bool) -> None:
    if not as_json:
        data(f"Ditulis di lembar {written.sheet} baris {written.row}:")
        width = max((len(heading) for heading in written.written), default=0)
        for heading, value in written.written.items():
            data(f"  {heading:<{width}}  {cleaned(str(value))}")


def _write(target: str, change: Callable[[Desk], Written], *, as_json: bool) -> Written:
    """Make the change; a refusal becomes a document when JSON was asked for."""
    try:
        with waiting("Menulis ke register …"):
            written = change(open_desk(target))
    except ChangeRefused as refused:
        if as_json:
            document({"error": _refusal(refused)})
        raise
    for warning in written.warnings:
        talk(f"Perhatian: {warning}")
    if as_json:
        document(
            {"sheet": written.sheet, "row": written.row, "id": written.id, "written": written.written}
            | {"warnings": list(written.warnings)}
        )
    return written


def _refusal(refused: ChangeRefused) -> dict[str, object]:
    return {
        "sentence": refused.sentence,
        "remedy": refused.remedy,
        "findings": [_planned(finding_document(one)) for one in refused.findings],
    }


def _planned(found: dict[str, object]) -> dict[str, object]:
    """The finding without a place, when it is about the row that was not written."""
    row = found["row"]
    if isinstance(row, int) and row > _LAST_ROW:
        return found | {"row": None, "cell": None, "raw": None}
    return found
