"""Commands that make workbooks: `init` and `template`."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Final

import click

import tracker
from tracker.cli.files import must_be_makeable, must_be_writable, write_file
from tracker.cli.language import Command, Misused
from tracker.cli.options import WholeNumber, argument, common, moment_or_clock, option
from tracker.cli.output import data, document, talk, waiting
from tracker.desk import is_google, new_register, open_desk, template_bytes
from tracker.errors import AlreadyExists, TrackerError

__all__ = ["TEMPLATE", "init", "template"]

TEMPLATE: Final = Path(tracker.__file__).parent.parent / "templates" / "sop_register.xlsx"
"""The committed template, which `template` regenerates when no other file is named."""


@click.command(cls=Command, short_help="Membuat register baru.")
@argument(
    "target", "BERKAS", "Register yang dibuat: register.xlsx, atau gsheet:ID yang lembarnya masih kosong."
)
@option("--demo", is_flag=True, help="Isi dengan contoh: konten rekaan selama 12 bulan terakhir.")
@option(
    "--seed", type=WholeNumber(0, 999_999_999), default=1, metavar="ANGKA", help="Ragam contoh; bawaannya 1."
)
@common
def init(target: str, demo: bool, seed: int, as_json: bool, now: datetime | None) -> None:
    """Membuat register baru dari templat; berkas yang sudah ada tidak ditimpa."""
    if not is_google(target):
        _must_be_free(Path(target))
    with waiting("Menyusun register …"):
        new_register(target, now=moment_or_clock(now), demo=demo, seed=seed)
    if as_json:
        document({"register": target, "demo": demo, "seed": seed if demo else None})
        return
    talk("Register contoh dibuat; semua nama di dalamnya rekaan." if demo else "Register kosong dibuat.")
    data(target)


def _must_be_free(path: Path) -> None:
    """Refuse, before any work is done, a name that no register can be made under."""
    if path.suffix.lower() != ".xlsx":
        raise Misused(
            f"Nama register harus berakhiran .xlsx, bukan {path.name}.", ctx=click.get_current_context()
        )
    if os.path.lexists(path):
        raise AlreadyExists(
            f"{path} sudah ada dan tidak ditimpa.", "Pilih nama lain, atau pindahkan berkas itu."
        )
    must_be_makeable(path)


@click.command(cls=Command, short_help="Menulis ulang templat register.")
@option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="BERKAS",
    help="Berkas tujuan; bawaannya templates/sop_register.xlsx.",
)  # fmt: skip
@common
def template(output: Path | None, as_json: bool, now: datetime | None) -> None:  # noqa: ARG001 - --now is common
    """Menulis ulang templat register dari skemanya.

    Register yang sudah berisi tidak pernah ditimpa.
    """
    path = output or TEMPLATE
    if path.suffix.lower() != ".xlsx":
        raise Misused(
            f"Nama templat harus berakhiran .xlsx, bukan {path.name}.", ctx=click.get_current_context()
        )
    must_be_writable(path)
    _refuse_to_lose(path)
    content = template_bytes()
    write_file(path, content)
    document({"template": str(path), "bytes": len(content)}) if as_json else data(str(path))


def _refuse_to_lose(path: Path) -> None:
    """AlreadyExists unless what is at `path` is an empty register: the only thing a template may replace."""
    if not path.exists():
        return
    try:
        register = open_desk(path).read().register
        is_empty = register.is_writable and not len(register.items) and not len(register.events)
    except TrackerError:
        is_empty = False
    if not is_empty:
        raise AlreadyExists(
            f"{path} sudah ada dan bukan templat kosong, jadi tidak ditimpa.", "Pilih nama lain."
        )
