"""Commands that make papers: `report monthly`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from tracker.cli.files import must_be_writable, write_file
from tracker.cli.language import Group, Misused
from tracker.cli.options import (
    PDF,
    PERIOD,
    OneOf,
    common,
    moment_or_clock,
    option,
    register_argument,
)
from tracker.cli.output import data, document, talk, waiting
from tracker.desk import Month, Report, open_desk

__all__ = ["report"]

report = Group(name="report", help="Mencetak laporan dari register.", short_help="Mencetak laporan.")


@report.command("monthly", short_help="Laporan kepatuhan bulanan.")
@register_argument
@option(
    "--period",
    type=PERIOD,
    metavar="BULAN",
    help="Bulan laporan, misalnya 2026-10; tanpa ini bulan berjalan.",
)
@option("-o", "--output", type=PDF, metavar="BERKAS", help="Berkas PDF yang dibuat.")
@option(
    "--paper", type=OneOf("a4", "f4"), metavar="a4|f4", help="Ukuran kertas; tanpa ini menurut lembar SOP."
)
@option("--no-archive", is_flag=True, help="Jangan catat di lembar Arsip.")
@option(
    "--signed-by", default="", metavar="NAMA", help="Yang menandatangani, bila pemegang jabatannya beberapa."
)
@common
def monthly(  # noqa: PLR0913 - one parameter for each option
    target: str,
    period: Month | None,
    output: Path | None,
    paper: str | None,
    no_archive: bool,
    signed_by: str,
    as_json: bool,
    now: datetime | None,
) -> None:
    """Membuat laporan kepatuhan bulanan sebagai PDF.

    Dengan --json angka-angkanya dicetak sebagai dokumen JSON; berkas PDF lalu tidak wajib.
    """
    if output is None and not as_json:
        raise Misused("Opsi -o belum diisi.", ctx=click.get_current_context())
    desk, at = open_desk(target), moment_or_clock(now)
    if output is None:
        with waiting("Membaca register …"):
            figures = desk.monthly_json(period, now=at)
        document(figures)
        return
    must_be_writable(output)  # before the paper gets a number and a row in Arsip
    with waiting("Menyusun laporan …"):
        made = desk.monthly_report(period, now=at, paper=paper, signed_by=signed_by, archive=not no_archive)
        write_file(output, made.pdf)
    _tell(made, output, as_json=as_json)


def _tell(made: Report, output: Path, *, as_json: bool) -> None:
    for warning in made.warnings:
        talk(f"Perhatian: {warning}")
    if made.archived is not None:
        talk(f"Nomor {made.number}; salinan arsip: {made.archived}")
    if as_json:
        document(made.json)
    else:
        data(str(output))
