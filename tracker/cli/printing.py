"""Commands that make papers: `report sop`, `card`, `monthly`, `semester`, `year`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from tracker.cli.delivering import Delivery, deliver_many, deliver_one
from tracker.cli.language import Group, Misused
from tracker.cli.options import (
    HALF,
    PAPER_FILE,
    PERIOD,
    OneOf,
    WholeNumber,
    argument,
    common,
    moment_or_clock,
    option,
    register_argument,
)
from tracker.cli.output import document, waiting
from tracker.desk import Month, Order, open_desk
from tracker.desk.orders import Form, Half, PaperKind

__all__ = ["report"]

Door = TypeVar("Door", bound=Callable[..., Any])

report = Group(name="report", help="Mencetak naskah dari register.", short_help="Mencetak naskah.")


def _paper_options(door: Door) -> Door:
    """What every paper takes."""
    options = (
        option(
            "--paper",
            type=OneOf("a4", "f4"),
            metavar="a4|f4",
            help="Ukuran kertas; tanpa ini menurut lembar SOP.",
        ),
        option("--no-archive", is_flag=True, help="Jangan catat di lembar Arsip dan jangan simpan salinan."),
        option(
            "--signed-by",
            default="",
            metavar="NAMA",
            help="Yang menandatangani, bila pemegang jabatannya beberapa.",
        ),
    )
    for one in reversed(options):
        door = one(door)
    return common(door)


def _output(door: Door) -> Door:
    return option(
        "-o",
        "--output",
        type=PAPER_FILE,
        metavar="BERKAS",
        help="Berkas .pdf yang dibuat; .xlsx untuk salinan kerja yang dapat disunting.",
    )(door)


def _folder(door: Door) -> Door:
    return option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        metavar="MAP",
        required=True,
        help="Map tempat berkas-berkas PDF.",
    )(door)


@report.command("monthly", short_help="Laporan kepatuhan bulanan.")
@register_argument
@option(
    "--period",
    type=PERIOD,
    metavar="BULAN",
    help="Bulan laporan, misalnya 2026-10; tanpa ini bulan berjalan.",
)
@_output
@_paper_options
def monthly(target: str, period: Month | None, output: Path | None, **options: Any) -> None:
    """Membuat laporan kepatuhan bulanan.

    Dengan --json angka-angkanya dicetak sebagai dokumen JSON; berkas lalu tidak wajib.
    """
    _one(target, "monthly", output, period=str(period or ""), **options)


@report.command("semester", short_help="Formulir monitoring semester.")
@register_argument
@option(
    "--period",
    type=HALF,
    metavar="SEMESTER",
    help="Semester, misalnya 2026-S2; tanpa ini semester berjalan.",
)
@_output
@_paper_options
def semester(target: str, period: Half | None, output: Path | None, **options: Any) -> None:
    """Membuat formulir monitoring SOP menurut PermenPAN-RB 35/2012.

    Faktanya terisi; penilaiannya ditulis tangan.
    """
    _one(target, "semester", output, period=str(period or ""), **options)


@report.command("sop", short_help="Naskah SOP dengan bagan alir.")
@register_argument
@_output
@_paper_options
def sop(target: str, output: Path | None, **options: Any) -> None:
    """Membuat naskah SOP: halaman identitas dan bagan alir, dari lembar SOP dan Langkah."""
    _one(target, "sop", output, **options)


@report.command("card", short_help="Kartu kendali konten.")
@register_argument
@argument("id_", "[ID]", "ID konten; tanpa ini pakai --all atau --period.", required=False)
@option("--all", "everything", is_flag=True, help="Kartu semua konten; -o lalu menyebut sebuah map.")
@option(
    "--period",
    type=PERIOD,
    metavar="BULAN",
    help="Kartu semua konten yang berjalan pada bulan itu; -o lalu menyebut sebuah map.",
)
@option("-o", "--output", type=click.Path(path_type=Path), metavar="BERKAS", help="Berkas .pdf atau .xlsx.")
@_paper_options
def card(
    target: str,
    id_: str | None,
    everything: bool,
    period: Month | None,
    output: Path | None,
    **options: Any,
) -> None:
    """Membuat kartu kendali satu konten, atau kartu banyak konten dalam sebuah map."""
    context = click.get_current_context()
    is_many = everything or period is not None
    if is_many == (id_ is not None):
        raise Misused("Sebut satu ID, atau pakai --all atau --period.", ctx=context)
    if not is_many:
        file = None if output is None else PAPER_FILE.convert(output, _parameter(context, "output"), context)
        _one(target, "card", file, item=id_ or "", **options)
        return
    if output is None:
        raise Misused("Opsi -o belum diisi.", ctx=context)
    _many(target, output, None if period is None else (period, period), options, has_months=False)


@report.command("year", short_help="Buku tahunan: semua laporan bulanan dan kartu.")
@register_argument
@option(
    "--period",
    "year_",
    type=WholeNumber(2000, 2099),
    metavar="TAHUN",
    help="Tahun, misalnya 2026; tanpa ini tahun berjalan.",
)
@_folder
@_paper_options
def year(target: str, year_: int | None, output: Path, **options: Any) -> None:
    """Membuat laporan tiap bulan dalam setahun dan kartu tiap konten yang berjalan pada tahun itu."""
    at = moment_or_clock(options["now"])
    chosen = year_ or open_desk(target).read().aware(at).year
    _many(target, output, (Month(chosen, 1), Month(chosen, 12)), options | {"now": at}, has_months=True)


def _parameter(context: click.Context, name: str) -> click.Parameter:
    return next(one for one in context.command.params if one.name == name)


def _one(
    target: str, kind: PaperKind, output: Path | None, *, period: str = "", item: str = "", **options: Any
) -> None:
    as_json: bool = options["as_json"]
    now: datetime = moment_or_clock(options["now"])
    if output is None and not as_json:
        raise Misused("Opsi -o belum diisi.", ctx=click.get_current_context())
    form: Form = "xlsx" if output is not None and output.suffix.lower() == ".xlsx" else "pdf"
    order = Order(
        kind, period=period, item=item, paper=options["paper"], form=form, signed_by=options["signed_by"]
    )  # fmt: skip
    desk = open_desk(target)
    if output is None:
        with waiting("Membaca register …"):
            facts = desk.paper_json(order, now=now)
        document(facts)
        return
    deliver_one(desk, target, order, Delivery(output, now, as_json, is_archived=not options["no_archive"]))


def _many(
    target: str,
    folder: Path,
    months: tuple[Month, Month] | None,
    options: dict[str, Any],
    *,
    has_months: bool,
) -> None:
    now: datetime = moment_or_clock(options["now"])
    common_order = Order("card", paper=options["paper"], signed_by=options["signed_by"])
    delivery = Delivery(folder, now, options["as_json"], is_archived=not options["no_archive"])
    desk = open_desk(target)
    with waiting("Membaca register …"):
        orders = desk.orders(common_order, months, now=now, has_months=has_months)
    deliver_many(desk, orders, delivery)
