"""The command `doctor`: what is installed, and whether a register can be read and written."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Final

import click

import tracker
from tracker.cli.language import Command
from tracker.cli.options import argument, common
from tracker.cli.output import Table, document, show_table
from tracker.cli.registers import TEMPLATE
from tracker.desk import is_google, open_desk, template_bytes
from tracker.desk.google import reached
from tracker.errors import TrackerError
from tracker.register.excel.surroundings import Surroundings
from tracker.views.papers.coverage import FONTS

__all__ = ["doctor"]

GOOD: Final = "baik"
ATTENTION: Final = "perhatian"
BAD: Final = "masalah"
_REQUIREMENTS: Final = Path(tracker.__file__).parent.parent / "requirements.txt"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    state: str
    detail: str


@click.command(cls=Command, short_help="Memeriksa pemasangan.")
@argument("target", "[REGISTER]", "Register yang ikut diperiksa.", required=False)
@common
def doctor(target: str | None, as_json: bool, now: datetime | None) -> int:  # noqa: ARG001 - --now is common
    """Memeriksa pemasangan: Python, pustaka, huruf, templat; dan sebuah register bila disebut.

    Kode keluar 4 bila ada masalah; “perhatian” tidak menggagalkan.
    """
    checks = [*_installation(), *(_register(target) if target is not None else ())]
    if as_json:
        document({"register": target, "checks": [asdict(one) for one in checks]})
    else:
        show_table(
            Table(("Hal", "Keadaan", "Keterangan"), [(one.name, one.state, one.detail) for one in checks])
        )
    return TrackerError.exit_code if any(one.state == BAD for one in checks) else 0


def _installation() -> Iterator[Check]:
    version = platform.python_version()
    is_new = tuple(int(part) for part in platform.python_version_tuple()[:2]) >= (3, 11)
    yield Check(
        "Python", GOOD if is_new else BAD, version if is_new else f"{version}; perlu 3.11 atau lebih baru"
    )
    yield from _libraries()
    yield _fonts()
    yield _template()


def _libraries() -> Iterator[Check]:
    """One check for each line of requirements.txt that applies to this machine."""
    try:
        lines = _REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    except OSError:
        yield Check("Pustaka", ATTENTION, "requirements.txt tidak ditemukan, jadi pustaka tidak diperiksa")
        return
    for line in lines:
        wanted = line.partition("#")[0].strip()
        if wanted and not wanted.startswith("-"):
            yield from _library(wanted)


def _library(wanted: str) -> Iterator[Check]:
    from packaging.requirements import Requirement  # noqa: PLC0415 - only this command needs it

    requirement = Requirement(wanted)
    if requirement.marker is not None and not requirement.marker.evaluate():
        return
    try:
        version = metadata.version(requirement.name)
    except metadata.PackageNotFoundError:
        yield Check(requirement.name, BAD, "belum terpasang; jalankan: pip install -r requirements.txt")
        return
    fits = requirement.specifier.contains(version, prereleases=True)
    yield Check(requirement.name, GOOD if fits else BAD, version if fits else f"{version}; perlu {wanted}")


def _fonts() -> Check:
    fonts = sorted(path.name for path in FONTS.glob("*.ttf"))
    if not fonts:
        return Check("Huruf", BAD, f"tidak ada berkas huruf di {FONTS}; laporan tidak dapat dicetak")
    return Check("Huruf", GOOD, f"{len(fonts)} berkas huruf")


def _template() -> Check:
    try:
        is_fresh = TEMPLATE.read_bytes() == template_bytes()
    except OSError:
        return Check("Templat", ATTENTION, f"{TEMPLATE.name} tidak ada; jalankan: python -m tracker template")
    if not is_fresh:
        return Check("Templat", ATTENTION, "tidak sama dengan skema; jalankan: python -m tracker template")
    return Check("Templat", GOOD, "sama dengan skema")


def _register(target: str) -> Iterator[Check]:
    if is_google(target):
        yield from (Check(one.name, GOOD if one.is_good else BAD, one.detail) for one in reached(target))
    try:
        register = open_desk(target).read().register
    except TrackerError as error:
        yield Check("Register terbaca", BAD, str(error))
        return
    rows = ", ".join(f"{register.rows_read.get(sheet, 0)} baris {sheet}" for sheet in ("Register", "Riwayat"))
    yield Check("Register terbaca", GOOD, rows)
    if is_google(target):
        if not register.is_writable:
            yield Check("Susunan register", BAD, "lembar atau kolom wajib tidak lengkap; jalankan check")
        return
    yield _writable(Path(target).resolve(), is_sound=register.is_writable)
    yield _locked(Path(target).resolve())


def _writable(path: Path, *, is_sound: bool) -> Check:
    name = "Register dapat ditulis"
    if not is_sound:
        return Check(name, BAD, "lembar atau kolom wajib tidak lengkap; jalankan check")
    if not os.access(path, os.W_OK):
        return Check(name, BAD, "tidak ada izin mengubah berkasnya")
    if not os.access(path.parent, os.W_OK):
        return Check(name, BAD, "tidak ada izin menulis di foldernya")
    return Check(name, GOOD, "ya")


def _locked(path: Path) -> Check:
    owner = Surroundings(path).owner()
    if owner is None:
        return Check("Register sedang dibuka", GOOD, "tidak")
    return Check("Register sedang dibuka", ATTENTION, f"ya, oleh {owner}" if owner else "ya")
