"""The versions kept beside a register: listed, compared with, put back. Putting one back is itself a write."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import python_calamine as calamine

from tracker.errors import (
    ChangedMeanwhile,
    OpenElsewhere,
    RegisterUnavailable,
    RegisterUnreadable,
    TrackerError,
    WrongUsage,
    reason_of,
)
from tracker.register.emptied import bare_sheets, records_lost
from tracker.register.excel.opening import open_package, read_file
from tracker.register.excel.reading import read_snapshot
from tracker.register.excel.surroundings import BACKUP_NAME, Surroundings
from tracker.register.store import Grid, Snapshot

__all__ = ["Version", "keep", "refuse_if_emptied", "restore", "versions"]


@dataclass(frozen=True, slots=True)
class Version:
    """One version kept: its number, when the book was saved like this (UTC), its size in bytes, and its file."""

    number: int
    saved_at: datetime
    size: int
    path: Path
    revision: str
    """The first eight digits of the revision of its content."""

    @classmethod
    def of(cls, path: Path) -> Version:
        number, _, rest = path.name.partition("-")
        stat = path.stat()
        saved_at = datetime.fromtimestamp(stat.st_mtime, UTC)
        return cls(int(number), saved_at, stat.st_size, path, rest[:8])


def versions(surroundings: Surroundings) -> tuple[Version, ...]:
    """All versions kept of a register, the newest first."""
    folder = surroundings.folder / "backup"
    if not folder.is_dir():
        return ()
    kept = sorted((one for one in folder.iterdir() if BACKUP_NAME.fullmatch(one.name)), reverse=True)
    return tuple(map(Version.of, kept))


def restore(surroundings: Surroundings, number: int) -> Version:
    """Put the register back to a version kept; the state before is kept as the newest version first.

    Works where the register is damaged or gone. WrongUsage when no such version is kept; RegisterUnreadable when the
    version is damaged; RegisterBusy, OpenElsewhere and RegisterUnavailable as a write. The register is then as before.
    """
    with surroundings.locked():
        surroundings.refuse_if_open()
        wanted = next((one for one in versions(surroundings) if one.number == number), None)
        if wanted is None:
            raise WrongUsage(
                f"Versi {number} tidak ada.", "Jalankan perintah ini tanpa nomor untuk daftarnya."
            )
        content = _whole(wanted)
        surroundings.remove_leftovers()
        try:
            if surroundings.register.exists():
                _keep_present(surroundings)
            surroundings.replace(content)
            if _emptied(surroundings, read_snapshot(content)) is not None:
                _keep_present(surroundings)  # an empty sheet was asked for, so it is no accident
        except PermissionError as error:
            raise OpenElsewhere(
                f"Berkas {surroundings.register.name} sedang dipakai program lain atau tidak boleh diubah.",
                "Tutup berkasnya atau periksa izinnya, lalu ulangi.",
            ) from error
        except OSError as error:
            raise _failed(surroundings, error) from error
    return wanted


def keep(surroundings: Surroundings) -> Version:
    """Keep the register as it is now as the newest version, which says that an empty sheet in it is meant."""
    open_package(read_file(surroundings.register)).close()
    with surroundings.locked():
        try:
            return Version.of(_keep_present(surroundings))
        except OSError as error:
            raise _failed(surroundings, error) from error


def _keep_present(surroundings: Surroundings) -> Path:
    return surroundings.back_up(_revision(surroundings.register.read_bytes()))


def _revision(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _failed(surroundings: Surroundings, error: OSError) -> RegisterUnavailable:
    return RegisterUnavailable(
        f"Berkas {surroundings.register.name} gagal ditulis: {reason_of(error)}. Isinya tidak berubah.",
        "Periksa ruang disk dan sambungan jaringan, lalu ulangi.",
    )


def _whole(version: Version) -> bytes:
    """The content of a version; a machine that failed while it was kept may have left half of it."""
    content = read_file(version.path)
    try:
        read_snapshot(content)
    except RegisterUnreadable as error:
        raise RegisterUnreadable(
            f"Versi {version.number} rusak, jadi tidak dipulihkan.", "Pilih versi yang lain."
        ) from error
    return content


def refuse_if_emptied(surroundings: Surroundings, before: Snapshot) -> None:
    """ChangedMeanwhile when a sheet without records had some in the newest version kept.

    Nothing is refused when that version is the very content of now: then somebody kept it on purpose.
    """
    lost = _emptied(surroundings, before)
    if lost is None:
        return
    name, had = lost
    raise ChangedMeanwhile(
        f"Lembar {name} kini kosong, padahal sebelumnya berisi {had} baris, jadi tidak ditulis.",
        "Pulihkan dengan perintah restore. Bila memang sengaja dikosongkan, jalankan restore --keep, lalu ulangi.",
    )


def _emptied(surroundings: Surroundings, now: Snapshot) -> tuple[str, int] | None:
    """(name, number of records it had) of a sheet that lost all its records since the newest version."""
    bare = bare_sheets(now)
    if not bare:
        return None
    for version in _readable_versions(surroundings):
        if version.revision == now.revision[:8]:
            return None
        earlier = _grids(version, bare)
        if earlier is not None:
            return records_lost(bare, earlier)
    return None


def _readable_versions(surroundings: Surroundings) -> tuple[Version, ...]:
    """The versions kept; none where our folder may not be read, which must not stop a write."""
    try:
        return versions(surroundings)
    except OSError:
        return ()


def _grids(version: Version, names: Collection[str]) -> dict[str, Grid] | None:
    """The named sheets of a version, those that it has; None when it cannot be read. Cheap: only these are parsed."""
    try:
        content = read_file(version.path)
        open_package(content).close()
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return {
                name: Grid(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False))
                for name in names
                if name in book.sheet_names
            }
    except (TrackerError, calamine.CalamineError, OSError, ValueError):
        return None
