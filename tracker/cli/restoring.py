"""The command `restore`: the versions kept beside a register, and putting one back."""

from __future__ import annotations

from datetime import datetime

import click

from tracker.cli.language import Command, Misused
from tracker.cli.options import WholeNumber, argument, common, option, register_argument
from tracker.cli.output import Table, data, document, show_table, talk, waiting
from tracker.desk.backups import Kept, keep_version, kept_versions, restore_version
from tracker.views import wording

__all__ = ["restore"]


@click.command(cls=Command, short_help="Memulihkan versi sebelumnya.")
@register_argument
@argument(
    "number", "[VERSI]", "Nomor versi; tanpa ini versinya didaftar.", type=WholeNumber(1, 999_999), required=False
)  # fmt: skip
@option(
    "--keep",
    is_flag=True,
    help="Simpan keadaan sekarang sebagai versi terbaru; lembar kosong dianggap disengaja.",
)
@common
def restore(target: str, number: int | None, keep: bool, as_json: bool, now: datetime | None) -> None:  # noqa: ARG001 - --now is common
    """Mendaftar versi register yang disimpan sebelum setiap penulisan, atau memulihkan salah satunya.

    Keadaan sebelum dipulihkan disimpan lebih dulu sebagai versi terbaru, jadi pemulihan pun dapat dibatalkan.
    """
    if number is not None and keep:
        raise Misused("Pilih salah satu: VERSI atau --keep.", ctx=click.get_current_context())
    if number is None and not keep:
        _list(target, as_json=as_json)
        return
    with waiting("Memulihkan register …" if number is not None else "Menyimpan versi …"):
        done = restore_version(target, number) if number is not None else keep_version(target)
    if as_json:
        document({"register": target, ("restored" if number is not None else "kept"): _document(done)})
    elif number is not None:
        talk("Keadaan sebelum ini disimpan sebagai versi terbaru.")
        data(f"{target} dipulihkan ke versi {done.number}, {_when(done)}.")
    else:
        data(f"Keadaan sekarang disimpan sebagai versi {done.number}.")


def _list(target: str, *, as_json: bool) -> None:
    with waiting("Membaca cadangan …"):
        found = kept_versions(target)
    if as_json:
        document({"register": target, "versions": [_document(one) for one in found]})
    elif not found:
        talk("Belum ada versi yang disimpan; versi disimpan sebelum setiap penulisan.")
    else:
        rows = [(str(one.number), _when(one), _size(one.size)) for one in found]
        show_table(Table(("Versi", "Keadaan per", "Ukuran"), rows))
        talk("Pulihkan dengan: python -m tracker restore REGISTER VERSI")


def _document(one: Kept) -> dict[str, object]:
    return {
        "version": one.number,
        "saved_at": one.saved_at.isoformat(timespec="seconds"),
        "bytes": one.size,
        "file": str(one.path),
    }


def _when(one: Kept) -> str:
    return wording.screen_moment(one.saved_minutes)


def _size(size: int) -> str:
    return f"{wording.number(max(1, round(size / 1024)))} kB"
