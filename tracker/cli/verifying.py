"""`verify`: whether a printed paper and a register belong together; it creates nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from tracker.cli.language import Command, Misused
from tracker.cli.options import argument, common, option
from tracker.cli.output import cleaned, data, document, waiting
from tracker.desk import Reading, open_desk
from tracker.desk.verifying import Verification, typed_code, verified, verified_by_code
from tracker.errors import TrackerError, reason_of
from tracker.views import wording

__all__ = ["verify"]

_LARGEST: Final = 100_000_001
"""One byte more than is ever read as a paper."""


@click.command(cls=Command, short_help="Mencocokkan naskah cetak dengan register.")
@argument("file", "BERKAS", "Berkas PDF naskah; dengan --code langsung REGISTER.")
@argument("register", "[REGISTER]", "Register tempat naskah itu dicetak.", required=False)
@option("--code", metavar="KODE", help="Kode dari naskah cetak: sidik pada kaki halaman, atau teks kode QR.")
@option("--number", default="", metavar="NOMOR", help="Nomor naskah cetak, bersama --code.")
@common
def verify(
    file: str,
    register: str | None,
    code: str | None,
    number: str,
    as_json: bool,
    now: datetime | None,  # noqa: ARG001 - every command takes --now
) -> int:
    """Memeriksa apakah naskah dan register masih sama dengan saat dicetak.

    Kode keluar 0 bila semua yang dibandingkan sama, 1 bila ada yang berbeda, 4 bila tidak terbaca.
    """
    context = click.get_current_context()
    if code is None and number:
        raise Misused("Opsi --number dipakai bersama --code.", ctx=context)
    if code is not None:
        if register is not None:
            raise Misused("Dengan --code sebut registernya saja, tanpa berkas PDF.", ctx=context)
        typed = typed_code(code, number.strip())
        found = verified_by_code(typed, _read(file))
    else:
        content = _content(Path(file))
        found = verified(content, None if register is None else _read(register), name=register or "")
    document(_document(found)) if as_json else _tell(found)
    return 0 if found.agrees else 1


def _read(register: str) -> Reading:
    with waiting("Membaca register …"):
        return open_desk(register).read()


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST)
    except FileNotFoundError as error:
        raise TrackerError(f"Berkas {path} tidak ada.", "Periksa nama dan foldernya.") from error
    except OSError as error:
        raise TrackerError(f"Berkas {path} tidak dapat dibaca: {reason_of(error)}.") from error
    except ValueError as error:  # a NUL in the name
        raise TrackerError(f"Nama berkas {str(path)!r} tidak dapat dipakai.") from error


def _document(found: Verification) -> dict[str, object]:
    return {
        "kind": found.kind or None,
        "number": found.number or None,
        "period": found.period or None,
        "register_name": found.register_name or None,
        "printed_at": found.printed_at or None,
        "sidik_register": found.register_hash or None,
        "document": found.document,
        "register": found.register,
        "figures": found.figures,
        "filed": found.filed,
        "agrees": found.agrees,
        "messages": list(_sentences(found)),
    }


def _tell(found: Verification) -> None:
    named = " ".join(part for part in (found.kind, f"Nomor {found.number}" if found.number else "") if part)
    about = [named or "Naskah", *([found.period] if found.period and found.period != found.number else [])]
    if found.printed_at:
        about.append(f"dicetak {_spoken(found.printed_at)}")
    if found.register_name:
        about.append(f"dari {found.register_name}")
    data(cleaned(", ".join(about)) + ".")
    for sentence in _sentences(found):
        data(sentence)


def _spoken(printed_at: str) -> str:
    """As papers write it; what is no moment is shown as it stands in the file."""
    try:
        at = datetime.fromisoformat(printed_at)
    except ValueError:
        return printed_at[:40]
    return f"{wording.long_date(at.date())} pukul {at:%H.%M}"


def _sentences(found: Verification) -> Iterator[str]:
    if found.document != "unknown":
        yield {
            "same": "Berkas: utuh, sama dengan saat dicetak.",
            "differs": "Berkas: BERBEDA – isinya telah diubah sesudah dicetak.",
        }[found.document]
    if found.register == "same":
        yield "Register: sama dengan saat naskah dicetak."
    elif found.register == "differs":
        yield "Register: BERBEDA – isinya bukan lagi isi saat naskah dicetak, atau ini register lain."
        yield {
            "same": "Angka: masih sama bila register dihitung per saat cetak.",
            "differs": "Angka: berbeda bila register dihitung per saat cetak.",
            "unknown": "Angka: tidak dapat dibandingkan tanpa berkas PDF naskahnya.",
        }[found.figures]
    elif not found.register_hash:
        yield "Register: tidak dapat dibandingkan, karena sidiknya tidak terbaca dari berkas ini."
    else:
        yield "Register: tidak diperiksa; sebut registernya untuk membandingkan."
    if found.filed == "same":
        yield "Arsip: tercatat di lembar Arsip."
    elif found.filed == "differs":
        yield "Arsip: BERBEDA – lembar Arsip mencatat berkas lain untuk cetakan ini."
    elif found.register != "unknown":
        yield "Arsip: tidak tercatat di lembar Arsip."
