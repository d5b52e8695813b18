"""Handing papers over: written out first, then filed, then put in place; so no number is spent on a full disk."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from tracker.cli.files import must_be_makeable, must_be_writable
from tracker.cli.output import data, document, talk, waiting
from tracker.cli.progress import progressing
from tracker.cli.staging import Stage, staged
from tracker.desk import Desk, Order, Report
from tracker.errors import AlreadyExists, TrackerError, WrongUsage

_MOST_WORKERS: Final = 4
"""Each takes some 200 MB."""

__all__ = ["Delivery", "deliver_many", "deliver_one"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where papers go, and how they are spoken of."""

    output: Path
    """A file, or a folder for many papers."""
    now: datetime
    as_json: bool
    is_archived: bool


def deliver_one(desk: Desk, target: str, order: Order, delivery: Delivery) -> None:
    """One paper as the file that was asked for. TrackerError when it cannot be written; then nothing is filed."""
    output = delivery.output
    _refuse_register(output, target)
    must_be_writable(output)
    if order.form == "xlsx" and output.exists():  # somebody may have worked on it
        raise AlreadyExists(f"{output} sudah ada dan tidak ditimpa.", "Pilih nama lain.")
    with staged(output.parent) as stage:
        with waiting("Menyusun naskah …"):
            made = _made(desk, order, delivery, stage)
        _commit(stage, [made])
    _tell(made, output, as_json=delivery.as_json)


def _refuse_register(output: Path, target: str) -> None:
    """The output must not be the register itself, however either is written."""
    register = Path(target)
    is_same = output.exists() and register.exists() and output.samefile(register)
    if is_same or os.path.normcase(output.absolute()) == os.path.normcase(register.absolute()):
        raise WrongUsage(f"{output} adalah registernya sendiri.", "Pilih nama berkas lain untuk naskahnya.")


def _made(desk: Desk, order: Order, delivery: Delivery, stage: Stage) -> Report:
    if delivery.is_archived and order.is_for_archive:
        return desk.file(
            order, now=delivery.now, deliver=lambda one: stage.put(delivery.output.name, one.content)
        )
    made = desk.preview(order, now=delivery.now)
    stage.put(delivery.output.name, made.content)
    return made


def deliver_many(desk: Desk, orders: Sequence[Order], delivery: Delivery) -> None:
    """All papers into a folder, filed together or not at all."""
    folder = delivery.output
    if folder.exists() and not folder.is_dir():
        raise WrongUsage(f"{folder} bukan map.", "Sebut sebuah map, atau nama map yang belum ada.")
    must_be_makeable(folder / "naskah.pdf")
    with staged(folder) as stage:
        with progressing("Menyusun naskah", len(orders)) as advance:

            def put(made: Report) -> None:
                stage.put(made.file_name, made.content)
                advance()

            make = desk.file_all if delivery.is_archived else desk.preview_all
            made = make(
                orders, now=delivery.now, deliver=put, workers=min(os.cpu_count() or 1, _MOST_WORKERS)
            )
        _commit(stage, made)
    _tell_many(made, folder, as_json=delivery.as_json)


def _commit(stage: Stage, made: Sequence[Report]) -> None:
    try:
        stage.commit()
    except TrackerError as error:
        if not any(one.is_filed for one in made):
            raise
        kept = next((one.archived for one in made if one.archived), None)
        where = f" Salinannya ada di {kept.parent}." if kept else ""
        raise TrackerError(
            f"Naskah sudah tercatat di lembar Arsip.{where} Tetapi {_lowered(error.sentence)}", error.remedy
        ) from error


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _tell(made: Report, output: Path, *, as_json: bool) -> None:
    _warn(made.warnings)
    if made.is_filed:
        again = f" (cetak ulang ke-{made.reprint}, isi tidak berubah)" if made.reprint else ""
        copy = f"; salinan arsip: {made.archived}" if made.archived else ""
        talk(f"Nomor {made.number}{again}{copy}" if made.number else f"Tercatat di lembar Arsip{again}{copy}")
    if as_json:
        document(made.json)
    else:
        data(str(output))


def _tell_many(made: Sequence[Report], folder: Path, *, as_json: bool) -> None:
    _warn(tuple(dict.fromkeys(said for one in made for said in one.warnings)))
    if as_json:
        document({"folder": str(folder), "papers": [_listed(one, folder) for one in made]})
        return
    for one in made:
        data(str(folder / one.file_name))
    kept = sum(one.is_filed for one in made)
    talk(f"{len(made)} naskah dibuat, {kept} tercatat di lembar Arsip.")


def _warn(warnings: Sequence[str]) -> None:
    for warning in warnings:
        talk(f"Perhatian: {warning}")


def _listed(made: Report, folder: Path) -> dict[str, object]:
    return {
        "file": str(folder / made.file_name),
        "kind": made.kind,
        "period": made.period,
        "number": made.number or None,
        "reprint": made.reprint,
        "archived": str(made.archived) if made.archived else None,
    }
