"""Use cases of the versions kept beside a register: which there are, and putting one back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tracker.errors import RegisterUnavailable, TrackerError, WrongUsage
from tracker.register.excel import backups
from tracker.register.excel.surroundings import Surroundings
from tracker.register.google.addresses import is_google
from tracker.register.moments import minutes_of
from tracker.register.opening import open_store
from tracker.register.reader import read_register
from tracker.sop.model import Settings

__all__ = ["Kept", "keep_version", "kept_versions", "restore_version"]


@dataclass(frozen=True, slots=True)
class Kept:
    """One version kept: its number, when the book was saved like this, its size, and the file that holds it."""

    number: int
    saved_at: datetime
    """With the register's zone."""
    size: int
    """Bytes."""
    path: Path

    @property
    def saved_minutes(self) -> int:
        """`saved_at` as local minutes, for the wording of moments."""
        return minutes_of(self.saved_at.replace(tzinfo=None, second=0, microsecond=0))


def kept_versions(target: str) -> tuple[Kept, ...]:
    """The versions kept of a register, the newest first; its own file may be damaged or gone.

    WrongUsage for a Google spreadsheet, which keeps its versions itself; RegisterUnavailable when neither the
    register nor a version of it is there.
    """
    found = backups.versions(_around(target))
    if not found and not Path(target).exists():
        raise RegisterUnavailable(
            f"Berkas {target} tidak ada, dan cadangannya pun tidak ada.", "Periksa nama dan foldernya."
        )
    zone = _zone(target)
    return tuple(_kept(one, zone) for one in found)


def restore_version(target: str, number: int) -> Kept:
    """Put the register back to a version; its state before is kept as the newest version. Errors as a write."""
    if not backups.versions(around := _around(target)):
        raise WrongUsage(f"Belum ada cadangan dari {target}.", "Cadangan dibuat pada setiap penulisan.")
    return _kept(backups.restore(around, number), _zone(target))


def keep_version(target: str) -> Kept:
    """Keep the register as it is as the newest version: an empty sheet in it is then no reason to refuse writing."""
    return _kept(backups.keep(_around(target)), _zone(target))


def _around(target: str) -> Surroundings:
    if is_google(target):
        raise WrongUsage(
            "Register Google menyimpan versinya sendiri.",
            "Buka Berkas > Histori versi di Google Spreadsheet.",
        )
    return Surroundings(Path(target).resolve())


def _zone(target: str) -> ZoneInfo:
    """The register's zone; the usual one where the register cannot be read, which is when versions are needed."""
    try:
        return ZoneInfo(read_register(open_store(target).read()).settings.zone)
    except TrackerError:
        return ZoneInfo(Settings().zone)


def _kept(one: backups.Version, zone: ZoneInfo) -> Kept:
    return Kept(one.number, one.saved_at.astimezone(zone), one.size, one.path)
